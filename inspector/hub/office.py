"""The log of the office's hub (máy chủ văn phòng) as the store and the blobs of an exchange."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager

from inspector.domain.changeset import ChangeSet
from inspector.domain.errors import Refused
from inspector.domain.exchange import Holds
from inspector.domain.merge import Outcome
from inspector.domain.streams import EpochReason
from inspector.storage.hub.blobs import HubBlobFiles
from inspector.storage.hub.holdings import HubHoldings
from inspector.storage.hub.log import HubLog
from inspector.sync.blobs import PIECE
from inspector.sync.messages import Hello, Piece


class HubStore:
    """A hub as the ``Store`` of an exchange. It writes no stream of its own, so none of it can be lost here."""

    def __init__(self, log: HubLog) -> None:
        self._log = log

    def holdings(self, space: str) -> AbstractContextManager[HubHoldings]:
        return self._log.holdings(space)

    def meet(self, space: str, peer: Hello, holds: Holds) -> EpochReason | None:
        self._log.note_holder(space, peer.device, peer.name, holds)
        return None

    def take_in(self, changesets: Sequence[ChangeSet], peer: Hello) -> list[Outcome]:
        return self._log.take_in(changesets, peer.name)

    def keep_unreadable(self, reason: str, found: Sequence[bytes], peer: Hello) -> None:
        self._log.keep_unreadable(reason, found, peer.name)


class HubBlobs:
    """The blobs of a hub as ``SharedBlobs``: those that a known record of the space names, whoever wrote it."""

    def __init__(self, log: HubLog, files: HubBlobFiles) -> None:
        self._log = log
        self._files = files

    def need(self, space: str, offered: Mapping[str, int], peer: Hello) -> dict[str, int]:
        lacking = sorted(self._log.named_blobs(space) & offered.keys())
        return {sha256: self._files.come(sha256) for sha256 in lacking if self._files.size(sha256) is None}

    def have(self, space: str, wanted: Collection[str]) -> dict[str, int]:
        named = self._log.named_blobs(space)
        sizes = {sha256: self._files.size(sha256) for sha256 in wanted if sha256 in named}
        return {sha256: size for sha256, size in sizes.items() if size is not None}

    def read(self, space: str, sha256: str, offset: int, length: int) -> Piece:
        size = self._files.size(sha256) if self._log.names_blob(space, sha256) else None
        if size is None:
            raise Refused("exchange-not-shared", space=space)
        return Piece(self._files.read_part(sha256, offset, min(length, PIECE)), size)

    def write(self, space: str, sha256: str, offset: int, data: bytes, size: int) -> int:
        if not self._log.names_blob(space, sha256):
            raise Refused("exchange-not-shared", space=space)
        return size if self._files.size(sha256) is not None else self._files.add(sha256, offset, data, size)
