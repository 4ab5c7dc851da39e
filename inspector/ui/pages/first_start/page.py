"""The first start: three steps that can be left and resumed, and one act at the end that makes the workspace."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from inspector.domain.errors import InspectorError
from inspector.services.door import Home, Ways, begin, check_place, home_of, keychain_is_there, new_recovery_code
from inspector.services.keys import write_code
from inspector.services.wording import sentence
from inspector.ui import tokens
from inspector.ui.actions import Acts
from inspector.ui.editing import finish_editing
from inspector.ui.lane import Lane
from inspector.ui.language import Words, tr
from inspector.ui.pages.first_start.paper import print_code
from inspector.ui.pages.first_start.parts import RAIL, StepRail
from inspector.ui.pages.first_start.steps import CodeStep, EnrolStep, Step, WhoStep
from inspector.ui.prompting import FileQuestion, Prompter, WindowPrompter
from inspector.ui.theme import look
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.button import ActionButton, Button, Kind
from inspector.ui.widgets.card import Line
from inspector.ui.widgets.news import Banner, Tone
from inspector.ui.widgets.text import Text

_COLUMN = 774
_ROOM = 48
_FOLDER = "KiemTraCCHC"


class FirstStart(QWidget):
    """``home`` is where the workspace will be; somebody may have chosen another folder by the time of ``done``.

    ``demonstration`` is asked for without anything being lost: the set-up stays as it is until somebody comes back.
    ``acts`` are those of the window; without them the page has its own.
    """

    def __init__(
        self,
        home: Home,
        done: Callable[[], object],
        demonstration: Callable[[], object],
        *,
        acts: Acts | None = None,
        prompter: Prompter | None = None,
    ) -> None:
        super().__init__()
        self.home = home
        self._done, self._demonstration = done, demonstration
        self._prompter = prompter or WindowPrompter(self)
        self._code = new_recovery_code()
        self._keychain = False
        self._busy = False
        self.who = WhoStep()
        self.enrol = EnrolStep(self._choose_folder)
        self.code = CodeStep(self._code, self._print, self._save)
        self.lane = Lane("first start")
        lane = self.lane
        self.destroyed.connect(lambda: lane.close())
        self._rail = StepRail(
            (
                (tr("Anh/chị là ai"), tr("Họ tên, cơ quan")),
                (tr("Làm việc cùng ai"), tr("Dùng riêng hoặc ghi danh")),
                (tr("Giữ mã khôi phục"), tr("Để không mất dữ liệu")),
            )
        )
        self._build(acts or Acts(self))
        self.show_step(0)
        self._look_around()

    # -------------------------------------------------------- building

    def _build(self, acts: Acts) -> None:
        self.setProperty("ground", "bg")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._steps: tuple[Step, ...] = (self.who, self.enrol, self.code)
        self.stack = QStackedWidget()
        for step in self._steps:
            self.stack.addWidget(step)
            step.changed.connect(self._open_or_close)
            step.answered.connect(self._to_button)
        self._where = Text(size=Size.META, weight=Weight.MEDIUM, tone="text2")
        self._banner_room = QVBoxLayout()
        self._banner: Banner | None = None
        self._back = acts.bind("back", self.go_back, self)
        self.back = ActionButton(self._back, kind=Kind.QUIET, height=tokens.MAIN_CONTROL)
        self.sample = Button(tr("Xem dữ liệu mẫu trước"), self._demonstration, height=tokens.MAIN_CONTROL)
        self.on = Button("", self.go_on, kind=Kind.PRIMARY, height=tokens.MAIN_CONTROL)
        self._why = Text(size=Size.META, tone="text2", wrap=True)
        self._why.setAlignment(Qt.AlignmentFlag.AlignRight)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._rail)
        self._scrolled = self._scroll()
        row.addWidget(self._scrolled, 1)

    def _scroll(self) -> QScrollArea:
        inner = QWidget()
        inner.setProperty("scrolled", True)
        self._column = QWidget()
        column = QVBoxLayout(self._column)
        column.setContentsMargins(0, tokens.EDGE, 0, tokens.EDGE)
        column.setSpacing(tokens.GROUP)
        column.addStretch(1)
        column.addWidget(self._where)
        column.addLayout(self._banner_room)
        column.addWidget(self.stack)
        column.addWidget(Line())
        column.addLayout(self._foot())
        column.addWidget(self._why)
        column.addStretch(2)
        room = QHBoxLayout(inner)
        room.setContentsMargins(tokens.EDGE, 0, tokens.EDGE, 0)
        room.addStretch(1)
        room.addWidget(self._column, 100)
        room.addStretch(1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        return scroll

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(tokens.GROUP - 4)
        foot.addWidget(self.back)
        foot.addStretch(1)
        foot.addWidget(self.sample)
        foot.addWidget(self.on)
        return foot

    # -------------------------------------------------------- going about

    @property
    def step(self) -> int:
        """The step that is shown, from 0."""
        return self.stack.currentIndex()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # What took the focus before it could be seen has lost it.
        self._steps[self.stack.currentIndex()].begin()

    def show_step(self, place: int) -> None:
        self.stack.setCurrentIndex(place)
        for number, step in enumerate(self._steps):
            # A hidden step would keep the height of the largest for all of them.
            kept = QSizePolicy.Policy.Preferred if number == place else QSizePolicy.Policy.Ignored
            step.setSizePolicy(QSizePolicy.Policy.Preferred, kept)
        self._scrolled.verticalScrollBar().setValue(0)
        self._rail.show_step(place)
        self._where.say(tr("Bước {number} trong {total}", number=place + 1, total=len(self._steps)))
        if place:
            self._back.open()
        else:
            self._back.close(tr("Đây là bước đầu tiên"))
        self.back.setVisible(place > 0)
        last = place == len(self._steps) - 1
        self.on.say(tr("Hoàn tất") if last else tr("Tiếp tục"))
        self.on.set_icon_name("check" if last else "")
        self.on.set_keys("Enter")
        self._open_or_close()
        self._fit()
        self._steps[place].begin()

    def go_on(self) -> None:
        finish_editing()
        if not self._steps[self.step].check() or self._busy:
            return
        if self.step + 1 < len(self._steps):
            self.show_step(self.step + 1)
        elif self.code.is_ready():
            self._begin()

    def go_back(self) -> None:
        if self.step and not self._busy:
            self.show_step(self.step - 1)

    def _to_button(self) -> None:
        finish_editing()
        if self.on.isEnabled():
            self.on.setFocus()
        else:
            self.sample.setFocus()

    def _open_or_close(self) -> None:
        ready = self._steps[self.step].is_ready() and not self._busy
        self.on.setEnabled(ready)
        closed = tr("Nút Hoàn tất mở khi hai nhóm gõ đúng. Chữ hoa, chữ thường như nhau.")
        self._why.say(tr("Đang tạo nơi cất dữ liệu…") if self._busy else "" if ready else closed)

    # -------------------------------------------------------- place, printing, saving

    def _look_around(self) -> None:
        """Whether data may lie there, and whether the system keeps keys; both ask the system."""
        home = self.home

        def looked() -> tuple[bool, str]:
            keychain = keychain_is_there()
            try:
                check_place(home)
            except InspectorError as error:
                return keychain, sentence(error)
            return keychain, ""

        def told(found: tuple[bool, str]) -> None:
            self._keychain, trouble = found
            self.enrol.ask_passphrase(wanted=not self._keychain)
            self.enrol.show_place(str(home.folder))
            self._warn(trouble, tr("Chọn thư mục khác") if trouble else "", self._choose_folder)

        self.lane.do(looked, told, owner=self)

    def _choose_folder(self) -> None:
        self._prompter.choose_folder(FileQuestion(tr("Chọn thư mục để dữ liệu")), self._take_folder)

    def _take_folder(self, folder: Path) -> None:
        def taken(home: Home) -> None:
            self.home = home
            self._look_around()

        self.lane.do(lambda: home_of(folder / _FOLDER), taken, self._fail, owner=self)

    def _print(self) -> None:
        whose = self.who.newcomer().name
        sent = print_code(self, self.code.groups, whose, lambda: self.code.tell(tr("Đã gửi tới máy in")))
        if not sent:
            self.code.tell(tr("Máy này chưa có máy in. Lưu vào USB hoặc chép tay."), "part")

    def _save(self) -> None:
        kinds = ((tr("Tệp văn bản"), ("*.txt",)),)
        start = Path.home() / "ma-khoi-phuc.txt"
        self._prompter.choose_target(FileQuestion(tr("Lưu mã khôi phục"), kinds, start), self._write)

    def _write(self, file: Path) -> None:
        def failed(error: Exception) -> None:
            self.code.tell(_said(error), "no")

        def saved(_none: None) -> None:
            self.code.tell(tr("Đã lưu {file}. Cất USB ở cơ quan.", file=file.name))

        self.lane.do(lambda: write_code(file, self._code), saved, failed, owner=self)

    # -------------------------------------------------------- the end

    @property
    def passphrase(self) -> str:
        """What opens the workspace that was just made where the system keeps no key; empty where it does."""
        return "" if self._keychain else self.enrol.passphrase.text()

    def _begin(self) -> None:
        passphrase = self.passphrase or None
        ways = Ways(keychain=passphrase is None, recovery_code=self._code, passphrase=passphrase)
        home, newcomer = self.home, self.who.newcomer()
        self._busy = True
        self._warn("")
        self._open_or_close()
        self.lane.do(lambda: begin(home, newcomer, ways), self._begun, self._fail, owner=self)

    def _begun(self, _none: None) -> None:
        self._busy = False
        self._done()

    def _fail(self, error: Exception) -> None:
        self._busy = False
        words = _said(error)
        code = error.code if isinstance(error, InspectorError) else ""
        if code.startswith(("keychain", "passphrase")):
            # The keychain turned out to be closed, or the words are too short: both are settled one step before.
            self._keychain = False
            self.enrol.ask_passphrase(wanted=True)
            self.show_step(1)
        self._warn(words, tr("Chọn thư mục khác"), self._choose_folder)
        self._open_or_close()

    def _warn(self, words: Words, act: Words = "", run: Callable[[], object] | None = None) -> None:
        if self._banner is not None:
            self._banner.hide()
            self._banner.deleteLater()
            self._banner = None
        if words:
            self._banner = Banner(Tone.ERROR, words, act=act, run=run)
            self._banner_room.addWidget(self._banner)

    # -------------------------------------------------------- room

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_column"):
            self._fit()

    def _fit(self) -> None:
        """The rail gives way where the column would get too narrow; the step is then named above its head."""
        px = look().px
        wide = self.width() - px(RAIL) - _ROOM >= px(520)
        self._rail.setVisible(wide)
        self._where.setVisible(not wide)
        self._column.setMaximumWidth(px(_COLUMN))


def _said(error: Exception) -> str:
    if not isinstance(error, InspectorError):
        raise error
    return sentence(error)
