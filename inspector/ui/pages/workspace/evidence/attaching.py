"""Attaching many files: one act for each, so that a bad one is named and the good ones stay."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject
from PySide6.QtGui import QImage, QImageWriter

from inspector.services.desk import Desk, Receipt
from inspector.services.evidence_files import drop_temporary, keep_pasted
from inspector.ui.language import Words, tr
from inspector.ui.pages.workspace.evidence.subject import On
from inspector.ui.pages.workspace.open_inspection import OpenInspection
from inspector.ui.session import Job, Session


@dataclass
class Outcome:
    """What came of it: the evidence made, and the name and sentence of every file that was not taken."""

    made: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    left: int = 0
    """Files not tried any more because the work was cancelled."""


class Attaching(QObject):
    """Files go one after the other through the lane of acts: texts saved meanwhile wait for one picture, not for all.

    ``job`` shows how far it is and can be cancelled; what was attached by then stays.
    """

    def __init__(
        self,
        session: Session,
        opened: OpenInspection,
        on: On,
        files: Sequence[Path],
        then: Callable[[Outcome], object],
    ) -> None:
        super().__init__(session)
        self._opened, self._files, self._then = opened, list(files), then
        self._inspection, self._arguments = opened.id, on.arguments(opened)
        self._session = session
        self._outcome = Outcome()
        self._done = 0
        self.job = Job(tr("Đính kèm {count} tệp", count=len(self._files)), session)

    def start(self) -> None:
        self._session.began.emit(self.job)
        self._go_on()

    def _go_on(self) -> None:
        if self._done == len(self._files) or self.job.is_cancelled():
            self._outcome.left = len(self._files) - self._done
            self._end()
            return
        self.job.progressed.emit(self._done, len(self._files))
        path = self._files[self._done]
        self._session.perform(
            "attach_file",
            {**self._arguments, "path": str(path)},
            inspection=self._inspection,
            words=tr("Đã đính kèm {name}", name=path.name),
            then=self._took,
            failed=self._refused,
            owner=self,
        )

    def _took(self, receipt: Receipt) -> None:
        self._outcome.made.append(receipt.ref)
        self._done += 1
        self._go_on()

    def _refused(self, reason: str) -> None:
        self._outcome.refused.append((self._files[self._done].name, reason))
        self._done += 1
        self._go_on()

    def _end(self) -> None:
        self.job.progressed.emit(self._done, len(self._files))
        self.job.ended.emit()
        self.job.deleteLater()
        self._then(self._outcome)
        self.deleteLater()


def keep_picture(session: Session, picture: QImage, then: Callable[[Path], object], owner: QObject) -> None:
    """Write a pasted picture as a PNG into the workspace, off the GUI thread."""
    now = datetime.now()

    def write(desk: Desk) -> Path:
        return keep_pasted(desk, _png(picture), now)

    session.ask(write, then, owner=owner)


def drop_kept(session: Session, path: Path) -> None:
    """Remove the file of a pasted picture, once it is among the evidence."""
    session.ask(lambda desk: drop_temporary(desk, path), lambda _none: None)


def words_of(outcome: Outcome) -> list[Words]:
    """What a person has to know: each file that was not taken with its sentence, and what was not tried."""
    found: list[Words] = [tr("{name}: {reason}", name=name, reason=reason) for name, reason in outcome.refused]
    if outcome.left:
        found.append(tr("Đã dừng; {count} tệp chưa đính kèm.", count=outcome.left))
    return found


def _png(picture: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(picture)
    return bytes(buffer.data().data())
