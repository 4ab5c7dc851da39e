"""The version, the licence, and whose work is in the program."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt

from inspector import __version__
from inspector.services.office import notices
from inspector.ui.actions import Acts
from inspector.ui.application import NAME
from inspector.ui.language import tr
from inspector.ui.pages.settings.panel import Panel
from inspector.ui.session import Session
from inspector.ui.tokens import Weight
from inspector.ui.widgets.text import Text


class AboutPanel(Panel):
    """The notices scroll with the panel, by the arrow keys."""

    def __init__(self, session: Session, acts: Acts) -> None:
        super().__init__(session, acts, tr("Giới thiệu"))
        self.rows.addWidget(Text(f"{NAME} {__version__}", weight=Weight.STRONG))
        line = tr("Giấy phép Apache 2.0. Phần của người khác giữ giấy phép riêng, ghi dưới đây.")
        self.rows.addWidget(Text(line, wrap=True))
        self.notices = Text(tone="text2", wrap=True)
        self.notices.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.rows.addWidget(self.notices)
        self.rows.addStretch(1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(str(tr("Giới thiệu")))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.setAccessibleName(str(tr("Giới thiệu")))

    def arrive(self) -> None:
        self.session.ask(lambda _desk: notices(), self.notices.say, owner=self)
