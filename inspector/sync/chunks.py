"""How much is sent at once: more while it goes fast, less after a fault, never more than a way has refused."""

from __future__ import annotations

FIRST = 256 * 1024
LEAST = 64 * 1024
MOST = 4 * 1024 * 1024
FAST = 3.0
"""Seconds in which a message that went well has gone."""


class Chunks:
    """The bytes one message to one peer may hold; ``most`` is what this way has taken, as far as it was tried."""

    def __init__(self, most: int = MOST) -> None:
        self.most = min(max(most, LEAST), MOST)
        self.size = min(FIRST, self.most)

    def took(self, seconds: float) -> None:
        """A message went through."""
        if seconds < FAST:
            self.size = min(2 * self.size, self.most)

    def failed(self) -> None:
        """A message was cut off."""
        self.size = max(self.size // 2, LEAST)

    def refused(self) -> bool:
        """Something on the way takes no message of this size; whether a smaller one is worth trying."""
        if self.size <= LEAST:
            return False
        self.failed()
        self.most = self.size
        return True
