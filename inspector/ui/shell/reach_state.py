"""The exchange with other laptops at the foot of the window: who waits, when it was last and with whom, or why not."""

from __future__ import annotations

from PySide6.QtCore import QObject

from inspector.ui.language import Words, tr
from inspector.ui.network import Network, network_of
from inspector.ui.session import Session
from inspector.ui.where import Screen, Where
from inspector.ui.widgets.status_bar import StatusBar


class ReachState(QObject):
    """Pressed, it leads to where laptops meet."""

    def __init__(self, session: Session, bar: StatusBar) -> None:
        super().__init__(bar)
        self._network = network_of(session)
        self._bar = bar
        self._network.changed.connect(self.refresh)
        bar.exchange.clicked.connect(lambda: session.go(Where(Screen.EXCHANGE)))
        self.refresh()

    def refresh(self) -> None:
        self._bar.show_exchange(*_said(self._network))


def _said(network: Network) -> tuple[Words, str, Words]:
    """Words, tone and what the tooltip tells besides."""
    going, last = network.going, network.last
    if network.comparison is not None:
        return tr("Có máy chờ so mã"), "part", network.comparison.name
    if going is not None and not going.is_over:
        return tr("Đang trao đổi"), "accent2", going.address
    if network.point is not None:
        return tr("Điểm trao đổi: {count} máy", count=len({one.device for one in network.visitors})), "accent2", ""
    if not network.by_itself or last is None:
        return "", "text2", ""
    at = f"{last.at:%H:%M}"
    if last.trouble:
        return tr("Chưa trao đổi được {moment}", moment=at), "part", last.trouble
    if last.names:
        names = ", ".join(last.names)
        return tr("Trao đổi {moment}: {names}", moment=at, names=names), "ok", ""
    return tr("{moment}: chưa gặp máy nào", moment=at), "text2", tr("Không máy nào đã biết đang mở điểm trao đổi")
