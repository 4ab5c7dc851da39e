"""The three scores of an item, where the office adopted the points."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector.domain.checklist import Item
from inspector.domain.inspection import Answer
from inspector.domain.phrases import short_code
from inspector.domain.scoring import ItemScore
from inspector.ui import tokens
from inspector.ui.language import Words, tr
from inspector.ui.pages.workspace.contents.answering import Answering
from inspector.ui.pages.workspace.contents.board import points_text
from inspector.ui.pages.workspace.contents.locking import finish_all, lock
from inspector.ui.session import Session
from inspector.ui.theme import look
from inspector.ui.widgets.field import TextField
from inspector.ui.widgets.value_fields import NumberField
from inspector.ui.writing import Post, Spot, Writing

_WIDTH = 150


class Scores(QWidget):
    """Self, appraised, final. The appraised one follows from the answer until somebody writes another."""

    def __init__(self, session: Session, answering: Answering, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._answering = answering
        self._item: Item | None = None
        self.own = NumberField(tr("Tự chấm"), decimals=2)
        self.appraised = NumberField(tr("Thẩm định"), decimals=2)
        self.final = NumberField(tr("Chính thức"), decimals=2)
        self.reason = TextField(tr("Lý do điểm thẩm định"))
        self._own = Writing(session, self.own, self._post_own)
        self._appraised = Writing(session, self.appraised, self._post_appraised)
        self._reason = Writing(session, self.reason, self._post_reason)
        self._final = Writing(session, self.final, self._post_final)
        self._lay_out()

    def show_item(self, item: Item, answer: Answer, score: ItemScore, locked: Words, *, may_decide: bool) -> None:
        if self._item is None or item.key != self._item.key:
            self.clear()
        self._item = item
        at = self._answering
        self._own.show(at.spot(item, "self_score"), _text(answer.self_score), at.operations(item, "self_score"))
        of_result = at.operations(item, "result")
        self._appraised.show(at.part(item, "result", "appraised_score"), _text(score.appraised), of_result)
        self._reason.show(at.part(item, "result", "appraised_reason"), answer.appraised_reason or "", of_result)
        self._final.show(at.spot(item, "final_score"), _text(answer.final_score), at.operations(item, "final_score"))
        self.reason.setVisible(answer.appraised_score is not None and score.appraised != score.proposed)
        for field in (self.own, self.appraised, self.reason):
            lock(field, locked)
        lock(self.final, locked or ("" if may_decide else tr("Trưởng đoàn ghi điểm chính thức.")))

    def clear(self) -> None:
        finish_all(self.own, self.appraised, self.reason, self.final)
        self._item = None
        for writing in (self._own, self._appraised, self._reason, self._final):
            writing.clear()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(tokens.GROUP)
        for field in (self.own, self.appraised, self.final):
            field.setMaximumWidth(look().px(_WIDTH))
            row.addWidget(field, 1)
        row.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(tokens.TIGHT)
        rows.addLayout(row)
        rows.addWidget(self.reason)
        self.reason.hide()

    def _post_own(self, spot: Spot, value: object) -> Post:
        item = self._answering.item_of(spot)
        return self._answering.post_score(item, "self_score", value if isinstance(value, Decimal) else None)

    def _post_final(self, spot: Spot, value: object) -> Post:
        item = self._answering.item_of(spot)
        return self._answering.post_score(item, "final_score", value if isinstance(value, Decimal) else None)

    def _post_appraised(self, spot: Spot, value: object) -> Post:
        """Emptied, the score follows from the answer again."""
        item = self._answering.item_of(spot)
        given = str(value) if isinstance(value, Decimal) else None
        parts = {"appraised_score": given} if given else {"appraised_score": None, "appraised_reason": None}
        words = tr("Đã ghi điểm mục {item}", item=short_code(item.code))
        return self._answering.post_result(item, parts, words)

    def _post_reason(self, spot: Spot, value: object) -> Post:
        item = self._answering.item_of(spot)
        words = tr("Đã ghi lý do điểm mục {item}", item=short_code(item.code))
        return self._answering.post_result(item, {"appraised_reason": str(value or "") or None}, words)


def _text(value: Decimal | None) -> str:
    return "" if value is None else points_text(value)
