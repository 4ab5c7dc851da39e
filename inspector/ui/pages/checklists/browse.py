"""Versions, the items of one, and everything about one item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector.services.checklist_shelf import Law, Version
from inspector.services.quick_find import agreement
from inspector.ui import tokens
from inspector.ui.actions import Act
from inspector.ui.language import tr
from inspector.ui.pages.checklists.words import item_facts, item_rows, version_line, version_row
from inspector.ui.pages.facts import Facts
from inspector.ui.pages.flow import Flow
from inspector.ui.pages.folding import Folding
from inspector.ui.pages.line_list import LineList
from inspector.ui.theme import look
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.button import ActionButton
from inspector.ui.widgets.field import TextField
from inspector.ui.widgets.text import CutText

VERSIONS, ITEM = 328, 360


class Browse(QWidget):
    """``turned`` tells the version that is shown now, by its hash."""

    turned = Signal(str)

    def __init__(self, acts: Sequence[Act]) -> None:
        super().__init__()
        self._versions: dict[str, Version] = {}
        self._law: Mapping[str, Law] = {}
        self.list = LineList(tr("Các bản bộ tiêu chí"))
        self.items = LineList(tr("Các mục"))
        self.facts = Facts(tr("Chi tiết mục"))
        self.title = CutText(size=Size.HEAD, weight=Weight.STRONG)
        self.line = CutText(size=Size.META, tone="text2")
        self.notice = CutText(size=Size.META, tone="text2")
        self.filter = TextField(tr("Lọc mục"), icon="search", keys="Ctrl+F")
        self.filter.hide_label()
        self._say()
        middle = self._middle(acts)
        self.folding = Folding([(self.list, VERSIONS), (middle, 0), (self.facts, ITEM)])
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.folding)
        self.setFocusProxy(self.list)
        self.list.chosen.connect(self._show_version)
        self.list.opened.connect(lambda _key: self.folding.show_pane(1))
        self.items.chosen.connect(self._show_item)
        self.items.opened.connect(lambda _key: self.folding.show_pane(2))
        self.filter.editor.typed.connect(self._filter)

    def _middle(self, acts: Sequence[Act]) -> QWidget:
        middle = QWidget()
        middle.setProperty("ground", "surface")
        middle.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        head = QVBoxLayout()
        head.setContentsMargins(tokens.GROUP, tokens.GROUP, tokens.GROUP, tokens.GAP)
        head.setSpacing(tokens.GAP)
        head.addWidget(self.title)
        head.addWidget(self.line)
        head.addWidget(Flow(*(ActionButton(act, height=tokens.SMALL_CONTROL) for act in acts)))
        head.addWidget(self.notice)
        head.addWidget(self.filter)
        rows = QVBoxLayout(middle)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(head)
        rows.addWidget(self.items, 1)
        middle.setFocusProxy(self.items)
        return middle

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._say()

    def _say(self) -> None:
        self.filter.editor.setPlaceholderText(str(tr("Lọc mục")))

    def _fit(self) -> None:
        """Where height is short, the items have it."""
        low = self.window().height() < look().px(tokens.LOW_WINDOW)
        self.notice.setVisible(bool(self.notice.text()) and not low)

    # -------------------------------------------------------- showing

    def show_versions(self, versions: Sequence[Version]) -> None:
        self._versions = {version.hash: version for version in versions}
        self.list.show_rows([version_row(version) for version in versions])
        if self.list.key():
            self._show_version(self.list.key())

    def show_law(self, law: Sequence[Law]) -> None:
        self._law = {each.code: each for each in law}
        self._show_item(self.items.key())

    def choose(self, hash_: str, item: str = "") -> None:
        """Show a version, and an item of it."""
        self.list.choose(hash_)
        if item and self.list.key() == hash_:
            self.filter.show_value("")
            self.items.choose(item)
            self.folding.show_pane(1)

    @property
    def version(self) -> Version | None:
        return self._versions.get(self.list.key())

    def _show_version(self, hash_: str) -> None:
        version = self._versions.get(hash_)
        if version is None:
            return
        self.title.say(version.checklist.title)
        self.line.say(version_line(version))
        about = version.checklist.notices.about
        self.notice.say(about)
        self.title.setAccessibleDescription(about)
        self._fit()
        self._filter()
        self.turned.emit(hash_)

    def _filter(self) -> None:
        """The list follows every letter; the field is not touched."""
        version = self.version
        if version is None:
            return
        words = self.filter.editor.draft().text.strip()
        items = version.checklist.items
        wanted = {item.key for item in items if agreement(words, f"{item.code} {item.text}") is not None}
        self.items.show_rows(item_rows(version, frozenset(wanted) if words else None))
        self._show_item(self.items.key())

    def _show_item(self, key: str) -> None:
        version = self.version
        item = next((each for each in version.checklist.items if each.key == key), None) if version else None
        if item is None:
            self.facts.show_facts(tr("Chọn một mục để xem"), [])
        else:
            self.facts.show_facts(f"{item.code} {item.text}", item_facts(item, self._law))
