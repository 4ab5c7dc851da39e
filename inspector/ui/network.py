"""The other laptops in reach, as long as a sitting lasts: this one's exchange point, exchanges by hand, and those that
go by themselves every minute.

It has threads of its own, so that nothing a person does at the window waits for the network. What came in is told by
``Session.tell_received``; no field with the caret is touched by it.
"""

from __future__ import annotations

import queue
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance

from inspector.domain.errors import InspectorError
from inspector.services import in_reach
from inspector.services.desk import Desk
from inspector.services.diagnosis import Diagnosis, diagnose
from inspector.services.exchanging import Met, answers_at, look_for_points
from inspector.services.in_reach import Round
from inspector.services.meeting import Meeting, Parted, Places, disagreed, meet, parted
from inspector.services.wording import sentence
from inspector.ui.lane import Lane
from inspector.ui.language import Words, tr
from inspector.ui.session import Job, Session

if TYPE_CHECKING:
    from inspector.hub.point import ExchangePoint, With
    from inspector.hub.strangers import Asked

_LISTEN_MS = 500
_NAP = 0.1


class Stopped(Exception):
    """An exchange was given up; what was taken in by then stays."""


@dataclass(frozen=True)
class Comparison:
    """Two people compare ``code``. ``asks``: whether the other laptop is the one that wants in.

    ``answer`` takes what the person at this window says.
    """

    code: str
    name: str
    asks: bool
    answer: Callable[[bool], object]


@dataclass(frozen=True)
class Around:
    """A point that answered."""

    address: str
    name: str
    agency: str


@dataclass
class Going:
    """An exchange by hand that is going on or over: ``met`` grows; in the end ``meeting`` or ``trouble`` is there.

    ``code`` is that of the error behind ``trouble``, empty where the person stopped it.
    """

    address: str
    job: Job
    met: list[Met] = field(default_factory=list)
    meeting: Meeting | None = None
    trouble: Words = ""
    code: str = ""

    @property
    def is_over(self) -> bool:
        return self.meeting is not None or bool(self.trouble)


@dataclass(frozen=True)
class Last:
    """The last exchange by itself or by hand: with whom, or why not."""

    at: datetime
    names: tuple[str, ...] = ()
    trouble: str = ""


