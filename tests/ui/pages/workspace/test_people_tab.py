"""The tab of the people: who is there by one key, who signs, and the head of the minutes."""

from __future__ import annotations

from datetime import date, time

import pytest
from PySide6.QtTest import QAbstractItemModelTester

from inspector.ui.application import Application
from inspector.ui.language import LanguageCode
from inspector.ui.pages.workspace.people.tab import PeopleTab
from inspector.ui.theme import Theme
from inspector.ui.where import Tab
from tests.ui import walker
from tests.ui.alone import TAB, TAB_LOOKS, TabAlone
from tests.ui.fields import Show
from tests.ui.sittings import Sitting


class People(TabAlone[PeopleTab]):
    """The tab over one inspection."""

    def __init__(self, at: Sitting, show: Show, inspection: str, size: tuple[int, int] = TAB) -> None:
        super().__init__(at, show, inspection, PeopleTab, Tab.PEOPLE, size)

    def said(self, entity: str) -> list[tuple[str, str]]:
        return [(str(row.cells[0]), str(row.said)) for row in self.tab.cards[entity].model.rows]


@pytest.fixture
def inspection(sit: Sitting) -> str:
    space = sit.begin()
    for name, role in (("An", "lead"), ("Bình", "secretary"), ("Chi", "member")):
        sit.act("add_member", space, name=name, role=role, agency="Sở Nội vụ")
    sit.act("add_unit_person", space, name="Dũng", title="Chủ tịch")
    return space


def test_space_says_who_is_there_and_ctrl_z_takes_it_back(sit: Sitting, show: Show, inspection: str) -> None:
    page = People(sit, show, inspection)
    page.press("Space", "Down", "Space", "Space")
    assert page.said("team_member") == [("An", "Có mặt"), ("Bình", "Vắng, chưa ghi lý do"), ("Chi", "Chưa ghi")]
    assert [str(done.words) for done in sit.done] == ["Đã ghi có mặt: An", "Đã ghi có mặt: Bình", "Đã ghi vắng: Bình"]
    sit.session.undo()
    sit.settle()
    assert page.said("team_member")[1] == ("Bình", "Có mặt")


def test_tables_are_in_line_and_never_wider_than_their_card(sit: Sitting, show: Show, inspection: str) -> None:
    sit.act("add_member", inspection, name="Nguyễn Thị Tuyết Ngân", role="deputy")
    given = {"present": False, "reason": "Bận công tác ở Hà Nội đến hết tuần"}
    member = sit.inspection(inspection).team[0].id
    sit.act("mark_member", inspection, member=member, attendance=given)
    for width in (1286, 1041, 859):
        page = People(sit, show, inspection, (width, 540))
        team, unit = (page.tab.cards[entity].table for entity in ("team_member", "unit_person"))
        for table in (team, unit):
            assert table.horizontalHeader().length() <= table.viewport().width(), width
            assert not table.horizontalScrollBar().isVisible()
        assert team.columnWidth(4) == unit.columnWidth(3) or width < 1286
        page.window.close()


def hints(page: People) -> list[str]:
    return [str(act.hint) for act in page.tab.acts.hints(page.tab.cards["team_member"].table)]


def test_the_foot_names_first_what_is_done_most(sit: Sitting, show: Show, inspection: str) -> None:
    assert hints(People(sit, show, inspection))[:3] == ["Đánh dấu", "Sửa", "Xóa dòng"]


def test_arrows_go_from_one_table_into_the_next(sit: Sitting, show: Show, inspection: str) -> None:
    page = People(sit, show, inspection)
    page.press("Down", "Down", "Down", "Space")
    assert page.said("unit_person") == [("Dũng", "Có mặt")]
    page.press("Up")
    assert page.tab.cards["team_member"].table.hasFocus()


