"""Pictures and files of an item in a row: seen, opened, dropped, pasted, picked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QFontMetrics,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from inspector.ui import tokens
from inspector.ui.language import Words, tr
from inspector.ui.painting import paint_pixmap
from inspector.ui.theme import look
from inspector.ui.tokens import Size
from inspector.ui.widgets.painted_button import PaintedButton
from inspector.ui.widgets.text import broken

Index = QModelIndex | QPersistentModelIndex
_CAPTION = 20
_LOW = 44


@dataclass(frozen=True)
class Evidence:
    """One picture or file. ``absent`` says why its content cannot be shown: *Ảnh chỉ có trên máy ông Tùng*."""

    id: str
    caption: str
    icon: str = "image"
    """Drawn until the picture is there, and for files."""
    absent: Words = ""


class EvidenceModel(QAbstractListModel):
    """The evidence of one item; pictures arrive later, from whoever reads them off the GUI thread."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Evidence] = []
        self._pictures: dict[str, QPixmap] = {}

    def show_rows(self, rows: Sequence[Evidence]) -> None:
        """Rows that stay keep their place in the view: what goes is removed, what comes is inserted."""
        wanted = {row.id for row in rows}
        for place in reversed(range(len(self._rows))):
            if self._rows[place].id not in wanted:
                self.beginRemoveRows(QModelIndex(), place, place)
                self._pictures.pop(self._rows.pop(place).id, None)
                self.endRemoveRows()
        for place, row in enumerate(rows):
            self._put(place, row)

    def _put(self, place: int, row: Evidence) -> None:
        found = next((at for at in range(place, len(self._rows)) if self._rows[at].id == row.id), None)
        if found is None:
            self.beginInsertRows(QModelIndex(), place, place)
            self._rows.insert(place, row)
            self.endInsertRows()
        elif found != place:
            self.beginMoveRows(QModelIndex(), found, found, QModelIndex(), place)
            self._rows.insert(place, self._rows.pop(found))
            self.endMoveRows()
        if self._rows[place] != row:
            self._rows[place] = row
            self.dataChanged.emit(self.index(place), self.index(place))

    def drop_picture(self, id_: str) -> None:
        """The picture was turned: what is shown of it is not right any more."""
        if self._pictures.pop(id_, None) is not None:
            self._tell(id_)

    def set_picture(self, id_: str, picture: QImage) -> None:
        """The picture of a row; one for a row that is gone meanwhile is dropped."""
        if any(row.id == id_ for row in self._rows):
            self._pictures[id_] = QPixmap.fromImage(picture)
            self._tell(id_)

    def _tell(self, id_: str) -> None:
        for place, row in enumerate(self._rows):
            if row.id == id_:
                self.dataChanged.emit(self.index(place), self.index(place))

    def evidence(self, index: Index) -> Evidence:
        return self._rows[index.row()]

    def picture(self, index: Index) -> QPixmap | None:
        return self._pictures.get(self._rows[index.row()].id)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  -- as Qt declares it
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.caption
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{row.caption}. {row.absent}" if row.absent else row.caption
        return None


class EvidenceStrip(QWidget):
    """Thumbnails in a row, and a tile that takes more. Arrows choose, Enter opens.

    ``opened`` carries the id of an ``Evidence``; ``offered`` a list of paths, dropped or pasted; ``pasted`` a
    ``QImage``; ``wanted`` asks for the dialog that picks files.
    """

    opened = Signal(str)
    offered = Signal(list)
    pasted = Signal(object)
    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = EvidenceModel(self)
        self.view = _Thumbnails()
        self.view.setModel(self.model)
        self.view.activated.connect(self._open)
        self.tile = _Tile()
        self.tile.clicked.connect(self.wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.GAP)
        row.addWidget(self.view, 0)
        row.addWidget(self.tile, 1, Qt.AlignmentFlag.AlignTop)
        # Without the tile the thumbnails stay at the left.
        row.addStretch(0)
        self.setAcceptDrops(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._show_view()
        self._say()

    def show_evidence(self, rows: Sequence[Evidence]) -> None:
        self.model.show_rows(rows)
        self._show_view()

    def set_picture(self, id_: str, picture: QImage) -> None:
        self.model.set_picture(id_, picture)

    def set_closed(self, *, closed: bool) -> None:
        """After the seal nothing is added any more."""
        self.tile.setVisible(not closed)
        self.setAcceptDrops(not closed)

    def paste(self) -> bool:
        """Take what lies on the clipboard; False if it is neither files nor a picture."""
        return self._take(QGuiApplication.clipboard().mimeData())

    def chosen(self) -> str | None:
        """The id of the chosen thumbnail."""
        index = self.view.currentIndex()
        return self.model.evidence(index).id if index.isValid() else None

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _paths(event.mimeData()) or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if self._take(event.mimeData()):
            event.acceptProposedAction()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._say()

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self.model.evidence(index).id)

    def _take(self, mime: QMimeData | None) -> bool:
        if mime is None:
            return False
        if paths := _paths(mime):
            self.offered.emit(paths)
            return True
        image = mime.imageData() if mime.hasImage() else None
        if isinstance(image, QImage) and not image.isNull():
            self.pasted.emit(image)
            return True
        return False

    def _show_view(self) -> None:
        """As wide as its pictures, as long as the tile keeps its room; without pictures the tile has the row."""
        count = self.model.rowCount()
        self.view.setVisible(count > 0)
        self.view.updateGeometry()
        self.tile.show_low(low=not count)

    def _say(self) -> None:
        self.view.setAccessibleName(str(tr("Ảnh, tài liệu")))


