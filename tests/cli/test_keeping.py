"""``verify``, ``backup``, ``restore``: nothing gets lost, and it can be shown."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Office
from tests.cli.run import Script, lines, run

NOTED = {"id": "1", "act": "save_person", "with": {"name": "Trần Thị Hải Yến"}}
MORE = {"id": "2", "act": "save_person", "with": {"name": "Lê Quốc Việt"}}


def test_a_whole_workspace_is_called_whole(office: Office) -> None:
    office.run("record", source=lines(NOTED))
    ran = office.run("verify")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.endswith("Dữ liệu nguyên vẹn.\n")
    assert office.run("verify", "--json").data["findings"] == []


def test_a_backup_comes_back_with_its_key_file(office: Office, tmp_path: Path) -> None:
    office.run("record", source=lines(NOTED))
    kept = office.run("backup", tmp_path / "kept.bak")
    assert kept.code == 0, kept.err
    other = Office(tmp_path / "other", office.key_file)
    assert other.run("restore", tmp_path / "kept.bak").out == f"Đã khôi phục vào {tmp_path / 'other'}.\n"
    assert [person["name"] for person in other.run("list", "people", "--json").data] == ["Trần Thị Hải Yến"]
    assert other.run("record", source=lines(NOTED, MORE)).code == 0
    assert other.run("verify").code == 0
    assert len(office.run("list", "people", "--json").data) == 1


def test_a_backup_comes_back_with_the_recovery_code(office: Office, tmp_path: Path) -> None:
    office.run("backup", tmp_path / "kept.bak")
    code = (office.home.parent / "recovery.txt").read_text(encoding="utf-8")
    script = Script([code])
    ran = run("--home", tmp_path / "other", "restore", tmp_path / "kept.bak", prompter=script)
    assert (ran.code, len(script.asked)) == (0, 1)


def test_nothing_is_written_over(office: Office, tmp_path: Path) -> None:
    (tmp_path / "kept.bak").write_bytes(b"something else")
    assert office.run("backup", tmp_path / "kept.bak").err.endswith("[backup-exists]\n")
    assert (tmp_path / "kept.bak").read_bytes() == b"something else"
    office.run("backup", tmp_path / "new.bak")
    assert office.run("restore", tmp_path / "new.bak").err.endswith("[workspace-exists]\n")


def test_what_is_no_backup_leaves_the_place_empty(office: Office, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_bytes(b"Kinh gui")
    ran = run("--home", tmp_path / "other", "restore", tmp_path / "letter.txt")
    assert (ran.code, ran.out) == (1, "")
    assert not (tmp_path / "other").exists()


def test_what_is_whole_is_saved_from_a_damaged_workspace(office: Office, tmp_path: Path) -> None:
    people = [{"id": str(n), "act": "save_person", "with": {"name": f"Người thứ {n} " + "x" * 900}} for n in range(80)]
    office.run("record", source=lines(*people))
    database = office.home / "workspace.db"
    pages = bytearray(database.read_bytes())
    damaged = len(pages) // 4096 // 2 * 4096
    pages[damaged : damaged + 64] = bytes(64)
    database.write_bytes(pages)
    refused = office.run("list", "people")
    assert (refused.code, refused.out) == (1, "")
    assert "salvage" in refused.err
    assert refused.err.endswith("[workspace-damaged]\n")
    saved = office.run("salvage", tmp_path / "saved")
    assert saved.err == ""
    rescued = Office(tmp_path / "saved", office.key_file)
    assert 40 <= len(rescued.run("list", "people", "--json").data) <= 80
    assert database.read_bytes() == bytes(pages)


def test_nothing_is_saved_over_other_data(office: Office) -> None:
    assert office.run("salvage", office.home).code == 1
