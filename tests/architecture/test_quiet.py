"""The rules of ``tests/conftest.py`` bite."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from dev import GROUPS
from tests.architecture.tree import ROOT

LOUD = """
import logging, threading, warnings
import keyring

def test_that_warns(): warnings.warn("x")
def test_that_logs(): logging.getLogger("a").warning("stray")
def test_that_waits_for_a_record(expected_logs): expected_logs.expect("a", "never")
def test_that_leaves_a_thread():
    threading.Thread(target=threading.Event().wait, args=(20,), daemon=True, name="lost").start()
def test_that_opens_the_keychain(): keyring.get_password("a", "b")
"""
QUIET = """
import logging, pathlib, threading

def test_a_record_that_is_wanted(expected_logs):
    expected_logs.expect("a", "full")
    logging.getLogger("a").warning("disk full")
def test_a_thread_that_ends():
    thread = threading.Thread(target=int)
    thread.start()
    thread.join()
def test_the_home_is_empty(): assert list(pathlib.Path.home().iterdir()) == []
def test_memory(fast_tmp): (fast_tmp / "x").write_text("y", encoding="utf-8")
"""


def outcome(tmp_path: Path, source: str, *options: str) -> str:
    """What pytest says of a file of tests under the rules of this repository."""
    (tmp_path / "test_it.py").write_text(source, encoding="utf-8")
    plugins = [f"-p{name}" for name in ("pytestqt.plugin", "tests.conftest", "no:cacheprovider")]
    command = [sys.executable, "-m", "pytest", *plugins, *options]
    command += ["-c", str(ROOT / "pyproject.toml"), "--rootdir", str(tmp_path), str(tmp_path / "test_it.py")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200"}
    # Finding and importing every plugin that is installed takes longer than the tests.
    environment["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    run = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    return run.stdout


@pytest.fixture(scope="module")
def loud(tmp_path_factory: pytest.TempPathFactory) -> str:
    return outcome(tmp_path_factory.mktemp("loud"), LOUD)


@pytest.mark.parametrize(
    "line",
    [
        r"FAILED .*::test_that_warns - UserWarning: x",
        r"ERROR .*::test_that_logs - Failed: unexpected record: WARNING a: stray",
        r"ERROR .*::test_that_waits_for_a_record - Failed: no record: \('a', 'never'\)",
        r"ERROR .*::test_that_leaves_a_thread - Failed: threads left running: lost",
        r"FAILED .*::test_that_opens_the_keychain - keyring.errors.NoKeyringError",
    ],
)
def test_noise_fails_the_test_that_made_it(loud: str, line: str) -> None:
    assert re.search(line, loud), loud


def test_quiet_tests_pass(tmp_path: Path) -> None:
    assert " 4 passed in " in outcome(tmp_path, QUIET)


def test_groups_run_only_when_asked_for(tmp_path: Path) -> None:
    source = "import pytest\n" + "".join(f"@pytest.mark.{name}\ndef test_{name}(): pass\n" for name in GROUPS)
    assert f" {len(GROUPS)} deselected in " in outcome(tmp_path, source)
    assert f" 1 passed, {len(GROUPS) - 1} deselected in " in outcome(tmp_path, source, "--groups=pages")


def test_an_unknown_group_is_an_error(tmp_path: Path) -> None:
    assert "'pagse' not found in `markers`" in outcome(
        tmp_path, "import pytest\n@pytest.mark.pagse\ndef test(): pass\n"
    )
