"""Walks over the widgets of a shown window and names what a person would stumble over.

    assert walker.faults(window) == []

Each kind of fault is a function of its own. A widget that paints its words itself may answer ``cut_texts()``; one
that lies over others on purpose has the property ``floats``; one that shows what people recorded, ``content``.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import combinations, pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QFontMetrics, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QWidget,
)

from inspector.ui.application import Application
from inspector.ui.language import Phrase
from tests.architecture.tree import ROOT

_VIETNAMESE = re.compile("[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.IGNORECASE)


def faults(root: QWidget) -> list[str]:
    """Everything that is wrong with the widgets of this window, as sentences."""
    return [*cut_texts(root), *overlaps(root), *unnamed(root), *disorder(root), *untranslated(root)]


def visible(root: QWidget) -> Iterator[QWidget]:
    """The window and every widget a person can see in it, without the insides of Qt's own widgets."""
    if not root.isVisible():
        return
    yield root
    if isinstance(root, QComboBox | QLineEdit | QHeaderView | QAbstractSlider):
        return
    for child in root.children():
        if isinstance(child, QWidget) and not child.isWindow():
            yield from visible(child)


# ---------------------------------------- cut texts


def cut_texts(root: QWidget) -> list[str]:
    """Words that do not fit where they stand, unless the tooltip has all of them."""
    found = []
    for widget in visible(root):
        own = getattr(widget, "cut_texts", None)
        cut = own() if callable(own) else _cut(widget)
        found += [f"cut: {_name(widget)}: {text!r}" for text in cut if text not in widget.toolTip()]
    return found


def _cut(widget: QWidget) -> list[str]:
    if isinstance(widget, QLabel) and widget.text():
        return [widget.text()] if _label_is_cut(widget) else []
    if isinstance(widget, QAbstractButton) and widget.text():
        return [widget.text()] if widget.minimumSizeHint().width() > widget.width() else []
    if isinstance(widget, QComboBox) and widget.currentText():
        room = widget.width() - 2 * 10 - 16
        return [widget.currentText()] if _advance(widget, widget.currentText()) > room else []
    if isinstance(widget, QHeaderView) and widget.orientation() is Qt.Orientation.Horizontal:
        return list(_cut_heads(widget))
    if isinstance(widget, QLineEdit) and widget.placeholderText() and not widget.text():
        room = widget.contentsRect().width() - 8
        return [widget.placeholderText()] if _advance(widget, widget.placeholderText()) > room else []
    return []


def _label_is_cut(label: QLabel) -> bool:
    if label.wordWrap():
        longest = max((_advance(label, word) for word in label.text().split()), default=0)
        return label.heightForWidth(label.width()) > label.height() or longest > label.contentsRect().width()
    return label.sizeHint().width() > label.width() or label.sizeHint().height() > label.height() + 2


def _cut_heads(header: QHeaderView) -> Iterator[str]:
    model = header.model()
    for column in range(header.count()):
        text = str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        if text and not header.isSectionHidden(column) and header.sectionSizeHint(column) > header.sectionSize(column):
            yield text


def _advance(widget: QWidget, text: str) -> int:
    return QFontMetrics(widget.font()).horizontalAdvance(text)


# ---------------------------------------- overlaps


def overlaps(root: QWidget) -> list[str]:
    """Neighbours that cover each other, and what sticks out of its parent."""
    found = []
    for parent in visible(root):
        if isinstance(parent, QAbstractScrollArea | QComboBox | QLineEdit):
            continue
        children = [child for child in parent.children() if isinstance(child, QWidget) and _takes_room(child)]
        for one, other in combinations(children, 2):
            both = one.geometry().intersected(other.geometry())
            if both.width() > 0 and both.height() > 0:
                found.append(f"overlap: {_name(one)} and {_name(other)}")
        if not _scrolls(parent):
            found += [f"sticks out: {_name(child)}" for child in children if not _lies_in(child, parent.rect())]
    return found


