"""The Word template of the minutes: out to be edited, and in again after it was checked and tried."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from inspector.domain.wording import short_day
from inspector.services.desk import Change
from inspector.services.library import Adopted
from inspector.services.office import write_template
from inspector.ui.actions import Acts
from inspector.ui.language import Words, tr
from inspector.ui.pages.flow import Flow
from inspector.ui.pages.line_list import LineList, Row
from inspector.ui.pages.settings.panel import FieldGrid, Panel
from inspector.ui.prompting import FileQuestion
from inspector.ui.session import Session
from inspector.ui.widgets.button import ActionButton
from inspector.ui.widgets.field import Entry
from inspector.ui.widgets.value_fields import DateField

_WORD = ((tr("Tài liệu Word"), ("*.docx",)),)
_LIST = 160


class TemplatePanel(Panel):
    """What is wrong with a template is said with its field or paragraph, and nothing is applied."""

    def __init__(self, session: Session, acts: Acts) -> None:
        line = tr(
            "Lấy mẫu ra, sửa bằng Word, rồi áp dụng lại. Chương trình lập thử một biên bản trước khi nhận; "
            "biên bản đã lập không đổi."
        )
        super().__init__(session, acts, tr("Mẫu biên bản"), line)
        self._since: date | None = None
        self.list = LineList(tr("Các mẫu biên bản"))
        self.list.fit_rows(_LIST)
        self.day = DateField(tr("Áp dụng từ ngày"), date.today)
        self.day.state.hide()
        self.day.set_help(tr("Để trống: áp dụng ngay"))
        self.day.committed.connect(self._keep)
        out = acts.bind("template-out", self.take_out, self)
        into = acts.bind("template-in", self.take_in, self)
        self.rows.addWidget(self.list)
        self.rows.addWidget(FieldGrid(self.day))
        self.rows.addWidget(Flow(ActionButton(out), ActionButton(into)))
        self.rows.addStretch(1)
        self.setFocusProxy(self.list)

    def arrive(self) -> None:
        self.session.ask(lambda desk: desk.library.adopted("template"), self._take, owner=self)

    def heard(self, change: Change) -> None:
        if "adoption" in change.entities:
            self.arrive()

    def take_out(self) -> None:
        question = FileQuestion(tr("Lưu mẫu biên bản"), _WORD, Path.home() / "mau-bien-ban.docx")

        def chosen(file: Path) -> None:
            def written(_none: None) -> None:
                def show() -> None:
                    QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))

                self.tell(tr("Đã ghi {file}", file=str(file)), tr("Mở tệp"), show)

            self.session.ask(lambda desk: write_template(desk, file), written, self.fail, self)

        self.session.prompter.choose_target(question, chosen)

    def take_in(self) -> None:
        self.day.finish()
        if self.day.is_dirty():
            self.day.setFocus()
            return
        question = FileQuestion(tr("Chọn mẫu biên bản đã sửa"), _WORD, Path.home())
        self.session.prompter.choose_files(question, lambda files: self._adopt(files[0]) if files else None)

    def _adopt(self, file: Path) -> None:
        self.tell(tr("Đang lập thử bằng {file}…", file=file.name))
        since = {"effective_from": self._since.isoformat()} if self._since else {}
        words = tr("Đã áp dụng mẫu biên bản {file}", file=file.name)
        self.session.perform(
            "adopt_template",
            {"path": str(file), **since},
            words=words,
            then=lambda _receipt: self.tell(words),
            failed=self.fail,
            owner=self,
        )

    def _keep(self, entry: Entry) -> None:
        self._since = entry.value if isinstance(entry.value, date) else None
        self.day.mark_saved()
        self.day.state.show_quiet()

    def _take(self, found: tuple[Adopted, ...]) -> None:
        rows = [_row(each, in_use=place == len(found) - 1) for place, each in enumerate(found)][::-1]
        chip: tuple[Words, str] | None = None if found else (tr("Đang dùng"), "ok")
        shipped = Row(
            "", tr("Mẫu có sẵn trong chương trình"), tr("Theo Nghị định 30/2020/NĐ-CP"), "", "file-text", chip=chip
        )
        self.list.show_rows([*rows, shipped])


def _row(template: Adopted, *, in_use: bool) -> Row:
    since: Words = (
        tr("từ {day}", day=short_day(date.fromisoformat(template.since))) if template.since else tr("áp dụng ngay")
    )
    chip: tuple[Words, str] | None = (tr("Đang dùng"), "ok") if in_use else None
    return Row(template.record, template.title, since, icon="file-text", chip=chip)
