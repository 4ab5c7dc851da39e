"""The program is killed in the middle of a word; started again, it has the word."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from inspector.services.drafts import kept_drafts
from tests.architecture.tree import ROOT
from tests.demonstrations import copy
from tests.ui.journeys.hands import Hands, called
from tests.ui.journeys.typist import LEFT


@pytest.fixture
def folder(empty_template: Path, fast_tmp: Path) -> Path:
    """A workspace whose program was killed while somebody typed."""
    home = copy(empty_template, fast_tmp / "home")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.ui.journeys.typist", str(home)]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "typed\n", process.communicate()
        finally:
            process.kill()
            process.communicate()
    return home


def test_half_a_word_is_offered_finished_and_saved(hands: Hands) -> None:
    assert hands.sees("Chưa lưu khi máy tắt lúc")
    hands.to("Khôi phục")
    hands.press("Return")
    assert called(hands.focus()) == "Nhận xét"
    hands.type("h.")
    hands.press("Ctrl+Return")
    desk = hands.desk()
    (row,) = desk.workspace.inspections()
    assert [answer.remark for answer in desk.inspection(row.space).answers.values()] == [f"{LEFT}h."]
    assert kept_drafts(desk) == []
    hands.press("Alt+Home")
    assert not hands.sees("Chưa lưu khi máy tắt lúc")
