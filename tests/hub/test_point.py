"""Exchange points of real workspaces: who is let in, what goes where, what is told, how they find each other."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from inspector.domain.changeset import Json
from inspector.domain.errors import InspectorError, Refused
from inspector.hub.point import ExchangePoint, With
from inspector.hub.strangers import MOST, SECONDS, Asked, Strangers
from inspector.services.desk import Desk
from inspector.services.diagnosis import Cause, diagnose
from inspector.services.exchanging import Kept, Outcome, answers_at, credentials_of, exchange_with, transport_key
from inspector.services.freezing import machines
from inspector.services.known_points import KnownPoint, known_points, most_for, remember
from inspector.services.library import Library
from inspector.storage.workspace import Workspace
from inspector.sync import discovery, wire
from inspector.sync.chunks import MOST as WIDEST
from inspector.sync.clocks import clocks
from inspector.sync.discovery import Beacon, look_around, tag_of
from inspector.sync.greeting import MOST_CERTIFICATES, certificate_fields, certificates_in, commitment, seconds_ahead
from inspector.sync.https import Comparing, HttpsPeer, greet
from inspector.sync.line import Line
from inspector.system import network
from inspector.system.identity import issue_certificate, read_certificate
from tests.hub import points, test_app
from tests.storage import office
from tests.storage.office import change


@dataclass
class Says:
    """A person who says the same to every code."""

    agrees: bool = True
    codes: list[str] = field(default_factory=list)

    def compares(self, code: str, name: str) -> bool:
        self.codes.append(code)
        return self.agrees


@pytest.fixture
def an(workspace: Workspace) -> Desk:
    return Desk(workspace, Library(workspace))


@pytest.fixture
def binh(other: Workspace) -> Desk:
    return Desk(other, Library(other))


def join(workspace: Workspace, space: str, other: Workspace) -> None:
    """Takes a laptop into the team and hands it what there is, as a stick does."""
    test_app.join(workspace, space, other)
    other.accept([changeset for _, changeset in workspace.change_sets(space)])


def opened(desk: Desk, *shown: str) -> ExchangePoint:
    return ExchangePoint(desk, shown, address=points.LOOPBACK, port=0, beacon=0)


def at(point: ExchangePoint) -> str:
    return f"{points.LOOPBACK}:{point.port}"


@pytest.fixture
def point(an: Desk) -> Iterator[ExchangePoint]:
    with opened(an) as made:
        yield made


def meet(desk: Desk, point: ExchangePoint, person: Says | None = None, **more: object) -> Outcome:
    return exchange_with(desk, at(point), person or Says(), wait=points.no_wait, **more)  # type: ignore[arg-type]  # passed on


def heard(point: ExchangePoint) -> list[object]:
    found: list[object] = []
    while (event := point.news(0.01)) is not None:
        found.append(event)
    return found


def code_of(ask: Callable[[], object]) -> str:
    with pytest.raises(InspectorError) as caught:
        ask()
    return caught.value.code


def test_a_team_exchanges_without_being_asked(
    workspace: Workspace, space: str, other: Workspace, binh: Desk, point: ExchangePoint
) -> None:
    join(workspace, space, other)
    for number in range(3):
        change(workspace, space, "finding", f"f{number}", "content", "của An")
    person = Says()
    outcome = meet(binh, point, person)
    first = outcome.met[0]
    assert (outcome.is_done, person.codes, [one.space for one in outcome.met]) == (True, [], [space])
    assert (first.report.received[Kept.STORED], first.given, first.problem) == (3, True, None)
    change(other, space, "finding", "f", "content", "của Bình")
    again = meet(binh, point)
    assert (again.is_done, again.met[0].report.sent[Kept.STORED]) == (True, 2)
    told = point.so_far()[0]
    assert (told.matched, told.code, told.taken) == (True, again.met[0].report.code, {Kept.STORED: 2})
    assert [type(event) for event in heard(point)] == [With, With]
    assert known_points(other)[0].address == at(point)


def test_the_asker_gives_what_the_point_may_have_and_nothing_else(
    workspace: Workspace, space: str, other: Workspace, binh: Desk, point: ExchangePoint
) -> None:
    join(workspace, space, other)
    meet(binh, point)
    hidden, common = office.open_space(other), office.open_space(other)
    join(other, common, workspace)
    outcome = meet(binh, point)
    assert {one.space for one in outcome.met} == {space, common}
    assert outcome.is_done
    assert workspace.position(common).root == other.position(common).root
    assert list(workspace.change_sets(hidden)) == []


def test_strangers_compare_a_code_and_both_say_yes(
    workspace: Workspace, space: str, other: Workspace, an: Desk, binh: Desk
) -> None:
    own = office.open_space(other)
    with opened(an, space) as point:
        watching = threading.Thread(target=_agree, args=(point, True))
        watching.start()
        person = Says()
        outcome = meet(binh, point, person, shown=[own])
        watching.join()
        assert {one.space for one in outcome.met} == {space, own}
        assert outcome.is_done
        assert point.asked_codes == person.codes  # type: ignore[attr-defined]  # set by the thread
        meet(binh, point, person)
        assert len(person.codes) == 1
    assert workspace.position(own).root == other.position(own).root
    with opened(an) as later:
        found = greet_of(later)
        assert found != ""
        again = {one.space: one for one in meet(binh, later, person).met}
        assert (again[own].is_done, again[space].report.closed, len(person.codes)) == (True, True, 1)


def greet_of(point: ExchangePoint) -> str:
    found = answers_at(at(point))
    return "" if found is None else found.certificate.person.name


def _agree(point: ExchangePoint, yes: bool) -> None:
    event = point.news(20.0)
    assert isinstance(event, Asked)
    point.asked_codes = [event.code]  # type: ignore[attr-defined]  # for the test to look at
    point.answer(event, yes)


def test_the_diagnosis_knows_who_answers_and_sends_nothing(
    workspace: Workspace, space: str, other: Workspace, an: Desk, binh: Desk, point: ExchangePoint
) -> None:
    assert diagnose(binh, at(point)).causes == (Cause.UNKNOWN,)
    assert diagnose(an, at(point)).causes == (Cause.OWN,)
    join(workspace, space, other)
    found = diagnose(binh, at(point))
    assert (found.is_fine, found.name, point.so_far()) == (True, "Nguyễn Văn An", [])
    me = binh.workspace
    remember(me, KnownPoint("another", at(point), "Cường"))
    assert diagnose(binh, at(point)).causes == (Cause.OTHER_LAPTOP,)
    remember(me, KnownPoint(workspace.author.device, at(point), "An", pin="00" * 32))
    assert diagnose(binh, at(point)).causes == (Cause.OTHER_KEY,)


def test_a_no_on_either_side_sends_nothing(
    workspace: Workspace, space: str, other: Workspace, binh: Desk, point: ExchangePoint
) -> None:
    own = office.open_space(other)
    assert code_of(lambda: meet(binh, point, Says(agrees=False), shown=[own])) == "comparison-differs"
    event = point.news(5.0)
    assert isinstance(event, Asked)
    point.answer(event, False)
    watching = threading.Thread(target=_agree, args=(point, False))
    watching.start()
    assert code_of(lambda: meet(binh, point, shown=[own])) == "comparison-refused"
    watching.join()
    assert list(workspace.change_sets(own)) == []
    assert list(other.change_sets(space)) == []


def test_one_comparison_at_a_time_and_not_for_ever(other: Workspace, point: ExchangePoint) -> None:
    with Line(at(point)) as line:
        found = greet(line)
        me = credentials_of(other)
        Comparing(line, found, me)
        assert code_of(lambda: Comparing(line, found, me)) == "comparison-busy"
        event = point.news(5.0)
        assert isinstance(event, Asked)
        point.answer(event, False)
        second = Comparing(line, found, me)
        assert not second.is_answered()
        assert code_of(HttpsPeer(line, found, me).enter) == "device-unknown"
    clock = [0.0]
    strangers = Strangers("x", "y", lambda who: None, lambda asked: None, lambda: clock[0])
    assert strangers._left == MOST
    assert SECONDS > 60


def test_somebody_who_changes_the_number_after_hearing_the_others_is_refused(
    other: Workspace, point: ExchangePoint
) -> None:
    me = credentials_of(other)
    key = read_certificate(me.certificate).key
    with Line(at(point)) as line:
        bound = {"commitment": commitment(b"1" * 32, key).hex(), **certificate_fields(me)}
        ticket = wire.Small(line.ask("POST", "/v1/compare", wire.small_bytes(bound)).body).text("ticket")
        other_number = wire.small_bytes({"ticket": ticket, "number": (b"2" * 32).hex()})
        assert code_of(lambda: line.ask("PUT", "/v1/compare", other_number)) == "comparison-refused"
    assert point.news(0.05) is None


def test_a_revoked_laptop_is_told_so(
    workspace: Workspace, space: str, other: Workspace, binh: Desk, point: ExchangePoint
) -> None:
    join(workspace, space, other)
    meet(binh, point)
    office.revoke(workspace, space, other)
    change(other, space, "finding", "f", "content", "sau khi bị thu hồi")
    outcome = meet(binh, point)
    assert (outcome.is_done, outcome.met[0].report.closed) == (False, True)
    assert outcome.met[0].report.sent[Kept.QUARANTINED] == 2
    assert [(one.closed, one.matched) for one in point.so_far()] == [(True, False)]


def test_who_is_not_in_the_team_any_more_gets_nothing(
    workspace: Workspace, space: str, other: Workspace, an: Desk, binh: Desk
) -> None:
    """The other way round: the one who asks knows of the revocation."""
    join(workspace, space, other)
    with opened(an) as point:
        meet(binh, point)
    office.revoke(workspace, space, other)
    secret = change(workspace, space, "finding", "f", "content", "không cho Bình biết")
    with opened(binh) as point:
        outcome = meet(an, point)
    assert [(one.given, one.is_done) for one in outcome.met] == [(False, False)]
    assert other.change_set(secret.hash) is None


def test_one_space_that_fails_is_in_no_others_way(
    workspace: Workspace,
    space: str,
    other: Workspace,
    binh: Desk,
    point: ExchangePoint,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    join(workspace, space, other)
    second = office.open_space(workspace)
    join(workspace, second, other)
    for one in (space, second):
        change(workspace, one, "finding", "f", "content", "của An")
    broken = min(space, second)
    fetch = HttpsPeer.fetch

    def fails(self: HttpsPeer, asked: str, *rest: object) -> object:
        if asked == broken:
            raise Refused("exchange-not-shared", space=asked)
        return fetch(self, asked, *rest)  # type: ignore[arg-type]  # passed on

    monkeypatch.setattr(HttpsPeer, "fetch", fails)
    outcome = meet(binh, point)
    assert [(one.space == broken, one.is_done) for one in outcome.met] == [(True, False), (False, True)]
    assert outcome.met[0].problem is not None


def test_it_can_be_stopped_between_two_messages(
    workspace: Workspace, space: str, other: Workspace, binh: Desk, point: ExchangePoint
) -> None:
    join(workspace, space, other)
    change(workspace, space, "finding", "f", "content", "của An")
    count = [0]

    def stop() -> None:
        count[0] += 1
        if count[0] == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        meet(binh, point, pause=stop)
    assert meet(binh, point).is_done


def test_a_clock_that_is_far_off_is_told(workspace: Workspace, other: Workspace, binh: Desk, an: Desk) -> None:
    an.workspace.clock.wall = lambda: "1999-01-01T00:00:00.000+07:00"  # type: ignore[method-assign]  # a dead battery
    space = office.open_space(workspace)
    join(workspace, space, other)
    with opened(an) as point:
        outcome = meet(binh, point)
    assert outcome.is_done
    assert outcome.clock is not None
    assert outcome.clock.days < -9_000


def test_the_key_of_the_lines_is_made_once(workspace: Workspace, folder: object) -> None:
    key = transport_key(workspace)
    assert transport_key(workspace) == key
    assert key.private not in workspace.places.database.read_bytes()


def test_points_are_remembered_by_their_device(workspace: Workspace) -> None:
    remember(workspace, KnownPoint("a", "10.0.0.1:1", "An"))
    remember(workspace, KnownPoint("b", "10.0.0.2:1", "Bình", "pin", 100, "2026-11-22T08:00:00+07:00"))
    remember(workspace, KnownPoint("a", "10.0.0.2:1", "An"))
    found = known_points(workspace)
    assert [(one.id, one.address) for one in found] == [("a", "10.0.0.2:1"), ("b", "")]
    assert most_for(found[1], "2026-11-23T07:00:00+07:00") == 100
    for now in ("2026-11-23T09:00:00+07:00", "2020-01-01T00:00:00+07:00", "?"):
        assert most_for(found[1], now) == WIDEST
    assert most_for(None, "") == WIDEST


@pytest.fixture
def beacon() -> Iterator[Beacon]:
    made = Beacon("máy An", 47811, address=points.LOOPBACK, port=0)
    yield made
    made.close()


def test_a_question_to_all_is_answered_with_a_port_and_no_name(beacon: Beacon) -> None:
    (found,) = look_around(0.3, [(points.LOOPBACK, beacon.port)])
    assert (found.address, found.tag) == (f"{points.LOOPBACK}:47811", tag_of("máy An"))
    assert len(found.tag) == 8


def test_other_datagrams_are_not_answered(beacon: Beacon) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        asking.bind((points.LOOPBACK, 0))
        for said in (b"", b"CCHC-FIND-1 short", b"x" * 2_000, b"CCHC-FIND-1 AAAAAAAA\n"):
            asking.sendto(said, (points.LOOPBACK, beacon.port))
        asking.sendto(b"CCHC-FIND-1 AAAAAAAA", (points.LOOPBACK, beacon.port))
        assert asking.recv(100) == b"CCHC-HERE-1 %s 47811 AAAAAAAA" % tag_of("máy An").encode()


def test_what_is_no_answer_is_not_believed() -> None:
    assert look_around(0.05, [(points.LOOPBACK, 9)]) == []
    assert discovery._ANSWER.fullmatch(b"CCHC-HERE-1 AAAAAAAA 99999999 AAAAAAAA") is None


def test_a_beacon_that_has_no_place_keeps_quiet() -> None:
    second = Beacon("máy khác", 1, address="10.255.255.1")
    assert second.port == 0
    second.close()
    second.close()


def test_the_laptop_knows_where_it_is() -> None:
    for address in [*network.own_addresses(), *network.gateways()]:
        assert len(address.split(".")) == 4
    assert not any(address.startswith("127.") for address in network.own_addresses())
    assert network._from_hex("0101A8C0") == "192.168.1.1"


def test_who_has_a_certificate_of_the_office_is_known_to_all_who_have(
    folder: Path, workspace: Workspace, space: str, an: Desk
) -> None:
    """Neither ever wrote where the other reads; the second certificate of the newcomer is signed by An's root."""
    alone = office.identity("Lê Văn Chi")
    own = read_certificate(alone.certificate)
    given = issue_certificate(workspace.identity.root, replace(own, root=workspace.author.root))
    newcomer = replace(alone, others=(given,))
    with Workspace.create(folder / "chi", office.KEY, newcomer, app=office.APP) as chi:
        change(workspace, space, "team_member", "chi", "person", own.person.id)
        person = Says()
        with opened(an) as point:
            outcome = meet(Desk(chi, Library(chi)), point, person)
        assert ([one.is_done for one in outcome.met], person.codes) == ([True], [])
        assert chi.position(space).root == workspace.position(space).root