class Network(QObject):
    """``changed`` says that something of what is here may look different. All of it is for the GUI thread."""

    changed = Signal()
    _compares = Signal(object)
    _met = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self.make_point: Callable[[Desk, Collection[str]], ExchangePoint] = _make_point
        self.point: ExchangePoint | None = None
        self.addresses: tuple[str, ...] = ()
        """Where the open point is; none where this laptop is in no network."""
        self.name = ""
        """Whom others see at the open point."""
        self.is_turning = False
        """The point is being opened or closed."""
        self.why_closed = ""
        self.comparison: Comparison | None = None
        self.going: Going | None = None
        self.last: Last | None = None
        self.parted: dict[str, Parted] = {}
        """Disagreements that exchanges of this sitting brought, by inspection."""
        self.by_itself = False
        self.is_looking = False
        """A round of the exchange by itself goes on."""
        self._taken: dict[tuple[str, str], int] = {}
        self._before: Places = {}
        self._ended = False
        self._made: list[ExchangePoint] = []
        self._lane, self._side = Lane("exchange", self), Lane("exchange point", self)
        self._listening = QTimer(self, interval=_LISTEN_MS)
        self._listening.timeout.connect(self._listen)
        self._minute = QTimer(self, interval=in_reach.EVERY_SECONDS * 1000)
        self._minute.timeout.connect(self.look_now)
        self._compares.connect(self._compare)
        self._met.connect(self._hear_met)
        session.ending.connect(self._end)
        session.ask(in_reach.is_wanted, self._turn, owner=self)

    # -------------------------------------------------------- the point of this laptop

    def open_point(self, shown: Collection[str] = ()) -> None:
        """Opens the exchange point; ``shown`` are the inspections a laptop gets that is let in by a code."""
        if self.point is not None or self.is_turning:
            return

        def work() -> tuple[ExchangePoint, tuple[str, ...], Places]:
            desk = self._session.desk
            before, (me, *_) = disagreed(desk), desk.workspace.author.people
            self.name = f"{me.name} ({me.agency})"
            point = self.make_point(desk, shown)
            self._made.append(point)
            return point, tuple(point.addresses), before

        def opened(made: tuple[ExchangePoint, tuple[str, ...], Places]) -> None:
            self.is_turning = False
            if not self._ended:
                self.point, self.addresses, self._before = made
                self._taken.clear()
                self._listening.start()
            self.changed.emit()

        def failed(error: Exception) -> None:
            self.is_turning = False
            self.why_closed = _said(error)
            self.changed.emit()

        self.is_turning, self.why_closed = True, ""
        self._side.do(work, opened, failed)
        self.changed.emit()

    def close_point(self) -> None:
        point = self.point
        if point is None or self.is_turning:
            return
        self._listen()
        self._listening.stop()
        self.point, self.is_turning = None, True
        if self.comparison is not None and self.comparison.asks:
            self.comparison = None

        def work() -> None:
            point.close()
            self._made.remove(point)

        def closed(_none: None) -> None:
            self.is_turning = False
            self.changed.emit()

        self._side.do(work, closed)
        self.changed.emit()

    @property
    def visitors(self) -> list[With]:
        """Every laptop that was at the point, with every space."""
        return self.point.so_far() if self.point is not None else []

    def _listen(self) -> None:
        """What there is new at the point; nothing here waits."""
        from inspector.hub.strangers import Asked

        point = self.point
        if point is None:
            return
        told = False
        while (event := point.news(0)) is not None:
            told = True
            if isinstance(event, Asked):
                self._let_in(point, event)
        came = set()
        for one in point.so_far():
            taken, key = sum(one.taken.values()), (one.device, one.space)
            if taken != self._taken.get(key, 0):
                self._taken[key] = taken
                came.add(one.space)
        if came:
            self._take_in(frozenset(came))
        if told or came:
            self.changed.emit()

    def _let_in(self, point: ExchangePoint, asked: Asked) -> None:
        person = asked.certificate.person
        name = f"{person.name} ({person.agency})"
        self.comparison = Comparison(asked.code, name, True, lambda yes: point.answer(asked, yes))

    def _take_in(self, came: frozenset[str]) -> None:
        """Others brought something to the point."""
        before = self._before

        def work() -> tuple[tuple[Parted, ...], Places]:
            desk = self._session.desk
            desk.library.forget()
            return parted(desk, before, came), disagreed(desk)

        def done(found: tuple[tuple[Parted, ...], Places]) -> None:
            new, self._before = found
            self._note(new)
            self._session.tell_received(came)
            self.changed.emit()

        self._side.do(work, done, self._pass_over)

    # -------------------------------------------------------- exchanging by hand

    def find(self, then: Callable[[list[Around]], object], owner: QObject) -> None:
        """Every point in the room that answers, each once."""
        self._lane.do(lambda: _around(self._session.desk), then, owner=owner)

    def diagnose(
        self,
        address: str,
        then: Callable[[Diagnosis], object],
        failed: Callable[[str], object],
        owner: QObject,
    ) -> None:
        """Why it does not work with this address, or with anybody where none is named."""
        self._lane.do(lambda: diagnose(self._session.desk, address), then, lambda error: failed(_said(error)), owner)

    def exchange(self, address: str, shown: Collection[str] = ()) -> None:
        """Exchanges with whoever answers there; what becomes of it stands in ``going``."""
        if self.going is not None and not self.going.is_over:
            return
        job = Job(tr("Đang trao đổi với {address}", address=address), self._session)
        going = self.going = Going(address, job)
        pause = _pause_for(lambda: self._ended or job.is_cancelled())

        def told(met: Met) -> None:
            self._met.emit((going, met))

        def work() -> tuple[Meeting, bool]:
            desk = self._session.desk
            person = _AtTheWindow(self._compares, pause)
            meeting = meet(desk, address, person, shown=shown, wait=_wait_with(pause), pause=pause, told=told)
            return meeting, meeting.outcome.cut is None and in_reach.want_from_now(desk)

        def done(found: tuple[Meeting, bool]) -> None:
            going.meeting, wanted = found
            self._end_job(job)
            self._hear(going.meeting)
            if wanted:
                self._turn(True)
            self.changed.emit()

        def failed(error: Exception) -> None:
            self._end_job(job)
            going.trouble = tr("Đã dừng. Những gì đã nhận vẫn còn.") if isinstance(error, Stopped) else _said(error)
            going.code = error.code if isinstance(error, InspectorError) else ""
            if going.met or isinstance(error, Stopped):
                self._session.tell_received(frozenset(one.space for one in going.met))
            self.changed.emit()

        self._session.began.emit(job)
        self._lane.do(work, done, failed)
        self.changed.emit()

    def stop(self) -> None:
        """Gives the exchange by hand up."""
        if self.going is not None and not self.going.is_over:
            self.going.job.cancel()

    def answer(self, yes: bool) -> None:
        """What the person says to the code on both screens."""
        comparison, self.comparison = self.comparison, None
        if comparison is not None:
            comparison.answer(yes)
            self.changed.emit()

    def _end_job(self, job: Job) -> None:
        if self.comparison is not None and not self.comparison.asks:
            self.comparison = None
        job.ended.emit()
        job.deleteLater()

    def _compare(self, comparison: Comparison) -> None:
        self.comparison = comparison
        self.changed.emit()

    def _hear_met(self, told: tuple[Going, Met]) -> None:
        going, met = told
        going.met = [one for one in going.met if one.space != met.space] + [met]
        self.changed.emit()

    # -------------------------------------------------------- exchanging by itself

    def set_by_itself(self, yes: bool) -> None:
        """What the person chose; a first look follows at once."""
        self._turn(yes)
        self._lane.do(lambda: in_reach.want(self._session.desk, yes), failed=self._pass_over)
        if yes:
            self.look_now()

    def look_now(self) -> None:
        """One round with the known points; nothing where one goes on."""
        if self.is_looking or self._ended:
            return
        self.is_looking = True
        pause = _pause_for(lambda: self._ended)

        def work() -> Round:
            return in_reach.meet_in_reach(self._session.desk, wait=_wait_with(pause), pause=pause)

        def done(found: Round) -> None:
            self.is_looking = False
            for meeting in found.meetings:
                self._hear(meeting)
            if not found.meetings:
                trouble = "" if found.trouble is None else sentence(found.trouble)
                self.last = Last(datetime.now().astimezone(), (), trouble)
            self.changed.emit()

        def failed(error: Exception) -> None:
            self.is_looking = False
            self._pass_over(error)

        self._lane.do(work, done, failed)
        self.changed.emit()

    def _turn(self, yes: bool) -> None:
        if yes == self.by_itself or self._ended:
            return
        self.by_itself = yes
        if yes:
            self._minute.start()
        else:
            self._minute.stop()
        self.changed.emit()

    # -------------------------------------------------------- what all of them bring

    def _hear(self, meeting: Meeting) -> None:
        outcome = meeting.outcome
        trouble = "" if outcome.cut is None else sentence(outcome.cut)
        self.last = Last(datetime.now().astimezone(), (outcome.name,), trouble)
        self._note(meeting.parted)
        if meeting.came:
            self._session.tell_received(meeting.came)

    def _note(self, new: Collection[Parted]) -> None:
        for one in new:
            before = self.parted.get(one.inspection)
            places = (*(before.places if before else ()), *one.places)
            self.parted[one.inspection] = Parted(one.inspection, one.title, tuple(dict.fromkeys(places)))

    def _pass_over(self, error: Exception) -> None:
        """What a person can do nothing about now is shown as the state of the last exchange."""
        if not isinstance(error, InspectorError | Stopped):
            raise error
        if isinstance(error, InspectorError):
            self.last = Last(datetime.now().astimezone(), (), sentence(error))
        self.changed.emit()

    # -------------------------------------------------------- the end

    @property
    def is_idle(self) -> bool:
        """Nothing is under way, and every answer was delivered."""
        return self._lane.is_idle and self._side.is_idle

    def _end(self) -> None:
        """Returns when nothing of this needs the desk any more."""
        if self._ended:
            return
        self._ended = True
        self._listening.stop()
        self._minute.stop()
        self.stop()
        self.point = None
        self._side.close()
        for point in self._made:
            point.close()
        self._lane.close()


