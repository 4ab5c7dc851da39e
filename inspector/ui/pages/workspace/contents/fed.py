"""Items whose figures come from records: what dossiers or headcounts add up to, and the way to them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector.domain.checklist import Item
from inspector.domain.dossiers import Totals, totals_alone
from inspector.domain.grounds import Grounds
from inspector.domain.headcount import presence
from inspector.domain.inspection import Answer
from inspector.domain.phrases import percent
from inspector.domain.scoring import proposed_fraction
from inspector.domain.tally import headcounts_of, ratio_of, sample_of, totals_of
from inspector.ui import tokens
from inspector.ui.language import Words, tr
from inspector.ui.pages.workspace.contents.board import mark_of_fraction
from inspector.ui.pages.workspace.contents.rate_box import RateBox
from inspector.ui.pages.workspace.visit_words import joined
from inspector.ui.painting import Mark
from inspector.ui.tokens import Size
from inspector.ui.widgets.button import Button
from inspector.ui.widgets.text import Text


class Fed(QWidget):
    """``go`` leads to the dossiers or to the headcounts."""

    def __init__(self, go: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rate = RateBox()
        self.told = Text("", wrap=True)
        self.aside = Text("", size=Size.META, tone="text2", wrap=True)
        self.way = Button("", go, icon="table", height=tokens.CONTROL)
        row = QHBoxLayout()
        row.setSpacing(tokens.GROUP)
        row.addWidget(self.rate)
        row.addWidget(self.told, 1)
        row.addWidget(self.way)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(tokens.TIGHT)
        rows.addLayout(row)
        rows.addWidget(self.aside)

    def show_item(self, grounds: Grounds, item: Item, *, narrow: bool = False) -> None:
        ratio = ratio_of(grounds, item)
        fraction = proposed_fraction(item, Answer("", item.key), ratio)
        mark = mark_of_fraction(fraction) if fraction is not None else Mark.UNCHECKED
        self.rate.show_rate(percent(ratio.numerator, ratio.denominator) if ratio and ratio.denominator else "", mark)
        heads = item.answer_type == "headcount"
        told, aside = _heads(grounds, item) if heads else _dossiers(grounds, item)
        self.told.say(told)
        self.aside.say(tr("Chi tiết: {parts}", parts=aside) if aside else "")
        self.aside.setVisible(bool(aside))
        self.way.say(tr("Mở Thành phần") if heads else tr("Mở Hồ sơ mẫu"))
        self.way.set_keys("Ctrl+4" if heads else "Ctrl+3")


def _heads(grounds: Grounds, item: Item) -> tuple[Words, Words]:
    found = presence(headcounts_of(grounds, item))
    if not found.counted:
        return tr("Chưa kiểm đếm người có mặt."), ""
    told = tr("Được giao {due}, có mặt {present}", due=found.due, present=found.present)
    away: list[Words] = []
    if found.absent_with_reason:
        away.append(tr("vắng có lý do {count}", count=found.absent_with_reason))
    if found.absent_without_reason:
        away.append(tr("vắng không lý do {count}", count=found.absent_without_reason))
    if found.without_badge:
        away.append(tr("không đeo thẻ {count}", count=found.without_badge))
    return told, joined(away)


def _dossiers(grounds: Grounds, item: Item) -> tuple[Words, Words]:
    listed, typed = sample_of(grounds, item), totals_of(grounds, item)
    found = listed.own if listed is not None else totals_alone(typed)[0] if typed is not None else None
    if found is None:
        return tr("Chưa có hồ sơ mẫu nào."), ""
    told = tr("{good} trên {count} hồ sơ mẫu không có lỗi", good=found.faultless, count=found.checked)
    return told, joined(list(_faults(found)))


def _faults(found: Totals) -> list[Words]:
    parts: list[Words] = []
    if found.late:
        parts.append(tr("trễ hạn {count}", count=found.late))
    if found.unresolved_late:
        parts.append(tr("trong đó {count} quá hạn chưa giải quyết", count=found.unresolved_late))
    if found.no_control_slip:
        parts.append(tr("thiếu phiếu kiểm soát {count}", count=found.no_control_slip))
    if found.extra_papers:
        parts.append(tr("đòi giấy tờ ngoài quy định {count}", count=found.extra_papers))
    if found.system_differs:
        parts.append(tr("khác hệ thống {count}", count=found.system_differs))
    if found.entering:
        parts.append(tr("đang nhập {count}, chưa tính", count=found.entering))
    return parts
