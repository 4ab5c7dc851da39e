"""Whether what stands in a field is kept, and how."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from inspector.ui.language import Words, tr
from inspector.ui.widgets.remark import Remark


class Keeping(Enum):
    """How far what was typed has come."""

    QUIET = "quiet"
    """Nothing was typed here."""
    TYPING = "typing"
    """A draft is on disk."""
    SAVING = "saving"
    """Handed over, not answered yet."""
    SAVED = "saved"
    """The change set is committed."""
    UNSAVED = "unsaved"
    """It is not; the screen and the draft have it."""


class SaveState(Remark):
    """Icon and words of the state. Pressed while unsaved, if trying again can help, it emits ``clicked``."""

    keeping = Keeping.QUIET

    def show_quiet(self) -> None:
        self._show(Keeping.QUIET, "", "text2", "")

    def show_typing(self) -> None:
        self._show(Keeping.TYPING, "pencil", "accent2", tr("Đang gõ"))

    def show_saving(self) -> None:
        self._show(Keeping.SAVING, "clock", "accent2", tr("Đang lưu…"))

    def show_saved(self, at: datetime | None = None) -> None:
        """``at`` is local time; without it only the fact is named."""
        words = tr("Đã lưu {time}", time=f"{at.hour:02d}:{at.minute:02d}") if at is not None else tr("Đã lưu")
        self._show(Keeping.SAVED, "check", "ok", words)

    def show_unsaved(self, reason: Words = "", *, can_retry: bool = True) -> None:
        words = tr("Chưa lưu – Thử lại") if can_retry else tr("Chưa lưu")
        self.keeping = Keeping.UNSAVED
        self.show_remark("triangle-alert", "part", words, leads=can_retry, reason=reason)

    def _show(self, keeping: Keeping, icon: str, tone: str, words: Words) -> None:
        if (keeping, words) == (self.keeping, self._words):
            return
        self.keeping = keeping
        self.show_remark(icon, tone, words)
