"""Eight laptops write COUNT records while others follow the arrival numbers: on SQLite, then on PostgreSQL."""

from __future__ import annotations

import tempfile
from pathlib import Path

from inspector.storage.hub.engine import HubDatabase, create
from inspector.storage.hub.log import HubLog
from tests import postgres
from tests.storage.hub.feeding import missed
from tests.storage.hub.streams import RULES


def run(count: int, seed: int) -> int:
    """How many records some reader never saw; every run is another, whatever the seed."""
    with tempfile.TemporaryDirectory() as folder:
        address = str(Path(folder) / "hub.sqlite")
        made = HubDatabase(address)
        create(made)
        made.close()
        with HubLog(address, rules=RULES) as hub:
            lost = _told("SQLite", [hub], count)
    with postgres.server(durable=True) as server:
        address = server.hub()
        hubs = [HubLog(address, rules=RULES) for _ in range(3)]
        try:
            lost += _told("PostgreSQL", hubs, count)
        finally:
            for hub in hubs:
                hub.close()
    return lost


def _told(name: str, hubs: list[HubLog], count: int) -> int:
    lost = missed(hubs, count)
    print(f"{name}: {lost} of {count} missed")  # noqa: T201 - this is what the program is for
    return lost
