"""Pages of a document on the window: painted where they are seen and nowhere else."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QImageReader,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from inspector.domain.pages import Face, Image, Page, Stroke, Word
from inspector.ui import tokens
from inspector.ui.fonts import paper_font
from inspector.ui.language import Words, tr
from inspector.ui.theme import look

_INK, _PAPER = QColor("#000000"), QColor("#FFFFFF")
_KEPT = 4
"""Pages that stay painted, so that scrolling only copies them."""
_HALVES = 2
"""Letters are set in half points: Qt takes whole numbers only."""
_STEP = 48
_LEAST, _MOST = 0.4, 4.0


class Zoom(Enum):
    """How large a page is shown."""

    WIDTH = "width"
    PAGE = "page"
    FREE = "free"


class PagesView(QAbstractScrollArea):
    """``turned`` tells which page is at the top (from 0) and how many there are."""

    turned = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.verticalScrollBar().setSingleStep(_STEP)
        self.verticalScrollBar().valueChanged.connect(self._tell)
        self._pages: tuple[Page, ...] = ()
        self._zoom, self._scale = Zoom.WIDTH, 1.0
        self._kept: OrderedDict[tuple[int, int], QPixmap] = OrderedDict()
        self._name: Words = tr("Các trang của biên bản")
        self._told = (-1, -1)
        self.setProperty("content", True)
        self._say()

    # -------------------------------------------------------- what is shown

    @property
    def pages(self) -> tuple[Page, ...]:
        return self._pages

    def show_pages(self, pages: Sequence[Page]) -> None:
        """Other pages; the place on them stays where it was."""
        at = self.verticalScrollBar().value()
        self._pages = tuple(pages)
        self._kept.clear()
        self._settle()
        self.verticalScrollBar().setValue(at)
        self._tell()
        self.viewport().update()

    @property
    def page(self) -> int:
        """The page most of the upper half of the view belongs to, from 0."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 3
        tops = self._tops()
        return max((place for place, top in enumerate(tops) if top <= middle), default=0)

    def turn_to(self, page: int) -> None:
        if self._pages:
            place = min(max(page, 0), len(self._pages) - 1)
            self.verticalScrollBar().setValue(max(0, self._tops()[place] - self._gap()))

    def choose_zoom(self, zoom: Zoom, scale: float = 1.0) -> None:
        page = self.page
        self._zoom = zoom
        if zoom is Zoom.FREE:
            self._scale = min(max(scale, _LEAST), _MOST)
        self._settle()
        self.turn_to(page)
        self.viewport().update()

    @property
    def zoom(self) -> Zoom:
        return self._zoom

    @property
    def percent(self) -> int:
        """100 is the size on paper at 96 dots an inch."""
        return round(self._scale * 75)

    # -------------------------------------------------------- places

    def _gap(self) -> int:
        return tokens.GAP

    def _size(self, page: Page) -> QSize:
        scale = self._scale_of(page)
        return QSize(round(page.width * scale), round(page.height * scale))

    def _scale_of(self, page: Page) -> float:
        """Pages that lie across are shown smaller, unless a person chose the size."""
        if self._zoom is Zoom.FREE:
            return self._scale
        return min(self._scale, max(_LEAST, (self.viewport().width() - 2 * tokens.GROUP) / page.width))

    def _tops(self) -> list[int]:
        tops, at = [], self._gap()
        for page in self._pages:
            tops.append(at)
            at += self._size(page).height() + self._gap()
        return tops

    def _settle(self) -> None:
        """Scale and bars for the room there is."""
        upright = [page for page in self._pages if page.width <= page.height] or list(self._pages)
        if upright and self._zoom is not Zoom.FREE:
            room = self.viewport().size()
            across = (room.width() - 2 * tokens.GROUP) / upright[0].width
            down = (room.height() - 2 * self._gap()) / upright[0].height
            wanted = min(across, down) if self._zoom is Zoom.PAGE else across
            self._scale = min(max(wanted, _LEAST), _MOST)
        height = sum(self._size(page).height() + self._gap() for page in self._pages) + self._gap()
        width = max((self._size(page).width() for page in self._pages), default=0) + 2 * tokens.GROUP
        seen = self.viewport().size()
        self.verticalScrollBar().setRange(0, max(0, height - seen.height()))
        self.verticalScrollBar().setPageStep(seen.height())
        self.horizontalScrollBar().setRange(0, max(0, width - seen.width()))
        self.horizontalScrollBar().setPageStep(seen.width())

    def _left(self, size: QSize) -> int:
        spare = self.viewport().width() - size.width()
        return max(spare // 2, tokens.GROUP) - self.horizontalScrollBar().value()

    # -------------------------------------------------------- events

    def resizeEvent(self, event: QResizeEvent) -> None:
        page = self.page
        super().resizeEvent(event)
        before = self._scale
        self._settle()
        if self._scale != before:
            self._kept.clear()
            self.turn_to(page)
        self._tell()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._say()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar, plain = self.verticalScrollBar(), event.modifiers() == Qt.KeyboardModifier.NoModifier
        moves = {
            Qt.Key.Key_PageDown: lambda: self.turn_to(self.page + 1),
            Qt.Key.Key_PageUp: lambda: self.turn_to(self.page - 1),
            Qt.Key.Key_Home: lambda: bar.setValue(0),
            Qt.Key.Key_End: lambda: bar.setValue(bar.maximum()),
            Qt.Key.Key_Down: lambda: bar.setValue(bar.value() + _STEP),
            Qt.Key.Key_Up: lambda: bar.setValue(bar.value() - _STEP),
            Qt.Key.Key_Space: lambda: bar.setValue(bar.value() + bar.pageStep() - _STEP),
            Qt.Key.Key_Plus: lambda: self.choose_zoom(Zoom.FREE, self._scale * 1.2),
            Qt.Key.Key_Minus: lambda: self.choose_zoom(Zoom.FREE, self._scale / 1.2),
        }
        move = moves.get(Qt.Key(event.key())) if plain else None
        if move is None:
            super().keyPressEvent(event)
        else:
            move()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.choose_zoom(Zoom.FREE, self._scale * (1.1 if event.angleDelta().y() > 0 else 1 / 1.1))
            event.accept()
        else:
            super().wheelEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), look().colour("bg"))
        ratio = painter.deviceTransform().m11()
        at, room = self.verticalScrollBar().value(), self.viewport().height()
        for place, top in enumerate(self._tops()):
            size = self._size(self._pages[place])
            box = QRect(self._left(size), top - at, size.width(), size.height())
            if box.bottom() >= 0 and box.top() <= room:
                painter.drawPixmap(box.topLeft(), self._painted(place, size, ratio))
                painter.setPen(QPen(look().colour("line"), 1))
                painter.drawRect(box)
        if self.hasFocus():
            painter.setPen(QPen(look().colour("accent"), tokens.FOCUS))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _painted(self, place: int, size: QSize, ratio: float) -> QPixmap:
        key = (place, round(size.width() * ratio))
        if key not in self._kept:
            drawn = QPixmap(size * ratio)
            drawn.setDevicePixelRatio(ratio)
            drawn.fill(_PAPER)
            painter, scale = QPainter(drawn), self._scale_of(self._pages[place])
            painter.scale(scale, scale)
            paint_page(painter, self._pages[place], scale * ratio)
            painter.end()
            self._kept[key] = drawn
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]

    def _tell(self) -> None:
        told = (self.page, len(self._pages))
        if told != self._told:
            self._told = told
            self.setAccessibleDescription(self._pages[told[0]].text() if self._pages else "")
            self.turned.emit(*told)

    def _say(self) -> None:
        self.setAccessibleName(str(self._name))


