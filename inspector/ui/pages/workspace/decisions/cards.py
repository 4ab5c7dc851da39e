"""One opinion as a card: who wrote it, when, the text with the words that differ, and the button that keeps it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from inspector.domain.disagreements import marked
from inspector.services.deciding import Opinion, Who
from inspector.ui import tokens
from inspector.ui.language import Words, mark_content, tr
from inspector.ui.theme import look
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.button import Button, Kind
from inspector.ui.widgets.card import Card, Line
from inspector.ui.widgets.text import Text

_BADGE = 28


class MarkedText(QLabel):
    """A text in which the words that stand in no other text are marked by ground, colour and weight."""

    def __init__(self, text: str, others: Sequence[str]) -> None:
        super().__init__()
        self._pieces = marked(text, others)
        self._plain = text
        self.drawn = ""
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setProperty("letters", Size.BODY.name)
        self.setProperty("weight", Weight.TEXT.name)
        self.setProperty("tone", "text")
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.setAccessibleName(text)
        mark_content(self, text)
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_pieces"):
            self._draw()

    def _draw(self) -> None:
        ink, ground = look().colour("dis").name(), look().colour("diss").name()
        style = f"color:{ink};background-color:{ground};font-weight:600"
        drawn = "".join(
            f'<span style="{style}">{_html(piece)}</span>' if differs and piece.strip() else _html(piece)
            for piece, differs in self._pieces
        )
        if self.drawn != drawn:
            self.drawn = drawn
            self.setText(drawn)

    def text(self) -> str:
        """The words, without what marks them."""
        return self._plain


def _html(text: str) -> str:
    return escape(text).replace("\n", "<br>")


class Badge(QWidget):
    """The letter by which people call an opinion."""

    def __init__(self, letter: str) -> None:
        super().__init__()
        self._letter = letter
        self._chosen = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_chosen(self, *, chosen: bool) -> None:
        self._chosen = chosen
        self.update()

    def sizeHint(self) -> QSize:
        side = look().px(_BADGE)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(look().colour("text") if look().is_high_contrast else Qt.PenStyle.NoPen)
        painter.setBrush(look().colour("accent" if self._chosen else "asoft"))
        painter.drawEllipse(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setFont(look().font(Size.BODY, Weight.STRONG))
        painter.setPen(look().colour("onaccent" if self._chosen else "accent2"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._letter)
        painter.end()


class OpinionSide(Card):
    """``keep`` is pressed by mouse or by the key on it. Nothing is chosen before somebody chooses."""

    def __init__(self, opinion: Opinion, others: Sequence[str], keep: Callable[[], object], keys: str) -> None:
        super().__init__()
        self.opinion = opinion
        self._badge = Badge(opinion.letter)
        self.keep = Button("", keep, height=tokens.MAIN_CONTROL, keys=keys)
        head = QHBoxLayout()
        head.setSpacing(tokens.GAP)
        head.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(_authors(opinion.who), 1)
        self.rows.addLayout(head)
        self.rows.addWidget(Line())
        if opinion.words:
            self.rows.addWidget(MarkedText(opinion.words, others))
        else:
            self.rows.addWidget(Text(tr("Để trống"), tone="text2"))
        self.rows.addStretch(1)
        self.rows.addWidget(self.keep)
        self.set_taken(taken=False)

    def set_taken(self, *, taken: bool) -> None:
        letter = self.opinion.letter
        self.set_chosen(chosen=taken)
        self._badge.set_chosen(chosen=taken)
        self.keep.kind = Kind.PRIMARY if taken else Kind.NORMAL
        self.keep.set_icon_name("check" if taken else "")
        self.keep.say(
            tr("Đang chọn ý kiến {letter}", letter=letter) if taken else tr("Giữ ý kiến {letter}", letter=letter)
        )


class BaseSide(Card):
    """What everybody had before them when they began."""

    def __init__(self, words: str) -> None:
        super().__init__(quiet=True)
        self.rows.addWidget(Text(tr("Trước đó"), weight=Weight.MEDIUM))
        self.rows.addWidget(Text(tr("Mọi người cùng sửa từ câu này"), size=Size.META, tone="text2", wrap=True))
        self.rows.addWidget(Line())
        self.rows.addWidget(Text(words, wrap=True) if words else Text(tr("Để trống"), tone="text2"))
        self.rows.addStretch(1)


def _authors(people: Sequence[Who]) -> QVBoxLayout:
    rows = QVBoxLayout()
    rows.setSpacing(0)
    for who in people:
        at = who.at.strftime("%d/%m %H:%M") if who.at else ""
        rows.addWidget(Text(who.name or tr("Người chưa rõ tên"), weight=Weight.STRONG, wrap=True))
        details = " · ".join(part for part in (who.agency, at) if part)
        rows.addWidget(Text(details, size=Size.META, tone="text2", wrap=True))
    return rows


def by_words(who: Who | None) -> Words:
    """Who decided, and when by their clock."""
    if who is None:
        return ""
    return " · ".join(part for part in (who.name, who.at.strftime("%d/%m %H:%M") if who.at else "") if part)
