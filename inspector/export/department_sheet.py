"""An office's own list of departments, out to Excel and in again with every problem by its cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from inspector.domain.checklist_rules import proposed_key
from inspector.domain.departments import KEY, Department, DepartmentList
from inspector.domain.errors import BadInput
from inspector.export.atomic_file import replace_file
from inspector.export.sheets import Column, Line, Problem, Table, UnusableSheet, read_tables
from inspector.export.xlsx_reader import Grid

SHEET = "Sở, ngành"
LEVEL_NAMES = {"Sở, ban, ngành": "department", "Cơ quan ngành dọc": "vertical_agency", "Đơn vị trực thuộc": "subunit"}

COLUMNS = (
    Column("key", "Khóa (không sửa)", required=False, aliases=("Khóa",)),
    Column("name", "Tên cơ quan", aliases=("Tên", "Cơ quan", "Đơn vị")),
    Column("level", "Cấp", required=False, aliases=("Loại",)),
    Column("head_title", "Chức danh người đứng đầu", required=False, aliases=("Người đứng đầu",)),
    Column("valid_from", "Hiệu lực từ", required=False),
    Column("valid_to", "Hết hiệu lực từ", required=False),
    Column("not_before", "Chắc chắn chưa có trước ngày", required=False),
    Column("gone_by", "Chắc chắn không còn từ ngày", required=False),
    Column("successors", "Thay bằng (khóa)", required=False, aliases=("Thay bằng",)),
)


@dataclass(frozen=True, slots=True)
class DepartmentPreview:
    """What an import would bring: the usable rows, the keys proposed for new ones, every problem."""

    departments: tuple[Department, ...]
    new_keys: tuple[str, ...]
    problems: tuple[Problem, ...]

    def accepted(self) -> tuple[Department, ...]:
        """All of them.

        Raises:
            UnusableSheet: there is a problem.
        """
        if self.problems:
            raise UnusableSheet(self.problems)
        return self.departments


def read_department_sheet(path: Path) -> DepartmentPreview:
    """Read a list of departments from .xlsx or .csv; rows without a key are new. Nothing is written.

    Raises:
        BadInput: the file as a whole cannot be read (codes ``sheet-…``).
    """
    problems: list[Problem] = []
    table = _table(read_tables(path), problems)
    lines = list(table.lines())
    taken = {line.text("key") for line in lines}
    rows, new = [], []
    for line in lines:
        key = line.text("key", 80)
        if not key and line.text("name"):
            key = _new_key(line.text("name"), taken)
            taken.add(key)
            new.append(key)
        rows.append((line, _department(line, key)))
    usable = _checked(rows)
    return DepartmentPreview(usable, tuple(new), tuple(problems))


def write_department_sheet(departments: DepartmentList, path: Path) -> None:
    """A list to edit; ``read_department_sheet`` gives the same departments."""
    from xlsxwriter import Workbook

    names = {level: name for name, level in LEVEL_NAMES.items()}
    whole = BytesIO()
    with Workbook(whole, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        heading = book.add_format({"bold": True, "bg_color": "#DDE6F0", "border": 1})
        text = book.add_format({"num_format": "@"})
        sheet = book.add_worksheet(SHEET)
        sheet.freeze_panes(1, 0)
        for place, (column, width) in enumerate(zip(COLUMNS, (34, 50, 20, 40, 14, 16, 18, 18, 34), strict=True)):
            sheet.set_column(place, place, width, text)
            sheet.write_string(0, place, column.title, heading)
        for number, found in enumerate(departments.departments, 1):
            level = names[found.level]
            days = (found.valid_from, found.valid_to, found.not_before, found.gone_by)
            cells = (found.key, found.name, level, found.head_title, *days, ", ".join(found.successors))
            for place, cell in enumerate(cells):
                sheet.write_string(number, place, cell, text)
    replace_file(path, whole.getvalue())


def _table(grids: Sequence[Grid], problems: list[Problem]) -> Table:
    for grid in grids:
        noted: list[Problem] = []
        table = Table(grid, COLUMNS, noted)
        if table.has("name"):
            problems += noted
            table.problems = problems
            return table
    raise BadInput("sheet-not-departments")


def _new_key(name: str, taken: set[str]) -> str:
    """Like the keys of checklist items, without the dot."""
    return proposed_key(name, {key.replace("local_", "local.", 1) for key in taken}).replace(".", "_")


def _department(line: Line, key: str) -> Department | None:
    name = line.needed("name", 200)
    level = line.choice("level", LEVEL_NAMES) if line.text("level") else "department"
    if key and not KEY.fullmatch(key):
        line.problem("sheet-department-key", "key", department=key)
        return None
    successors = tuple(part.strip() for part in line.text("successors").split(",") if part.strip())
    found = Department(
        key,
        name,
        level,
        line.text("head_title", 200),
        valid_from=line.day("valid_from"),
        valid_to=line.day("valid_to"),
        not_before=line.day("not_before"),
        gone_by=line.day("gone_by"),
        successors=successors,
    )
    return found if key and name and level else None


def _checked(rows: Sequence[tuple[Line, Department | None]]) -> tuple[Department, ...]:
    """Keys once, successors known."""
    keys = {found.key for _, found in rows if found}
    first: dict[str, int] = {}
    usable = []
    for line, found in rows:
        if found is None:
            continue
        for unknown in (key for key in found.successors if key not in keys):
            line.problem("sheet-department-successor", "successors", department=unknown)
        if first.setdefault(found.key, line.row) != line.row:
            line.problem("sheet-department-repeated", "key", department=found.key, first=first[found.key])
        else:
            usable.append(found)
    return tuple(usable)
