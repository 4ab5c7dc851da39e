"""Invitations: writing one for a person, accepting one, and what became of those that were written."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector.domain.invitation import Guest, Invitation
from inspector.domain.wording import moment_words
from inspector.services.accepting import Accepted, accept_invitation, accepted, open_invitation
from inspector.services.acts.machines import RIGHTS_OF_ROLE
from inspector.services.desk import Change, Desk
from inspector.services.invitations import Letter, letters, revoke_invitation
from inspector.services.inviting import SUFFIX, Wanted, Written, may_invite_to, write_invitation
from inspector.ui import tokens
from inspector.ui.actions import Acts
from inspector.ui.language import Words, tr
from inspector.ui.pages.flow import Flow
from inspector.ui.pages.line_list import LineList, Row
from inspector.ui.pages.settings.panel import FieldGrid, Panel, kept_here
from inspector.ui.prompting import FileQuestion, Question
from inspector.ui.session import Session
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.button import ActionButton, Button, Kind
from inspector.ui.widgets.field import TextField
from inspector.ui.widgets.pick_field import Choice, PickField
from inspector.ui.widgets.text import Text

_LIST = 220
_KINDS = ((tr("Giấy mời"), (f"*{SUFFIX}",)),)
_ROLES = {
    "member": tr("Thành viên"),
    "secretary": tr("Thư ký"),
    "deputy": tr("Phó trưởng đoàn"),
    "lead": tr("Trưởng đoàn"),
    "spare": tr("Máy dự phòng, chưa biết ai dùng"),
}


class InvitationsPanel(Panel):
    """The code of an invitation is shown once, after its file was written."""

    def __init__(self, session: Session, acts: Acts) -> None:
        line = tr(
            "Một tệp và một mã mở cho một máy, không cần mạng. Đưa tệp một đường, báo mã một đường khác. "
            "Ai chưa có trong đoàn thì được thêm vào đoàn."
        )
        super().__init__(session, acts, tr("Giấy mời"), line)
        self._letters: dict[str, Letter] = {}
        self._file: Path | None = None
        self._invitation: Invitation | None = None
        self.list = LineList(tr("Các giấy mời"))
        self.list.fit_rows(_LIST)
        self.empty = Text(tr("Chưa ghi, chưa nhận giấy mời nào."), tone="text2", wrap=True)
        self.into = ActionButton(acts.bind("invitation-accept", self.choose_file, self))
        self.takes_back = back = acts.bind("invitation-revoke", self.revoke, self)
        self.list.chosen.connect(lambda _key: self._turn())
        self.inspection = PickField(tr("Cuộc kiểm tra"), [])
        self.role = PickField(tr("Vai trò"), [Choice(role, words) for role, words in _ROLES.items()])
        self.name, self.agency = TextField(tr("Họ và tên người được mời")), TextField(tr("Cơ quan"))
        for field in (self.inspection, self.role, self.name, self.agency):
            kept_here(field)
        self.role.committed.connect(lambda _entry: self._ask_for_name())
        self.writes = out = acts.bind("invitation-write", self.write, self)
        self.code = Text("", size=Size.TITLE, weight=Weight.STRONG, wrap=True)
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.code.hide()
        self.rows.addWidget(self.code)
        self.rows.addWidget(self.list)
        self.rows.addWidget(self.empty)
        self.rows.addWidget(Flow(self.into, ActionButton(back)))
        self.rows.addWidget(self._accepting())
        self.rows.addWidget(Text(tr("Ghi giấy mời mới"), weight=Weight.STRONG))
        self.rows.addWidget(FieldGrid(self.inspection, self.role, self.name, self.agency))
        self.rows.addWidget(Flow(ActionButton(out, kind=Kind.PRIMARY)))
        self.rows.addStretch(1)
        self._take(([], [], []))
        self.role.show_value("member")

    def arrive(self) -> None:
        def read(desk: Desk) -> tuple[list[Letter], list[Accepted], list[tuple[str, str]]]:
            return letters(desk), accepted(desk), may_invite_to(desk)

        self.session.ask(read, self._take, self.fail, self)

    def heard(self, change: Change) -> None:
        if change.judged or "inspection" in change.entities:
            self.arrive()

    # -------------------------------------------------------- writing

    def write(self) -> None:
        """Asks where to, writes the file and shows the code."""
        for field in (self.name, self.agency):
            field.finish()
        inspection, role = self.inspection.key(), self.role.key() or "member"
        if not inspection:
            self.inspection.setFocus()
            return
        spare = role == "spare"
        wanted = Wanted(
            self.name.text(),
            self.agency.text(),
            (inspection,),
            RIGHTS_OF_ROLE["member" if spare else role],
            "member" if spare else role,
            spare=spare,
        )
        name = "du-phong" if spare else "giay-moi"
        question = FileQuestion(tr("Ghi giấy mời"), _KINDS, Path.home() / f"{name}{SUFFIX}")

        def chosen(file: Path) -> None:
            self.session.work(
                tr("Đang ghi giấy mời"),
                lambda desk, _progress, _cancelled: write_invitation(desk, file, wanted),
                self._written,
                self.fail,
                self,
            )

        self.session.prompter.choose_target(question, chosen)

    def _written(self, done: Written) -> None:
        self.tell(
            tr(
                "Đã ghi {file}. Hãy chép mã mở dưới đây và báo bằng đường khác với tệp; mã không được lưu ở đâu cả.",
                file=done.file.name,
            )
        )
        self.code.say(tr("Mã mở: {code}", code=done.code))
        self.code.show()
        for field in (self.name, self.agency):
            field.turn_to("")
        self.arrive()

    # -------------------------------------------------------- accepting

    def choose_file(self) -> None:
        """Asks for the file; the code is typed beside it."""

        def chosen(files: list[Path]) -> None:
            if files:
                self._file, self._invitation = files[0], None
                self.file_words.say(tr("Tệp: {file}", file=files[0].name))
                self._show_accepting()
                self.typed.setFocus()

        self.session.prompter.choose_files(FileQuestion(tr("Chọn giấy mời"), _KINDS, Path.home()), chosen)

    def open(self) -> None:
        """Reads the invitation with the code that was typed, to be looked at before it is accepted."""
        self.typed.finish()
        file, code = self._file, self.typed.text()
        if file is not None:
            self.session.work(
                tr("Đang mở giấy mời"),
                lambda _desk, _progress, _cancelled: open_invitation(file, code),
                self._opened,
                self.fail,
                self,
            )

    def accept(self) -> None:
        """This laptop becomes the one that was invited."""
        invitation = self._invitation
        if invitation is None:
            return
        named = next((guest for guest in invitation.team if guest.id == self.who.key()), None)
        guest: Guest | None = named if invitation.spare else None

        def done(made: Accepted) -> None:
            self._file = self._invitation = None
            self.typed.turn_to("")
            self._show_accepting()
            self.tell(
                tr(
                    "Đã nhận giấy mời của {by}. Máy này là máy của {name}; những gì đã ghi trước đó giữ nguyên.",
                    by=made.by,
                    name=made.name,
                )
            )
            self.arrive()
            self.list.setFocus()

        self.session.work(
            tr("Đang nhận giấy mời"),
            lambda desk, _progress, _cancelled: accept_invitation(desk, invitation, guest),
            done,
            self.fail,
            self,
        )

    def _accepting(self) -> QWidget:
        self.accepting = QWidget()
        rows = QVBoxLayout(self.accepting)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(tokens.GAP)
        self.file_words = Text("", wrap=True)
        self.typed = TextField(tr("Mã mở giấy mời"))
        self.typed.set_help(tr("Bốn nhóm, mỗi nhóm bốn ký tự"))
        kept_here(self.typed)
        self.said = Text("", wrap=True)
        self.who = PickField(tr("Máy này là của"), [])
        kept_here(self.who)
        self.opens = Button(tr("Mở giấy mời"), self.open)
        self.accepts = Button(tr("Nhận giấy mời này"), self.accept, kind=Kind.PRIMARY)
        for part in (self.file_words, self.typed, Flow(self.opens), self.said, self.who, Flow(self.accepts)):
            rows.addWidget(part)
        self._show_accepting()
        return self.accepting

    def _opened(self, invitation: Invitation) -> None:
        self._invitation = invitation
        self.tell("")
        titles = "; ".join(door.title for door in invitation.doors if door.kind == "inspection")
        name = tr("một máy dự phòng") if invitation.spare else invitation.guest.name
        self.said.say(tr("{by} mời {name} vào: {titles}", by=invitation.by.name, name=name, titles=titles))
        self.who.offer([Choice(guest.id, guest.name) for guest in invitation.team])
        self._show_accepting()
        (self.who if invitation.spare else self.accepts).setFocus()

    def _show_accepting(self) -> None:
        invitation = self._invitation
        self.accepting.setVisible(self._file is not None)
        for part in (self.said, self.accepts):
            part.setVisible(invitation is not None)
        self.who.setVisible(invitation is not None and invitation.spare)

    # -------------------------------------------------------- taking back, showing

    def revoke(self) -> None:
        """Asks why; nobody comes in with it any more."""
        letter = self._letters.get(self.list.key())
        if letter is None:
            self.list.setFocus()
            return
        question = Question(
            tr("Thu hồi giấy mời này?"),
            tr("Không máy nào vào được bằng giấy này nữa. Những gì các máy ấy đã gửi về vẫn tính."),
            tr("Thu hồi"),
            True,
        )

        def why(reason: str) -> None:
            def done(_titles: tuple[str, ...]) -> None:
                self.tell(tr("Đã thu hồi giấy mời."))
                self.arrive()

            self.session.work(
                tr("Đang thu hồi giấy mời"),
                lambda desk, _progress, _cancelled: revoke_invitation(desk, letter.root, reason),
                done,
                self.fail,
                self,
            )

        self.session.prompter.ask_reason(question, why)

    def _ask_for_name(self) -> None:
        for field in (self.name, self.agency):
            field.setEnabled(self.role.key() != "spare")

    def _take(self, found: tuple[list[Letter], list[Accepted], list[tuple[str, str]]]) -> None:
        written, taken, inspections = found
        self._letters = {letter.root: letter for letter in written}
        rows = [_accepted(each) for each in taken] + [_letter(letter) for letter in written]
        self.list.show_rows(rows)
        self.list.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.setFocusProxy(self.list if rows else self.into)
        self.inspection.offer([Choice(space, title) for space, title in inspections])
        if len(inspections) == 1:
            self.inspection.show_value(inspections[0][0])
        nobody: Words = "" if inspections else tr("Chưa có cuộc kiểm tra nào để mời vào")
        self.writes.turn(nobody)
        self._turn()

    def _turn(self) -> None:
        """Only an invitation that was written here and still holds can be taken back."""
        letter = self._letters.get(self.list.key())
        if not self._letters:
            self.takes_back.turn(tr("Chưa ghi giấy mời nào"))
        elif letter is None:
            self.takes_back.turn(tr("Chọn một giấy mời đã ghi ở máy này"))
        else:
            self.takes_back.turn(tr("Giấy mời này đã thu hồi") if letter.revoked else "")


def _accepted(each: Accepted) -> Row:
    words = tr("{by} mời {name}", by=each.by, name=each.name)
    return Row(each.id, words, "; ".join(each.titles), moment_words(each.at), "download", chip=(tr("Đã nhận"), "ok"))


def _letter(letter: Letter) -> Row:
    words: Words = tr("Máy dự phòng") if letter.spare else letter.name
    chip: tuple[Words, str] = (tr("Chưa dùng"), "na")
    if letter.used_twice:
        chip = tr("Dùng ở {count} máy", count=len(letter.users)), "no"
    elif letter.revoked:
        chip = tr("Đã thu hồi"), "na"
    elif letter.users:
        chip = tr("Đã dùng"), "ok"
    return Row(letter.root, words, "; ".join(letter.titles), moment_words(letter.at), "file-text", chip=chip)
