"""Photos and files between two replicas: by hash, in pieces, from where it stopped, believed when the hash was seen.

Records go first; a blob is exchanged when a record of the space names it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from inspector.domain.errors import Damaged, Refused
from inspector.storage.blob_parts import BlobParts
from inspector.storage.workspace import Workspace
from inspector.sync.messages import Hello, Peer, Piece
from inspector.sync.store import WorkspaceStore

PIECE = 1024 * 1024
"""Bytes sent at once."""


@dataclass
class BlobReport:
    """How many blobs and bytes went either way; ``damaged`` came whole and had another hash, and were thrown away."""

    sent: int = 0
    received: int = 0
    bytes: int = 0
    damaged: int = 0


class Blobs:
    """The blobs of one workspace as an exchange sees them."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._parts = BlobParts(workspace.blobs)
        self._store = WorkspaceStore(workspace)

    def need(self, space: str, offered: Mapping[str, int], peer: Hello) -> dict[str, int]:
        """Of the whole blobs a peer has, those that are lacking here, and from which byte on."""
        lacking = self._workspace.named_blobs(space) & offered.keys()
        self._store.note_blobs(peer, has=list(offered))
        return {sha256: self._parts.offset(sha256) for sha256 in sorted(lacking) if not self.is_whole(sha256)}

    def have(self, space: str, wanted: Collection[str]) -> dict[str, int]:
        """Of these blobs, those that are whole here, with their sizes."""
        whole = self.whole(space)
        return {sha256: whole[sha256] for sha256 in wanted if sha256 in whole}

    def read(self, space: str, sha256: str, offset: int, length: int) -> Piece:
        """Bytes of a blob that a record of the space names. Raises ``Refused`` (``exchange-not-shared``) for others."""
        whole = self.whole(space)
        if sha256 not in whole:
            raise Refused("exchange-not-shared", space=space)
        return Piece(self._workspace.blobs.read_part(sha256, offset, min(length, PIECE)), whole[sha256])

    def write(self, space: str, sha256: str, offset: int, data: bytes, size: int) -> int:
        """Takes bytes of a blob that is lacking; returns how many have come.

        Raises ``Damaged`` (``blob-not-whole``) and ``Refused`` (``exchange-not-shared``).
        """
        if sha256 not in self._workspace.named_blobs(space):
            raise Refused("exchange-not-shared", space=space)
        return size if self.is_whole(sha256) else self._parts.add(sha256, offset, data, size)

    def is_whole(self, sha256: str) -> bool:
        return self._workspace.blobs.is_whole(sha256)

    def whole(self, space: str) -> dict[str, int]:
        """The blobs that records of a space name and that are whole here, with their sizes."""
        named = self._workspace.named_blobs(space)
        sizes = {sha256: size for sha256, size, _ in self._workspace.blobs.all() if sha256 in named}
        return {sha256: size for sha256, size in sizes.items() if self.is_whole(sha256)}

    def lacking(self, space: str) -> list[str]:
        """The blobs that records of a space name and that are not whole here."""
        return sorted(sha256 for sha256 in self._workspace.named_blobs(space) if not self.is_whole(sha256))

    def note(self, peer: Hello, *, has: Collection[str], lacks: Collection[str]) -> None:
        """Notes what a peer has whole (I10)."""
        self._store.note_blobs(peer, has=has, lacks=lacks)

    def come(self, sha256: str) -> int:
        """How many bytes of a blob on its way are here."""
        return self._parts.offset(sha256)


def exchange_blobs(
    blobs: Blobs,
    peer: Peer,
    them: Hello,
    space: str,
    *,
    takes: bool = True,
    gives: bool = True,
    pause: Callable[[], object] = lambda: None,
) -> BlobReport:
    """Fetches what is lacking here and gives what is lacking there; may be cut anywhere and goes on from there.

    ``pause`` is called before each blob; what it raises ends it there.
    """
    report = BlobReport()
    for sha256 in peer.blobs_have(space, blobs.lacking(space)) if takes else ():
        pause()
        _fetch(blobs, peer, space, sha256, report)
    if not gives:
        return report
    offered = blobs.whole(space)
    needed = peer.blobs_need(space, offered)
    blobs.note(them, has=[sha256 for sha256 in offered if sha256 not in needed], lacks=list(needed))
    for sha256, offset in needed.items():
        pause()
        if sha256 in offered and _give(blobs, peer, space, sha256, offset, offered[sha256], report):
            blobs.note(them, has=[sha256], lacks=[])
    return report


def _fetch(blobs: Blobs, peer: Peer, space: str, sha256: str, report: BlobReport) -> None:
    come = blobs.come(sha256)
    while True:
        piece = peer.blob_read(space, sha256, come, PIECE)
        report.bytes += len(piece.data)
        try:
            now = blobs.write(space, sha256, come, piece.data, piece.size)
        except Damaged:
            report.damaged += 1
            return
        if blobs.is_whole(sha256):
            report.received += 1
            return
        if now <= come:
            return
        come = now


def _give(blobs: Blobs, peer: Peer, space: str, sha256: str, offset: int, size: int, report: BlobReport) -> bool:
    """Whether the peer has it whole in the end."""
    while True:
        piece = blobs.read(space, sha256, offset, PIECE)
        report.bytes += len(piece.data)
        try:
            now = peer.blob_write(space, sha256, offset, piece.data, size)
        except Damaged:
            report.damaged += 1
            return False
        if now >= size:
            report.sent += 1
            return True
        if now <= offset:
            return False
        offset = now
