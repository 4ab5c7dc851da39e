"""People, laptops, invitations and what waits for a decision, in the settings: by keys, and as it is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QAbstractItemModelTester

from inspector.services.accepting import accept_invitation, accepted, open_invitation
from inspector.services.invitations import letters, revoke_invitation
from inspector.services.inviting import Wanted, write_invitation
from inspector.services.quarantine import quarantined
from inspector.services.signed_in import signed_in
from inspector.ui.pages.settings.invitations import InvitationsPanel
from inspector.ui.pages.settings.machines import MachinesPanel
from inspector.ui.pages.settings.waiting import WaitingPanel
from inspector.ui.widgets.field import TextField
from tests.services.laptops import Laptop, deliver
from tests.services.meeting import meet, stranger
from tests.ui.fields import Show
from tests.ui.pages.settings.test_settings_page import Opened
from tests.ui.sittings import Sitting
from tests.ui.typing import type_text

Open = Callable[[str], Opened]


@pytest.fixture
def at_group(sit: Sitting, show: Show) -> Open:
    return lambda group: Opened(sit, show, group)


@pytest.fixture
def hoa(tmp_path: Path) -> Iterator[Laptop]:
    """The laptop of somebody who works alone so far."""
    made = stranger(tmp_path / "hoa", "Trần Thị Hoa")
    with made.workspace:
        yield made


def type_into(opened: Opened, field: TextField, text: str) -> None:
    field.setFocus()
    type_text(opened.focus, text)


def test_a_person_is_added_and_writes_from_then_on(at_group: Open) -> None:
    opened = at_group("machines")
    panel = opened.page.panel
    assert isinstance(panel, MachinesPanel)
    type_into(opened, panel.name, "Lê Văn Nam")
    type_into(opened, panel.agency, "Sở Xây dựng")
    panel.adds.setFocus()
    opened.press("Space")
    assert signed_in(opened.at.desk).name == "Lê Văn Nam"
    assert [row.words for row in panel.people.rows.rows][1] == "Lê Văn Nam"
    panel.people.choose(panel.people.rows.rows[0].key)
    panel.people.setFocus()
    opened.press("Return")
    assert signed_in(opened.at.desk).name == panel.people.rows.rows[0].words


def test_an_invitation_is_written_and_its_code_shown_once(at_group: Open, tmp_path: Path) -> None:
    opened = at_group("invitations")
    panel = opened.page.panel
    assert isinstance(panel, InvitationsPanel)
    inspection = opened.at.begin()
    opened.go("invitations")
    panel.inspection.show_value(inspection)
    type_into(opened, panel.name, "Trần Thị Hoa")
    type_into(opened, panel.agency, "Sở Tài chính")
    file = tmp_path / "hoa.cchc-moi"
    opened.at.prompter.answers.append(file)
    opened.press("Ctrl+Return")
    (letter,) = letters(opened.at.desk)
    assert (letter.name, letter.rights, letter.spaces[0]) == ("Trần Thị Hoa", ("write",), inspection)
    code = str(panel.code.text()).removeprefix("Mã mở: ")
    assert open_invitation(file, code).guest.name == "Trần Thị Hoa"
    assert [member.name for member in opened.at.inspection(inspection).team] == ["Trần Thị Hoa"]


def test_enter_on_the_group_leads_to_the_only_inspection_there_is(at_group: Open) -> None:
    opened = at_group("people")
    inspection = opened.at.begin()
    opened.page.groups.choose("invitations")
    opened.page.groups.setFocus()
    opened.press("Return")
    panel = opened.page.panel
    assert isinstance(panel, InvitationsPanel)
    assert panel.into.hasFocus()
    assert panel.inspection.key() == inspection
    opened.press("Tab")
    assert not opened.page.groups.hasFocus()


def test_an_invitation_is_taken_back_with_a_reason(at_group: Open, tmp_path: Path) -> None:
    opened = at_group("invitations")
    panel = opened.page.panel
    assert isinstance(panel, InvitationsPanel)
    wanted = Wanted("Hoa", "Sở Tài chính", (opened.at.begin(),))
    write_invitation(opened.at.desk, tmp_path / "hoa.cchc-moi", wanted)
    opened.go("invitations")
    opened.at.prompter.answers.append("Gửi nhầm người")
    panel.list.choose(panel.list.rows.rows[0].key)
    panel.revoke()
    opened.settle()
    assert letters(opened.at.desk)[0].revoked


def test_what_has_nothing_to_act_on_is_closed_with_its_reason(at_group: Open, tmp_path: Path) -> None:
    opened = at_group("invitations")
    panel = opened.page.panel
    assert isinstance(panel, InvitationsPanel)
    reasons = [str(act.reason) for act in (panel.writes, panel.takes_back)]
    assert reasons == ["Chưa có cuộc kiểm tra nào để mời vào", "Chưa ghi giấy mời nào"]
    write_invitation(opened.at.desk, tmp_path / "hoa.cchc-moi", Wanted("Hoa", "Sở Tài chính", (opened.at.begin(),)))
    opened.go("invitations")
    assert (panel.writes.isEnabled(), panel.takes_back.isEnabled()) == (True, True)
    opened.at.prompter.answers.append("Gửi nhầm người")
    panel.revoke()
    opened.settle()
    assert str(panel.takes_back.reason) == "Giấy mời này đã thu hồi"
    opened.go("waiting")
    waiting = opened.page.panel
    assert isinstance(waiting, WaitingPanel)
    assert [str(act.reason) for act in (waiting.take, waiting.hides)] == ["Không có bản ghi nào chờ duyệt"] * 2


def test_an_invitation_is_accepted_with_its_code(at_group: Open, hoa: Laptop, tmp_path: Path) -> None:
    wanted = Wanted("Nguyễn Văn An", "Sở Nội vụ", (hoa.begin(),))
    written = write_invitation(hoa.desk, tmp_path / "an.cchc-moi", wanted)
    opened = at_group("invitations")
    panel = opened.page.panel
    assert isinstance(panel, InvitationsPanel)
    opened.at.prompter.answers.append([written.file])
    opened.press("Ctrl+O")
    assert panel.typed.editor.hasFocus()
    type_text(opened.focus, written.code)
    panel.opens.setFocus()
    opened.press("Space")
    assert "Nguyễn Văn An" in str(panel.said.text())
    assert panel.accepts.hasFocus()
    opened.press("Space")
    assert [each.by for each in accepted(opened.at.desk)] == ["Trần Thị Hoa"]
    assert not panel.accepting.isVisibleTo(panel)


def test_what_waits_is_taken_by_keyboard(at_group: Open, hoa: Laptop, tmp_path: Path) -> None:
    opened = at_group("waiting")
    panel = opened.page.panel
    assert isinstance(panel, WaitingPanel)
    assert panel.empty.isVisibleTo(panel)
    here = Laptop(tmp_path, opened.at.desk.workspace, opened.at.desk)
    inspection = here.begin()
    written = write_invitation(here.desk, tmp_path / "hoa.cchc-moi", Wanted("Hoa", "Sở Tài chính", (inspection,)))
    accept_invitation(hoa.desk, open_invitation(written.file, written.code))
    meet(hoa, here)
    revoke_invitation(here.desk, letters(here.desk)[0].root, "mất máy")
    hoa.act("add_finding", {"kind": "shortcoming", "content": "Ghi muộn"}, inspection)
    deliver(hoa, here, inspection)
    opened.go("machines")
    opened.go("waiting")
    waiting = next(row for row in opened.page.groups.rows.rows if row.key == "waiting")
    assert waiting.chip == ("1", "part")
    assert "Ghi sau khi máy ấy đã bị thu hồi." in str(panel.list.rows.rows[0].detail)
    QAbstractItemModelTester(panel.list.rows)
    opened.at.prompter.answers.append("Đã gọi điện hỏi lại")
    panel.list.setFocus()
    panel.take.trigger()
    opened.settle()
    assert quarantined(opened.at.desk) == []
    assert [found.content for found in here.read(inspection).findings] == ["Ghi muộn"]
