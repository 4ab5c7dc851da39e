"""One unit: since when, whom it followed, who followed it, and its inspections."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector.domain.wording import short_day
from inspector.services.unit_book import About, Visit
from inspector.ui import tokens
from inspector.ui.language import Words, tr
from inspector.ui.pages.facts import Facts
from inspector.ui.pages.line_list import LineList, Row
from inspector.ui.pages.visit_words import FORMS
from inspector.ui.widgets.button import Button
from inspector.ui.widgets.card import SectionHead

LEVELS: Mapping[str, Words] = {
    "province": tr("Cấp tỉnh"),
    "district": tr("Cấp huyện"),
    "commune": tr("Cấp xã"),
    "department": tr("Sở, ban, ngành"),
    "vertical_agency": tr("Cơ quan ngành dọc"),
    "subunit": tr("Đơn vị trực thuộc"),
}
_VISITS = 240


class Detail(QWidget):
    """``opened`` names an inspection to go to, ``begin`` that one is to be begun here."""

    opened = Signal(str)
    begin = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.facts = Facts(tr("Chi tiết đơn vị"))
        self._head = SectionHead(tr("Các cuộc kiểm tra"), line=False)
        self.visits = LineList(tr("Các cuộc kiểm tra"))
        self.visits.fit_rows(_VISITS)
        self.new = Button(tr("Lập cuộc kiểm tra ở đây"), self.begin.emit, icon="plus")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, tokens.GROUP)
        rows.setSpacing(tokens.GAP)
        rows.addWidget(self.facts, 1)
        under = QVBoxLayout()
        under.setContentsMargins(tokens.GROUP, 0, tokens.GROUP, 0)
        under.setSpacing(tokens.GAP)
        under.addWidget(self._head)
        under.addWidget(self.visits)
        under.addWidget(self.new, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addLayout(under)
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusProxy(self.facts)
        self.visits.opened.connect(self.opened)
        self.show_about(None)

    def show_about(self, found: About | None) -> None:
        self._head.setVisible(found is not None)
        self.visits.setVisible(found is not None and bool(found.visits))
        self.new.setVisible(found is not None)
        if found is None:
            self.facts.show_facts(tr("Chọn một đơn vị để xem"), [])
            return
        place = found.place
        self.facts.show_facts(
            place.name,
            [
                (tr("Thuộc"), [place.where] if place.where else []),
                (tr("Cấp"), [LEVELS.get(place.level, place.level)]),
                (tr("Mã"), [place.code]),
                (tr("Người đứng đầu"), [found.head] if found.head else []),
                (tr("Có từ"), [_day(found.since)] if found.since else []),
                (tr("Hết từ"), [_day(found.until)] if found.until else []),
                (tr("Hình thành từ"), list(found.follows)),
                (tr("Nay là"), list(found.followed)),
                (tr("Cùng mã trước đây"), list(found.earlier)),
            ],
        )
        count = len(found.visits)
        self._head.say(tr("Các cuộc kiểm tra"), tr("{count} cuộc", count=count) if count else tr("chưa có cuộc nào"))
        self.visits.show_rows([_visit(each) for each in found.visits])


def _visit(visit: Visit) -> Row:
    chip: tuple[Words, str] | None = (tr("Đã ký"), "ok") if visit.signed else None
    return Row(visit.id, _day(visit.day) or "…", FORMS.get(visit.form, visit.form), icon="clipboard-check", chip=chip)


def _day(iso: str) -> str:
    return short_day(date.fromisoformat(iso)) if iso else ""
