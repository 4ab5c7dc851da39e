"""The recovery code on paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QDialog, QWidget

from inspector.domain.wording import short_day
from inspector.ui.application import NAME
from inspector.ui.language import tr
from inspector.ui.tokens import PAPER_FONTS

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


def print_code(window: QWidget, groups: Sequence[str], whose: str, then: Callable[[], object]) -> bool:
    """Ask for a printer and print the code; ``then`` when it was handed over. False where there is no printer."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

    if not QPrinterInfo.availablePrinterNames():
        return False
    printer = QPrinter()
    dialog = QPrintDialog(printer, window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def accepted() -> None:
        draw_code(printer, groups, whose)
        then()

    dialog.accepted.connect(accepted)
    QDialog.open(dialog)
    return True


def draw_code(device: QPrinter, groups: Sequence[str], whose: str) -> None:
    """One page: what it opens, the groups with their numbers, how to keep it."""
    painter = QPainter(device)
    try:
        page = QRectF(painter.viewport())
        unit = page.width() / 100
        _write(painter, QRectF(0, 4 * unit, page.width(), 6 * unit), str(tr("Mã khôi phục dữ liệu")), 3.2 * unit, True)
        about = f"{NAME} · {whose} · {short_day(date.today())}"
        _write(painter, QRectF(0, 11 * unit, page.width(), 5 * unit), about, 1.8 * unit)
        for place, group in enumerate(groups):
            row, column = divmod(place, 3)
            box = QRectF(column * 32 * unit, (20 + row * 14) * unit, 30 * unit, 12 * unit)
            painter.drawRect(box)
            _write(painter, box.adjusted(unit, unit, 0, 0), str(place + 1), 1.6 * unit)
            _write(painter, box.adjusted(8 * unit, 3 * unit, 0, 0), group, 4 * unit, True)
        how = str(tr("Cất ở cơ quan, không để cùng máy. Ai có mã này mở được dữ liệu."))
        _write(painter, QRectF(0, 66 * unit, page.width(), 6 * unit), how, 1.8 * unit)
    finally:
        painter.end()


def _write(painter: QPainter, box: QRectF, text: str, size: float, strong: bool = False) -> None:
    font = QFont()
    font.setFamilies(list(PAPER_FONTS))
    font.setPixelSize(max(1, round(size)))
    font.setBold(strong)
    painter.setFont(font)
    painter.drawText(box, Qt.TextFlag.TextWordWrap, text)
