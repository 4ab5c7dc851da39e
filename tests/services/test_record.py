"""Acts as lines of JSON: one receipt each, also for the lines that cannot be taken."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pytest

from inspector.domain.errors import BadInput, Unavailable
from inspector.services.record import LINE_LIMIT, record
from tests.services.laptops import COMMUNE, VISIT, Laptop

BEGIN = {"id": "a", "act": "open_inspection", "with": {"unit": COMMUNE, "form": "on_site", "visit_date": VISIT}}


def line(**content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode()


def receipts(laptop: Laptop, *lines: bytes) -> list[dict[str, Any]]:
    found = list(record(laptop.desk, lines))
    for each in found:
        assert "\n" not in each
        each.encode()
    return [json.loads(each) for each in found]


def one(laptop: Laptop, raw: bytes) -> dict[str, Any]:
    (found,) = receipts(laptop, raw)
    return found


def test_a_line_is_an_act(laptop: Laptop) -> None:
    found = one(laptop, line(**BEGIN))
    assert found["ok"]
    assert (found["line"], found["id"], found["act"], found["space"]) == (1, "a", "open_inspection", found["ref"])
    assert laptop.read(found["ref"]).unit.code == COMMUNE


def test_later_lines_name_earlier_ones(laptop: Laptop) -> None:
    found = receipts(
        laptop,
        line(**BEGIN),
        line(id="b", act="add_finding", inspection="@a", **{"with": {"kind": "shortcoming", "content": "Chậm."}}),
        line(id="c", act="add_recommendation", inspection="@a", **{"with": {"finding": "@b", "content": "Sửa."}}),
    )
    (finding,) = laptop.read(found[0]["ref"]).findings
    assert [task.content for task in finding.recommendations] == ["Sửa."]


def test_a_later_run_names_lines_of_an_earlier_one(laptop: Laptop) -> None:
    begun = one(laptop, line(**BEGIN))
    one(laptop, line(id="b", act="state_opinion", inspection="@a", **{"with": {"unit_opinion": "Nhất trí."}}))
    assert laptop.read(begun["ref"]).unit_opinion == "Nhất trí."


def test_sent_again_every_line_has_the_same_receipt(laptop: Laptop) -> None:
    lines = (
        line(**BEGIN),
        line(id="b", act="add_finding", inspection="@a", **{"with": {"kind": "strength", "content": "Tốt."}}),
        b"not json",
    )
    first = receipts(laptop, *lines)
    position = laptop.position()
    assert receipts(laptop, *lines) == first
    assert laptop.position() == position


def test_a_reference_is_the_same_content_as_what_it_stands_for(laptop: Laptop) -> None:
    begun = one(laptop, line(**BEGIN))
    given = {"with": {"unit_opinion": "Nhất trí."}}
    first = one(laptop, line(id="b", act="state_opinion", inspection="@a", **given))
    assert one(laptop, line(id="b", act="state_opinion", inspection=begun["ref"], **given)) == first


def test_blank_lines_have_no_receipt_but_count(laptop: Laptop) -> None:
    found = receipts(laptop, b"", b"  \t", line(**BEGIN), b"\r\n", line(**BEGIN))
    assert [each["line"] for each in found] == [3, 5]


def test_a_byte_order_mark_is_no_harm(laptop: Laptop) -> None:
    assert one(laptop, b"\xef\xbb\xbf" + line(**BEGIN) + b"\r")["ok"]


BAD: list[tuple[bytes, str, str]] = [
    (b"{", "line-not-json", ""),
    (b"null", "line-not-object", ""),
    (b"[]", "line-not-object", ""),
    (b'"a"', "line-not-object", ""),
    (b"{}", "line-needs-text", "act"),
    (b'{"act":5,"id":"x"}', "line-needs-text", "act"),
    (b'{"act":"undo"}', "line-needs-text", "id"),
    (b'{"act":"undo","id":"  "}', "line-needs-text", "id"),
    (b'{"act":"undo","id":"a\\nb"}', "line-needs-text", "id"),
    (b'{"act":"undo","id":{"a":1}}', "line-needs-text", "id"),
    (line(id="x" * 201, act="undo"), "line-needs-text", "id"),
    (b'{"act":"undo","id":"x","with":[]}', "line-not-object", "with"),
    (b'{"act":"undo","id":"x","act":"undo"}', "line-double-key", "act"),
    (b'{"act":"undo","id":"x","with":{"a":1,"a":2}}', "line-double-key", "a"),
    (b'{"act":"undo","id":"x","who":"me"}', "line-unknown-key", "who"),
    (b'{"act":"undo","id":"x","inspection":5}', "value-needs-text", "inspection"),
    (b'{"act":"undo","id":"x","inspection":"@nobody"}', "line-unknown-reference", "inspection"),
    (b'{"act":"undo","id":"x","inspection":"@"}', "line-unknown-reference", "inspection"),
    (b'{"act":"undo","id":"x","seen":[]}', "line-seen-malformed", "seen"),
    (b'{"act":"undo","id":"x","seen":{"a":"b"}}', "line-seen-malformed", "seen"),
    (b'{"act":"undo","id":"x","seen":{"a":[5]}}', "line-seen-malformed", "seen"),
    (b'{"act":"burn","id":"x"}', "act-unknown", ""),
    (b'{"act":"undo","id":"x"}', "act-missing-argument", "inspection"),
    (b'{"act":"x","id":"\\ud800"}', "line-half-letter", ""),
    (b'{"act":"\\udfff","id":"x"}', "line-half-letter", ""),
    (b'{"act":"x","id":"x","with":{"\\ud800":1}}', "line-half-letter", ""),
    (b'{"act":"x","id":"x","inspection":"@\\ud800"}', "line-half-letter", ""),
    (b'{"\\ud83d":"x"}', "line-half-letter", ""),
    (b"\xff\xfe{\x00}\x00", "line-not-utf8", ""),
    (b'{"a":NaN}', "line-not-json", ""),
    (b'{"a":-Infinity}', "line-not-json", ""),
    (b'{"a":1' + b"0" * 5000 + b"}", "line-not-json", ""),
    (b'{"with":' + b"[" * 40 + b"]" * 40 + b"}", "line-too-deep", ""),
    (b'{"with":' + b"[" * 990 + b"]" * 990 + b"}", "line-too-deep", ""),
    (b"[" * 120_000, "line-too-deep", ""),
    (b'{"a":"' + b"x" * LINE_LIMIT + b'"}', "line-too-long", ""),
]


@pytest.mark.parametrize(("raw", "code", "field"), BAD, ids=lambda value: str(value)[:40])
def test_a_line_that_cannot_be_taken_says_why_and_the_rest_goes_on(
    laptop: Laptop, raw: bytes, code: str, field: str
) -> None:
    bad, good = receipts(laptop, raw, line(**BEGIN))
    assert (bad["line"], bad["ok"], bad["code"]) == (1, False, code)
    assert bad["field"] == (field or None)
    assert bad["reason"].endswith((".", "?", ")", "”"))
    assert "{field}" not in bad["reason"]
    assert good["ok"]


def test_a_refused_line_leaves_its_id_free(laptop: Laptop) -> None:
    wrong = {**BEGIN, "with": {**BEGIN["with"], "unit": "99999"}}  # type: ignore[dict-item]  # a mapping
    assert not one(laptop, line(**wrong))["ok"]
    assert one(laptop, line(**BEGIN))["ok"]


def test_an_item_is_named_in_the_receipt(laptop: Laptop) -> None:
    found = receipts(
        laptop,
        line(**BEGIN),
        line(id="b", act="answer_item", inspection="@a", **{"with": {"item": "X-I.9", "result": {"value": "nhiều"}}}),
    )
    assert (found[1]["code"], found[1]["field"]) == ("answer-choice-unknown", "item")


def test_a_number_too_large_to_store_is_named(laptop: Laptop) -> None:
    found = receipts(
        laptop,
        line(**BEGIN),
        line(id="b", act="edit_inspection", inspection="@a", **{"with": {"copies": 10**15}}),
        line(id="c", act="add_finding", inspection="@a", **{"with": {"kind": "strength", "order": "1e-999999999"}}),
        line(id="d", act="add_finding", inspection="@a", **{"with": {"kind": "strength", "order": "1e999999999"}}),
    )
    assert [(each["code"], each["field"]) for each in found[1:]] == [
        ("value-needs-whole-number", "copies"),
        ("value-needs-decimal", "order"),
        ("value-needs-decimal", "order"),
    ]


def test_more_than_a_change_set_holds_is_refused_with_its_reason(laptop: Laptop, inspection: str) -> None:
    text = "ệ" * 20_000
    before = laptop.position()
    with pytest.raises(BadInput) as caught:
        laptop.act("add_finding", {"kind": "strength", "content": text, "legal_bases": [text] * 4}, inspection)
    assert (caught.value.code, caught.value.params["limit"]) == ("act-too-large", 256)
    assert laptop.position() == before


def test_seen_goes_with_the_line(laptop: Laptop) -> None:
    begun = one(laptop, line(**BEGIN))
    given = {"with": {"unit_opinion": "Nhất trí."}, "seen": {"unit_opinion": ["a" * 32 + ".0"]}}
    found = one(laptop, line(id="b", act="state_opinion", inspection=begun["ref"], **given))
    assert (found["code"], found["field"]) == ("seen-unknown", "unit_opinion")


def test_when_nothing_can_be_saved_the_lines_stop(laptop: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*given: object) -> None:
        raise Unavailable("disk-full", place="D:")

    begun = record(laptop.desk, [line(**BEGIN), line(**{**BEGIN, "id": "b"}), line(**{**BEGIN, "id": "c"})])
    assert json.loads(next(begun))["ok"]
    monkeypatch.setattr("inspector.storage.engine.Database.commit", full)
    with pytest.raises(Unavailable, match="disk-full"):
        next(begun)


def test_lines_are_taken_one_by_one(laptop: Laptop) -> None:
    """A receipt is given before the next line is asked for."""
    asked: list[int] = []

    def lines() -> Iterable[bytes]:
        for number in range(3):
            asked.append(number)
            yield line(**{**BEGIN, "id": f"n{number}"})

    for number, _ in enumerate(record(laptop.desk, lines())):
        assert asked == list(range(number + 1))
