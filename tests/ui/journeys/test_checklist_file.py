"""A checklist with faults is taken in, its faults are read, it is left, and a good one adopted: by keyboard alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from inspector.domain.checklist import Checklist
from inspector.export.checklist_sheet import write_checklist_sheet
from tests.demonstrations import copy
from tests.ui.journeys.hands import Hands

VERSION = "2027 của tỉnh"


@pytest.fixture
def folder(empty_template: Path, fast_tmp: Path) -> Path:
    return copy(empty_template, fast_tmp / "home")


def take_in(hands: Hands, file: Path) -> None:
    hands.press("Ctrl+O", "Ctrl+A")
    hands.type(str(file))
    hands.press("Return")


def versions(hands: Hands) -> list[str]:
    return [checklist.version for checklist in hands.desk().library.checklists()]


def with_faults(base: Checklist) -> Checklist:
    first, second, *rest = base.items
    return replace(base, items=(replace(first, text=""), replace(second, section="XX"), *rest))


def test_faults_are_read_and_left_and_a_good_file_is_adopted(hands: Hands, fast_tmp: Path) -> None:
    base = next(each for each in hands.desk().library.checklists() if each.level == "commune")
    bad, good = fast_tmp / "co-loi.xlsx", fast_tmp / "tot.xlsx"
    write_checklist_sheet(with_faults(base), bad)
    first, *rest = base.items
    write_checklist_sheet(
        replace(base, items=(replace(first, text="Ban hành kế hoạch đúng hạn"), *rest), version=VERSION), good
    )
    before = versions(hands)

    hands.press("Ctrl+K")
    hands.type("den bo tieu chi")
    hands.press("Return")
    take_in(hands, bad)
    assert hands.sees("Xem trước khi nhập: co-loi.xlsx")
    assert hands.sees("Chưa có gì được ghi")
    assert hands.row()
    hands.press("Ctrl+Return")
    assert versions(hands) == before, "a file with faults is not adopted"
    hands.press("Esc")
    assert not hands.sees("Xem trước khi nhập")

    take_in(hands, good)
    assert hands.sees("Xem trước khi nhập: tot.xlsx")
    hands.press("Ctrl+Return")
    assert sorted(versions(hands)) == sorted([*before, VERSION])
