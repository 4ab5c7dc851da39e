"""Đồng bộ: this version exchanges nothing yet, and the page says what to do instead."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector.ui.actions import Acts
from inspector.ui.language import Words, tr
from inspector.ui.pages.page import Page
from inspector.ui.pages.page_head import PageHead
from inspector.ui.session import Session
from inspector.ui.where import Screen, Where
from inspector.ui.widgets.empty_state import EmptyState, Way


class ExchangePage(Page):
    """One sentence and two ways on."""

    def __init__(self, session: Session, acts: Acts, parent: QWidget | None = None) -> None:
        super().__init__(session, acts, parent)
        self._empty = EmptyState(
            tr("Bản này chưa đồng bộ với máy khác"),
            tr(
                "Mọi dữ liệu nằm trên máy này. Để giữ an toàn và chuyển máy, hãy sao lưu ra một tệp rồi phục hồi"
                " tệp đó ở máy kia."
            ),
            (
                Way(
                    tr("Sao lưu dữ liệu"),
                    tr("Ghi tất cả ra một tệp đã mã hóa, trên ổ khác hoặc USB."),
                    "download",
                    self._to_backup,
                ),
                Way(
                    tr("Về Trang chủ"),
                    tr("Tiếp tục cuộc kiểm tra đang làm trên máy này."),
                    "house",
                    self._home,
                    "Alt+Home",
                ),
            ),
        )
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(PageHead(acts, tr("Đồng bộ")))
        rows.addWidget(self._empty, 1)

    def title(self) -> Words:
        return tr("Đồng bộ")

    def arrive(self, where: Where) -> None:
        self._empty.set_focus()

    def panes(self) -> list[QWidget]:
        return [self._empty]

    def help(self) -> Words:
        return tr(
            "Nhiều máy cùng làm một cuộc kiểm tra sẽ gộp dữ liệu ở đây. Bản này chưa có việc đó; hãy dùng sao lưu và"
            " phục hồi trong Cài đặt để chuyển dữ liệu sang máy khác."
        )

    def _to_backup(self) -> None:
        self.session.go(Where(Screen.SETTINGS, record="backup"))

    def _home(self) -> None:
        self.session.go(Where(Screen.HOME))
