"""Making papers: drafts, the official minutes, PDF, print, copies. Each is long work that can be cancelled."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from inspector.services import issuing, papers
from inspector.services.desk import Desk
from inspector.ui.language import Words, tr
from inspector.ui.pages.workspace.minutes.handing import hand_over
from inspector.ui.pages.workspace.open_inspection import OpenInspection
from inspector.ui.prompting import FileQuestion
from inspector.ui.session import Progress, Session

_WORD = (tr("Tệp Word"), ("*.docx",))
_PDF = (tr("Tệp PDF"), ("*.pdf",))
_NO_PROGRAM = tr("Máy này không có Word. Tệp .docx vẫn được tạo; mở bằng LibreOffice hoặc máy khác.")
_NO_VIEWER = tr("Máy này không có chương trình xem PDF. Tệp đã được tạo.")

Cancelled = Callable[[], bool]


class Making(QObject):
    """``said`` carries what a person should know about a paper that was made, ``failed`` why one was not."""

    said = Signal(object)
    failed = Signal(str)

    def __init__(self, session: Session, opened: OpenInspection, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._opened = session, opened

    def draft(self) -> None:
        """A draft beside the earlier ones in the folder of papers, opened in Word."""
        inspection, signed = self._opened.id, self._opened.inspection.is_closed

        def work(desk: Desk, progress: Progress, cancelled: Cancelled) -> Path:
            name = Path(issuing.file_name(desk, inspection))
            wanted = name.name if signed else f"{name.stem}-du-thao.docx"
            out = papers.free_name(papers.documents_folder(desk), wanted)
            issuing.issue_minutes(desk, inspection, out, draft=True, progress=progress, cancelled=cancelled)
            return out

        words = tr("Đang mở biên bản đã ký") if signed else tr("Đang lập bản dự thảo")
        self._do(words, work, self._open_word)

    def official(self) -> None:
        """The minutes that will be signed, where a person wants them."""
        inspection = self._opened.id

        def work(out: Path) -> Callable[[Desk, Progress, Cancelled], Path]:
            def make(desk: Desk, progress: Progress, cancelled: Cancelled) -> Path:
                issuing.issue_minutes(desk, inspection, out, progress=progress, cancelled=cancelled)
                papers.remember_folder(desk, out.parent)
                return out

            return make

        self._ask_target("", _WORD, lambda out: self._do(tr("Đang lập biên bản chính thức"), work(out), self._made))

    def supplement(self, record: str) -> None:
        inspection = self._opened.id

        def work(out: Path) -> Callable[[Desk, Progress, Cancelled], Path]:
            def make(desk: Desk, _progress: Progress, _cancelled: Cancelled) -> Path:
                issuing.issue_supplement(desk, inspection, record, out)
                papers.remember_folder(desk, out.parent)
                return out

            return make

        words = tr("Đang lập biên bản bổ sung")
        self._ask_target("-bo-sung", _WORD, lambda out: self._do(words, work(out), self._made))

    def pdf(self, document: str) -> None:
        """``document`` is the hash of a paper that was made; empty for the minutes as they are now."""
        inspection = self._opened.id

        def work(out: Path) -> Callable[[Desk, Progress, Cancelled], Path]:
            def make(desk: Desk, _progress: Progress, cancelled: Cancelled) -> Path:
                papers.save_pdf(desk, inspection, document, out, cancelled)
                papers.remember_folder(desk, out.parent)
                return out

            return make

        self._ask_target("", _PDF, lambda out: self._do(tr("Đang lập PDF"), work(out), self._saved))

    def copy(self, document: str) -> None:
        def work(out: Path) -> Callable[[Desk, Progress, Cancelled], Path]:
            return lambda desk, _progress, _cancelled: papers.save_copy(desk, document, out)

        self._ask_target("", _WORD, lambda out: self._do(tr("Đang lưu bản sao"), work(out), self._saved))

    def view(self, document: str, kind: str) -> None:
        """A copy in the viewer of the system: to look at exactly, and to print from there."""
        inspection = self._opened.id

        def work(desk: Desk, _progress: Progress, cancelled: Cancelled) -> Path:
            return papers.view(desk, inspection, document, kind, cancelled)

        self._do(tr("Đang mở bản xem"), work, self._open_viewer if kind == ".pdf" else self._open_word)

    def scan(self) -> None:
        """The scan of the signed paper in the viewer of the system."""
        inspection = self._opened.id
        self._do(tr("Đang mở bản quét"), lambda desk, _p, _c: papers.view_scan(desk, inspection), self._open_viewer)

    def _ask_target(self, ending: str, kind: tuple[Words, tuple[str, ...]], then: Callable[[Path], object]) -> None:
        inspection = self._opened.id
        suffix = kind[1][0].lstrip("*")

        def proposed(desk: Desk) -> Path:
            name = Path(issuing.file_name(desk, inspection))
            return papers.free_name(papers.documents_folder(desk), f"{name.stem}{ending}{suffix}")

        def ask(start: Path) -> None:
            question = FileQuestion(tr("Lưu văn bản"), (kind,), start)
            self._session.prompter.choose_target(question, lambda out: then(_named(out, suffix)))

        self._session.ask(proposed, ask, owner=self)

    def _do(
        self, words: Words, work: Callable[[Desk, Progress, Cancelled], Path], then: Callable[[Path], object]
    ) -> None:
        self._session.work(words, work, then, self.failed.emit, owner=self)

    def _made(self, out: Path) -> None:
        self.said.emit(tr("Đã lập {file} trong {folder}", file=out.name, folder=str(out.parent)))
        self._open_word(out)

    def _saved(self, out: Path) -> None:
        self.said.emit(tr("Đã lưu {file} vào {folder}", file=out.name, folder=str(out.parent)))

    def _open_word(self, out: Path) -> None:
        if not hand_over(out):
            self.said.emit(_NO_PROGRAM)

    def _open_viewer(self, out: Path) -> None:
        if not hand_over(out):
            self.said.emit(_NO_VIEWER)


def _named(out: Path, suffix: str) -> Path:
    return out if out.suffix.lower() == suffix else out.with_name(out.name + suffix)
