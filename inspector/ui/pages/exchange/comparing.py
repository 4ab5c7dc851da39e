"""Two people comparing six figures before laptops that do not know each other exchange anything."""

from __future__ import annotations

from inspector.ui.actions import Act
from inspector.ui.language import Words, tr
from inspector.ui.network import Comparison
from inspector.ui.pages.flow import Flow
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.button import ActionButton, Kind
from inspector.ui.widgets.card import Card
from inspector.ui.widgets.text import Text


class CompareCard(Card):
    """Shown while a comparison waits; hidden otherwise. ``show_comparison`` returns whether a new one came."""

    def __init__(self, same: Act, differs: Act) -> None:
        super().__init__()
        self.set_chosen(chosen=True)
        self._shown: Comparison | None = None
        self._head = Text(weight=Weight.STRONG, wrap=True)
        self.code = Text(size=Size.DISPLAY, weight=Weight.STRONG)
        self._seen = Text(size=Size.META, tone="text2", wrap=True)
        self.same, self.differs = ActionButton(same, kind=Kind.PRIMARY), ActionButton(differs)
        for widget in (self._head, self.code, self._seen, Flow(self.same, self.differs)):
            self.rows.addWidget(widget)
        self.setFocusProxy(self.differs)
        self.hide()

    def show_comparison(self, found: Comparison | None, shown: Words) -> bool:
        """``shown`` is what a laptop that wants in will be given to see."""
        new = found is not None and found is not self._shown
        self._shown = found
        self.setVisible(found is not None)
        if found is not None:
            self._head.say(_question(found))
            self.code.say(found.code)
            self._seen.say(tr("Máy đó sẽ được xem: {shown}.", shown=shown) if found.asks else "")
            self._seen.setVisible(found.asks)
        return new


def _question(found: Comparison) -> Words:
    if found.asks:
        return tr(
            "Máy của {name} chưa có tên trong đoàn và xin trao đổi. Màn hình máy đó có hiện mã này không?",
            name=found.name,
        )
    return tr("Máy này và máy của {name} chưa biết nhau. Màn hình máy kia có hiện mã này không?", name=found.name)
