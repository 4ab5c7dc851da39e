"""How far the clocks of other laptops were from this one's when they said hello: for people to read, for nothing else.

Kept with this laptop's own things, of the laptops met last.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inspector.storage.reading import Reading
    from inspector.storage.unit import UnitOfWork

_OWN = "clocks"
_MOST = 500


def clocks(reading: Reading) -> dict[str, int]:
    """By device: by how many seconds its clock was ahead of this laptop's."""
    data = reading.own(_OWN)
    return json.loads(data) if data else {}


def note_clock(unit: UnitOfWork, known: dict[str, int], device: str, ahead: int) -> None:
    """Writes down what a laptop's greeting told; ``known`` is what ``clocks`` gave."""
    if known.get(device) == ahead:
        return
    rest = {other: seconds for other, seconds in known.items() if other != device}
    kept = list({device: ahead, **rest}.items())[:_MOST]
    unit.put_own(_OWN, json.dumps(dict(kept)).encode())
