"""Photos and files (blobs): stored once under their hash, encrypted, believed only when their hash was seen again.

A file lies in ``blobs/ab/<name>``; the name is an HMAC of the hash, so a stranger with the disk cannot tell which known
document it is. The bytes as they came are the evidence; turned and reduced copies are made for screen and paper, can be
made again at any time, and lie in ``blobs/derived``.
"""

from __future__ import annotations

import hashlib
import hmac
import io
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from inspector.domain.errors import Damaged, Unavailable
from inspector.storage.copying import flush_file
from inspector.system.blob_cipher import blob_file_name, decrypt_chunks, decrypt_part, encrypt_stream
from inspector.system.files import disk_errors, flush_folder, replace_patiently
from inspector.system.keys import BlobKeys

if TYPE_CHECKING:
    from inspector.storage.engine import Sql

_PIECE = 1024 * 1024
_NAME = re.compile("[0-9a-f]{64}")


class State(StrEnum):
    """What this laptop has of a blob: named by a record only, some of it, all of it, seen whole again, not whole."""

    KNOWN = "known"
    PARTIAL = "partial"
    PRESENT = "present"
    VERIFIED = "verified"
    DAMAGED = "damaged"


WHOLE = (State.PRESENT, State.VERIFIED)


def whole(sql: Sql) -> set[str]:
    """The SHA-256 (hex) of every blob that is whole here, as last seen."""
    rows = sql.run("SELECT lower(hex(sha256)) FROM blob WHERE state IN (?, ?)", WHOLE)
    return {sha256 for (sha256,) in rows.fetchall()}


