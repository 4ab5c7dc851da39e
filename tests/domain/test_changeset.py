"""The record itself: what is written can be read, and what is not a record is refused with its reason."""

from __future__ import annotations

import contextlib
import json
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from inspector.domain.changeset import (
    MAX_BODY,
    MAX_LAMPORT,
    Json,
    Malformed,
    Write,
    canonical,
    compose,
    hash_of,
    name_of,
    next_lamport,
    operation_id,
    parse,
)

SIGNATURE = bytes(64)
PARENT = "a" * 32 + ".0"

NO_VALUES: list[Any] = [0.5, {1: 2}]

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15) + 1, 10**15 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


def body_of(**changes: Any) -> bytes:
    fields: dict[str, Any] = {
        "space": "sp",
        "stream": "st",
        "n": 2,
        "previous": bytes(32),
        "kind": "write",
        "device": "dev",
        "author": "An",
        "app": "1.0",
        "registry": "2026.11",
        "wall": "2026-11-22T09:15:03+07:00",
        "lamport": 7,
        "up": (1, 2),
        "act": "act-1",
        "writes": (Write("answer", "1", "result", "đạt", (PARENT,)),),
    }
    return compose(**(fields | changes))


def edited(change: Callable[[dict[str, Any]], None]) -> bytes:
    fields = json.loads(body_of())
    change(fields)
    return json.dumps(fields).encode()


def reason(body: bytes, signature: bytes = SIGNATURE) -> str:
    with pytest.raises(Malformed) as caught:
        parse(body, signature)
    return str(caught.value.params["reason"])


def test_the_text_has_the_agreed_keys_in_the_agreed_order() -> None:
    assert body_of(why="vì", writes=(Write("finding", "9", "cause", {"b": 1, "a": None}, ()),)).decode() == (
        '{"v":1,"sp":"sp","st":"st","n":2,"ph":"' + "00" * 32 + '","k":"write","dev":"dev","au":"An","app":"1.0",'
        '"reg":"2026.11","wt":"2026-11-22T09:15:03+07:00","lc":7,"up":[1,2],"act":"act-1","why":"vì",'
        '"w":[{"e":"finding","id":"9","f":"cause","x":{"a":null,"b":1},"p":[]}]}'
    )


def nfc(value: Json) -> Json:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list):
        return [nfc(item) for item in value]
    if isinstance(value, dict):
        return {unicodedata.normalize("NFC", key): nfc(item) for key, item in value.items()}
    return value


@given(st.text(), values)
def test_what_was_written_is_read_back(author: str, value: Json) -> None:
    try:
        body = body_of(author=author, writes=(Write("finding", "9", "cause", value, (PARENT,)),))
    except Malformed as refusal:
        assume(refusal.params["reason"] != "key-twice")  # two keys that are one after normalisation
        raise
    read = parse(body, SIGNATURE)
    assert read.author == unicodedata.normalize("NFC", author)
    assert canonical(read.writes[0].value) == canonical(nfc(value))
    assert read.writes[0].parents == (PARENT,)
    assert read.body == body


def test_a_mark_after_a_line_feed_is_not_taken_for_part_of_its_escape() -> None:
    read = parse(body_of(writes=(Write("finding", "9", "cause", "\n\u0301", ()),)), SIGNATURE)
    assert read.writes[0].value == "\n\u0301"


def test_the_hash_covers_the_bytes_as_written() -> None:
    body = body_of()
    spaced = body.replace(b'"v":1,', b'"v": 1,')
    assert parse(spaced, SIGNATURE).writes == parse(body, SIGNATURE).writes
    assert parse(spaced, SIGNATURE).hash == hash_of(spaced) != hash_of(body)


def test_an_operation_is_named_by_hash_and_index() -> None:
    assert operation_id(bytes(32), 12) == "a" * 32 + ".12"
    assert name_of(bytes([255]) * 32) == "7" * 32


def test_the_payload_of_an_epoch_stands_under_ep() -> None:
    body = body_of(n=1, previous=None, kind="epoch", writes=(), payload={"reason": "new"})
    assert b'"ep":{"reason":"new"}' in body
    assert parse(body, SIGNATURE).payload == {"reason": "new"}


def test_what_a_reader_does_not_know_is_kept() -> None:
    body = edited(lambda f: f.update(k="later", later={"a": 1}, extra=[1, {"x": None}], n2="?"))
    read = parse(body, SIGNATURE)
    assert (read.kind, read.payload, read.body) == ("later", {"a": 1}, body)
    assert len(read.writes) == 1


