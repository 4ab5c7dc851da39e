"""Freezing and sealing in the window: who is waited for, who is left out and why, and what the seal says afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices

from inspector.services.desk import Desk
from inspector.ui.pages.workspace.minutes.freeze_pane import FreezePane
from inspector.ui.pages.workspace.minutes.tab import MinutesTab
from inspector.ui.where import Screen, Tab, Where
from tests.ui.alone import TabAlone
from tests.ui.fields import Show
from tests.ui.second_laptop import meet, second_laptop
from tests.ui.sittings import Sitting


@pytest.fixture
def inspection(sit: Sitting) -> str:
    made = sit.begin()
    sit.act("settle_unchecked", made, unchecked_reason="Hết giờ")
    sit.act("add_member", made, name="Bùi Thanh Hà", role="lead")
    for side, position in (("team", "TRƯỞNG ĐOÀN"), ("unit", "CHỦ TỊCH")):
        sit.act("add_signer", made, side=side, position=position)
    return made


@pytest.fixture
def other(sit: Sitting, inspection: str, fast_tmp: Path) -> Iterator[Desk]:
    with second_laptop(sit.desk, fast_tmp / "second") as desk:
        meet(desk, sit.desk, inspection)
        yield desk


def pane(at: Sitting, show: Show, inspection: str) -> FreezePane:
    page = TabAlone(at, show, inspection, MinutesTab, Tab.MINUTES)
    page.tab.arrive(Where(Screen.WORKSPACE, inspection, Tab.MINUTES, "laptop"))
    page.settle()
    return page.tab.freeze


def said(found: FreezePane) -> list[tuple[str, str]]:
    return [(str(row.head), str(row.detail)) for row in found.list.rows.rows if not row.is_head]


def test_one_laptop_alone_seals_and_reads_the_code(
    sit: Sitting, show: Show, inspection: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: True)
    found = pane(sit, show, inspection)
    assert found.seal.isEnabled()
    sit.prompter.answers += [True, tmp_path / "bien-ban.docx"]
    found.seal.click()
    sit.settle()
    seal = sit.inspection(inspection).sealed
    assert seal is not None
    assert (found.code.text(), found.seal.isVisible()) == (seal.code, False)
    assert len(seal.issued) == 1
    assert (tmp_path / "bien-ban.docx").is_file()
    assert sit.troubles == []


def test_a_laptop_that_never_reported_is_left_out_with_a_reason(
    sit: Sitting, show: Show, inspection: str, other: Desk
) -> None:
    with second_laptop(sit.desk, other.workspace.places.folder.with_name("third"), "Lê Minh Khoa") as third:
        third.workspace.accept([one for _, one in other.workspace.change_sets(inspection)])
        third.perform("state_opinion", {"unit_opinion": "Thống nhất"}, inspection=inspection)
        sit.desk.workspace.accept([one for _, one in third.workspace.change_sets(inspection)])
        device = third.workspace.author.device
    found = pane(sit, show, inspection)
    facts = dict(said(found))["Lê Minh Khoa"]
    assert "Chưa gặp" in facts
    assert "chỉ có ở máy đó: không rõ" in facts
    assert (found.seal.isEnabled(), "1 máy chưa gộp dữ liệu: Lê Minh Khoa" in found.why.text()) == (False, True)
    found.list.choose(device)
    sit.prompter.answers.append("về trước")
    found._enter(found.list.key())
    sit.settle()
    assert "Không chờ: về trước" in dict(said(found))["Lê Minh Khoa"]
    assert found.seal.isEnabled()


def test_a_laptop_that_met_is_complete(sit: Sitting, show: Show, inspection: str, other: Desk) -> None:
    other.perform("state_opinion", {"unit_opinion": "Thống nhất"}, inspection=inspection)
    meet(other, sit.desk, inspection)
    found = pane(sit, show, inspection)
    assert [detail.split(" · ")[0] for _, detail in said(found)] == ["Máy này", "Đủ"]
    assert found.seal.isEnabled()


def test_witnesses_and_what_came_late_are_told(sit: Sitting, show: Show, inspection: str, other: Desk) -> None:
    sit.act("seal_minutes", inspection)
    other.perform("state_opinion", {"unit_opinion": "Xin bổ sung"}, inspection=inspection)
    meet(other, sit.desk, inspection)
    meet(sit.desk, other, inspection)
    found = pane(sit, show, inspection)
    heads = [head for head, _ in said(found)]
    assert heads[:2] == ["1 máy khác cùng giữ bản đã niêm phong", "Phát sinh sau niêm phong: 1"]
    heard: list[str] = []
    found.late_wanted.connect(heard.append)
    found._enter("late")
    sit.settle()
    assert "Xin bổ sung (Võ Quốc Bảo)." in heard[0]
