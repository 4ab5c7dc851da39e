"""Rows from outside: read like typed ones, shown before anything is written, then entered all of them or none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject

from inspector.domain.text import fold
from inspector.services.desk import Receipt
from inspector.services.dossier_files import ForeignRow
from inspector.services.sight import Sight
from inspector.ui.language import Phrase, Words, tr
from inspector.ui.pages.workspace.dossiers.columns import arguments, stored
from inspector.ui.session import Job, Session
from inspector.ui.widgets.field import Reading
from inspector.ui.widgets.grid_model import NEW, NUMBER, Cell, Column, Kind, Row, one_line

_YES = frozenset(("co", "x", "1", "true", "dung", "yes"))
_NO = frozenset(("khong", "0", "false", "sai", "no"))


@dataclass(frozen=True)
class Incoming:
    """One row to be written: ``id`` is NEW or the record it goes over, ``values`` what its cells mean."""

    id: str
    number: int
    values: Mapping[str, object]


@dataclass(frozen=True)
class Preview:
    """What would be written, as rows of the table, and what stands against it: nothing is written with a problem."""

    incoming: tuple[Incoming, ...]
    rows: tuple[Row, ...]
    problems: int


def preview(
    foreign: Sequence[ForeignRow], targets: Sequence[str], columns: Sequence[Column], codes: frozenset[str]
) -> Preview:
    """Read the rows. ``targets`` are the records they go over, in turn; the rest are new. ``codes`` are those of the
    dossiers that are there already, folded.
    """
    incoming, rows, problems = [], [], 0
    taken: dict[str, int] = {}
    for place, row in enumerate(foreign):
        target = targets[place] if place < len(targets) else NEW
        values: dict[str, object] = {}
        cells = []
        for column in columns:
            cell = _cell(row, column, values)
            if column.key == "code":
                problem = _code_problem(row, target, codes, taken)
                cell = Cell(cell.text, problem=problem) if problem else cell
            problems += bool(cell.problem)
            cells.append(cell)
        incoming.append(Incoming(target, row.number, values))
        rows.append(Row(str(row.number), tuple(cells)))
    return Preview(tuple(incoming), tuple(rows), problems)


def read_yes_no(text: str) -> Reading | Phrase:
    """*Có* or *Không* as people write it: also x, 1, 0."""
    folded = fold(text).strip()
    if not folded:
        return Reading(None, "")
    if folded in _YES | _NO:
        return Reading(folded in _YES, "")
    return tr("Ghi Có hoặc Không")


def _cell(row: ForeignRow, column: Column, values: dict[str, object]) -> Cell:
    if column.key == NUMBER or column.kind is Kind.SHOWN:
        return Cell()
    text = one_line(row.texts.get(column.key, ""))
    if column.key not in row.texts:
        return Cell()
    read = read_yes_no if column.kind is Kind.YES_NO else column.read
    found = Reading(text, text) if column.key == "code" else read("" if text == "–" else text)
    if isinstance(found, Phrase):
        return Cell(text, problem=found)
    values[column.key] = found.value
    return Cell(found.shown or text, found.value)


def _code_problem(row: ForeignRow, target: str, codes: frozenset[str], taken: dict[str, int]) -> Words:
    if "code" not in row.texts:
        return "" if target != NEW else tr("Thiếu mã hồ sơ")
    folded = fold(row.texts["code"])
    if not folded:
        return tr("Thiếu mã hồ sơ")
    if folded in taken:
        return tr("Trùng mã với dòng {number}", number=taken[folded])
    taken[folded] = row.number
    return tr("Mã này đã có trong bảng") if target == NEW and folded in codes else ""


class TakingOver(QObject):
    """Enters the rows of a preview one act after the other; ``then`` hears how many were entered, and why not all."""

    def __init__(
        self,
        session: Session,
        inspection: str,
        item: str | None,
        sight: Sight,
        incoming: Sequence[Incoming],
        then: Callable[[list[str], str], object],
    ) -> None:
        super().__init__(session)
        self._session, self._inspection, self._item, self._sight = session, inspection, item, sight
        self._incoming, self._then = list(incoming), then
        self._made: list[str] = []
        self.job = Job(tr("Nhập {count} hồ sơ", count=len(self._incoming)), session)

    def start(self) -> None:
        self._session.began.emit(self.job)
        self._go_on()

    def _go_on(self) -> None:
        done = len(self._made)
        self.job.progressed.emit(done, len(self._incoming))
        if done == len(self._incoming) or self.job.is_cancelled():
            self._end("")
            return
        row = self._incoming[done]
        name, given, seen = self._act(row)
        self._session.perform(
            name,
            given,
            inspection=self._inspection,
            seen=seen,
            words=tr("Đã nhập hồ sơ {code}", code=str(row.values.get("code") or row.number)),
            then=self._took,
            failed=self._end,
            owner=self,
        )

    def _act(self, row: Incoming) -> tuple[str, dict[str, object], dict[str, tuple[str, ...]] | None]:
        if row.id == NEW:
            of_item = {"item": self._item} if self._item else {}
            return "add_dossier", {**of_item, **arguments(row.values)}, None
        given = {key: stored(key, value) for key, value in row.values.items()}
        return "edit_dossier", {"dossier": row.id, **given}, self._sight.seen("dossier", row.id, *given)

    def _took(self, receipt: Receipt) -> None:
        self._made.append(receipt.ref)
        self._go_on()

    def _end(self, reason: str) -> None:
        self.job.ended.emit()
        self.job.deleteLater()
        self._then(self._made, reason)
        self.deleteLater()
