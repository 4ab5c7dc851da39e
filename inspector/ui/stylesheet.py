"""The style sheet, made from the tokens: it dresses what Qt paints. Our own painting asks the look for the colours."""

from __future__ import annotations

from collections.abc import Callable

from inspector.ui import tokens
from inspector.ui.fonts import letter_pixels
from inspector.ui.tokens import FONT, Colours, Size, Weight

Length = Callable[[int], int]

TONES = (
    "text",
    "text2",
    "accent",
    "accent2",
    "ok",
    "part",
    "no",
    "na",
    "dis",
    "railtext",
    "railon",
    "toasttext",
    "disabled",
)


def style_sheet(colours: Colours, *, scale: int, high_contrast: bool) -> str:
    """Everything at a text scale in percent. In high contrast every edge is drawn as strongly as text."""

    def px(length: int) -> int:
        return round(length * scale / 100)

    edge = colours.text if high_contrast else colours.line
    parts = (
        _texts(colours, scale),
        _panes(colours, edge, px),
        _fonts_of_the_system(scale),
        _fields(colours, px),
        _picking(colours, px),
        _ticks(colours, px),
        _lists(colours, edge, px),
        _bars(colours, px),
        _menus(colours, edge, px),
        _calendar(colours, px),
    )
    return "\n".join(parts)


def _texts(colours: Colours, scale: int) -> str:
    sizes = [f'Text[letters="{size.name}"] {{ font-size: {letter_pixels(size, scale)}px; }}' for size in Size]
    weights = [f'Text[weight="{weight.name}"] {{ font-weight: {weight.value}; }}' for weight in Weight]
    tones = [f'Text[tone="{tone}"] {{ color: {getattr(colours, tone)}; }}' for tone in TONES]
    return "\n".join([*sizes, *weights, *tones, "Text { background: transparent; }"])


def _panes(colours: Colours, edge: str, px: Length) -> str:
    card = f"border: 1px solid {edge}; border-radius: {px(tokens.RADIUS_CARD)}px;"
    return f"""
QMainWindow, QDialog, QWidget[ground="bg"] {{ background: {colours.bg}; }}
QWidget[ground="surface"] {{ background: {colours.surface}; }}
QWidget[ground="surface2"] {{ background: {colours.surface2}; }}
QWidget[ground="rail"] {{ background: {colours.rail}; }}
Card {{ background: {colours.surface}; {card} }}
Card[chosen="true"] {{ border-color: {colours.accent}; }}
Card[quiet="true"] {{ background: {colours.surface2}; }}
Line {{ background: {edge}; border: none; }}
QScrollArea, QScrollArea > QWidget > QWidget[scrolled="true"] {{ background: transparent; border: none; }}
QToolTip {{ background: {colours.toast}; color: {colours.toasttext}; border: none; padding: {px(4)}px {px(8)}px; }}
QSplitter::handle {{ background: {edge}; }}
"""


def _fonts_of_the_system(scale: int) -> str:
    """Windows gives menus and tooltips fonts of its own, which the font of the application does not reach."""
    named = f'font-family: "{FONT}"; font-weight: {Weight.TEXT.value};'
    body, meta = (letter_pixels(size, scale) for size in (Size.BODY, Size.META))
    return f"QMenu, QMessageBox {{ {named} font-size: {body}px; }}\nQToolTip {{ {named} font-size: {meta}px; }}"


def _fields(colours: Colours, px: Length) -> str:
    editors = ("QLineEdit", "QPlainTextEdit")

    def each(state: str = "") -> str:
        return ", ".join(f"{name}{state}" for name in editors)

    # The focused border is one pixel wider: the padding gives it up, so that the text stays where it is.
    return f"""
{each()} {{
    background: {colours.surface}; color: {colours.text}; border: 1px solid {colours.control};
    border-radius: {px(tokens.RADIUS_CONTROL)}px; selection-background-color: {colours.accent};
    selection-color: {colours.onaccent};
}}
QLineEdit {{ padding: 1px {px(9)}px; }}
{each()} {{ placeholder-text-color: {colours.text2}; }}
QPlainTextEdit {{ padding: {px(7)}px {px(9)}px; }}
{each('[wrong="true"]')} {{ border-color: {colours.no}; }}
{each(":read-only")} {{ background: {colours.surface2}; border-color: {colours.line}; }}
{each(":disabled")} {{ background: {colours.nas}; border-color: {colours.line}; color: {colours.disabled}; }}
{each(":focus")} {{ border: {tokens.FOCUS}px solid {colours.accent}; }}
{each(':focus[wrong="true"]')} {{ border: {tokens.FOCUS}px solid {colours.no}; }}
QFrame#choices {{ background: {colours.surface}; border: 1px solid {colours.control}; }}
QFrame#choices QListView::item {{ min-height: {px(tokens.CONTROL)}px; }}
QLineEdit:focus {{ padding: 0px {px(9) - 1}px; }}
QPlainTextEdit:focus {{ padding: {px(7) - 1}px {px(9) - 1}px; }}
"""


