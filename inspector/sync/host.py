"""The side that answers: one replica as another sees it, whatever carries the messages."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from inspector.domain.errors import BadInput, Refused
from inspector.domain.exchange import Holds, Numbered, Vector, compare
from inspector.storage.holdings import Place
from inspector.sync.frames import FILLED, fill, pack
from inspector.sync.intake import take_in
from inspector.sync.messages import Answer, Hello, Page, Piece, Request, Result
from inspector.sync.store import SharedBlobs, Store


class Host:
    """Answers one peer, which may get ``spaces`` and hears of no other.

    ``blobs`` is where photos and files are, if they are exchanged too; ``room``: unpacked bytes of a frame it sends.
    ``takes_all``: the peer may give change sets of any space, also where it may not read; of those it learns only what
    it told itself. Raises ``BadInput`` (``exchange-no-hello``) before the peer said who it is, and ``Refused``
    (``exchange-not-shared``) when asked about another space.
    """

    def __init__(
        self,
        store: Store,
        me: Hello,
        spaces: Collection[str],
        blobs: SharedBlobs | None = None,
        room: int = FILLED,
        takes_all: bool = False,
    ) -> None:
        self._store = store
        self._me = me
        self._spaces = spaces
        self._blobs = blobs
        self._room = room
        self._takes_all = takes_all
        self._peer: Hello | None = None

    def hello(self, me: Hello) -> Hello:
        self._peer = me
        return self._me

    def have(self, space: str, holds: Holds) -> Answer:
        if self._takes_all and space not in self._spaces:
            return self._closed(space, holds)
        self._store.meet(space, self._require(space), holds)
        with self._store.holdings(space) as holdings:
            mine = holdings.holds()
            known = holdings.knows([tip.hash for tip in holds.vector.tips()])
            here = holdings.has(holds.held)
        difference = compare(mine.vector, holds.vector, known.__contains__)
        return Answer(mine, difference.forks, tuple(digest for digest in holds.held if digest not in here))

    def _closed(self, space: str, holds: Holds) -> Answer:
        """How far the streams a peer named are known here, and not that there is more of them."""
        with self._store.holdings(space) as holdings:
            mine = holdings.vector()
            known = holdings.knows([tip.hash for tip in holds.vector.tips()])
            here = holdings.has(holds.held)
        named = {
            stream: ends if known.issuperset(digest for _, digest in ends) else mine.ends.get(stream, ())
            for stream, ends in holds.vector.ends.items()
        }
        told = Vector({stream: ends for stream, ends in named.items() if ends})
        held = tuple(digest for digest in holds.held if digest in here)
        difference = compare(told, holds.vector, known.__contains__)
        lacks = tuple(digest for digest in holds.held if digest not in here)
        return Answer(Holds(told, held), difference.forks, lacks, closed=True)

    def push(self, space: str, frame: bytes) -> list[Result]:
        return take_in(self._store, space, frame, self._require(space, gives=True))

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
        peer = self._require(space, gives=True)
        return self._shared_blobs(space, gives=True).need(space, offered, peer)

    def blobs_have(self, space: str, wanted: Collection[str]) -> Mapping[str, int]:
        return self._shared_blobs(space).have(space, wanted)

    def blob_read(self, space: str, sha256: str, offset: int, length: int) -> Piece:
        return self._shared_blobs(space).read(space, sha256, offset, length)

    def blob_write(self, space: str, sha256: str, offset: int, data: bytes, size: int) -> int:
        return self._shared_blobs(space, gives=True).write(space, sha256, offset, data, size)

    def _shared_blobs(self, space: str, *, gives: bool = False) -> SharedBlobs:
        self._require(space, gives=gives)
        if self._blobs is None:
            raise Refused("exchange-not-shared", space=space)
        return self._blobs

    def _require(self, space: str, *, gives: bool = False) -> Hello:
        if self._peer is None:
            raise BadInput("exchange-no-hello")
        if not (gives and self._takes_all) and space not in self._spaces:
            raise Refused("exchange-not-shared", space=space)
        return self._peer
