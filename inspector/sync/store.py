"""What an exchange needs of this laptop's disk, and the workspace that gives it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from inspector.domain.changeset import ChangeSet
from inspector.domain.exchange import Holds, Numbered, Range, Vector
from inspector.domain.merge import Outcome
from inspector.domain.streams import EpochReason
from inspector.storage.holdings import Holdings, Place, Signed
from inspector.storage.workspace import Workspace
from inspector.sync.clocks import clocks, note_clock
from inspector.sync.messages import Hello, Piece
from inspector.system.identity import read_certificate


class View(Protocol):
    """What a replica has of one space (``storage.holdings.Holdings``)."""

    def holds(self) -> Holds: ...

    def vector(self) -> Vector: ...

    def knows(self, digests: Collection[bytes]) -> set[bytes]: ...

    def has(self, digests: Collection[bytes]) -> set[bytes]: ...

    def hashes(self, stream: str) -> list[Numbered]: ...

    def after(
        self, ranges: Iterable[Range], hashes: Collection[bytes], place: Place
    ) -> Iterator[tuple[Place, Signed]]: ...


class Store(Protocol):
    """The durable side of a replica. Whatever one of these methods writes is on the disk when it returns."""

    def holdings(self, space: str) -> AbstractContextManager[View]:
        """What is here of a space, from one steady view."""
        ...

    def meet(self, space: str, peer: Hello, holds: Holds) -> EpochReason | None:
        """Notes what a peer durably holds, and ends the own stream where the peer has records of it that are lost here.

        Says how that came about, ``None`` where nothing is lost. To be called before any of these records are taken in:
        afterwards nothing is missing any more.
        """
        ...

    def take_in(self, changesets: Sequence[ChangeSet], peer: Hello) -> list[Outcome]:
        """Commits what a peer sent, in one transaction; one outcome for each."""
        ...

    def keep_unreadable(self, reason: str, found: Sequence[bytes], peer: Hello) -> None:
        """Keeps bytes a peer sent that are no change set."""
        ...


class SharedBlobs(Protocol):
    """The photos and files of a replica, as far as records of a space name them; hashes are SHA-256 in hex."""

    def need(self, space: str, offered: Mapping[str, int], peer: Hello) -> dict[str, int]:
        """Of the whole blobs a peer has, those that are lacking here, and from which byte on."""
        ...

    def have(self, space: str, wanted: Collection[str]) -> dict[str, int]:
        """Of these blobs, those that are whole here, with their sizes."""
        ...

    def read(self, space: str, sha256: str, offset: int, length: int) -> Piece:
        """Bytes of a blob. Raises ``Refused`` (``exchange-not-shared``) where no record of the space names it."""
        ...

    def write(self, space: str, sha256: str, offset: int, data: bytes, size: int) -> int:
        """Takes bytes of a blob; returns how many have come, durably.

        Raises ``Damaged`` (``blob-not-whole``) and ``Refused`` (``exchange-not-shared``).
        """
        ...


class WorkspaceStore:
    """A workspace as the store of an exchange."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def hello(self) -> Hello:
        """How this laptop presents itself: its device, and the person whose certificate it carries."""
        author = self._workspace.author
        return Hello(author.device, read_certificate(author.certificate).person.name)

    def holdings(self, space: str) -> AbstractContextManager[Holdings]:
        return self._workspace.holdings(space)

    def meet(self, space: str, peer: Hello, holds: Holds) -> EpochReason | None:
        known = clocks(self._workspace) if peer.ahead is not None else {}
        with self._workspace.unit_of_work() as unit:
            reason = unit.compare_own(space, holds.vector)
            unit.note_peer(space, peer.device, peer.name, holds)
            if peer.ahead is not None:
                note_clock(unit, known, peer.device, peer.ahead)
            unit.commit()
        return reason

    def take_in(self, changesets: Sequence[ChangeSet], peer: Hello) -> list[Outcome]:
        with self._workspace.unit_of_work() as unit:
            outcomes = unit.accept(changesets, received_from=peer.name)
            unit.commit()
        return outcomes

    def keep_unreadable(self, reason: str, found: Sequence[bytes], peer: Hello) -> None:
        with self._workspace.unit_of_work() as unit:
            for data in found:
                unit.keep_unreadable(reason, data, peer.name)
            unit.commit()

    def note_blobs(self, peer: Hello, *, has: Collection[str] = (), lacks: Collection[str] = ()) -> None:
        """Notes which blobs a peer has whole, and which it has not."""
        with self._workspace.unit_of_work() as unit:
            unit.note_blobs(peer.device, peer.name, has=has, lacks=lacks)
            unit.commit()
