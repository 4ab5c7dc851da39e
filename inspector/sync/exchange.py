"""The exchange (trao đổi) of one space with a peer, the same over memory, package and HTTPS.

Both say what they hold; what is missing on either side is worked out from that, every time anew, and sent in the
sender's arrival order, so that every beginning of it is closed. Nobody remembers what was sent. It ends when both hold
the same, or when a round has changed nothing; it may be cut anywhere, and the next one completes it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from inspector.domain.exchange import Difference, Holds, check_code, compare
from inspector.domain.streams import EpochReason
from inspector.storage.holdings import Place
from inspector.sync.frames import FILLED, fill, pack
from inspector.sync.intake import take_in
from inspector.sync.messages import MOST_ASKED, Answer, Hello, Peer, Request, Tally
from inspector.sync.store import Store


@dataclass
class Report:
    """What an exchange did. ``matched`` (Đã khớp): both know the same, shown by the same ``code`` on both screens.

    ``closed``: the peer takes what is sent and lets nothing be read, so nobody can say whether both match.
    ``waiting``: change sets here that still wait for others. ``own``: the peer had records of this laptop that were
    lost here (it was set back, or copied); they are back, and the next write begins a new epoch. ``same_device``: the
    peer writes under this laptop's name, so one is a copy of the other.
    """

    matched: bool = False
    closed: bool = False
    code: str = ""
    waiting: int = 0
    own: EpochReason | None = None
    same_device: bool = False
    sent: Tally = field(default_factory=Tally)
    received: Tally = field(default_factory=Tally)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What to send to the peer and what to ask of it."""

    send: Request
    want: Request


class Exchange:
    """This replica asking one peer, with which it said hello when made.

    ``room``: unpacked bytes of a frame, or who knows how many the way takes now. ``pause`` is called before each
    message; what it raises ends the exchange there.
    """

    def __init__(
        self,
        store: Store,
        me: Hello,
        peer: Peer,
        room: int | Callable[[], int] = FILLED,
        pause: Callable[[], object] = lambda: None,
    ) -> None:
        self._store = store
        self._peer = peer
        self._me = me
        self._asked_room = room
        self._pause = pause
        self.them = peer.hello(me)

    @property
    def _room(self) -> int:
        return self._asked_room if isinstance(self._asked_room, int) else self._asked_room()

    def run(self, space: str, *, gives: bool = True, report: Report | None = None) -> Report:
        """Brings both to the same set of change sets of a space, as far as the peer allows.

        Without ``gives`` it only takes; ``report`` goes on where an earlier one was cut. Raises what the way raises,
        ``Unavailable`` when it is cut; what was taken in by then stays.
        """
        report = report or Report()
        report.same_device = self.them.device == self._me.device
        before: tuple[Holds, Holds] | None = None
        while True:
            with self._store.holdings(space) as holdings:
                mine = holdings.holds()
            self._pause()
            answer = self._peer.have(space, mine)
            report.own = self._store.meet(space, self.them, answer.holds) or report.own
            root = mine.vector.root()
            report.closed = answer.closed
            report.matched = not answer.closed and root == answer.holds.vector.root()
            report.code, report.waiting = check_code(root), len(mine.held)
            plan = self._plan(space, mine, answer, gives=gives)
            if (plan.send, plan.want) == (Request(), Request()) or before == (mine, answer.holds):
                return report
            before = mine, answer.holds
            self._fetch(space, plan.want, report)
            self._push(space, plan.send, report)

    def _plan(self, space: str, mine: Holds, answer: Answer, *, gives: bool = True) -> _Plan:
        theirs = answer.holds
        with self._store.holdings(space) as holdings:
            known = holdings.knows([tip.hash for tip in theirs.vector.tips()])
            here = holdings.has(theirs.held)
        difference = compare(mine.vector, theirs.vector, known.__contains__)
        forks = sorted({*difference.forks, *answer.forks})
        send, want = self._everything(space, forks) if answer.closed else self._by_hash(space, forks)
        want += tuple(digest for digest in theirs.held if digest not in here)
        sending, wanting = _requests(difference, forks, send + answer.lacks, self._first(space, want))
        return _Plan(sending if gives else Request(), Request() if answer.closed else wanting)

    def _first(self, space: str, want: tuple[bytes, ...]) -> tuple[bytes, ...]:
        """As many as may be asked for in one round; what waits here already comes after what is not here at all."""
        if len(want) <= MOST_ASKED:
            return want
        with self._store.holdings(space) as holdings:
            here = holdings.has(want)
        return tuple(sorted(want, key=here.__contains__)[:MOST_ASKED])

    def _everything(self, space: str, forks: list[str]) -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
        """Of streams that parted, all that is here: a peer that lets nothing be read gives no lists to compare."""
        with self._store.holdings(space) as holdings:
            return tuple(digest for stream in forks for _, digest in holdings.hashes(stream)), ()

    def _by_hash(self, space: str, forks: list[str]) -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
        """Of streams that parted, what the peer lacks and what this replica lacks."""
        send: list[bytes] = []
        want: list[bytes] = []
        for stream in forks:
            self._pause()
            theirs = {digest: n for n, digest in self._peer.hashes(space, stream)}
            with self._store.holdings(space) as holdings:
                mine = {digest: n for n, digest in holdings.hashes(stream)}
            send.extend(digest for digest in mine if digest not in theirs)
            want.extend(digest for digest in theirs if digest not in mine)
        return tuple(send), tuple(want)

    def _fetch(self, space: str, request: Request, report: Report) -> None:
        if request == Request():
            return
        place: Place | None = Place()
        while place is not None:
            self._pause()
            page = self._peer.fetch(space, request, place)
            report.received.add(take_in(self._store, space, page.frame, self.them))
            place = page.place if page.place is not None and page.place > place else None

    def _push(self, space: str, request: Request, report: Report) -> None:
        if request == Request():
            return
        place, more = Place(), True
        while more:
            with self._store.holdings(space) as holdings:
                taken, more = fill(holdings.after(request.ranges, request.hashes, place), self._room)
            self._pause()
            if taken:
                place = taken[-1][0]
                report.sent.add(self._peer.push(space, pack([item for _, item in taken])))


def _requests(
    difference: Difference, forks: list[str], send: tuple[bytes, ...], want: tuple[bytes, ...]
) -> tuple[Request, Request]:
    """The ranges of streams that did not part, and the hashes of the others."""
    return (
        Request(tuple(item for item in difference.send if item.stream not in forks), send),
        Request(tuple(item for item in difference.want if item.stream not in forks), want),
    )
