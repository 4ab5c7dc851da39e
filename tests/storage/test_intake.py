from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from inspector.domain.changeset import Json
from inspector.domain.errors import Refused
from inspector.storage.workspace import Workspace
from tests.storage import office
from tests.storage.office import change, field, write


def exchange(*workspaces: Workspace) -> None:
    """Everybody gives everybody everything, as often as something new turns up."""
    for _ in range(3):
        for giver in workspaces:
            for taker in workspaces:
                if giver is not taker:
                    for space in giver.spaces():
                        taker.accept([changeset for _, changeset in giver.change_sets(space.id)])


@pytest.fixture
def other(folder: Path) -> Iterator[Workspace]:
    """The laptop of another person, who works alone so far."""
    office.create(folder.with_name("other")).close()
    with office.reopen(folder.with_name("other")) as opened:
        yield opened


def member(workspace: Workspace, rights: list[Json]) -> dict[str, Json]:
    certificate = workspace.author.certificate
    return {"cert": certificate.body.decode(), "sig": certificate.signature.hex(), "rights": rights}


def enrol(workspace: Workspace, space: str, payload: dict[str, Json]) -> None:
    with workspace.unit_of_work() as unit:
        seen: list[Json] = list(unit.controls_seen(space))
        unit.write(space, [], act="enrol", kind="member", payload={**payload, "seen": seen})
        unit.commit()


def test_a_stranger_is_stored_but_counts_only_after_being_admitted(
    workspace: Workspace, space: str, other: Workspace
) -> None:
    exchange(workspace, other)
    write_as_stranger(other, space)
    exchange(workspace, other)
    assert workspace.records(space, "finding") == []
    (waiting, *_) = workspace.waiting(space)
    assert (waiting.held, waiting.reason) == (False, "not-admitted")
    enrol(workspace, space, member(other, ["write"]))
    assert [record.values for record in workspace.records(space, "finding")] == [{"content": "của người khác"}]
    assert workspace.waiting(space) == []
    exchange(workspace, other)
    assert other.position(space).root == workspace.position(space).root
    assert workspace.verify().problems == other.verify().problems == []


def write_as_stranger(other: Workspace, space: str) -> None:
    """Writes what this laptop itself would not write: as an older or dishonest program would."""
    from inspector.domain import judgement

    admit = judgement.Verdict(judgement.Status.ACCEPTED)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(other, "judge", lambda *unused: admit)
        write(other, space, field("finding", "f", "content", "của người khác"))


def test_a_laptop_refuses_what_nobody_would_accept(workspace: Workspace, space: str, other: Workspace) -> None:
    exchange(workspace, other)
    with other.unit_of_work() as unit, pytest.raises(Refused) as refused:
        unit.write(space, [field("finding", "f", "content", "x")], act="a")
    assert (refused.value.code, refused.value.params) == ("write-not-accepted", {"reason": "not-admitted"})


def test_an_act_beyond_ones_rights_is_refused_and_the_unit_goes_on(
    workspace: Workspace, space: str, other: Workspace
) -> None:
    enrol(workspace, space, member(other, ["write"]))
    exchange(workspace, other)
    with other.unit_of_work() as unit:
        with pytest.raises(Refused) as refused:
            unit.write(space, [], act="a", kind="member", payload={**member(other, ["write", "enrol"]), "seen": []})
        unit.write(space, [field("finding", "f", "content", "được phép")], act="b")
        unit.commit()
    assert refused.value.code == "write-not-accepted"
    exchange(workspace, other)
    assert [record.values for record in workspace.records(space, "finding")] == [{"content": "được phép"}]


def test_two_people_editing_apart_leave_both_values(workspace: Workspace, space: str, other: Workspace) -> None:
    enrol(workspace, space, member(other, ["write"]))
    change(workspace, space, "finding", "f", "content", "trước")
    exchange(workspace, other)
    change(workspace, space, "finding", "f", "content", "của An")
    change(other, space, "finding", "f", "content", "của Bình")
    exchange(workspace, other)
    for one in (workspace, other):
        record = one.record(space, "finding", "f")
        assert record is not None
        assert record.conflicts == ("content",)
        assert {head.value for head in record.heads["content"]} == {"của An", "của Bình"}
    change(workspace, space, "finding", "f", "content", "hai bên thống nhất")
    exchange(workspace, other)
    record = other.record(space, "finding", "f")
    assert record is not None
    assert (record.conflicts, record.values) == ((), {"content": "hai bên thống nhất"})


def test_deleting_what_somebody_edits_apart_keeps_it_visible(
    workspace: Workspace, space: str, other: Workspace
) -> None:
    enrol(workspace, space, member(other, ["write"]))
    change(workspace, space, "finding", "f", "content", "trước")
    exchange(workspace, other)
    change(workspace, space, "finding", "f", "_del", True)
    change(other, space, "finding", "f", "content", "sửa")
    exchange(workspace, other)
    record = workspace.record(space, "finding", "f")
    assert record is not None
    assert (record.deleted, record.values) == (False, {"content": "sửa"})
    assert record.conflicts == ("_del", "content")


def test_a_cloned_folder_keeps_both_branches_and_begins_a_new_stream(folder: Path) -> None:
    with office.reopen(folder) as workspace:
        space = office.open_space(workspace)
        change(workspace, space, "finding", "f", "content", "chung")
    office.copy(folder, folder.with_name("clone"))
    with office.reopen(folder) as one, office.reopen(folder.with_name("clone")) as two:
        here = change(one, space, "finding", "a", "content", "máy thứ nhất")
        there = change(two, space, "finding", "b", "content", "máy thứ hai")
        assert (here.stream, here.n) == (there.stream, there.n)
        exchange(one, two)
        assert one.position(space).root == two.position(space).root
        assert [record.id for record in one.records(space, "finding")] == ["a", "b", "f"]
        after = change(one, space, "finding", "f", "content", "viết tiếp")
        epoch = next(item for _, item in one.change_sets(space) if item.stream == after.stream and item.n == 1)
        assert after.stream != here.stream
        assert epoch.payload["reason"] == "cloned"
        assert one.verify().problems == two.verify().problems == []


def test_what_is_taken_in_twice_changes_nothing(workspace: Workspace, space: str, other: Workspace) -> None:
    change(workspace, space, "finding", "f", "content", "một")
    exchange(workspace, other)
    before = other.position(space)
    outcomes = other.accept([changeset for _, changeset in workspace.change_sets(space)])
    assert [outcome.new for outcome in outcomes] == [False, False]
    assert other.position(space) == before
