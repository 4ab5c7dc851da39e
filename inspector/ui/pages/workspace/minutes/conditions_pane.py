"""What keeps the minutes closed: what must be done, what is worth a look, what is complete, and the main button."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector.domain.inspection import Inspection
from inspector.domain.readiness import Condition, Group
from inspector.services.papers import Standing
from inspector.ui import tokens
from inspector.ui.actions import Act
from inspector.ui.language import Phrase, Words, tr
from inspector.ui.pages.workspace.minutes.places import act_words
from inspector.ui.pages.workspace.minutes.rows import Row, RowsView
from inspector.ui.painting import Mark
from inspector.ui.theme import look
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.button import ActionButton, Kind
from inspector.ui.widgets.card import Line
from inspector.ui.widgets.icon import Icon
from inspector.ui.widgets.text import Text

_HEADS = {
    Group.MUST: (tr("Phải xong trước khi lập biên bản chính thức"), "no"),
    Group.LOOK: (tr("Nên xem lại (sẽ in dòng chấm hoặc thiếu)"), "part"),
    Group.DONE: (tr("Đã đủ"), "ok"),
}
_LOW, _LOWEST = 440, 340
_PHOTOS = ("minutes-photos-missing", "minutes-photos-damaged")


class ConditionsPane(QWidget):
    """``entered`` tells the condition somebody wants to settle."""

    entered = Signal(object)

    def __init__(self, make: Act, explain: Act, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._make, self._explain = make, explain
        self._conditions: dict[str, Condition] = {}
        self._icon = Icon("lock", "no")
        self.head = Text("", size=Size.HEAD, weight=Weight.STRONG, wrap=True)
        self.line = Text("", size=Size.META, tone="text2", wrap=True)
        self.list = RowsView(tr("Điều kiện lập biên bản"))
        self.list.entered.connect(self._enter)
        self.explain = ActionButton(explain)
        self.make = ActionButton(make, kind=Kind.PRIMARY, height=tokens.MAIN_CONTROL)
        self.why = Text("", size=Size.META, tone="text2", wrap=True)
        self._lay_out()

    def show_standing(self, inspection: Inspection, standing: Standing) -> None:
        conditions = _in_order(standing.ready.conditions)
        self._conditions = {condition.code: condition for condition in conditions}
        said = {one.code: words for one, words in zip(standing.ready.conditions, standing.sentences, strict=True)}
        rows = list(_rows(inspection, conditions, said))
        self.list.show_rows(rows)
        must, looked = len(standing.ready.of(Group.MUST)), len(standing.ready.of(Group.LOOK))
        self._show_head(must, looked)
        self._explain.setVisible("minutes-items-unchecked" in self._conditions)
        self.explain.setVisible("minutes-items-unchecked" in self._conditions)
        if must:
            reason = tr("Mở khi {count} việc ở trên đã xong", count=must)
            self._make.close(reason)
            self.why.say(reason)
        else:
            self._make.open()
            self.why.say(tr("Biên bản để ký luôn được niêm phong trước; bản dự thảo thì không cần."))

    def open_count(self) -> int:
        return sum(condition.group is Group.MUST for condition in self._conditions.values())

    def step(self, step: int) -> bool:
        """Choose the next condition that is open, around the end; False when there is none."""
        keys = [key for key, condition in self._conditions.items() if condition.group is not Group.DONE]
        if not keys:
            return False
        here = self.list.key()
        place = keys.index(here) if here in keys else (-1 if step > 0 else 0)
        self.list.choose(keys[(place + step) % len(keys)])
        self.list.setFocus()
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where height is short, the list has it: what its head says stands under the button as well."""
        super().resizeEvent(event)
        self.line.setVisible(self.height() >= look().px(_LOW))
        self._top.setVisible(self.height() >= look().px(_LOWEST))

    def _enter(self, key: str) -> None:
        if key in self._conditions:
            self.entered.emit(self._conditions[key])

    def _show_head(self, must: int, looked: int) -> None:
        if must:
            self._icon.show_icon("lock", "no")
            self.head.say(tr("Chưa lập được biên bản chính thức"))
            self.line.say(
                tr("Còn {count} việc phải xong trước. Bản dự thảo xem và in được bất cứ lúc nào.", count=must)
            )
            return
        self._icon.show_icon("file-check", "ok")
        self.head.say(tr("Đủ điều kiện lập biên bản"))
        if looked:
            self.line.say(tr("Còn {count} chỗ nên xem lại; để nguyên vẫn lập được.", count=looked))
        else:
            self.line.say(tr("Không còn việc nào phải làm trước."))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(tokens.GAP)
        head.addWidget(self._icon)
        head.addWidget(self.head, 1)
        self._top = QWidget()
        top = QVBoxLayout(self._top)
        top.setContentsMargins(tokens.GROUP, 12, tokens.GROUP, 12)
        top.setSpacing(tokens.TIGHT)
        top.addLayout(head)
        top.addWidget(self.line)
        foot = QVBoxLayout()
        foot.setContentsMargins(tokens.GROUP, tokens.GAP, tokens.GROUP, 12)
        foot.setSpacing(tokens.GAP)
        foot.addWidget(self.explain)
        foot.addWidget(self.make)
        foot.addWidget(self.why)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self._top)
        rows.addWidget(Line())
        rows.addWidget(self.list, 1)
        rows.addWidget(Line())
        rows.addLayout(foot)


def _in_order(conditions: tuple[Condition, ...]) -> list[Condition]:
    """Photos that will not be printed come first in their group: they are the hardest to mend later."""
    order = list(Group)
    return sorted(conditions, key=lambda one: (order.index(one.group), one.code not in _PHOTOS))


def _rows(inspection: Inspection, conditions: list[Condition], said: dict[str, str]) -> Iterator[Row]:
    for group in Group:
        found = [condition for condition in conditions if condition.group is group]
        if not found:
            continue
        words, tone = _HEADS[group]
        yield Row(f"head-{group}", words, tone=tone, count=str(len(found)), is_head=True)
        for condition in found:
            yield _row(inspection, condition, said[condition.code])


def _row(inspection: Inspection, condition: Condition, sentence: str) -> Row:
    head, _, detail = sentence.partition(". ")
    sign: Mark | str = "triangle-alert"
    if condition.group is Group.MUST:
        sign = Mark.DISAGREED if condition.code == "minutes-disagreements" else Mark.NOT_MET
    elif condition.group is Group.DONE:
        sign = Mark.MET
    act: Words | Phrase = "" if condition.group is Group.DONE else act_words(inspection, condition)
    return Row(condition.code, head.rstrip("."), detail, act, sign, "part")
