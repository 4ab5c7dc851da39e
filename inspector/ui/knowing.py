"""What the author of this window knows: what was shown, and what they wrote over it since.

Somebody who types on while their last text is being saved, or presses 1 and then 2, has seen their own former value,
although no screen has shown its operation yet. Without this the second act would disagree with the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from inspector.domain.changeset import Write

Places = Mapping[str, tuple[str, ...]]
"""Operations by ``entity/id/field``."""


class Known:
    """The own writes of one sitting in one space, as far as screens may still show what they replaced."""

    def __init__(self) -> None:
        self._replaced: dict[tuple[str, str, frozenset[str]], str] = {}

    def wrote(self, space: str, writes: Iterable[tuple[Write, str]]) -> None:
        """Remember which operations each own write replaced."""
        for write, operation in writes:
            place = f"{write.entity}/{write.id}/{write.field}"
            self._replaced[space, place, frozenset(write.parents)] = operation

    def brought_up_to_date(self, space: str, seen: Places) -> dict[str, tuple[str, ...]]:
        """What was seen, with own values in the place of exactly those they replaced."""
        return {place: self._latest(space, place, operations) for place, operations in seen.items()}

    def _latest(self, space: str, place: str, operations: tuple[str, ...]) -> tuple[str, ...]:
        while (own := self._replaced.get((space, place, frozenset(operations)))) is not None:
            operations = (own,)
        return operations
