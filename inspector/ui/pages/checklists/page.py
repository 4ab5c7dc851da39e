"""The page of the checklists: versions to look at, out to Excel and paper, in from Excel, compared, confirmed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from inspector.services import checklist_files
from inspector.services.checklist_shelf import Law, Version, law, versions
from inspector.services.desk import Change, Desk
from inspector.ui.actions import Acts
from inspector.ui.language import Words, tr
from inspector.ui.pages.checklists.browse import Browse
from inspector.ui.pages.checklists.comparing import Comparing
from inspector.ui.pages.checklists.confirming import Confirming, Points
from inspector.ui.pages.checklists.taking_in import TakingIn
from inspector.ui.pages.page import Page
from inspector.ui.pages.title_bar import TitleBar
from inspector.ui.prompting import FileQuestion
from inspector.ui.session import Session
from inspector.ui.where import Screen, Where
from inspector.ui.widgets.button import ActionButton, Button, Kind

SHEETS = ((tr("Bảng tính"), ("*.xlsx", "*.csv")),)
EXCEL = ((tr("Bảng tính Excel"), ("*.xlsx",)),)
WORD = ((tr("Tài liệu Word"), ("*.docx",)),)


class ChecklistsPage(Page):
    """A stack: browsing, and over it what is being taken in, compared or confirmed. Esc goes back to browsing."""

    def __init__(self, session: Session, acts: Acts, parent: QWidget | None = None) -> None:
        super().__init__(session, acts, parent)
        self._wanted = Where(Screen.CHECKLISTS)
        self._versions: tuple[Version, ...] = ()
        self._law: tuple[Law, ...] = ()
        bind = acts.bind
        take_in = bind("checklist-import", self.choose_file, self)
        self._again = bind("checklist-again", self.read_again, self)
        self._adopt = bind("checklist-adopt", self.adopt, self)
        about = [
            bind("checklist-export", self.export, self),
            bind("checklist-blank", self.blank, self),
            bind("checklist-compare", self.compare, self),
            bind("checklist-points", self.points, self),
            bind("checklist-law", self.law, self),
        ]
        bind("filter", self.filter, self)
        self.browse = Browse(about)
        self.taking_in = TakingIn(self._again, self._adopt, self._open_act(), self._leave())
        self.comparing = Comparing(self._leave())
        self.confirming = Confirming(self._turn_law, self._leave())
        self.scoring = Points(self._adopt_points, self._leave())
        self._bar = TitleBar(acts, tr("Bộ tiêu chí"), ActionButton(take_in, kind=Kind.PRIMARY))
        self._lay_out()
        self.browse.turned.connect(self._read_law)
        session.changed.connect(self._hear)

    def _lay_out(self) -> None:
        self.stack = QStackedWidget()
        for view in (self.browse, self.taking_in, self.comparing, self.confirming, self.scoring):
            self.stack.addWidget(view)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self._bar)
        rows.addWidget(self.stack, 1)

    # -------------------------------------------------------- as a page

    def title(self) -> Words:
        return tr("Bộ tiêu chí")

    def help(self) -> Words:
        return tr(
            "Mỗi cuộc kiểm tra giữ đúng bản bộ tiêu chí lúc bắt đầu; bản mới chỉ dùng cho cuộc kiểm tra lập sau. "
            "Muốn sửa: xuất ra Excel, sửa, rồi nhập lại. Chương trình chỉ từng ô sai trước khi ghi."
        )

    def arrive(self, where: Where) -> None:
        self._wanted = where
        self._read()
        self.setFocus()
        (self.stack.currentWidget() or self.browse).setFocus()

    def panes(self) -> list[QWidget]:
        return [self.browse.list, self.browse.items, self.browse.facts, self.taking_in, self.comparing, self.confirming]

    def page_count(self) -> Words:
        return tr("{count} bản bộ tiêu chí", count=len(self._versions)) if self._versions else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.stack.currentWidget() is not self.browse:
            self.show_browse()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange and self._versions:
            self.browse.show_versions(self._versions)

    # -------------------------------------------------------- reading

    def _read(self) -> None:
        self.session.ask(versions, self._take, owner=self)

    def _take(self, found: tuple[Version, ...]) -> None:
        self._versions = found
        self.browse.show_versions(found)
        if self._wanted.record:
            self.browse.choose(self._wanted.record, self._wanted.field)
            self._wanted = Where(Screen.CHECKLISTS)
        if self.stack.currentWidget() is self.scoring and (chosen := self.browse.version):
            self.scoring.show_version(chosen)

    def _read_law(self, hash_: str) -> None:
        self.session.ask(lambda desk: law(desk, hash_), self._take_law, owner=self)

    def _take_law(self, found: tuple[Law, ...]) -> None:
        self._law = found
        self.browse.show_law(found)
        if (version := self.browse.version) is not None:
            self.confirming.show_law(version, found)

    def _hear(self, change: Change) -> None:
        if change.entities & {"adoption", "scoring", "legal_basis"}:
            self._read()

    # -------------------------------------------------------- what can be done

    def filter(self) -> None:
        self.show_browse()
        self.browse.folding.show_pane(1, focus=False)
        self.browse.filter.setFocus()

    def show_browse(self) -> None:
        self.stack.setCurrentWidget(self.browse)
        self._again.close(tr("Chưa chọn tệp"))
        self._adopt.close(tr("Chưa chọn tệp"))
        self.browse.setFocus()

    def export(self) -> None:
        self._write(tr("Xuất bộ tiêu chí ra Excel"), EXCEL, ".xlsx", checklist_files.export)

    def blank(self) -> None:
        self._write(tr("Lưu phiếu trống"), WORD, ".docx", checklist_files.blank)

    def compare(self) -> None:
        if (version := self.browse.version) is not None:
            self.comparing.show_versions(self._versions, version.hash)
            self._show(self.comparing)

    def law(self) -> None:
        self._show(self.confirming)

    def points(self) -> None:
        if (version := self.browse.version) is not None:
            self.scoring.show_version(version)
            self._show(self.scoring)

    def choose_file(self) -> None:
        question = FileQuestion(tr("Chọn tệp bộ tiêu chí"), SHEETS, Path.home())
        self.session.prompter.choose_files(question, lambda files: self.preview(files[0]) if files else None)

    def read_again(self) -> None:
        if self.taking_in.file.name:
            self.preview(self.taking_in.file)

    def preview(self, file: Path) -> None:
        """Read a file and say what it would bring; nothing is written."""
        self.taking_in.show_reading(file)
        self._again.open()
        self._show(self.taking_in)

        def read(desk: Desk, _progress: object, _cancelled: object) -> checklist_files.Preview:
            return checklist_files.preview(desk, file)

        words = tr("Đang đọc {file}", file=file.name)
        self.session.work(words, read, self.taking_in.show_preview, self.taking_in.show_refused, owner=self)

    def adopt(self) -> None:
        view = self.taking_in
        if not view.can_adopt():
            return
        since = {"effective_from": view.since.isoformat()} if view.since else {}
        words = tr("Đã áp dụng bộ tiêu chí từ {file}", file=view.file.name)
        self.session.perform(
            "adopt_checklist",
            {"path": str(view.file), **since},
            words=words,
            then=lambda _receipt: self.show_browse(),
            failed=view.show_refused,
            owner=self,
        )

    # -------------------------------------------------------- inside

    def _show(self, view: QWidget) -> None:
        self.stack.setCurrentWidget(view)
        view.setFocus()

    def _leave(self) -> Button:
        return Button(tr("Quay lại danh sách"), self.show_browse, kind=Kind.QUIET, icon="arrow-left", keys="Esc")

    def _open_file(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.taking_in.file)))

    def _open_act(self) -> Button:
        return Button(tr("Mở tệp để sửa"), self._open_file, icon="pencil")

    def _write(
        self, head: Words, kinds: tuple[tuple[Words, tuple[str, ...]], ...], suffix: str, write: Callable[..., None]
    ) -> None:
        version = self.browse.version
        if version is None:
            return
        name = f"{version.checklist.level}-{version.checklist.version}".replace("/", "-")
        question = FileQuestion(head, kinds, Path.home() / f"bo-tieu-chi-{name}{suffix}")

        def chosen(file: Path) -> None:
            target = file if file.suffix.lower() == suffix else file.with_name(file.name + suffix)

            def work(desk: Desk, _progress: object, _cancelled: object) -> None:
                write(desk, version.hash, target)

            self.session.work(
                tr("Đang ghi {file}", file=target.name), work, lambda _none: self._wrote(target), owner=self
            )

        self.session.prompter.choose_target(question, chosen)

    def _wrote(self, file: Path) -> None:
        def show() -> None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))

        self._bar.tell(tr("Đã ghi {file}", file=str(file)), tr("Mở tệp"), show)

    def _turn_law(self, found: Law) -> None:
        confirmation = {"confirmed": not found.confirmed, "title": found.title}
        words = tr("Đã xác nhận {title}", title=found.title)
        undone = tr("Đã bỏ xác nhận {title}", title=found.title)
        self.session.perform(
            "confirm_law",
            {"code": found.code, "confirmation": confirmation},
            words=undone if found.confirmed else words,
            owner=self,
        )

    def _adopt_points(self, on: bool, document: str, day: date | None) -> None:
        version = self.browse.version
        if version is None:
            return
        said: dict[str, object] = {"adopted": on}
        said |= {"decision": document} if document else {}
        said |= {"date": day.isoformat()} if day else {}
        self.session.perform(
            "adopt_points",
            {"checklist": version.hash, "adopted": said},
            words=tr("Đã áp dụng điểm theo {document}", document=document) if on else tr("Đã thôi chấm điểm"),
            then=lambda _receipt: self.show_browse(),
            owner=self,
        )
