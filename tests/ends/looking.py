"""What lies on a disk: every record of a log as bytes, the photos that are whole, and what is shown of them."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from inspector.hub.place import HubPlace
from inspector.services.deciding import lines
from inspector.services.desk import Desk
from inspector.services.door import Ways, home_of, open_desk
from inspector.services.overview import plain, whole
from inspector.storage.hub.blobs import HubBlobFiles
from inspector.storage.hub.engine import HubDatabase

_LOG = "SELECT hash, (SELECT id FROM space WHERE pk = log.space), status, body FROM log"


@dataclass
class Seen:
    """``log``: by space and hash, the status and the text of a record; ``blobs``: photos and files that are whole.

    ``shown``: by space, everything the program tells of it, as text; ``roots``: as the program reckons them.
    """

    log: dict[str, dict[str, tuple[int, str]]] = field(default_factory=dict)
    blobs: set[str] = field(default_factory=set)
    shown: dict[str, str] = field(default_factory=dict)
    roots: dict[str, str] = field(default_factory=dict)
    root_key: str = ""

    @property
    def hashes(self) -> set[str]:
        return {digest for records in self.log.values() for digest in records}

    def add(self, digest: bytes, space: str, status: int, body: bytes | str) -> None:
        text = body if isinstance(body, str) else bytes(body).decode()
        self.log.setdefault(space, {})[bytes(digest).hex()] = status, text

    def text(self) -> str:
        return json.dumps({**self.__dict__, "blobs": sorted(self.blobs)})


def read(text: str) -> Seen:
    found: dict[str, Any] = json.loads(text)
    return Seen(**{**found, "blobs": set(found["blobs"])})


def laptop(home: Path, key_file: Path, *, closely: bool) -> Seen:
    """``closely``: with what is shown."""
    seen = Seen()
    with open_desk(home_of(home), Ways(key_file=key_file)) as desk:
        with desk.workspace._view() as sql:
            for row in sql.run(_LOG).fetchall():
                seen.add(*row)
        seen.root_key = desk.workspace.author.root.hex()
        for space in seen.log:
            seen.roots[space] = desk.workspace.position(space).root
            seen.blobs |= {blob for blob in desk.workspace.named_blobs(space) if desk.workspace.has_blob(blob)}
        if closely:
            seen.shown = {space.id: _told(desk, space.id) for space in desk.workspace.spaces("inspection")}
    return seen


def _told(desk: Desk, space: str) -> str:
    return json.dumps([whole(desk, space), plain(lines(desk, space))], ensure_ascii=False)


def hub(folder: Path) -> Seen:
    seen = Seen()
    place = HubPlace(folder)
    files = HubBlobFiles(place.blobs)
    with closing(HubDatabase(place.address())) as database, database.reading() as connection:
        for row in connection.exec_driver_sql(_LOG):
            seen.add(*row)
        named = {bytes(row[0]).hex() for row in connection.exec_driver_sql("SELECT DISTINCT sha256 FROM blob_ref")}
    seen.blobs = {blob for blob in named if files.size(blob) is not None}
    return seen
