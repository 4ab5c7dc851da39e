"""Exchanging with another laptop or the office over the network: at an address, or with whoever is found around.

Whom an inspection is given to follows from the team; a laptop that no team knows is asked for six digits first. What
was done is told inspection by inspection, and nothing is called done that the other has not on its disk.
"""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from inspector.domain.errors import InspectorError, Refused, Unavailable
from inspector.services.accepting import invited_by
from inspector.services.known_points import KnownPoint, find_point, known_points, most_for, remember
from inspector.services.space_titles import unit_of
from inspector.sync.blobs import BlobReport, Blobs, exchange_blobs
from inspector.sync.chunks import MOST, Chunks
from inspector.sync.discovery import look_around
from inspector.sync.exchange import Exchange, Report
from inspector.sync.greeting import Credentials, Point, seconds_ahead
from inspector.sync.https import Comparing, HttpsPeer, greet
from inspector.sync.line import PORT, Line
from inspector.sync.messages import Kept as Kept  # said with every result, to the command line too
from inspector.sync.sharing import SharedSpaces
from inspector.sync.store import WorkspaceStore
from inspector.system.identity import Certificate, read_certificate
from inspector.system.network import gateways
from inspector.system.tls import TlsKey, new_tls_key, tls_key_bytes, tls_key_from

if TYPE_CHECKING:
    from inspector.services.desk import Desk
    from inspector.storage.workspace import Workspace

TRIES = 3
"""How often a line that was cut is taken up again at once."""

_TLS = "tls"
_ANSWER_SECONDS = 5 * 60
_PROBE_SECONDS = 2.0
_CLOCKS_APART = datetime.timedelta(minutes=2)


class Person(Protocol):
    """Whoever sits at this laptop."""

    def compares(self, code: str, name: str) -> bool:
        """Whether the screen of ``name``, whom nobody here knows, shows this code too."""
        ...


@dataclass
class Met:
    """What became of one inspection or other space. ``problem``: why it could not be exchanged, else None.

    ``given``: whether the other may have it; ``lacking``: photos and files named here that are not here yet.
    """

    space: str
    title: str
    given: bool
    report: Report = field(default_factory=Report)
    photos: BlobReport = field(default_factory=BlobReport)
    lacking: int = 0
    problem: InspectorError | None = None

    @property
    def is_done(self) -> bool:
        """Both have the same, and say so."""
        return self.report.matched and self.problem is None


@dataclass
class Outcome:
    """An exchange with one other: ``clock`` is how far its clock is from this one's, where that is worth telling.

    ``cut``: what ended it before everything was done, else None.
    """

    address: str
    name: str = ""
    agency: str = ""
    clock: datetime.timedelta | None = None
    met: list[Met] = field(default_factory=list)
    cut: InspectorError | None = None

    @property
    def is_done(self) -> bool:
        return self.cut is None and all(one.is_done for one in self.met)


def credentials_of(workspace: Workspace) -> Credentials:
    """With what this laptop proves who it is."""
    author = workspace.author
    return Credentials(author.certificate, author.key, author.signed[1:])


def transport_key(workspace: Workspace) -> TlsKey:
    """The key of this laptop's lines, made when it is first needed and kept in the encrypted database."""
    data = workspace.own(_TLS)
    if data is not None:
        return tls_key_from(data)
    made = new_tls_key()
    with workspace.unit_of_work() as unit:
        unit.put_own(_TLS, tls_key_bytes(made))
        unit.commit()
    return made


def knows(workspace: Workspace, other: Certificate, shared: SharedSpaces) -> bool:
    """Whether this laptop can tell whose that certificate is: by their office, by who invited it, by what it wrote, or
    by a team.
    """
    if other.root in {own.root for own in workspace.author.certificates} or other.root.hex() in invited_by(workspace):
        return True
    return bool(workspace.certificates_of(other.device, other.key)) or any(True for _ in shared)


def exchange_with(
    desk: Desk,
    address: str,
    person: Person | None,
    *,
    shown: Collection[str] = (),
    wait: Callable[[float], object] = time.sleep,
    pause: Callable[[], object] = lambda: None,
    told: Callable[[Met], object] = lambda met: None,
) -> Outcome:
    """Exchanges everything both may have with whoever answers at an address.

    ``person`` compares a code where that is needed, None where nobody is asked. ``shown``: inspections that the other
    gets though no team knows it. ``pause`` is called between messages, ``wait`` to sleep: what they raise ends it, and
    what was taken in stays. ``told`` hears of each space when it is done.

    Raises:
        BadInput: no address, another sort of server.
        Refused: another key or device than was known, a code that was not the same, or nobody to compare it.
        Unavailable: nobody answers; later faults stand in ``Outcome.cut``.
    """
    with Line(address, wait=wait) as line:
        visit = Visit(desk, line, greet(line), shown, pause)
        visit.enter(person, wait)
        return visit.run(told)


def look_for_points(desk: Desk) -> list[str]:
    """Addresses worth trying, the likeliest first: where points were before, the hotspot's own, whoever answers."""
    found: dict[str, None] = dict.fromkeys(point.address for point in known_points(desk.workspace) if point.address)
    found.update(dict.fromkeys(one.address for one in look_around()))
    found.update(dict.fromkeys(f"{gateway}:{PORT}" for gateway in gateways()))
    return list(found)


