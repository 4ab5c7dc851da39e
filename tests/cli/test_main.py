"""Words to exit codes, and failures to sentences."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from inspector.cli import looking
from inspector.cli.console import Console
from inspector.cli.main import main
from tests.cli.run import Script, run


def test_help_is_in_vietnamese(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--help").code == 0
    shown = capsys.readouterr().out
    assert shown.startswith("Cách dùng: inspector")
    assert "tạo sổ trình diễn để thử" in shown
    assert "show this help" not in shown


@pytest.mark.parametrize(
    ("words", "detail"),
    [
        ((), "thiếu LỆNH"),
        (("sing",), "LỆNH không nhận 'sing'"),
        (("show",), "thiếu MÃ"),
        (("search", "a", "--colour"), "không hiểu --colour"),
        (("list", "inspections", "--limit", "many"), "--limit không nhận 'many'"),
        (("minutes", "x"), "thiếu --out"),
        (("minutes", "--out", "x.docx"), "cần mã cuộc kiểm tra, hoặc --all"),
        (("minutes", "x", "--all", "--out", "x"), "cần mã cuộc kiểm tra, hoặc --all"),
        (("checklist", "export", "x.xlsx", "--adopt"), "--adopt, --from chỉ dùng với import"),
    ],
)
def test_wrong_use_is_told_and_gives_2(words: tuple[str, ...], detail: str) -> None:
    ran = run(*words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"Lệnh gõ chưa đúng: {detail}")
    assert ran.err.endswith("[wrong-use]\n")


@pytest.mark.parametrize("command", ["list inspections", "search an", "verify", "show abcdef"])
def test_without_a_workspace_the_sentence_says_what_to_do(command: str, tmp_path: Path) -> None:
    ran = run("--home", tmp_path / "none", *command.split())
    assert (ran.code, ran.out) == (1, "")
    assert "tạo mới hoặc phục hồi từ bản sao lưu" in ran.err
    assert ran.err.endswith("[workspace-missing]\n")


def test_home_may_stand_after_the_command(tmp_path: Path) -> None:
    assert str(tmp_path / "after") in run("list", "acts", "--home", tmp_path / "after").err


def test_a_bug_is_a_sentence_and_a_report_without_contents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*arguments: object) -> None:
        raise ValueError("Nguyễn Văn Kín")

    (tmp_path / "home" / "logs").mkdir(parents=True)
    monkeypatch.setattr(looking, "opened", broken)
    ran = run("--home", tmp_path / "home", "list", "acts")
    assert ran.code == 1
    assert "Traceback" not in ran.err
    assert ran.err.endswith("[program-error]\n")
    [report] = (tmp_path / "home" / "logs").iterdir()
    assert str(report) in ran.err
    written = report.read_text(encoding="utf-8")
    assert "ValueError" in written
    assert "cli/looking.py" in written.replace("\\", "/")
    assert "Kín" not in written


def test_stopping_by_keyboard_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(looking, "opened", stopped)
    ran = run("list", "acts")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("Đã dừng theo yêu cầu.")


def test_a_reader_that_went_away_ends_the_command(office_home: Path) -> None:
    class Gone(io.StringIO):
        def write(self, text: str) -> int:
            raise BrokenPipeError

    err = io.StringIO()
    code = main(["--home", str(office_home), "list", "acts"], Console(Gone(), err, io.BytesIO(), Script()))
    assert (code, err.getvalue()) == (1, "")


@pytest.fixture
def office_home(fast_tmp: Path) -> Path:
    from tests.services.desks import new_desk

    with new_desk(fast_tmp):
        return fast_tmp / "home"


def test_a_name_the_system_refuses_is_told(office_home: Path) -> None:
    ran = run("--home", office_home, "backup", "a" * 300)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.endswith("[path-refused]\n")


def test_a_folder_name_no_system_takes_is_told() -> None:
    assert run("--home", "/" + "a" * 300, "list", "acts").err.endswith("[folder-not-usable]\n")
