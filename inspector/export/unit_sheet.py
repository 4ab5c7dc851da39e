"""An office's own list of units, out to Excel and in again with every problem by its cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

from inspector.domain.errors import BadInput
from inspector.domain.text import fold
from inspector.domain.unit_lists import UnitChange, compared
from inspector.domain.units import Unit, UnitTable
from inspector.export.atomic_file import replace_file
from inspector.export.sheets import Column, Line, Problem, Table, UnusableSheet, read_tables
from inspector.export.xlsx_reader import Grid

SHEET = "Đơn vị"
OWN = "own"
"""The ``source`` of units that come from an office's list."""

COLUMNS = (
    Column("code", "Mã", aliases=("Mã đơn vị", "Mã xã", "Mã ĐVHC")),
    Column("kind", "Loại", required=False, aliases=("Loại đơn vị", "Cấp")),
    Column("name", "Tên", aliases=("Tên đơn vị", "Tên xã, phường", "Đơn vị")),
    Column("parent", "Mã cấp trên", required=False, aliases=("Mã tỉnh", "Mã TP", "Mã tỉnh, thành phố")),
    Column("valid_from", "Hiệu lực từ", required=False),
    Column("valid_to", "Hết hiệu lực từ", required=False),
    Column("last_day", "Hiệu lực đến", required=False, aliases=("Hiệu lực đến hết ngày",)),
)


@dataclass(frozen=True, slots=True)
class UnitPreview:
    """What an import would bring: usable ``rows``, what each changes today, every problem. Nothing is written."""

    rows: tuple[Unit, ...]
    changes: tuple[UnitChange, ...]
    problems: tuple[Problem, ...]

    def accepted(self) -> tuple[Unit, ...]:
        """All rows.

        Raises:
            UnusableSheet: there is a problem.
        """
        if self.problems:
            raise UnusableSheet(self.problems)
        return self.rows


def read_unit_sheet(path: Path, table: UnitTable, day: date = date.max) -> UnitPreview:
    """Read a list of units from .xlsx or .csv and compare it with what stands on ``day``, or without an end.

    Codes that a spreadsheet turned into numbers get their zeros back. "Hiệu lực đến" is the last day on which a unit
    stands, "Hết hiệu lực từ" the first on which it does not.

    Raises:
        BadInput: the file as a whole cannot be read (codes ``sheet-…``).
    """
    problems: list[Problem] = []
    found = _Rows(table, day).read(_table(read_tables(path), problems))
    return UnitPreview(found, compared(table, found, day), tuple(problems))


def write_unit_sheet(units: Iterable[Unit], path: Path) -> None:
    """A list to edit; ``read_unit_sheet`` takes it back without a change."""
    from xlsxwriter import Workbook

    whole = BytesIO()
    with Workbook(whole, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        heading = book.add_format({"bold": True, "bg_color": "#DDE6F0", "border": 1})
        text = book.add_format({"num_format": "@"})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet = book.add_worksheet(SHEET)
        sheet.freeze_panes(1, 0)
        shown = COLUMNS[:6]
        for place, (column, width) in enumerate(zip(shown, (10, 12, 40, 14, 14, 16), strict=True)):
            sheet.set_column(place, place, width, text if place < 4 else day)
            sheet.write_string(0, place, column.title, heading)
        for number, unit in enumerate(units, 1):
            for place, value in enumerate((unit.code, unit.kind, unit.name, unit.parent)):
                sheet.write_string(number, place, value, text)
            for place, iso in ((4, unit.valid_from), (5, unit.valid_to)):
                if iso:
                    sheet.write_datetime(number, place, date.fromisoformat(iso), day)
    replace_file(path, whole.getvalue())


def _table(grids: Sequence[Grid], problems: list[Problem]) -> Table:
    """The first sheet that has the two columns a list cannot do without."""
    for grid in grids:
        noted: list[Problem] = []
        table = Table(grid, COLUMNS, noted)
        if table.has("code") and table.has("name"):
            problems += noted
            table.problems = problems
            return table
    raise BadInput("sheet-not-units")


class _Rows:
    """Reads line by line against what is already known."""

    def __init__(self, table: UnitTable, day: date) -> None:
        self._levels = table.levels
        self._standing = {unit.code: unit for unit in table.on(day)}
        self._kinds = {fold(kind.kind): kind.kind for kind in table.levels.kinds}
        self._first: dict[tuple[str, str], int] = {}

    def read(self, table: Table) -> tuple[Unit, ...]:
        lines = [(line, self._unit(line)) for line in table.lines()]
        own = {unit.code for _, unit in lines if unit}
        return tuple(unit for line, unit in lines if unit and self._has_parent(line, unit, own))

    def _unit(self, line: Line) -> Unit | None:
        kind, name = self._kind_and_name(line)
        code = self._code(line, "code", kind)
        valid_from, valid_to = line.day("valid_from"), self._valid_to(line)
        if not (code and kind and name):
            return None
        if valid_from and valid_to and valid_to <= valid_from:
            line.problem("sheet-unit-dates", "valid_to")
            return None
        first = self._first.setdefault((code, valid_from), line.row)
        if first != line.row:
            line.problem("sheet-unit-repeated", "code", unit=code, first=first)
            return None
        known = self._standing.get(code)
        parent = self._code(line, "parent", "") or (known.parent if known else "")
        return Unit(code, kind, name, parent, valid_from, valid_to, OWN, self._levels.of_code(code))

    def _kind_and_name(self, line: Line) -> tuple[str, str]:
        """The type from its own column, else from the beginning of the name ("Xã Cái Bè")."""
        name, kind = line.needed("name", 200), self._kinds.get(fold(line.text("kind", 40)), "")
        written = line.text("kind", 40)
        folded = fold(name)
        for plain, proper in self._kinds.items():
            if kind in ("", proper) and folded.startswith(plain + " "):
                return proper, name[len(proper) :].strip()
        if name and not kind:
            line.problem("sheet-unit-kind", "kind" if written else "name", value=written or name)
        return kind, name

    def _code(self, line: Line, column: str, kind: str) -> str:
        """Text of digits, filled up with the zeros a spreadsheet dropped."""
        code = line.needed(column, 20) if column == "code" else line.text(column, 20)
        if not code:
            return ""
        if code.isascii() and code.isdigit():
            code = code.zfill(self._length(kind, len(code)))
        try:
            self._levels.of_code(code)
        except BadInput as error:
            line.problem(error.code, column, **error.params)
            return ""
        return code

    def _length(self, kind: str, written: int) -> int:
        """The length of codes of a type, or the shortest that holds what is written."""
        lengths: Mapping[str, int] = {level.code: level.code_length for level in self._levels.levels}
        of_kind = [lengths[known.level] for known in self._levels.kinds if known.kind == kind and not known.valid_to]
        whole = sorted(length for length in (of_kind or lengths.values()) if length >= written)
        return whole[0] if whole else written

    def _valid_to(self, line: Line) -> str:
        ended, last = line.day("valid_to"), line.day("last_day")
        return ended or ((date.fromisoformat(last) + timedelta(1)).isoformat() if last else "")

    def _has_parent(self, line: Line, unit: Unit, own: set[str]) -> bool:
        top = self._levels.levels[0].code
        if unit.level == top or unit.parent in self._standing or unit.parent in own:
            return True
        line.problem("sheet-unit-parent", "parent", parent=unit.parent)
        return False
