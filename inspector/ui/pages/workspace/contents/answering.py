"""Writing what was found for an item: which act, with which words for undo, over what its author saw.

A result is one value of the log: choice, figures, reason and appraised points go together. What was just written and
not read back counts as standing, so that two keys in a row never write over each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from PySide6.QtCore import QObject

from inspector.domain.changeset import Json
from inspector.domain.checklist import Item
from inspector.domain.ids import natural_id
from inspector.domain.inspection import Answer
from inspector.domain.phrases import short_code
from inspector.ui.language import Words, tr
from inspector.ui.pages.workspace.contents.board import choice_marks
from inspector.ui.pages.workspace.open_inspection import OpenInspection
from inspector.ui.painting import Mark
from inspector.ui.writing import PartSpot, Post, Spot

ANSWER = "answer"
_OF_RESULT = ("value", "numerator", "denominator", "count", "not_applicable", "reason")


class Answering(QObject):
    """The acts on one item of the open inspection."""

    def __init__(self, opened: OpenInspection, parent: QObject) -> None:
        super().__init__(parent)
        self._opened = opened
        self._items: dict[str, Item] = {}
        self._sent: dict[str, dict[str, Json]] = {}
        self._seen_sent: dict[str, list[str]] = {}
        opened.refreshed.connect(self._read_back)

    # -------------------------------------------------------- what stands

    def record(self, item: Item) -> str:
        """The record of the item's answer, whether somebody wrote it or not."""
        record = natural_id(self._opened.id, ANSWER, item.key)
        self._items[record] = item
        return record

    def item_of(self, spot: Spot) -> Item:
        """The item whose answer a field shows."""
        return self._items[spot.record]

    def answer(self, item: Item) -> Answer:
        return self._opened.inspection.answers.get(item.key) or Answer(self.record(item), item.key)

    def result(self, item: Item) -> dict[str, Json]:
        """The parts of the result, as its author knows them."""
        return dict(self._sent.get(item.key) or _stored(self.answer(item)))

    def is_answered(self, key: str) -> bool:
        """Something was just written for the item, and not read back yet."""
        return bool(self._sent.get(key))

    def evidence_seen(self, item: Item) -> list[str]:
        return list(self._seen_sent.get(item.key) or self.answer(item).evidence_seen)

    def operations(self, item: Item, field: str) -> tuple[str, ...]:
        return self._opened.sight.operations(ANSWER, self.record(item), field)

    def spot(self, item: Item, field: str) -> Spot:
        return Spot(self._opened.id, ANSWER, self.record(item), field)

    def part(self, item: Item, field: str, part: str) -> PartSpot:
        return PartSpot(self._opened.id, ANSWER, self.record(item), field, part)

    # -------------------------------------------------------- acts

    def choose(self, item: Item, mark: Mark) -> None:
        """One of the item's own values; points somebody gave by hand belonged to the former one."""
        value = choice_marks(item).get(mark)
        if value is None:
            return
        said = next(choice.label for choice in item.type.choices if choice.value == value)
        words = tr("Đã chọn {result} cho mục {item}", result=said, item=short_code(item.code))
        self._put(item, {"value": value}, words)

    def leave_out(self, item: Item, reason: str) -> None:
        """Not applicable, with its reason."""
        words = tr("Đã chọn Không áp dụng cho mục {item}", item=short_code(item.code))
        self._put(item, {"not_applicable": True, "reason": reason}, words)

    def take_back(self, item: Item) -> None:
        """Not checked again."""
        if self.result(item):
            self._put(item, {}, tr("Đã bỏ kết quả của mục {item}", item=short_code(item.code)))

    def see(self, item: Item, evidence: str, *, is_seen: bool) -> None:
        known = self.evidence_seen(item)
        listed = [text for text in known if text != evidence] + ([evidence] if is_seen else [])
        self._seen_sent[item.key] = listed
        code = short_code(item.code)
        if is_seen:
            words: Words = tr("Đã đánh dấu đã xem “{evidence}” ở mục {item}", evidence=evidence, item=code)
        else:
            words = tr("Đã bỏ dấu đã xem “{evidence}” ở mục {item}", evidence=evidence, item=code)
        self._opened.perform(
            "see_evidence",
            {"item": item.key, "evidence_seen": listed},
            at=(ANSWER, self.record(item), ("evidence_seen",)),
            words=words,
            failed=self._failed(item, self._seen_sent),
            owner=self,
        )

    # -------------------------------------------------------- posts of fields

    def post_result(self, item: Item, parts: Mapping[str, Json], words: Words) -> Post:
        """The result with these parts changed; the others stay."""
        result = {**self.result(item), **parts}
        filled: dict[str, Json] = {name: value for name, value in result.items() if value is not None}
        self._sent[item.key] = filled
        return Post("answer_item", {"item": item.key, "result": filled or None}, words)

    def post_bare(self, item: Item, result: dict[str, Json], words: Words) -> Post:
        """The result with these parts and no others."""
        self._sent[item.key] = result
        return Post("answer_item", {"item": item.key, "result": result or None}, words)

    def post_source(self, item: Item, source: str, at: datetime | None) -> Post:
        given: dict[str, Json] = {"source": source or None, "extracted_at": at.isoformat() if at else None}
        words = tr("Đã ghi nguồn số liệu của mục {item}", item=short_code(item.code))
        filled = {name: value for name, value in given.items() if value is not None}
        return Post("answer_item", {"item": item.key, "figures_from": filled or None}, words)

    def post_remark(self, item: Item, text: str) -> Post:
        words = tr("Đã ghi nhận xét mục {item}", item=short_code(item.code))
        return Post("remark_item", {"item": item.key, "remark": text}, words)

    def post_score(self, item: Item, field: str, value: Decimal | None) -> Post:
        """``self_score`` or ``final_score``."""
        words = tr("Đã ghi điểm mục {item}", item=short_code(item.code))
        act = "score_item" if field == "final_score" else "answer_item"
        return Post(act, {"item": item.key, field: None if value is None else str(value)}, words)

    # -------------------------------------------------------- inside

    def _put(self, item: Item, result: dict[str, Json], words: Words) -> None:
        self._sent[item.key] = result
        self._opened.perform(
            "answer_item",
            {"item": item.key, "result": result or None},
            at=(ANSWER, self.record(item), ("result",)),
            words=words,
            failed=self._failed(item, self._sent),
            owner=self,
        )

    def _failed(self, item: Item, sent: dict[str, dict[str, Json]] | dict[str, list[str]]) -> _Failed:
        return _Failed(self._opened, sent, item.key)

    def _read_back(self, _entities: frozenset[str]) -> None:
        """What was read is what stands, once nothing is under way any more."""
        if not self._opened.session.is_busy and self._opened.is_up_to_date:
            self._sent.clear()
            self._seen_sent.clear()


class _Failed:
    """Nothing was written: what is stored stands again, and a person hears why."""

    def __init__(self, opened: OpenInspection, sent: dict[str, dict[str, Json]] | dict[str, list[str]], key: str):
        self._opened, self._sent, self._key = opened, sent, key

    def __call__(self, reason: str) -> None:
        self._sent.pop(self._key, None)
        self._opened.session.trouble.emit(reason)
        self._opened.refreshed.emit(frozenset({ANSWER}))


def _stored(answer: Answer) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for name in _OF_RESULT:
        value = getattr(answer, name)
        if value is not None and value is not False:
            found[name] = value
    if answer.appraised_score is not None:
        found["appraised_score"] = str(answer.appraised_score)
    if answer.appraised_reason:
        found["appraised_reason"] = answer.appraised_reason
    return found
