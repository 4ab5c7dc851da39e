from __future__ import annotations

import threading
from pathlib import Path

import pytest

from inspector.domain.errors import BadInput, Damaged, Refused, Unavailable
from inspector.domain.ids import new_id
from inspector.domain.registry import SpaceKind
from inspector.storage.reading import Draft, Space
from inspector.storage.workspace import Workspace
from tests.storage import office
from tests.storage.office import change, field, write


def test_what_was_committed_is_there_after_closing(folder: Path) -> None:
    record = new_id()
    with office.reopen(folder) as workspace:
        space = office.open_space(workspace)
        write(workspace, space, field("finding", record, "content", "Hồ sơ trễ hạn"))
    with office.reopen(folder) as workspace:
        found = workspace.record(space, "finding", record)
        assert found is not None
        assert found.values == {"content": "Hồ sơ trễ hạn"}


def test_leaving_without_commit_keeps_nothing(workspace: Workspace, space: str) -> None:
    with workspace.unit_of_work() as unit:
        unit.write(space, [field("finding", "f", "content", "bỏ")], act="a")
    assert workspace.record(space, "finding", "f") is None
    assert [n for n, _ in workspace.change_sets(space)] == [1]
    assert write(workspace, space, field("finding", "g", "content", "giữ")).n == 2


def test_an_error_inside_keeps_nothing(workspace: Workspace, space: str) -> None:
    def fail() -> None:
        with workspace.unit_of_work() as unit:
            unit.write(space, [field("finding", "f", "content", "bỏ")], act="a")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert workspace.records(space, "finding") == []


def test_a_unit_of_work_sees_what_it_wrote_and_others_do_not(workspace: Workspace, space: str) -> None:
    elsewhere = []
    with workspace.unit_of_work() as unit:
        unit.write(space, [field("finding", "f", "content", "mới")], act="a")
        seen = unit.record(space, "finding", "f")
        seen_by_thread = workspace.record(space, "finding", "f")
        other = threading.Thread(target=lambda: elsewhere.append(workspace.record(space, "finding", "f")))
        other.start()
        other.join()
        unit.commit()
    assert seen is not None
    assert seen_by_thread is not None
    assert elsewhere == [None]


def test_commit_gives_a_receipt_for_every_change_set(workspace: Workspace) -> None:
    with workspace.unit_of_work() as unit:
        space = unit.open_space(SpaceKind.INSPECTION)
        first = unit.write(space, [field("finding", "f", "content", "một")], act="a")
        receipts = unit.commit()
    assert [(receipt.n, receipt.lseq, receipt.space) for receipt in receipts] == [(1, 1, space), (2, 2, space)]
    assert receipts[1].hash == first.hash


def test_a_change_set_keeps_exactly_the_parents_named(workspace: Workspace, space: str) -> None:
    write(workspace, space, field("finding", "f", "content", "một"))
    changeset = write(workspace, space, field("finding", "f", "content", "hai"))
    assert changeset.writes[0].parents == ()
    assert [head.value for head in workspace.heads(space, "finding", "f", "content")] == ["một", "hai"]


def test_a_change_set_says_who_wrote_it_where(workspace: Workspace, space: str) -> None:
    changeset = write(workspace, space, field("finding", "f", "content", "một"))
    author = workspace.author
    assert (changeset.device, changeset.author, changeset.app) == (author.device, author.person, office.APP)
    assert (changeset.n, changeset.lamport, changeset.registry) == (2, 2, "2026.11")


def test_a_unit_of_work_ends_with_its_commit(workspace: Workspace, space: str) -> None:
    with workspace.unit_of_work() as unit:
        unit.commit()
        with pytest.raises(RuntimeError):
            unit.write(space, [field("finding", "f", "content", "muộn")], act="a")


def test_a_second_unit_of_work_in_one_thread_is_a_mistake(workspace: Workspace) -> None:
    with workspace.unit_of_work(), pytest.raises(RuntimeError), workspace.unit_of_work():
        pass


def test_another_thread_waits_for_the_unit_of_work(workspace: Workspace, space: str) -> None:
    done = []

    def second() -> None:
        write(workspace, space, field("finding", "g", "content", "sau"))
        done.append("second")

    with workspace.unit_of_work() as unit:
        unit.write(space, [field("finding", "f", "content", "trước")], act="a")
        waiting = threading.Thread(target=second)
        waiting.start()
        done.append("first")
        unit.commit()
    waiting.join()
    assert done == ["first", "second"]
    assert [changeset.n for _, changeset in workspace.change_sets(space)] == [1, 2, 3]


