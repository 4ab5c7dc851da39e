"""The words of an exchange against sets of chains, which are what the words stand for."""

from __future__ import annotations

import hashlib
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from inspector.domain.exchange import Difference, Range, Vector, check_code, compare, unknown_ends
from inspector.domain.streams import Tip

Record = tuple[str, int, bytes]
"""Stream, number, hash; a hash names its branch and so all that goes before it."""

Chain = tuple[str, tuple[int, ...]]
"""A stream and the choices made at each number: two chains share records as long as their choices agree."""

chains = st.tuples(st.sampled_from(["a", "b", "c:1"]), st.lists(st.integers(0, 1), min_size=1, max_size=4).map(tuple))
some = st.lists(chains, max_size=4)


def digest(stream: str, choices: tuple[int, ...]) -> bytes:
    return hashlib.sha256(f"{stream}{choices}".encode()).digest()


def records(found: list[Chain]) -> set[Record]:
    """Everything that some chains consist of."""
    return {(stream, n, digest(stream, choices[:n])) for stream, choices in found for n in range(1, len(choices) + 1)}


def vector(found: list[Chain]) -> Vector:
    """The ends: what no other chain goes on from."""
    inner = {(stream, choices[:n]) for stream, choices in found for n in range(1, len(choices))}
    return Vector.of(Tip(s, len(c), digest(s, c)) for s, c in found if (s, c) not in inner)


def difference(mine: list[Chain], theirs: list[Chain]) -> Difference:
    known = {record[2] for record in records(mine)}
    return compare(vector(mine), vector(theirs), known.__contains__)


@settings(max_examples=50)
@given(some, some)
def test_roots_are_equal_exactly_where_the_sets_are(one: list[Chain], other: list[Chain]) -> None:
    assert (vector(one).root() == vector(other).root()) == (records(one) == records(other))


@settings(max_examples=50)
@given(some, some)
def test_after_what_both_say_is_done_both_have_everything(one: list[Chain], other: list[Chain]) -> None:
    """Ranges and, of the streams either calls forked, the records by hash."""
    here, there = records(one), records(other)
    mine, theirs = difference(one, other), difference(other, one)
    forked = {*mine.forks, *theirs.forks}
    assert here | sent(there, theirs.send) | of(there, forked) == here | there
    assert there | sent(here, mine.send) | of(here, forked) == here | there


@settings(max_examples=50)
@given(some, some)
def test_by_ranges_goes_only_what_the_other_lacks(one: list[Chain], other: list[Chain]) -> None:
    here, there = records(one), records(other)
    assert not sent(here, difference(one, other).send) & there


@settings(max_examples=50)
@given(some, some)
def test_what_one_wants_the_other_sends_or_calls_forked(one: list[Chain], other: list[Chain]) -> None:
    mine, theirs = difference(one, other), difference(other, one)
    assert {item.stream for item in mine.want} <= {item.stream for item in theirs.send} | set(theirs.forks)


def sent(held: set[Record], ranges: tuple[Range, ...]) -> set[Record]:
    return {record for record in held for item in ranges if record[0] == item.stream and record[1] > item.after}


def of(held: set[Record], streams: set[str]) -> set[Record]:
    return {record for record in held if record[0] in streams}


def test_the_longer_side_of_a_copied_stream_can_tell() -> None:
    one: list[Chain] = [("a", (0, 0, 0))]
    other: list[Chain] = [("a", (0, 1))]
    assert difference(one, other) == Difference(forks=("a",))
    assert difference(other, one) == Difference(want=(Range("a", 2),))


def test_the_order_in_which_ends_are_said_does_not_matter() -> None:
    tips = [Tip("b", 2, b"2" * 32), Tip("a", 1, b"1" * 32), Tip("a", 1, b"0" * 32)]
    assert Vector.of(tips) == Vector.of(reversed(tips))
    assert list(Vector.of(tips).tips()) == [tips[2], tips[1], tips[0]]


def test_own_records_that_only_another_has_are_told() -> None:
    theirs = Vector.of([Tip("own", 3, b"3" * 32), Tip("own", 2, b"x" * 32), Tip("else", 9, b"9" * 32)])
    assert unknown_ends("own", theirs, {b"3" * 32}.__contains__) == (Tip("own", 2, b"x" * 32),)


@given(st.binary(min_size=32, max_size=32))
def test_the_code_is_six_letters_nobody_misreads(root: bytes) -> None:
    assert re.fullmatch("[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{2}", check_code(root))


def test_the_code_stands_for_the_first_thirty_bits() -> None:
    assert check_code(bytes(32)) == "0000-00"
    assert check_code(b"\xff" * 32) == "ZZZZ-ZZ"
    assert check_code(bytes.fromhex("53e750ac") + bytes(28)) == check_code(bytes.fromhex("53e750af") + bytes(28))
