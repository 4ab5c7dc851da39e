"""Whoever goes by arrival numbers misses nothing, however many write at once."""

from __future__ import annotations

from pathlib import Path

from inspector.storage.hub.log import HubLog
from tests.storage.hub.feeding import missed
from tests.storage.hub.streams import RULES


def test_a_reader_misses_none_of_eight_writers(hub_file: Path) -> None:
    with HubLog(str(hub_file), rules=RULES) as hub:
        assert missed([hub], 800) == 0
