"""The schema refuses what the acts refuse, and takes what they take."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from inspector.domain.errors import BadInput
from inspector.services.acts import ACTS
from inspector.services.line_schema import line_schema

VALIDATOR = Draft202012Validator(line_schema())


def fits(act: str, given: dict[str, Any], **line: object) -> bool:
    return bool(VALIDATOR.is_valid({"id": "a", "act": act, "inspection": "@kt", "with": given, **line}))


def accepted(act: str, given: dict[str, Any]) -> bool:
    try:
        ACTS[act].accept(given)
    except BadInput:
        return False
    return True


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(line_schema())


@pytest.mark.parametrize(
    ("act", "given"),
    [
        ("add_finding", {"kind": "virtue"}),
        ("add_finding", {}),
        ("add_finding", {"kind": "strength", "colour": "red"}),
        ("edit_inspection", {"copies": -1}),
        ("edit_inspection", {"copies": "2"}),
        ("edit_inspection", {"opened": {"date": "15/9/2026"}}),
        ("edit_inspection", {"opened": {"day": "2026-09-15"}}),
        ("edit_inspection", {"recipients": "Sở Nội vụ"}),
        ("edit_inspection", {"visit_date": "2026-9-5"}),
        ("remark_item", {"item": "  "}),
        ("cite_document", {"document": {}}),
        ("score_item", {"item": "X-I.1", "final_score": 1.5}),
        ("sign_minutes", {"date": "2026-09-15", "document": "abc"}),
        ("mark_member", {"member": "m", "attendance": {"present": "yes"}}),
    ],
)
def test_both_refuse(act: str, given: dict[str, Any]) -> None:
    assert (fits(act, given), accepted(act, given)) == (False, False)


@pytest.mark.parametrize(
    ("act", "given"),
    [
        ("remark_item", {"item": "X-I.1", "remark": None}),
        ("edit_inspection", {"opened": {"date": "2026-09-15", "time": None}}),
        ("edit_inspection", {"opened": None, "form": None}),
        ("score_item", {"item": "X-I.1", "final_score": "1,5"}),
        ("score_item", {"item": "X-I.1", "final_score": 2}),
        ("add_member", {"name": "An", "role": "lead", "rights": ["decide"], "order": "1.5"}),
        ("note_figure", {"figure": {"extracted_at": "2026-09-15T08:40:10+07:00"}}),
    ],
)
def test_both_take(act: str, given: dict[str, Any]) -> None:
    assert (fits(act, given), accepted(act, given)) == (True, True)


@pytest.mark.parametrize(
    "line",
    [
        {"id": "a", "act": "no_such_act"},
        {"id": "a", "act": "remark_item", "with": {"item": "X-I.1"}},
        {"id": "a", "act": "save_letterhead"},
        {"act": "state_opinion", "inspection": "@kt"},
        {"id": "a", "act": "state_opinion", "inspection": "@kt", "note": 1},
        {"id": "a", "act": "state_opinion", "inspection": "@kt", "seen": {"unit_opinion": "x.0"}},
    ],
)
def test_a_line_needs_its_parts(line: dict[str, object]) -> None:
    assert not VALIDATOR.is_valid(line)


def test_acts_outside_need_no_inspection() -> None:
    assert VALIDATOR.is_valid({"id": "a", "act": "save_letterhead", "with": {"name": "Đoàn 2026"}})
