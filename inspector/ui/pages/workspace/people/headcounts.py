"""Who sat at the desks when the team came in: a count for each part of the unit, at one moment after the other."""

from __future__ import annotations

from datetime import date, datetime, time

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from inspector.domain.changeset import Json
from inspector.domain.ids import natural_id
from inspector.domain.inspection import Headcount
from inspector.domain.phrases import short_code
from inspector.ui import tokens
from inspector.ui.actions import Acts
from inspector.ui.language import tr
from inspector.ui.pages.workspace.disagreeing import Disagreements, Disputed
from inspector.ui.pages.workspace.evidence.pane import EvidencePane
from inspector.ui.pages.workspace.growing_area import GrowingArea
from inspector.ui.pages.workspace.open_inspection import OpenInspection
from inspector.ui.pages.workspace.people.count_rows import (
    COLUMNS,
    COUNTS,
    counts_at,
    departments,
    empty_row,
    entering,
    moments,
    rate_words,
    row_of,
    sum_words,
)
from inspector.ui.pages.workspace.tied_fields import lock, text_or_none
from inspector.ui.pages.workspace.time_field import TimeField, short_time
from inspector.ui.session import Session
from inspector.ui.theme import look
from inspector.ui.tokens import Size, Weight
from inspector.ui.where import Screen, Tab, Where
from inspector.ui.widgets.button import ActionButton, Button, Kind
from inspector.ui.widgets.card import Line
from inspector.ui.widgets.field import Entry
from inspector.ui.widgets.grid_model import NEW
from inspector.ui.widgets.grid_table import CellEntry, GridTable
from inspector.ui.widgets.pick_field import Choice, PickField
from inspector.ui.widgets.signs import Chip
from inspector.ui.widgets.text import Text
from inspector.ui.writing import Post, Spot, Writing

_ALL = "all"


