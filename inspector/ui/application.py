"""The Qt application of the window: input method, fonts, look and language, in the order Qt needs them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from inspector.ui.focus_ring import FocusRing
from inspector.ui.input_method import choose_input_method
from inspector.ui.language import LanguageCode, Translations
from inspector.ui.theme import Look, Theme

NAME = "Kiểm tra CCHC"


class Application(QApplication):
    """Made once, by ``make_application``; carries the look and the language of every window."""

    def __init__(self, arguments: Sequence[str], resources: Path) -> None:
        super().__init__(list(arguments))
        self.setApplicationName("KiemTraCCHC")
        self.setApplicationDisplayName(NAME)
        self.translations = Translations(self, resources / "translations")
        self.look = Look(self, resources)
        self.setWindowIcon(QIcon(str(resources / "icons" / "app" / "inspector.svg")))
        self._ring = FocusRing()
        self.focusChanged.connect(self._ring.follow)

    def choose(self, *, language: LanguageCode = "vi", theme: Theme = "system", scale: int = 100) -> None:
        """What the settings say; may be called again at any time."""
        self.translations.choose(language)
        self.look.choose(theme, scale)


def make_application(arguments: Sequence[str], resources: Path) -> Application:
    """The one application of this process; ``resources`` is the folder of fonts, icons and translations."""
    choose_input_method(os.environ)
    # Fractional scales of Windows (125, 150 %) stay what they are: rounding would make the window larger or smaller.
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    return Application(arguments, resources)
