"""From the key that leaves a field to *Đã lưu*, in the real window over a workspace on disk; and each key before it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from inspector.services.demonstration.making import SECRETARY
from inspector.services.door import Ways, begin, home_of
from inspector.ui.where import Screen, Where
from inspector.ui.widgets.field import Field
from inspector.ui.widgets.save_state import Keeping
from tests.bench.measuring import at, scratch
from tests.ui.stand import Stand, seated, the_application
from tests.ui.typing import press, type_text

ROUNDS = 300
WORD = "kế hoạch năm "


def run() -> Iterator[str]:
    the_application().choose(theme="light")
    with scratch() as folder:
        home = home_of(folder / "home")
        begin(home, SECRETARY, Ways(demonstration=True))
        with seated(home.folder) as stand:
            inspection = stand.desk().perform(
                "open_inspection", {"unit": "28360", "form": "on_site", "visit_date": "2026-11-26"}
            )
            stand.go(Where(Screen.WORKSPACE, inspection.ref))
            keys, saves = _type(stand)
    yield f"{'key in a remark':20}{_told(keys)}"
    yield f"{'leaving to Đã lưu':20}{_told(saves)} (aim p99 at most 50)"


def _told(times: list[float]) -> str:
    return f"p50 {at(times, 0.5):6.1f} ms  p99 {at(times, 0.99):6.1f} ms  max {times[-1] * 1000:6.1f} ms"


def _type(stand: Stand) -> tuple[list[float], list[float]]:
    keys, saves = [], []
    for _ in range(ROUNDS):
        stand.press("Return")
        field = _field(stand.focus())
        for letter in WORD:
            began = time.perf_counter()
            type_text(field.editor, letter)
            QCoreApplication.processEvents()
            keys.append(time.perf_counter() - began)
        began = time.perf_counter()
        press(field.editor, "Esc")
        while field.state.keeping is not Keeping.SAVED:
            QCoreApplication.processEvents()
        saves.append(time.perf_counter() - began)
        stand.settle()
    return sorted(keys), sorted(saves)


def _field(widget: QWidget | None) -> Field:
    while widget is not None and not isinstance(widget, Field):
        widget = widget.parentWidget()
    assert widget is not None, "no field has the caret"
    return widget
