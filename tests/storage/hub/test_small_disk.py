"""A hub whose disk is full says so, acknowledges nothing it does not keep, and goes on when there is room."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from inspector.domain.changeset import ChangeSet
from inspector.domain.errors import Unavailable
from inspector.storage.hub import tables
from inspector.storage.hub.blobs import HubBlobFiles
from inspector.storage.hub.engine import HubDatabase, create
from inspector.storage.hub.log import HubLog
from tests.storage.hub.streams import RULES, stream

pytestmark = pytest.mark.small_disk


def test_a_full_disk_loses_nothing_that_was_acknowledged(small_disk: Callable[[int], Path]) -> None:
    disk = small_disk(16)
    filler = disk / "filler"
    filler.write_bytes(bytes(6 << 20))
    address = str(disk / "hub.sqlite")
    made = HubDatabase(address)
    create(made)
    made.close()
    records = list(stream("an", 400, "rất dài " * 4_000))
    kept: set[bytes] = set()
    with HubLog(address, rules=RULES) as hub:
        with pytest.raises(Unavailable) as found:
            _fill(hub, records, kept)
        assert found.value.code == "hub-full"
        filler.unlink()
        at = len(kept)
        hub.take_in(records[at : at + 10], "An")
        kept.update(one.hash for one in records[at : at + 10])
        with hub.database.reading() as connection:
            assert set(connection.scalars(select(tables.log.c.hash))) == kept


def _fill(hub: HubLog, records: list[ChangeSet], kept: set[bytes]) -> None:
    for at in range(0, len(records), 10):
        hub.take_in(records[at : at + 10], "An")
        kept.update(one.hash for one in records[at : at + 10])


def test_a_blob_that_finds_no_room_is_refused_and_comes_later(small_disk: Callable[[int], Path]) -> None:
    disk = small_disk(16)
    filler = disk / "filler"
    filler.write_bytes(bytes(14 << 20))
    photo = bytes(range(256)) * 16_384
    sha256 = hashlib.sha256(photo).hexdigest()
    files = HubBlobFiles(disk / "blobs")
    with pytest.raises(Unavailable) as found:
        files.add(sha256, 0, photo, len(photo))
    assert (found.value.code, files.size(sha256), files.come(sha256)) == ("hub-full", None, 0)
    filler.unlink()
    assert files.add(sha256, 0, photo, len(photo)) == len(photo)
    assert files.is_whole(sha256)
