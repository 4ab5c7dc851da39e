"""Exchanging in the room: the point of this laptop, the points of others, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from inspector.ui import tokens
from inspector.ui.actions import Act
from inspector.ui.language import Words, tr
from inspector.ui.network import Around, Going, Network
from inspector.ui.pages.exchange import met
from inspector.ui.pages.exchange.comparing import CompareCard
from inspector.ui.pages.exchange.ground import Ground
from inspector.ui.pages.flow import Flow
from inspector.ui.pages.line_list import LineList
from inspector.ui.pages.settings.panel import kept_here
from inspector.ui.theme import look
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.button import ActionButton, Button, Kind
from inspector.ui.widgets.card import Card, SectionHead
from inspector.ui.widgets.field import TextField
from inspector.ui.widgets.pick_field import Choice, PickField
from inspector.ui.widgets.text import CutText, Text
from inspector.ui.widgets.tick import Tick

_LIST = 240
_BESIDE = 860
"""Where the pane is narrower its two cards stand one under the other."""


@dataclass(frozen=True)
class RoomActs:
    """What can be done in the room, bound by the page so that it can be done from anywhere on it."""

    open: Act
    close: Act
    find: Act
    exchange: Act
    diagnose: Act
    same: Act
    differs: Act


class NetworkPane(Ground):
    """Shows what ``network`` knows. ``to_disagreements`` gets the inspection whose line was opened."""

    def __init__(
        self, network: Network, acts: RoomActs, leave: Button, to_disagreements: Callable[[str], object]
    ) -> None:
        super().__init__()
        self._network = network
        self._acts = acts
        self._around: list[Around] = []
        self._ended: Going | None = None
        self._is_finding = self._found_nobody = False
        self.compare = CompareCard(acts.same, acts.differs)
        self.point, self.others, self.apart = Card(), Card(), Card()
        self.apart_list = LineList(tr("Chỗ chưa thống nhất mới"))
        self.apart_list.fit_rows(_LIST)
        self.apart_list.opened.connect(to_disagreements)
        self._fill_point()
        self._fill_others()
        self._fill_apart()
        self._lay_out(leave)
        self.setFocusProxy(self.open)
        network.changed.connect(self.refresh)
        self.refresh()

    # -------------------------------------------------------- laying out

    def _fill_point(self) -> None:
        self.open, self.close_ = ActionButton(self._acts.open, kind=Kind.PRIMARY), ActionButton(self._acts.close)
        self._state = Text(tone="text2", wrap=True)
        self.where = Text(size=Size.TITLE, weight=Weight.STRONG, wrap=True)
        self.where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._name = CutText(size=Size.META, tone="text2")
        self.visitors = LineList(tr("Máy đã đến"))
        self.visitors.fit_rows(_LIST)
        self.shown = PickField(tr("Máy ngoài đoàn được xem"))
        kept_here(self.shown)
        self.head = SectionHead(tr("Điểm trao đổi trên máy này"), line=False)
        buttons = Flow(self.open, self.close_)
        for widget in (self.head, self._state, self.where, self._name, buttons, self.visitors, self.shown):
            self.point.rows.addWidget(widget)
        self.point.rows.addStretch(1)

    def _fill_others(self) -> None:
        self.around = LineList(tr("Máy đang mở điểm trao đổi"))
        self.around.fit_rows(_LIST)
        self.around.opened.connect(self.exchange)
        self._found = Text(size=Size.META, tone="text2", wrap=True)
        self.address = TextField(tr("Địa chỉ hiện trên máy kia"))
        self.address.set_help(tr("Ví dụ: 192.168.1.20"))
        kept_here(self.address)
        self.result = Text(weight=Weight.MEDIUM, wrap=True)
        self.clock = Text(size=Size.META, tone="text2", wrap=True)
        self.why = ActionButton(self._acts.diagnose)
        self.results = LineList(tr("Kết quả từng cuộc"))
        self.results.fit_rows(_LIST)
        self.by_itself = Tick(tr("Tự trao đổi mỗi phút khi gặp máy đã biết"), cuts=True)
        self.by_itself.clicked.connect(lambda yes: self._network.set_by_itself(bool(yes)))
        self.last = Text(size=Size.META, tone="text2", wrap=True)
        for widget in (
            SectionHead(tr("Trao đổi với máy khác"), line=False),
            Flow(ActionButton(self._acts.find)),
            self._found,
            self.around,
            self.address,
            Flow(ActionButton(self._acts.exchange)),
            self.result,
            self.clock,
            Flow(self.why),
            self.results,
            self.by_itself,
            self.last,
        ):
            self.others.rows.addWidget(widget)
        self.others.rows.addStretch(1)

    def _fill_apart(self) -> None:
        line = tr("Không ý kiến nào bị bỏ. Mở một dòng để xem hai ý kiến cạnh nhau và quyết định.")
        self.apart.rows.addWidget(SectionHead(tr("Chỗ chưa thống nhất mới"), line=False))
        self.apart.rows.addWidget(Text(line, size=Size.META, tone="text2", wrap=True))
        self.apart.rows.addWidget(self.apart_list)

    def _lay_out(self, leave: Button) -> None:
        inner = QWidget()
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(tokens.GROUP, tokens.GROUP, tokens.GROUP, tokens.GROUP)
        rows.setSpacing(tokens.GROUP)
        self._cards = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._cards.setSpacing(tokens.GROUP)
        self._cards.addWidget(self.point, 1)
        self._cards.addWidget(self.others, 1)
        rows.addWidget(self.compare)
        rows.addWidget(self.apart)
        rows.addLayout(self._cards)
        rows.addWidget(Flow(leave))
        rows.addStretch(1)
        self.lay(inner)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= look().px(_BESIDE)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._cards.setDirection(way)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.refresh()

    def stops(self) -> list[QWidget]:
        """Where F6 stops in it."""
        return [self.compare, self.apart_list, self.open, self.close_, self.visitors, self.around, self.address]

    # -------------------------------------------------------- acts

    def offer(self, inspections: Sequence[tuple[str, str]]) -> None:
        """The inspections that may be shown to a laptop of no team: id and words."""
        nothing = Choice("", tr("Không cuộc nào"))
        self.shown.offer([nothing, *(Choice(one, words) for one, words in inspections)])
        if not self.shown.key():
            self.shown.show_value("")

    def open_point(self) -> None:
        self._network.open_point(self._to_strangers())

    def look_for(self) -> None:
        """Looks for a second or two."""
        if not self._is_finding:
            self._is_finding = True
            self._network.find(self._take_around, self)
            self.refresh()

    def exchange_typed(self) -> None:
        self.address.finish()
        if self.address.text().strip():
            self.exchange(self.address.text().strip())
        else:
            self.address.show_problem(tr("Gõ địa chỉ trước"))
            self.address.setFocus()

    def exchange(self, address: str) -> None:
        self._found_nobody = False
        self.address.clear_problem()
        self._network.exchange(address, self._to_strangers())

    def tried(self) -> str:
        """The address an exchange failed with, else what stands in the field; empty for anybody in the room."""
        going = self._network.going
        if going is not None and going.is_over and not self._found_nobody:
            return going.address
        return self.address.text().strip()

    def _to_strangers(self) -> Collection[str]:
        key = self.shown.key()
        return [key] if key else []

    def _take_around(self, found: list[Around]) -> None:
        self._is_finding, self._around = False, found
        self._found_nobody = not found
        self.refresh()
        if found and self.isVisible():
            self.around.setFocus()

    # -------------------------------------------------------- showing

    def refresh(self) -> None:
        """What stands here is turned only where it differs; no field is touched."""
        shown = next((choice.words for choice in self.shown.choices if choice.key == (self.shown.key() or "")), "")
        if self.compare.show_comparison(self._network.comparison, shown) and self.isVisible():
            self.ensureWidgetVisible(self.compare)
        self._show_point()
        self._show_others()
        rows = [met.apart(one) for one in self._network.parted.values()]
        self.apart.setVisible(bool(rows))
        self.apart_list.show_rows(rows)

    def _show_point(self) -> None:
        network = self._network
        is_open = network.point is not None
        self._state.say(self._words_of_point())
        self._state.set_tone("no" if network.why_closed else "text2")
        self.where.say("  ".join(network.addresses) if is_open else "")
        self.where.setVisible(is_open and bool(network.addresses))
        self._name.say(tr("Máy khác thấy tên: {name}", name=network.name))
        self._name.setVisible(is_open)
        self.head.say(tr("Điểm trao đổi trên máy này"), tr("Đang mở") if is_open else "")
        self.open.setVisible(not is_open)
        self.close_.setVisible(is_open)
        self.shown.setEnabled(not is_open)
        rows = list(met.visitors(network.visitors))
        self.visitors.setVisible(bool(rows))
        self.visitors.show_rows(rows)

    def _words_of_point(self) -> Words:
        network = self._network
        if network.why_closed:
            return network.why_closed
        if network.point is None:
            return tr("Các máy khác trong cùng mạng tìm thấy máy này và trao đổi với nó, không cần internet.")
        if not network.addresses:
            return tr("Điểm trao đổi đã mở ở cổng {port}, nhưng máy này chưa vào mạng nào.", port=network.point.port)
        if not network.visitors:
            return tr("Chưa máy nào đến. Trên máy khác: Tìm máy trong phòng, hoặc gõ địa chỉ dưới đây.")
        return tr("Máy khác tìm thấy máy này, hoặc gõ địa chỉ dưới đây.")

    def _show_others(self) -> None:
        network = self._network
        going = network.going
        is_busy = going is not None and not going.is_over
        for act, closed in ((self._acts.find, self._is_finding or is_busy), (self._acts.exchange, is_busy)):
            if closed:
                act.close(tr("Đang trao đổi") if is_busy else tr("Đang tìm"))
            else:
                act.open()
        self._found.say(self._words_of_finding())
        self.around.setVisible(bool(self._around))
        self.around.show_rows([met.around(one) for one in self._around])
        words, tone = met.head(going) if going is not None else ("", "text2")
        clock = met.clock(going.meeting.outcome) if going is not None and going.meeting is not None else ""
        for text, said in ((self.result, words), (self.clock, clock)):
            text.say(said)
            text.setVisible(bool(str(said)))
        self.result.set_tone(tone)
        self._point_to_the_end()
        self.why.setVisible(tone == "no" or self._found_nobody or bool(network.why_closed))
        rows = [] if going is None else list(met.results(going))
        self.results.setVisible(bool(rows))
        self.results.show_rows(rows)
        self.by_itself.setChecked(network.by_itself)
        last = met.by_itself(network)
        self.last.say(last)
        self.last.setVisible(bool(str(last)))

    def _point_to_the_end(self) -> None:
        """What became of an exchange is brought into sight once."""
        going = self._network.going
        if going is None or not going.is_over or going is self._ended:
            return
        self._ended = going
        if self.isVisible():
            QTimer.singleShot(0, self, lambda: self.ensureWidgetVisible(self.why if going.trouble else self.results))

    def _words_of_finding(self) -> Words:
        if self._is_finding:
            return tr("Đang tìm máy trong phòng…")
        if self._around:
            return tr("Chọn một máy để trao đổi.")
        if self._found_nobody:
            return tr("Không thấy máy nào đang mở điểm trao đổi.")
        return tr("Tìm máy đang mở điểm trao đổi, hoặc gõ địa chỉ hiện trên màn hình máy đó.")
