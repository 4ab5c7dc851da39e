from __future__ import annotations

import io
from pathlib import Path

import pytest

from inspector.storage import projection, rebuild, schema
from inspector.storage.engine import Sql, open_driver
from inspector.storage.workspace import Workspace
from tests.storage import office
from tests.storage.office import change, field, write


def problems(folder: Path) -> list[tuple[str, dict[str, str]]]:
    with office.reopen(folder) as workspace:
        return [(problem.code, problem.params) for problem in workspace.verify().problems]


@pytest.fixture
def filled(folder: Path) -> tuple[Path, str]:
    with office.reopen(folder) as workspace:
        space = office.open_space(workspace)
        write(workspace, space, field("finding", "f", "content", "một"), field("finding", "f", "kind", "strength"))
        change(workspace, space, "finding", "f", "content", "hai")
        write(workspace, space, field("answer", "a", "remark", "tốt"))
    return folder, space


def tamper(folder: Path, *statements: str) -> None:
    """What somebody with the key and a tool could do to the file."""
    driver = open_driver(folder / "workspace.db", office.KEY)
    for trigger in ("log_is_written_once", "log_signature_is_kept", "log_is_never_deleted"):
        driver.execute(f"DROP TRIGGER {trigger}")
    for statement in statements:
        driver.execute(statement)
    driver.close()


def test_a_sound_workspace_has_no_problems(filled: tuple[Path, str]) -> None:
    with office.reopen(filled[0]) as workspace:
        report = workspace.verify()
    assert report.problems == []
    assert (report.spaces, report.change_sets, report.held, report.quarantined) == (1, 4, 0, 0)


def test_the_log_refuses_changes_and_deletions(workspace: Workspace, space: str) -> None:
    write(workspace, space, field("finding", "f", "content", "một"))
    driver = open_driver(workspace.places.database, office.KEY)
    for statement in (
        "UPDATE log SET body = x'00'",
        "UPDATE log SET sig = x'00'",
        "UPDATE log SET n = 9",
        "DELETE FROM log",
    ):
        with pytest.raises(Exception, match="the log is"):
            driver.execute(statement)
    driver.close()


def test_a_changed_body_is_found(filled: tuple[Path, str]) -> None:
    folder, space = filled
    tamper(folder, "UPDATE log SET body = CAST(replace(body, 'hai', 'ba!') AS BLOB) WHERE n = 3")
    found = problems(folder)
    assert ("verify-record", space, "3") in [(code, params.get("space"), params.get("n")) for code, params in found]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE log SET body = x'' WHERE n = 3",
        "UPDATE log SET body = zeroblob(40) WHERE n = 3",
        "UPDATE log SET body = '[1]' WHERE n = 3",
        "UPDATE log SET body = 17 WHERE n = 3",
    ],
)
def test_a_body_that_is_none_is_found(filled: tuple[Path, str], statement: str) -> None:
    folder, space = filled
    tamper(folder, statement)
    found = problems(folder)
    assert ("verify-record", {"space": space, "stream": found[0][1]["stream"], "n": "3"}) in found


def test_a_changed_signature_of_the_last_record_is_found(filled: tuple[Path, str]) -> None:
    folder, _space = filled
    tamper(folder, "UPDATE log SET sig = zeroblob(64) WHERE n = 4")
    found = problems(folder)
    assert [(code, params["n"], params["found"]) for code, params in found] == [("verify-status", "4", "bad-signature")]


def test_a_removed_record_is_found(filled: tuple[Path, str]) -> None:
    folder, _space = filled
    tamper(folder, "DELETE FROM log WHERE n = 3")
    codes = {code for code, _ in problems(folder)}
    assert {"verify-arrivals", "verify-status"} <= codes


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ("UPDATE p_finding SET content = 'khác'", "p_finding"),
        ("DELETE FROM p_answer", "p_answer"),
        ("UPDATE op SET live = 1", "op"),
        ("DELETE FROM dead", "dead"),
        ("INSERT INTO conflict VALUES (1, 'finding', 'f', 'content', 'C2')", "conflict"),
    ],
)
def test_a_changed_derived_table_is_found_and_can_be_made_again(
    filled: tuple[Path, str], statement: str, table: str
) -> None:
    folder, space = filled
    tamper(folder, statement)
    assert ("verify-derived", {"space": space, "table": table}) in problems(folder)
    with office.reopen(folder) as workspace:
        workspace.rebuild()
        assert workspace.verify().problems == []


def test_a_text_missing_in_the_index_is_found(filled: tuple[Path, str]) -> None:
    tamper(filled[0], "DELETE FROM search_new WHERE number = (SELECT max(number) FROM search_new)")
    assert problems(filled[0]) == [("verify-search", {})]


