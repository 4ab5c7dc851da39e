"""Whom a space is for. Every row says a space, the rights of a laptop in it, its person, and what is expected."""

from __future__ import annotations

import pytest

from inspector.domain.admission import Shared, may_read

TEAM = frozenset({"hoa", "nam"})
OPEN, HIDDEN = Shared("inspection", TEAM), Shared("inspection", TEAM, hidden=True)
REFERENCE, SEASON = Shared("reference"), Shared("season")

WHO = {
    "nobody": (None, "hoa"),
    "member": ("write", "hoa"),
    "secretary": ("write draft", "nam"),
    "lead": ("write draft decide", "hoa"),
    "lead of another team": ("write draft decide", "lan"),
    "left the team": ("write", "lan"),
    "office": ("write draft decide plan enrol", "lan"),
    "administrator": ("enrol", "lan"),
    "no right at all": ("", "hoa"),
}
READS = {
    "reference": (
        REFERENCE,
        "member, secretary, lead, lead of another team, left the team, office, administrator, no right at all",
    ),
    "season": (SEASON, "lead, lead of another team, office, administrator"),
    "inspection": (OPEN, "member, secretary, lead, office, administrator, no right at all"),
    "surprise visit not begun": (HIDDEN, "lead, office, administrator"),
    "of a kind to come": (Shared("archive", TEAM), ""),
    "not known yet": (Shared(None, TEAM), ""),
}


@pytest.mark.parametrize("space", READS)
@pytest.mark.parametrize("who", WHO)
def test_who_is_given_what(space: str, who: str) -> None:
    found, readers = READS[space]
    rights, person = WHO[who]
    given = may_read(found, None if rights is None else frozenset(rights.split()), {person})
    assert given is (who in readers.split(", "))


def test_one_of_several_persons_at_a_laptop_is_enough() -> None:
    assert may_read(OPEN, {"write"}, {"lan", "nam"})
