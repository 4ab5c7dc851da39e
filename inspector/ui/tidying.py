"""Collecting what Python has left lying in circles, on the GUI thread and nowhere else.

Python collects on whatever thread happens to allocate. A circle with widgets in it would then be taken apart on the
thread of a lane, where Qt's timers cannot be stopped and the process dies. So nothing is collected by itself while the
window is up, and the GUI thread does it between two events.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 500


class Tidying(QObject):
    """Between ``begin`` and ``rest``. What is there when it begins stays to the end and is not looked at again."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(tidy)

    def begin(self) -> None:
        gc.disable()
        gc.freeze()
        self._timer.start()

    def rest(self) -> None:
        self._timer.stop()
        gc.enable()


def tidy() -> None:
    """Collect the oldest generation that is due, as Python would by itself."""
    counts = zip(gc.get_count(), gc.get_threshold(), strict=True)
    if due := [generation for generation, (count, most) in enumerate(counts) if count > most]:
        gc.collect(due[-1])
