"""What a hub keeps of what comes, and how often."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from inspector.domain.changeset import ChangeSet
from inspector.domain.errors import Refused, Unavailable
from inspector.domain.exchange import Holds
from inspector.domain.judgement import Status
from inspector.storage.holdings import Place
from inspector.storage.hub import lane, tables
from inspector.storage.hub import log as hub_log
from inspector.storage.hub.engine import HubDatabase, create
from inspector.storage.hub.log import HubLog
from inspector.storage.hub.receipts import PREFIX
from inspector.storage.workspace import Workspace
from inspector.system.keys import SigningKey, verify


def test_a_hub_holds_what_the_laptop_holds(
    hub: HubLog, workspace: Workspace, space: str, written: list[ChangeSet]
) -> None:
    outcomes = hub.take_in(written, "An")
    assert {(outcome.status, outcome.new) for outcome in outcomes} == {(Status.ACCEPTED, True)}
    with hub.holdings(space) as there, workspace.holdings(space) as here:
        assert there.holds() == here.holds()


def test_twice_is_once(hub: HubLog, written: list[ChangeSet]) -> None:
    hub.take_in(written, "An")
    assert {outcome.new for outcome in hub.take_in(written, "Bình")} == {False}
    assert hub.counts().records == len(written)


def test_what_waits_is_kept_and_told_and_let_in(hub: HubLog, space: str, written: list[ChangeSet]) -> None:
    hub.take_in(written[:3] + written[4:], "An")
    assert hub.counts().held == len(written) - 4
    assert [held.hash for held in hub.waiting(space)] == [one.hash for one in written[4:]]
    hub.take_in(written[3:4], "An")
    assert (hub.counts().held, hub.waiting(space)) == (0, ())
    with hub.holdings(space) as holdings:
        assert [body for _, (body, _) in holdings.feed(0, 100)] == [one.body for one in written]


def test_a_hub_that_was_closed_goes_on(hub_file: Path, space: str, written: list[ChangeSet]) -> None:
    for at, changeset in enumerate(written):
        with HubLog(str(hub_file)) as hub:
            hub.take_in([changeset], "An")
            with hub.holdings(space) as holdings:
                assert holdings.last() == at + 1


def test_two_programs_on_one_file_know_of_each_other(hub: HubLog, hub_file: Path, written: list[ChangeSet]) -> None:
    with HubLog(str(hub_file)) as other:
        for at, changeset in enumerate(written):
            found = (hub, other)[at % 2].take_in([changeset], "An")
            assert found[0].status is Status.ACCEPTED


def test_nothing_depends_on_what_is_remembered(hub_file: Path, written: list[ChangeSet]) -> None:
    with HubLog(str(hub_file), remembered=0) as hub:
        for changeset in written:
            hub.take_in([changeset], "An")
        assert hub.counts().records == len(written)


def test_the_log_is_written_once(hub: HubLog, written: list[ChangeSet]) -> None:
    hub.take_in(written, "An")
    for statement in (tables.log.delete(), tables.log.update().values(body=b""), tables.log.update().values(lseq=7)):
        with (
            hub.database.engine.connect() as connection,
            connection.begin(),
            pytest.raises(DBAPIError, match=r"once|never"),
        ):
            connection.execute(statement)


def test_what_was_asked_for_comes_from_a_place_on(hub: HubLog, space: str, written: list[ChangeSet]) -> None:
    hub.take_in(written[:6] + written[7:], "An")
    with hub.holdings(space) as holdings:
        hashes = [one.hash for one in written]
        found = list(holdings.after((), hashes, Place(4, 0)))
        assert [record.body for _, record in found] == [one.body for one in written[4:6] + written[7:]]
        again = list(holdings.after((), hashes, found[3][0]))
        assert [record.body for _, record in again] == [record.body for _, record in found[4:]]


def test_bytes_that_are_none_are_kept_once(hub: HubLog) -> None:
    for _ in range(2):
        hub.keep_unreadable("frame-damaged", [b"one", b"two"], "An")
    assert hub.counts().unreadable == 2


def test_the_last_report_of_a_laptop_counts(hub: HubLog, workspace: Workspace, space: str) -> None:
    with workspace.holdings(space) as holdings:
        holds = holdings.holds()
    hub.note_holder(space, "d1", "An\0", holds)
    assert [(one.device, one.name, one.holds) for one in hub.holders(space)] == [("d1", "An", holds)]
    hub.note_holder(space, "d1", "An", Holds())
    assert [one.holds for one in hub.holders(space)] == [Holds()]


def test_what_a_laptop_holds_is_noted_after_a_queue_that_was_full(
    hub: HubLog, space: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(lane, "MOST_WAITING", 0)
        with pytest.raises(Unavailable):
            hub.note_holder(space, "d1", "An", Holds())
    hub.note_holder(space, "d2", "Bình", Holds())
    address = hub.database.address
    hub.close()
    with HubLog(address) as again:
        assert [one.name for one in again.holders(space)] == ["An", "Bình"]


def test_receipts_are_a_chain_of_what_was_held(hub: HubLog, space: str, written: list[ChangeSet]) -> None:
    key = SigningKey.generate()
    hub.take_in(written[:5], "An")
    first = hub.give_receipt(space, key.sign, "hub", "one")
    assert hub.give_receipt(space, key.sign, "hub", "one") == first
    hub.take_in(written[5:], "An")
    second = hub.give_receipt(space, key.sign, "hub", "one")
    told = json.loads(second.body)
    assert (told["n"], told["prev"], told["root"]) == (2, first.hash.hex(), hub.roots()[space].hex())
    assert all(verify(key.public, receipt.signature, PREFIX + receipt.body) for receipt in hub.receipts(space))
    assert hub.receipts(space) == [first, second]


def test_there_is_nothing_without_tables(tmp_path: Path) -> None:
    with pytest.raises(Unavailable) as found:
        HubLog(str(tmp_path / "none.sqlite"))
    assert found.value.code == "hub-missing"


def test_tables_are_made_once(hub_file: Path) -> None:
    database = HubDatabase(str(hub_file))
    with pytest.raises(Refused) as found:
        create(database)
    database.close()
    assert found.value.code == "hub-exists"


def test_tables_of_a_later_program_are_left_alone(hub_file: Path) -> None:
    database = HubDatabase(str(hub_file))
    with database.writing() as connection:
        tables.set_meta(connection, "version", str(tables.VERSION + 1))
    database.close()
    with pytest.raises(Refused) as found:
        HubLog(str(hub_file))
    assert found.value.code == "newer-program"


def test_a_name_is_kept(hub: HubLog) -> None:
    with hub.database.writing() as connection:
        tables.set_meta(connection, hub_log.HUB, "h1")
    assert (hub.named(hub_log.HUB), hub.named(hub_log.INCARNATION)) == ("h1", "")
