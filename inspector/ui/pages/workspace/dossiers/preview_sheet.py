"""A table from outside over the page: looked at row by row and cell by cell before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from inspector.ui import tokens
from inspector.ui.language import tr
from inspector.ui.pages.workspace.dossiers.taking_over import Preview
from inspector.ui.pages.workspace.overlay import Overlay
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.button import Button, Kind
from inspector.ui.widgets.grid_model import Column
from inspector.ui.widgets.grid_table import GridTable
from inspector.ui.widgets.text import Text


class PreviewSheet(Overlay):
    """Enter takes everything, Esc leaves everything as it was. With a single problem nothing can be taken."""

    def __init__(
        self,
        window: QWidget,
        columns: Sequence[Column],
        preview: Preview,
        take: Callable[[Preview], object],
        left: Callable[[], object],
    ) -> None:
        super().__init__(window)
        self._preview, self._take, self._left = preview, take, left
        self.setAccessibleName(str(tr("Xem trước bảng")))
        count, problems = len(preview.rows), preview.problems
        self.head = Text(tr("Xem trước {count} hồ sơ", count=count), size=Size.HEAD, weight=Weight.STRONG)
        said = tr("{count} ô cần sửa. Sửa trong Excel rồi dán hoặc nhập lại; chưa có gì được ghi.", count=problems)
        fine = tr("Chưa có gì được ghi. Xem lại rồi nhập; mỗi hồ sơ đều hoàn tác được.")
        self.line = Text(said if problems else fine, tone="no" if problems else "text2", wrap=True)
        self.table = GridTable(columns, tr("Xem trước bảng"), frozen=2)
        self.table.set_read_only(read_only=True)
        self.table.show_rows(preview.rows)
        self.take = Button(tr("Nhập tất cả"), self._accept, kind=Kind.PRIMARY, height=tokens.MAIN_CONTROL)
        self.take.setEnabled(not problems and count > 0)
        self.refuse = Button(tr("Bỏ, không nhập"), self.leave, keys="Esc", height=tokens.MAIN_CONTROL)
        self._lay_out()
        self.cover()
        self.show()
        self.raise_()
        (self.refuse if problems else self.take).setFocus()

    def leave(self) -> None:
        self.hide()
        self.deleteLater()
        self._left()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()

    def focusNextPrevChild(self, forward: bool) -> bool:
        stops = [widget for widget in (self.table, self.refuse, self.take) if widget.isEnabled()]
        focus = QApplication.focusWidget()
        place = stops.index(focus) if focus in stops else 0
        stops[(place + (1 if forward else -1)) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _accept(self) -> None:
        self.hide()
        self.deleteLater()
        self._take(self._preview)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(tokens.GROUP)
        buttons.addStretch(1)
        buttons.addWidget(self.refuse)
        buttons.addWidget(self.take)
        rows = QVBoxLayout(self)
        edge = tokens.EDGE + tokens.GROUP
        rows.setContentsMargins(edge, edge, edge, edge)
        rows.setSpacing(tokens.GAP)
        rows.addWidget(self.head)
        rows.addWidget(self.line)
        rows.addWidget(self.table, 1)
        rows.addLayout(buttons)
