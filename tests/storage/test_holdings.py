"""What a laptop says it holds, and how often it believes everything to be elsewhere."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from inspector.domain.changeset import ChangeSet, hash_of, parse
from inspector.domain.exchange import Holds, Range, Vector
from inspector.domain.judgement import Status
from inspector.domain.streams import EpochReason, Tip
from inspector.storage import migrations
from inspector.storage.holdings import Place
from inspector.storage.workspace import Workspace
from tests.storage import office
from tests.storage.office import change, field, write


@pytest.fixture
def twin(folder: Path, workspace: Workspace, space: str) -> Iterator[Workspace]:
    """A second laptop made from a copy of the disk of the first."""
    change(workspace, space, "finding", "f", "content", "chung")
    office.copy(folder, folder.with_name("twin"))
    with office.reopen(folder.with_name("twin")) as opened:
        yield opened


def vector(workspace: Workspace, space: str) -> Vector:
    with workspace.holdings(space) as holdings:
        return holdings.vector()


def holds(workspace: Workspace, space: str) -> Holds:
    with workspace.holdings(space) as holdings:
        return holdings.holds()


def give(giver: Workspace, taker: Workspace, space: str) -> None:
    taker.accept([changeset for _, changeset in giver.change_sets(space)])


def note(workspace: Workspace, space: str, peer: str, report: Holds) -> None:
    with workspace.unit_of_work() as unit:
        unit.note_peer(space, peer, "máy khác", report)
        unit.commit()


def test_a_straight_stream_has_one_end(workspace: Workspace, space: str) -> None:
    last = change(workspace, space, "finding", "f", "content", "một")
    assert list(vector(workspace, space).tips()) == [Tip(last.stream, 2, last.hash)]


def test_both_ends_of_a_copied_stream_are_told(workspace: Workspace, space: str, twin: Workspace) -> None:
    here = change(workspace, space, "finding", "a", "content", "máy một")
    there = change(twin, space, "finding", "b", "content", "máy hai")
    give(twin, workspace, space)
    give(workspace, twin, space)
    ends = tuple(sorted([(3, here.hash), (3, there.hash)]))
    assert vector(workspace, space).ends == {here.stream: ends} == vector(twin, space).ends


def test_a_record_that_skips_numbers_is_an_end_of_its_own(workspace: Workspace, space: str) -> None:
    first = change(workspace, space, "finding", "f", "content", "một")
    body = first.body.replace(b'"n":2', b'"n":9').replace(str_of(first.previous), str_of(first.hash))
    skipping = parse(body, workspace.author.key.sign(hash_of(body)))
    (outcome,) = workspace.accept([skipping])
    assert outcome.verdict.reason == "broken-chain"
    before = workspace.position(space).root
    last = workspace.accept([successor(workspace, first)])[0]
    assert last.status is Status.ACCEPTED
    assert len(list(vector(workspace, space).tips())) == 2
    assert workspace.position(space).root != before


def successor(workspace: Workspace, first: ChangeSet) -> ChangeSet:
    """What the own stream would have gone on with."""
    body = first.body.replace(b'"n":2', b'"n":3').replace(str_of(first.previous), str_of(first.hash))
    return parse(body, workspace.author.key.sign(hash_of(body)))


def str_of(digest: bytes | None) -> bytes:
    return (digest or b"").hex().encode()


def test_a_space_that_is_not_here_holds_nothing(workspace: Workspace) -> None:
    with workspace.holdings("nowhere") as holdings:
        assert holdings.holds() == Holds()
        assert list(holdings.after([Range("a", 0)], [bytes(32)], Place())) == []


def test_what_came_too_early_is_told_apart(workspace: Workspace, space: str, folder: Path) -> None:
    first = change(workspace, space, "finding", "f", "content", "một")
    second = change(workspace, space, "finding", "f", "content", "hai")
    office.create(folder.with_name("other")).close()
    with office.reopen(folder.with_name("other")) as other:
        other.accept([second])
        assert holds(other, space) == Holds(Vector(), (second.hash,))
        with other.holdings(space) as holdings:
            assert holdings.has([first.hash, second.hash]) == {second.hash}
            assert holdings.knows([first.hash, second.hash]) == set()
            assert [record.body for _, record in holdings.after([], [second.hash], Place())] == [second.body]


def test_ranges_and_hashes_come_in_the_order_of_arrival_from_any_place(workspace: Workspace, space: str) -> None:
    made = [change(workspace, space, "finding", f"f{i}", "content", str(i)) for i in range(3)]
    stream = made[0].stream
    with workspace.holdings(space) as holdings:
        found = list(holdings.after([Range(stream, 3)], [made[0].hash], Place()))
        assert [(place, record.body) for place, record in found] == [
            (Place(2), made[0].body),
            (Place(4), made[2].body),
        ]
        assert list(holdings.after([Range(stream, 3)], [made[0].hash], Place(2))) == found[1:]
        assert holdings.hashes(stream)[1:] == [(n + 2, changeset.hash) for n, changeset in enumerate(made)]


def test_what_nobody_reported_is_only_here(workspace: Workspace, space: str) -> None:
    change(workspace, space, "finding", "f", "content", "một")
    assert workspace.copies(space).changes == Counter({0: 2})
    assert workspace.copies(space).only_here == 2


def test_copies_are_counted_by_what_peers_reported_last(workspace: Workspace, space: str) -> None:
    made = [change(workspace, space, "finding", "f", "content", str(i)) for i in range(3)]
    stream = made[0].stream
    note(workspace, space, "máy A", Holds(Vector.of([Tip(stream, 3, made[1].hash)])))
    note(workspace, space, "máy B", Holds(Vector.of([Tip(stream, 2, made[0].hash)])))
    assert workspace.copies(space).changes == Counter({2: 2, 1: 1, 0: 1})
    assert [peer.id for peer in workspace.holders(space, made[1].hash)] == ["máy A"]
    note(workspace, space, "máy A", Holds())
    assert workspace.copies(space).changes == Counter({1: 2, 0: 2})
    assert [peer.id for peer in workspace.peers()] == ["máy A", "máy B"]


def test_an_end_nobody_here_knows_counts_for_nothing_until_it_comes(
    workspace: Workspace, space: str, twin: Workspace
) -> None:
    later = change(twin, space, "finding", "g", "content", "chỉ ở máy kia")
    note(workspace, space, "máy kia", holds(twin, space))
    assert workspace.copies(space).only_here == 2
    workspace.accept([later])
    assert workspace.copies(space).only_here == 0


def test_of_a_forked_stream_a_branch_counts_by_itself(workspace: Workspace, space: str, twin: Workspace) -> None:
    here = change(workspace, space, "finding", "a", "content", "máy một")
    change(twin, space, "finding", "b", "content", "máy hai")
    note(workspace, space, "máy kia", holds(twin, space))
    give(twin, workspace, space)
    assert workspace.copies(space).changes == Counter({1: 3, 0: 1})
    assert workspace.holders(space, here.hash) == []


def test_blobs_are_counted_too(workspace: Workspace, space: str, tmp_path: Path) -> None:
    (tmp_path / "anh").write_bytes(b"anh chup")
    sha256, _ = workspace.blobs.add(tmp_path / "anh")
    write(workspace, space, field("evidence", "e", "file", {"hash": sha256, "size": 8}))
    assert workspace.named_blobs(space) == {sha256}
    assert workspace.copies(space).blobs_only_here == 1
    with workspace.unit_of_work() as unit:
        unit.note_blobs("máy A", "An", has=[sha256])
        unit.commit()
    assert workspace.copies(space).blobs == Counter({1: 1})
    with workspace.unit_of_work() as unit:
        unit.note_blobs("máy A", "An", lacks=[sha256])
        unit.commit()
    assert workspace.copies(space).blobs_only_here == 1


def test_a_peer_that_has_more_of_the_own_stream_ends_it(workspace: Workspace, space: str, twin: Workspace) -> None:
    later = change(twin, space, "finding", "g", "content", "trước khi bị đặt lùi")
    with workspace.unit_of_work() as unit:
        assert unit.compare_own(space, vector(twin, space)) is EpochReason.RESTORED
        unit.commit()
    after = change(workspace, space, "finding", "h", "content", "viết tiếp")
    assert (after.stream == later.stream, after.n) == (False, 2)
    epoch = next(item for _, item in workspace.change_sets(space) if item.stream == after.stream and item.n == 1)
    assert epoch.payload["last"] == [later.stream, later.n, later.hash.hex()]
    assert workspace.epoch_reason is EpochReason.RESTORED


def test_own_records_that_come_back_by_any_way_end_the_stream(
    workspace: Workspace, space: str, twin: Workspace
) -> None:
    later = change(twin, space, "finding", "g", "content", "trước khi bị đặt lùi")
    workspace.accept([later])
    assert change(workspace, space, "finding", "h", "content", "viết tiếp").stream != later.stream


def test_a_peer_that_has_another_record_of_a_number_ends_the_stream_too(
    workspace: Workspace, space: str, twin: Workspace
) -> None:
    here = change(workspace, space, "finding", "a", "content", "máy một")
    change(twin, space, "finding", "b", "content", "máy hai")
    with workspace.unit_of_work() as unit:
        assert unit.compare_own(space, vector(twin, space)) is EpochReason.CLONED
        unit.commit()
    assert change(workspace, space, "finding", "a", "content", "tiếp").stream != here.stream


def test_a_peer_that_is_behind_says_nothing_about_the_own_stream(
    workspace: Workspace, space: str, twin: Workspace
) -> None:
    here = change(workspace, space, "finding", "a", "content", "một")
    with workspace.unit_of_work() as unit:
        assert unit.compare_own(space, vector(twin, space)) is None
        unit.commit()
    assert change(workspace, space, "finding", "a", "content", "hai").stream == here.stream


def test_an_older_workspace_gets_the_tables_of_a_new_one(tmp_path: Path, workspace: Workspace) -> None:
    shutil.copytree(Path(__file__).parents[1] / "samples" / "workspace-1", tmp_path / "old")
    with office.reopen(tmp_path / "old") as old:
        assert schema_of(old) == schema_of(workspace)
    assert migrations.steps()[0].version == 2


def schema_of(workspace: Workspace) -> set[tuple[str, str]]:
    with workspace.database.reading() as sql:
        rows = sql.run("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL").fetchall()
    return {(name, " ".join(statement.split())) for name, statement in rows}
