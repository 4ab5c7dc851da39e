"""The side that answers: one replica as another sees it, whatever carries the messages."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from inspector.domain.errors import BadInput, Refused
from inspector.domain.exchange import Holds, Numbered, compare
from inspector.storage.holdings import Place
from inspector.sync.blobs import Blobs
from inspector.sync.frames import FILLED, fill, pack
from inspector.sync.intake import take_in
from inspector.sync.messages import Answer, Hello, Page, Piece, Request, Result
from inspector.sync.store import Store


class Host:
    """Answers one peer, which may get ``spaces`` and hears of no other.

    ``blobs`` is where photos and files are, if they are exchanged too; ``room``: unpacked bytes of a frame it sends.
    Raises ``BadInput`` (``exchange-no-hello``) before the peer said who it is, and ``Refused``
    (``exchange-not-shared``) when asked about another space.
    """

    def __init__(
        self, store: Store, me: Hello, spaces: Collection[str], blobs: Blobs | None = None, room: int = FILLED
    ) -> None:
        self._store = store
        self._me = me
        self._spaces = spaces
        self._blobs = blobs
        self._room = room
        self._peer: Hello | None = None

    def hello(self, me: Hello) -> Hello:
        self._peer = me
        return self._me

    def have(self, space: str, holds: Holds) -> Answer:
        self._store.meet(space, self._require(space), holds)
        with self._store.holdings(space) as holdings:
            mine = holdings.holds()
            known = holdings.knows([tip.hash for tip in holds.vector.tips()])
            here = holdings.has(holds.held)
        difference = compare(mine.vector, holds.vector, known.__contains__)
        return Answer(mine, difference.forks, tuple(digest for digest in holds.held if digest not in here))

    def push(self, space: str, frame: bytes) -> list[Result]:
        return take_in(self._store, space, frame, self._require(space))

    def fetch(self, space: str, request: Request, place: Place) -> Page:
        self._require(space)
        with self._store.holdings(space) as holdings:
            taken, more = fill(holdings.after(request.ranges, request.hashes, place), self._room)
        return Page(pack([item for _, item in taken]), taken[-1][0] if more else None)

    def hashes(self, space: str, stream: str) -> list[Numbered]:
        self._require(space)
        with self._store.holdings(space) as holdings:
            return holdings.hashes(stream)

    def blobs_need(self, space: str, offered: Mapping[str, int]) -> Mapping[str, int]:
        return self._shared_blobs(space).need(space, offered, self._require(space))

    def blobs_have(self, space: str, wanted: Collection[str]) -> Mapping[str, int]:
        return self._shared_blobs(space).have(space, wanted)

    def blob_read(self, space: str, sha256: str, offset: int, length: int) -> Piece:
        return self._shared_blobs(space).read(space, sha256, offset, length)

    def blob_write(self, space: str, sha256: str, offset: int, data: bytes, size: int) -> int:
        return self._shared_blobs(space).write(space, sha256, offset, data, size)

    def _shared_blobs(self, space: str) -> Blobs:
        self._require(space)
        if self._blobs is None:
            raise Refused("exchange-not-shared", space=space)
        return self._blobs

    def _require(self, space: str) -> Hello:
        if self._peer is None:
            raise BadInput("exchange-no-hello")
        if space not in self._spaces:
            raise Refused("exchange-not-shared", space=space)
        return self._peer
