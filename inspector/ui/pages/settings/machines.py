"""Who sits at this laptop, and the laptops this one knows of: what each may enter, and taking a lost one out."""

from __future__ import annotations

from inspector.domain.wording import moment_words
from inspector.services.desk import Change, Desk
from inspector.services.machines import Laptop, Revoked, adopt, laptops, revoke
from inspector.services.signed_in import Me, people_here, share_laptop, sign_in, signed_in
from inspector.ui.actions import Acts
from inspector.ui.language import Words, tr
from inspector.ui.pages.flow import Flow
from inspector.ui.pages.line_list import LineList, Row
from inspector.ui.pages.settings.panel import FieldGrid, Panel, kept_here
from inspector.ui.prompting import Question
from inspector.ui.session import Session
from inspector.ui.tokens import Weight
from inspector.ui.widgets.button import ActionButton, Button
from inspector.ui.widgets.field import TextField
from inspector.ui.widgets.text import Text

_PEOPLE, _MACHINES = 140, 260


class MachinesPanel(Panel):
    """Enter on a person makes them the one who writes from now on."""

    def __init__(self, session: Session, acts: Acts) -> None:
        line = tr(
            "Chữ ký chứng minh máy nào đã ghi; tên người ghi là điều người ngồi máy khai khi chọn tên mình ở đây."
        )
        super().__init__(session, acts, tr("Người và máy"), line)
        self._laptops: dict[str, Laptop] = {}
        self.people = LineList(tr("Người dùng máy này"))
        self.people.fit_rows(_PEOPLE)
        self.people.opened.connect(self.sit_down)
        self.name, self.agency = TextField(tr("Họ và tên")), TextField(tr("Cơ quan"))
        for field in (self.name, self.agency):
            kept_here(field)
        self.machines = LineList(tr("Các máy đã gặp"))
        self.machines.fit_rows(_MACHINES)
        self.sits = Button(tr("Người này ngồi máy"), lambda: self.sit_down(self.people.key()))
        self.adds = Button(tr("Thêm người dùng chung máy"), self.share)
        remove = acts.bind("machine-revoke", self.take_out, self)
        alone = acts.bind("machines-adopt", self.adopt, self)
        self.rows.addWidget(Text(tr("Người dùng máy này"), weight=Weight.STRONG))
        self.rows.addWidget(self.people)
        self.rows.addWidget(Flow(self.sits))
        self.rows.addWidget(FieldGrid(self.name, self.agency))
        self.rows.addWidget(Flow(self.adds))
        self.rows.addWidget(Text(tr("Các máy đã gặp"), weight=Weight.STRONG))
        self.rows.addWidget(self.machines)
        self.rows.addWidget(Flow(ActionButton(remove), ActionButton(alone)))
        self.rows.addStretch(1)
        self.setFocusProxy(self.people)

    def arrive(self) -> None:
        def read(desk: Desk) -> tuple[Me, list[Me], list[Laptop]]:
            return signed_in(desk), people_here(desk), laptops(desk)

        self.session.ask(read, self._take, self.fail, self)

    def heard(self, change: Change) -> None:
        if change.judged:
            self.arrive()

    # -------------------------------------------------------- what can be done

    def sit_down(self, person: str) -> None:
        """This person writes from now on."""
        if person:
            self.session.ask(lambda desk: sign_in(desk, person), self._sits, self.fail, self)

    def share(self) -> None:
        """A further person at this laptop, who then is the one writing."""
        for field in (self.name, self.agency):
            field.finish()
        name, agency = self.name.text(), self.agency.text()
        self.session.ask(lambda desk: share_laptop(desk, name, agency), self._shared, self.fail, self)

    def take_out(self) -> None:
        """Asks why; what the laptop wrote until now stays."""
        laptop = self._laptops.get(self.machines.key())
        if laptop is None:
            self.machines.setFocus()
            return
        question = Question(
            tr("Thu hồi máy của {name}?", name=laptop.name),
            tr(
                "Những gì máy ấy đã gửi về vẫn tính. Những gì đến sau vào mục chờ duyệt, không mất. "
                "Việc này không hoàn tác được; cho vào lại thì được."
            ),
            tr("Thu hồi"),
            True,
        )

        def why(reason: str) -> None:
            self.session.work(
                tr("Đang thu hồi máy"),
                lambda desk, _progress, _cancelled: revoke(desk, laptop.device, reason),
                self._taken_out,
                self.fail,
                self,
            )

        self.session.prompter.ask_reason(question, why)

    def adopt(self) -> None:
        """Inspections that others opened alone and opened to this laptop."""

        def done(titles: tuple[str, ...]) -> None:
            if titles:
                self.tell(tr("Đã nhận: {titles}", titles="; ".join(titles)))
            else:
                self.tell(tr("Không có cuộc kiểm tra nào mới cần nhận."))
            self.arrive()

        self.session.work(tr("Đang nhận"), lambda desk, _progress, _cancelled: adopt(desk), done, self.fail, self)

    # -------------------------------------------------------- showing

    def _sits(self, me: Me) -> None:
        self.tell(tr("Từ bây giờ {name} ngồi máy.", name=me.name))
        self.arrive()

    def _shared(self, me: Me) -> None:
        for field in (self.name, self.agency):
            field.turn_to("")
        self._sits(me)

    def _taken_out(self, done: Revoked) -> None:
        left = done.only_there
        since = moment_words(left.heard)
        told: Words = tr("Đã thu hồi máy của {name}.", name=done.laptop.name)
        if left.files:
            told = tr(
                "Đã thu hồi máy của {name}. Tệp chỉ có trên máy ấy: {files}.",
                name=done.laptop.name,
                files=", ".join(left.files),
            )
        elif since:
            told = tr(
                "Đã thu hồi máy của {name}. Những gì máy ấy ghi sau {since} mà chưa gửi thì chỉ có trên máy ấy.",
                name=done.laptop.name,
                since=since,
            )
        self.tell(told)
        self.arrive()

    def _take(self, found: tuple[Me, list[Me], list[Laptop]]) -> None:
        me, people, machines = found
        self._laptops = {laptop.device: laptop for laptop in machines if not laptop.own}
        self.people.show_rows([_person(one, sits=one.person == me.person) for one in people])
        self.machines.show_rows([_laptop(laptop) for laptop in machines])


def _person(one: Me, *, sits: bool) -> Row:
    chip: tuple[Words, str] | None = (tr("Đang ngồi máy"), "ok") if sits else None
    return Row(one.person, one.name, one.agency, icon="user", chip=chip)


def _laptop(laptop: Laptop) -> Row:
    entered = [seat.title for seat in laptop.seats if seat.rights]
    detail: Words = entered[0] if len(entered) == 1 else tr("vào được {count} nơi", count=len(entered))
    chip: tuple[Words, str] = (tr("Được vào"), "ok")
    if laptop.own:
        chip = tr("Máy này"), "na"
    elif laptop.is_revoked:
        chip = tr("Đã thu hồi"), "no"
    elif not entered:
        chip = tr("Chưa được vào"), "part"
    if laptop.copied:
        detail = tr(
            "{titles} · từng bị sao chép hoặc đưa về bản cũ; hai máy cùng dùng thì mời lại một máy", titles=detail
        )
        chip = (tr("Bị sao chép"), "part") if laptop.own or entered else chip
    heard = moment_words(laptop.heard)
    aside: Words = tr("gặp lúc {moment}", moment=heard) if heard else ""
    words = ", ".join(filter(None, (laptop.name or laptop.device[:8], laptop.agency)))
    return Row(laptop.device, words, detail if entered else "—", aside, "laptop", chip=chip)