def _takes_room(child: QWidget) -> bool:
    return child.isVisible() and not child.isWindow() and not child.property("floats")


def _scrolls(widget: QWidget) -> bool:
    return isinstance(widget.parent(), QAbstractScrollArea)


def _lies_in(child: QWidget, room: QRect) -> bool:
    return child.width() == 0 or child.height() == 0 or room.contains(child.geometry())


# ---------------------------------------- names, order


def unnamed(root: QWidget) -> list[str]:
    """What can be acted on, or is only painted, without a name for those who do not see it."""
    found = []
    for widget in visible(root):
        if not _needs_name(widget):
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        if interface is None or not interface.text(QAccessible.Text.Name).strip():
            found.append(f"no name: {_name(widget)}")
    return found


def _needs_name(widget: QWidget) -> bool:
    if isinstance(widget, QAbstractScrollArea) and not isinstance(widget, QAbstractItemView):
        return type(widget).__name__ == "AreaEditor"
    if isinstance(widget, QAbstractButton) and not widget.text() and widget.focusPolicy() is Qt.FocusPolicy.NoFocus:
        return widget.width() > 0 and bool(widget.toolTip())
    return isinstance(widget, QAbstractButton) or widget.focusPolicy() is not Qt.FocusPolicy.NoFocus


def stops(root: QWidget) -> list[QWidget]:
    """Where Tab stops, in its order, from the first of the chain."""
    found: list[QWidget] = []
    # Kept as long as the window: when the last reference to the insides of a Qt widget that was met in this chain goes,
    # PySide takes the insides along.
    met: list[QWidget] = []
    setattr(root, "met", [*getattr(root, "met", []), met])  # noqa: B010  -- Qt's classes declare no such thing
    widget = root.nextInFocusChain()
    while widget is not None and widget is not root:
        met.append(widget)
        takes_tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
        usable = takes_tab and widget.isVisible() and widget.isEnabled() and root.isAncestorOf(widget)
        # Asked of the insides of a scroll area, focusProxy keeps Python's side of the area alive for ever.
        if usable and widget.focusProxy() is None:
            found.append(widget)
        widget = widget.nextInFocusChain()
    return found


def disorder(root: QWidget) -> list[str]:
    """Tab that goes against the order of reading: upwards in a column, or leftwards in a row."""
    found = []
    chain = stops(root)
    for before, after in pairwise(chain):
        one, other = _branches(root, before, after)
        if other.bottom() < one.top() and _share(one.left(), one.right(), other.left(), other.right()):
            found.append(f"Tab goes up: {_name(before)} → {_name(after)}")
        elif other.right() < one.left() and _share(one.top(), one.bottom(), other.top(), other.bottom()):
            found.append(f"Tab goes left: {_name(before)} → {_name(after)}")
    return found


def _branches(root: QWidget, one: QWidget, other: QWidget) -> tuple[QRect, QRect]:
    """The places of the two branches at which the ways up from both part, within their common ancestor."""
    ways = [_way(root, one), _way(root, other)]
    parting = next((pair for pair in zip(ways[0], ways[1], strict=False) if pair[0] is not pair[1]), (one, other))
    return _place(root, parting[0]), _place(root, parting[1])


def _way(root: QWidget, widget: QWidget) -> list[QWidget]:
    way = [widget]
    while way[-1] is not root:
        parent = way[-1].parentWidget()
        if parent is None:
            break
        way.append(parent)
    return way[::-1]


def _place(root: QWidget, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(root, QPoint(0, 0)), widget.size())


def _share(start: int, end: int, other_start: int, other_end: int) -> bool:
    return max(start, other_start) <= min(end, other_end)


# ---------------------------------------- contrast


