"""Messages as bytes: what was written comes back, what is damaged is one refusal and never a crash."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector.domain.errors import BadInput
from inspector.domain.exchange import Holds, Range, Vector
from inspector.domain.streams import Tip
from inspector.storage.holdings import Place
from inspector.sync import wire
from inspector.sync.messages import Answer, Kept, Page, Request, Result

hashes = st.binary(min_size=32, max_size=32)
numbers = st.integers(0, 10**15 - 1)
names = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=40)
tips = st.builds(Tip, names, numbers, hashes)
several = st.lists(hashes, max_size=4).map(tuple)
holds = st.builds(Holds, st.lists(tips, max_size=6).map(Vector.of), several)
answers = st.builds(Answer, holds, st.lists(names, max_size=3).map(tuple), several, st.booleans())
places = st.builds(Place, numbers, numbers)
ranges = st.lists(st.builds(Range, names, numbers), max_size=4).map(tuple)
requests = st.tuples(st.builds(Request, ranges, several), places, numbers)
pages = st.builds(Page, st.binary(max_size=200), st.none() | places)
results = st.lists(st.builds(Result, hashes, st.sampled_from(Kept), st.none() | names), max_size=4)
numbered = st.lists(st.tuples(numbers, hashes), max_size=4)
sizes = st.dictionaries(hashes.map(bytes.hex), numbers, max_size=4)

Form = tuple[st.SearchStrategy[object], Callable[..., bytes], Callable[[bytes], object]]
FORMS: dict[str, Form] = {
    "holds": (holds, wire.holds_bytes, wire.read_holds),
    "answer": (answers, wire.answer_bytes, wire.read_answer),
    "request": (requests, lambda found: wire.request_bytes(*found), wire.read_request),
    "page": (pages, wire.page_bytes, wire.read_page),
    "results": (results, wire.results_bytes, wire.read_results),
    "hashes": (numbered, wire.hashes_bytes, wire.read_hashes),
    "sizes": (sizes, wire.sizes_bytes, wire.read_sizes),
    "names": (st.lists(hashes.map(bytes.hex), max_size=4), wire.names_bytes, wire.read_names),
    "spaces": (st.lists(names, max_size=4).map(sorted), wire.spaces_bytes, wire.read_spaces),
    "segment": (names, lambda name: wire.segment(name).encode(), lambda data: wire.name_from(data.decode())),
}
READERS = {name: form[2] for name, form in FORMS.items() if name != "segment"}


def refusal(read: Callable[[bytes], object], data: bytes) -> str:
    with pytest.raises(BadInput) as refused:
        read(data)
    return refused.value.code


@pytest.mark.parametrize("name", FORMS)
@settings(max_examples=15)
@given(data=st.data())
def test_every_message_comes_back(name: str, data: st.DataObject) -> None:
    made, write, read = FORMS[name]
    message = data.draw(made)
    assert read(write(message)) == message


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=15)
@given(data=st.data(), seed=st.integers(0, 2**32))
def test_damaged_messages_are_read_or_refused(name: str, data: st.DataObject, seed: int) -> None:
    made, write, read = FORMS[name]
    whole = write(data.draw(made))
    for _ in range(20):
        try:
            read(damaged(whole, random.Random(seed)))
        except BadInput as refused:
            assert refused.code in ("message-damaged", "message-too-large")  # noqa: PT017 - most are refused, not all


def damaged(whole: bytes, chance: random.Random) -> bytes:
    kept = bytearray(whole)
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(kept) or 1)
        cut = [b"", b"[", b"{", b"null", b"1e9", b'"\\ud800"', bytes([chance.randrange(256)])]
        kept[at : at + chance.randint(0, 4)] = chance.choice(cut)
    return bytes(kept)


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[]", b"null", b'{"a":1.5}', b"[" * 100_000, b"\xff", b'{"a":1,"a":2}', b'{"sizes":[]}']
)
def test_what_is_no_message_is_refused(name: str, data: bytes) -> None:
    assert refusal(READERS[name], data) == "message-damaged"


@pytest.mark.parametrize("name", READERS)
def test_no_message_is_read_beyond_its_limit(name: str) -> None:
    assert refusal(READERS[name], b" " * (16 * 1024 * 1024 + 1)) == "message-too-large"


@pytest.mark.parametrize(
    "number", [True, -1, "1", 1.0, None, 10**15], ids=["flag", "negative", "text", "fraction", "none", "too long"]
)
def test_numbers_are_numbers(number: object) -> None:
    data = wire.request_bytes(Request(), Place(), 7).replace(b":7", f":{number!r}".lower().encode())
    assert refusal(wire.read_request, data) == "message-damaged"


def test_no_more_hashes_are_asked_for_at_once_than_agreed() -> None:
    asked = Request(hashes=tuple(n.to_bytes(32, "big") for n in range(5_001)))
    assert refusal(wire.read_request, wire.request_bytes(asked, Place(), 1)) == "message-too-large"
    names = [n.to_bytes(32, "big").hex() for n in range(5_001)]
    assert refusal(wire.read_names, wire.names_bytes(names)) == "message-too-large"
    assert refusal(wire.read_sizes, wire.sizes_bytes(dict.fromkeys(names, 1))) == "message-too-large"


def test_of_what_waits_as_much_is_told_as_there_is_room_for() -> None:
    vector = Vector.of(Tip(f"stream {n}", n, n.to_bytes(32, "big")) for n in range(100))
    waiting = tuple(n.to_bytes(32, "big") for n in range(20_000))
    data = wire.holds_bytes(Holds(vector, waiting))
    found = wire.read_holds(data)
    assert 1024 * 1024 - 200 < len(data) <= 1024 * 1024
    assert found == Holds(vector, waiting[: len(found.held)])


def test_more_streams_than_fit_are_refused_where_they_are_told() -> None:
    vector = Vector.of(Tip(f"{n:0200}", n, bytes(32)) for n in range(5_000))
    assert refusal(lambda _: wire.holds_bytes(Holds(vector)), b"") == "message-too-large"


def test_names_of_streams_make_one_step_of_a_path() -> None:
    assert wire.segment("6f1e3a70-0000-7000-8000-000000000001") == "6f1e3a70-0000-7000-8000-000000000001"
    assert wire.segment("a/../b?c") == "~612f2e2e2f623f63"
    assert refusal(lambda _: wire.name_from("~zz"), b"") == refusal(lambda _: wire.name_from(""), b"")


def test_the_greeting_is_read_key_by_key() -> None:
    message = wire.Small(wire.small_bytes({"name": "Bình", "key": "00ff", "n": 5}))
    assert (message.text("name"), message.bytes("key", 2), message.number("n")) == ("Bình", b"\0\xff", 5)
    for ask in (
        lambda: message.text("n"),
        lambda: message.text("nothing"),
        lambda: message.bytes("key", 3),
        lambda: message.bytes("name", 2),
        lambda: message.number("name"),
    ):
        with pytest.raises(BadInput, match="message-damaged"):
            ask()
    assert "key" in message
    assert "other" not in message
