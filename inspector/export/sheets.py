"""Tables from an office: find the columns by their headings, read cell by cell, and say what is wrong and where.

Nothing is written here. A reader collects what is usable and every problem; whoever asked decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as kept
from datetime import date
from decimal import Decimal
from pathlib import Path

from inspector.domain.checklist import decimal_text
from inspector.domain.errors import BadInput
from inspector.domain.text import clean, fold
from inspector.export.csv_reader import read_csv
from inspector.export.xlsx_reader import MAX_FILE, CellError, Grid, Value, cell_name, read_xlsx

_HEADING_ROWS = 20
_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_YES = frozenset(("co", "x", "1", "true", "dung", "yes"))
_NO = frozenset(("khong", "0", "false", "sai", "no"))


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a table and where: ``cell`` as people see it ("C12"); ``params`` are for its sentence."""

    code: str
    sheet: str
    row: int
    cell: str
    params: Mapping[str, object] = kept(default_factory=dict)


class UnusableSheet(BadInput):
    """A readable table that cannot be taken over; ``problems`` says all of it, the sentence names the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        first = problems[0]
        place = {"sheet": first.sheet, "row": first.row, "cell": first.cell or str(first.row)}
        super().__init__("sheet-has-problems", count=len(problems), problem=first.code, **place)
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Column:
    """A column is known by its heading, whatever its place; ``aliases`` are other headings people use."""

    name: str
    title: str
    required: bool = True
    aliases: tuple[str, ...] = ()


def read_tables(path: Path) -> tuple[Grid, ...]:
    """The sheets of an .xlsx or the one table of a .csv, told apart by their content.

    Raises:
        BadInput: ``sheet-missing``, ``sheet-old-excel``, ``sheet-unreadable``, ``sheet-too-large``, ``sheet-encoding``.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MAX_FILE + 1)
    except OSError as error:
        raise BadInput("sheet-missing", file=path.name) from error
    if content.startswith(_OLD_EXCEL):
        raise BadInput("sheet-old-excel", file=path.name)
    if content.startswith(b"PK") or path.suffix.lower() in (".xlsx", ".xlsm"):
        return read_xlsx(content)
    return (read_csv(content, path.stem),)


class Table:
    """The rows below a heading row, in one grid."""

    def __init__(self, grid: Grid, columns: Sequence[Column], problems: list[Problem]) -> None:
        self.grid = grid
        self.problems = problems
        self.heading, self.places = _heading(grid, columns)
        for column in columns:
            if column.required and column.name not in self.places:
                params = {"column": column.title}
                problems.append(Problem("sheet-column-missing", grid.name, self.heading or 1, "", params))
        self._point_out_merged()

    def has(self, name: str) -> bool:
        """Is there such a column?"""
        return name in self.places

    def lines(self) -> Iterator[Line]:
        """Every row with something in a known column."""
        for row in sorted(self.grid.rows):
            cells = self.grid.rows[row]
            if row > self.heading and any(column in cells for column in self.places.values()):
                yield Line(self, row, cells)

    def problem(self, code: str, row: int, name: str, /, **params: object) -> None:
        """Note what is wrong in the cell of a row and a column."""
        self.problems.append(self.made(code, row, name, params))

    def made(self, code: str, row: int, name: str, params: Mapping[str, object]) -> Problem:
        """A problem of the cell of a row and a column, not noted."""
        column = self.places.get(name)
        return Problem(code, self.grid.name, row, cell_name(row, column) if column else "", params)

    def _point_out_merged(self) -> None:
        for area in self.grid.merged:
            match = re.match(r"[A-Z]+([0-9]{1,7})", area)
            if match and int(match[1]) > self.heading > 0:
                row = int(match[1])
                self.problems.append(Problem("sheet-merged", self.grid.name, row, area, {"area": area}))


