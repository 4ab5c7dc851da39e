"""Checklists out and in: a workbook to edit, a preview of what an edited one would bring, an empty form to print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from inspector.domain.checklist import Checklist
from inspector.domain.errors import BadInput
from inspector.services.wording import said

if TYPE_CHECKING:
    from inspector.domain.checklist_changes import ChecklistChanges
    from inspector.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a workbook and where, as people see it: sheet "Tiêu chí", row 12, cell "C12"."""

    code: str
    sheet: str
    row: int
    cell: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would bring: sentences about the changes, or every problem; nothing is stored."""

    title: str
    items: int
    changes: tuple[str, ...]
    problems: tuple[Problem, ...]


def export(desk: Desk, wanted: str, file: Path) -> None:
    """Write a checklist (a level or a hash) as a workbook that can be edited and taken in again.

    Raises:
        BadInput: ``checklist-unknown``, ``out-needs-xlsx``.
    """
    from inspector.export.checklist_sheet import write_checklist_sheet

    _check(file, ".xlsx")
    write_checklist_sheet(_chosen(desk, wanted), file)


def blank(desk: Desk, wanted: str, file: Path) -> None:
    """Write the empty form of a checklist as a Word file; points only where the office adopted them."""
    from inspector.export.blank_checklist import write_blank_checklist

    _check(file, ".docx")
    checklist = _chosen(desk, wanted)
    write_blank_checklist(checklist, file, with_points=desk.library.is_scored(checklist.hash))


def preview(desk: Desk, file: Path) -> Preview:
    """What adopting an edited workbook would change, compared with the checklist in force for its level.

    Raises:
        BadInput: the file as a whole cannot be read (codes ``sheet-…``).
    """
    from inspector.export.checklist_import import read_checklist_sheet

    found = read_checklist_sheet(file)
    if found.checklist is None:
        problems = (
            Problem(one.code, one.sheet, one.row, one.cell, said(one.code, one.params)) for one in found.problems
        )
        return Preview("", 0, (), tuple(problems))
    base = _chosen(desk, found.checklist.level)
    compared = read_checklist_sheet(file, base)
    changes = _told(compared.changes) if compared.changes else ()
    return Preview(found.checklist.title, len(found.checklist.items), tuple(changes), ())


def adopt(desk: Desk, file: Path, since: str | None) -> str:
    """Adopt a workbook without problems; returns the record of the adoption."""
    given = {"path": str(file)} | ({"effective_from": since} if since else {})
    return desk.perform("adopt_checklist", given).ref


def _chosen(desk: Desk, wanted: str) -> Checklist:
    level = wanted if len(wanted) < 64 else None
    pinned = desk.library.pin_checklist(None if level else wanted, level, date.today())
    if level and pinned["level"] != level:
        raise BadInput("checklist-unknown", field="checklist", checklist=wanted)
    return desk.library.checklist(str(pinned["hash"]))


def _told(changes: ChecklistChanges) -> Sequence[str]:
    told = [f"Thêm mục {item.code}: {item.text}" for item in changes.added]
    told += [f"Bỏ mục {item.code}: {item.text}" for item in changes.removed]
    told += [f"Sửa mục {change.after}: {_fields(change.fields)}" for change in changes.changed]
    told += [f"Đổi số mục {change.before} thành {change.after}" for change in changes.renumbered]
    if changes.same_version:
        told.append("Nội dung đã khác mà phiên bản chưa đổi: nên ghi phiên bản mới.")
    return told or ["Không có thay đổi so với bộ tiêu chí đang áp dụng."]


def _fields(names: Sequence[str]) -> str:
    """The fields that differ, by their words and each once."""
    return ", ".join(dict.fromkeys(_FIELDS.get(name, "chi tiết khác") for name in names))


_FIELDS = {
    "text": "câu hỏi",
    "section": "nội dung",
    "answer_type": "cách trả lời",
    "max_points": "điểm",
    "na_allowed": "không áp dụng",
    "evidence": "minh chứng",
    "legal_basis": "căn cứ",
    "finding_hint": "câu gợi ý",
    "remedy_days": "số ngày khắc phục",
    "thresholds": "ngưỡng",
}


def _check(file: Path, suffix: str) -> None:
    if file.suffix.lower() != suffix:
        raise BadInput("out-needs-suffix", field="file", path=file.name, suffix=suffix)
    if file.is_dir():
        raise BadInput("out-is-folder", field="file", path=file.name)