def test_the_reason_of_an_absence_is_typed_at_the_side(sit: Sitting, show: Show, inspection: str) -> None:
    page = People(sit, show, inspection)
    page.press("Down", "Space", "Space")
    member = sit.inspection(inspection).team[1]
    page.go("team_member", member.id, "attendance")
    page.press("Tab")
    page.type("đi họp")
    page.press("Esc")
    assert page.said("team_member")[1] == ("Bình", "Vắng: đi họp")
    assert page.tab.cards["team_member"].table.hasFocus()
    stored = sit.inspection(inspection).team[1].attendance
    assert (stored.present, stored.reason) == (False, "đi họp")


def test_somebody_of_the_address_book_is_added_whole(sit: Sitting, show: Show, inspection: str) -> None:
    sit.act("save_person", name="Phạm Thị Thu Hà", title="Phó Trưởng phòng", agency="Sở Tư pháp", contents=["II"])
    page = People(sit, show, inspection)
    page.press("Ctrl+N")
    page.type("thu ha")
    page.press("Return")
    added = sit.inspection(inspection).team[-1]
    assert (added.name, added.agency, added.contents, added.role) == (
        "Phạm Thị Thu Hà",
        "Sở Tư pháp",
        ("II",),
        "member",
    )
    assert page.tab.panel("team_member").record == added.id


def test_a_name_that_is_typed_is_enough(sit: Sitting, show: Show, inspection: str) -> None:
    page = People(sit, show, inspection)
    page.go("inspection", inspection, "unit_person")
    page.press("Ctrl+N")
    page.type("Lê Thị Kim Ngân")
    page.press("Return")
    page.type("Phó Chủ tịch")
    page.press("Esc")
    added = sit.inspection(inspection).unit_people[-1]
    assert (added.name, added.title) == ("Lê Thị Kim Ngân", "Phó Chủ tịch")


def test_signers_begin_with_lead_and_head_and_end_at_six(sit: Sitting, show: Show, inspection: str) -> None:
    page = People(sit, show, inspection)
    for _ in range(6):
        page.tab.cards["signer"].add.click()
        sit.settle()
    signers = sit.inspection(inspection).signers
    assert [(signer.side, signer.name, signer.position) for signer in signers[:2]] == [
        ("team", "An", "Trưởng đoàn"),
        ("unit", "Dũng", "Chủ tịch"),
    ]
    assert (len(signers), page.tab.cards["signer"].add.isVisible()) == (6, False)
    assert str(page.tab.cards["unit_person"].model.rows[0].cells[2]) == "Người ký"


def test_order_and_removal_are_taken_back(sit: Sitting, show: Show, inspection: str) -> None:
    page = People(sit, show, inspection)
    page.press("Alt+Down", "Ctrl+Delete")
    assert [name for name, _ in page.said("team_member")] == ["Bình", "Chi"]
    sit.session.undo()
    sit.session.undo()
    sit.settle()
    assert [name for name, _ in page.said("team_member")] == ["An", "Bình", "Chi"]


def test_contents_owned_are_ticked(sit: Sitting, show: Show, inspection: str) -> None:
    page = People(sit, show, inspection)
    page.press("F2")
    for key in ("I", "III"):
        page.tab.panel("team_member")._ticks["contents"][key].click()
        sit.settle()
    assert sit.inspection(inspection).team[0].contents == ("I", "III")
    assert str(page.tab.cards["team_member"].model.rows[0].cells[3]) == "I, III"


def test_the_head_is_typed_and_groups_stay_whole(sit: Sitting, show: Show, inspection: str) -> None:
    page = People(sit, show, inspection)
    page.go("inspection", inspection, "opened")
    page.type("7h15")
    page.press("Tab")
    page.type("26/11/2026")
    page.press("Tab")
    page.go("inspection", inspection, "team_decision")
    page.type("12/QĐ-UBND")
    page.press("Tab")
    page.type("01/02/2026")
    page.press("Tab")
    page.type("UBND tỉnh")
    page.go("inspection", inspection, "recipients")
    page.type("Như trên;")
    page.press("Return")
    page.type("Lưu: VT")
    page.go("inspection", inspection, "copies")
    page.type("3")
    page.press("Esc")
    found = sit.inspection(inspection)
    assert (found.opened.time, found.opened.date) == (time(7, 15), date(2026, 11, 26))
    decision = found.team_decision
    assert (decision.number, decision.date, decision.issuer) == ("12/QĐ-UBND", date(2026, 2, 1), "UBND tỉnh")
    assert (found.header.recipients, found.header.copies) == (("Như trên;", "Lưu: VT"), 3)
    assert found.conflicts == ()


