"""Telling what happened: a banner that stays until its cause is gone, a toast that follows an act."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from inspector.ui import tokens
from inspector.ui.language import Words, mark_content
from inspector.ui.theme import look
from inspector.ui.widgets.button import Button, Kind
from inspector.ui.widgets.icon import Icon
from inspector.ui.widgets.text import Text


class Tone(Enum):
    """How grave a banner is: icon, colour of the icon, ground."""

    ERROR = ("triangle-alert", "no", "nos")
    ATTENTION = ("clock", "part", "parts")
    INFORMATION = ("info", "accent2", "asoft")


class Banner(QWidget):
    """Full width under the tabs; one act. Its words say what happened and what to do."""

    def __init__(
        self,
        tone: Tone,
        words: Words,
        *,
        act: Words = "",
        run: Callable[[], object] | None = None,
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        sign, colour, self._ground = tone.value
        self._icon = Icon(icon or sign, colour, 20)
        self._text = Text(words, wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.GROUP - 4, tokens.GAP, tokens.GAP, tokens.GAP)
        row.setSpacing(tokens.GROUP - 4)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        if act and run is not None:
            row.addWidget(Button(act, run, kind=Kind.QUIET))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._fit()
        self.say(words)

    def say(self, words: Words) -> None:
        self._words = words
        self._text.say(words)
        mark_content(self, words)
        self.setAccessibleName(str(words))
        announce(self, str(words))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.setAccessibleName(str(self._words))
        elif event.type() is QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        self.setMinimumHeight(look().px(tokens.MAIN_CONTROL + tokens.GAP))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(look().colour("text") if look().is_high_contrast else Qt.PenStyle.NoPen)
        painter.setBrush(look().colour(self._ground))
        radius = look().px(tokens.RADIUS_CONTROL)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.end()


class NewsPlace(QVBoxLayout):
    """Where one banner stands at a time, until something else is told, or nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.setContentsMargins(0, 0, 0, 0)
        self.banner: Banner | None = None

    def tell(
        self, tone: Tone, words: Words, act: Words = "", run: Callable[[], object] | None = None, *, icon: str = ""
    ) -> None:
        if (before := self.banner) is not None:
            self.removeWidget(before)
            before.hide()
            # It may be taken away by the press of its own button.
            QTimer.singleShot(0, before, before.deleteLater)
        self.banner = Banner(tone, words, act=act, run=run, icon=icon) if words else None
        if self.banner is not None:
            self.addWidget(self.banner)


class Toast(QWidget):
    """Over the foot of a page for six seconds after an act: what was done, and the way back. Takes no focus."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self.setProperty("floats", True)
        self._icon = Icon("check", "toastok", 20)
        self._text = Text(tone="toasttext", wrap=True)
        self._undo = Button(kind=Kind.TOAST)
        self._undo.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(tokens.GROUP, tokens.GAP, tokens.GROUP, tokens.GAP)
        row.setSpacing(tokens.GROUP - 4)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        row.addWidget(self._undo)
        self._run: Callable[[], object] | None = None
        self._undo.clicked.connect(self._take_back)
        self._timer = QTimer(self, singleShot=True, interval=tokens.TOAST_MS)
        self._timer.timeout.connect(self.hide)
        page.installEventFilter(self)
        self.hide()

    def tell(self, words: Words, *, act: Words = "", keys: str = "", run: Callable[[], object] | None = None) -> None:
        """Say what was done; ``act`` with its ``keys`` takes it back, usually *Hoàn tác* with Ctrl+Z."""
        self._text.say(words)
        self._run = run
        self._undo.say(act)
        self._undo.set_keys(keys)
        self._undo.setVisible(run is not None)
        self.setAccessibleName(str(words))
        self._place()
        self.show()
        self.raise_()
        self._timer.start()
        announce(self, str(words))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._place()
        return False

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._timer.start()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(look().colour("toasttext") if look().is_high_contrast else Qt.PenStyle.NoPen)
        painter.setBrush(look().colour("toast"))
        radius = look().px(tokens.RADIUS_CARD)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.end()

    def _take_back(self) -> None:
        self.hide()
        if self._run is not None:
            self._run()

    def _place(self) -> None:
        width = min(self._page.width() - 2 * tokens.EDGE, look().px(640))
        height = max(look().px(44), self._row.totalHeightForWidth(width))
        self.setGeometry((self._page.width() - width) // 2, self._page.height() - height - tokens.GROUP, width, height)


def announce(widget: QWidget, words: str) -> None:
    """Have readers of the screen say it, without moving the focus."""
    if QAccessible.isActive() and words:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))
