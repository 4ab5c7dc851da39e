"""Photos and files on the way: from where it stopped, believed when the hash was seen."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from inspector.domain.errors import Damaged, Refused, Unavailable
from inspector.storage.blob_parts import BlobParts
from inspector.storage.blobs import State
from inspector.storage.workspace import Workspace
from inspector.sync import blobs as blobs_module
from inspector.sync.blobs import BlobReport, Blobs, exchange_blobs
from inspector.sync.exchange import Exchange
from inspector.sync.host import Host
from inspector.sync.messages import Hello, Piece
from inspector.sync.store import WorkspaceStore
from tests.storage.office import field, write

AN, BINH = Hello("máy An", "An"), Hello("máy Bình", "Bình")
PHOTO = random.Random(7).randbytes(300_000)


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blobs_module, "PIECE", 70_000)


class Cut(Exception):
    """The connection is gone."""


class Cutting(Host):
    """The connection is cut at a message about bytes."""

    left = 1_000

    def _count(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise Cut

    def blob_read(self, space: str, sha256: str, offset: int, length: int) -> Piece:
        self._count()
        return super().blob_read(space, sha256, offset, length)

    def blob_write(self, space: str, sha256: str, offset: int, data: bytes, size: int) -> int:
        self._count()
        return super().blob_write(space, sha256, offset, data, size)


class Spoiling(Host):
    """One byte changes on the way."""

    def blob_read(self, space: str, sha256: str, offset: int, length: int) -> Piece:
        piece = super().blob_read(space, sha256, offset, length)
        return Piece(bytes([piece.data[0] ^ 1]) + piece.data[1:], piece.size)


def photo(workspace: Workspace, space: str, content: bytes = PHOTO) -> str:
    sha256, size = workspace.blobs.add(io.BytesIO(content))
    write(workspace, space, field("evidence", sha256[:8], "file", {"hash": sha256, "size": size}))
    return sha256


def meet(
    asking: Workspace, answering: Workspace, space: str, kind: type[Host] = Host, cut: int | None = None
) -> BlobReport:
    peer = kind(WorkspaceStore(answering), BINH, {space}, Blobs(answering))
    if cut is not None and isinstance(peer, Cutting):
        peer.left = cut
    exchange = Exchange(WorkspaceStore(asking), AN, peer)
    exchange.run(space)
    return exchange_blobs(Blobs(asking), peer, exchange.them, space)


def test_a_photo_goes_either_way(workspace: Workspace, space: str, other: Workspace) -> None:
    mine, theirs = photo(workspace, space), photo(workspace, space, b"nho")
    report = meet(workspace, other, space)
    assert (report.sent, report.received, report.bytes) == (2, 0, len(PHOTO) + 3)
    assert [other.blobs.read(sha256) for sha256 in (mine, theirs)] == [PHOTO, b"nho"]
    assert other.blobs.state(mine) is State.VERIFIED


def test_it_is_fetched_too(workspace: Workspace, space: str, other: Workspace) -> None:
    sha256 = photo(workspace, space)
    empty = photo(workspace, space, b"")
    report = meet(other, workspace, space)
    assert (report.sent, report.received, report.bytes) == (0, 2, len(PHOTO))
    assert (other.blobs.read(sha256), other.blobs.read(empty)) == (PHOTO, b"")
    assert meet(other, workspace, space) == BlobReport()


@pytest.mark.parametrize("ask", [True, False])
def test_cut_at_any_piece_it_goes_on_from_there(workspace: Workspace, space: str, other: Workspace, ask: bool) -> None:
    sha256 = photo(workspace, space)
    pair = (other, workspace) if ask else (workspace, other)
    for pieces in range(4):
        with pytest.raises(Cut):
            meet(*pair, space, Cutting, cut=1)
        assert BlobParts(other.blobs).offset(sha256) == 70_000 * (pieces + 1)
    assert meet(*pair, space).bytes == len(PHOTO) - 4 * 70_000
    assert other.blobs.read(sha256) == PHOTO
    assert BlobParts(other.blobs).offset(sha256) == 0


@pytest.mark.parametrize("ask", [True, False])
def test_all_pieces_without_the_whole_become_the_whole(
    workspace: Workspace, space: str, other: Workspace, ask: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    sha256 = photo(workspace, space)
    pair = (other, workspace) if ask else (workspace, other)
    with monkeypatch.context() as patch:
        patch.setattr(other.blobs, "add_whole", full_disk)
        with pytest.raises(Unavailable, match="disk-full"):
            meet(*pair, space)
    assert BlobParts(other.blobs).offset(sha256) == len(PHOTO)
    assert workspace.copies(space).blobs_only_here == 1
    assert meet(*pair, space).bytes == 0
    assert other.blobs.read(sha256) == PHOTO


def full_disk(sha256: str, pieces: object) -> None:
    raise Unavailable("disk-full", place="")


def test_what_was_spoiled_on_the_way_does_not_count(workspace: Workspace, space: str, other: Workspace) -> None:
    sha256 = photo(workspace, space)
    report = meet(other, workspace, space, Spoiling)
    assert (report.received, report.damaged) == (0, 1)
    assert not other.blobs.has(sha256)
    assert meet(other, workspace, space).received == 1


def test_copies_are_counted_when_the_other_has_it_whole(workspace: Workspace, space: str, other: Workspace) -> None:
    photo(workspace, space)
    with pytest.raises(Cut):
        meet(workspace, other, space, Cutting, cut=2)
    assert workspace.copies(space).blobs_only_here == 1
    meet(workspace, other, space)
    assert workspace.copies(space).blobs_only_here == 0
    meet(other, workspace, space)
    assert other.copies(space).blobs_only_here == 0


def test_a_damaged_photo_is_replaced(workspace: Workspace, space: str, other: Workspace) -> None:
    sha256 = photo(workspace, space)
    meet(workspace, other, space)
    path = other.blobs.path(sha256)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert other.blobs.verify(sha256) is State.DAMAGED
    assert meet(other, workspace, space).received == 1
    assert other.blobs.read(sha256) == PHOTO


def test_only_what_records_name_is_given_or_taken(workspace: Workspace, space: str, other: Workspace) -> None:
    secret, size = workspace.blobs.add(io.BytesIO(b"khong ai nhac den"))
    blobs = Blobs(workspace)
    assert blobs.have(space, [secret]) == {}
    for ask in _asking(blobs, space, secret, size):
        with pytest.raises(Refused, match="exchange-not-shared"):
            ask()
    assert blobs.need(space, {"0" * 64: 5}, BINH) == {}


def _asking(blobs: Blobs, space: str, sha256: str, size: int) -> list[Callable[[], object]]:
    return [lambda: blobs.read(space, sha256, 0, 10), lambda: blobs.write(space, sha256, 0, b"x" * size, size)]


def test_pieces_that_do_not_fit_are_left_out(workspace: Workspace, space: str, other: Workspace) -> None:
    sha256 = photo(workspace, space)
    meet(workspace, other, space)
    parts = BlobParts(other.blobs)
    unknown = "ab" * 32
    assert parts.add(unknown, 10, b"sau", 100) == 0
    assert parts.add(unknown, 0, b"truoc ", 100) == 6
    assert parts.add(unknown, 0, b"truoc ", 100) == 6
    assert parts.add(unknown, 6, b"qua nhieu byte", 10) == 0
    assert parts.offset(unknown) == 0
    with pytest.raises(Damaged, match="blob-not-whole"):
        parts.add(unknown, 0, b"het!", 4)
    assert other.blobs.read(sha256) == PHOTO


def test_pieces_are_encrypted(workspace: Workspace, folder: Path) -> None:
    BlobParts(workspace.blobs).add("cd" * 32, 0, b"ho so cua cong dan", 100)
    files = [path for path in (folder / "an" / "blobs").rglob("*") if path.is_file()]
    assert len(files) == 1
    assert b"cong dan" not in files[0].read_bytes()


def test_part_of_a_blob_is_read_without_the_rest(workspace: Workspace) -> None:
    sha256, _ = workspace.blobs.add(io.BytesIO(PHOTO))
    for offset, length in ((0, 10), (65_535, 3), (65_536, 65_536), (299_990, 100), (300_000, 5), (400_000, 5)):
        assert workspace.blobs.read_part(sha256, offset, length) == PHOTO[offset : offset + length]
    even, _ = workspace.blobs.add(io.BytesIO(PHOTO[:131_072]))
    assert workspace.blobs.read_part(even, 131_072, 5) == b""
