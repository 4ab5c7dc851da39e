"""The visual language as data: colours, type, space, shape. Whatever is drawn is measured and coloured from here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True)
class Colours:
    """One scheme, as ``#RRGGBB``. Names ending in ``s`` or ``soft`` are grounds for the colour of the same stem."""

    bg: str
    """Ground of the window."""
    surface: str
    """Cards, panes, fields."""
    surface2: str
    """Heads of tables, read-only fields, key caps."""
    line: str
    """Dividers and edges of cards: decoration, never the border of something one can act on."""
    control: str
    """Border of anything one can act on."""
    text: str
    text2: str
    """Labels and secondary lines."""
    accent: str
    """Primary button, focus, bar of the selected row."""
    onaccent: str
    accent2: str
    """Links, and text on ``asoft``."""
    asoft: str
    """Selected row."""
    ok: str
    oks: str
    part: str
    parts: str
    no: str
    nos: str
    na: str
    nas: str
    dis: str
    """Not agreed (chưa thống nhất), and nothing else."""
    diss: str
    rail: str
    railtext: str
    railon: str
    railact: str
    """Ground of the active place in the rail."""
    toast: str
    toasttext: str
    toastlink: str
    toastok: str
    disabled: str


LIGHT = Colours(
    bg="#F2F4F7",
    surface="#FFFFFF",
    surface2="#F7F9FB",
    line="#DCE1E8",
    control="#7D8896",
    text="#17212D",
    text2="#526071",
    accent="#1B5FA8",
    onaccent="#FFFFFF",
    accent2="#174F8C",
    asoft="#E6EFF9",
    ok="#17693A",
    oks="#E2F3E8",
    part="#855000",
    parts="#FCEFD6",
    no="#B0261F",
    nos="#FBE6E4",
    na="#566270",
    nas="#EAEDF1",
    dis="#6A3BA3",
    diss="#F0E9FA",
    rail="#17304C",
    railtext="#C8D5E4",
    railon="#FFFFFF",
    railact="#264668",
    toast="#22303F",
    toasttext="#FFFFFF",
    toastlink="#A5CBF7",
    toastok="#7DCC98",
    disabled="#8B95A2",
)

DARK = Colours(
    bg="#12171D",
    surface="#1A2129",
    surface2="#1F2730",
    line="#303B47",
    control="#748292",
    text="#E6EBF1",
    text2="#A9B5C3",
    accent="#7DB5F3",
    onaccent="#0A1A2C",
    accent2="#A5CBF7",
    asoft="#1C3350",
    ok="#7DCC98",
    oks="#173122",
    part="#EAB65E",
    parts="#382A11",
    no="#F7978D",
    nos="#401D1A",
    na="#A9B5C3",
    nas="#28323C",
    dis="#C5A4F1",
    diss="#2F2344",
    rail="#0D1319",
    railtext="#A9B5C3",
    railon="#FFFFFF",
    railact="#1C2935",
    toast="#2A3644",
    toasttext="#E6EBF1",
    toastlink="#A5CBF7",
    toastok="#7DCC98",
    disabled="#6B7683",
)


@dataclass(frozen=True)
class Pair:
    """A colour that must be told from its ground: ``least`` is the WCAG 2.1 contrast it needs."""

    colour: str
    ground: str
    least: float


TEXT_CONTRAST = 4.5
SIGN_CONTRAST = 3.0

PAIRS = (
    *(Pair(colour, ground, TEXT_CONTRAST) for colour in ("text", "text2") for ground in ("bg", "surface", "surface2")),
    *(Pair(colour, "surface", TEXT_CONTRAST) for colour in ("accent", "accent2")),
    *(Pair("accent2", ground, TEXT_CONTRAST) for ground in ("bg", "surface2")),
    *(Pair(colour, "asoft", TEXT_CONTRAST) for colour in ("text", "text2", "accent2")),
    *(
        Pair(colour, ground, TEXT_CONTRAST)
        for colour in ("ok", "part", "no", "na", "dis")
        for ground in ("surface", "surface2", "bg", "asoft", "nas" if colour == "na" else f"{colour}s")
    ),
    *(Pair("text", ground, TEXT_CONTRAST) for ground in ("oks", "parts", "nos", "nas", "diss")),
    *(Pair("accent2", ground, TEXT_CONTRAST) for ground in ("parts", "nos")),
    Pair("onaccent", "accent", TEXT_CONTRAST),
    Pair("railtext", "rail", TEXT_CONTRAST),
    Pair("railon", "railact", TEXT_CONTRAST),
    *(Pair(colour, "toast", TEXT_CONTRAST) for colour in ("toasttext", "toastlink", "toastok")),
    *(Pair("control", ground, SIGN_CONTRAST) for ground in ("bg", "surface", "surface2", "asoft")),
    *(Pair("accent", ground, SIGN_CONTRAST) for ground in ("bg", "surface", "surface2", "asoft")),
)
"""Every pair that is drawn somewhere. ``disabled`` is exempt, ``line`` decorates."""


def contrast(one: str, other: str) -> float:
    """WCAG 2.1 contrast of two ``#RRGGBB`` colours, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


class Size(Enum):
    """The five sizes of type: pixels of the letter and of its line at a text scale of 100 %."""

    META = (12, 16)
    """Labels, secondary lines, key caps."""
    BODY = (14, 20)
    """Text, fields, buttons."""
    HEAD = (16, 24)
    """Head of a pane or an item."""
    TITLE = (20, 28)
    """Title of a page, key figures."""
    DISPLAY = (28, 36)
    """First start only."""

    @property
    def pixels(self) -> int:
        return self.value[0]

    @property
    def line(self) -> int:
        return self.value[1]


class Weight(Enum):
    """The three weights of type that are bundled."""

    TEXT = 400
    MEDIUM = 500
    """Buttons, names in lists."""
    STRONG = 600
    """Heads, chosen values."""


FONT = "Be Vietnam Pro"
PAPER_FONTS = ("Times New Roman", "Liberation Serif", "Tinos", "Nimbus Roman")
"""For previews of documents: the font of the decree or a twin of the same widths."""

SMALLEST_TEXT = 12
"""No letter is drawn smaller, whatever the text scale."""

TIGHT = 4
"""Inside a control, between a label and its field."""
GAP = 8
GROUP = 16
EDGE = 24

RADIUS_CHIP = 4
RADIUS_CONTROL = 6
RADIUS_CARD = 8
RADIUS_DIALOG = 10

CHIP = 24
SMALL_CONTROL = 28
CONTROL = 32
MAIN_CONTROL = 40
ROW = 34
ROW_TWO_LINES = 50
PAGE_HEAD = 64
PAGE_HEAD_LOW = 52
TABS = 40
STATUS_BAR = 32

RAIL = 80
RAIL_NARROW = 52
CONTENTS = 240
ITEMS = 404
ITEMS_NARROW = 316
DETAIL_LEAST = 580
DIALOG = 720
THUMBNAIL = (112, 72)

FOCUS = 2
"""Width of the focus mark, and of the gap between it and a button."""
SELECTION_BAR = 3

THREE_PANES = 1200
TWO_PANES = 880
"""Logical widths from which on a window shows three panes, or two; below it shows one at a time."""
LOW_WINDOW = 560
"""Logical height below which heads and hints shrink."""

TOAST_MS = 6_000
DRAFT_MS = 1_000
"""A draft is at most this much older than what stands in the field."""
