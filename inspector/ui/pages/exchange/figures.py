"""Three states of all data side by side: on this laptop, also with others, the same as with others."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector.services.standing import Standing, total
from inspector.ui import tokens
from inspector.ui.language import Words, tr
from inspector.ui.pages.exchange.words import amount, only_here
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.card import Card
from inspector.ui.widgets.icon import Icon
from inspector.ui.widgets.text import CutText


class Figures(QWidget):
    """Counts over all inspections; nothing is green that only this laptop holds."""

    def __init__(self) -> None:
        super().__init__()
        self.here = Figure("laptop", tr("Trên máy này"))
        self.others = Figure("users", tr("Có ở máy khác"))
        self.same = Figure("git-merge", tr("Đã khớp mã đối chiếu"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.GROUP)
        for figure in (self.here, self.others, self.same):
            row.addWidget(figure, 1)

    def show_standings(self, found: Sequence[Standing]) -> None:
        everything = total(found)
        lonely = everything.changes_only_here or everything.photos_only_here
        least = min((standing.least_copies for standing in found), default=0)
        line = (
            only_here(everything.changes_only_here, everything.photos_only_here)
            if lonely
            else tr("Đều đã có ở ít nhất {count} máy khác", count=least)
        )
        self.here.show_figure(amount(everything.changes, everything.photos), line)
        kept = sum(not standing.is_only_here for standing in found)
        elsewhere = amount(
            everything.changes - everything.changes_only_here, everything.photos - everything.photos_only_here
        )
        self.others.show_figure(elsewhere, tr("{kept}/{all} cuộc đã có đủ ở máy khác", kept=kept, all=len(found)))
        same = sum(bool(standing.same) for standing in found)
        self.same.show_figure(
            tr("{same}/{all} cuộc kiểm tra", same=same, all=len(found)),
            tr("Theo báo cáo gần nhất của từng máy"),
        )


class Figure(Card):
    """An icon, what it is about, the figure, and a line that says how good that is."""

    def __init__(self, icon: str, words: Words) -> None:
        super().__init__()
        self._figure = CutText(size=Size.HEAD, weight=Weight.STRONG)
        self._line = CutText(size=Size.META, tone="text2")
        lines = QVBoxLayout()
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(CutText(words, size=Size.META, tone="text2"))
        lines.addWidget(self._figure)
        lines.addWidget(self._line)
        row = QHBoxLayout()
        row.setSpacing(tokens.GROUP)
        row.addWidget(Icon(icon, "accent", 24))
        row.addLayout(lines, 1)
        self.rows.setContentsMargins(tokens.GROUP, tokens.GAP, tokens.GROUP, tokens.GAP)
        self.rows.addLayout(row)

    def show_figure(self, figure: Words, line: Words) -> None:
        self._figure.say(figure)
        self._line.say(line)
