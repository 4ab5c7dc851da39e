from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from inspector.domain.errors import InspectorError
from inspector.services.door import Newcomer, Ways, begin, home_of
from inspector.services.preferences import Preferences, follow, lead_to, load, save


def test_nothing_chosen_yet_is_the_defaults(place: Path) -> None:
    assert load(home_of(place / "home")) == Preferences("vi", "system", 100, "", "")


def test_what_was_chosen_comes_back(place: Path) -> None:
    home = home_of(place / "home")
    save(home, Preferences("en", "dark", 150, "/nha/Văn bản", "/usb"))
    assert replace(load(home), unknown={}) == Preferences("en", "dark", 150, "/nha/Văn bản", "/usb")


def test_what_a_newer_program_wrote_is_kept(place: Path) -> None:
    home = home_of(place)
    home.settings.write_text('{"v": 1, "theme": "dark", "sounds": false}', encoding="utf-8")
    save(home, replace(load(home), language="en"))
    found = load(home)
    assert (found.language, found.theme, found.unknown["sounds"]) == ("en", "dark", False)


def test_a_value_that_cannot_be_is_passed_over_and_told(place: Path) -> None:
    home = home_of(place)
    home.settings.write_text('{"text_scale": 900, "theme": "dark"}', encoding="utf-8")
    notices: list[InspectorError] = []
    assert (load(home, notices.append).text_scale, load(home).theme) == (100, "dark")
    assert [notice.code for notice in notices] == ["settings-value"]


def test_choosing_before_the_workspace_is_begun_does_not_stand_in_its_way(place: Path) -> None:
    home = home_of(place / "home")
    save(home, Preferences(language="en"))
    begin(home, Newcomer("Bùi Thanh Hà", "Sở Nội vụ", "tỉnh Vĩnh Lam"), Ways(demonstration=True))
    assert load(home).language == "en"


def test_a_workspace_begun_elsewhere_is_found_from_the_usual_place(place: Path) -> None:
    usual, chosen = home_of(place / "usual"), home_of(place / "chosen")
    assert follow(usual) == usual
    save(usual, Preferences(language="en"))
    lead_to(usual, chosen)
    assert (follow(usual), load(usual).language) == (chosen, "en")


def test_a_workspace_in_the_usual_place_comes_first(place: Path) -> None:
    usual = home_of(place / "usual")
    lead_to(usual, home_of(place / "chosen"))
    begin(usual, Newcomer("Bùi Thanh Hà", "Sở Nội vụ", "tỉnh Vĩnh Lam"), Ways(demonstration=True))
    assert follow(usual) == usual
