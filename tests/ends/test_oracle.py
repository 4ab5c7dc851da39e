"""The oracle finds what it is there for: each fault here is one that a program could have."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence

import pytest

from tests.ends.looking import Seen
from tests.ends.oracle import Oracle
from tests.ends.plans import HUB
from tests.ends.programs import Violation

SPACE = "s"


def record(act: str, *texts: str, parents: Sequence[str] = ()) -> tuple[str, str]:
    """Name and text of a record that writes these texts."""
    writes = [{"e": "finding", "id": act, "f": "content", "x": text, "p": list(parents)} for text in texts]
    body = json.dumps({"act": act, "w": writes}, ensure_ascii=False)
    return hashlib.sha256(b"CCHC-CS-1\0" + body.encode()).hexdigest(), body


def operation(digest: str) -> str:
    return base64.b32encode(bytes.fromhex(digest)[:20]).decode().lower() + ".0"


def seen(*records: tuple[str, str], status: int = 0, blobs: Sequence[str] = (), shown: str | None = None) -> Seen:
    log = {SPACE: {digest: (status, body) for digest, body in records}}
    everything = shown if shown is not None else "".join(body for _, body in records)
    return Seen(log, set(blobs), {SPACE: everything}, {SPACE: str(len(records))})


@pytest.fixture
def oracle() -> Oracle:
    """Has heard a receipt of An's for the line d1, with a file, and one of Bình's for d2."""
    made = Oracle()
    made.sends("an", {"id": "d1"}, "của An", "file")
    made.sends("binh", {"id": "d2"}, "của Bình", None)
    for line, digest in (("d1", ONE[0]), ("d2", TWO[0])):
        made.hears([receipt(line, digest)])
    return made


ONE, TWO = record("d1", "của An"), record("d2", "của Bình")


def receipt(line: str, digest: str) -> str:
    return json.dumps({"id": line, "ok": True, "hash": digest, "space": SPACE})


def judged(oracle: Oracle, **places: Seen) -> str:
    """What it finds, the first thing only."""
    with pytest.raises(Violation) as found:
        oracle.judge(places, {SPACE: set(places)})
    return str(found.value)


def test_everything_everywhere_is_right(oracle: Oracle) -> None:
    places = {place: seen(ONE, TWO, blobs=["file"]) for place in ("an", HUB)}
    oracle.judge(places, {SPACE: set(places)})


def test_a_promise_that_is_nowhere_is_found(oracle: Oracle) -> None:
    assert judged(oracle, an=seen(ONE, blobs=["file"])) == "d2 was promised and is not at an"


def test_a_place_that_lacks_something_is_found(oracle: Oracle) -> None:
    assert judged(oracle, an=seen(ONE, TWO, blobs=["file"]), hub=seen(ONE, blobs=["file"])) == "hub lacks d2"


def test_a_promise_that_does_not_count_is_found(oracle: Oracle) -> None:
    assert "has status 2" in judged(oracle, an=seen(ONE, TWO, status=2, blobs=["file"]))


def test_a_missing_file_is_found(oracle: Oracle) -> None:
    assert judged(oracle, an=seen(ONE, TWO)) == "the file of d1 is not at an"


def test_other_words_are_found(oracle: Oracle) -> None:
    digest, body = TWO
    changed = digest, body.replace("của Bình", "của người khác")
    assert "d2 at an says something else" in judged(oracle, an=seen(ONE, changed, blobs=["file"]))


def test_an_act_that_is_there_twice_is_found(oracle: Oracle) -> None:
    again = record("d2", "của Bình", "nữa")
    assert "d2 is there twice" in judged(oracle, an=seen(ONE, TWO, again, blobs=["file"]))


def test_a_value_that_is_not_shown_is_found(oracle: Oracle) -> None:
    places = seen(ONE, TWO, blobs=["file"], shown=ONE[1])
    assert judged(oracle, an=places) == "d2 stands and is not shown at an"


def test_a_value_replaced_by_who_cannot_have_seen_it_is_found(oracle: Oracle) -> None:
    over = record("d3", "đè lên", parents=[operation(TWO[0])])
    oracle.sends("an", {"id": "d3"}, "đè lên", None)
    assert judged(oracle, an=seen(ONE, TWO, over, blobs=["file"])) == (
        "d3 replaced d2, which its author cannot have seen"
    )


def test_a_value_replaced_by_who_has_met_its_author_need_not_be_shown(oracle: Oracle) -> None:
    over = record("d3", "thay", parents=[operation(TWO[0])])
    oracle.meets("an", "binh")
    oracle.sends("an", {"id": "d3"}, "thay", None)
    places = {"an": seen(ONE, TWO, over, blobs=["file"], shown=ONE[1] + over[1])}
    oracle.judge(places, {SPACE: {"an"}})


def test_what_went_with_a_disk_is_forgiven_and_nothing_else(oracle: Oracle) -> None:
    oracle.goes(seen(TWO), {"an": seen(ONE, blobs=["file"]), "binh": seen()})
    oracle.judge({"an": seen(ONE, blobs=["file"])}, {SPACE: {"an"}})
    with pytest.raises(Violation, match="gone without a disk that was set back: d1"):
        oracle.goes(seen(TWO), {"an": seen(), "binh": seen()})


def test_two_receipts_for_one_line_are_found(oracle: Oracle) -> None:
    with pytest.raises(Violation, match="d1 was given two receipts"):
        oracle.hears([receipt("d1", TWO[0])])


def test_who_says_that_they_match_has_to(oracle: Oracle) -> None:
    with pytest.raises(Violation, match="an and hub said they match; not on both: d2"):
        oracle.same(("an", seen(ONE, TWO)), (HUB, seen(ONE)), [SPACE])
