"""Why two laptops do not exchange over the network, in plain words, and the other ways with their buttons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector.services.diagnosis import Cause, Diagnosis, Way
from inspector.ui import tokens
from inspector.ui.actions import Act
from inspector.ui.language import Words, tr
from inspector.ui.pages.exchange.ground import Ground
from inspector.ui.pages.flow import Flow
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.button import ActionButton, Button, Kind
from inspector.ui.widgets.card import Card, Line, SectionHead
from inspector.ui.widgets.text import Text

_MOST = 760

_CAUSES: dict[Cause, tuple[Words, Words]] = {
    Cause.FINE: (tr("Kết nối được"), tr("Hai máy thấy nhau. Hãy trao đổi lại; phần còn thiếu được gửi tiếp.")),
    Cause.NO_NETWORK: (
        tr("Máy này chưa vào mạng nào"),
        tr("Vào cùng Wi-Fi với máy kia, hoặc chọn cách khác dưới đây."),
    ),
    Cause.OTHER_NETWORK: (
        tr("Hai máy không chung mạng"),
        tr("Địa chỉ này thuộc mạng khác. Đưa hai máy vào cùng một Wi-Fi rồi xem lại địa chỉ trên máy kia."),
    ),
    Cause.NOBODY: (
        tr("Chưa máy nào mở điểm trao đổi"),
        tr("Trong phòng phải có một máy bấm Mở điểm trao đổi và để đó."),
    ),
    Cause.OWN: (tr("Đây là địa chỉ của chính máy này"), tr("Gõ địa chỉ hiện trên màn hình máy kia.")),
    Cause.NO_NAME: (tr("Mạng không biết tên máy này"), tr("Gõ địa chỉ bằng số, như 192.168.1.20.")),
    Cause.CLOSED: (
        tr("Máy kia chưa mở điểm trao đổi"),
        tr("Máy đó có trong mạng nhưng không nhận ở địa chỉ này. Bấm Mở điểm trao đổi trên máy kia rồi thử lại."),
    ),
    Cause.FIREWALL: (
        tr("Tường lửa của máy kia có thể đang chặn"),
        tr("Trên máy kia: khi Windows hỏi, chọn cho phép cả mạng riêng và mạng công cộng; hoặc đổi vai hai máy."),
    ),
    Cause.ISOLATION: (
        tr("Wi-Fi có thể ngăn các máy thấy nhau"),
        tr("Wi-Fi cho khách thường ngăn như vậy; cũng có thể không có máy nào ở địa chỉ này. Đổi sang mạng khác."),
    ),
    Cause.NOT_OURS: (
        tr("Máy trả lời không phải Kiểm tra CCHC"),
        tr("Có thể là máy in hay thiết bị mạng. Xem lại địa chỉ trên màn hình máy kia."),
    ),
    Cause.OTHER_KEY: (
        tr("Khóa của máy kia không như đã biết"),
        tr("Máy đó vừa cài lại, hoặc có máy khác chen giữa. Chưa gửi gì. Hỏi người giữ máy, hoặc đổi mạng."),
    ),
    Cause.OTHER_LAPTOP: (
        tr("Địa chỉ này nay là của máy khác"),
        tr("Tìm lại máy trong phòng."),
    ),
    Cause.OTHER_PROVINCE: (
        tr("Máy kia thuộc tỉnh hoặc văn phòng khác"),
        tr("Nếu đúng là máy cần gặp thì trao đổi và so mã. Chưa gửi gì."),
    ),
    Cause.UNKNOWN: (
        tr("Hai máy chưa biết nhau"),
        tr("Trao đổi với máy đó; cả hai màn hình hiện sáu chữ số để so."),
    ),
    Cause.NEWER: (
        tr("Máy kia dùng bản chương trình mới hơn"),
        tr("Cập nhật chương trình trên máy này; dữ liệu vẫn ở đây."),
    ),
    Cause.FAILED: (
        tr("Máy kia báo lỗi hoặc bị ngắt"),
        tr("Đóng rồi mở lại điểm trao đổi trên máy kia, sau đó thử lại."),
    ),
}
_WAYS: dict[Way, tuple[Words, Words]] = {
    Way.AGAIN: (tr("Thử lại"), tr("Sau khi đã sửa theo các ý trên.")),
    Way.HERE: (
        tr("Đổi vai"),
        tr("Mở điểm trao đổi trên máy này, để máy kia đến. Thường qua được tường lửa của máy kia."),
    ),
    Way.HOTSPOT: (
        tr("Điểm phát của điện thoại"),
        tr("Bật điểm phát Wi-Fi trên điện thoại, không cần dữ liệu di động. Cho hai máy vào đó rồi tìm lại."),
    ),
    Way.CABLE: (tr("Dây mạng"), tr("Nối hai máy bằng một dây mạng, đợi nửa phút rồi tìm lại.")),
    Way.STICK: (tr("USB"), tr("Không cần mạng, kết quả như nhau.")),
}


@dataclass(frozen=True)
class WayActs:
    """``again`` goes to the address that was tried; ``find`` looks for laptops in whatever network there is now."""

    again: Callable[[], object]
    find: Act
    open: Act
    write: Act
    read: Act


class DiagnosisPane(Ground):
    """``address`` is what is looked at, empty for the whole room."""

    def __init__(self, acts: WayActs, leave: Button) -> None:
        super().__init__()
        self.address = ""
        self.found: Diagnosis | None = None
        self.state = Text(tone="text2", wrap=True)
        self.who = Text(tone="text2", wrap=True)
        self.causes = [_Reason() for _ in range(3)]
        self.again = Button(tr("Trao đổi lại"), acts.again, icon="refresh-cw", kind=Kind.PRIMARY)
        buttons: dict[Way, Sequence[QWidget]] = {
            Way.AGAIN: (self.again,),
            Way.HERE: (ActionButton(acts.open),),
            Way.HOTSPOT: (ActionButton(acts.find),),
            Way.CABLE: (ActionButton(acts.find),),
            Way.STICK: (ActionButton(acts.write), ActionButton(acts.read)),
        }
        self.ways = {way: _Reason(Flow(*widgets)) for way, widgets in buttons.items()}
        for way, (head, line) in _WAYS.items():
            self.ways[way].say(head, line)
        self._ways_head = SectionHead(tr("Cách khác"), line=False)
        self._lay_out(leave)
        self._leave = leave

    def show_looking(self, address: str) -> None:
        self.address, self.found = address, None
        where = tr("Đang xem đường tới {address}, mất vài giây…", address=address)
        self.state.say(where if address else tr("Đang xem mạng trong phòng, mất vài giây…"))
        for part in (self.who, *self.causes, self._ways_head, *self.ways.values()):
            part.hide()

    def show_diagnosis(self, found: Diagnosis) -> None:
        self.found = found
        own: Words = ", ".join(found.own) or tr("chưa vào mạng nào")
        if found.address:
            self.state.say(tr("Đã thử {address}. Địa chỉ của máy này: {own}.", address=found.address, own=own))
        else:
            self.state.say(tr("Địa chỉ của máy này: {own}.", own=own))
        who = tr("Máy trả lời: {name}, {organisation}.", name=found.name, organisation=found.organisation)
        self.who.say(who)
        self.who.setVisible(bool(found.name))
        for place, part in enumerate(self.causes):
            part.setVisible(place < len(found.causes))
            if place < len(found.causes):
                head, line = _CAUSES[found.causes[place]]
                part.say(head, line)
        for way, reason in self.ways.items():
            reason.setVisible(way in found.ways)
        self._ways_head.setVisible(bool(found.ways))

    def setFocus(self, *unused: object) -> None:
        """To the first way on."""
        if self.found is not None and Way.AGAIN in self.found.ways:
            self.again.setFocus()
        else:
            self._leave.setFocus()

    def _lay_out(self, leave: Button) -> None:
        card = Card()
        card.rows.addWidget(Text(tr("Vì sao chưa trao đổi được"), size=Size.TITLE, weight=Weight.STRONG, wrap=True))
        card.rows.addWidget(self.state)
        for part in (self.who, *self.causes, Line(), self._ways_head, *self.ways.values()):
            card.rows.addWidget(part)
        card.rows.addWidget(Flow(leave))
        self.lay_card(card, _MOST)


class _Reason(QWidget):
    """A cause or a way: its name, what to do, and the buttons that do it."""

    def __init__(self, buttons: QWidget | None = None) -> None:
        super().__init__()
        self.head = Text(weight=Weight.STRONG, wrap=True)
        self.line = Text(tone="text2", wrap=True)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, tokens.TIGHT, 0, tokens.TIGHT)
        rows.setSpacing(tokens.TIGHT)
        for part in (self.head, self.line, buttons):
            if part is not None:
                rows.addWidget(part)

    def say(self, head: Words, line: Words) -> None:
        self.head.say(head)
        self.line.say(line)
