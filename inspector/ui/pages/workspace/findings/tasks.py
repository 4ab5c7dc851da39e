"""What has to be done about a finding: its recommendations, one under the other."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector.domain.inspection import Finding, Inspection
from inspector.services.desk import Receipt
from inspector.ui import tokens
from inspector.ui.language import tr
from inspector.ui.pages.workspace.arranging import arrange
from inspector.ui.pages.workspace.disagreeing import Disagreements
from inspector.ui.pages.workspace.findings.task_card import TaskCard
from inspector.ui.pages.workspace.open_inspection import OpenInspection
from inspector.ui.tokens import Weight
from inspector.ui.widgets.button import Button, Kind
from inspector.ui.widgets.text import Text


class Tasks(QWidget):
    """A card for each recommendation; cards are kept and turned to others, so that nothing typed is lost."""

    def __init__(self, opened: OpenInspection, disagreements: Disagreements) -> None:
        super().__init__()
        self._opened, self._disagreements = opened, disagreements
        self._finding: Finding | None = None
        self._cards: list[TaskCard] = []
        self._wanted = ""
        self._none = Text(tr("Chưa có kiến nghị."), tone="text2")
        self.add = Button(tr("Thêm kiến nghị"), self._add, kind=Kind.QUIET, icon="plus", height=tokens.SMALL_CONTROL)
        head = QHBoxLayout()
        head.setSpacing(tokens.GAP)
        head.addWidget(Text(tr("Kiến nghị khắc phục"), weight=Weight.STRONG), 1)
        head.addWidget(self.add)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, tokens.TIGHT, 0, 0)
        self._rows.setSpacing(tokens.GAP)
        self._rows.addLayout(head)
        self._rows.addWidget(self._none)

    def show_finding(self, finding: Finding) -> None:
        self._finding = finding
        tasks = finding.recommendations
        self._keep_cards(len(tasks))
        inspection = self._opened.inspection
        for number, (card, task) in enumerate(zip(self._cards, tasks, strict=False), 1):
            card.suggest(doers(inspection), receivers(inspection))
            card.show_task(task, number, len(tasks))
            card.show()
        for card in self._cards[len(tasks) :]:
            card.clear()
            card.hide()
        self._none.setVisible(not tasks)
        self.add.setVisible(not self._opened.is_read_only)
        wanted = self.card(self._wanted)
        if wanted is not None:
            self._wanted = ""
            wanted.content.setFocus()

    def card(self, task: str) -> TaskCard | None:
        return next((card for card in self._cards if task and card.task is not None and card.task.id == task), None)

    def clear(self) -> None:
        self._finding = None
        for card in self._cards:
            card.clear()

    def _keep_cards(self, count: int) -> None:
        while len(self._cards) < count:
            card = TaskCard(self._opened, self._disagreements)
            card.removed.connect(self._remove)
            card.moved.connect(self._move)
            self._cards.append(card)
            self._rows.addWidget(card)
            before = self._cards[-2].stops()[-1] if len(self._cards) > 1 else self.add
            for stop in card.stops():
                QWidget.setTabOrder(before, stop)
                before = stop

    def _add(self) -> None:
        if self._finding is not None:
            self._opened.perform(
                "add_recommendation",
                {"finding": self._finding.id},
                words=tr("Đã thêm kiến nghị"),
                then=self._added,
                owner=self,
            )

    def _added(self, receipt: Receipt) -> None:
        self._wanted = receipt.ref

    def _remove(self, task: str) -> None:
        self._opened.perform("remove_recommendation", {"recommendation": task}, words=tr("Đã xóa kiến nghị"))

    def _move(self, task: str, step: int) -> None:
        if self._finding is not None:
            among = [each.id for each in self._finding.recommendations]
            arrange(self._opened, "recommendation", task, step, among, among)


def doers(inspection: Inspection) -> list[str]:
    """Who may have to do something: the unit, its parts, and whoever was named before."""
    named = [task.responsible for finding in inspection.findings for task in finding.recommendations]
    parts = [person.department for person in inspection.unit_people]
    counted = [count.place for count in inspection.headcounts]
    return [text for text in (inspection.unit.body_name, inspection.unit.name, *parts, *counted, *named) if text]


def receivers(inspection: Inspection) -> list[str]:
    """Whom one may have to report to: the agencies of the team, and whoever was named before."""
    named = [task.report_to for finding in inspection.findings for task in finding.recommendations]
    return [text for text in (*(member.agency for member in inspection.team), *named) if text]
