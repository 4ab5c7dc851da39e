"""The large view of a piece of evidence, over the page: look closely, turn, describe, go to the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from PySide6.QtCore import QMarginsF, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from inspector.domain.inspection import Evidence as Piece
from inspector.domain.wording import short_moment
from inspector.services.desk import Desk
from inspector.services.evidence_files import large_picture
from inspector.ui import tokens
from inspector.ui.editing import finish_editing
from inspector.ui.language import Words, tr
from inspector.ui.pages.workspace.evidence.links import Links
from inspector.ui.pages.workspace.evidence.moment_field import MomentField
from inspector.ui.pages.workspace.evidence.picture_view import PictureView
from inspector.ui.pages.workspace.evidence.subject import name_of, told
from inspector.ui.pages.workspace.open_inspection import OpenInspection
from inspector.ui.pages.workspace.overlay import Overlay
from inspector.ui.pages.workspace.tied_fields import lock
from inspector.ui.session import Session
from inspector.ui.theme import look
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.button import Button, Kind
from inspector.ui.widgets.field import Field, TextField
from inspector.ui.widgets.text import CutText, Text
from inspector.ui.writing import Post, Spot, Writing

_SIDE = 304
_NARROW = 600
_WIDE = 760
_LOW = 560


class Preview(Overlay):
    """Lies over a window and keeps the focus; Esc closes it. ``closed`` comes last."""

    closed = Signal()
    document_wanted = Signal(object)

    def __init__(self, session: Session, opened: OpenInspection, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._opened = session, opened
        self._pieces: tuple[Piece, ...] = ()
        self.current = ""
        self._pictures: dict[tuple[str, int], QImage] = {}
        self._asked: tuple[str, int] | None = None
        self.setAccessibleName(str(tr("Xem ảnh, tài liệu")))
        self._make_head()
        self.view = PictureView()
        self.view.setAccessibleName(str(tr("Ảnh")))
        self.view.stepped.connect(self.step)
        self.view.sized.connect(self._say_size)
        self._make_side()
        self._lay_out()
        self.cover()
        self.hide()

    # -------------------------------------------------------- what is shown

    def show_pieces(self, pieces: Sequence[Piece]) -> None:
        """The pieces one can go through; what is shown is shown again where it changed."""
        place = self._place()
        self._pieces = tuple(pieces)
        if not self.current:
            return
        if not any(piece.id == self.current for piece in pieces):
            if not pieces:
                self.leave()
                return
            self.current = pieces[min(place, len(pieces) - 1)].id
        self._fill()

    def turn_to(self, pieces: Sequence[Piece], evidence: str, *, caption: bool = False) -> None:
        """Come up with one of these pieces."""
        self._pieces, self.current = tuple(pieces), evidence
        self.cover()
        self.show()
        self.raise_()
        self._fill()
        (self.caption.editor if caption and not self._opened.is_read_only else self.view).setFocus(
            Qt.FocusReason.ShortcutFocusReason
        )

    def step(self, by: int) -> None:
        """The next piece or the one before; there is no going round."""
        place = self._place() + by
        if 0 <= place < len(self._pieces):
            finish_editing()
            self.current = self._pieces[place].id
            self._fill()

    def leave(self) -> None:
        """Close; what was typed is committed."""
        finish_editing()
        for writing in self._writings:
            writing.clear()
        self.hide()
        self.closed.emit()

    def piece(self) -> Piece | None:
        return next((piece for piece in self._pieces if piece.id == self.current), None)

    def margins(self) -> QMarginsF:
        """Less room around the card in a small window."""
        across = tokens.EDGE if self.width() >= look().px(_WIDE) else tokens.GAP
        down = tokens.EDGE if self.height() >= look().px(_LOW) else tokens.GAP
        return QMarginsF(across, down, across, down)

    # -------------------------------------------------------- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in keys:
            self.step(keys[Qt.Key(event.key())])
        elif event.modifiers() == Qt.KeyboardModifier.ControlModifier and event.key() == Qt.Key.Key_R:
            self.rotate(90)
        elif event.modifiers() == Qt.KeyboardModifier.ControlModifier and event.key() == Qt.Key.Key_L:
            self.rotate(-90)
        # Nothing goes on to the page behind.

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes round within the view."""
        focus = QApplication.focusWidget()
        widget = focus
        while widget is not None:
            widget = widget.nextInFocusChain() if forward else widget.previousInFocusChain()
            if widget is None or widget is focus:
                return True
            takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
            if takes and self.isAncestorOf(widget) and widget.isVisible() and widget.isEnabled():
                reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
                widget.setFocus(reason)
                return True
        return True

    # -------------------------------------------------------- acts

    def rotate(self, turn: int) -> None:
        piece = self.piece()
        if piece is None or piece.file is None or not piece.file.is_picture or self._opened.is_read_only:
            return
        self._opened.perform(
            "rotate_photo",
            {"evidence": piece.id, "rotation": (piece.rotation + turn) % 360},
            at=("evidence", piece.id, ("rotation",)),
            words=tr("Đã xoay {name}", name=name_of(piece)),
        )

    def remove(self) -> None:
        piece = self.piece()
        if piece is not None:
            finish_editing()
            words = tr("Đã bỏ {name}", name=name_of(piece))
            self._opened.perform("remove_evidence", {"evidence": piece.id}, words=words)

    def _link(self, argument: str, value: str) -> None:
        if piece := self.piece():
            words = tr("Đã gắn thêm {name}", name=name_of(piece))
            self._opened.perform("link_evidence", {"evidence": piece.id, argument: value}, words=words)

    def _unlink(self, argument: str, value: str) -> None:
        if piece := self.piece():
            words = tr("Đã gỡ {name}", name=name_of(piece))
            self._opened.perform("unlink_evidence", {"evidence": piece.id, argument: value}, words=words)

    def _open_document(self) -> None:
        if piece := self.piece():
            self.document_wanted.emit(piece)

    # -------------------------------------------------------- inside

    def _place(self) -> int:
        return next((place for place, piece in enumerate(self._pieces) if piece.id == self.current), 0)

    def _fill(self) -> None:
        piece = self.piece()
        if piece is None:
            return
        place = self._place()
        self._name.say(name_of(piece))
        self._count.say(tr("{number}/{whole}", number=place + 1, whole=len(self._pieces)))
        self._before.setEnabled(place > 0)
        self._after.setEnabled(place + 1 < len(self._pieces))
        picture = piece.file is not None and piece.file.is_picture
        for button in (self._left, self._right):
            button.setVisible(picture and not self._opened.is_read_only)
        self._whole.setVisible(picture)
        self._document.setVisible(piece.file is not None and not picture)
        self._remove.setVisible(not self._opened.is_read_only)
        self._fill_side(piece)
        self._show(piece)

    def _fill_side(self, piece: Piece) -> None:
        taken = short_moment(piece.taken_at) if piece.taken_at else ""
        values = {"caption": piece.caption or "", "place": piece.place or "", "taken_at": taken}
        for writing, (field, value) in zip(self._writings, values.items(), strict=True):
            spot = Spot(self._opened.id, "evidence", piece.id, field)
            writing.show(spot, value, self._opened.sight.operations("evidence", piece.id, field))
        picture = piece.file is not None and piece.file.is_picture
        for shown, (name, value) in zip(self._fields, values.items(), strict=True):
            lock(shown, self._opened.why_read_only)
            # Where and when it was taken is asked of pictures only; what was recorded is always shown.
            shown.setVisible(picture or name == "caption" or bool(value))
        self._links.show_piece(piece)

    def _show(self, piece: Piece) -> None:
        file = piece.file
        if file is None or not file.is_picture:
            self.view.show_words("\n".join(told(piece)) or name_of(piece))
            return
        key = (file.hash, piece.rotation)
        if key in self._pictures:
            self.view.show_picture(self._pictures[key])
            return
        self.view.show_words(tr("Đang mở ảnh…"))
        self._asked = key

        def read(desk: Desk) -> QImage:
            return QImage.fromData(large_picture(desk, file, piece.rotation))

        def came(image: QImage) -> None:
            # The one looked at and the one before: going back and forth is quick, memory stays small.
            while len(self._pictures) > 1:
                del self._pictures[next(iter(self._pictures))]
            self._pictures[key] = image
            if self._asked == key:
                self.view.show_picture(image)

        def failed(reason: str) -> None:
            if self._asked == key:
                self.view.show_words(reason)

        self._session.ask(read, came, failed, owner=self)

    def _post(self, spot: Spot, value: object) -> Post:
        if isinstance(value, datetime):
            value = value.isoformat()
        return Post("edit_evidence", {"evidence": spot.record, spot.field: value or None})

    def _say_size(self) -> None:
        self._whole.say(tr("Cỡ thật 100 %") if self.view.is_whole else tr("Vừa khung"))

    def _make_head(self) -> None:
        def button(icon: str, name: Words, run: Callable[[], object]) -> Button:
            return Button("", run, icon=icon, name=name, kind=Kind.QUIET)

        self._name = CutText("", size=Size.HEAD, weight=Weight.STRONG)
        self._count = Text("", size=Size.META, tone="text2")
        self._before = button("chevron-left", tr("Ảnh trước (PgUp)"), lambda: self.step(-1))
        self._after = button("chevron-right", tr("Ảnh sau (PgDn)"), lambda: self.step(1))
        self._left = button("rotate-ccw", tr("Xoay sang trái (Ctrl+L)"), lambda: self.rotate(-90))
        self._right = button("rotate-cw", tr("Xoay sang phải (Ctrl+R)"), lambda: self.rotate(90))
        self._whole = Button(tr("Cỡ thật 100 %"), self._change_size, kind=Kind.QUIET)
        self._document = Button(tr("Mở tệp"), self._open_document, kind=Kind.QUIET, icon="folder-open")
        self._close = Button(tr("Đóng"), self.leave, kind=Kind.QUIET, keys="Esc")

    def _change_size(self) -> None:
        self.view.set_whole(whole=not self.view.is_whole)

    def _make_side(self) -> None:
        self.caption = TextField(tr("Chú thích"))
        self.place = TextField(tr("Nơi chụp"))
        self.taken_at = MomentField(tr("Thời điểm chụp"), date.today)
        self._fields: tuple[Field, ...] = (self.caption, self.place, self.taken_at)
        self._writings = [Writing(self._session, field, self._post) for field in self._fields]
        self._links = Links(self._opened)
        self._links.added.connect(self._link)
        self._links.removed.connect(self._unlink)
        self._remove = Button(tr("Bỏ ảnh, tài liệu"), self.remove, kind=Kind.DANGER, icon="trash-2")

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(tokens.TIGHT)
        head.addWidget(self._name, 1)
        head.addWidget(self._count)
        for widget in (self._before, self._after, self._left, self._right, self._whole, self._document):
            head.addWidget(widget)
        head.addWidget(self._close)
        inside = QWidget()
        side = QVBoxLayout(inside)
        side.setContentsMargins(0, 0, tokens.TIGHT, 0)
        side.setSpacing(tokens.GAP)
        for field in self._fields:
            side.addWidget(field)
        side.addWidget(self._links)
        side.addStretch(1)
        side.addWidget(self._remove, 0, Qt.AlignmentFlag.AlignLeft)
        self._side = _Side()
        self._side.setFrameShape(QScrollArea.Shape.NoFrame)
        self._side.setWidgetResizable(True)
        self._side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._side.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for ground in (self._side.viewport(), inside):
            ground.setProperty("ground", "surface")
        self._side.setWidget(inside)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(tokens.GROUP)
        self._body.addWidget(self.view, 1)
        self._body.addWidget(self._side)
        self._rows = QVBoxLayout(self)
        self._rows.setSpacing(tokens.GAP)
        self._rows.addLayout(head)
        self._rows.addLayout(self._body, 1)

    def cover(self) -> None:
        super().cover()
        inner = self.margins()
        edge = tokens.GROUP
        margins = [round(side) + edge for side in (inner.left(), inner.top(), inner.right(), inner.bottom())]
        self._rows.setContentsMargins(*margins)
        narrow = self.width() < _NARROW
        self._body.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        side = min(look().px(_SIDE), 2 * self.width() // 5)
        self._side.setMaximumWidth(self.width() if narrow else side)
        self._side.setMinimumWidth(0 if narrow else side)


class _Side(QScrollArea):
    """Scrolls for the mouse and for the caret; its keys belong to the view."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()
