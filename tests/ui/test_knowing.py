"""What the author of a window wrote themselves they have seen."""

from __future__ import annotations

from inspector.domain.changeset import Write
from inspector.ui.knowing import Known

PLACE = "answer/a/remark"


def wrote(known: Known, operation: str, *parents: str) -> None:
    known.wrote("s", [(Write("answer", "a", "remark", "x", parents), operation)])


def test_an_own_write_stands_for_what_it_replaced() -> None:
    known = Known()
    wrote(known, "b.0", "a.0")
    wrote(known, "c.0", "b.0")
    assert known.brought_up_to_date("s", {PLACE: ("a.0",)}) == {PLACE: ("c.0",)}


def test_nothing_was_seen_before_the_first_own_write() -> None:
    known = Known()
    wrote(known, "a.0")
    assert known.brought_up_to_date("s", {PLACE: ()}) == {PLACE: ("a.0",)}


def test_what_others_wrote_beside_it_is_not_taken_for_seen() -> None:
    known = Known()
    wrote(known, "b.0", "a.0")
    for seen in (("a.0", "z.0"), ("z.0",)):
        assert known.brought_up_to_date("s", {PLACE: seen}) == {PLACE: seen}


def test_another_field_or_space_is_another_matter() -> None:
    known = Known()
    wrote(known, "b.0", "a.0")
    assert known.brought_up_to_date("s", {"answer/a/result": ("a.0",)}) == {"answer/a/result": ("a.0",)}
    assert known.brought_up_to_date("t", {PLACE: ("a.0",)}) == {PLACE: ("a.0",)}
