"""The gallery shows every shared widget without a fault, in both themes and languages and at large text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from inspector.ui import gallery
from inspector.ui.application import Application
from inspector.ui.language import LanguageCode
from inspector.ui.theme import Theme
from tests.architecture.tree import modules
from tests.ui import walker
from tests.ui.fields import Show


@pytest.mark.every_screen
@pytest.mark.parametrize("build", [gallery.basics, gallery.parts, gallery.dialog])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("language", "scale"), [("vi", 100), ("vi", 150), ("en", 100)])
def test_nothing_is_cut_covered_unnamed_or_untranslated(
    show: Show, qapp: Application, build: Callable[[], QWidget], theme: Theme, language: LanguageCode, scale: int
) -> None:
    qapp.choose(theme=theme, language=language, scale=scale)
    page = build()
    show(page)
    assert walker.faults(page) == []


def test_a_page_stays_faultless_when_everything_is_switched_under_it(show: Show, qapp: Application) -> None:
    page = gallery.basics()
    show(page)
    qapp.choose(theme="dark", language="en", scale=125)
    QApplication.processEvents()
    page.resize(page.sizeHint())
    QApplication.processEvents()
    assert walker.faults(page) == []


def test_every_widget_is_in_the_gallery() -> None:
    """A file of widgets that the gallery does not know would never be looked at."""
    known = {path for path, _ in modules("inspector/ui/widgets")}
    shown = " ".join(Path(gallery.__file__).read_text(encoding="utf-8").split())
    inner = {
        "__init__",
        "note",
        "icon",
        "labelled",
        "remark",
        "grid_editor",
        "painted_button",
        "frozen_columns",
    }  # parts of others
    missing = [path for path in known if Path(path).stem not in inner and f"widgets.{Path(path).stem} " not in shown]
    assert missing == []


@pytest.mark.every_screen
def test_pictures_are_drawn_at_every_size(qapp: Application, tmp_path: Path) -> None:
    files = gallery.draw(tmp_path)
    assert len(files) == len(set(files)) == 2 * (2 * 3 + 2)
    sizes = {file.stem: QImage(str(file)).width() for file in files}
    assert sizes["thanh-phan-1-sang-150"] == round(1.5 * sizes["thanh-phan-1-sang-100"])
