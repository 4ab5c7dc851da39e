"""Small pictures of the evidence: read off the GUI thread one by one, the latest kept in memory."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage

from inspector.domain.inspection import Evidence as Piece
from inspector.services.desk import Desk
from inspector.services.evidence_files import Presence, peek
from inspector.ui import tokens
from inspector.ui.session import Session

_KEPT = 96
"""Pictures in memory, some 120 KB each."""


@dataclass(frozen=True)
class Thumbnail:
    """What is known of a file; without a picture for documents and for what is not here."""

    presence: Presence
    picture: QImage | None = None


class Thumbnails(QObject):
    """``came`` tells the id of a piece whose picture, or whose absence, is known now.

    One question at a time: fifty photos that have to be reduced first let everybody else's questions pass.
    """

    came = Signal(str, object)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._known: OrderedDict[tuple[str, int], Thumbnail] = OrderedDict()
        self._wanted: list[Piece] = []
        self._is_reading = False

    def known(self, piece: Piece) -> Thumbnail | None:
        """What is known without asking."""
        if piece.file is None:
            return Thumbnail(Presence.HERE)
        found = self._known.get((piece.file.hash, piece.rotation))
        if found is not None:
            self._known.move_to_end((piece.file.hash, piece.rotation))
        return found

    def want(self, pieces: Sequence[Piece]) -> None:
        """Read these from now on, and none of those wanted before."""
        self._wanted = [piece for piece in pieces if self.known(piece) is None]
        self._read()

    def forget_absent(self) -> None:
        """What was not here may have come by an exchange."""
        here = [(key, found) for key, found in self._known.items() if found.presence is Presence.HERE]
        self._known = OrderedDict(here)

    def _read(self) -> None:
        if self._is_reading or not self._wanted:
            return
        piece = self._wanted.pop(0)
        self._is_reading = True

        def read(desk: Desk) -> Thumbnail:
            return _thumbnail(desk, piece)

        def answered(found: Thumbnail) -> None:
            self._is_reading = False
            if piece.file is not None:
                self._known[piece.file.hash, piece.rotation] = found
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)
            self.came.emit(piece.id, found)
            self._read()

        def failed(reason: str) -> None:
            self._is_reading = False
            self._session.trouble.emit(reason)
            self._read()

        self._session.ask(read, answered, failed, owner=self)


def _thumbnail(desk: Desk, piece: Piece) -> Thumbnail:
    if piece.file is None:
        return Thumbnail(Presence.HERE)
    found = peek(desk, piece.file, piece.rotation)
    if found.thumbnail is None:
        return Thumbnail(found.presence)
    whole = QImage.fromData(found.thumbnail)
    if whole.isNull():
        return Thumbnail(Presence.DAMAGED)
    room = QSize(*tokens.THUMBNAIL) * 2
    mode = Qt.TransformationMode.SmoothTransformation
    return Thumbnail(Presence.HERE, whole.scaled(room, Qt.AspectRatioMode.KeepAspectRatioByExpanding, mode))
