"""The papers that were made, newest first, and what can be done with the one that is shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector.domain.inspection import Inspection, IssuedDocument
from inspector.domain.wording import short_moment
from inspector.ui import tokens
from inspector.ui.actions import Act
from inspector.ui.language import Words, tr
from inspector.ui.pages.workspace.minutes.rows import Row, RowsView
from inspector.ui.tokens import Size
from inspector.ui.widgets.button import ActionButton, Button, Kind
from inspector.ui.widgets.card import SectionHead
from inspector.ui.widgets.text import Text

NOW = "now"
"""The key of the minutes as they would be made now."""


class PapersPane(QWidget):
    """``chose`` tells the hash of the paper to show, or ``NOW``."""

    chose = Signal(str)
    opened_copy = Signal(str)
    saved_copy = Signal(str)

    def __init__(self, acts: Sequence[Act], parent: QWidget | None = None) -> None:
        """``acts``: the draft, PDF, print, and a look at the print."""
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        draft, pdf, paper, exact = acts
        self.list = RowsView(tr("Các bản đã tạo"))
        self.list.chose.connect(self._choose)
        self.list.entered.connect(lambda key: self.opened_copy.emit(key))
        self.open = Button(tr("Mở bản này"), lambda: self.opened_copy.emit(self.list.key()), icon="file-text")
        self.save = Button(tr("Lưu bản sao"), lambda: self.saved_copy.emit(self.list.key()), icon="download")
        self.exact = ActionButton(exact, kind=Kind.QUIET)
        self._shown = NOW
        acts_row = QHBoxLayout()
        acts_row.setSpacing(tokens.GAP)
        self._buttons = [ActionButton(draft, kind=Kind.PRIMARY), ActionButton(pdf), ActionButton(paper)]
        acts_row.addWidget(self._buttons[1], 1)
        acts_row.addWidget(self._buttons[2], 1)
        top = QVBoxLayout()
        top.setContentsMargins(tokens.GROUP, 12, tokens.GROUP, 0)
        top.setSpacing(tokens.GAP)
        top.addWidget(self._buttons[0])
        top.addLayout(acts_row)
        top.addWidget(self.exact)
        top.addWidget(Text(tr("Phông, lề theo Nghị định số 30/2020/NĐ-CP"), size=Size.META, tone="text2", wrap=True))
        top.addWidget(SectionHead(tr("Các bản đã tạo"), line=False))
        below = QHBoxLayout()
        below.setContentsMargins(tokens.GROUP, 0, tokens.GROUP, 0)
        below.setSpacing(tokens.GAP)
        below.addWidget(self.open, 1)
        below.addWidget(self.save, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(tokens.GROUP, 0, tokens.GROUP, 12)
        foot.addWidget(
            Text(
                tr("Bản cũ luôn được giữ. Sửa trong Word không đổi dữ liệu đã ghi."),
                size=Size.META,
                tone="text2",
                wrap=True,
            )
        )
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(tokens.GAP)
        rows.addLayout(top)
        rows.addWidget(self.list, 1)
        rows.addLayout(below)
        rows.addLayout(foot)

    def set_order(self, after: QWidget) -> None:
        """Tab comes here after that widget, and goes down the pane."""
        for before, one in pairwise([after, *self._buttons, self.exact, self.list, self.open, self.save]):
            QWidget.setTabOrder(before, one)

    def show_inspection(self, inspection: Inspection) -> None:
        self.list.show_rows(list(_rows(inspection, self._shown)))

    def show_as_seen(self, key: str, inspection: Inspection) -> None:
        """The paper whose pages are shown."""
        self._shown = key
        self.show_inspection(inspection)
        self._show_acts()

    def _choose(self, key: str) -> None:
        self._show_acts()
        self.chose.emit(key)

    def _show_acts(self) -> None:
        made = self.list.key() not in ("", NOW)
        self.open.setVisible(made)
        self.save.setVisible(made)


def document_of(inspection: Inspection, key: str) -> IssuedDocument | None:
    """The document of a row; equal documents made twice are two rows."""
    return next((document for document in inspection.documents if document.id == key), None)


def _rows(inspection: Inspection, shown: str) -> Iterator[Row]:
    signed = inspection.signed is not None
    sealed = inspection.sealed is not None
    now = tr("Biên bản đã ký") if signed else tr("Biên bản đã niêm phong") if sealed else tr("Biên bản lúc này")
    detail = tr("Theo những gì đã ghi đến bây giờ")
    if signed or sealed:
        detail = tr("Bản có chữ ký, không đổi nữa") if signed else tr("Có mã ở chân trang, không đổi nữa")
    seen = tr("Đang xem")
    yield Row(NOW, now, detail, chip=seen if shown == NOW else "", tone="accent")
    counts = {"draft": 0, "minutes": 0, "supplement": 0}
    made: list[Row] = []
    for document in inspection.documents:
        counts[document.kind] = counts.get(document.kind, 0) + 1
        chip, tone = _chip(inspection, document)
        if shown == document.id:
            chip, tone = seen, "accent"
        when = short_moment(document.made_at) if document.made_at else ""
        words = _named(document.kind, counts[document.kind])
        made.append(
            Row(document.id, words, " · ".join(part for part in (when, document.name) if part), chip=chip, tone=tone)
        )
    yield from reversed(made)


def _named(kind: str, number: int) -> Words:
    if kind == "minutes":
        return tr("Bản chính thức {number}", number=number)
    if kind == "supplement":
        return tr("Biên bản bổ sung {number}", number=number)
    return tr("Bản dự thảo {number}", number=number)


def _chip(inspection: Inspection, document: IssuedDocument) -> tuple[Words, str]:
    if inspection.signed is not None and inspection.signed.document == document.hash:
        return tr("Đã ký"), "ok"
    if inspection.sealed is not None and document.hash in inspection.sealed.issued:
        return tr("Niêm phong"), "ok"
    if document.kind == "minutes":
        return tr("Chính thức"), "ok"
    return ("", "na") if document.kind == "supplement" else (tr("Dự thảo"), "na")