def test_a_malformed_write_leaves_the_unit_of_work_alive(workspace: Workspace, space: str) -> None:
    with workspace.unit_of_work() as unit:
        with pytest.raises(BadInput) as refused:
            unit.write(space, [field("finding", "f", "content", {"a": "\ud800"})], act="a")
        unit.write(space, [field("finding", "f", "content", "đúng")], act="b")
        unit.commit()
    assert refused.value.code == "changeset-malformed"
    assert workspace.heads(space, "finding", "f", "content")[0].value == "đúng"


def test_an_unknown_space_is_refused(workspace: Workspace) -> None:
    with workspace.unit_of_work() as unit, pytest.raises(Refused) as refused:
        unit.write(new_id(), [field("finding", "f", "content", "x")], act="a")
    assert refused.value.code == "space-unknown"


def test_an_act_is_remembered_with_its_receipt(workspace: Workspace) -> None:
    with workspace.unit_of_work() as unit:
        unit.remember_act("dòng-1", b"digest", '{"ok":true}')
        unit.commit()
    assert workspace.act("dòng-1") == (b"digest", '{"ok":true}')
    assert workspace.act("dòng-2") is None


def test_an_act_of_a_unit_that_was_left_is_not_remembered(workspace: Workspace) -> None:
    with workspace.unit_of_work() as unit:
        unit.remember_act("dòng-1", b"digest", "{}")
    assert workspace.act("dòng-1") is None


def test_spaces_are_listed_by_kind(workspace: Workspace) -> None:
    reference = office.open_space(workspace, SpaceKind.REFERENCE)
    inspection = office.open_space(workspace)
    assert workspace.spaces("inspection") == [Space(inspection, "inspection")]
    assert [found.id for found in workspace.spaces()] == [reference, inspection]


def test_drafts_outlive_the_program(folder: Path) -> None:
    draft = Draft("s", "finding", "f", "content", "person", "đang gõ", ("a.0",), "2026-11-22T09:15:03.000+07:00")
    with office.reopen(folder) as workspace:
        workspace.put_draft(draft)
    with office.reopen(folder) as workspace:
        assert workspace.drafts() == [draft]
        workspace.drop_draft("s", "finding", "f", "content")
        assert workspace.drafts("s") == []


def test_a_workspace_is_made_once(folder: Path) -> None:
    with pytest.raises(Refused) as refused:
        office.create(folder)
    assert refused.value.code == "workspace-exists"


def test_a_second_opener_is_refused(folder: Path) -> None:
    with office.reopen(folder), pytest.raises(Unavailable) as refused:
        office.reopen(folder)
    assert refused.value.code == "opened-twice"


def test_an_empty_folder_holds_no_workspace(tmp_path: Path) -> None:
    with pytest.raises(Unavailable) as refused:
        office.reopen(tmp_path)
    assert refused.value.code == "workspace-missing"


def test_another_key_opens_nothing(folder: Path) -> None:
    with pytest.raises(Damaged) as refused:
        office.reopen(folder, key=bytes(32))
    assert refused.value.code == "workspace-damaged"
    office.reopen(folder).close()


def test_nothing_readable_lies_on_the_disk(folder: Path) -> None:
    with office.reopen(folder) as workspace:
        space = office.open_space(workspace)
        write(workspace, space, field("finding", "f", "content", "Bí mật của đoàn kiểm tra"))
        everything = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert "Bí mật".encode() not in everything
    assert b"SQLite format" not in everything
    assert space.encode() not in everything


def test_the_change_of_a_field_replaces_what_was_seen(workspace: Workspace, space: str) -> None:
    change(workspace, space, "finding", "f", "content", "một")
    change(workspace, space, "finding", "f", "content", "hai")
    found = workspace.record(space, "finding", "f")
    assert found is not None
    assert found.values["content"] == "hai"
    assert [version.head.value for version in workspace.history(space, "finding", "f", "content")] == ["một", "hai"]


def test_a_value_is_read_by_its_operation(workspace: Workspace, space: str) -> None:
    write(workspace, space, field("finding", "f", "kind", "strength"), field("finding", "f", "content", "một"))
    (head,) = workspace.heads(space, "finding", "f", "content")
    assert workspace.value_of(head.operation) == "một"
    assert workspace.value_of(head.operation[:-1] + "9") is None
    assert workspace.value_of("a" * 32 + ".0") is None


def test_a_person_is_named_by_the_certificates_of_a_space(workspace: Workspace, space: str) -> None:
    assert workspace.person_name(space, workspace.author.person) == "Nguyễn Văn An"
    assert workspace.person_name(space, "nobody") is None


def test_a_change_set_is_read_by_its_hash(workspace: Workspace, space: str) -> None:
    changeset = write(workspace, space, field("finding", "f", "content", "một"))
    assert workspace.change_set(changeset.hash) == changeset
    assert workspace.change_set(bytes(32)) is None
    assert workspace.first_change(space, "finding", "f") == changeset.hash