def paint_page(painter: QPainter, page: Page, scale: float = 1.0) -> None:
    """A page on a painter whose unit is a point; ``scale`` is how many dots one point has."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    fonts: dict[Face, QFont] = {}
    face = None
    for mark in page.marks:
        if isinstance(mark, Stroke):
            painter.setPen(QPen(_INK, mark.weight))
            painter.drawLine(QPointF(mark.x1, mark.y1), QPointF(mark.x2, mark.y2))
        elif isinstance(mark, Image):
            _paint_image(painter, mark, scale)
    painter.scale(1 / _HALVES, 1 / _HALVES)
    for mark in page.marks:
        if not isinstance(mark, Word):
            continue
        if mark.face != face:
            face = mark.face
            painter.setFont(fonts.setdefault(face, _font(face)))
            painter.setPen(QColor(f"#{face.colour}") if face.colour else _INK)
        painter.drawText(QPointF(mark.x, mark.y) * _HALVES, mark.text)


def _font(face: Face) -> QFont:
    font = paper_font(face.size)
    font.setPixelSize(max(1, round(face.size * _HALVES)))
    font.setBold(face.bold)
    font.setItalic(face.italic)
    font.setUnderline(face.underline)
    font.setKerning(False)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def _paint_image(painter: QPainter, image: Image, scale: float) -> None:
    box = QRectF(image.x, image.y, image.width, image.height)
    picture = _read(image, scale)
    if picture.isNull():
        painter.setPen(QPen(QColor("#7D8896"), 0.75))
        painter.drawRect(box)
        painter.setFont(_font(Face(10 / _HALVES, italic=True)))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), image.words)
    else:
        painter.drawImage(box, picture)


def _read(image: Image, scale: float) -> QImage:
    """Decoded no larger than it is shown: a tenth of the time for a photo."""
    buffer = QBuffer()
    buffer.setData(QByteArray(image.data))
    reader = QImageReader(buffer)
    wanted = QSize(round(image.width * scale), round(image.height * scale))
    if reader.size().width() > wanted.width() > 0:
        reader.setScaledSize(wanted)
    return reader.read()
