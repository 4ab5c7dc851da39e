from __future__ import annotations

import faulthandler
import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from inspector.domain.errors import Refused
from inspector.system.logs import (
    FAULT_NAME,
    LOG_NAME,
    Code,
    crash_report,
    describe_error,
    start_fault_file,
    start_log,
    stop_log,
    take_fault,
)
from tests.conftest import LogWatch

LOGGER = logging.getLogger("inspector.storage")
NAME = "Nguyễn Thị Hà"


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    handler = start_log(tmp_path)
    yield tmp_path / LOG_NAME
    stop_log(handler)


def last(log: Path) -> str:
    return log.read_text(encoding="utf-8").splitlines()[-1].split(" ", 2)[2]


def test_codes_and_counts_are_written(log: Path, expected_logs: LogWatch) -> None:
    expected_logs.expect("inspector.storage", "minutes-signed")
    LOGGER.info("%d of %d rows of %s rebuilt, %.1f s, %s", 5, 7, Code("finding"), 0.25, None)
    assert last(log) == "INFO inspector.storage 5 of 7 rows of finding rebuilt, 0.2 s, None"
    LOGGER.warning("refused: %s", Refused("minutes-signed", unit=NAME))
    assert last(log) == "WARNING inspector.storage refused: minutes-signed"


def test_nothing_a_person_typed_is_written(log: Path) -> None:
    LOGGER.info("finding %s by %s", "khong-dat", NAME)
    assert last(log) == "INFO inspector.storage finding (withheld) by (withheld)"
    LOGGER.info("finding %(text)s", {"text": NAME})
    assert last(log) == "INFO inspector.storage finding (withheld)"
    LOGGER.info("kept %s", [NAME])
    assert last(log) == "INFO inspector.storage kept (withheld)"
    LOGGER.info("failed: %s", ValueError(NAME))
    assert last(log) == "INFO inspector.storage failed: ValueError"
    LOGGER.info("Phát hiện của Hà")
    assert last(log) == "INFO inspector.storage (withheld)"
    LOGGER.info({"text": NAME})
    assert last(log) == "INFO inspector.storage (withheld)"


def fail(text: str) -> None:
    try:
        raise KeyError(text)
    except KeyError as error:
        raise ValueError(text) from error


def test_an_error_is_written_as_kind_and_places(log: Path, expected_logs: LogWatch) -> None:
    expected_logs.expect("inspector.storage", "act failed")
    try:
        fail(NAME)
    except ValueError:
        LOGGER.exception("act failed")
    text = log.read_text(encoding="utf-8")
    assert "ERROR inspector.storage act failed\nbuiltins.ValueError\n" in text
    assert "builtins.KeyError" in text
    assert "test_logs.py" in text
    assert NAME not in text


def test_other_libraries_do_not_write_here(log: Path, expected_logs: LogWatch) -> None:
    expected_logs.expect("sqlalchemy", "parameters")
    logging.getLogger("sqlalchemy").error("parameters: %s", NAME)
    assert log.read_text(encoding="utf-8") == ""


def test_old_pages_are_dropped(log: Path) -> None:
    for _ in range(800):
        LOGGER.info("x" * 10_000)
    files = sorted(log.parent.iterdir())
    assert [path.name for path in files] == [LOG_NAME, *(f"{LOG_NAME}.{number}" for number in range(1, 5))]
    assert all(path.stat().st_size <= 1024 * 1024 for path in files)


def test_a_crash_report_names_version_machine_and_places_and_no_contents() -> None:
    with pytest.raises(ValueError, match=NAME) as caught:
        fail(NAME)
    report = crash_report(caught.value, "1.2.3")
    assert report.startswith("Kiểm tra CCHC 1.2.3\nPython 3.")
    assert "builtins.ValueError\n" in report
    assert report.endswith(" fail")
    assert NAME not in report
    assert str(Path.home()) + "/" not in report.replace("/tests/", "")


def test_our_own_errors_are_described_with_their_code() -> None:
    assert describe_error(Refused("minutes-signed", unit=NAME)) == "inspector.domain.errors.Refused minutes-signed"


def test_errors_that_cause_each_other_end() -> None:
    one, other = ValueError(), KeyError()
    one.__cause__, other.__cause__ = other, one
    assert describe_error(one) == "builtins.ValueError\nbuiltins.KeyError"


CRASH = """
import faulthandler, sys
from pathlib import Path
from inspector.system.logs import start_fault_file
file = start_fault_file(Path(sys.argv[1]))
faulthandler._sigabrt()
"""


def test_a_process_that_dies_leaves_its_place_for_the_next_start(tmp_path: Path) -> None:
    ended = subprocess.run([sys.executable, "-c", CRASH, str(tmp_path)], capture_output=True, check=False)
    assert ended.returncode != 0
    fault = take_fault(tmp_path)
    assert fault is not None
    assert fault.startswith("Fatal Python error: Aborted")
    assert take_fault(tmp_path) is None


def test_a_run_that_ended_well_leaves_nothing(tmp_path: Path) -> None:
    was_on = faulthandler.is_enabled()
    with start_fault_file(tmp_path) as file:
        assert file.name == str(tmp_path / FAULT_NAME)
        faulthandler.disable()
    if was_on:
        faulthandler.enable(sys.__stderr__ or 2)
    assert take_fault(tmp_path) is None
    assert list(tmp_path.iterdir()) == []
