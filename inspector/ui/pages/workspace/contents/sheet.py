"""A sheet over a pane, for what has no room beside the rest. Esc closes it and gives the focus back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from inspector.ui import tokens
from inspector.ui.language import Words, tr
from inspector.ui.theme import look
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.button import Button, Kind
from inspector.ui.widgets.text import Text


class Sheet(QWidget):
    """Lies over the lower part of its parent; ``closed`` comes however it goes."""

    closed = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._content: QWidget | None = None
        self._back: QWidget | None = None
        self.setProperty("floats", True)
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = Text("", size=Size.HEAD, weight=Weight.STRONG)
        self.button = Button(tr("Đóng"), self.close_sheet, kind=Kind.QUIET, keys="Esc", height=tokens.CONTROL)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.button)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(tokens.GROUP, tokens.GAP, tokens.GROUP, tokens.GAP)
        rows.setSpacing(tokens.GAP)
        rows.addLayout(head)
        rows.addWidget(self._scroll, 1)
        over.installEventFilter(self)
        self.hide()

    def open_with(self, title: Words, content: QWidget, focus: QWidget | None) -> None:
        """Show this; the focus goes to ``focus``, or to the button that closes."""
        self.take_content()
        window = self._over.window()
        self._back = window.focusWidget()
        self._content = content
        holder = QWidget()
        holder.setProperty("scrolled", True)
        column = QVBoxLayout(holder)
        column.setContentsMargins(tokens.TIGHT, tokens.TIGHT, tokens.GAP, tokens.TIGHT)
        column.addWidget(content)
        column.addStretch(1)
        content.show()
        self._scroll.setWidget(holder)
        self._title.say(title)
        self._place()
        self.show()
        self.raise_()
        (focus or self.button).setFocus()

    def take_content(self) -> QWidget | None:
        """Give the content back without closing; None where nothing is shown."""
        content, self._content = self._content, None
        if content is not None:
            content.setParent(None)
        return content

    def close_sheet(self) -> None:
        if self.isHidden():
            return
        self.hide()
        self.closed.emit()
        if self._back is not None and self._back.isVisible():
            self._back.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_sheet()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(QPen(look().colour("control"), 1))
        painter.drawLine(0, 0, self.width(), 0)
        painter.end()

    def _place(self) -> None:
        height = max(look().px(200), self._over.height() * 2 // 3)
        height = min(height, self._over.height())
        self.setGeometry(0, self._over.height() - height, self._over.width(), height)