def test_a_later_format_is_an_unknown_kind() -> None:
    assert parse(edited(lambda f: f.update(v=2)), SIGNATURE).kind == "write/2"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"", "not-json"),
        (b"\xff", "not-json"),
        (b"\xef\xbb\xbf{}", "not-json"),
        (b"[]", "not-an-object"),
        (b"{}", "type"),
        (b'{"a":' * 5000 + b"1" + b"}" * 5000, "too-deep"),
        (b'{"v":1,"v":1}', "key-twice"),
        (b'{"v":1.0}', "not-a-whole-number"),
        (b'{"v":1e3}', "not-a-whole-number"),
        (b'{"v":NaN}', "not-a-whole-number"),
        (b'{"v":-Infinity}', "not-a-whole-number"),
        (b'{"v":1' + b"0" * 15 + b"}", "number-too-long"),
        (b'{"v":' + b"9" * 9000 + b"}", "number-too-long"),
        (b" " * (MAX_BODY + 1), "too-long"),
        (body_of() + b"x", "not-json"),
        (edited(lambda f: f.update(extra="\ud800")), "text-encoding"),
        (edited(lambda f: f.update({"\udc00": 1})), "text-encoding"),
        (edited(lambda f: f["w"][0].update(x=[[]])).replace(b"[[]]", b"[" * 40 + b"]" * 40), "too-deep"),
        (edited(lambda f: f.update(n=True)), "type"),
        (edited(lambda f: f.update(n=0)), "type"),
        (edited(lambda f: f.update(n=1)), "first-without-previous"),
        (edited(lambda f: f.update(ph=None)), "first-without-previous"),
        (edited(lambda f: f.pop("ph")), "type"),
        (edited(lambda f: f.update(ph="0" * 63)), "type"),
        (edited(lambda f: f.update(lc=-1)), "type"),
        (edited(lambda f: f.update(up=[1])), "type"),
        (edited(lambda f: f.update(up=[1, True])), "type"),
        (edited(lambda f: f.update(act="")), "type"),
        (edited(lambda f: f.update(st="a\nb")), "type"),
        (edited(lambda f: f.update(au=None)), "type"),
        (edited(lambda f: f.update(why=1)), "type"),
        (edited(lambda f: f.update(w={})), "type"),
        (edited(lambda f: f["w"][0].pop("x")), "type"),
        (edited(lambda f: f["w"][0].pop("p")), "type"),
        (edited(lambda f: f["w"][0].update(e=1)), "type"),
        (edited(lambda f: f["w"][0].update(p=["?"])), "type"),
        (edited(lambda f: f["w"][0].update(p=["a" * 32 + ".01"])), "type"),
        (edited(lambda f: f.update(k="seal", seal=[])), "type"),
    ],
)
def test_what_is_not_well_formed_is_refused(body: bytes, expected: str) -> None:
    assert reason(body) == expected


def test_a_signature_has_64_bytes() -> None:
    assert reason(body_of(), bytes(63)) == "signature-length"


@given(st.data())
def test_damage_is_refused_or_has_another_name(data: st.DataObject) -> None:
    body = bytearray(body_of())
    at = data.draw(st.integers(0, len(body) - 1))
    body[at] ^= data.draw(st.integers(1, 255))
    with contextlib.suppress(Malformed):
        assert parse(bytes(body), SIGNATURE).hash != hash_of(body_of())


@given(st.binary(max_size=200))
def test_foreign_bytes_are_malformed(body: bytes) -> None:
    with pytest.raises(Malformed):
        parse(body, SIGNATURE)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"kind": "epoch", "payload": {}}, "kind-without-writes"),
        ({"writes": [Write("finding", str(i), "cause", "", ()) for i in range(201)]}, "too-many-writes"),
        ({"writes": [Write("finding", "9", "cause", x, ()) for x in "ab"]}, "field-twice"),
        ({"writes": [Write("finding", "9", "cause", NO_VALUES[0], ())]}, "type"),
        ({"writes": [Write("finding", "9", "cause", NO_VALUES[1], ())]}, "type"),
        ({"writes": [Write("finding", "9", "cause", "\ud800", ())]}, "text-encoding"),
        ({"writes": [Write("finding", "9", "cause", "a" * MAX_BODY, ())]}, "too-long"),
        ({"writes": [Write("finding", "9", "cause", {"\u00e9": 1, "e\u0301": 2}, ())]}, "key-twice"),
        ({"lamport": 10**15}, "number-too-long"),
        ({"act": ""}, "type"),
    ],
)
def test_nothing_is_written_that_could_not_be_read(changes: dict[str, Any], expected: str) -> None:
    with pytest.raises(Malformed) as caught:
        body_of(**changes)
    assert caught.value.params["reason"] == expected


def test_truth_and_one_are_different_values() -> None:
    assert len({canonical(value) for value in (True, 1, "1", "true", None, "")}) == 6


def test_the_lamport_count_stops_at_its_limit() -> None:
    assert next_lamport(4) == 5
    assert next_lamport(MAX_LAMPORT) == MAX_LAMPORT
