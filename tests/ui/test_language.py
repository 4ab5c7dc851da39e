"""The window speaks Vietnamese and English, and Qt's own words with it."""

from __future__ import annotations

import ast
import json
import sys
from string import Formatter
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from inspector.ui.application import Application
from inspector.ui.language import CONTEXT, english, tr
from inspector.ui.message_file import message_file, read_message_file
from inspector.ui.widgets.text import Text
from tests.architecture.tree import ROOT, modules

FOLDER = ROOT / "resources/translations"


def table(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return found


PARTS = {path.stem: table(f"en/{path.name}") for path in sorted((FOLDER / "en").glob("*.json"))}
ENGLISH = english(FOLDER)
QT = table("qtbase_vi.json")


def sources() -> dict[str, set[str]]:
    """Every text given to ``tr`` in the window, with the names of its values."""
    found: dict[str, set[str]] = {}
    for path, tree in modules("inspector/ui"):
        for call in [node for node in ast.walk(tree) if isinstance(node, ast.Call)]:
            if getattr(call.func, "id", "") == "tr" and call.args:
                text = call.args[0]
                assert isinstance(text, ast.Constant), f"{path}:{call.lineno}: not a literal"
                found[str(text.value)] = {word.arg or "" for word in call.keywords}
    return found


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def forms(entry: str | dict[str, str]) -> list[str]:
    return [entry] if isinstance(entry, str) else list(entry.values())


def test_every_text_of_the_window_has_its_english_and_every_english_is_used() -> None:
    assert (set(sources()) - set(ENGLISH), set(ENGLISH) - set(sources())) == (set(), set())


def test_a_text_stands_in_one_part_of_the_catalogue() -> None:
    assert sum(map(len, PARTS.values())) == len(ENGLISH)


def test_values_have_the_same_names_in_both_languages() -> None:
    wrong = [
        source
        for source, names in sources().items()
        if fields(source) != names or any(fields(form) - names for form in forms(ENGLISH.get(source, source)))
    ]
    assert wrong == []


def test_counts_have_two_english_forms() -> None:
    wrong = [source for source, entry in ENGLISH.items() if isinstance(entry, dict) and set(entry) != {"one", "other"}]
    assert wrong == []


def test_a_phrase_is_its_source_in_vietnamese(qapp: Application) -> None:
    assert str(tr("Đã lưu {time}", time="14:17")) == "Đã lưu 14:17"


def test_a_phrase_is_said_in_the_language_of_the_moment(qapp: Application) -> None:
    phrase = tr("Đã lưu {time}", time="14:17")
    qapp.choose(theme="light", language="en")
    assert str(phrase) == "Saved 14:17"
    qapp.choose(theme="light", language="vi")
    assert str(phrase) == "Đã lưu 14:17"


@pytest.mark.parametrize(("count", "said"), [(1, "1 disagreement"), (0, "0 disagreements"), (5, "5 disagreements")])
def test_english_has_one_and_many(qapp: Application, count: int, said: str) -> None:
    qapp.choose(theme="light", language="en")
    assert str(tr("{count} chỗ chưa thống nhất", count=count)) == said


def test_a_phrase_may_stand_in_another(qapp: Application) -> None:
    qapp.choose(theme="light", language="en")
    assert str(tr("Đã chọn {result}", result=tr("Đạt"))) == "Chose Met"


def test_widgets_speak_again_when_the_language_changes(qtbot: QtBot, qapp: Application) -> None:
    own, content = Text(tr("Hoàn tác")), Text("Hoàn tác")
    for text in (own, content):
        qtbot.addWidget(text)
    qapp.choose(theme="light", language="en")
    assert (own.text(), content.text()) == ("Undo", "Hoàn tác")
    assert (own.property("content"), content.property("content")) == (False, True)


def test_dates_and_numbers_follow(qapp: Application) -> None:
    assert QLocale().name() == "vi_VN"
    qapp.choose(theme="light", language="en")
    assert QLocale().name() == "en_GB"


def test_menus_of_qt_are_vietnamese_and_none_is_blank(qtbot: QtBot, qapp: Application) -> None:
    line = QLineEdit()
    qtbot.addWidget(line)
    menu = line.createStandardContextMenu()
    texts = [action.text().split("\t")[0] for action in menu.actions() if not action.isSeparator()]
    assert texts == ["&Hoàn tác", "&Làm lại", "&Cắt", "Ché&p", "&Dán", "Xóa", "Chọn tất cả"]
    menu.deleteLater()


def test_what_nobody_translated_stays_as_it_is(qapp: Application) -> None:
    assert QCoreApplication.translate("QLineEdit", "no such text") == "no such text"
    assert QCoreApplication.translate(CONTEXT, "no such text", None, 3) == "no such text"


def test_every_text_of_the_contexts_we_translate_is_there() -> None:
    """A new Qt brings new texts; its German file names them all. About Qt and the keyboards of others are not shown."""
    folder = ROOT.__class__(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    german = read_message_file((folder / "qtbase_de.qm").read_bytes())
    missing = [
        (context, source)
        for context, source in german
        if source not in QT.get(context, source) and context != "QShortcut" and "Qt is a C++ toolkit" not in source
    ]
    assert missing == []


def test_mnemonics_of_one_menu_differ() -> None:
    for context in ("QLineEdit", "QWidgetTextControl"):
        letters = [text[text.index("&") + 1].lower() for text in QT[context].values() if "&" in text]
        assert sorted(letters) == sorted(set(letters))


def test_qt_reads_back_what_was_compiled(qapp: QApplication) -> None:
    wrong = [
        (context, source)
        for context, texts in QT.items()
        for source, text in texts.items()
        if QCoreApplication.translate(context, source) != text
    ]
    assert wrong == []


def test_a_compiled_file_names_its_texts() -> None:
    data = message_file({"a": {"x": "y", "ê": "ế"}, "b": {"x": {"one": "1", "other": "2"}}})
    assert sorted(read_message_file(data)) == [("a", "x"), ("a", "ê"), ("b", "x")]


def test_qt_keeps_the_references_it_takes() -> None:
    """PySide 6.12.0 does not: every call that returns None takes one, until Python 3.11 aborts."""
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(1000):
        thing.setObjectName("a")
        thing.property("b")
    assert sys.getrefcount(None) > before - 500
