"""The folder of an office's hub: what it is called, where its database and its backups are, and its keys.

``hub.json`` says the first, for an administrator to read and change; ``keys.json`` is for the service alone. The root
of the province is not in it: at ``make`` it certifies the hub, is told in two halves to be kept on paper apart from
each other, and forgotten.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inspector.domain.errors import Damaged, Refused, Unavailable
from inspector.domain.ids import new_id
from inspector.domain.registry import Right
from inspector.domain.text import clean
from inspector.storage.hub import tables
from inspector.storage.hub.engine import HubDatabase, create
from inspector.storage.hub.log import HUB, INCARNATION
from inspector.sync.greeting import Credentials
from inspector.system.age import AgeKey
from inspector.system.clock import wall_time
from inspector.system.files import write_atomically
from inspector.system.folders import make_private
from inspector.system.halves import split
from inspector.system.identity import Certificate, Person, SignedCertificate, issue_certificate, read_certificate
from inspector.system.keys import SigningKey
from inspector.system.tls import TlsKey, new_tls_key, tls_key_bytes, tls_key_from

OWN_FILE = "log.sqlite"
"""The database, unless ``hub.json`` names a PostgreSQL."""


@dataclass(frozen=True)
class Keys:
    """What a hub proves itself with. ``secret`` is what its processes make tokens of."""

    certificate: SignedCertificate
    issuing: SigningKey
    recovery: AgeKey
    tls: TlsKey
    secret: bytes

    @property
    def credentials(self) -> Credentials:
        return Credentials(self.certificate, self.issuing)

    @property
    def id(self) -> str:
        """The id of the hub."""
        return read_certificate(self.certificate).device


@dataclass(frozen=True)
class Settings:
    """``database``: an address of PostgreSQL, empty for the file of the hub. ``backups``: a folder."""

    name: str
    database: str
    backups: str


class HubPlace:
    """One hub's folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def settings_file(self) -> Path:
        return self.folder / "hub.json"

    @property
    def keys_file(self) -> Path:
        return self.folder / "keys.json"

    @property
    def blobs(self) -> Path:
        return self.folder / "blobs"

    @property
    def temporary(self) -> Path:
        return self.folder / "tmp"

    def settings(self) -> Settings:
        """Raises ``Unavailable`` (``hub-missing``), ``Damaged`` (``hub-settings-damaged``)."""
        content = self._content(self.settings_file)
        try:
            return Settings(str(content["name"]), str(content["database"]), str(content["backups"]))
        except KeyError as error:
            raise Damaged("hub-settings-damaged", place=str(self.settings_file)) from error

    def address(self) -> str:
        """Where the database is (``storage.hub.engine``)."""
        return self.settings().database or str(self.folder / OWN_FILE)

    def backups(self) -> Path:
        return self.folder / self.settings().backups

    def keys(self) -> Keys:
        """Raises as ``settings``."""
        content = self._content(self.keys_file)
        try:
            return Keys(
                SignedCertificate(content["certificate"].encode(), bytes.fromhex(content["signature"])),
                SigningKey.from_bytes(bytes.fromhex(content["issuing"])),
                AgeKey(content["recovery"]),
                tls_key_from(content["tls"].encode()),
                bytes.fromhex(content["secret"]),
            )
        except (KeyError, ValueError, AttributeError) as error:
            raise Damaged("hub-settings-damaged", place=str(self.keys_file)) from error

    def _content(self, file: Path) -> dict[str, Any]:
        try:
            content = json.loads(file.read_bytes())
        except FileNotFoundError:
            raise Unavailable("hub-missing", place=str(self.folder)) from None
        except ValueError as error:
            raise Damaged("hub-settings-damaged", place=str(file)) from error
        if not isinstance(content, dict):
            raise Damaged("hub-settings-damaged", place=str(file))
        return content


def make(folder: Path, name: str, database: str = "", backups: str = "backups") -> tuple[HubPlace, tuple[str, str]]:
    """Makes a hub in a new folder; returns it with the two halves of the root of the province, kept nowhere else.

    ``name`` is what people call the office. Raises ``Refused`` (``hub-exists``), ``Unavailable``.
    """
    place = HubPlace(folder)
    if folder.is_dir() and any(folder.iterdir()):
        raise Refused("hub-exists", place=str(folder))
    root, issuing = SigningKey.generate(), SigningKey.generate()
    person = Person(new_id(), clean(name), clean(name))
    shown = Certificate(
        root.public, new_id(), issuing.public, person, clean(name), (Right.PLAN, Right.ENROL), wall_time()
    )
    keys = Keys(issue_certificate(root, shown), issuing, AgeKey.generate(), new_tls_key(), secrets.token_bytes(32))
    make_private(folder)
    for inner in (place.blobs, place.temporary):
        make_private(inner)
    opened = HubDatabase(database or str(folder / OWN_FILE))
    try:
        create(opened)
        with opened.writing() as connection:
            tables.set_meta(connection, HUB, keys.id)
            tables.set_meta(connection, INCARNATION, new_id())
    finally:
        opened.close()
    write_atomically(place.keys_file, _keys_bytes(keys))
    write_settings(place, Settings(clean(name), database, backups))
    return place, split(root.to_bytes())


def write_settings(place: HubPlace, settings: Settings) -> None:
    content = {"name": settings.name, "database": settings.database, "backups": settings.backups}
    write_atomically(place.settings_file, json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n")


def _keys_bytes(keys: Keys) -> bytes:
    content = {
        "certificate": keys.certificate.body.decode(),
        "signature": keys.certificate.signature.hex(),
        "issuing": keys.issuing.to_bytes().hex(),
        "recovery": keys.recovery.secret,
        "tls": tls_key_bytes(keys.tls).decode(),
        "secret": keys.secret.hex(),
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode()
