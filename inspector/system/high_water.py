"""How far each stream had been written, kept outside the database: shows that an old copy was put back.

The marks are written after a commit, so they can lag behind the database, never run ahead of it. A mark above what
the database holds therefore means a rollback, and the caller starts a new epoch.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from inspector.system.checked import checked_bytes, read_checked
from inspector.system.files import write_flushed

Marks = dict[str, tuple[int, str]]
"""Stream id → (number of its last change set, its hash in hex)."""

_VERSION = 1


class HighWater:
    """Two alternating copies: when one is torn by a power cut, the other is whole and one step older."""

    def __init__(self, copies: tuple[Path, Path]) -> None:
        self._copies = copies

    def read(self) -> Marks:
        """The newest whole copy; empty when there is none."""
        return self._newest()[1]

    def write(self, marks: Mapping[str, tuple[int, str]]) -> bool:
        """Replace the older copy and flush it; false when the disk did not take it, which costs nothing else."""
        generation = self._newest()[0] + 1
        content = {
            "v": _VERSION,
            "generation": generation,
            "marks": {stream: [number, hash_hex] for stream, (number, hash_hex) in marks.items()},
        }
        try:
            write_flushed(self._copies[generation % 2], checked_bytes(content))
        except OSError:
            return False
        return True

    def _newest(self) -> tuple[int, Marks]:
        return max((_parse(read_checked(path)) for path in self._copies), key=lambda copy: copy[0])


def _parse(content: dict[str, Any] | None) -> tuple[int, Marks]:
    if content is None or content.get("v") != _VERSION:
        return 0, {}
    try:
        marks = {str(stream): (int(number), str(hash_hex)) for stream, (number, hash_hex) in content["marks"].items()}
        return int(content["generation"]), marks
    except (KeyError, TypeError, ValueError, AttributeError):
        return 0, {}
