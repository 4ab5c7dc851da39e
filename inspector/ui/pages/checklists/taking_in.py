"""What a file would bring, before anything is written: every fault by its cell, or every change and a day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector.services.checklist_files import Preview, Problem
from inspector.ui import tokens
from inspector.ui.actions import Act
from inspector.ui.language import Words, tr
from inspector.ui.pages.flow import Flow
from inspector.ui.pages.line_list import LineList, Row
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.button import ActionButton, Button, Kind
from inspector.ui.widgets.field import Entry
from inspector.ui.widgets.news import Banner, Tone
from inspector.ui.widgets.text import CutText
from inspector.ui.widgets.value_fields import DateField


class TakingIn(QWidget):
    """The page says what the file is; ``since`` is the day the checklist is to apply from, nothing for at once."""

    def __init__(self, again: Act, adopt: Act, edit: Button | None, leave: Button) -> None:
        super().__init__()
        self.file = Path()
        self.since: date | None = None
        self._again, self._adopt = again, adopt
        self.title = CutText(size=Size.HEAD, weight=Weight.STRONG)
        self._bad = Banner(Tone.ERROR, "")
        self._good = Banner(Tone.INFORMATION, "", icon="check")
        self.list = LineList(tr("Điều tìm thấy trong tệp"))
        self.day = DateField(tr("Áp dụng từ ngày"), date.today)
        self.day.state.hide()
        self.day.set_help(tr("Để trống: áp dụng ngay"))
        self.day.committed.connect(self._take_day)
        self.adopt = ActionButton(adopt, kind=Kind.PRIMARY)
        buttons = [each for each in (ActionButton(again), edit, leave) if each is not None]
        foot = QHBoxLayout()
        foot.setSpacing(tokens.GAP)
        foot.addWidget(self.day)
        foot.addWidget(self.adopt, 0, Qt.AlignmentFlag.AlignBottom)
        foot.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(tokens.EDGE, tokens.GROUP, tokens.EDGE, tokens.GROUP)
        rows.setSpacing(tokens.GAP)
        rows.addWidget(self.title)
        rows.addWidget(self._bad)
        rows.addWidget(self._good)
        rows.addWidget(self.list, 1)
        rows.addLayout(foot)
        rows.addWidget(Flow(*buttons))
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusProxy(self.list)

    def show_reading(self, file: Path) -> None:
        self.file = file
        self.title.say(tr("Xem trước khi nhập: {file}", file=file.name))
        self._tell("", tr("Đang đọc tệp…"))
        self.list.show_rows([])
        self._offer(can_adopt=False)

    def show_refused(self, sentence: str) -> None:
        """The file as a whole cannot be read."""
        self._tell(sentence, "")
        self._offer(can_adopt=False)

    def show_preview(self, preview: Preview) -> None:
        if preview.problems:
            count = len(preview.problems)
            self._tell(tr("Tệp có {count} chỗ cần sửa. Chưa có gì được ghi.", count=count), "")
            self.list.show_rows([_fault(place, problem) for place, problem in enumerate(preview.problems)])
        else:
            self._tell("", tr("Tệp có {count} mục, không có lỗi.", count=preview.items))
            changes = enumerate(preview.changes)
            self.list.show_rows([Row(f"c{place}", text, icon="pencil", lines=2) for place, text in changes])
        self._offer(can_adopt=not preview.problems)

    def can_adopt(self) -> bool:
        """A day that cannot be read is said beside its field, and nothing is adopted."""
        self.day.finish()
        return self._adopt.isEnabled() and not self.day.is_dirty()

    def _offer(self, *, can_adopt: bool) -> None:
        self.day.setVisible(can_adopt)
        self.adopt.setVisible(can_adopt)
        if can_adopt:
            self._adopt.open()
        else:
            self._adopt.close(tr("Sửa hết lỗi trong tệp rồi đọc lại"))

    def _tell(self, bad: Words, good: Words) -> None:
        self._bad.setVisible(bool(bad))
        self._good.setVisible(bool(good))
        self._bad.say(bad)
        self._good.say(good)

    def _take_day(self, entry: Entry) -> None:
        self.since = entry.value if isinstance(entry.value, date) else None
        self.day.mark_saved()
        self.day.state.show_quiet()


def _fault(place: int, problem: Problem) -> Row:
    where = tr("Trang {sheet}, dòng {row}", sheet=problem.sheet, row=problem.row)
    return Row(f"p{place}", problem.sentence, where, number=problem.cell, icon="triangle-alert", tone="no", lines=2)
