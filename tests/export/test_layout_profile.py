"""The layout rules are data: read whole, or refused with the place that is wrong."""

from __future__ import annotations

import json

import pytest

from inspector.domain.errors import BadInput
from inspector.export.layout_profile import Profile, load_profile, twips
from tests.export.conftest import ROOT


def test_the_decree_in_figures(profile: Profile) -> None:
    page = profile.page
    assert (page.width, page.height, page.text_width) == (210, 297, 165)
    assert [(side.low, side.high) for side in (page.top, page.bottom, page.left, page.right)] == [
        (20, 25),
        (20, 25),
        (30, 35),
        (15, 20),
    ]
    assert profile.size_pairs == ((12, 13, 13), (13, 14, 14))
    assert sum(profile.head_columns) == page.text_width


def test_every_size_used_is_a_size_allowed(profile: Profile) -> None:
    assert [name for name, element in profile.elements.items() if element.size not in element.sizes] == []


def test_styles_have_names_of_their_own(profile: Profile) -> None:
    names = profile.style_names()
    assert len(set(names)) == len(names)


def test_a_length_on_paper_in_twips() -> None:
    assert twips(25.4) == 1440


@pytest.mark.parametrize("path", ["page/top", "font/family", "elements/title/sizes", "advance_widths"])
def test_a_missing_rule_is_named(path: str) -> None:
    raw = json.loads((ROOT / "resources/layout/nd30.json").read_bytes())
    *outer, name = path.split("/")
    inner = raw
    for step in outer:
        inner = inner[step]
    del inner[name]
    with pytest.raises(BadInput) as caught:
        load_profile(json.dumps(raw).encode())
    assert (caught.value.code, caught.value.params["field"]) == ("layout-profile-invalid", f"/{path}")


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b"\xff"])
def test_what_is_no_profile_is_refused(data: bytes) -> None:
    with pytest.raises(BadInput, match="layout-profile-invalid"):
        load_profile(data)
