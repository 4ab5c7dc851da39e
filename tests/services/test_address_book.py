"""The address book of the office, and which heads of minutes can be copied."""

from __future__ import annotations

from datetime import date

from inspector.services.address_book import EarlierHead, KnownPerson, earlier_heads, known_people, letterhead_names
from tests.services.laptops import Laptop


def test_people_come_by_their_given_names(laptop: Laptop) -> None:
    laptop.act("save_person", {"name": "Lê Văn Việt", "agency": "Sở Tư pháp", "contents": ["II"]})
    laptop.act("save_person", {"name": "Trần An"})
    found = known_people(laptop.desk)
    assert [person.name for person in found] == ["Trần An", "Lê Văn Việt"]
    assert found[1] == KnownPerson(found[1].id, "Lê Văn Việt", "", "Sở Tư pháp", ("II",))


def test_only_heads_that_hold_something_can_be_copied(laptop: Laptop, inspection: str) -> None:
    laptop.begin()
    headed = laptop.begin(visit_date="2026-10-01")
    for space in (headed, inspection):
        laptop.act("edit_inspection", {"team_name": "Đoàn kiểm tra"}, space)
    (found,) = earlier_heads(laptop.desk, inspection)
    assert found == EarlierHead(headed, found.unit, date(2026, 10, 1))
    assert "Cái Bè" in found.unit


def test_saved_heads_are_known_by_name(laptop: Laptop) -> None:
    for name in ("Đoàn số 2", "Đoàn số 1"):
        laptop.act("save_letterhead", {"name": name})
    assert letterhead_names(laptop.desk) == ("Đoàn số 1", "Đoàn số 2")
