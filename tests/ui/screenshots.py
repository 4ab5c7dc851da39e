"""``python -m tests.ui.screenshots DIR``: a picture of every screen of the demonstration, as people see it.

Light and dark, Vietnamese and English, at the three scales of a screen of 1366 × 768. On a day that
stands still, so that pictures of the same program are the same.
"""

from __future__ import annotations

import os
import random
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from types import TracebackType
from unittest import mock

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"  # whose keychain it is shows in no picture

from PySide6.QtCore import QPoint
from PySide6.QtGui import QPainter, QPixmap

from inspector.services.demonstration.making import SECRETARY, make
from inspector.services.door import Ways, begin, home_of
from inspector.ui.application import Application, make_application
from inspector.ui.language import LanguageCode
from inspector.ui.screenshots import picture
from inspector.ui.theme import Theme
from tests.architecture.tree import ROOT
from tests.ui.screens import Ground, House, Sight, sights_of, stand_in
from tests.ui.stand import SCALES, Scale, Stand
from tests.ui.standing_still import standing_still

THEMES: tuple[tuple[Theme, str], ...] = (("light", "sang"), ("dark", "toi"))
LANGUAGES: tuple[LanguageCode, ...] = ("vi", "en")
_QUICKLY = 60
"""How little PNG is packed: every picture is whole whatever the number."""


def main(arguments: list[str]) -> int:
    """``DIR [PART OF A NAME …]``."""
    if not arguments:
        print("screenshots: name the folder for the pictures", file=sys.stderr)  # noqa: T201
        return 2
    folder, wanted = Path(arguments[0]), arguments[1:]
    faults: list[str] = []

    def keep(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        faults.append("".join(traceback.format_exception(kind, error, trace)))

    # Errors in answers to signals end nothing by themselves.
    sys.excepthook = keep
    began, count = time.monotonic(), 0
    with standing_still(), by_the_same_chance(), same_room() as room:
        for file in draw(make_application(["inspector"], ROOT / "resources"), folder, ground_in(room), wanted):
            count += 1
            print(file, flush=True)  # noqa: T201
    print(f"{count} pictures in {time.monotonic() - began:.0f} s", file=sys.stderr)  # noqa: T201
    for fault in faults:
        print(fault, file=sys.stderr)  # noqa: T201
    return 1 if faults else 0


@contextmanager
def by_the_same_chance() -> Iterator[None]:
    """Codes that people are shown once are the same in every run, and so are the groups they type back."""
    chance = random.Random(1)
    with mock.patch("secrets.randbelow", chance.randrange), mock.patch("random.SystemRandom", return_value=chance):
        yield


@contextmanager
def same_room() -> Iterator[Path]:
    """A folder of the same name in every run, because it is seen; of another one where two run at once."""
    room = Path(tempfile.gettempdir(), "inspector-pictures")
    try:
        room.mkdir()
    except FileExistsError:
        room = Path(tempfile.mkdtemp(prefix="inspector-pictures-"))
    try:
        yield room
    finally:
        shutil.rmtree(room)


def draw(application: Application, folder: Path, ground: Ground, wanted: Sequence[str] = ()) -> Iterator[Path]:
    """The files, as they are written. Raises ``OSError`` where one cannot be."""
    folder.mkdir(parents=True, exist_ok=True)
    application.setCursorFlashTime(0)
    for house in House:
        sights = [sight for sight in sights_of(house) if not wanted or any(part in sight.name for part in wanted)]
        if sights:
            with stand_in(house, ground) as stand:
                yield from _draw_sights(application, stand, sights, folder)


def ground_in(room: Path) -> Ground:
    demonstration, empty = room / "demo", room / "empty-home"
    make(home_of(demonstration))
    begin(home_of(empty), SECRETARY, Ways(demonstration=True))
    return Ground(demonstration, empty, room)


def _draw_sights(application: Application, stand: Stand, sights: list[Sight], folder: Path) -> Iterator[Path]:
    """Dressing a whole window again takes longest, so it is done least often."""
    for (theme, word), language in product(THEMES, LANGUAGES):
        application.choose(theme=theme, language=language)
        for sight in sights:
            stand.resize(SCALES[0])
            sight.show(stand)
            for scale in SCALES:
                stand.resize(scale)
                if stand.front() is not stand.window:
                    # What lies over the page takes its size from the window when it opens.
                    stand.uncover()
                    sight.show(stand)
                file = folder / f"{sight.name}-{word}-{scale.percent}-{language}.png"
                if not _picture(stand, scale).save(str(file), quality=_QUICKLY):
                    raise OSError(f"cannot write {file}")
                yield file
            stand.uncover()


def _picture(stand: Stand, scale: Scale) -> QPixmap:
    """The window, and the dialog over it where there is one."""
    drawn = picture(stand.window, scale.ratio)
    painter = QPainter(drawn)
    for dialog in stand.dialogs():
        corner = (stand.window.rect().center() - dialog.rect().center()) * 1.0
        painter.drawPixmap(QPoint(round(corner.x()), round(corner.y())), picture(dialog, scale.ratio))
    painter.end()
    return drawn


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
