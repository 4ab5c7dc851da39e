"""The program as it starts, saying when its window was painted, when its content was there, and its peak memory."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from inspector.app import main
from inspector.ui.shell import program
from inspector.ui.shell.window import MainWindow

if TYPE_CHECKING:
    from inspector.ui.pages.registry import Factory
    from inspector.ui.session import Session
    from inspector.ui.shell.frame import Frame
    from inspector.ui.where import Screen, Where

_STATUS = Path("/proc/self/status")


def say(words: str) -> None:
    print(words, flush=True)  # noqa: T201 - read by the measurement that started this process


def peak() -> int:
    """Peak resident memory in KiB; 0 where the system does not tell."""
    if not _STATUS.exists():
        return 0
    lines = _STATUS.read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1])


class Watched(MainWindow):
    """Tells of the content once the first page has everything it asked for, and closes."""

    def sit_down(
        self, session: Session, pages: Mapping[Screen, Factory] | None = None, where: Where | None = None
    ) -> Frame:
        frame = super().sit_down(session, pages, where)
        session.settled.connect(self._look)
        return frame

    def _look(self) -> None:
        if self.frame is not None and self.frame.session.is_settled:
            self.repaint()
            say("content")
            say(f"memory {peak()}")
            self.close()


def until_painted(home: str) -> None:
    """Start, and end as soon as the window was painted; the caller looks at what was imported."""

    def painted(window: MainWindow, _then: Callable[[], None]) -> None:
        window.repaint()
        QTimer.singleShot(0, window, window.close)

    setattr(program, "after_painting", painted)  # noqa: B010 - put in the place of the program's own
    main(["--home", home])


def watched(home: str) -> int:
    """Start, tell, and end when the content is there."""
    after_painting = program.after_painting

    def painted(window: MainWindow, then: Callable[[], None]) -> None:
        after_painting(window, then)
        say("painted")

    setattr(program, "after_painting", painted)  # noqa: B010 - as above
    setattr(program, "MainWindow", Watched)  # noqa: B010 - the same window, watched
    return main(["--home", home])


if __name__ == "__main__":
    sys.exit(watched(sys.argv[1]))
