"""The words of the window. Source texts are Vietnamese, one catalogue holds their English; switched at run time.

A text of the window is a ``Phrase`` made by ``tr``; a plain ``str`` is content: what people recorded, never translated.
Widgets keep the phrase they show and say it again when the language changes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QTranslator
from PySide6.QtWidgets import QWidget

from inspector.ui.message_file import message_file

CONTEXT = "inspector"
LanguageCode = Literal["vi", "en"]


@dataclass(frozen=True)
class Phrase:
    """A Vietnamese source text with the values of its ``{names}``; ``str()`` says it in the language of the window.

    A value may be a phrase itself. ``{count}`` chooses between the English forms for one and for many.
    """

    source: str
    values: tuple[tuple[str, object], ...] = ()

    def __str__(self) -> str:
        values = dict(self.values)
        count = values.get("count")
        said = QCoreApplication.translate(CONTEXT, self.source, None, count if isinstance(count, int) else -1)
        return said.format(**values) if values else said


Words = Phrase | str
"""What a widget shows: a text of the window, or content as it is."""


def tr(source: str, **values: object) -> Phrase:
    """A text of the window. ``source`` is a literal in Vietnamese; a test compares all of them with the catalogue."""
    return Phrase(source, tuple(values.items()))


def mark_content(widget: QWidget, words: Words) -> None:
    """Say on the widget whether it shows content, which stays Vietnamese when the window speaks English."""
    widget.setProperty("content", isinstance(words, str))


class Translations:
    """Gives Qt its own texts in Vietnamese, or the texts of the window in English; switched at run time.

    ``resources/translations/qtbase_vi.json`` holds Qt's texts, context → source → text: Qt ships no Vietnamese.
    ``en`` holds the texts of the window, a file for each part of it: source → text or ``{"one": …, "other": …}``.
    """

    def __init__(self, application: QCoreApplication, folder: Path) -> None:
        self.code: LanguageCode = "vi"
        self._application = application
        self._folder = folder
        self._translator = QTranslator(application)
        self._load()
        application.installTranslator(self._translator)

    def choose(self, code: LanguageCode) -> None:
        """Speak this language from now on; every window is told."""
        if code == self.code:
            return
        self.code = code
        self._load()
        QCoreApplication.sendEvent(self._application, QEvent(QEvent.Type.LanguageChange))
        # Qt passes it on to the windows by post; whoever switched may look at them at once.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LanguageChange.value)

    def _load(self) -> None:
        vietnamese = self.code == "vi"
        table = _read(self._folder / "qtbase_vi.json") if vietnamese else {CONTEXT: english(self._folder)}
        # Qt reads the bytes where they lie, so they are kept as long as the translator has them.
        data = message_file(table)
        if not self._translator.load(data):
            raise ValueError(f"Qt does not take the translations of {self.code}")
        self._data = data
        QLocale.setDefault(QLocale("vi_VN" if vietnamese else "en_GB"))


def english(folder: Path) -> dict[str, Any]:
    """The whole English catalogue from its files; a text that several parts say stands in one of them."""
    table: dict[str, Any] = {}
    for file in sorted((folder / "en").glob("*.json")):
        table |= _read(file)
    return table


def _read(file: Path) -> dict[str, Any]:
    table: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return table
