"""``record``: receipts, sending again, bad lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from inspector.cli.recording import bounded_lines
from inspector.services.record import LINE_LIMIT
from tests.cli.conftest import Office
from tests.cli.run import lines, run

LETTERHEAD = {"id": "1", "act": "save_letterhead", "with": {"name": "Đoàn kiểm tra", "copies": 2}}
OPENED = {
    "id": "kt",
    "act": "open_inspection",
    "with": {"unit": "82/construction", "form": "on_site", "visit_date": "2026-09-15"},
}
FOUND = {
    "id": "ph",
    "act": "add_finding",
    "inspection": "@kt",
    "with": {"kind": "shortcoming", "item": "S-I.3", "content": "Báo cáo gửi chậm"},
}


def test_every_line_has_its_receipt(office: Office) -> None:
    ran = office.run("record", source=lines(LETTERHEAD, OPENED, FOUND))
    assert (ran.code, ran.err) == (0, "Đã lưu 3 dòng, 0 dòng không ghi được.\n")
    assert [(receipt["line"], receipt["id"], receipt["ok"]) for receipt in ran.receipts] == [
        (1, "1", True),
        (2, "kt", True),
        (3, "ph", True),
    ]
    assert ran.receipts[1]["ref"] == ran.receipts[1]["space"] == ran.receipts[2]["space"]


def test_a_file_sent_again_gives_the_same_receipts(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "viec.jsonl"
    file.write_bytes(lines(LETTERHEAD, OPENED, FOUND))
    first, again = office.run("record", file), office.run("record", file)
    assert first.out == again.out
    assert again.code == 0
    assert len(office.run("list", "inspections", "--json").data) == 1


def test_the_same_id_with_other_content_is_refused(office: Office) -> None:
    changed = {**LETTERHEAD, "with": {"name": "Đoàn khác"}}
    ran = office.run("record", source=lines(LETTERHEAD, changed))
    assert ran.code == 1
    assert [receipt.get("code") for receipt in ran.receipts] == [None, "act-id-reused"]


@pytest.mark.parametrize(
    ("line", "code", "field"),
    [
        (b"{", "line-not-json", None),
        (b"[1]", "line-not-object", None),
        (b"\xff\xfe{}", "line-not-utf8", None),
        (b'{"id": "a", "id": "b"}', "line-double-key", "id"),
        (b'{"id": "a", "act": "sing"}', "act-unknown", None),
        (b'{"id": "", "act": "save_letterhead"}', "line-needs-text", "id"),
        (b'{"id": "a", "act": "save_letterhead", "to": 1}', "line-unknown-key", "to"),
        (b'{"id": "a", "act": "save_letterhead", "with": {"copies": 2}}', "act-missing-argument", "name"),
        (b'{"id": "a", "act": "save_letterhead", "with": {"copies": "2"}}', "value-needs-whole-number", "copies"),
        (b'{"id": "a", "act": "state_opinion", "inspection": "@kt"}', "line-unknown-reference", "inspection"),
        (b'{"id": "a", "act": "state_opinion", "inspection": "kt"}', "inspection-not-found", None),
        (b'{"id": "a", "act": "save_letterhead", "with": {"name": NaN}}', "line-not-json", None),
        (b"[" * 100_000, "line-too-deep", None),
        (b'"' + b"a" * (2 * LINE_LIMIT) + b'"', "line-too-long", None),
    ],
)  # fmt: skip
def test_a_bad_line_is_named_and_the_rest_goes_on(office: Office, line: bytes, code: str, field: str | None) -> None:
    ran = office.run("record", source=b"\n" + line + b"\n" + lines(LETTERHEAD))
    bad, good = ran.receipts
    assert (bad["line"], bad["ok"], bad["code"], bad["field"]) == (2, False, code, field)
    assert bad["reason"][-1] in ".)”"
    assert (good["line"], good["ok"]) == (3, True)
    assert ran.code == 1


def test_a_record_from_standard_input_asks_nobody(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next line of standard input is an act, not a recovery code."""
    ran = run("--home", office.home, "record", source=lines(LETTERHEAD))
    assert (ran.code, ran.out) == (1, "")
    assert "\n" not in ran.err.rstrip("\n")


def test_a_file_that_is_not_there(office: Office) -> None:
    ran = office.run("record", "no-such-file.jsonl")
    assert (ran.code, ran.out) == (1, "")
    assert "no-such-file.jsonl" in ran.err
    assert ran.err.endswith("[file-not-readable]\n")


def test_the_schema_is_printed_without_a_workspace(tmp_path: Path) -> None:
    from inspector.services.line_schema import line_schema

    ran = run("--home", tmp_path / "none", "record", "--schema")
    assert ran.code == 0
    assert ran.data == line_schema()


def test_overlong_lines_do_not_fill_the_memory() -> None:
    import io

    source = io.BytesIO(b"a" * (5 * LINE_LIMIT) + b"\nnext\n" + b"b" * (LINE_LIMIT + 9))
    assert [min(len(line), LINE_LIMIT + 1) for line in bounded_lines(source)] == [LINE_LIMIT + 1, 5, LINE_LIMIT + 1]
