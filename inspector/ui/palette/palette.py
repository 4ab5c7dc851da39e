"""The palette: a line over the dimmed window, and under it what it finds. Esc gives the caret back where it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QEvent, QModelIndex, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QListView, QSizePolicy, QVBoxLayout, QWidget

from inspector.services.desk import Desk
from inspector.services.quick_find import FEW, KINDS, MANY, Group, name_of, quick_find
from inspector.ui import tokens
from inspector.ui.actions import Acts
from inspector.ui.editing import AreaEditor, Editor, LineEditor
from inspector.ui.language import tr
from inspector.ui.palette import entries
from inspector.ui.palette.entries import PREFIXES, Entry, Wish, wish_of
from inspector.ui.palette.places import places_of
from inspector.ui.palette.rows import EntryDelegate, EntryModel, Foot, said
from inspector.ui.session import Session
from inspector.ui.theme import look
from inspector.ui.tokens import Size
from inspector.ui.where import Screen, Where
from inspector.ui.widgets.card import Line
from inspector.ui.widgets.icon import Icon
from inspector.ui.widgets.news import announce
from inspector.ui.widgets.signs import KeyCap
from inspector.ui.widgets.text import Text

_TOP = 57
_LINE = 56
_DIMMED = 0.55


def open_palette(window: QWidget, session: Session, acts: Acts, here: Where | None = None) -> Palette:
    """Show the palette over the window, or the one that is open already. ``here`` is the place that is shown now."""
    found = window.findChild(Palette)
    if isinstance(found, Palette) and found.isVisible():
        found.line.setFocus()
        return found
    if here is not None:
        places_of(session).note(here)
    return Palette(window, session, acts)


@dataclass(frozen=True)
class Answer:
    """What the desk said to a wish: groups of hits, or the names of the inspections of the last places."""

    groups: list[Group]
    names: dict[str, str]


class Palette(QWidget):
    """Asks one question at a time; what was typed meanwhile is the next one, and only the last answer is shown."""

    def __init__(self, window: QWidget, session: Session, acts: Acts) -> None:
        super().__init__(window)
        self._session, self._acts = session, acts
        self._caret = _Caret(QApplication.focusWidget())
        self._places = places_of(session)
        self._asking: Wish | None = None
        self._next: tuple[Wish, int] | None = None
        self._wish, self._most = Wish(""), FEW
        self._moved = self._enter_waits = False
        self.setProperty("floats", True)
        self.line = PaletteLine()
        self.view = QListView()
        self.model = EntryModel(self)
        self._nothing = Text(tone="text2", wrap=True)
        self._hint = Text(tr("không cần gõ dấu"), size=Size.META, tone="text2")
        self._foot = Foot(_HINTS)
        self._panel = self._build()
        self._connect()
        window.installEventFilter(self)
        self._fit()
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._ask(FEW)

    # -------------------------------------------------------- building

    def _build(self) -> QFrame:
        panel = _Panel(self)
        self.view.setModel(self.model)
        self.view.setItemDelegate(EntryDelegate(self.view))
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setAccessibleName(str(tr("Kết quả")))
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._nothing.setContentsMargins(tokens.EDGE, tokens.GROUP, tokens.EDGE, tokens.GROUP)
        self._nothing.hide()
        rows = QVBoxLayout(panel)
        rows.setContentsMargins(1, 1, 1, 1)
        rows.setSpacing(0)
        rows.addLayout(self._head())
        for part in (Line(), self._nothing, self.view, Line(), self._foot):
            rows.addWidget(part)
        return panel

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(tokens.EDGE - 4, tokens.GAP, tokens.GROUP, tokens.GAP)
        row.setSpacing(12)
        row.addWidget(Icon("search", "accent", 20))
        row.addWidget(self.line, 1)
        row.addWidget(self._hint)
        row.addWidget(KeyCap("Esc"))
        return row

    def _connect(self) -> None:
        self.line.typed.connect(self._typed)
        self.line.moved.connect(self._move)
        self.line.entered.connect(self._enter)
        self.line.wants_all.connect(lambda: self._ask(MANY))
        self.line.escaped.connect(self.leave)
        self.view.clicked.connect(self._click)
        look().changed.connect(self._fit)

    # -------------------------------------------------------- asking

    def _typed(self) -> None:
        """Every letter, also of a word that is still composed; nothing here touches the line."""
        if wish_of(self.line.draft().text) != self._latest():
            self._ask(FEW)

    def _latest(self) -> Wish:
        return self._next[0] if self._next else self._asking or self._wish

    def _ask(self, most: int) -> None:
        wish = wish_of(self.line.draft().text)
        self._moved = False
        if self._asking is not None:
            self._next = wish, most
            return
        self._asking = wish
        self._session.ask(
            self._question(wish, most), lambda answer: self._take(wish, most, answer), self._failed, owner=self
        )

    def _question(self, wish: Wish, most: int) -> Callable[[Desk], Answer]:
        here, kinds = self._places.inspection, PREFIXES.get(wish.sign, KINDS)
        spaces = {where.inspection for where in self._places.last if where.screen is Screen.WORKSPACE}

        def question(desk: Desk) -> Answer:
            if wish.is_empty:
                return Answer([], {space: name_of(desk, space) for space in spaces})
            return Answer(quick_find(desk, wish.words, kinds=kinds, here=here, most=most), {})

        return question

    def _take(self, wish: Wish, most: int, answer: Answer) -> None:
        self._asking = None
        if self._next is None:
            self._show(wish, most, answer)
        self._go_on()

    def _failed(self, reason: str) -> None:
        self._asking = None
        self._nothing.say(reason)
        self._nothing.show()
        self._go_on()

    def _go_on(self) -> None:
        if self._next is not None:
            (_, most), self._next = self._next, None
            self._ask(most)
        elif self._enter_waits:
            self._enter_waits = False
            self._enter()

    # -------------------------------------------------------- showing

    def _show(self, wish: Wish, most: int, answer: Answer) -> None:
        before = self._current()
        self._wish, self._most = wish, most
        self.model.show_entries(self._entries(wish, most, answer), wish.words)
        rows = [row for row, entry in enumerate(self.model.entries) if not entry.head]
        kept = next((row for row in rows if self._moved and _same(self.model.entries[row], before)), None)
        self._choose(kept if kept is not None else rows[0] if rows else -1)
        # Beside those that are listed, the others that Ctrl+Enter brings; that row itself is no result.
        listed = sum(not self.model.entries[row].everything for row in rows)
        self._say_count(listed + sum(group.total - len(group.hits) for group in answer.groups))
        self._nothing.setVisible(not rows)
        if not rows:
            self._nothing.say(tr("Không thấy “{words}”. Thử từ khác, hoặc gõ > để tìm lệnh.", words=wish.words))
        self._fit()

    def _entries(self, wish: Wish, most: int, answer: Answer) -> list[Entry]:
        if wish.is_empty:
            return [*entries.places(self._places.last[1:], answer.names), *entries.commands_here(self._acts)]
        found = [*entries.screens(wish), *entries.hits(answer.groups)]
        if wish.sign in ("", ">"):
            found += entries.commands(self._acts, wish, MANY if wish.sign else most)
        total = sum(group.total for group in answer.groups)
        if total > sum(len(group.hits) for group in answer.groups) and most < MANY:
            found.append(entries.everything(wish, total))
        return found

    def _say_count(self, count: int) -> None:
        self._foot.show_count("" if self._wish.is_empty else tr("{count} kết quả", count=count))

    def _current(self) -> Entry | None:
        index = self.view.currentIndex()
        return self.model.entries[index.row()] if index.isValid() else None

    def _choose(self, row: int) -> None:
        self.view.setCurrentIndex(self.model.index(row) if row >= 0 else QModelIndex())
        if row == 1:  # the head above comes into view with its first row
            self.view.scrollToTop()
        if (entry := self._current()) is not None:
            announce(self.view, said(entry))

    def _move(self, step: int) -> None:
        rows = [row for row, entry in enumerate(self.model.entries) if not entry.head]
        if not rows:
            return
        self._moved = True
        row = self.view.currentIndex().row()
        place = rows.index(row) if row in rows else 0
        self._choose(rows[max(0, min(len(rows) - 1, place + step))])

    # -------------------------------------------------------- going

    def _click(self, index: QModelIndex) -> None:
        self.view.setCurrentIndex(index)
        self._open(self.model.entries[index.row()])

    def _enter(self) -> None:
        """Enter means what is typed: as long as that is still being searched, it waits for the answer."""
        if self._asking is not None and not self._moved:
            self._enter_waits = True
        elif (entry := self._current()) is not None:
            self._open(entry)

    def _open(self, entry: Entry) -> None:
        if entry.head:
            return
        if entry.everything:
            self._ask(MANY)
            return
        if entry.closed:
            announce(self.view, str(entry.closed))
            return
        self.leave()
        if entry.act is not None:
            entry.act.trigger()
        elif entry.where is not None:
            self._session.go(entry.where)

    def leave(self) -> None:
        """Close, and give the caret back where it was."""
        window = self.parentWidget()
        if window is not None:
            window.removeEventFilter(self)
        self.hide()
        self._caret.give_back()
        self.deleteLater()

    # -------------------------------------------------------- place and ground

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._fit()
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._panel.geometry().contains(event.position().toPoint()):
            self.leave()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.accept()  # keys of the page behind stay where they are

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        shade = QColor(look().colour("rail"))
        shade.setAlphaF(_DIMMED)
        painter.fillRect(self.rect(), shade)
        painter.end()

    def _fit(self) -> None:
        window = self.parentWidget()
        if window is None:
            return
        self.setGeometry(window.rect())
        px = look().px
        width = min(px(tokens.DIALOG), window.width() - 2 * tokens.EDGE)
        top = min(px(_TOP), window.height() // 10)
        self._hint.setVisible(width >= px(560))
        self.line.fit()
        heights = sum(self.view.sizeHintForRow(row) for row in range(self.model.rowCount()))
        rest = px(_LINE) + px(tokens.MAIN_CONTROL) + 6
        most = window.height() - top - tokens.EDGE - rest
        self.view.setFixedHeight(max(0, min(heights, most)))
        nothing = self._nothing.heightForWidth(width - 2) if self._nothing.isVisibleTo(self) else 0
        self._panel.setGeometry((window.width() - width) // 2, top, width, rest + self.view.height() + nothing)


class PaletteLine(LineEditor):
    """The line. Its keys steer the list; a word that is being composed keeps them to itself."""

    moved = Signal(int)
    entered = Signal()
    wants_all = Signal()
    escaped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.is_dirty = _always  # Ctrl+Z is the line's own
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setStyleSheet("QLineEdit, QLineEdit:focus { border: none; padding: 0px; background: transparent; }")
        self._say()

    def fit(self) -> None:
        self.setFont(look().font(Size.HEAD))
        self.setFixedHeight(look().px(_LINE) - 2 * tokens.GAP)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()  # no key of the page behind counts
            return True
        return super().event(event)

    def focusNextPrevChild(self, _forward: bool) -> bool:
        return True  # Tab stays here

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if self.preedit:
            super().keyPressEvent(event)
        elif key in _STEPS:
            self.moved.emit(_STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (self.wants_all if control else self.entered).emit()
        elif key == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._say()

    def _say(self) -> None:
        self.setAccessibleName(str(tr("Tìm hoặc ra lệnh")))
        self.setPlaceholderText(str(tr("Tìm mục, phát hiện, đơn vị…")))


class _Panel(QFrame):
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look().colour("text" if look().is_high_contrast else "line"), 1))
        painter.setBrush(look().colour("surface"))
        radius = look().px(tokens.RADIUS_DIALOG)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.end()


class _Caret:
    """Where the caret was before the palette came."""

    def __init__(self, widget: QWidget | None) -> None:
        self._widget = widget
        self._place = widget.caret() if isinstance(widget, Editor) else 0

    def give_back(self) -> None:
        widget = self._widget
        if widget is None or not shiboken6.isValid(widget) or not widget.isVisible():
            return
        if isinstance(widget, Editor):
            widget.keeps_caret = True
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(widget, LineEditor):
            widget.setCursorPosition(self._place)
        elif isinstance(widget, AreaEditor):
            cursor = widget.textCursor()
            cursor.setPosition(min(self._place, len(widget.raw())))
            widget.setTextCursor(cursor)


def _same(one: Entry, other: Entry | None) -> bool:
    return other is not None and (one.where, one.act, str(one.words)) == (other.where, other.act, str(other.words))


def _always() -> bool:
    return True


_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}
_HINTS = (
    (("↑", "↓"), tr("chọn")),
    (("Enter",), tr("mở")),
    ((">",), tr("chỉ lệnh")),
    (("#",), tr("chỉ mục")),
    (("@",), tr("chỉ đơn vị")),
)
