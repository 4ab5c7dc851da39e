"""Totals of a sample that was not written down dossier by dossier."""

from __future__ import annotations

from dataclasses import fields
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector.domain.checklist import Item
from inspector.domain.ids import natural_id
from inspector.domain.inspection import DossierSample, SampleTotals
from inspector.domain.wording import number
from inspector.ui import tokens
from inspector.ui.language import tr
from inspector.ui.pages.workspace.open_inspection import OpenInspection
from inspector.ui.pages.workspace.tied_fields import lock
from inspector.ui.session import Session
from inspector.ui.tokens import Size
from inspector.ui.widgets.button import Button, Kind
from inspector.ui.widgets.text import Text
from inspector.ui.widgets.value_fields import NumberField
from inspector.ui.writing import PartSpot, Post, Spot, Writing

_LABELS = {
    "checked": tr("Đã kiểm tra"),
    "on_time": tr("Đúng, trước hạn"),
    "late": tr("Trễ hạn"),
    "late_with_apology": tr("Trễ có xin lỗi"),
    "extra_papers": tr("Giấy tờ thừa"),
    "no_control_slip": tr("Thiếu phiếu KS"),
    "system_differs": tr("Khác hệ thống"),
}


class TotalsForm(QWidget):
    """Folded away until somebody asks for it, or totals are there; where dossiers are listed they count instead."""

    def __init__(self, session: Session, opened: OpenInspection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened = opened
        self._item: Item | None = None
        self._totals = SampleTotals()
        self._wanted = False
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.open_button = Button(tr("Chỉ ghi tổng số"), self._open, kind=Kind.QUIET, height=tokens.SMALL_CONTROL)
        self._session = session
        self.fields: dict[str, NumberField] = {}
        self._writings: dict[str, Writing] = {}
        self._row = QWidget()
        row = QHBoxLayout(self._row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.GAP)
        line = tr("Không kê từng hồ sơ thì ghi tổng số; kê từng hồ sơ thì máy tự cộng.")
        self._line = Text(line, size=Size.META, tone="text2", wrap=True)
        top = QHBoxLayout()
        top.addWidget(self._line, 1)
        top.addWidget(self.open_button)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(tokens.GROUP, tokens.TIGHT, tokens.GROUP, tokens.TIGHT)
        rows.setSpacing(tokens.TIGHT)
        rows.addLayout(top)
        rows.addWidget(self._row)
        self.hide()

    def show_sample(self, item: Item | None, described: DossierSample | None, *, has_rows: bool) -> None:
        if item is not self._item:
            self._wanted = False
        self._item = item
        self._totals = (described.totals if described else None) or SampleTotals()
        filled = self._totals != SampleTotals()
        is_open = not has_rows and (filled or self._wanted)
        self.setVisible(item is not None and not has_rows and (is_open or not self._opened.is_read_only))
        if is_open:
            self._make_fields()
        self._row.setVisible(is_open)
        self.open_button.setVisible(not is_open)
        if is_open:
            self._fill()

    def _fill(self) -> None:
        item = self._item
        if item is None:
            return
        record = natural_id(self._opened.id, "dossier_sample", item.key)
        operations = self._opened.sight.operations("dossier_sample", record, "totals")
        for name, writing in self._writings.items():
            value = getattr(self._totals, name)
            spot = PartSpot(self._opened.id, "dossier_sample", record, "totals", name)
            writing.show(spot, "" if value is None else number(value), operations)
        for field in self.fields.values():
            lock(field, self._opened.why_read_only)

    def _make_fields(self) -> None:
        """Seven fields that most samples never need."""
        if self.fields:
            return
        for name, words in _LABELS.items():
            field = NumberField(words)
            self.fields[name] = field
            self._writings[name] = Writing(self._session, field, partial(self._post, name))
            row = self._row.layout()
            if row is not None:
                row.addWidget(field)

    def _open(self) -> None:
        self._wanted = True
        self._make_fields()
        self._fill()
        self._row.show()
        self.open_button.hide()
        self.fields["checked"].setFocus()

    def _post(self, name: str, _spot: Spot, value: object) -> Post:
        known = {each.name: getattr(self._totals, each.name) for each in fields(SampleTotals)}
        known[name] = int(value) if isinstance(value, Decimal) else None
        self._totals = SampleTotals(**known)
        given = {part: count for part, count in known.items() if count is not None}
        item = {"item": self._item.key} if self._item is not None else {}
        return Post("describe_sample", {**item, "totals": given or None})
