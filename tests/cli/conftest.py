"""A workspace opened by a key file, as an office that automates has one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.run import Ran, Script, run


@dataclass(frozen=True)
class Office:
    """Where the workspace and its key file are, and how to run a command on it."""

    home: Path
    key_file: Path

    def run(self, *words: object, source: bytes = b"", answers: Sequence[str] = ()) -> Ran:
        options = ("--home", self.home, "--key-file", self.key_file)
        return run(*options, *words, source=source, prompter=Script(answers))


@pytest.fixture
def office(fast_tmp: Path) -> Office:
    made = Office(fast_tmp / "home", fast_tmp / "office.key")
    begun = made.run(
        "start", "--name", "Nguyễn Văn An", "--agency", "Sở Nội vụ", "--office", "UBND tỉnh",
        "--recovery-to", fast_tmp / "recovery.txt",
    )  # fmt: skip
    assert (begun.code, begun.out) == (0, f"Đã tạo dữ liệu mới ở {made.home}.\n"), begun.err
    return made