class Headcounts(QWidget):
    """``found`` asks for a finding from what was counted."""

    found = Signal(str)

    def __init__(self, session: Session, acts: Acts, opened: OpenInspection, disagreements: Disagreements) -> None:
        super().__init__()
        self._session, self._opened, self._disagreements = session, opened, disagreements
        self._inspection = ""
        self._moment: datetime | None = None
        self._all = False
        self._places: dict[datetime, list[str]] = {}
        self._under_way: dict[str, dict[str, Json]] = {}
        self._noted = ""
        self.table = GridTable(COLUMNS, tr("Số người có mặt"), adds=True)
        self.table.horizontalHeader().setProperty("dense", True)
        self.hour = TimeField(tr("Lúc"))
        self.choice = PickField(tr("Lần kiểm đếm"))
        self.note = GrowingArea(tr("Ghi nhận tại chỗ"))
        self._note = Disputed(tr("Ghi nhận tại chỗ"), self.note)
        self._writing = Writing(session, self.note, self._post_note)
        self.to_item = Button("", self._go_to_item, kind=Kind.QUIET, icon="list", height=tokens.SMALL_CONTROL)
        self.rate = Text(size=Size.TITLE, weight=Weight.STRONG)
        self.rate_about = Text(tr("có mặt hoặc vắng có lý do"), size=Size.META, tone="text2", wrap=True)
        self.sum = Text(wrap=True, size=Size.META, weight=Weight.MEDIUM)
        self.entering = Text(wrap=True, size=Size.META, tone="text2")
        self.where = Text(weight=Weight.STRONG, wrap=True)
        self.apart = Chip(tr("Chưa thống nhất"), "dis")
        self.hint = Text(tr("Ghi giờ kiểm đếm trước, rồi gõ số vào bảng."), tone="text2", wrap=True)
        self._finding = acts.bind("new-finding", self._found, self)
        self.evidence = EvidencePane(session, acts, opened, keys_in=self)
        self._lay_out()
        self.table.bind(acts)
        self.table.seen_of = self._seen
        self.table.committed.connect(self._commit)
        self.table.drafted.connect(self._keep)
        self.table.removal_wanted.connect(self._remove)
        self.table.arrived.connect(self._arrived)
        self.hour.committed.connect(self._choose_hour)
        self.choice.committed.connect(self._choose_moment)
        disagreements.changed.connect(self._show_opinions)

    # -------------------------------------------------------- showing

    def show_inspection(self) -> None:
        inspection = self._opened.inspection
        if inspection.id != self._inspection:
            self._inspection, self._noted = inspection.id, ""
            self._places, self._under_way = {}, {}
            found = moments(inspection)
            self._moment, self._all = found[-1] if found else None, len(found) > 1
        elif self._moment is None and (found := moments(inspection)):
            self._moment = found[-1]
        self._forget_answered()
        self._show_moments()
        self._show_rows()
        self._show_sum()
        self._show_note()
        reason = self._opened.why_read_only
        lock(self.hour, reason)
        self._finding.close(reason) if str(reason) else self._finding.open()
        self._show_opinions()

    def go_to(self, record: str) -> None:
        """To one count, wherever it was taken."""
        count = next((each for each in self._opened.inspection.headcounts if each.id == record), None)
        if count is not None and count.at is not None:
            self._moment = count.at.replace(tzinfo=None)
            self._all = len(moments(self._opened.inspection)) > 1
            self.show_inspection()
            self.table.go_to(record, "due")
        else:
            self.focus()

    def pane(self) -> QWidget:
        """Where F6 comes in."""
        return self.hour.editor if self._moment is None else self.table

    def focus(self) -> None:
        (self.hour.editor if self._moment is None else self.table).setFocus(Qt.FocusReason.OtherFocusReason)

    # -------------------------------------------------------- building

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(tokens.GAP)
        head.addWidget(Text(tr("Số người có mặt"), size=Size.HEAD, weight=Weight.STRONG))
        head.addWidget(self.to_item)
        head.addStretch(1)
        head.addWidget(self.apart)
        when = QHBoxLayout()
        when.setSpacing(tokens.GAP)
        when.addWidget(self.hour, 1)
        when.addWidget(self.choice, 2)
        rate = QHBoxLayout()
        rate.setSpacing(tokens.GAP)
        rate.addWidget(self.rate)
        rate.addWidget(self.rate_about, 1)
        page = QWidget()
        page.setProperty("scrolled", True)
        rows = QVBoxLayout(page)
        rows.setContentsMargins(tokens.GAP, tokens.GAP, tokens.GAP, tokens.GROUP)
        rows.setSpacing(tokens.GAP)
        rows.addLayout(head)
        rows.addLayout(when)
        rows.addWidget(self.hint)
        rows.addWidget(self.table)
        rows.addLayout(rate)
        self._line = Line()
        for widget in (self.sum, self.entering, self._line, self.where, self._note, self.evidence):
            rows.addWidget(widget)
        self.to_finding = ActionButton(self._finding)
        rows.addWidget(self.to_finding, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def _show_moments(self) -> None:
        known = sorted({*moments(self._opened.inspection), *([self._moment] if self._moment else [])})
        choices = [Choice(moment.isoformat(), _words(moment)) for moment in known]
        every = [Choice(_ALL, tr("Tất cả các lần"))] if len(known) > 1 else []
        self.choice.offer([*every, *choices, Choice("", tr("Lần kiểm đếm mới"))])
        self.choice.show_value(_ALL if self._all else self._moment.isoformat() if self._moment else "")
        self.choice.setVisible(bool(known))
        if not self.hour.is_dirty():
            self.hour.turn_to(short_time(self._moment.time()) if self._moment else "")

    def _show_rows(self) -> None:
        self.table.setVisible(self._moment is not None)
        self.hint.setVisible(self._moment is None and not self._opened.is_read_only)
        if self._moment is None:
            return
        stored = self._shown()
        here = {count.place for count in stored}
        rows = [row_of(count, with_hour=self._all) for count in stored]
        if not self._opened.is_read_only:
            names = [*departments(self._opened.inspection), *self._places.get(self._moment, [])]
            rows += [empty_row(self._record(name), name) for name in dict.fromkeys(names) if name not in here]
        self.table.show_rows(rows)
        self.table.set_read_only(read_only=self._opened.is_read_only, why=self._opened.why_read_only)
        self._restore()
        self._fit_table()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_table()

    def _fit_table(self) -> None:
        """As high as its rows; the pane around it scrolls."""
        heads = self.table.horizontalHeader()
        wide = heads.length() > self.table.viewport().width() > 0
        bar = self.table.horizontalScrollBar().sizeHint().height() if wide else 0
        rows = max(self.table.verticalHeader().length(), look().px(tokens.ROW))
        self.table.setFixedHeight(heads.sizeHint().height() + rows + bar + 4)

    def _show_sum(self) -> None:
        counts = self._shown()
        rate = rate_words(counts)
        for widget in (self.rate, self.rate_about, self.sum):
            widget.setVisible(bool(rate))
        self.rate.say(rate)
        words, whole = sum_words(counts)
        self.sum.say(words)
        self.sum.set_tone("ok" if whole else "part")
        left = entering(counts)
        self.entering.setVisible(left > 0)
        self.entering.say(tr("Chưa tính {count} dòng đang nhập.", count=left))
        item = next((count.item for count in counts if count.item), None)
        items = self._opened.checklist.items if self._opened.checklist else ()
        found = next((each for each in items if each.key == item), None)
        self.to_item.setVisible(found is not None)
        if found is not None:
            self.to_item.say(tr("Mục {code}", code=short_code(found.code)))

    def _show_note(self) -> None:
        """The note and the photos of the row one is in."""
        count = self._count(self._noted) or next(iter(self._shown()), None)
        self._note.setVisible(count is not None)
        self._line.setVisible(count is not None)
        self.to_finding.setVisible(count is not None and not self._opened.is_read_only)
        self.where.setVisible(count is not None)
        self.evidence.setVisible(count is not None)
        if count is None:
            self._writing.clear()
            return
        self._noted = count.id
        self.where.say(count.place or "…")
        operations = self._opened.sight.operations("headcount", count.id, "note")
        self._writing.show(Spot(self._opened.id, "headcount", count.id, "note"), count.note or "", operations)
        lock(self.note, self._opened.why_read_only)
        self.evidence.show("headcount", count.id)

    def _show_opinions(self) -> None:
        apart = any(place.startswith("headcount/") for place in self._opened.inspection.conflicts)
        self.apart.setVisible(apart)
        if self._noted:
            self._note.show_opinions(self._disagreements.of("headcount", self._noted, "note"))

    def _restore(self) -> None:
        """What was being typed when the program ended."""
        for row in self.table.grid.rows():
            for key in COUNTS:
                kept = self._session.draft_of(self._draft_place(row.id, key))
                if kept is not None and self.table.grid.typed(row.id, key) is None:
                    self.table.restore(row.id, key, kept.text)

    # -------------------------------------------------------- typing

    def _commit(self, entry: CellEntry) -> None:
        if entry.key == "place":
            self._name_place(entry)
            return
        row = entry.row
        if row == NEW or self._moment is None:
            self.table.mark_unsaved(row, entry.key, tr("Ghi tên bộ phận trước"))
            return
        counts = {**self._stored(row), **self._under_way.get(row, {}), entry.key: entry.value}
        self._under_way[row] = {name: _json(value) for name, value in counts.items()}
        filled: dict[str, object] = {name: value for name, value in counts.items() if value is not None}
        place = self._draft_place(row, entry.key)

        def saved(_receipt: object) -> None:
            self.table.mark_saved(row, entry.key)

        def failed(reason: str) -> None:
            self._under_way.pop(row, None)
            self.table.mark_unsaved(row, entry.key, reason)

        stored = self._count(row)
        if stored is None and not filled:
            saved(None)
            return
        arguments: dict[str, object] = {"headcount": row, "counts": filled or None}
        if stored is None:
            name, at = self._name(row), self._moment.isoformat(timespec="minutes")
            arguments = {"place": name, "at": at, "counts": filled}
        self._session.perform(
            "count_heads" if stored is None else "edit_headcount",
            arguments,
            inspection=self._opened.id,
            seen=None if stored is None else {f"headcount/{row}/counts": entry.seen},
            typed=(place,),
            words=tr("Đã ghi số người có mặt"),
            then=saved,
            failed=failed,
            owner=self,
        )

    def _name_place(self, entry: CellEntry) -> None:
        """The blank row becomes a part of the unit; stored rows keep their names, which are their keys."""
        if entry.row != NEW or self._moment is None:
            stored = self._name(entry.row)
            if entry.text != stored:
                self.table.mark_unsaved(entry.row, "place", tr("Xóa dòng rồi ghi lại với tên khác"))
            return
        if not entry.text:
            self.table.grid.clear_row(NEW)
            return
        self._places.setdefault(self._moment, []).append(entry.text)
        record = self._record(entry.text)
        self.table.adopt(record)
        self.table.mark_saved(record, "place")
        self._show_rows()

    def _keep(self, row: str, key: str, text: object, seen: object) -> None:
        if row == NEW or key == "place":
            return
        place = self._draft_place(row, key)
        if isinstance(text, str):
            self._session.keep_draft(place, text, seen if isinstance(seen, tuple) else ())
        else:
            self._session.drop_draft(place)

    def _remove(self, rows: list[str]) -> None:
        for row in rows:
            if self._count(row) is not None:
                self._opened.perform("remove_headcount", {"headcount": row}, words=tr("Đã xóa dòng kiểm đếm"))
            elif self._moment is not None:
                names = self._places.get(self._moment, [])
                self._places[self._moment] = [name for name in names if self._record(name) != row]
            self._under_way.pop(row, None)
        self._show_rows()

    def _forget_answered(self) -> None:
        """What was read by now need not be remembered."""
        self._under_way = {
            row: counts
            for row, counts in self._under_way.items()
            if any(self._stored(row).get(name) != value for name, value in counts.items())
        }

    def _choose_hour(self, entry: Entry) -> None:
        """Another moment of the day of the visit; what was counted before stays where it is."""
        self.hour.turn_to(entry.text)
        if not isinstance(entry.value, time):
            return
        day = self._moment.date() if self._moment else self._opened.inspection.visit_date or date.today()
        self._moment, self._all = datetime.combine(day, entry.value), False
        self.show_inspection()

    def _choose_moment(self, entry: Entry) -> None:
        self.choice.state.show_quiet()
        chosen = str(entry.value or "")
        self._all = chosen == _ALL
        if not self._all:
            self._moment = datetime.fromisoformat(chosen) if chosen else None
        self._noted = ""
        self._show_moments()
        self._show_rows()
        self._show_sum()
        self._show_note()
        if not chosen:
            self.hour.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrived(self, row: str, _key: str) -> None:
        if row != self._noted and self._count(row) is not None:
            self._noted = row
            self._show_note()

    def _post_note(self, spot: Spot, value: object) -> Post:
        arguments = {"headcount": spot.record, "note": text_or_none(value)}
        return Post("edit_headcount", arguments, tr("Đã ghi nhận xét kiểm đếm"))

    # -------------------------------------------------------- going on

    def _found(self) -> None:
        """A finding from what was counted."""
        count = self._count(self._noted)
        self.found.emit(count.item if count is not None and count.item else "")

    def _go_to_item(self) -> None:
        count = self._count(self._noted)
        if count is not None and count.item:
            self._session.go(Where(Screen.WORKSPACE, self._opened.id, Tab.CONTENTS, "item", count.item))

    # -------------------------------------------------------- looking up

    def _shown(self) -> tuple[Headcount, ...]:
        """The counts of the moment that is chosen, or of all."""
        return counts_at(self._opened.inspection, None if self._all else self._moment) if self._moment else ()

    def _record(self, place: str) -> str:
        """The record of a place at the moment that is shown, also before anybody counted there."""
        at = self._moment.isoformat() if self._moment else ""
        return natural_id(self._opened.id, "headcount", place, at)

    def _name(self, row: str) -> str:
        found = next((each for each in self.table.grid.rows() if each.id == row), None)
        return str(found.cells[0].text) if found is not None else ""

    def _count(self, record: str) -> Headcount | None:
        return next((count for count in self._opened.inspection.headcounts if count.id == record), None)

    def _stored(self, row: str) -> dict[str, object]:
        count = self._count(row)
        return {} if count is None else {name: getattr(count, name) for name in COUNTS}

    def _seen(self, row: str, _key: str) -> tuple[str, ...]:
        return self._opened.sight.operations("headcount", row, "counts") if self._opened.is_here else ()

    def _draft_place(self, row: str, key: str) -> tuple[str, str, str, str]:
        return (self._opened.id, "headcount", row, f"counts.{key}")


def _words(moment: datetime) -> str:
    return f"{moment.hour:02d}:{moment.minute:02d} {moment.day:02d}/{moment.month:02d}/{moment.year}"


def _json(value: object) -> Json:
    return value if isinstance(value, int) else None