class BlobStore:
    """The blobs of one workspace. Hashes are SHA-256 in 64 hex digits.

    ``reading`` and ``writing`` lend a database sql; inside a unit of work of the same thread it is that one.
    """

    def __init__(
        self,
        folder: Path,
        keys: BlobKeys,
        reading: Callable[[], AbstractContextManager[Sql]],
        writing: Callable[[], AbstractContextManager[Sql]],
        now: Callable[[], str],
    ) -> None:
        self._folder = folder
        self._keys = keys
        self._reading = reading
        self._writing = writing
        self._now = now

    def add(self, source: Path | BinaryIO) -> tuple[str, int]:
        """Takes a file in and returns its hash and size; afterwards the disk has it, whatever happens next.

        ``source`` is a path or a stream that can be read twice (``seek``); memory stays bounded. Raises ``Unavailable``
        (``disk-full``, ``file-changed`` when the source differs between the two readings) or ``Damaged``
        (``write-not-kept``).
        """
        if isinstance(source, Path):
            with open(source, "rb") as stream:
                return self._add(stream)
        return self._add(source)

    def _add(self, stream: BinaryIO) -> tuple[str, int]:
        sha256, size = _hash(_pieces(stream))
        stream.seek(0)
        if not self._is_whole(sha256):
            self.place(self.path(sha256), sha256, sha256, stream)
        self._note_whole(sha256, size)
        return sha256, size

    def add_whole(self, sha256: str, pieces: Iterator[bytes]) -> None:
        """Takes in a blob whose hash is known beforehand. Raises ``Unavailable`` (``file-changed``) for other bytes."""
        counted = _Counted(pieces)
        self.place(self.path(sha256), sha256, sha256, io.BufferedReader(_Chunks(counted)))
        self._note_whole(sha256, counted.size)

    def _note_whole(self, sha256: str, size: int) -> None:
        with self._writing() as sql:
            sql.run(
                "INSERT INTO blob (sha256, size, state, added) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (sha256) DO UPDATE SET size = excluded.size, state = excluded.state",
                (bytes.fromhex(sha256), size, State.VERIFIED, self._now()),
            )

    def path(self, sha256: str) -> Path:
        """Where the encrypted file lies, if it is here."""
        name = blob_file_name(self._keys, sha256)
        return self._folder / name[:2] / name

    def state(self, sha256: str) -> State | None:
        """What this laptop has of the blob, as last seen; ``None`` when nothing ever named it."""
        with self._reading() as sql:
            row = sql.run("SELECT state FROM blob WHERE sha256 = ?", (bytes.fromhex(sha256),)).fetchone()
        if row is not None and State(row[0]) is not State.KNOWN:
            return State(row[0]) if self.path(sha256).is_file() else State.KNOWN
        return State.KNOWN if row is not None else None

    def is_whole(self, sha256: str) -> bool:
        """Whether all of the blob is here, as last seen."""
        return self.state(sha256) in WHOLE

    def has(self, sha256: str) -> bool:
        """Whether a file is here; that it is whole shows when it is read."""
        return self.path(sha256).is_file()

    def chunks(self, sha256: str) -> Iterator[bytes]:
        """The blob in pieces. What was read counts only when the iterator ends without raising.

        Raises ``Unavailable`` (``blob-missing``) or ``Damaged`` (``blob-damaged``), and remembers the latter.
        """
        digest = hashlib.sha256()
        try:
            with _opened(self.path(sha256), sha256) as file:
                for chunk in decrypt_chunks(self._keys, sha256, file):
                    digest.update(chunk)
                    yield chunk
            if digest.hexdigest() != sha256:
                raise Damaged("blob-damaged", sha256=sha256)
        except Damaged:
            self._mark(sha256, State.DAMAGED)
            raise

    def chunks_at(self, path: Path, bound_to: str) -> Iterator[bytes]:
        """What ``place`` wrote there, in pieces. Raises ``Damaged`` (``blob-damaged``)."""
        with disk_errors(path), open(path, "rb") as file:
            yield from decrypt_chunks(self._keys, bound_to, file)

    def read_part(self, sha256: str, offset: int, length: int) -> bytes:
        """Up to ``length`` bytes from ``offset`` on; only that part is checked. Raises as ``chunks``."""
        try:
            with _opened(self.path(sha256), sha256) as file:
                return decrypt_part(self._keys, sha256, file, offset, length)
        except Damaged:
            self._mark(sha256, State.DAMAGED)
            raise

    def read(self, sha256: str) -> bytes:
        """The whole blob, checked. Raises as ``chunks``."""
        return b"".join(self.chunks(sha256))

    def open(self, sha256: str) -> BinaryIO:
        """The blob as a stream to read once, in bounded memory; reading raises as ``chunks``."""
        if not self.has(sha256):
            raise Unavailable("blob-missing", sha256=sha256)
        return io.BufferedReader(_Chunks(self.chunks(sha256)))

    def verify(self, sha256: str) -> State:
        """Reads the blob whole and remembers what was found; never raises for a damaged or missing one."""
        try:
            for _ in self.chunks(sha256):
                pass
        except Damaged:
            return State.DAMAGED
        except Unavailable:
            return State.KNOWN
        self._mark(sha256, State.VERIFIED)
        return State.VERIFIED

    def all(self) -> Iterator[tuple[str, int, State]]:
        """Hash, size and last known state of every blob this workspace has heard of."""
        with self._reading() as sql:
            rows = sql.run("SELECT sha256, size, state FROM blob ORDER BY sha256").fetchall()
        for sha256, size, state in rows:
            yield sha256.hex(), size, State(state)

    def files(self) -> Iterator[Path]:
        """The encrypted files of all blobs that are here; reduced copies are not among them."""
        for folder in self._folder.glob("[0-9a-f][0-9a-f]"):
            yield from (path for path in folder.iterdir() if _NAME.fullmatch(path.name))

    def derived(self, sha256: str, variant: str) -> bytes | None:
        """A reduced copy made earlier, ``None`` when there is none (or none that is whole)."""
        name = self._derived_name(sha256, variant)
        try:
            with open(self._derived_path(name), "rb") as file:
                return b"".join(decrypt_chunks(self._keys, name, file))
        except (OSError, Damaged):
            return None

    def put_derived(self, sha256: str, variant: str, content: bytes) -> None:
        """Keeps a reduced copy of a blob, named ``variant`` (``screen``, ``print``)."""
        name = self._derived_name(sha256, variant)
        self.place(self._derived_path(name), name, None, io.BytesIO(content))

    def _derived_name(self, sha256: str, variant: str) -> str:
        return hmac.new(self._keys.name, f"{sha256}/{variant}".encode(), hashlib.sha256).hexdigest()

    def _derived_path(self, name: str) -> Path:
        return self._folder / "derived" / name[:2] / name

    def place(self, path: Path, bound_to: str, expected: str | None, source: BinaryIO) -> None:
        """Writes an encrypted file: part file, flush, read back, rename, flush of the folder.

        Raises ``Unavailable`` (``file-changed``) where the content has another hash than ``expected``.
        """
        with disk_errors(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_name(f".{secrets.token_hex(6)}.part")
            try:
                with open(part, "xb") as target:
                    encrypt_stream(self._keys, bound_to, source, target)
                    flush_file(target)
                with open(part, "rb") as written:
                    found, _ = _hash(_kept(decrypt_chunks(self._keys, bound_to, written), path))
                if expected is not None and found != expected:
                    raise Unavailable("file-changed")
                replace_patiently(part, path)
            except BaseException:
                with suppress(OSError):
                    part.unlink()
                raise
            flush_folder(path.parent)

    def _is_whole(self, sha256: str) -> bool:
        try:
            with open(self.path(sha256), "rb") as file:
                return _hash(decrypt_chunks(self._keys, sha256, file))[0] == sha256
        except (OSError, Damaged):
            return False

    def _mark(self, sha256: str, state: State) -> None:
        with suppress(Unavailable), self._writing() as sql:
            sql.run("UPDATE blob SET state = ? WHERE sha256 = ? AND state <> ?", (state, bytes.fromhex(sha256), state))


class _Counted:
    """Pieces that pass through, and how many bytes they were."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self.size = 0

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        piece = next(self._pieces)
        self.size += len(piece)
        return piece


class _Chunks(io.RawIOBase):
    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override] # RawIOBase says Buffer, which 3.11 cannot name
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._rest = memoryview(chunk)
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size


def _pieces(stream: BinaryIO) -> Iterator[bytes]:
    while piece := stream.read(_PIECE):
        yield piece


def _hash(pieces: Iterator[bytes]) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for piece in pieces:
        digest.update(piece)
        size += len(piece)
    return digest.hexdigest(), size


def _kept(pieces: Iterator[bytes], path: Path) -> Iterator[bytes]:
    try:
        yield from pieces
    except Damaged as error:
        raise Damaged("write-not-kept", place=str(path)) from error


@contextmanager
def _opened(path: Path, sha256: str) -> Iterator[BinaryIO]:
    try:
        file = open(path, "rb")  # noqa: SIM115 - closed below; the error of opening is translated, not that of the body
    except FileNotFoundError as error:
        raise Unavailable("blob-missing", sha256=sha256) from error
    with file:
        yield file
