"""What the office says about a checklist: that its points count, and which legal texts may be printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector.services.checklist_shelf import Law, Version
from inspector.ui import tokens
from inspector.ui.language import tr
from inspector.ui.pages.line_list import LineList, Row
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.button import Button, Kind
from inspector.ui.widgets.field import Entry, TextField
from inspector.ui.widgets.text import CutText, Text
from inspector.ui.widgets.value_fields import DateField


class Confirming(QWidget):
    """The legal texts of a version; Space or Enter says that one was checked, or takes that back."""

    def __init__(self, turn: Callable[[Law], object], leave: Button) -> None:
        super().__init__()
        self._turn = turn
        self._law: dict[str, Law] = {}
        self.title = CutText(size=Size.HEAD, weight=Weight.STRONG)
        self.list = LineList(tr("Căn cứ pháp lý"))
        line = tr("Căn cứ chưa xác nhận không in vào biên bản. Đối chiếu văn bản rồi bấm Space để xác nhận.")
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(leave)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(tokens.EDGE, tokens.GROUP, tokens.EDGE, tokens.GROUP)
        rows.setSpacing(tokens.GAP)
        rows.addWidget(self.title)
        rows.addWidget(Text(line, tone="text2", wrap=True))
        rows.addWidget(self.list, 1)
        rows.addLayout(foot)
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusProxy(self.list)
        self.list.space.connect(self._press)
        self.list.opened.connect(self._press)

    def show_law(self, version: Version, law: Sequence[Law]) -> None:
        self._law = {each.code: each for each in law}
        self.title.say(version.checklist.title)
        self.list.show_rows([_row(each) for each in law])

    def _press(self, code: str) -> None:
        if (found := self._law.get(code)) is not None:
            self._turn(found)


def _row(law: Law) -> Row:
    items = tr("Dùng ở mục {items}", items=", ".join(law.items)) if law.items else tr("Chưa mục nào dùng")
    chip = (tr("Đã xác nhận"), "ok") if law.confirmed else (tr("Chưa xác nhận"), "part")
    icon, tone = ("check", "ok") if law.confirmed else ("scale", "part")
    return Row(law.code, law.title, items, icon=icon, tone=tone, chip=chip, lines=2)


class Points(QWidget):
    """The document by which the office adopts the points of a version."""

    def __init__(self, adopt: Callable[[bool, str, date | None], object], leave: Button) -> None:
        super().__init__()
        self._adopt = adopt
        self._day: date | None = None
        self.title = CutText(size=Size.HEAD, weight=Weight.STRONG)
        self.line = Text(tone="text2", wrap=True)
        self.document = TextField(tr("Văn bản áp dụng điểm"))
        self.document.set_help(tr("Ví dụ: Quyết định số 12/QĐ-SNV"))
        self.day = DateField(tr("Ngày văn bản"), date.today)
        self.day.committed.connect(self._take_day)
        for field in (self.document, self.day):
            field.state.hide()
        self.on = Button(tr("Áp dụng điểm"), self._press, kind=Kind.PRIMARY)
        self.off = Button(tr("Thôi chấm điểm"), lambda: self._adopt(False, "", None))
        foot = QHBoxLayout()
        foot.setSpacing(tokens.GAP)
        for button in (self.on, self.off):
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(leave)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(tokens.EDGE, tokens.GROUP, tokens.EDGE, tokens.GROUP)
        rows.setSpacing(tokens.GROUP)
        for widget in (self.title, self.line, self.document, self.day):
            rows.addWidget(widget)
        rows.addLayout(foot)
        rows.addStretch(1)
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusProxy(self.document)

    def show_version(self, version: Version) -> None:
        self.title.say(version.checklist.title)
        none = tr("Điểm đang là đề xuất, chưa hiện trong cuộc kiểm tra. Văn phòng áp dụng thì điểm mới có hiệu lực.")
        known = tr("Đang áp dụng điểm theo {decision}.", decision=version.decision or "…")
        self.line.say(known if version.scored else none)
        self.off.setVisible(version.scored)
        self.document.turn_to(version.decision)
        self.document.clear_problem()

    def _take_day(self, entry: Entry) -> None:
        self._day = entry.value if isinstance(entry.value, date) else None
        self.day.mark_saved()
        self.day.state.show_quiet()

    def _press(self) -> None:
        text = " ".join(self.document.text().split())
        if not text:
            self.document.show_problem(tr("Ghi số văn bản trước"))
            self.document.setFocus()
        elif not self.day.is_dirty():
            self._adopt(True, text, self._day)