def answers_at(address: str) -> Point | None:
    """Who answers at an address, if anybody does; nothing is told to them."""
    try:
        with Line(address, connect_seconds=_PROBE_SECONDS) as line:
            return greet(line)
    except InspectorError:
        return None


class Visit:
    """This laptop at one point that has proved who it is."""

    def __init__(
        self, desk: Desk, line: Line, point: Point, shown: Collection[str], pause: Callable[[], object]
    ) -> None:
        self._desk = desk
        self._workspace = desk.workspace
        self._line = line
        self._point = point
        self._shown = frozenset(shown)
        self._pause = pause
        self._me = credentials_of(self._workspace)
        self._shared = SharedSpaces(self._workspace, point.id, point.certificate.key, point.signed)
        self._known = find_point(self._workspace, point.id)
        self._most = most_for(self._known, self._workspace.clock.wall())
        self.peer = HttpsPeer(line, point, self._me, Chunks(self._most))

    def enter(self, person: Person | None, wait: Callable[[float], object]) -> None:
        """Begins a session; where one of both does not know the other, two people compare a code first."""
        agreed = self._known is not None and self._known.pin == self._point.pin
        certificates = [read_certificate(signed) for signed in self._point.signed]
        if agreed or any(knows(self._workspace, one, self._shared) for one in certificates):
            try:
                self.peer.enter()
            except Refused as error:
                if error.code != "device-unknown":
                    raise
            else:
                self._remember(self._known.pin if self._known else "")
                return
        self._compare(person, wait)
        self.peer.enter()
        self._remember(self._point.pin)

    def enter_as_agreed(self) -> None:
        """Begins a session where the server's key was agreed on before. Raises ``Refused`` (``device-unknown``)."""
        self.peer.enter()
        self._remember(self._point.pin)

    def join(self) -> None:
        """Comes with an invitation of that server. Raises as ``HttpsPeer.join``."""
        self.peer.join()

    def _compare(self, person: Person | None, wait: Callable[[float], object]) -> None:
        if person is None:
            raise Refused("comparison-by-hand", name=self._point.certificate.person.name)
        comparing = Comparing(self._line, self._point, self._me)
        if not person.compares(comparing.code, self._point.certificate.person.name):
            raise Refused("comparison-differs")
        for _ in range(_ANSWER_SECONDS):
            if comparing.is_answered():
                return
            wait(1.0)
        raise Refused("comparison-refused")

    def run(self, told: Callable[[Met], object]) -> Outcome:
        """Everything both may have; a line that is cut is taken up again."""
        who = self._point.certificate.person
        outcome = Outcome(self._line.address, who.name, who.agency, self._clocks())
        met: dict[str, Met] = {}
        for attempt in range(TRIES):
            outcome.cut = None
            try:
                self._go_through(met, told)
                break
            except Unavailable as error:
                outcome.cut = error
                if error.code != "way-cut" or attempt + 1 == TRIES:
                    break
        outcome.met = list(met.values())
        if self.peer.chunks.most != self._most:
            self._remember(self._known.pin if self._known else "")
        return outcome

    def _go_through(self, met: dict[str, Met], told: Callable[[Met], object]) -> None:
        offered = set(self.peer.spaces())
        held = {space.id for space in self._workspace.spaces()}
        for space in sorted(offered | {space for space in held if self._gives(space)}):
            if space in met and met[space].is_done:
                continue
            self._pause()
            one = met.setdefault(space, Met(space, "", given=self._gives(space)))
            one.problem = None
            try:
                self._meet(one)
            except Unavailable:
                raise
            except InspectorError as error:  # one space that cannot be exchanged is in no other's way
                one.problem = error
            finally:
                one.title = unit_of(self._desk, space)
            told(one)

    def _gives(self, space: str) -> bool:
        return space in self._shown or space in self._shared

    def _meet(self, one: Met) -> None:
        store = WorkspaceStore(self._workspace)
        exchange = Exchange(store, store.hello(), self.peer, self.peer.room, self._pause)
        one.report.matched = False
        exchange.run(one.space, gives=one.given, report=one.report)
        if not one.given and self._gives(one.space):  # what just came says that the other belongs to the team
            one.given = True
            exchange.run(one.space, report=one.report)
        blobs = Blobs(self._workspace)
        photos = exchange_blobs(
            blobs, self.peer, exchange.them, one.space,
            takes=not one.report.closed, gives=one.given, pause=self._pause,
        )  # fmt: skip
        for name in ("sent", "received", "bytes", "damaged"):
            setattr(one.photos, name, getattr(one.photos, name) + getattr(photos, name))
        lacking = set(blobs.lacking(one.space))
        one.lacking = len(lacking - {checklist.hash for checklist in self._desk.library.checklists()}) if lacking else 0

    def _remember(self, pin: str) -> None:
        """Where this point is, and what its way takes: both may have changed since."""
        most = self.peer.chunks.most
        at = self._known.at if self._known is not None and most == self._most else self._workspace.clock.wall()
        name = self._point.certificate.person.name
        self._known = KnownPoint(self._point.id, self._line.address, name, pin, most, at if most < MOST else "")
        remember(self._workspace, self._known)

    def _clocks(self) -> datetime.timedelta | None:
        """How far the other's clock is from this one's, where people should know; nothing depends on it."""
        ahead = seconds_ahead(self._point.time, self._workspace.clock.wall())
        apart = None if ahead is None else datetime.timedelta(seconds=ahead)
        return apart if apart is not None and abs(apart) > _CLOCKS_APART else None
