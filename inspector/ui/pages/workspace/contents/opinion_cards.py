"""Where people disagree about an item: all opinions side by side, to be read. The lead decides elsewhere."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector.domain.changeset import Json
from inspector.domain.checklist import Item
from inspector.domain.phrases import percent
from inspector.domain.text import clean
from inspector.domain.wording import number
from inspector.ui import tokens
from inspector.ui.language import Words, tr
from inspector.ui.pages.workspace.contents.answering import ANSWER
from inspector.ui.pages.workspace.disagreeing import Disagreements, OpinionCard
from inspector.ui.pages.workspace.open_inspection import OpenInspection

_FIELDS: dict[str, Words] = {
    "result": tr("Kết quả"),
    "remark": tr("Nhận xét"),
    "self_score": tr("Tự chấm"),
    "final_score": tr("Chính thức"),
    "figures_from": tr("Số liệu lấy từ"),
}


class OpinionCards(QWidget):
    """Hidden while everybody agrees."""

    def __init__(self, opened: OpenInspection, parent: QWidget) -> None:
        super().__init__(parent)
        self._opened = opened
        self._disagreements = Disagreements(opened, self)
        self._disagreements.changed.connect(self._fill)
        self._item: Item | None = None
        self._record = ""
        self._cards = {field: OpinionCard(words) for field, words in _FIELDS.items()}
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(tokens.GAP)
        for card in self._cards.values():
            rows.addWidget(card)
        self.hide()

    def show_record(self, item: Item, record: str) -> frozenset[str]:
        """Turn to an answer; returns the fields about which people disagree."""
        self._item, self._record = item, record
        self._fill()
        places = (conflict.split("/", 2) for conflict in self._opened.inspection.conflicts)
        return frozenset(field for entity, found, field in places if (entity, found) == (ANSWER, record))

    def _fill(self) -> None:
        item, there = self._item, False
        for field, card in self._cards.items():
            heads = self._disagreements.of(ANSWER, self._record, field) if item is not None else ()
            if item is not None and heads:
                told = [(head.author, _said(item, field, head.value)) for head in heads]
                card.show_opinions(told, heads[0].operation)
            card.setVisible(bool(heads))
            there = there or bool(heads)
        self.setVisible(there)


def _said(item: Item, field: str, value: Json) -> str:
    if field == "result":
        return _result(item, value if isinstance(value, dict) else {})
    if isinstance(value, dict):
        return ", ".join(str(part) for part in value.values() if part is not None)
    return clean(str(value)) if value is not None else ""


def _result(item: Item, value: dict[str, Json]) -> str:
    """The result in the checklist's own words, with points that were given by hand."""
    parts: list[str] = []
    if value.get("not_applicable"):
        parts.append(f"{tr('Không áp dụng')}: {value.get('reason') or ''}")
    chosen = next((choice.label for choice in item.type.choices if choice.value == value.get("value")), "")
    top, bottom, count = (value.get(name) for name in ("numerator", "denominator", "count"))
    if chosen:
        parts.append(chosen)
    if isinstance(top, int) and isinstance(bottom, int) and bottom:
        parts.append(f"{number(top)}/{number(bottom)} = {percent(top, bottom)}")
    if isinstance(count, int):
        parts.append(number(count))
    if value.get("appraised_score") is not None:
        parts.append(f"{tr('Thẩm định')} {str(value['appraised_score']).replace('.', ',')}")
    return ", ".join(parts)
