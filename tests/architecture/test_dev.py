"""The one command."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

import dev
from tests.architecture.tree import texts


def test_locks_are_whole() -> None:
    assert dev.lock_faults() == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("# Written by", "# Made by", "not made from this pyproject.toml"),
        (" \\\n    --hash=", " ; 1 \\\n    --extra=", "without a hash"),
        ("# Written", "--index-url x\n# Written", "option of one machine"),
        ("cffi==", "cffi==0.0.", "in requirements.lock only"),
    ],
)
def test_a_wrong_lock_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, fault: str) -> None:
    wrong = tmp_path / "requirements.lock"
    wrong.write_text(dev.LOCK.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    monkeypatch.setattr(dev, "LOCK", wrong)
    assert any(fault in found for found in dev.lock_faults()), dev.lock_faults()


def test_old_pythons_can_read_it_and_are_refused_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    ast.parse(texts()["dev.py"], feature_version=(3, 8))
    monkeypatch.setattr(sys, "version_info", (3, 9, 6))
    with pytest.raises(SystemExit, match=r"Inspector needs Python 3\.11 or newer; this is"):
        dev.main(["test"])


def test_it_needs_the_standard_library_only() -> None:
    tree = ast.parse(texts()["dev.py"])
    plain = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    named = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {str(name).split(".")[0] for name in plain | named} <= sys.stdlib_module_names | {"__future__"}


def test_an_unknown_command_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["tset"]) == 2
    assert "dev.py has no command 'tset'" in capsys.readouterr().err


def test_what_it_starts_keeps_compiled_modules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("LANG", "vi_VN.UTF-8")
    given = dev.environment()
    assert "PYTHONDONTWRITEBYTECODE" not in given
    assert given["LANG"] == "vi_VN.UTF-8"


class Runs:
    """Stands at the edge of the operating system: takes the pytest command lines instead of starting them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, code: int = 0) -> None:
        self.commands: list[list[str]] = []
        self.code = code
        monkeypatch.setattr(dev, "call", self.call)
        monkeypatch.setattr(dev, "apt_install", lambda packages: False)
        monkeypatch.setattr(dev, "is_root", lambda: True)
        monkeypatch.delenv("CI", raising=False)

    def call(self, *command: object, quiet: bool = False) -> int:
        self.commands.append([str(part) for part in command])
        return self.code


def test_the_plain_run_says_what_it_left_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    runs = Runs(monkeypatch)
    assert dev.run_tests(["-x"]) == 0
    assert runs.commands[0][-1] == "-x"
    assert not any("--groups" in word for word in runs.commands[0])
    assert capsys.readouterr().out.splitlines() == [f"not run: {name}: {dev.when(name)}" for name in dev.GROUPS]
    assert dev.when("pages") == "only with --all"
    assert dev.when("many_laptops") == "takes long, only with --groups=many_laptops"


def test_who_works_on_a_part_names_its_tests_and_they_run() -> None:
    for whole in ([], ["-q"], ["tests"], ["--deselect", "nowhere"]):
        assert dev.asked_by_path(whole) == set()
    assert dev.asked_by_path(["-q", "tests/ui/pages/home"]) == {"window", "laptops", "documents"}
    assert dev.asked_by_path(["tests/architecture/test_dev.py::test_a_failed_test_fails_the_run"]) == {
        "window",
        "laptops",
        "documents",
    }


