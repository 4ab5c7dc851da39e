"""The same hub on PostgreSQL, with several programs on one database."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from inspector.domain.changeset import ChangeSet
from inspector.domain.errors import Unavailable
from inspector.domain.judgement import Status
from inspector.hub.keeping import back_up, drill, restore
from inspector.hub.place import HubPlace, make
from inspector.storage.hub import copying, engine, tables
from inspector.storage.hub.log import HubLog
from inspector.storage.workspace import Workspace
from inspector.system.keys import SigningKey
from tests import postgres
from tests.merge.history import generate
from tests.postgres import Server
from tests.storage.hub.feeding import missed
from tests.storage.hub.streams import RULES, stream
from tests.sync import meeting
from tests.sync.meeting import SCENARIOS
from tests.sync.office_hub import Office, failure

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with postgres.server() as running:
        yield running


@pytest.fixture
def hub(server: Server) -> Iterator[HubLog]:
    with HubLog(server.hub()) as opened:
        yield opened


@pytest.fixture
def twin(hub: HubLog) -> Iterator[HubLog]:
    """Another program on the same database."""
    with HubLog(hub.database.address) as opened:
        yield opened


def test_a_hub_holds_what_the_laptop_holds(
    hub: HubLog, workspace: Workspace, space: str, written: list[ChangeSet]
) -> None:
    hub.take_in(written[:3] + written[4:], "An")
    assert (hub.counts().held, len(hub.waiting(space))) == (len(written) - 4, len(written) - 4)
    hub.take_in(written[3:4], "An")
    with hub.holdings(space) as there, workspace.holdings(space) as here:
        assert there.holds() == here.holds()


def test_programs_know_of_each_other(hub: HubLog, twin: HubLog, space: str, written: list[ChangeSet]) -> None:
    for at, changeset in enumerate(written):
        assert (hub, twin)[at % 2].take_in([changeset], "An")[0].status is Status.ACCEPTED
    key = SigningKey.generate()
    assert hub.give_receipt(space, key.sign, "h", "i") == twin.give_receipt(space, key.sign, "h", "i")


def test_the_log_is_written_once(hub: HubLog, written: list[ChangeSet]) -> None:
    hub.take_in(written, "An")
    for statement in ("DELETE FROM log", "UPDATE log SET body = ''", "UPDATE log SET lseq = 7", "TRUNCATE log CASCADE"):
        with hub.database.engine.connect() as connection, pytest.raises(DBAPIError, match="written once"):
            connection.exec_driver_sql(statement)


def test_whoever_waits_too_long_for_a_lock_is_asked_to_come_again(
    server: Server, space: str, written: list[ChangeSet], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "WAIT_SECONDS", 0.3)
    with HubLog(server.hub()) as hub:
        hub.take_in(written[:2], "An")
        with hub.database.engine.connect() as other, other.begin():
            other.execute(select(tables.space).with_for_update())
            with pytest.raises(Unavailable) as found:
                hub.take_in(written[2:], "An")
        assert found.value.code == "hub-busy"
        assert {one.status for one in hub.take_in(written[2:], "An")} == {Status.ACCEPTED}


def test_whoever_finds_no_connection_is_asked_to_come_again(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "WAIT_SECONDS", 0.3)
    with HubLog(server.hub()) as hub:
        held = [hub.database.engine.connect() for _ in range(engine.READERS + hub.database.writers)]
        with pytest.raises(Unavailable) as found:
            hub.spaces()
        for connection in held:
            connection.close()
        assert (found.value.code, hub.spaces()) == ("hub-busy", [])


def test_a_connection_that_was_cut_is_made_again(hub: HubLog, server: Server, written: list[ChangeSet]) -> None:
    hub.take_in(written[:2], "An")
    server.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname <> ''")
    assert {one.status for one in hub.take_in(written[2:], "An")} == {Status.ACCEPTED}


def test_a_database_that_is_not_there_is_away(tmp_path: Path) -> None:
    with pytest.raises(Unavailable) as found:
        HubLog(f"postgresql://nobody@/hub?host={tmp_path}")
    assert found.value.code == "hub-database-away"


def test_serialization_failures_and_full_disks_have_a_meaning(hub: HubLog) -> None:
    codes = {}
    for state in ("40001", "40P01", "53100", "53300", "57P01"):
        with pytest.raises(Unavailable) as found, hub.database.writing() as connection:
            connection.exec_driver_sql(f"DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '{state}'; END $$")
        codes[state] = found.value.code
    assert codes == {
        "40001": "hub-busy",
        "40P01": "hub-busy",
        "53100": "hub-full",
        "53300": "hub-database-away",
        "57P01": "hub-database-away",
    }


def test_a_backup_is_one_file_and_comes_back_into_either_database(
    server: Server, folder: Path, space: str, written: list[ChangeSet]
) -> None:
    place, _ = make(folder / "hub", "Sở Nội vụ", server.empty())
    with HubLog(place.address()) as hub:
        hub.take_in(written, "An")
        roots = hub.roots()
        back_up(place)
        copying.copy_out(hub.database, folder / "copy.sqlite")
    assert copying.faults(folder / "copy.sqlite", roots) == []
    assert drill(place).is_good
    for name, address in (("file", ""), ("server", server.empty())):
        again = HubPlace(folder / name)
        restore(place.backups(), again, address)
        with HubLog(again.address()) as hub:
            assert hub.roots() == roots
            assert {one.new for one in hub.take_in(written, "An")} == {False}


@pytest.fixture(scope="module")
def databases() -> Iterator[Path]:
    with meeting.databases() as made:
        yield made


@pytest.mark.parametrize("name", SCENARIOS)
def test_everybody_has_everything_after(name: str, databases: Path, server: Server) -> None:
    assert failure(SCENARIOS[name], databases, lambda folder: Office(server.hub(), copies=False)) is None


@pytest.mark.parametrize("seed", range(5))
def test_random_histories_end_alike_at_the_hub(seed: int, databases: Path, server: Server) -> None:
    assert failure(generate(seed), databases, lambda folder: Office(server.hub(), copies=False)) is None


def test_readers_miss_none_of_eight_writers_in_three_programs(server: Server) -> None:
    address = server.hub()
    hubs = [HubLog(address, rules=RULES) for _ in range(3)]
    try:
        assert missed(hubs, 2_400) == 0
    finally:
        for hub in hubs:
            hub.close()


def test_a_queue_does_not_stand_still_for_one_space(server: Server, written: list[ChangeSet]) -> None:
    """While one space is locked by another program, others are written."""
    with HubLog(server.hub(), rules=RULES) as hub:
        hub.take_in(list(stream("a", 3)), "a")
        with hub.database.engine.connect() as other, other.begin():
            other.execute(select(tables.space).with_for_update())
            waiting = threading.Thread(target=lambda: hub.take_in(list(stream("b", 3)), "b"))
            waiting.start()
            hub.take_in(written, "An")
        waiting.join()
        assert hub.counts().records == 6 + len(written)
