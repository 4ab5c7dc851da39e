from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from inspector.domain.errors import Damaged, Unavailable
from inspector.storage import engine
from inspector.storage.engine import Database, open_driver
from tests.storage import office

KEY = bytes(32)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "a.db"


def test_the_library_is_on_the_floor() -> None:
    assert dbapi2.sqlite_version_info >= engine.SQLITE_FLOOR


def test_an_older_sqlite_is_refused_before_the_file_is_touched(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dbapi2, "sqlite_version_info", (3, 51, 2))
    monkeypatch.setattr(dbapi2, "sqlite_version", "3.51.2")
    with pytest.raises(Unavailable) as refused:
        Database(file, KEY)
    assert (refused.value.code, refused.value.params["found"]) == ("sqlite-too-old", "3.51.2")
    assert not file.exists()


def test_a_library_without_cipher_is_refused_and_writes_nothing(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def plain(name: str, **options: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = sqlite3.connect(name, **options)
        return connection

    monkeypatch.setattr(dbapi2, "connect", plain)
    with pytest.raises(Unavailable) as refused:
        open_driver(file, KEY)
    assert refused.value.code == "no-cipher"
    assert not file.exists() or file.read_bytes() == b""


def test_a_key_of_another_length_is_a_mistake(file: Path) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Database(file, b"short")


def test_every_commit_is_flushed(file: Path) -> None:
    """The settings that durability stands on, asked of the library itself."""
    database = Database(file, KEY)
    with database.writing() as sql:
        found = [sql.value(f"PRAGMA {name}") for name in ("synchronous", "journal_mode", "foreign_keys")]
    database.close()
    assert found == [2, "wal", 1]


def test_a_file_in_plain_text_is_not_opened(file: Path) -> None:
    plain = sqlite3.connect(file)
    plain.execute("CREATE TABLE t (x)")
    plain.close()
    with pytest.raises(Damaged) as found:
        Database(file, KEY)
    assert found.value.code == "workspace-damaged"


def test_another_program_that_holds_the_database_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.01)
    with office.reopen(folder) as workspace:
        viewer = open_driver(folder / "workspace.db", office.KEY)
        viewer.execute("BEGIN IMMEDIATE")
        with pytest.raises(Unavailable) as refused, workspace.unit_of_work():
            pass
        assert refused.value.code == "workspace-busy"
        viewer.execute("ROLLBACK")
        viewer.close()
        with workspace.unit_of_work() as unit:
            unit.commit()


def test_what_has_no_meaning_is_a_bug(file: Path) -> None:
    database = Database(file, KEY)
    with pytest.raises(dbapi2.OperationalError, match="no such table"), database.reading() as sql:
        sql.run("SELECT * FROM nowhere")
    database.close()


def test_a_reader_keeps_its_view(file: Path) -> None:
    database = Database(file, KEY)
    with database.writing() as sql:
        sql.run("CREATE TABLE t (x)")
    with database.reading() as reader:
        before = reader.value("SELECT count(*) FROM t")
        with database.writing() as sql:
            sql.run("INSERT INTO t VALUES (1)")
        assert (before, reader.value("SELECT count(*) FROM t")) == (0, 0)
    with database.reading() as reader:
        assert reader.value("SELECT count(*) FROM t") == 1
    database.close()