@dataclass(frozen=True, slots=True)
class Line:
    """One row. Every reading method notes a problem and gives a neutral value when the cell is not usable."""

    table: Table
    row: int
    cells: Mapping[int, Value]

    def value(self, name: str) -> Value | None:
        """What the cell holds, ``None`` when empty or when it shows an error (noted)."""
        found = self.cells.get(self.table.places.get(name, 0))
        if isinstance(found, CellError):
            self.problem("sheet-cell-error", name, value=found.text)
            return None
        return found

    def text(self, name: str, limit: int = 5_000) -> str:
        """Text without blanks around it; numbers as people write them, days as 30/4/2026."""
        found = as_text(self.value(name))
        if len(found) > limit:
            self.problem("sheet-text-too-long", name, limit=limit)
            return ""
        return found

    def needed(self, name: str, limit: int = 5_000) -> str:
        """Text that must be there."""
        found = self.text(name, limit)
        if not found and not isinstance(self.cells.get(self.table.places.get(name, 0)), CellError):
            self.problem("sheet-cell-empty", name)
        return found

    def number(self, name: str) -> Decimal | None:
        """A number, also one typed as text with a decimal comma ("0,5"); ``None`` when empty."""
        found = self.value(name)
        if found is None or isinstance(found, Decimal):
            return found
        number = parse_number(as_text(found)) if isinstance(found, str) else None
        if number is None:
            self.problem("sheet-not-a-number", name, value=as_text(found)[:40])
        return number

    def whole(self, name: str) -> int | None:
        """A whole number; ``None`` when empty."""
        found = self.number(name)
        if found is None:
            return None
        if found != found.to_integral_value():
            self.problem("sheet-not-whole", name, value=decimal_text(found))
            return None
        return int(found)

    def yes(self, name: str) -> bool:
        """Có or không (empty is no)."""
        found = self.value(name)
        answer = fold(as_text(found)) if not isinstance(found, bool) else ("co" if found else "khong")
        if answer and answer not in _YES | _NO:
            self.problem("sheet-not-yes-or-no", name, value=as_text(found)[:40])
        return answer in _YES

    def day(self, name: str) -> str:
        """A day as ISO text; empty when empty."""
        found = self.value(name)
        if isinstance(found, date):
            return found.isoformat()
        text = as_text(found)
        day = parse_day(text) if text else None
        if text and day is None:
            self.problem("sheet-not-a-day", name, value=text[:40])
        return day.isoformat() if day else ""

    def choice(self, name: str, options: Mapping[str, str]) -> str:
        """One of ``options`` (shown text → value), with or without marks and capitals; the value itself will do."""
        text = self.needed(name, 200)
        by_fold = {fold(shown): value for shown, value in options.items()}
        found = by_fold.get(fold(text), text if text in options.values() else "")
        if text and not found:
            self.problem("sheet-not-in-list", name, value=text[:40], options=", ".join(options))
        return found

    def problem(self, code: str, name: str, /, **params: object) -> None:
        """Note what is wrong in the cell of this column."""
        self.table.problem(code, self.row, name, **params)


def as_text(value: Value | None) -> str:
    """A cell as the text people see."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, date):
        return f"{value.day}/{value.month}/{value.year}"
    return clean(value.text if isinstance(value, CellError) else value).replace("\u00a0", " ").strip()


def parse_number(text: str) -> Decimal | None:
    """Decimal comma or point; groups of thousands are not guessed at."""
    if len(text) > 40:
        return None
    try:
        number = Decimal(text.replace(",", ".").replace(" ", ""))
        return round(number, 9) if number.is_finite() and abs(number) < 10**15 else None
    except ArithmeticError:  # no number, or an exponent beyond what can be reckoned with
        return None


def parse_day(text: str) -> date | None:
    """30/4/2026, 30-04-2026 or 2026-04-30."""
    match = _DAY.fullmatch(text)
    try:
        return date(int(match[3]), int(match[2]), int(match[1])) if match else date.fromisoformat(text)
    except ValueError:
        return None


def grid_named(grids: Sequence[Grid], name: str) -> Grid | None:
    """The sheet of that name, with or without marks and capitals."""
    return next((grid for grid in grids if fold(grid.name) == fold(name)), None)


def _heading(grid: Grid, columns: Sequence[Column]) -> tuple[int, dict[str, int]]:
    """The row among the first ones that names most columns, and where each column stands."""
    best: tuple[int, dict[str, int]] = (0, {})
    for row in sorted(grid.rows)[:_HEADING_ROWS]:
        titles = {
            fold(as_text(value)).strip(" *:"): place for place, value in sorted(grid.rows[row].items(), reverse=True)
        }
        found = {}
        for column in columns:
            names = (fold(title) for title in (column.title, *column.aliases))
            place = next((titles[name] for name in names if name in titles), None)
            if place is not None:
                found[column.name] = place
        if len(found) > len(best[1]):
            best = (row, found)
    return best
