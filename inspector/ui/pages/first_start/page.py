"""The first start: three steps that can be left and resumed, and one act at the end that makes the workspace."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from inspector.domain.errors import InspectorError
from inspector.domain.invitation import Invitation
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
_NARROW_RAIL, _BESIDE_RAIL = 264, 700
_LOW, _WITH_FOOT = 500, 400
"""Where the page is lower it is laid out closer; where it is lower still, the buttons scroll with the step."""
_FOLDER = "KiemTraCCHC"


class FirstStart(QWidget):
    """``home`` is where the workspace will be; somebody may have chosen another folder by the time of ``done``.

    ``demonstration`` and ``bring_back`` lead away from here: whoever asks for them keeps the ``answers`` and gives them
    to the page somebody comes back to (``resume``).
    ``acts`` are those of the window; without them the page has its own.
    """

    def __init__(
        self,
        home: Home,
        done: Callable[[], object],
        demonstration: Callable[[], object],
        bring_back: Callable[[], object],
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
        self.who = WhoStep(bring_back, self._choose_invitation, self._open_invitation, self._without_invitation)
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
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)

    # -------------------------------------------------------- building

    def _build(self, acts: Acts) -> None:
        self.setProperty("ground", "bg")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._steps: tuple[Step, ...] = (self.who, self.enrol, self.code)
        self._place = 0
        for step in self._steps:
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
        row.addLayout(self._work(), 1)

    def _work(self) -> QVBoxLayout:
        """The step, which scrolls where it is higher than the window, and under it the buttons, which stay."""
        self._column, self._feet = QWidget(), QWidget()
        column = QVBoxLayout(self._column)
        column.addWidget(self._where)
        column.addLayout(self._banner_room)
        for step in self._steps:
            column.addWidget(step)
        feet = QVBoxLayout(self._feet)
        feet.setContentsMargins(0, 0, 0, tokens.GROUP)
        feet.setSpacing(tokens.GAP + 4)
        feet.addWidget(Line())
        feet.addLayout(self._foot())
        feet.addWidget(self._why)
        inner = QWidget()
        inner.setProperty("scrolled", True)
        inner.setLayout(_in_the_middle(self._column))
        self._scrolled = _AsHighAsNeeded(inner)
        self._room = QVBoxLayout()
        self._room.setSpacing(0)
        self._room.addStretch(1)
        self._room.addWidget(self._scrolled)
        self._feet_room = QWidget()
        self._feet_room.setLayout(_in_the_middle(self._feet))
        self._room.addWidget(self._feet_room)
        self._room.addStretch(2)
        return self._room

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
        return self._place

    def answers(self) -> tuple[str, ...]:
        """What was typed about the person, for ``resume``."""
        finish_editing()
        return self.who.answers()

    def resume(self, answers: Sequence[str]) -> None:
        """Show again what was typed before somebody looked at something else."""
        self.who.resume(answers)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # What took the focus before it could be seen has lost it.
        self._steps[self._place].begin()

    def show_step(self, place: int) -> None:
        self._place = place
        for number, step in enumerate(self._steps):
            step.setVisible(number == place)
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
        # Where something may have to be said its line stays, so that the buttons do.
        self._why.setVisible(self._busy or self.step == len(self._steps) - 1)

    # -------------------------------------------------------- an invitation

    def _choose_invitation(self) -> None:
        from inspector.services.inviting import SUFFIX

        def chosen(files: list[Path]) -> None:
            if files:
                self._warn("")
                self.who.ask_code(files[0])

        kinds = ((tr("Giấy mời"), (f"*{SUFFIX}",)),)
        self._prompter.choose_files(FileQuestion(tr("Chọn giấy mời"), kinds, Path.home()), chosen)

    def _open_invitation(self, file: Path, code: str) -> None:
        from inspector.services.accepting import open_invitation

        def opened(invitation: Invitation) -> None:
            self.who.show_invitation(invitation)
            self.enrol.show_invitation(invitation.by.name)

        def failed(error: Exception) -> None:
            self.who.invited.refuse(_said(error))

        self.lane.do(lambda: open_invitation(file, code), opened, failed, owner=self)

    def _without_invitation(self) -> None:
        self.who.without_invitation()
        self.enrol.show_invitation("")

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
        invitation, guest = self.who.invited.invitation, self.who.guest()
        self._busy = True
        self._warn("")
        self._open_or_close()

        def work() -> None:
            from inspector.services.accepting import begin_invited

            if invitation is None:
                begin(home, newcomer, ways)
            else:
                begin_invited(home, invitation, guest, ways)

        self.lane.do(work, self._begun, self._fail, owner=self)

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

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        """What has the focus is seen, also where nobody came to it by Tab."""
        if new is not None and self._column.isAncestorOf(new):
            self._scrolled.see(new)

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
        self._rail.set_width(RAIL if self.width() - px(RAIL) - _ROOM >= px(_BESIDE_RAIL) else _NARROW_RAIL)
        for part in (self._column, self._feet):
            part.setMaximumWidth(px(_COLUMN))
        low = self.height() < px(_LOW)
        column = self._column.layout()
        if column is not None:
            column.setContentsMargins(0, tokens.GROUP if low else tokens.EDGE, 0, tokens.GAP if low else tokens.GROUP)
            column.setSpacing(tokens.GAP + 4 if low else tokens.GROUP)
        for step in self._steps:
            step.rows.setSpacing(tokens.GAP + 4 if low else tokens.GROUP)
        stays = self.height() >= px(_WITH_FOOT)
        if stays != (self._feet.parentWidget() is self._feet_room):
            room = (self._feet_room if stays else self._column).layout()
            if room is not None:
                room.addWidget(self._feet)
            self._feet_room.setVisible(stays)


def _in_the_middle(part: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(tokens.EDGE, 0, tokens.EDGE, 0)
    row.addStretch(1)
    row.addWidget(part, 100)
    row.addStretch(1)
    return row


class _AsHighAsNeeded(QScrollArea):
    """Takes the height of what is in it, and scrolls where there is less.

    Qt's own resizing would count on lines of text that are not there: those of words wrapped at another width.
    """

    def __init__(self, inner: QWidget) -> None:
        super().__init__()
        self._inner = inner
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setWidget(inner)

    def see(self, part: QWidget) -> None:
        """Scroll until all of a part is in view; Qt's own way is content with the caret in it."""
        middle = part.mapTo(self._inner, part.rect().center())
        self.ensureVisible(middle.x(), middle.y(), 0, part.height() // 2 + tokens.GAP)

    def sizeHint(self) -> QSize:
        return QSize(self._inner.sizeHint().width(), self._needed(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._inner.minimumSizeHint().width(), look().px(120))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        width = self.viewport().width()
        self._inner.resize(width, self._needed(width))
        self.updateGeometry()
        focus = self._inner.focusWidget()
        if focus is not None and focus.hasFocus():
            self.see(focus)  # what is above it may have become higher

    def _needed(self, width: int) -> int:
        inner = self._inner
        return inner.heightForWidth(width) if inner.hasHeightForWidth() else inner.sizeHint().height()


def _said(error: Exception) -> str:
    if not isinstance(error, InspectorError):
        raise error
    return sentence(error)
