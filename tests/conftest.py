"""Rules every test lives under: silence is kept, nothing is left running, nothing touches the real account.

Warnings are errors (pyproject.toml), order is random (pytest-randomly). Tests of the groups in ``dev.GROUPS`` carry the
marker of the same name and run only when asked for (``--groups``, which ``dev.py test --all`` passes).
"""

from __future__ import annotations

import gc
import logging
import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from dev import GROUPS, asked_by_path
from tests.demonstrations import template

# No timing decides and nothing is remembered between runs; CI looks longer than a person waits.
QUIET = settings(deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.register_profile("default", QUIET, max_examples=40)
settings.register_profile("ci", QUIET, derandomize=True)
settings.register_profile("long", QUIET, max_examples=5_000)

# Tests of the groups that run where they are named by path: what they look into closely, other tests go through.
PARTS = {
    "window": ("ui/pages", "ui/shell"),
    "laptops": (
        *("sync", "hub", "storage/hub", "system/test_age.py"),
        *(f"cli/test_{name}.py" for name in ("exchanging", "packages", "deciding", "sealing", "folk")),
        *(f"services/test_{name}.py" for name in ("adoption", "deciding", "invitations", "judgement_table")),
        *(f"services/test_{name}.py" for name in ("machines", "packages", "sealing")),
    ),
    "documents": (
        *("export/test_layout_check.py", "export/test_office_template.py", "export/test_preview.py"),
        *("export/test_checklist_sheet.py", "inputs/test_command_line.py"),
    ),
}
PLACES = {Path(__file__).parent / part: name for name, parts in PARTS.items() for part in parts}

CONFIG_HOMES = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--groups", default="", help=f"also run these groups, with commas between: {', '.join(GROUPS)}")


def pytest_configure(config: pytest.Config) -> None:
    for name, group in GROUPS.items():
        config.addinivalue_line("markers", f"{name}: {group.purpose}")
    settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "default"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the groups nobody asked for."""
    for item in items:
        for place in (item.path, *item.path.parents):
            if place in PLACES:
                item.add_marker(PLACES[place])
    shut = set(GROUPS) - set(config.getoption("--groups").split(",")) - asked_by_path(config.args)
    left_out = [item for item in items if not shut.isdisjoint(mark.name for mark in item.iter_markers())]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if shut.isdisjoint(mark.name for mark in item.iter_markers())]


def pytest_collection_finish() -> None:
    """Thousands of tests and what they import stay to the end; no collection during a test need look at them."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def own_account(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """An empty home folder and no keychain: no test can open what belongs to the person at this machine."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HOME", "USERPROFILE"):
            patch.setenv(name, str(home))
        for name in CONFIG_HOMES:
            patch.setenv(name, str(home / name.lower()))
        for name in ("INSPECTOR_HOME", "INSPECTOR_KEY_FILE", "DBUS_SESSION_BUS_ADDRESS"):
            patch.delenv(name, raising=False)
        patch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
        yield


@pytest.fixture(scope="session")
def demonstration_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration workspace; never opened, only copied (``tests.demonstrations.copy``)."""
    shared = tmp_path_factory.getbasetemp()
    return template(shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared)


class LogWatch(logging.Handler):
    """Collects records from WARNING on; a test names the ones it wants to see with ``expect``."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []
        self.expected: list[tuple[str, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    def expect(self, logger: str, words: str) -> None:
        """The test is about a record of this logger with these words in it; it fails if there is none."""
        self.expected.append((logger, words))

    def faults(self) -> list[str]:
        missing = [
            f"no record: {wanted}" for wanted in self.expected if not any(_fits(r, wanted) for r in self.records)
        ]
        stray = [r for r in self.records if not any(_fits(r, wanted) for wanted in self.expected)]
        return missing + [f"unexpected record: {r.levelname} {r.name}: {r.getMessage()}" for r in stray]


def _fits(record: logging.LogRecord, wanted: tuple[str, str]) -> bool:
    logger, words = wanted
    return record.name == logger and words in record.getMessage()


@pytest.fixture(autouse=True)
def expected_logs() -> Iterator[LogWatch]:
    """Log records from WARNING on fail the test that caused them, unless it said ``expected_logs.expect(…)``."""
    watch = LogWatch()
    logging.getLogger().addHandler(watch)
    try:
        yield watch
    finally:
        logging.getLogger().removeHandler(watch)
    if faults := watch.faults():
        pytest.fail("\n".join(faults), pytrace=False)


@pytest.fixture(autouse=True)
def no_thread_left() -> Iterator[None]:
    """A thread that outlives its test fails it."""
    before = set(threading.enumerate())
    yield
    new = [thread for thread in threading.enumerate() if thread not in before]
    for thread in new:
        # One that was told to stop may still be on its way out; one that was not never comes.
        thread.join(timeout=2)
    if left := [thread.name for thread in new if thread.is_alive()]:
        pytest.fail(f"threads left running: {', '.join(left)}", pytrace=False)


@pytest.fixture
def little_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """A passphrase of a package costs next to nothing to stretch: for tests that are not about that."""
    monkeypatch.setattr("inspector.system.age.WORK", 4)


@pytest.fixture
def fast_tmp(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where the system has one: for tests that write much and do not care about the disk."""
    memory = Path("/dev/shm")  # noqa: S108  -- a folder of random name and mode 700 is made in it
    if not os.access(memory, os.W_OK):
        yield tmp_path
        return
    folder = Path(tempfile.mkdtemp(prefix="inspector-test-", dir=memory))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[int], Path]]:
    """``small_disk(16)`` is a folder on a file system of its own of 16 MiB. For tests of the group ``small_disk``."""
    mounted: list[Path] = []

    def make(mebibytes: int) -> Path:
        place = tmp_path / f"disk{len(mounted)}"
        place.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={mebibytes}m", "tmpfs", place], check=True)
        mounted.append(place)
        return place

    try:
        yield make
    finally:
        for place in mounted:
            subprocess.run(["umount", "--lazy", place], check=True)


@pytest.fixture
def keychain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An unlocked GNOME keyring on a message bus of its own. For tests of the group ``keychain``.

    The library chooses its backend once in a process, so the choice of an earlier test is replaced and put back.
    """
    import keyring
    from keyring.backends import SecretService

    chosen = keyring.get_keyring()
    run = tmp_path / "run"
    run.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(run))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND")
    with _daemon("dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1") as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        with _daemon("gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets", say="a password"):
            keyring.set_keyring(SecretService.Keyring())  # type: ignore[no-untyped-call]  # keyring has no types here
            yield
    keyring.set_keyring(chosen)


@contextmanager
def _daemon(*command: str, say: str = "") -> Iterator[str]:
    """Run a daemon; yields the first line it prints, which both print when they listen."""
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(say)
            process.stdin.close()
            yield process.stdout.readline().strip()
        finally:
            process.terminate()
