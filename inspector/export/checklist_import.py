"""Read an edited checklist workbook: the checklist if it is whole, what it changes, and every problem by its cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from inspector.domain.checklist import Checklist, Item, LegalBasis, Notices, RatingBand, Section, Threshold
from inspector.domain.checklist_changes import ChecklistChanges, changes
from inspector.domain.checklist_rules import Flaw, flaws_of, proposed_key
from inspector.domain.errors import BadInput
from inspector.export import checklist_layout as layout
from inspector.export.sheets import Column, Line, Problem, Table, UnusableSheet, grid_named, read_tables
from inspector.export.xlsx_reader import Grid


@dataclass(frozen=True, slots=True)
class ChecklistPreview:
    """What an import would bring. ``checklist`` is ``None`` while there are problems; ``changes`` needs a base."""

    checklist: Checklist | None
    changes: ChecklistChanges | None
    new_keys: tuple[str, ...]
    problems: tuple[Problem, ...]

    def accepted(self) -> Checklist:
        """The checklist.

        Raises:
            UnusableSheet: there is a problem.
        """
        if self.checklist is None:
            raise UnusableSheet(self.problems)
        return self.checklist


def read_checklist_sheet(path: Path, base: Checklist | None = None) -> ChecklistPreview:
    """Read a workbook as ``write_checklist_sheet`` writes it, edited by people; nothing is stored.

    Rows without a key are new and get a proposed one (``new_keys``). ``base`` is the checklist that was exported.

    Raises:
        BadInput: the file as a whole cannot be read (codes ``sheet-…``).
    """
    grids = read_tables(path)
    if grid_named(grids, layout.ITEMS) is None:
        raise BadInput("sheet-not-a-checklist", sheet=layout.ITEMS)
    reader = _Reader(grids)
    checklist = reader.checklist()
    if not reader.problems:
        reader.problems += [reader.problem_of(flaw) for flaw in flaws_of(checklist)]
    if reader.problems:
        return ChecklistPreview(None, None, reader.new_keys, tuple(reader.problems))
    return ChecklistPreview(checklist, changes(base, checklist) if base else None, reader.new_keys, ())


_Places = dict[str, list[tuple[Table, int]]]


class _Reader:
    """Remembers from which row every part of the checklist came, so that its flaws can be shown there."""

    def __init__(self, grids: Sequence[Grid]) -> None:
        self._grids = grids
        self.problems: list[Problem] = []
        self.new_keys: tuple[str, ...] = ()
        self._places: _Places = defaultdict(list)

    def checklist(self) -> Checklist:
        info = self._info()
        notices = {name: info.get(name, "") for name in ("about", "points", "legal", "bands")}
        return Checklist(
            level=info["level"],
            title=info["title"],
            version=info["version"],
            sections=tuple(self._sections()),
            items=self._items(self._thresholds()),
            status=info["status"],
            notices=Notices(**notices, status=info.get("status_note", "")),
            rating_bands=tuple(self._bands()),
            legal_index=tuple(sorted(self._legal(), key=lambda basis: basis.code)),
        )

    def problem_of(self, flaw: Flaw) -> Problem:
        """A broken rule, at the cell it comes from."""
        index = _info_index(flaw.field) if flaw.part == "info" else flaw.index
        rows = self._places[flaw.part] or self._places["info"]
        table, row = rows[min(index, len(rows) - 1)]
        return table.made(flaw.code, row, _column(flaw.part, flaw.field), flaw.params)

    def _table(self, name: str, columns: Sequence[Column], *, needed: bool = True) -> Table | None:
        grid = grid_named(self._grids, name)
        if grid is not None:
            return Table(grid, columns, self.problems)
        if needed:
            self.problems.append(Problem("sheet-page-missing", name, 1, "", {"page": name}))
        return None

    def _lines(self, part: str, name: str, columns: Sequence[Column], *, needed: bool = True) -> Iterator[Line]:
        table = self._table(name, columns, needed=needed)
        for line in table.lines() if table else ():
            self._places[part].append((line.table, line.row))
            yield line

    def _info(self) -> dict[str, str]:
        names = {shown.casefold(): name for name, shown in layout.INFO_ROWS.items()}
        found: dict[str, str] = {}
        rows: dict[str, tuple[Table, int]] = {}
        for line in self._lines("info", layout.INFO, layout.INFO_COLUMNS):
            name = names.get(line.text("name").casefold())
            if name in ("level", "status"):
                found[name] = line.choice("value", layout.LEVEL_NAMES if name == "level" else layout.STATUS_NAMES)
            elif name:
                found[name] = line.text("value")
            if name:
                rows[name] = (line.table, line.row)
        if self._places["info"]:
            first = self._places["info"][0]
            self._places["info"] = [rows.get(name, first) for name in layout.INFO_ROWS]
        return {"title": "", "version": "", "level": "", "status": "active", **found}

    def _sections(self) -> Iterator[Section]:
        for line in self._lines("sections", layout.SECTIONS, layout.SECTION_COLUMNS):
            yield Section(line.needed("code", 40), line.needed("title"))

    def _legal(self) -> Iterator[LegalBasis]:
        for line in self._lines("legal", layout.LEGAL, layout.LEGAL_COLUMNS, needed=False):
            status = line.choice("status", layout.LEGAL_STATUS_NAMES)
            yield LegalBasis(line.needed("code", 40), line.needed("title"), status, line.text("address"))

    def _bands(self) -> Iterator[RatingBand]:
        for line in self._lines("bands", layout.BANDS, layout.BAND_COLUMNS, needed=False):
            yield RatingBand(_needed_number(line, "min"), line.needed("label", 100))

    def _thresholds(self) -> dict[str, list[Threshold]]:
        """By the number of the item, as people see it."""
        found: dict[str, list[Threshold]] = defaultdict(list)
        for line in self._lines("threshold_rows", layout.THRESHOLDS, layout.THRESHOLD_COLUMNS, needed=False):
            item = line.needed("item", 40)
            bound = line.choice("bound", layout.BOUND_NAMES)
            found[item].append(Threshold(bound, line.number("value"), _needed_number(line, "fraction")))
        return found

    def _items(self, thresholds: dict[str, list[Threshold]]) -> tuple[Item, ...]:
        lines = list(self._lines("items", layout.ITEMS, layout.ITEM_COLUMNS))
        taken = {line.text("key") for line in lines}
        new, items = [], []
        for line in lines:
            key = line.text("key", 120)
            if not key:
                key = proposed_key(line.text("text"), taken)
                taken.add(key)
                new.append(key)
            items.append(_item(line, key, thresholds))
        self.new_keys = tuple(new)
        self._point_out_lost_thresholds({item.code for item in items})
        self._place_thresholds(items)
        return tuple(items)

    def _point_out_lost_thresholds(self, codes: set[str]) -> None:
        for table, row in self._places["threshold_rows"]:
            code = Line(table, row, table.grid.rows[row]).text("item", 40)
            if code and code not in codes:
                table.problem("sheet-threshold-item-unknown", row, "item", value=code)

    def _place_thresholds(self, items: Sequence[Item]) -> None:
        """The first threshold row of every item; items without one point to their own row."""
        first: dict[str, tuple[Table, int]] = {}
        for table, row in self._places["threshold_rows"]:
            first.setdefault(Line(table, row, table.grid.rows[row]).text("item", 40), (table, row))
        own = self._places["items"]
        self._places["thresholds"] = [first.get(item.code, own[n]) for n, item in enumerate(items)]


def _item(line: Line, key: str, thresholds: dict[str, list[Threshold]]) -> Item:
    code = line.needed("code", 40)
    points = _needed_number(line, "max_points")
    steps = thresholds.get(code, [])
    kind = line.choice("answer_type", layout.ANSWER_TYPE_NAMES)
    return Item(
        key=key,
        code=code,
        section=line.needed("section", 40),
        text=line.needed("text"),
        answer_type=kind,
        max_points=points,
        na_allowed=line.yes("na_allowed"),
        evidence=tuple(_parts(line.text("evidence"), "\n")),
        legal_basis=tuple(_parts(line.text("legal_basis"), ",")),
        finding_hint=line.text("finding_hint"),
        remedy_days=line.whole("remedy_days"),
        numerator_label=line.text("numerator_label"),
        denominator_label=line.text("denominator_label"),
        count_label=line.text("count_label"),
        method=line.text("method"),
        fields=tuple(_parts(line.text("fields"), ",")),
        row_fields=tuple(_parts(line.text("row_fields"), ",")),
        thresholds=tuple(steps),
    )


def _parts(text: str, mark: str) -> Iterator[str]:
    return filter(None, (" ".join(part.split()) for part in text.split(mark)))


def _needed_number(line: Line, name: str) -> Decimal:
    found = line.number(name)
    if found is None and line.value(name) is None:
        line.problem("sheet-cell-empty", name)
    return Decimal(0) if found is None else found


def _info_index(field: str) -> int:
    return list(layout.INFO_ROWS).index(field) if field in layout.INFO_ROWS else 0


def _column(part: str, field: str) -> str:
    if part == "info":
        return "value"
    return "item" if field == "thresholds" else field
