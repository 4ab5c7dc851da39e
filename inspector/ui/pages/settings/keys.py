"""The ways into the data: which there are, one more, one less, a new recovery code typed back."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from inspector.domain.wording import moment_words
from inspector.services.desk import Desk
from inspector.services.door import Ways, new_recovery_code
from inspector.services.keys import WayIn, add_ways, known_by, remove_way, ways_in, write_code
from inspector.ui import tokens
from inspector.ui.actions import Acts
from inspector.ui.language import Words, tr
from inspector.ui.pages.first_start.paper import print_code
from inspector.ui.pages.first_start.steps import CodeStep
from inspector.ui.pages.flow import Flow
from inspector.ui.pages.line_list import LineList, Row
from inspector.ui.pages.settings.panel import Panel
from inspector.ui.prompting import FileQuestion, Question
from inspector.ui.session import Session
from inspector.ui.tokens import Weight
from inspector.ui.widgets.button import ActionButton, Button, Kind
from inspector.ui.widgets.secret_field import SecretField
from inspector.ui.widgets.text import Text

_LIST = 200
_TEXT = ((tr("Tệp văn bản"), ("*.txt",)),)
_KINDS: dict[str, tuple[Words, str]] = {
    "keychain": (tr("Kho khóa của máy"), "laptop"),
    "recovery": (tr("Mã khôi phục"), "key-round"),
    "passphrase": (tr("Mật khẩu"), "lock"),
    "key_file": (tr("Tệp khóa"), "file-check"),
    "demonstration": (tr("Dữ liệu mẫu: khóa nằm cạnh dữ liệu"), "eye"),
}
_STATES: dict[str, tuple[Words, str]] = {
    "opens": (tr("Mở được"), "ok"),
    "unchecked": (tr("Cần người gõ để thử"), "na"),
    "lost": (tr("Không còn mở được"), "no"),
}


class KeysPanel(Panel):
    """A way in is taken away only after a question, because that cannot be undone."""

    def __init__(self, session: Session, acts: Acts) -> None:
        line = tr("Cần ít nhất hai cách mở, để mất một cách vẫn còn cách kia.")
        super().__init__(session, acts, tr("Khóa và mã khôi phục"), line)
        self._ways: tuple[WayIn, ...] = ()
        self._ready: Callable[[], Ways | None] = lambda: None
        self.list = LineList(tr("Các cách mở dữ liệu"))
        self.list.fit_rows(_LIST)
        code = acts.bind("recovery-new", self.new_code, self)
        words = acts.bind("passphrase-add", self.new_passphrase, self)
        remove = acts.bind("settings-remove", self.remove, self.list)
        self.known = SecretField(tr("Mật khẩu hoặc mã khôi phục đang dùng"))
        self.again = SecretField(tr("Gõ lại mật khẩu mới"), button=False)
        self.passphrase = SecretField(tr("Mật khẩu mới"), again=self.again)
        self.code: CodeStep | None = None
        self.form = QStackedWidget()
        self.adds = Button(tr("Thêm cách mở này"), self.add, kind=Kind.PRIMARY)
        self.cancel = Button(tr("Thôi"), self.close_form)
        self.rows.addWidget(self.list)
        self.rows.addWidget(Flow(*(ActionButton(act) for act in (code, words, remove))))
        self.rows.addWidget(self.form)
        self.rows.addWidget(self.known)
        self.rows.addWidget(Flow(self.adds, self.cancel))
        self.rows.addStretch(1)
        self._pair = QWidget()
        pair = QVBoxLayout(self._pair)
        pair.setContentsMargins(0, 0, 0, 0)
        pair.setSpacing(tokens.GAP)
        pair.addWidget(
            Text(tr("Mật khẩu thêm một cách mở; các cách cũ vẫn dùng được."), weight=Weight.MEDIUM, wrap=True)
        )
        pair.addWidget(self.passphrase)
        pair.addWidget(self.again)
        self.form.addWidget(self._pair)
        self.setFocusProxy(self.list)
        self.close_form()

    def arrive(self) -> None:
        self.session.ask(lambda desk: tuple(ways_in(desk.workspace.places)), self._take, self.fail, self)

    # -------------------------------------------------------- what can be done

    def new_code(self) -> None:
        """Show a new code; it counts once two groups of it were typed back and it was added."""
        if self.code is not None:
            self.form.removeWidget(self.code)
            self.code.deleteLater()
        code = new_recovery_code()
        self.code = step = CodeStep(code, self._print, lambda: self._save(code))
        step.head.hide()
        self.form.addWidget(step)
        step.changed.connect(self._open_or_close)
        step.answered.connect(self.adds.setFocus)
        # Tab goes through what came last at the end; the form's own buttons stand under it.
        chain = (step.typed[-1].editor, self.known.editor, self.adds, self.cancel)
        for one, other in pairwise(chain):
            QWidget.setTabOrder(one, other)
        self._ready = lambda: Ways(recovery_code=code) if step.is_ready() else None
        self._open_form(step)
        step.begin()

    def new_passphrase(self) -> None:
        def ready() -> Ways | None:
            same = self.passphrase.text() == self.again.text()
            return Ways(passphrase=self.passphrase.text()) if same and self.passphrase.text().strip() else None

        self._ready = ready
        self._open_form(self._pair)
        self.passphrase.setFocus()

    def add(self) -> None:
        new = self._ready()
        if new is None:
            self.again.show_problem(tr("Hai lần gõ mật khẩu không giống nhau"))
            return
        typed = self.known.text() if self.known.isVisibleTo(self) else ""

        def work(desk: Desk, _progress: object, _cancelled: object) -> None:
            home = desk.workspace.places
            add_ways(home, known_by(home, typed) if typed else Ways(), new)

        self.session.work(tr("Đang thêm cách mở"), work, self._added, self.fail, self)

    def remove(self) -> None:
        way = next((each for each in self._ways if each.id == self.list.key()), None)
        if way is None:
            return
        question = Question(
            tr("Bỏ cách mở này?"),
            tr("Cách này không mở được dữ liệu nữa. Việc này không hoàn tác được."),
            tr("Bỏ"),
            True,
        )

        def confirmed() -> None:
            slot = way.id
            self.session.ask(
                lambda desk: remove_way(desk.workspace.places, slot), lambda _none: self.arrive(), self.fail, self
            )

        self.session.prompter.confirm(question, confirmed)

    def close_form(self) -> None:
        for part in (self.form, self.known, self.adds, self.cancel):
            part.hide()
        for field in (self.passphrase, self.again, self.known):
            field.turn_to("")
            field.show_typed(shown=False)
        self._ready = lambda: None

    # -------------------------------------------------------- inside

    def _open_form(self, view: QWidget) -> None:
        self.tell("")
        self.form.setCurrentWidget(view)
        for part in (self.form, self.adds, self.cancel):
            part.show()
        self.known.setVisible(not any(way.state == "opens" for way in self._ways))
        self._open_or_close()

    def _open_or_close(self) -> None:
        is_code = self.code is not None and self.form.currentWidget() is self.code
        self.adds.setEnabled(not is_code or self._ready() is not None)

    def _added(self, _none: None) -> None:
        self.close_form()
        self.tell(tr("Đã thêm cách mở. Cách cũ vẫn dùng được đến khi bỏ."))
        self.arrive()
        self.list.setFocus()

    def _print(self) -> None:
        code = self.code
        if code is None:
            return
        if not print_code(self, code.groups, "", lambda: code.tell(tr("Đã gửi tới máy in"))):
            code.tell(tr("Máy này chưa có máy in. Lưu vào USB hoặc chép tay."), "part")

    def _save(self, code: str) -> None:
        step = self.code

        def chosen(file: Path) -> None:
            def saved(_none: None) -> None:
                if step is not None:
                    step.tell(tr("Đã lưu {file}. Cất USB ở cơ quan.", file=file.name))

            self.session.ask(lambda _desk: write_code(file, code), saved, self.fail, self)

        question = FileQuestion(tr("Lưu mã khôi phục"), _TEXT, Path.home() / "ma-khoi-phuc.txt")
        self.session.prompter.choose_target(question, chosen)

    def _take(self, found: tuple[WayIn, ...]) -> None:
        self._ways = found
        self.list.show_rows([_row(way) for way in found])


def _row(way: WayIn) -> Row:
    words, icon = _KINDS.get(way.kind, (way.kind, "key-round"))
    return Row(way.id, words, tr("Tạo lúc {moment}", moment=moment_words(way.made)), icon=icon, chip=_STATES[way.state])
