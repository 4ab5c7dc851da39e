from __future__ import annotations

import multiprocessing
import os
import shutil
from pathlib import Path

import pytest

from inspector.domain.errors import Damaged, Refused
from inspector.storage import migrations, schema
from inspector.storage.engine import Database
from inspector.storage.migrations import Step, migrate
from inspector.storage.workspace import Workspace
from tests.storage import office
from tests.storage.office import field, write

SAMPLES = Path(__file__).parents[1] / "samples"

NEXT = schema.VERSION + 1
"""The first version this program does not know; the steps to it and beyond are invented."""

ADD = Step(
    NEXT, "CREATE TABLE invention (id TEXT PRIMARY KEY, last_ok TEXT);\nINSERT INTO invention (id) VALUES ('máy An');\n"
)
CHANGE = Step(NEXT + 1, "ALTER TABLE invention ADD COLUMN kind TEXT;\nUPDATE invention SET kind = 'laptop';\n")
BROKEN = Step(NEXT + 1, "ALTER TABLE invention ADD COLUMN kind TEXT;\nUPDATE no_such_table SET kind = 'laptop';\n")


class Killed(Step):
    """Ends the process when its statements are asked for."""

    def __getattribute__(self, name: str) -> object:
        return os._exit(9) if name == "sql" else super().__getattribute__(name)


@pytest.fixture
def database(folder: Path) -> Path:
    with office.reopen(folder) as workspace:
        space = office.open_space(workspace)
        write(workspace, space, field("finding", "f", "content", "một"))
    return folder / "workspace.db"


def run(file: Path, steps: list[Step], target: int, backups: list[int] | None = None) -> None:
    opened = Database(file, office.KEY)
    try:
        with opened.reading() as sql:
            found = migrations.version_of(sql, file)
        migrate(opened, found, (backups if backups is not None else []).append, steps, target=target)
    finally:
        opened.close()


def run_until_killed(file: Path) -> None:
    run(file, [ADD, Killed(NEXT + 1, "")], NEXT + 1)


def state(file: Path) -> tuple[int, list[tuple[object, ...]]]:
    """The version, and what the invented steps made."""
    opened = Database(file, office.KEY)
    with opened.reading() as sql:
        version = migrations.version_of(sql, file)
        made = sql.run("SELECT name FROM sqlite_schema WHERE name = 'invention'").fetchone()
        rows = sql.run("SELECT * FROM invention").fetchall() if made else []
    opened.close()
    return version, rows


def test_steps_run_in_order_after_one_backup(database: Path) -> None:
    backups: list[int] = []
    run(database, [ADD, CHANGE], NEXT + 1, backups)
    assert state(database) == (NEXT + 1, [("máy An", None, "laptop")])
    assert backups == [schema.VERSION]


def test_a_current_file_is_left_alone(database: Path) -> None:
    backups: list[int] = []
    run(database, [ADD, CHANGE], schema.VERSION, backups)
    assert state(database) == (schema.VERSION, [])
    assert backups == []


def test_a_newer_file_is_refused(database: Path) -> None:
    run(database, [ADD], NEXT)
    with pytest.raises(Refused) as refused:
        run(database, [], schema.VERSION)
    assert (refused.value.code, refused.value.params) == ("newer-program", {"found": NEXT, "known": schema.VERSION})
    with pytest.raises(Refused):
        office.reopen(database.parent)


def test_a_step_that_fails_leaves_the_version_before_it(database: Path) -> None:
    with pytest.raises(Exception, match="no such table"):
        run(database, [ADD, BROKEN], NEXT + 1)
    assert state(database) == (NEXT, [("máy An", None)])
    run(database, [ADD, CHANGE], NEXT + 1)
    assert state(database) == (NEXT + 1, [("máy An", None, "laptop")])


def test_a_kill_between_steps_is_made_good_at_the_next_opening(database: Path) -> None:
    killed = multiprocessing.get_context("spawn").Process(target=run_until_killed, args=(database,))
    killed.start()
    killed.join()
    assert killed.exitcode == 9
    assert state(database) == (NEXT, [("máy An", None)])
    run(database, [ADD, CHANGE], NEXT + 1)
    assert state(database) == (NEXT + 1, [("máy An", None, "laptop")])


def test_damaged_pages_stop_a_migration_before_it_begins(database: Path) -> None:
    data = bytearray(database.read_bytes())
    data[40 * 4096 + 50] ^= 1
    database.write_bytes(data)
    with pytest.raises(Damaged) as found:
        run(database, [ADD], NEXT)
    assert found.value.code == "workspace-damaged"
    assert database.read_bytes() == data


def test_a_gap_in_the_steps_is_a_mistake(database: Path) -> None:
    with pytest.raises(ValueError, match="no way"):
        run(database, [CHANGE], NEXT + 1)


def test_the_steps_of_this_program_lead_to_its_version() -> None:
    assert [step.version for step in migrations.steps()] == list(range(2, schema.VERSION + 1))


def test_the_copy_before_a_migration_opens(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "VERSION", NEXT)
    known = migrations.steps()
    monkeypatch.setattr(migrations, "steps", lambda: [*known, ADD])
    with office.reopen(database.parent) as workspace:
        copies = list(workspace.places.backups.iterdir())
    assert [copy.name for copy in copies] == [f"before-version-{NEXT}-from-{NEXT - 1}.db"]
    assert state(copies[0])[0] == NEXT - 1
    assert state(database)[0] == NEXT


def stored(version: int, folder: Path) -> Workspace:
    """A workspace written by the program that had this version of the tables."""
    shutil.copytree(SAMPLES / f"workspace-{version}", folder)
    return office.reopen(folder)


def test_a_stored_workspace_of_version_1_opens(tmp_path: Path) -> None:
    space = "652ac920-9d37-5aec-ad98-d4079fe1f232"
    with stored(1, tmp_path / "workspace") as workspace:
        assert workspace.verify().problems == []
        (inspection,) = workspace.inspections()
        assert inspection.values["unit"] == {"code": "00001", "name": "Xã Mẫu"}
        assert (inspection.findings, inspection.conflicts) == (2, 1)
        found = {record.id: record for record in workspace.records(space, "finding", deleted=True)}
        assert found["f1"].values["content"] == "Bốn hồ sơ trễ hạn chưa có văn bản xin lỗi"
        assert found["f2"].conflicts == ("content",)
        assert found["f3"].deleted
        assert len(workspace.history(space, "finding", "f1", "content")) == 2
        assert workspace.act("dòng 1") == (b"digest", '{"ok":true}')
        blob = "d2681d93d5b14277cf9a32338d1f6ca0d97ab42f9f04ceaf9e106c6a08cbaa87"
        assert workspace.blobs.read(blob).decode() == "một tệp minh chứng"
        assert workspace.position(space).lseq == 8
        assert workspace.copies(space).only_here == 8
        with workspace.holdings(space) as holdings:
            assert holdings.vector().root().hex() == workspace.position(space).root
        write(workspace, space, field("finding", "f4", "content", "ghi bằng bản mới"))
        assert workspace.verify().problems == []
