"""Copies of everything in one file, and looking whether all is as it was written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector.domain.wording import short_moment
from inspector.services.desk import Desk
from inspector.services.keeping import Checked, check
from inspector.services.office import back_up_into
from inspector.services.preferences import Preferences, load
from inspector.ui import tokens
from inspector.ui.actions import Acts
from inspector.ui.language import tr
from inspector.ui.pages.flow import Flow
from inspector.ui.pages.line_list import LineList, Row
from inspector.ui.pages.settings.panel import Panel
from inspector.ui.prompting import FileQuestion
from inspector.ui.session import Progress, Session
from inspector.ui.tokens import Weight
from inspector.ui.widgets.button import ActionButton, Kind
from inspector.ui.widgets.text import CutText, Text

_LIST = 160


class BackupPanel(Panel):
    """The folder that was chosen is remembered; a backup never takes the name of another."""

    def __init__(self, session: Session, acts: Acts) -> None:
        line = tr("Một tệp đã mã hóa, chứa mọi cuộc kiểm tra và ảnh. Hãy để trên ổ khác hoặc USB, không để cùng máy.")
        super().__init__(session, acts, tr("Sao lưu và phục hồi"), line)
        self._folder: Path | None = None
        self._place = CutText()
        self._last = Text(tone="text2", wrap=True)
        self.faults = LineList(tr("Chỗ hỏng"))
        self.faults.fit_rows(_LIST)
        self.faults.hide()
        self.now = acts.bind("backup-now", self.back_up, self)
        folder = acts.bind("backup-folder", self.choose_folder, self)
        self.look_through = acts.bind("check-data", self.check, self)
        self.first = ActionButton(self.now, kind=Kind.PRIMARY)
        self.rows.addLayout(_together(Text(tr("Thư mục sao lưu"), weight=Weight.STRONG), self._place, self._last))
        self.rows.addWidget(Flow(self.first, ActionButton(folder), ActionButton(self.look_through)))
        self.rows.addWidget(self.faults)
        how = tr(
            "Phục hồi luôn làm vào một thư mục trống, bằng mã khôi phục đã in; dữ liệu đang có không bị ghi đè. "
            "Trên máy mới, chọn Phục hồi từ bản sao lưu ở màn hình thiết lập lần đầu. Khi dữ liệu hỏng, chương "
            "trình tự hỏi tệp sao lưu lúc mở."
        )
        self.rows.addLayout(_together(Text(tr("Phục hồi"), weight=Weight.STRONG), Text(how, wrap=True)))
        self.rows.addStretch(1)
        self.setFocusProxy(self.first)
        self._show(Preferences())

    def arrive(self) -> None:
        self.session.ask(lambda desk: load(desk.workspace.places), self._show, owner=self)

    def choose_folder(self) -> None:
        start = self._folder or Path.home()
        self.session.prompter.choose_folder(FileQuestion(tr("Chọn thư mục sao lưu"), start=start), self._take_folder)

    def back_up(self) -> None:
        if self._folder is None:
            self.session.prompter.choose_folder(
                FileQuestion(tr("Chọn thư mục sao lưu"), start=Path.home()), self._write
            )
        else:
            self._write(self._folder)

    def check(self) -> None:
        self.tell("")
        self.faults.hide()

        def work(desk: Desk, progress: Progress, _cancelled: object) -> Checked:
            return check(desk, progress)

        self.session.work(tr("Đang kiểm tra dữ liệu"), work, self._checked, self.fail, self)

    def _take_folder(self, folder: Path) -> None:
        self._folder = folder
        self._place.say(str(folder))
        self.first.setFocus()

    def _write(self, folder: Path) -> None:
        self.tell("")
        self._take_folder(folder)
        at = datetime.now()

        def work(desk: Desk, progress: Progress, cancelled: Callable[[], bool]) -> Path:
            return back_up_into(desk, folder, at, progress, cancelled)

        def done(file: Path) -> None:
            self.tell(tr("Đã sao lưu và đọc lại đủ: {file}", file=file.name))
            self.arrive()

        self.session.work(tr("Đang sao lưu"), work, done, self.fail, self)

    def _checked(self, found: Checked) -> None:
        if found.is_whole:
            self.tell(
                tr("Dữ liệu nguyên vẹn: {changes} thay đổi, {files} tệp.", changes=found.change_sets, files=found.files)
            )
            return
        self.tell(tr("Có {count} chỗ hỏng. Hãy phục hồi từ bản sao lưu gần nhất.", count=len(found.findings)), bad=True)
        self.faults.show_rows(
            [
                Row(str(n), each.sentence, icon="triangle-alert", tone="no", lines=2)
                for n, each in enumerate(found.findings)
            ]
        )
        self.faults.show()

    def _show(self, kept: Preferences) -> None:
        if kept.backup_folder:
            self._folder = Path(kept.backup_folder)
        self._place.say(str(self._folder) if self._folder else tr("Chưa chọn thư mục"))
        if kept.last_backup:
            moment = short_moment(datetime.fromisoformat(kept.last_backup))
            self._last.say(tr("Lần gần nhất: {moment}", moment=moment))
        else:
            self._last.say(tr("Chưa sao lưu lần nào"))


def _together(*parts: QWidget) -> QVBoxLayout:
    """What belongs to a head lies close under it."""
    rows = QVBoxLayout()
    rows.setSpacing(tokens.TIGHT)
    for part in parts:
        rows.addWidget(part)
    return rows