def test_all_runs_what_can_run_and_names_the_rest(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    runs = Runs(monkeypatch)
    states = {"pages": dev.NotRun("soffice missing"), "power_cut": dev.NotRun("not allowed", forbidden=True)}
    monkeypatch.setattr(dev, "group_state", states.get)
    assert dev.run_tests(["--all", "-x", "tests"]) == 0
    ready = ",".join(name for name in dev.GROUPS if name not in states)
    assert runs.commands == [[str(dev.PYTHON), "-m", "pytest", f"--groups={ready}", "-x", "tests"]]
    assert capsys.readouterr().out.splitlines() == [
        "not run: pages: soffice missing",
        "not run: power_cut: not allowed",
    ]


def test_in_ci_a_missing_program_fails_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    Runs(monkeypatch)
    monkeypatch.setenv("CI", "true")
    monkeypatch.setattr(dev, "group_state", {"pages": dev.NotRun("soffice missing")}.get)
    assert dev.run_tests(["--all"]) == 1


def test_in_ci_what_the_kernel_forbids_does_not_fail_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    Runs(monkeypatch)
    monkeypatch.setenv("CI", "true")
    monkeypatch.setattr(dev, "group_state", {"small_disk": dev.NotRun("not allowed", forbidden=True)}.get)
    assert dev.run_tests(["--all"]) == 0


def test_a_failed_test_fails_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    Runs(monkeypatch, code=1)
    assert dev.run_tests([]) == 1


def nothing() -> None:
    """What a command needs of the system that has it all."""


def test_an_ordinary_user_gets_the_exact_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(dev, "is_root", lambda: False)
    monkeypatch.setattr(dev, "STAMP", tmp_path / "absent")
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    with pytest.raises(SystemExit, match="sudo apt-get install -y --no-install-recommends python3-venv"):
        dev.prepare(nothing)


def test_an_environment_of_this_lock_is_left_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stamp = tmp_path / "made-from"
    stamp.write_text(dev.fingerprint(), encoding="utf-8")
    monkeypatch.setattr(dev, "STAMP", stamp)
    monkeypatch.setattr(dev, "PYTHON", Path(sys.executable))
    runs = Runs(monkeypatch)
    dev.prepare(nothing)
    assert runs.commands == []


def test_a_half_made_environment_is_made_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    half = tmp_path / "venv"
    half.mkdir()
    (half / "left over").touch()
    monkeypatch.setattr(dev, "VENV", half)
    monkeypatch.setattr(dev, "PYTHON", half / "bin" / "python")
    monkeypatch.setattr(dev, "STAMP", half / "made-from")
    monkeypatch.setattr(
        "venv.create", lambda place, *, with_pip, clear: (half / "left over").unlink() if clear else None
    )
    Runs(monkeypatch)
    dev.prepare(nothing)
    assert [path.name for path in half.iterdir()] == ["made-from"]
    assert (half / "made-from").read_text(encoding="utf-8") == dev.fingerprint()


def test_an_interrupted_download_leaves_no_stamp(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(dev, "VENV", tmp_path / "venv")
    monkeypatch.setattr(dev, "PYTHON", tmp_path / "venv" / "bin" / "python")
    monkeypatch.setattr(dev, "STAMP", tmp_path / "made-from")
    monkeypatch.setattr("venv.create", lambda place, *, with_pip, clear: None)
    Runs(monkeypatch, code=1)
    with pytest.raises(SystemExit, match="pip could not install"):
        dev.prepare(nothing)
    assert not (tmp_path / "made-from").exists()


def test_what_qt_is_linked_to_and_only_that_is_asked_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(dev, "LINUX", True)
    monkeypatch.setattr(dev, "is_root", lambda: False)
    monkeypatch.setattr(dev, "loads", lambda library: library != "libEGL.so.1")
    monkeypatch.setattr(dev, "make_environment", nothing)
    monkeypatch.setattr(dev, "STAMP", tmp_path / "made-from")
    with pytest.raises(SystemExit, match=r"sudo apt-get install -y --no-install-recommends libegl1$"):
        dev.prepare(dev.need_qt)
    assert not dev.STAMP.exists()


@pytest.mark.skipif(not dev.LINUX, reason="libraries of Linux")
def test_a_library_that_is_there_loads_and_another_does_not() -> None:
    assert not dev.loads("libthere-is-none.so.1")
    assert dev.loads(next(iter(dev.QT_LIBRARIES)))


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Linux with a screen."""
    monkeypatch.setattr(dev, "LINUX", True)
    monkeypatch.setenv("DISPLAY", ":0")
    return monkeypatch


def test_without_a_command_the_window_opens(screen: pytest.MonkeyPatch) -> None:
    runs = Runs(screen)
    screen.setattr(dev, "prepare", lambda needs: needs())
    screen.setattr(dev, "loads", lambda library: True)
    screen.setattr(dev, "inspector", len)
    assert dev.main([]) == 0
    assert [command[-1] for command in runs.commands] == [dev.LOAD_SCREEN]


def test_without_a_screen_it_says_what_to_do(screen: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        screen.delenv(name, raising=False)
    with pytest.raises(SystemExit, match=r"python3 dev\.py inspector --help"):
        dev.open_program()


def test_missing_libraries_of_the_screen_are_named_in_one_line(screen: pytest.MonkeyPatch) -> None:
    Runs(screen, code=1)
    line = "sudo apt-get install -y --no-install-recommends " + " ".join(dev.APT_SCREEN)
    with pytest.raises(SystemExit, match=line):
        dev.open_program()