def faint(root: QWidget) -> list[str]:
    """Words whose ink stands out too little from what is under it (WCAG AA), measured in the picture of the window.

    Drawn at twice the size: there even thin strokes are as dark inside as they were meant to be. Words of what cannot
    be used are exempt, and what is scrolled half away is passed over.
    """
    drawn = QImage(root.size() * _TWICE, QImage.Format.Format_RGB32)
    drawn.setDevicePixelRatio(_TWICE)
    drawn.fill(Qt.GlobalColor.white)
    root.render(drawn, QPoint(0, 0))
    found = []
    for widget in visible(root):
        if isinstance(widget, QLabel | QAbstractButton) and widget.isEnabled() and widget.text().strip():
            box = _place(root, widget)
            measured = _contrast(drawn, box) if _seen(widget, root).contains(box) else None
            if measured is not None and measured < _LEAST_CONTRAST:
                found.append(f"faint: {_name(widget)}: {measured:.1f}")
    return found


_TWICE = 2
_LEAST_CONTRAST = 4.5
_STROKES = 12
"""So many pixels of a colour are drawn with it; fewer lie between two colours."""


def _seen(widget: QWidget, root: QWidget) -> QRect:
    """What of the window the widget may draw on: scrolled areas and narrow parents hide the rest."""
    box = root.rect()
    for parent in _way(root, widget)[1:-1]:
        box = box.intersected(_place(root, parent))
    return box


def _contrast(drawn: QImage, box: QRect) -> float | None:
    """Between the commonest colour in the box and the one that stands out most; None where next to nothing is seen."""
    if box.width() < _STROKES or box.height() < _STROKES:
        return None
    part = drawn.copy(QRect(box.topLeft() * _TWICE, box.size() * _TWICE))
    colours = Counter(memoryview(part.constBits()).cast("I"))
    [(ground, _)] = colours.most_common(1)
    return max(_between(ground, ink) for ink, count in colours.items() if count >= _STROKES)


@cache
def _between(one: int, other: int) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@cache
def _luminance(pixel: int) -> float:
    parts = [(pixel >> shift & 0xFF) / 255 for shift in (16, 8, 0)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


# ---------------------------------------- translations


def untranslated(root: QWidget) -> list[str]:
    """Vietnamese words of the window while it speaks English, and English ones of Qt while it speaks Vietnamese."""
    application = QApplication.instance()
    english = isinstance(application, Application) and application.translations.code == "en"
    foreign = _qt_words()
    found = []
    for widget in visible(root):
        if _is_content(widget):
            continue
        without = _without_content(widget)
        for text in (without.get(text, text) for text in _texts(widget)):
            if (english and _VIETNAMESE.search(text)) or (not english and text in foreign):
                found.append(f"untranslated: {_name(widget)}: {text!r}")
    return found


def _is_content(widget: QWidget) -> bool:
    return bool(widget.property("content")) or isinstance(widget, QAbstractItemView)


def _without_content(widget: QWidget) -> dict[str, str]:
    """What the phrases of a widget say, and the same without what people recorded in them."""
    phrases = [thing for thing in vars(widget).values() if isinstance(thing, Phrase)]
    return {str(phrase): str(_emptied(phrase)) for phrase in phrases}


def _emptied(phrase: Phrase) -> Phrase:
    values = ((name, _emptied(value) if isinstance(value, Phrase) else value) for name, value in phrase.values)
    return Phrase(phrase.source, tuple((name, "" if isinstance(value, str) else value) for name, value in values))


def _texts(widget: QWidget) -> set[str]:
    texts = {widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()}
    if isinstance(widget, QLabel | QAbstractButton):
        texts.add(widget.text())
    if isinstance(widget, QLineEdit):
        texts.add(widget.placeholderText())
    return {text for text in texts if text}


def _qt_words() -> set[str]:
    table = json.loads((ROOT / "resources/translations/qtbase_vi.json").read_text(encoding="utf-8"))
    return {
        form
        for texts in table.values()
        for source, text in texts.items()
        if source != text
        for form in (source, source.replace("&", ""))
    }


def _name(widget: QWidget) -> str:
    kind = type(widget).__name__
    name = widget.objectName() or widget.accessibleName() or getattr(widget, "text", lambda: "")()
    return f"{kind} {name!r}" if name else kind
