"""What goes into a package: everything of the chosen spaces, or what those it is for are known to lack."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from inspector.domain.exchange import Holds, Range, Vector, compare
from inspector.storage.holdings import Place
from inspector.storage.workspace import Workspace
from inspector.sync.blobs import Blobs
from inspector.sync.frames import FILLED, fill, pack
from inspector.sync.package.manifest import Part
from inspector.system.files import disk_errors


@dataclass(frozen=True)
class Parcel:
    """The frames, written to one file, and the blobs, by hash; with what this laptop holds of each space."""

    holds: dict[str, Holds]
    frames: tuple[Part, ...]
    file: Path
    blobs: tuple[Part, ...]
    whole: tuple[str, ...]


def gather(workspace: Workspace, spaces: Sequence[str], devices: Collection[str], file: Path) -> Parcel:
    """Packs the change sets of these spaces into ``file`` and names the blobs to go along.

    Without ``devices`` it is everything; with them what any of them lacks, going by what each said last.
    """
    holds: dict[str, Holds] = {}
    frames: list[Part] = []
    blobs: dict[str, int] = {}
    with disk_errors(file), open(file, "wb") as target, workspace.snapshot() as view:
        for space in spaces:
            with view.holdings(space) as holdings:
                holds[space] = holdings.holds()
                said = [view.claims(space, device) for device in devices]
                ranges, waiting = lacking(holds[space], said)
                place, more = Place(), True
                while more:
                    taken, more = fill(holdings.after(ranges, waiting, place), FILLED)
                    if taken:
                        place = taken[-1][0]
                        frame = pack([item for _, item in taken])
                        target.write(frame)
                        frames.append(Part(len(frame), hashlib.sha256(frame).hexdigest(), space, len(taken)))
            blobs |= Blobs(workspace).whole(space)
    everywhere = set[str].intersection(*(workspace.blobs_at(device) for device in devices)) if devices else set()
    sent = tuple(Part(size, sha256) for sha256, size in sorted(blobs.items()) if sha256 not in everywhere)
    return Parcel(holds, tuple(frames), file, sent, tuple(sorted(blobs.keys() & everywhere)))


def lacking(mine: Holds, said: Sequence[Holds | None]) -> tuple[tuple[Range, ...], tuple[bytes, ...]]:
    """The ranges and the waiting records that one of those lacks who said these; ``None`` said nothing."""
    after: dict[str, int] = {}
    held: set[bytes] = set()
    for theirs in said or [None]:
        vector = Vector() if theirs is None else theirs.vector
        difference = compare(mine.vector, vector, lambda digest: True)  # claims that are not known here are no ends
        wanted = {item.stream: item.after for item in difference.send} | dict.fromkeys(difference.forks, 0)
        for stream, number in wanted.items():
            after[stream] = min(number, after.get(stream, number))
        held.update(set(mine.held) - set(() if theirs is None else theirs.held))
    ranges = tuple(Range(stream, number) for stream, number in sorted(after.items()))
    return ranges, tuple(digest for digest in mine.held if digest in held)


def data_of(workspace: Workspace, parcel: Parcel) -> Iterator[bytes]:
    """All data of a package in pieces: the frames, then the blobs. Raises as ``BlobStore.chunks``."""
    with disk_errors(parcel.file), open(parcel.file, "rb") as frames:
        yield from _pieces(frames)
    for blob in parcel.blobs:
        yield from workspace.blobs.chunks(blob.sha256)


def _pieces(source: BinaryIO) -> Iterator[bytes]:
    while piece := source.read(1024 * 1024):
        yield piece
