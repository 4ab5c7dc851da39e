"""The secrets that open a key slot, and where each of them is kept."""

from __future__ import annotations

import secrets
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from inspector.domain.errors import BadInput, Refused, Unavailable
from inspector.system.files import disk_errors, write_atomically
from inspector.system.folders import Workspace
from inspector.system.keychain import Keychain
from inspector.system.recovery_code import code_bytes
from inspector.system.slot_file import SlotKind

LEAST_PASSPHRASE = 10
"""Characters; the key slots may be copied to a stick, where anybody can try passphrases without end."""

_SECRET_BYTES = 32


@dataclass(frozen=True)
class SlotPlace:
    """Which slot of which workspace a secret is for."""

    workspace: Workspace
    workspace_id: str
    slot_id: str


class Secret(Protocol):
    """One way to open a workspace.

    ``wrong`` is what to raise when it opens nothing here, ``absent`` when the workspace has no slot of this kind.
    """

    @property
    def kind(self) -> SlotKind: ...

    @property
    def wrong(self) -> Refused: ...

    @property
    def absent(self) -> Unavailable: ...

    def make(self, place: SlotPlace) -> bytes:
        """The secret's bytes for a new slot, made and kept now where the program keeps it."""

    def read(self, place: SlotPlace) -> bytes:
        """The secret's bytes for a slot that is there."""

    def drop(self, place: SlotPlace) -> None:
        """Clear away what ``make`` kept for this slot alone; nothing to clear is no error."""


@dataclass(frozen=True)
class InKeychain:
    """A random secret in the system's keychain: opens without a question while the profile of the system lives."""

    keychain: Keychain
    kind: SlotKind = "keychain"

    @property
    def wrong(self) -> Refused:
        return Refused("keychain-key-wrong")

    @property
    def absent(self) -> Unavailable:
        return Unavailable("no-keychain-slot")

    def make(self, place: SlotPlace) -> bytes:
        secret = secrets.token_bytes(_SECRET_BYTES)
        self.keychain.put(service_name(place), secret.hex())
        return secret

    def read(self, place: SlotPlace) -> bytes:
        kept = self.keychain.get(service_name(place))
        if not kept:
            raise Unavailable("keychain-entry-missing")
        secret = _hex(kept)
        if secret is None:
            raise self.wrong
        return secret

    def drop(self, place: SlotPlace) -> None:
        with suppress(Unavailable):  # an entry that stays behind opens nothing any more
            self.keychain.forget(service_name(place))


@dataclass(frozen=True)
class RecoveryCode:
    """The code on paper, as ``new_code`` made it or as somebody typed it."""

    code: str
    kind: SlotKind = "recovery"

    @property
    def wrong(self) -> Refused:
        return Refused("recovery-code-wrong")

    @property
    def absent(self) -> Unavailable:
        return Unavailable("no-recovery-slot")

    def make(self, place: SlotPlace) -> bytes:
        return self.read(place)

    def read(self, place: SlotPlace) -> bytes:
        return code_bytes(self.code)

    def drop(self, place: SlotPlace) -> None:
        """Nothing is kept."""


@dataclass(frozen=True)
class Passphrase:
    """Words a person remembers; however an input method composes them, they are the same words."""

    text: str
    kind: SlotKind = "passphrase"

    @property
    def wrong(self) -> Refused:
        return Refused("passphrase-wrong")

    @property
    def absent(self) -> Unavailable:
        return Unavailable("no-passphrase-slot")

    def make(self, place: SlotPlace) -> bytes:
        if len(self._normal()) < LEAST_PASSPHRASE:
            raise Refused("passphrase-too-short", least=LEAST_PASSPHRASE)
        return self.read(place)

    def read(self, place: SlotPlace) -> bytes:
        return self._normal().encode("utf-8", "surrogatepass")

    def drop(self, place: SlotPlace) -> None:
        """Nothing is kept."""

    def _normal(self) -> str:
        return unicodedata.normalize("NFKC", self.text).strip()


@dataclass(frozen=True)
class KeyFile:
    """A file of 64 hex digits (``--key-file``, ``INSPECTOR_KEY_FILE``); made for a new slot when it is not there."""

    path: Path
    kind: SlotKind = "key_file"

    @property
    def wrong(self) -> Refused:
        return Refused("key-file-wrong")

    @property
    def absent(self) -> Unavailable:
        return Unavailable("no-key-file-slot")

    def make(self, place: SlotPlace) -> bytes:
        return _make_key_file(self.path)

    def read(self, place: SlotPlace) -> bytes:
        return read_key_file(self.path)

    def drop(self, place: SlotPlace) -> None:
        """The file stays: it may open other workspaces too."""


@dataclass(frozen=True)
class Demonstration:
    """``HOME.key`` beside the folder: for invented data only, since it protects nothing."""

    kind: SlotKind = "demonstration"

    @property
    def wrong(self) -> Refused:
        return Refused("demonstration-key-wrong")

    @property
    def absent(self) -> Unavailable:
        return Unavailable("no-demonstration-slot")

    def make(self, place: SlotPlace) -> bytes:
        return _make_key_file(place.workspace.demonstration_key)

    def read(self, place: SlotPlace) -> bytes:
        return read_key_file(place.workspace.demonstration_key)

    def drop(self, place: SlotPlace) -> None:
        """The file stays, to be used the next time."""


def service_name(place: SlotPlace) -> str:
    """The keychain entry of a slot.

    One entry for each slot: on Windows a second one under the same name would rename the first, and a restored copy
    of a workspace must not take the entry of the original.
    """
    return f"KiemTraCCHC {place.workspace_id} {place.slot_id}"


def read_key_file(path: Path) -> bytes:
    """32 bytes. Raises ``Unavailable`` (``key-file-missing``), ``BadInput`` (``key-file-unreadable``)."""
    try:
        with disk_errors(path):
            if path.stat().st_size > 1024:
                raise BadInput("key-file-unreadable", file=str(path))
            text = path.read_bytes().decode("ascii", "replace")
    except Unavailable as error:
        raise Unavailable("key-file-missing", file=str(path)) from error
    secret = _hex(text.strip())
    if secret is None:
        raise BadInput("key-file-unreadable", file=str(path))
    return secret


def _make_key_file(path: Path) -> bytes:
    # a file that is already there may open something else, so it is used and never written over
    if not path.exists():
        write_atomically(path, secrets.token_hex(_SECRET_BYTES).encode() + b"\n")
    return read_key_file(path)


def _hex(text: str) -> bytes | None:
    try:
        secret = bytes.fromhex(text)
    except ValueError:
        return None
    return secret if len(secret) == _SECRET_BYTES else None
