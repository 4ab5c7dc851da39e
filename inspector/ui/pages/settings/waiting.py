"""What waits for a decision: who wrote what, why it does not count, since when; taken or hidden with a reason."""

from __future__ import annotations

from inspector.domain.wording import moment_words
from inspector.services.desk import Change
from inspector.services.quarantine import Quarantined, quarantined, settle
from inspector.ui.actions import Acts
from inspector.ui.language import Words, tr
from inspector.ui.pages.flow import Flow
from inspector.ui.pages.line_list import LineList, Row
from inspector.ui.pages.settings.panel import Panel
from inspector.ui.prompting import Question
from inspector.ui.session import Session
from inspector.ui.widgets.button import ActionButton
from inspector.ui.widgets.text import Text

_LIST = 360


class WaitingPanel(Panel):
    """Nothing is thrown away: what is not taken stays, and may be taken later."""

    def __init__(self, session: Session, acts: Acts) -> None:
        line = tr("Những bản ghi được giữ lại nhưng chưa tính. Nhận hay không đều cần lý do, và đều có thể đổi lại.")
        super().__init__(session, acts, tr("Chờ duyệt"), line)
        self._found: dict[str, Quarantined] = {}
        self.list = LineList(tr("Bản ghi chờ duyệt"))
        self.list.fit_rows(_LIST)
        self.empty = Text(tr("Không có bản ghi nào chờ duyệt."), tone="text2", wrap=True)
        self.take = acts.bind("records-take", lambda: self.settle(take=True), self)
        self.hides = acts.bind("records-hide", lambda: self.settle(take=False), self)
        self.rows.addWidget(self.list)
        self.rows.addWidget(self.empty)
        self.rows.addWidget(Flow(ActionButton(self.take), ActionButton(self.hides)))
        self.rows.addStretch(1)
        self.setFocusProxy(self.list)
        self.list.chosen.connect(lambda _key: self._turn())
        self._take([])

    def arrive(self) -> None:
        self.session.ask(quarantined, self._take, self.fail, self)

    def heard(self, change: Change) -> None:
        if change.judged:
            self.arrive()

    def settle(self, *, take: bool) -> None:
        """Asks why, then decides about the chosen record."""
        record = self._found.get(self.list.key())
        if record is None:
            self.list.setFocus()
            return
        if not record.can_settle:
            self.tell(record.why, bad=True)
            return
        head: Words = tr("Nhận bản ghi này?") if take else tr("Không nhận bản ghi này?")
        line: Words = (
            tr("Bản ghi được tính từ bây giờ, ở mọi máy.")
            if take
            else tr("Bản ghi không được tính. Nó vẫn được giữ, sau này vẫn nhận được.")
        )
        question = Question(head, line, tr("Nhận") if take else tr("Không nhận"))

        def why(reason: str) -> None:
            def done(_count: int) -> None:
                self.tell(tr("Đã nhận bản ghi.") if take else tr("Đã quyết định không nhận."))
                self.arrive()

            self.session.work(
                tr("Đang ghi quyết định"),
                lambda desk, _progress, _cancelled: settle(desk, [record.id], take=take, reason=reason),
                done,
                self.fail,
                self,
            )

        self.session.prompter.ask_reason(question, why)

    def _take(self, found: list[Quarantined]) -> None:
        self._found = {each.id: each for each in found}
        self.list.show_rows([_row(each) for each in found])
        self.list.setVisible(bool(found))
        self.empty.setVisible(not found)
        self._turn()

    def _turn(self) -> None:
        """What cannot be decided about the chosen record is closed with its reason."""
        record = self._found.get(self.list.key())
        nothing: Words = "" if self._found else tr("Không có bản ghi nào chờ duyệt")
        why = nothing or ("" if record is None or record.can_settle else record.why)
        is_hidden = record is not None and record.reason == "hidden"
        self.take.turn(why)
        self.hides.turn(why or (tr("Bản ghi này đã không nhận") if is_hidden else ""))


def _row(record: Quarantined) -> Row:
    chip: tuple[Words, str] = (tr("Chờ duyệt"), "part")
    if record.reason == "hidden":
        chip = tr("Không nhận"), "na"
    elif not record.can_settle:
        chip = tr("Không nhận được"), "no"
    words = f"{record.who}: {record.what}"
    return Row(record.id, words, f"{record.why} {record.title}", moment_words(record.since), "clock", chip=chip)
