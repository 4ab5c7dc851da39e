"""The way somebody came, so that *Quay lại* leads back along it."""

from __future__ import annotations

from inspector.ui.where import Screen, Where

_MOST = 100


class History:
    """``here`` is the place that is shown; None before the first."""

    def __init__(self) -> None:
        self.here: Where | None = None
        self._behind: list[Where] = []

    def go(self, where: Where, left: Where | None = None) -> None:
        """Now ``where`` is shown; ``left`` is where to come back to, if that is not just the place left behind."""
        came_from = left or self.here
        if came_from is not None and came_from != where:
            self._behind = [*self._behind[1 - _MOST :], came_from]
        self.here = where

    def back(self) -> Where | None:
        """The place before this one, which is now the one shown; Trang chủ from where nobody came from anywhere."""
        if self._behind:
            self.here = self._behind.pop()
        elif self.can_go_back():
            self.here = Where(Screen.HOME)
        else:
            return None
        return self.here

    def can_go_back(self) -> bool:
        return bool(self._behind) or (self.here is not None and self.here.screen is not Screen.HOME)
