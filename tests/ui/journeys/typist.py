"""A process that types half a word into a remark and waits for its end: ``python -m tests.ui.journeys.typist FOLDER``.

Says ``typed`` when the draft is on disk.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from inspector.services.door import home_of
from inspector.services.drafts import kept_drafts
from inspector.ui.application import make_application
from inspector.ui.shell.program import Program
from inspector.ui.shell.window import MainWindow
from tests.architecture.tree import ROOT
from tests.ui.journeys.hands import Hands
from tests.ui.typing import compose

TYPED, COMPOSED = "Ban hành chậm so với kế ", ["h", "ho", "hoa", "hoạ", "hoạc"]
LEFT = TYPED + COMPOSED[-1]


def main(folder: Path) -> int:
    application = make_application(["inspector"], ROOT / "resources")
    application.choose(theme="light")
    window = MainWindow()
    window.show()
    window.activateWindow()
    QCoreApplication.processEvents()
    program = Program(window, home_of(folder), home_of(folder), None)
    program.begin()
    hands = Hands(window, program)
    hands.settle()
    hands.press("Ctrl+N")
    hands.type("cai be")
    hands.press("Return", "Return", "Return")
    hands.type(TYPED)
    compose(hands.focus(), COMPOSED, None)
    hands.until(lambda: [draft.text for draft in kept_drafts(hands.desk())] == [LEFT])
    print("typed", flush=True)  # noqa: T201  -- read by the test that started this process
    return application.exec()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