def test_the_head_of_an_earlier_inspection_is_copied_in_one_act(sit: Sitting, show: Show, inspection: str) -> None:
    other = sit.begin(visit_date="2026-10-01")
    sit.act("edit_inspection", other, team_name="Đoàn kiểm tra CCHC", place="Cái Bè", recipients=["Lưu: VT"])
    page = People(sit, show, inspection)
    page.go("inspection", inspection, "team_name")
    page.tab.sheet.copy.click()
    sit.settle()
    head = sit.inspection(inspection).header
    assert (head.team_name, head.place, head.recipients) == ("Đoàn kiểm tra CCHC", "Cái Bè", ("Lưu: VT",))
    assert page.tab.sheet.fields["place"].text() == "Cái Bè"
    sit.session.undo()
    sit.settle()
    assert sit.inspection(inspection).header.team_name is None


def test_a_head_the_office_saved_is_used(sit: Sitting, show: Show, inspection: str) -> None:
    sit.act("save_letterhead", name="Đoàn số 1", team_name="Đoàn kiểm tra số 1", copies=4)
    page = People(sit, show, inspection)
    page.go("inspection", inspection, "team_name")
    page.tab.sheet.copy.click()
    sit.settle()
    head = sit.inspection(inspection).header
    assert (head.team_name, head.copies) == ("Đoàn kiểm tra số 1", 4)


def test_the_models_keep_qts_rules(sit: Sitting, show: Show, inspection: str) -> None:
    page = People(sit, show, inspection)
    model = page.tab.cards["team_member"].model
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    sit.act("add_member", inspection, name="Em", role="member")
    sit.settle()
    page.press("Alt+Down", "Space", "Ctrl+Delete")
    assert [name for name, _ in page.said("team_member")] == ["Bình", "Chi", "Em"]
    del tester


def test_after_the_signature_nothing_can_be_changed(demo: Sitting, show: Show) -> None:
    page = People(demo, show, demo.named("Trà Điền"))
    before = demo.inspection(page.inspection)
    assert hints(page)[:3] == ["Xem", "Chọn", "Mở"]
    assert not page.tab.counts.to_finding.isVisible()
    page.press("Space", "Ctrl+Delete", "Ctrl+N", "F2")
    panel = page.tab.panel("team_member")
    assert all(field.is_read_only() for field in panel.fields.values())
    assert all(pick.picker.property("record") and not pick.picker.isEnabled() for pick in panel.picks.values())
    assert not panel.acts["sign"].isVisible()
    page.go("inspection", page.inspection, "number")
    assert all(field.is_read_only() for field in page.tab.sheet.fields.values())
    assert demo.inspection(page.inspection) == before


@pytest.mark.every_screen
@pytest.mark.parametrize(("theme", "language", "scale", "size"), TAB_LOOKS)
def test_no_words_are_cut_covered_unnamed_or_untranslated(
    demo: Sitting,
    show: Show,
    qapp: Application,
    theme: Theme,
    language: LanguageCode,
    scale: int,
    size: tuple[int, int],
) -> None:
    qapp.choose(theme=theme, language=language, scale=scale)
    page = People(demo, show, demo.named("Sở Xây dựng"), size)
    found = walker.faults(page.window)
    page.press("F2")
    found += walker.faults(page.window)
    page.go("inspection", page.inspection, "number")
    assert found + walker.faults(page.window) == []
