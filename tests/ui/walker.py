"""Walks over the widgets of a shown window and names what a person would stumble over.

    assert walker.faults(window) == []

Each kind of fault is a function of its own. A widget that paints its words itself may answer ``cut_texts()``; one
that lies over others on purpose has the property ``floats``; one that shows what people recorded, ``content``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import combinations, pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QFontMetrics
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
    widget = root.nextInFocusChain()
    while widget is not None and widget is not root:
        takes_tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
        usable = widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None
        if takes_tab and usable and root.isAncestorOf(widget):
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
        for text in _texts(widget):
            if (english and _VIETNAMESE.search(text)) or (not english and text in foreign):
                found.append(f"untranslated: {_name(widget)}: {text!r}")
    return found


def _is_content(widget: QWidget) -> bool:
    return bool(widget.property("content")) or isinstance(widget, QAbstractItemView)


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
