"""A workspace that did not open: what happened in a sentence of its own, and the ways on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from inspector.domain.errors import InspectorError
from inspector.services.wording import sentence
from inspector.ui import tokens
from inspector.ui.language import Phrase, Words, tr
from inspector.ui.prompting import FileQuestion
from inspector.ui.theme import look
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.button import Button, Kind
from inspector.ui.widgets.card import Card
from inspector.ui.widgets.empty_state import EmptyState, Way
from inspector.ui.widgets.secret_field import SecretField
from inspector.ui.widgets.text import Text

if TYPE_CHECKING:
    from inspector.ui.shell.opening import Opening
    from inspector.ui.shell.window import MainWindow

_BY_PERSON = frozenset(
    {
        "keychain-missing",
        "keychain-failed",
        "keychain-entry-missing",
        "keychain-key-wrong",
        "no-keychain-slot",
        "recovery-code-wrong",
        "recovery-code-mistyped",
        "recovery-code-length",
        "recovery-code-marked",
        "passphrase-wrong",
        "key-file-wrong",
        "key-file-missing",
        "key-file-unreadable",
    }
)
"""Only a person can open now, with the recovery code or a passphrase."""
_WITHOUT_KEYCHAIN = frozenset({"keychain-missing", "no-keychain-slot", "passphrase-wrong"})
"""Where the system keeps no secrets, the way in is a passphrase; the recovery code opens as well."""
_OTHER_FOLDER = frozenset(
    {"network-drive", "synchronised-folder", "roaming-folder", "folder-not-usable", "lock-failed", "not-writable"}
)
_DAMAGED = frozenset({"workspace-damaged", "slots-damaged", "slots-missing", "backup-damaged", "backup-not-one"})
_NEWER = frozenset({"newer-program", "slots-newer", "backup-newer"})


class NotOpened(QWidget):
    """Head, sentence and ways on, by the code of the error."""

    def __init__(self, opening: Opening, window: MainWindow, error: Exception, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opening = opening
        self._window = window
        code = error.code if isinstance(error, InspectorError) else ""
        said: Words = sentence(error) if isinstance(error, InspectorError) else _FAULT
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        if code in _BY_PERSON:
            self.inner: QWidget = ByCode(opening, said, self._quit, passphrase=code in _WITHOUT_KEYCHAIN)
        else:
            plain = self._plainly(code)
            self.inner = EmptyState(_head(code), plain or said, self._ways(code), trouble="triangle-alert")
        rows.addWidget(self.inner)

    def showEvent(self, event: object) -> None:
        if isinstance(self.inner, EmptyState):
            self.inner.set_focus()

    def _plainly(self, code: str) -> Words:
        """Without files and commands, which this page has buttons for; nothing where the sentence of the error does."""
        home = self._opening.home
        if self._opening.backup is not None or home is None:
            return ""
        if code == "workspace-damaged":
            return tr(
                "Dữ liệu ở thư mục {folder} không đọc được nữa. Đừng xóa thư mục này: phục hồi từ bản sao lưu vào một "
                "thư mục khác. Không có bản sao lưu thì giao cả thư mục cho người hỗ trợ, họ cứu được các bản ghi còn "
                "đọc được.",
                folder=home.folder,
            )
        if code in ("slots-damaged", "slots-missing"):
            return tr(
                "Khóa của dữ liệu ở thư mục {folder} bị mất hoặc hỏng. Đừng xóa thư mục này: phục hồi từ bản sao lưu "
                "vào một thư mục khác.",
                folder=home.folder,
            )
        return ""

    def _ways(self, code: str) -> list[Way]:
        again = Way(tr("Thử lại"), tr("Mở lại dữ liệu này."), "refresh-cw", self._opening.again)
        leave = Way(tr("Thoát"), tr("Đóng chương trình. Dữ liệu vẫn nguyên như cũ."), "x", self._quit)
        other = Way(
            tr("Chọn thư mục khác"),
            tr("Mở hoặc thiết lập dữ liệu ở một thư mục trên ổ của máy."),
            "folder-open",
            self._other,
        )
        if code == "opened-twice":
            there = Way(
                tr("Chuyển tới cửa sổ đó"), tr("Đưa cửa sổ đang mở dữ liệu này lên trước."), "eye", self._forward
            )
            return [there, again, leave]
        if code in _OTHER_FOLDER:
            return [other, again, leave]
        if code in _DAMAGED:
            back = Way(
                tr("Phục hồi từ bản sao lưu"),
                tr("Chọn tệp sao lưu và một thư mục trống; dữ liệu hỏng được giữ nguyên."),
                "history",
                self._bring_back,
            )
            return [back, again, leave]
        if code in _NEWER:
            return [leave, other]
        return [again, other, leave]

    def _quit(self) -> None:
        self._window.close()

    def _forward(self) -> None:
        self._opening.forward.emit()

    def _other(self) -> None:
        question = FileQuestion(tr("Chọn thư mục dữ liệu"), start=Path.home())
        self._window.prompter.choose_folder(question, self._opening.open_folder)

    def _bring_back(self) -> None:
        choose_backup(self._window, self._into_folder)

    def _into_folder(self, file: Path) -> None:
        question = FileQuestion(tr("Chọn một thư mục trống để phục hồi vào"), start=Path.home())
        self._window.prompter.choose_folder(
            question, lambda folder: ask_code(self._opening, self._window, file, folder)
        )


def choose_backup(window: MainWindow, then: Callable[[Path], object]) -> None:
    """Ask for the file of a backup."""
    kinds = ((tr("Bản sao lưu"), ("*.cchc-sl",)), (tr("Mọi tệp"), ("*",)))
    question = FileQuestion(tr("Chọn bản sao lưu"), kinds, Path.home())
    window.prompter.choose_files(question, lambda files: then(files[0]))


def ask_code(opening: Opening, window: MainWindow, file: Path, folder: Path) -> None:
    """Ask for the recovery code of a backup; typed, it is laid out in the folder and opened."""
    opening.backup = (file, folder)
    said = tr("Bản sao lưu mở bằng mã khôi phục đã in lúc thiết lập.")
    window.show_stage(ByCode(opening, said, window.close), tr("Phục hồi từ bản sao lưu"))


class ByCode(QWidget):
    """The recovery code, or the passphrase, typed in the window."""

    def __init__(self, opening: Opening, said: Words, leave: Callable[[], object], *, passphrase: bool = False) -> None:
        super().__init__()
        self._opening = opening
        head = tr("Gõ mật khẩu hoặc mã khôi phục để mở dữ liệu") if passphrase else tr("Gõ mã khôi phục để mở dữ liệu")
        # The recovery code is long and stands on paper; a passphrase is for nobody else in the room.
        words = tr("Mật khẩu hoặc mã khôi phục") if passphrase else tr("Mã khôi phục")
        self.field = SecretField(words, shown=not passphrase)
        self.field.show_value(opening.typed_code)
        self.open = Button(tr("Mở dữ liệu"), self._open, kind=Kind.PRIMARY, height=tokens.MAIN_CONTROL)
        back = tr("Quay lại") if opening.backup is not None else tr("Thử lại")
        again = Button(back, opening.again, height=tokens.MAIN_CONTROL)
        away = Button(tr("Thoát"), leave, kind=Kind.QUIET, height=tokens.MAIN_CONTROL)
        card = Card()
        card.rows.setContentsMargins(tokens.EDGE, tokens.EDGE, tokens.EDGE, tokens.EDGE)
        card.rows.setSpacing(tokens.GROUP)
        card.rows.addWidget(Text(head, size=Size.TITLE, weight=Weight.STRONG, wrap=True))
        # After a wrong one it says what was wrong.
        card.rows.addWidget(Text(said, tone="no" if opening.typed_code else "text", wrap=True))
        card.rows.addWidget(self.field)
        hint = tr("Mã khôi phục: gõ đủ các nhóm bốn ký tự; chữ hoa hay thường, có hay không dấu cách đều được.")
        card.rows.addWidget(Text(hint, size=Size.META, tone="text2", wrap=True))
        buttons = QHBoxLayout()
        buttons.setSpacing(tokens.GROUP)
        buttons.addWidget(self.open)
        buttons.addWidget(again)
        buttons.addStretch(1)
        buttons.addWidget(away)
        card.rows.addLayout(buttons)
        card.setMaximumWidth(look().px(tokens.DIALOG))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(_in_the_middle(card))
        self.setFocusProxy(self.field)

    def showEvent(self, event: object) -> None:
        self.field.setFocus()

    def _open(self) -> None:
        self.field.finish()
        self._opening.open_by_code(self.field.text())


def _in_the_middle(card: QWidget) -> QScrollArea:
    """In the middle of a large window; what a small one has no room for is scrolled."""
    page = QWidget()
    page.setProperty("scrolled", "true")
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(card, 1000)
    row.addStretch(1)
    rows = QVBoxLayout(page)
    rows.setContentsMargins(tokens.EDGE, tokens.EDGE, tokens.EDGE, tokens.EDGE)
    rows.addStretch(1)
    rows.addLayout(row)
    rows.addStretch(1)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(page)
    return area


_FAULT: Phrase = tr("Chương trình gặp lỗi khi mở dữ liệu. Dữ liệu trên đĩa không bị thay đổi.")


def _head(code: str) -> Words:
    if code == "opened-twice":
        return tr("Dữ liệu này đang mở ở cửa sổ khác")
    if code in _NEWER:
        return tr("Cần bản chương trình mới hơn")
    if code in _DAMAGED:
        return tr("Dữ liệu bị hỏng")
    if code in _OTHER_FOLDER:
        return tr("Không dùng được thư mục này")
    return tr("Chưa mở được dữ liệu")
