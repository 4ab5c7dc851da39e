"""The look of the window: which colours, which text size, and how Qt is told about both.

``Look`` belongs to the application as its palette does. What paints itself asks ``look()`` while painting; what Qt
paints is dressed by the style sheet. Both change together, at run time, without anything being built again.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal, cast

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from inspector.ui.fonts import font, letter_pixels, load_fonts
from inspector.ui.icons import Icons
from inspector.ui.stylesheet import style_sheet
from inspector.ui.tokens import DARK, LIGHT, Colours, Size, Weight

Theme = Literal["system", "light", "dark"]


class Look(QObject):
    """Colours, type and icons as they are now. ``changed`` follows every switch, after Qt has been dressed."""

    changed = Signal()

    def __init__(self, application: QApplication, resources: Path) -> None:
        super().__init__(application)
        self.theme: Theme = "system"
        self.scale = 100
        self.colours = LIGHT
        self.icons = Icons(resources / "icons")
        self.missing_fonts = load_fonts(resources / "fonts")
        application.setStyle("Fusion")
        self._dressing = False
        self._hints = QGuiApplication.styleHints()
        self._hints.colorSchemeChanged.connect(self._follow)
        # Qt tells of high contrast from 6.10 on; before, the light or dark colours stay.
        self._contrast = self._hints.accessibility() if hasattr(self._hints, "accessibility") else None
        if self._contrast is not None:
            self._contrast.contrastPreferenceChanged.connect(self._follow)
        self._dress()

    def choose(self, theme: Theme, scale: int = 100) -> None:
        """``theme`` as in the settings; ``scale`` is the percentage of the text size, 80 to 200."""
        if (theme, scale) == (self.theme, self.scale):
            return
        self.theme, self.scale = theme, scale
        self._dress()

    def colour(self, token: str) -> QColor:
        """The colour of a token by its name in ``tokens.Colours``."""
        return QColor(getattr(self.colours, token))

    def px(self, length: int) -> int:
        """A length of ``tokens`` at the text scale: what holds text grows with it."""
        return round(length * self.scale / 100)

    def room(self, length: int) -> int:
        """A length that holds words: letters stop shrinking before ``px`` does."""
        return max(self.px(length), length * self.letters(Size.BODY) // Size.BODY.pixels)

    def font(self, size: Size = Size.BODY, weight: Weight = Weight.TEXT) -> QFont:
        return font(size, weight, scale=self.scale)

    def letters(self, size: Size) -> int:
        return letter_pixels(size, self.scale)

    @property
    def is_dark(self) -> bool:
        return self.colour("bg").lightness() < self.colour("text").lightness()

    @property
    def is_high_contrast(self) -> bool:
        return self._contrast is not None and self._contrast.contrastPreference() is Qt.ContrastPreference.HighContrast

    def _follow(self) -> None:
        """The system changed its scheme: matters when nothing else was chosen, and in high contrast always."""
        if not self._dressing:
            self._dress()

    def _dress(self) -> None:
        # Telling the system makes it tell us.
        self._dressing = True
        self._tell_system()
        self._dressing = False
        application = cast(QApplication, QApplication.instance())
        self.colours = self._choose_colours(application)
        application.setPalette(palette_of(self.colours))
        application.setFont(self.font())
        application.setStyleSheet(style_sheet(self.colours, scale=self.scale, high_contrast=self.is_high_contrast))
        self.changed.emit()

    def _tell_system(self) -> None:
        """Title bars and native dialogs take the same scheme."""
        wanted = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}.get(self.theme, Qt.ColorScheme.Unknown)
        self._hints.setColorScheme(wanted)

    def _choose_colours(self, application: QApplication) -> Colours:
        if self.is_high_contrast:
            application.setPalette(QPalette())
            return colours_of(application.palette())
        if self.theme == "system":
            return DARK if self._hints.colorScheme() is Qt.ColorScheme.Dark else LIGHT
        return DARK if self.theme == "dark" else LIGHT


def look() -> Look:
    """The look of the running application, which is ``application.Application``."""
    found = getattr(QApplication.instance(), "look", None)
    if not isinstance(found, Look):
        raise RuntimeError("the window needs inspector.ui.application.Application")
    return found


def restyle(widget: QWidget) -> None:
    """Ask the style sheet again, after a property it looks at was changed."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def palette_of(colours: Colours) -> QPalette:
    """The colours in Qt's roles, for everything the style sheet does not name."""
    palette = QPalette()
    for role, token in _ROLES.items():
        palette.setColor(role, QColor(getattr(colours, token)))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.disabled))
    return palette


_ROLES = {
    QPalette.ColorRole.Window: "bg",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "surface2",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.PlaceholderText: "text2",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "onaccent",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "onaccent",
    QPalette.ColorRole.Link: "accent2",
    QPalette.ColorRole.LinkVisited: "accent2",
    QPalette.ColorRole.ToolTipBase: "toast",
    QPalette.ColorRole.ToolTipText: "toasttext",
    QPalette.ColorRole.Light: "surface",
    QPalette.ColorRole.Midlight: "surface2",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "control",
    QPalette.ColorRole.Shadow: "control",
    QPalette.ColorRole.Accent: "accent",
}


def colours_of(palette: QPalette) -> Colours:
    """High contrast: the system's own colours in the place of every token; signs and words tell results apart."""
    role = QPalette.ColorRole
    window, ink = palette.color(role.Window).name(), palette.color(role.WindowText).name()
    base, text = palette.color(role.Base).name(), palette.color(role.Text).name()
    mark, on_mark = palette.color(role.Highlight).name(), palette.color(role.HighlightedText).name()
    link = palette.color(role.Link).name()
    grey = palette.color(QPalette.ColorGroup.Disabled, role.WindowText).name()
    grounds = dict.fromkeys(("oks", "parts", "nos", "nas", "diss", "asoft", "surface2", "surface"), base)
    inks = dict.fromkeys(("ok", "part", "no", "na", "dis", "text", "text2", "line", "control"), text)
    rail = {"rail": window, "railtext": ink, "railon": on_mark, "railact": mark}
    toast = {"toast": window, "toasttext": ink, "toastlink": link, "toastok": ink}
    rest = {"bg": window, "accent": mark, "onaccent": on_mark, "accent2": link, "disabled": grey}
    return Colours(**grounds, **inks, **rail, **toast, **rest)