def network_of(session: Session) -> Network:
    """The network of a sitting, made when it is first asked for."""
    found = session.findChild(Network)
    return found if isinstance(found, Network) else Network(session)


class _AtTheWindow:
    """Whoever compares the code; the exchange waits for the answer on its own thread."""

    def __init__(self, asks: SignalInstance, pause: Callable[[], object]) -> None:
        self._asks = asks
        self._pause = pause

    def compares(self, code: str, name: str) -> bool:
        said: queue.SimpleQueue[bool] = queue.SimpleQueue()
        self._asks.emit(Comparison(code, name, False, said.put))
        while True:
            self._pause()
            try:
                return said.get(timeout=_NAP)
            except queue.Empty:
                continue


def _make_point(desk: Desk, shown: Collection[str]) -> ExchangePoint:
    from inspector.hub.point import ExchangePoint

    return ExchangePoint(desk, shown)


def _around(desk: Desk) -> list[Around]:
    found: dict[str, Around] = {}
    for address in look_for_points(desk):
        point = answers_at(address)
        if point is not None and point.id != desk.workspace.author.device and point.id not in found:
            person = point.certificate.person
            found[point.id] = Around(address, person.name, person.agency)
    return list(found.values())


def _pause_for(is_over: Callable[[], bool]) -> Callable[[], None]:
    def pause() -> None:
        if is_over():
            raise Stopped

    return pause


def _wait_with(pause: Callable[[], object]) -> Callable[[float], None]:
    """Sleeps so that it can be given up."""

    def wait(seconds: float) -> None:
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            pause()
            time.sleep(min(_NAP, left))

    return wait


def _said(error: Exception) -> str:
    if not isinstance(error, InspectorError):
        raise error
    return sentence(error)