def test_a_changed_status_is_found(filled: tuple[Path, str]) -> None:
    tamper(filled[0], "UPDATE log SET status = 2, reason = 'revoked' WHERE n = 4")
    assert ("verify-status", "4") in [(code, params.get("n")) for code, params in problems(filled[0])]


def test_damaged_and_missing_blobs_are_told_apart(workspace: Workspace, space: str) -> None:
    one, _ = workspace.blobs.add(io.BytesIO(b"one"))
    two, _ = workspace.blobs.add(io.BytesIO(b"two"))
    elsewhere = "ab" * 32
    write(workspace, space, field("evidence", "e", "file", {"hash": elsewhere, "name": "ảnh.jpg"}))
    workspace.blobs.path(one).write_bytes(b"spoilt")
    workspace.blobs.path(two).unlink()
    report = workspace.verify()
    assert [(problem.code, problem.params) for problem in report.problems] == [("verify-blob", {"sha256": one})]
    assert report.blobs_elsewhere == sorted([two, elsewhere])


def test_a_rebuild_gives_back_what_was_there(filled: tuple[Path, str]) -> None:
    folder, space = filled
    with office.reopen(folder) as workspace:
        before = workspace.records(space, "finding"), workspace.search("hai"), workspace.position(space)
        assert workspace.rebuild() == 4
        after = workspace.records(space, "finding"), workspace.search("hai"), workspace.position(space)
    assert [(r.id, r.values) for r in before[0]] == [(r.id, r.values) for r in after[0]]
    assert before[1:] == after[1:]


def test_a_rebuild_that_was_cut_off_goes_on_at_the_next_opening(folder: Path) -> None:
    with office.reopen(folder) as workspace:
        spaces = [office.open_space(workspace) for _ in range(3)]
        for space in spaces:
            write(workspace, space, field("finding", "f", "content", "một"))
        with workspace.database.writing() as sql:
            rebuild._start(sql)
            texts = rebuild._fill(sql, 1, rebuild.derived(sql, 1, list(rebuild.known_acts(sql, 1))))
            sql.many("INSERT INTO search (rowid, words) VALUES (?, ?)", texts)
            schema.set_meta(sql, "rebuilt_to_space", "1")
    with office.reopen(folder) as workspace:
        assert workspace.verify().problems == []
        assert [len(workspace.records(space, "finding")) for space in spaces] == [1, 1, 1]


def test_projections_of_another_registry_are_made_again(filled: tuple[Path, str]) -> None:
    folder, space = filled
    with office.reopen(folder) as workspace, workspace.database.writing() as sql:
        sql.run("ALTER TABLE p_finding DROP COLUMN content")
        schema.set_meta(sql, "projections", "2025.1:an older registry")
    with office.reopen(folder) as workspace:
        found = workspace.record(space, "finding", "f")
        assert found is not None
        assert found.values["content"] == "hai"
        with workspace.database.reading() as sql:
            assert _stamp(sql) == projection.stamp()


def _stamp(sql: Sql) -> str | None:
    return schema.get_meta(sql, "projections")


def test_equal_logs_have_equal_roots(filled: tuple[Path, str]) -> None:
    folder, space = filled
    with office.reopen(folder) as workspace:
        changesets = [changeset for _, changeset in workspace.change_sets(space)]
        position = workspace.position(space)
    other = folder.with_name("other")
    office.create(other).close()
    with office.reopen(other) as workspace:
        outcomes = workspace.accept(reversed(changesets), received_from="máy An")
        assert workspace.position(space) == position
        assert [outcome.status for outcome in outcomes] == ["held", "held", "held", "accepted"]
        assert workspace.waiting() == []
        assert workspace.verify().problems == []


def test_what_waits_is_listed_with_what_it_waits_for(filled: tuple[Path, str]) -> None:
    folder, space = filled
    with office.reopen(folder) as workspace:
        changesets = [changeset for _, changeset in workspace.change_sets(space)]
    other = folder.with_name("other")
    office.create(other).close()
    with office.reopen(other) as workspace:
        workspace.accept([changesets[0], changesets[3]], received_from="máy An")
        (waiting,) = workspace.waiting(space)
        assert (waiting.changeset, waiting.held, waiting.received_from) == (changesets[3], True, "máy An")
        assert len(waiting.missing) == 1
        assert workspace.records(space, "answer") == []
        workspace.accept(changesets[1:3])
        assert workspace.waiting() == []
        assert [record.values for record in workspace.records(space, "answer")] == [{"remark": "tốt"}]