def _picking(colours: Colours, px: Length) -> str:
    return f"""
QComboBox {{
    background: {colours.surface}; color: {colours.text}; border: 1px solid {colours.control};
    border-radius: {px(tokens.RADIUS_CONTROL)}px; padding: 1px {px(28)}px 1px {px(9)}px;
}}
QComboBox:focus {{
    border: {tokens.FOCUS}px solid {colours.accent}; padding: 0px {px(28) - 1}px 0px {px(9) - 1}px;
}}
QComboBox:disabled {{ background: {colours.nas}; border-color: {colours.line}; color: {colours.disabled}; }}
QComboBox[record="true"]:disabled {{
    background: {colours.surface2}; border-color: {colours.line}; color: {colours.text};
}}
QComboBox {{ combobox-popup: 0; }}
QComboBox::drop-down {{ border: none; width: 0px; }}
QComboBox QAbstractItemView {{
    background: {colours.surface}; color: {colours.text}; border: 1px solid {colours.control}; outline: none;
    padding: {px(4)}px 0px;
}}
QComboBox QAbstractItemView::item {{ min-height: {px(tokens.CONTROL)}px; padding: 0px {px(10)}px; }}
"""


def _ticks(colours: Colours, px: Length) -> str:
    return f"""
QCheckBox, QRadioButton {{ color: {colours.text}; spacing: {px(8)}px; background: transparent; }}
QCheckBox:disabled, QRadioButton:disabled {{ color: {colours.disabled}; }}
"""


def _lists(colours: Colours, edge: str, px: Length) -> str:
    chosen = f"background: {colours.asoft}; color: {colours.text};"
    return f"""
QAbstractItemView {{
    background: {colours.surface}; color: {colours.text}; border: none; outline: none; gridline-color: {edge};
    selection-background-color: {colours.asoft}; selection-color: {colours.text};
}}
QListView::item, QTableView::item, QTreeView::item {{ padding: 0px {px(8)}px; }}
QListView::item:selected, QTableView::item:selected, QTreeView::item:selected {{ {chosen} }}
QHeaderView {{ background: {colours.surface2}; border: none; }}
QHeaderView::section {{
    background: {colours.surface2}; color: {colours.text2}; border: none; border-bottom: 1px solid {edge};
    padding: 0px {px(8)}px; min-height: {px(tokens.ROW)}px; font-weight: {Weight.MEDIUM.value};
}}
QHeaderView[dense="true"]::section {{
    padding: 0px {px(4)}px; font-size: {max(tokens.SMALLEST_TEXT, px(Size.META.pixels))}px;
}}
QTableCornerButton::section {{ background: {colours.surface2}; border: none; }}
"""


def _bars(colours: Colours, px: Length) -> str:
    thick = px(10)
    return f"""
QScrollBar {{ background: transparent; border: none; }}
QAbstractScrollArea::corner {{ background: transparent; border: none; }}
QScrollBar:vertical {{ width: {thick}px; }}
QScrollBar:horizontal {{ height: {thick}px; }}
QScrollBar::handle {{ background: {colours.control}; border-radius: {thick // 2 - 2}px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: {px(32)}px; }}
QScrollBar::handle:horizontal {{ min-width: {px(32)}px; }}
QScrollBar::handle:hover {{ background: {colours.text2}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0px; height: 0px; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""


def _menus(colours: Colours, edge: str, px: Length) -> str:
    return f"""
QMenu {{ background: {colours.surface}; color: {colours.text}; border: 1px solid {edge}; padding: {px(4)}px 0px; }}
QMenu::item {{ padding: {px(6)}px {px(24)}px {px(6)}px {px(12)}px; }}
QMenu::item:selected {{ background: {colours.asoft}; color: {colours.text}; }}
QMenu::item:disabled {{ color: {colours.disabled}; }}
QMenu::separator {{ height: 1px; background: {edge}; margin: {px(4)}px 0px; }}
"""


def _calendar(colours: Colours, px: Length) -> str:
    return f"""
QCalendarWidget QWidget#qt_calendar_navigationbar {{ background: {colours.surface2}; }}
QCalendarWidget QToolButton {{
    background: transparent; color: {colours.text}; border: none; padding: {px(4)}px {px(8)}px;
}}
QCalendarWidget QToolButton:hover {{ background: {colours.asoft}; }}
QCalendarWidget QAbstractItemView:enabled {{
    background: {colours.surface}; color: {colours.text}; selection-background-color: {colours.accent};
    selection-color: {colours.onaccent};
}}
QCalendarWidget QTableView::item {{ padding: 0px; }}
QCalendarWidget QTableView::item:selected {{ background: {colours.accent}; color: {colours.onaccent}; }}
QCalendarWidget QAbstractItemView:disabled {{ color: {colours.disabled}; }}
"""