class _Thumbnails(QListView):
    def __init__(self) -> None:
        super().__init__()
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setSpacing(0)
        self.setUniformItemSizes(True)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_ThumbnailDelegate(self))
        self.setProperty("ground", "none")
        self.setStyleSheet("QListView { background: transparent; }")

    def sizeHint(self) -> QSize:
        tile, model = _tile_size(), self.model()
        count = model.rowCount() if model is not None else 0
        return QSize(count * (tile.width() + look().px(12)) + 2, tile.height() + look().px(_CAPTION + 10))

    def minimumSizeHint(self) -> QSize:
        return QSize(_tile_size().width(), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Enter opens on every system; Qt leaves it to the platform.
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class _ThumbnailDelegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        tile = _tile_size()
        return QSize(tile.width() + look().px(12), tile.height() + look().px(_CAPTION))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, EvidenceModel):
            return
        row, box = model.evidence(index), QRect(_rect(option).topLeft() + QPoint(2, 2), _tile_size() - QSize(4, 4))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        picture = model.picture(index)
        if picture is not None:
            _paint_picture(painter, picture, box)
        else:
            _paint_placeholder(painter, row, box)
        if _state(option) & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(look().colour("accent"), tokens.FOCUS))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(box).adjusted(-1, -1, 1, 1), tokens.RADIUS_CHIP, tokens.RADIUS_CHIP)
        self._paint_caption(painter, row.caption, box)
        painter.restore()

    @staticmethod
    def _paint_caption(painter: QPainter, caption: str, box: QRect) -> None:
        font = look().font(Size.META)
        painter.setFont(font)
        painter.setPen(look().colour("text2"))
        under = QRect(box.left(), box.bottom() + 3, box.width(), look().px(Size.META.line))
        fitted = QFontMetrics(font).elidedText(caption, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(under, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, fitted)


class _Tile(PaintedButton):
    """Where pictures are dropped, and what is pressed to pick files."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._low = False
        self._say()

    def show_low(self, *, low: bool) -> None:
        """Alone in its row it need not be as high as the thumbnails."""
        if low != self._low:
            self._low = low
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        words = QFontMetrics(look().font(Size.META)).horizontalAdvance(self.text())
        height = look().px(_LOW) if self._low else _tile_size().height()
        return QSize(words + look().px(tokens.EDGE), height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look().colour("control"), 1))
        painter.setBrush(look().colour("asoft" if self.underMouse() else "surface"))
        radius = look().px(tokens.RADIUS_CONTROL)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.setFont(look().font(Size.META))
        painter.setPen(look().colour("text2"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()

    def _say(self) -> None:
        self.setText(str(tr("Kéo thả hoặc dán ảnh (Ctrl+V)")))
        self.setAccessibleName(self.text())
        self.setAccessibleDescription(str(tr("Nhấn để chọn tệp")))
        self.update()


def _paint_picture(painter: QPainter, picture: QPixmap, box: QRect) -> None:
    """The middle of the picture, filling the box."""
    outline = QPainterPath()
    outline.addRoundedRect(QRectF(box), tokens.RADIUS_CHIP, tokens.RADIUS_CHIP)
    painter.save()
    painter.setClipPath(outline)
    size = picture.size().scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
    target = QRect(QPoint(0, 0), size)
    target.moveCenter(box.center())
    painter.drawPixmap(target, picture)
    painter.restore()


def _paint_placeholder(painter: QPainter, row: Evidence, box: QRect) -> None:
    painter.setPen(QPen(look().colour("line"), 1))
    painter.setBrush(look().colour("surface2"))
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), tokens.RADIUS_CHIP, tokens.RADIUS_CHIP)
    side, top = look().px(20), look().px(6)
    lines, _ = broken(str(row.absent), QFontMetrics(look().font(Size.META)), box.width() - 8, 2)
    icon_top = box.top() + (top if lines else (box.height() - side) // 2)
    sign = "image-off" if row.absent else row.icon
    corner = QRect(box.center().x() - side // 2, icon_top, side, side)
    paint_pixmap(painter, sign, look().colour("text2"), corner)
    painter.setFont(look().font(Size.META))
    painter.setPen(look().colour("text2"))
    for place, line in enumerate(lines):
        height = look().px(Size.META.line)
        room = QRect(box.left() + 4, icon_top + side + 2 + place * height, box.width() - 8, height)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, line)


def _tile_size() -> QSize:
    return QSize(look().px(tokens.THUMBNAIL[0]), look().px(tokens.THUMBNAIL[1]))


def _paths(mime: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]


def _rect(option: QStyleOptionViewItem) -> QRect:
    rect: QRect = option.rect
    return rect


def _state(option: QStyleOptionViewItem) -> QStyle.StateFlag:
    state: QStyle.StateFlag = option.state
    return state
