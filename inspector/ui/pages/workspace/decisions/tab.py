"""Where people disagree: the places at the left, all texts side by side, and the decision under them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from inspector.domain.registers import ConflictClass
from inspector.domain.registry import Right
from inspector.services.deciding import Line as Place
from inspector.services.deciding import find, lines, without_information
from inspector.services.desk import Desk, DraftPlace, Receipt
from inspector.services.signed_in import signed_in
from inspector.ui import tokens
from inspector.ui.actions import Acts
from inspector.ui.editing import Draft
from inspector.ui.language import Words, tr
from inspector.ui.pages.workspace.decisions.cards import BaseSide, OpinionSide, by_words
from inspector.ui.pages.workspace.decisions.writing_one import CommonOpinion
from inspector.ui.pages.workspace.minutes.rows import Row, RowsView
from inspector.ui.pages.workspace.open_inspection import OpenInspection
from inspector.ui.pages.workspace.tab_page import TabPage
from inspector.ui.painting import Mark
from inspector.ui.session import Session
from inspector.ui.theme import look
from inspector.ui.tokens import Size, Weight
from inspector.ui.where import Screen, Tab, Where
from inspector.ui.widgets.button import ActionButton, Button, Kind
from inspector.ui.widgets.card import Card, Line
from inspector.ui.widgets.empty_state import EmptyState, Way
from inspector.ui.widgets.field import TextField
from inspector.ui.widgets.text import Text

_LEFT, _LEFT_NARROW, _ONE_PANE = 280, 220, 700
_LONG = 30
"""A text of so many characters is shown with what stood there before."""
_COMMON = -1
_ALL = (1 << 24) - 1


@dataclass(frozen=True)
class _Shown:
    places: tuple[Place, ...]
    rights: frozenset[str]


class DecisionsTab(TabPage):
    """Nothing is chosen beforehand. ``places`` are those to decide or decided, in their order."""

    def __init__(self, session: Session, acts: Acts, opened: OpenInspection, parent: QWidget | None = None) -> None:
        super().__init__(session, acts, opened, parent)
        self.places: tuple[Place, ...] = ()
        self.sides: list[OpinionSide] = []
        self._base: list[BaseSide] = []
        self.taken: int | None = None
        self._rights: frozenset[str] = frozenset()
        self._place: Place | None = None
        self._wanted: Where | None = None
        self._asked = 0
        self._deciding = False
        self._bind()
        self._make_parts()
        self._lay_out()
        self.opened.refreshed.connect(lambda _entities: self._read())
        if opened.is_here:
            self._read()

    # -------------------------------------------------------- as a page

    def title(self) -> Words:
        return tr("Bất đồng")

    def help(self) -> Words:
        return tr(
            "Hai người ghi khác nhau khi chưa thấy ý kiến của nhau. Chương trình không tự chọn: Alt+1, Alt+2 giữ một "
            "ý kiến, Alt+3 soạn ý kiến chung, Ctrl+Enter quyết định, F7 sang chỗ sau. Ý kiến không được chọn vẫn còn "
            "trong lịch sử; muốn đổi thì quyết định lại."
        )

    def page_count(self) -> Words:
        return tr("Còn {open}/{all} chỗ", open=self._open_count(), all=len(self.places)) if self.places else ""

    def panes(self) -> list[QWidget]:
        first = self.sides[0].keep if self.sides else self.list
        return [self.list, first, self.why.editor]

    def arrive(self, where: Where) -> None:
        self._wanted = where if where.record else None
        self._read()
        if self._go_to_wanted():
            return
        (self.list if self.places else self._nothing.buttons[0]).setFocus()

    def whereabouts(self) -> Where | None:
        if self._place is None:
            return None
        at = self._place.at
        return Where(Screen.WORKSPACE, self.opened.id, Tab.DECISIONS, at.entity, at.id, at.field)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.list.hasFocus():
            self.session.back()
        else:
            self._show_one(inside=False)
            self.list.setFocus()

    # -------------------------------------------------------- building

    def _bind(self) -> None:
        bind = self.acts.bind
        self._keys = [bind(f"side-{number}", partial(self._press, number - 1), owner=self) for number in (1, 2, 3)]
        self._decide = bind("decide", self.decide, owner=self)
        bind("next-decision", lambda: self._step(1), owner=self, hint=tr("Chỗ sau"))
        bind("previous-decision", lambda: self._step(-1), owner=self)

    def _make_parts(self) -> None:
        self.list = RowsView(tr("Các chỗ chưa thống nhất"))
        self.list.chose.connect(self._choose)
        self.list.entered.connect(self._enter)
        self.acts.name("choose", self.list)
        self.left_head = Text("", size=Size.HEAD, weight=Weight.STRONG, wrap=True)
        self.head = Text("", size=Size.HEAD, weight=Weight.STRONG, wrap=True)
        self.field = Text("", tone="text2", wrap=True)
        self.news = Text("", tone="dis", weight=Weight.MEDIUM, wrap=True)
        self.decided = Text("", tone="ok", weight=Weight.MEDIUM, wrap=True)
        self.common = CommonOpinion()
        self.common.drafted.connect(self._keep_draft)
        self.common.changed.connect(self._write)
        self.write = Button(tr("Soạn ý kiến chung"), self._write_common, icon="pencil")
        self.bases = [
            Button(tr("Lấy A làm nền"), partial(self._begin_from, 0), kind=Kind.QUIET),
            Button(tr("Lấy B làm nền"), partial(self._begin_from, 1), kind=Kind.QUIET),
        ]
        self.why = TextField(tr("Lý do quyết định"))
        self.why.committed.connect(lambda _entry: self.why.mark_unsaved(tr("Chưa quyết định"), can_retry=False))
        self.why.editor.typed.connect(self._show_state)
        self.button = ActionButton(self._decide, kind=Kind.PRIMARY, height=tokens.MAIN_CONTROL)
        self.reason = Text("", size=Size.META, tone="text2", wrap=True)

    def _lay_out(self) -> None:
        self._left = QWidget()
        self._left.setProperty("ground", "surface")
        self._left.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = _column(self._left, 0)
        top = QVBoxLayout()
        top.setContentsMargins(tokens.GROUP, 12, tokens.GROUP, 12)
        top.addWidget(self.left_head)
        column.addLayout(top)
        column.addWidget(Line())
        column.addWidget(self.list, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(tokens.GROUP, tokens.GAP, tokens.GROUP, 12)
        foot.addWidget(
            Text(
                tr("Hai người ghi khác nhau khi chưa thấy ý kiến của nhau. Chương trình không tự chọn."),
                size=Size.META,
                tone="text2",
                wrap=True,
            )
        )
        column.addLayout(foot)
        self._between = Line(upright=True)
        work = QWidget()
        row = QHBoxLayout(work)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left)
        row.addWidget(self._between)
        row.addWidget(self._scrolled(self._make_detail()), 1)
        self._work = work
        to_minutes = Way(
            tr("Đến Biên bản"), tr("Xem việc còn lại trước khi lập biên bản."), "file-text", self._to_minutes
        )
        self._nothing = EmptyState(
            tr("Không có chỗ nào chưa thống nhất"),
            tr("Khi hai người ghi khác nhau vào một mục, cả hai ý kiến hiện ở đây để Trưởng đoàn quyết định."),
            [to_minutes],
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(work)
        _column(self, 0).addWidget(self._stack)

    def _make_detail(self) -> QWidget:
        detail = QWidget()
        rows = _column(detail, tokens.GAP)
        rows.setContentsMargins(tokens.GROUP, 12, tokens.GROUP, tokens.GROUP)
        for text in (self.head, self.field, self.news, self.decided):
            rows.addWidget(text)
        self._cards = QHBoxLayout()
        self._cards.setSpacing(tokens.GROUP)
        inside = QWidget()
        inside.setLayout(self._cards)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._aside = _Sideways(inside)
        rows.addWidget(self._aside, 1)
        self._below = Card()
        acts = QHBoxLayout()
        acts.setSpacing(tokens.GAP)
        acts.addStretch(1)
        for button in (*self.bases, self.write):
            acts.addWidget(button)
        self._below.rows.addLayout(acts)
        self._below.rows.addWidget(self.common)
        last = QHBoxLayout()
        last.setSpacing(tokens.GAP)
        last.addWidget(self.why, 1)
        last.addWidget(self.button, 0, Qt.AlignmentFlag.AlignBottom)
        self._below.rows.addLayout(last)
        self._below.rows.addWidget(self.reason)
        rows.addWidget(self._below)
        return detail

    def _scrolled(self, detail: QWidget) -> QScrollArea:
        self._area = QScrollArea()
        self._area.setWidget(detail)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return self._area

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_one(inside=self._area.isAncestorOf(self.focusWidget() or self))

    def _show_one(self, *, inside: bool) -> None:
        """Two panes, or one at a time where there is no room for both."""
        room = self.width() * 100 // look().scale
        one = room < _ONE_PANE
        wide = room >= tokens.THREE_PANES - tokens.RAIL
        self._left.setMinimumWidth(0 if one else look().px(_LEFT if wide else _LEFT_NARROW))
        self._left.setMaximumWidth(_ALL if one else look().px(_LEFT if wide else _LEFT_NARROW))
        self._left.setVisible(not (one and inside))
        self._between.setVisible(not one)
        self._area.setVisible(not one or inside)

    # -------------------------------------------------------- following the record

    def _read(self) -> None:
        if not self.opened.is_here:
            return
        inspection = self.opened.id
        self._asked += 1
        number = self._asked

        def read(desk: Desk) -> _Shown:
            told = without_information(lines(desk, inspection))
            return _Shown(told, signed_in(desk, inspection).rights)

        def take(shown: _Shown) -> None:
            if number == self._asked and self.opened.id == inspection:
                self._take(shown)

        self.session.ask(read, take, owner=self)

    def _take(self, shown: _Shown) -> None:
        self.places, self._rights = shown.places, shown.rights
        self.list.show_rows([_row(place) for place in self.places])
        left = self._open_count()
        self.left_head.say(
            tr("Còn {open}/{all} chỗ", open=left, all=len(self.places))
            if left
            else tr("Không còn chỗ nào để quyết định")
        )
        self._stack.setCurrentWidget(self._work if self.places else self._nothing)
        self.described.emit()
        if self._deciding:
            self._deciding = False
            self._after_deciding()
        elif not self._go_to_wanted():
            self._follow()

    def _follow(self) -> None:
        """The place that is shown, as it is now: a further opinion is told, and nothing typed is lost."""
        before = self._place
        now = next((place for place in self.places if before is not None and place.key == before.key), None)
        if now is None:
            self._choose(self.list.key())
        elif before is not None and now.code != before.code:
            typed, why, taken = self.common.text.text(), self.why.text(), self.taken
            self._show(now)
            self.news.say(tr("Vừa có thêm ý kiến hoặc quyết định khác. Xem lại rồi chọn."))
            self.news.setVisible(True)
            self.common.text.editor.put(typed)
            self.why.editor.put(why)
            if taken == _COMMON:
                self._take_side(_COMMON)

    def _go_to_wanted(self) -> bool:
        found = self._find(self._wanted) if self._wanted is not None else None
        if found is None:
            return False
        self._wanted = None
        self.list.choose(found.key)
        self._show_one(inside=True)
        (self.sides[0].keep if self.sides else self.list).setFocus()
        return True

    def _find(self, wanted: Where) -> Place | None:
        """By record and field, or by the operation of one of the opinions."""
        if wanted.entity == "operation":
            return next((place for place in self.places if wanted.record in place.at.operations), None)
        return find(self.places, wanted.entity, wanted.record, wanted.field)

    # -------------------------------------------------------- one place

    def _choose(self, key: str) -> None:
        found = next((place for place in self.places if place.key == key), None)
        if found is not None and (
            self._place is None or found.key != self._place.key or found.code != self._place.code
        ):
            self._show(found)

    def _enter(self, _key: str) -> None:
        self._show_one(inside=True)
        if self.sides:
            self.sides[0].keep.setFocus()

    def _show(self, place: Place) -> None:
        self._place, self.taken = place, None
        self.head.say(place.record)
        self.field.say(_field(place))
        self.news.setVisible(False)
        self.decided.setVisible(place.decided is not None)
        self.decided.say(self._decided_words(place))
        self._show_sides(place)
        self.common.show_line(place)
        self.why.turn_to("")
        can_write = self.common.is_possible
        for number, base in enumerate(self.bases):
            base.setVisible(can_write and number < len(place.opinions))
        self.write.setVisible(can_write)
        self.write.set_keys(f"Alt+{self._common_key() + 1}" if self._common_key() < len(self._keys) else "")
        self.common.setVisible(can_write)
        draft = self.session.draft_of(self._draft_place(place))
        if draft is not None and self.common.is_text:
            self.common.restore(draft.text)
        self._show_state()
        self._area.verticalScrollBar().setValue(0)

    def _show_sides(self, place: Place) -> None:
        for old in (*self._base, *self.sides):
            self._cards.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._base, self.sides = [], []
        for number, opinion in enumerate(place.opinions):
            others = [other.words for other in place.opinions if other is not opinion and other.field == opinion.field]
            keys = f"Alt+{number + 1}" if number < len(self._keys) else ""
            side = OpinionSide(opinion, others, partial(self._take_side, number), keys)
            self.sides.append(side)
            self._cards.addWidget(side, 1)
        if place.base is not None and len(place.base) > _LONG:
            self._base.append(BaseSide(place.base))
            self._cards.addWidget(self._base[0], 1)
        self._set_order()

    def _set_order(self) -> None:
        stops: list[QWidget] = [self.list, *(side.keep for side in self.sides), *self.bases, self.write]
        stops += [self.common.text.editor, *(pick.picker for pick in self.common.picks.values())]
        stops += [self.why.editor, self.button]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _decided_words(self, place: Place) -> Words:
        if place.decided is None:
            return ""
        said = tr("Đã quyết định: {words} ({who})", words=place.decided or "–", who=str(by_words(place.by)))
        return f"{said} {tr('Lý do: {why}', why=place.why)}" if place.why else said

    def _common_key(self) -> int:
        return len(self.sides)

    def _press(self, number: int) -> None:
        if self._place is None:
            return
        if number < len(self.sides):
            self._take_side(number)
        elif number == self._common_key() and self.common.is_possible:
            self._write_common()

    def _take_side(self, number: int) -> None:
        """Choose; nothing is written before somebody decides."""
        self.taken = number
        for place, side in enumerate(self.sides):
            side.set_taken(taken=place == number)
        self._show_state()

    def _write_common(self) -> None:
        self._take_side(_COMMON)
        self._area.ensureWidgetVisible(self._below)
        self.common.focus()

    def _begin_from(self, number: int) -> None:
        self.common.begin_from(number)
        self._write_common()

    def _write(self) -> None:
        """Whoever writes a common opinion means it."""
        if self.common.value() is not None and self.taken != _COMMON and self.common.text.is_dirty():
            self._take_side(_COMMON)
        else:
            self._show_state()

    def _keep_draft(self, draft: Draft | None) -> None:
        """A text being written outlives the program; it is decided by its author, never by a timer."""
        if self._place is None:
            return
        place = self._draft_place(self._place)
        if draft is None or not draft.text.strip():
            self.session.drop_draft(place)
        else:
            self.session.keep_draft(place, draft.text, self._place.at.operations)

    def _draft_place(self, place: Place) -> DraftPlace:
        return self.opened.id, place.at.entity, place.at.id, place.at.field

    # -------------------------------------------------------- deciding

    def why_not(self) -> Words:
        """What keeps the decision closed; empty where it can be made."""
        place = self._place
        if place is None:
            return tr("Không có chỗ nào để quyết định")
        if Right.DECIDE not in self._rights:
            return tr("Chờ Trưởng đoàn quyết định")
        if place.right not in self._rights:
            return tr("Mục này do văn phòng quyết định")
        if self.taken is None:
            return tr("Chọn một ý kiến, hoặc soạn ý kiến chung")
        if self.taken == _COMMON and self.common.value() is None:
            return tr("Soạn ý kiến chung trước")
        if self._needs_reason() and not self.why.text().strip():
            return tr("Ghi lý do: cuộc kiểm tra đã xong")
        return ""

    def _needs_reason(self) -> bool:
        return self.opened.is_read_only or self.opened.inspection.status == "finished"

    def _show_state(self) -> None:
        reason = self.why_not()
        self.reason.say(reason)
        self.reason.setVisible(bool(str(reason)))
        self._decide.close(reason) if str(reason) else self._decide.open()

    def decide(self) -> None:
        """Write what was chosen; what stands then is what everybody sees."""
        place = self._place
        self._show_state()
        if place is None or str(self.why_not()):
            return
        given: dict[str, object] = {"entity": place.at.entity, "record": place.at.id, "field": place.at.field}
        if self.taken is not None and self.taken != _COMMON:
            given["keep"] = place.opinions[self.taken].keep
        else:
            given["value"] = self.common.value()
        if self.why.text().strip():
            given["why"] = self.why.text().strip()
        self._deciding = True

        def failed(reason: str) -> None:
            self._deciding = False
            self.session.trouble.emit(reason)
            self._read()

        typed = [self._draft_place(place)]
        self.session.perform(
            "decide", given, inspection=self.opened.id, seen=place.seen, typed=typed, then=self._written, failed=failed,
            owner=self,
        )  # fmt: skip

    def _written(self, _receipt: Receipt) -> None:
        """It is read again with the record (``refreshed``); where nothing else changed, at once."""
        if self._deciding:
            self._read()

    def _after_deciding(self) -> None:
        """On to the next that is open; after the last one it says so."""
        if self._open_count():
            self._step(1)
            return
        decided = next((place for place in self.places if self._place and place.key == self._place.key), None)
        if decided is not None:
            self._show(decided)
        self.list.setFocus()

    def _step(self, step: int) -> None:
        """The next open place, around the end; where none is open, the next that was decided."""
        keys = [place.key for place in self.places if place.at.is_open] or [place.key for place in self.places]
        if not keys:
            return
        here = self._place.key if self._place else ""
        at = keys.index(here) if here in keys else (-1 if step > 0 else 0)
        self.list.choose(keys[(at + step) % len(keys)])
        self._choose(self.list.key())
        self._show_one(inside=True)
        if self.sides:
            self.sides[0].keep.setFocus()

    def _open_count(self) -> int:
        return sum(place.at.is_open for place in self.places)

    def _to_minutes(self) -> None:
        self.session.go(Where(Screen.WORKSPACE, self.opened.id, Tab.MINUTES))


class _Sideways(QScrollArea):
    """Three and more opinions go sideways; the height follows the texts, so that the page scrolls, not the cards."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self._inside = inside
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        inside = self._inside
        width = max(self.viewport().width(), inside.minimumSizeHint().width())
        height = max(inside.heightForWidth(width), inside.minimumSizeHint().height())
        bar = self.horizontalScrollBar().sizeHint().height() if width > self.viewport().width() else 0
        if self.minimumHeight() != height + bar:
            self.setMinimumHeight(height + bar)


def _field(place: Place) -> Words:
    return tr("Xóa và sửa đồng thời") if place.at.kind is ConflictClass.C3 else place.field


def _row(place: Place) -> Row:
    if place.at.is_open:
        return Row(place.key, place.record, _field(place), sign=Mark.DISAGREED)
    if place.decided is None:
        return Row(place.key, place.record, tr("{field} – có thể để ngỏ", field=place.field), sign=Mark.DISAGREED)
    return Row(place.key, place.record, tr("Đã quyết định: {who}", who=str(by_words(place.by))), sign=Mark.MET)


def _column(widget: QWidget, spacing: int) -> QVBoxLayout:
    rows = QVBoxLayout(widget)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(spacing)
    return rows