def test_certificates_of_two_devices_are_not_one_greeting(workspace: Workspace, other: Workspace) -> None:
    mine = credentials_of(workspace)
    none: dict[str, Json] = {"certificates": []}
    for wrong in (certificate_fields(replace(mine, others=(other.author.certificate,))), none):
        assert code_of(partial(certificates_in, wire.Small(wire.small_bytes(wrong)))) == "message-damaged"
    many = certificate_fields(replace(mine, others=(mine.certificate,) * 20))
    assert len(certificates_in(wire.Small(wire.small_bytes(many)))) == MOST_CERTIFICATES


def test_both_learn_how_far_their_clocks_are_apart(
    an: Desk, binh: Desk, space: str, point: ExchangePoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    join(an.workspace, space, binh.workspace)
    now = datetime.now().astimezone() + timedelta(minutes=3)
    monkeypatch.setattr("inspector.sync.https.wall_time", now.isoformat)
    meet(binh, point)
    assert 170 < clocks(an.workspace)[binh.workspace.author.device] < 190
    expected = seconds_ahead(an.workspace.clock.wall(), now.isoformat())
    assert clocks(binh.workspace)[an.workspace.author.device] == pytest.approx(expected, abs=10)
    (row,) = [one for one in machines(an.workspace, space, an.workspace.author.device) if one.clock]
    assert row.device == binh.workspace.author.device


def test_a_laptop_that_tells_no_time_or_nonsense_is_let_in(
    an: Desk, binh: Desk, space: str, point: ExchangePoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    join(an.workspace, space, binh.workspace)
    monkeypatch.setattr("inspector.sync.https.wall_time", lambda: "giữa trưa")
    assert meet(binh, point).is_done
    written = wire.small_bytes
    monkeypatch.setattr(
        "inspector.sync.https.wire.small_bytes",
        lambda fields: written(
            {key: value for key, value in fields.items() if key != "time" or "signature" not in fields}
        ),
    )
    assert meet(binh, point).is_done
    assert clocks(an.workspace) == {}
