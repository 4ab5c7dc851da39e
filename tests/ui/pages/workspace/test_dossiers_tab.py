"""The dossiers of a sample: typed, judged, pasted, imported, filtered; what is stored is what was typed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from inspector.domain.inspection import DossierRow
from inspector.ui.actions import Acts
from inspector.ui.application import Application
from inspector.ui.language import LanguageCode
from inspector.ui.pages.workspace.dossiers.preview_sheet import PreviewSheet
from inspector.ui.pages.workspace.dossiers.tab import DossiersTab
from inspector.ui.pages.workspace.open_inspection import OpenInspection
from inspector.ui.painting import Mark
from inspector.ui.theme import Theme, look
from inspector.ui.where import Screen, Tab, Where
from inspector.ui.widgets.text import CutText
from tests.demonstrations import copy
from tests.ui import walker
from tests.ui.fields import Show
from tests.ui.sittings import Sitting, sitting
from tests.ui.typing import compose, press, type_text


@dataclass
class Desk:
    """A window with the tab over one inspection."""

    at: Sitting
    inspection: str
    opened: OpenInspection
    window: QWidget
    tab: DossiersTab

    def stored(self) -> tuple[DossierRow, ...]:
        return self.at.inspection(self.inspection).dossiers

    def focus(self) -> QWidget:
        found = QGuiApplication.focusObject()
        assert isinstance(found, QWidget)
        return found

    def type(self, text: str) -> None:
        type_text(self.focus(), text)

    def press(self, *keys: str) -> None:
        for key in keys:
            press(self.focus(), key)

    def cells(self, place: int) -> list[str]:
        grid = self.tab.table.grid
        return [str(grid.index(place, column).data()) for column in range(grid.columnCount())]

    def here(self) -> tuple[int, str]:
        index = self.tab.table.currentIndex()
        return index.row(), self.tab.table.grid.column_of(index).key

    def overlay(self) -> PreviewSheet:
        (found,) = [sheet for sheet in self.window.findChildren(PreviewSheet) if sheet.isVisible()]
        return found


def open_tab(at: Sitting, show: Show, inspection: str) -> Desk:
    window = QWidget()
    window.resize(1286, 560)
    opened = OpenInspection(at.session, window)
    opened.open(inspection)
    at.settle()
    tab = DossiersTab(at.session, Acts(window), opened, window)
    rows = QVBoxLayout(window)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.addWidget(tab)
    show(window)
    at.settle()
    tab.arrive(Where(Screen.WORKSPACE, inspection, Tab.DOSSIERS))
    return Desk(at, inspection, opened, window, tab)


@pytest.fixture
def desk(sit: Sitting, show: Show) -> Desk:
    return open_tab(sit, show, sit.begin())


@pytest.fixture
def filled(sit: Sitting, show: Show) -> Desk:
    inspection = sit.begin()
    day = {"received": "2026-10-05", "due": {"date": "2026-10-19"}, "control_slip": True}
    sit.act("add_dossier", inspection, code="H1", procedure="Khai sinh", returned={"date": "2026-10-19"}, **day)
    sit.act("add_dossier", inspection, code="H2", area="Đất đai", returned={"date": "2026-10-30"}, **day)
    return open_tab(sit, show, inspection)


def test_a_row_is_typed_along_and_stored_letter_by_letter(desk: Desk) -> None:
    assert desk.here() == (0, "code")
    desk.type("H20.52-261005-0142")
    desk.press("Tab")
    compose(desk.focus(), ["đ", "đâ", "đất"], "đất")
    desk.type(" đai")
    desk.press("Tab")
    desk.type("Đăng ký biến động")
    desk.press("Tab")
    desk.type("5/10/26")
    desk.press("Tab")
    desk.type("191026")
    desk.press("Tab")
    desk.type("30/10/2026 16:30")
    desk.press("Tab")
    assert desk.here() == (0, "apology")
    desk.press("1", "Tab", "0", "Return")
    desk.at.settle()
    (row,) = desk.stored()
    assert (row.code, row.area, row.procedure) == ("H20.52-261005-0142", "đất đai", "Đăng ký biến động")
    assert (str(row.received), str(row.due.date)) == ("2026-10-05", "2026-10-19")
    assert (str(row.returned.date), str(row.returned.time)) == ("2026-10-30", "16:30:00")
    assert (row.apology, row.control_slip) == (True, False)
    assert desk.cells(0)[4:8] == ["05/10/26", "19/10/26", "30/10/26", "9"]
    assert desk.tab.table.grid.index(0, 6).data(Qt.ItemDataRole.ToolTipRole) == "30/10/26 16:30"
    assert desk.at.inspection(desk.inspection).conflicts == ()
    assert desk.here() == (1, "code")


def test_typing_on_while_the_row_is_stored_loses_nothing(desk: Desk) -> None:
    for number in range(5):
        desk.type(f"H{number}")
        desk.press("Tab")
        desk.type(f"Lĩnh vực {number}")
        desk.press("Return")
        assert desk.tab.table.currentIndex().isValid()
        desk.at.settle()
        desk.tab.add()
    assert [(row.code, row.area) for row in desk.stored()] == [(f"H{n}", f"Lĩnh vực {n}") for n in range(5)]


def test_other_cells_wait_for_the_code_as_drafts(desk: Desk) -> None:
    desk.press("Tab")
    desk.type("Hộ tịch")
    desk.press("Shift+Tab")
    desk.at.settle()
    assert desk.stored() == ()
    assert [text for place, text in drafts(desk)] == ["Hộ tịch"]
    desk.type("H9")
    desk.press("Return")
    desk.at.settle()
    assert [(row.code, row.area) for row in desk.stored()] == [("H9", "Hộ tịch")]
    assert drafts(desk) == []


def test_what_was_typed_into_the_blank_row_comes_back_after_a_crash(
    qtbot: QtBot, show: Show, empty_template: Path, fast_tmp: Path
) -> None:
    folder = copy(empty_template, fast_tmp / "home")
    with sitting(folder, qtbot) as first:
        inspection = first.begin()
        for field, text in (("area", "Hộ tịch"), ("code", "H20-00")):
            first.session.keep_draft((inspection, "dossier", "new", field), text, ())
        first.settle()
    with sitting(folder, qtbot) as second:
        second.session.load_drafts(lambda _found: None)
        second.settle()
        desk = open_tab(second, show, inspection)
        assert desk.cells(0)[1:3] == ["H20-00", "Hộ tịch"]
        desk.press("F2")
        desk.type("1")
        desk.press("Return")
        second.settle()
        assert [(row.code, row.area) for row in desk.stored()] == [("H20-001", "Hộ tịch")]
        assert drafts(desk) == []
        desk.window.close()


def test_a_cell_is_saved_where_it_was_typed_when_another_inspection_comes(filled: Desk) -> None:
    other = filled.at.begin()
    filled.at.act("add_dossier", other, code="K1")
    filled.tab.table.go_to(filled.tab.table.grid.id_at(0), "area")
    filled.type("Hộ tịch")
    filled.opened.open(other)
    filled.at.settle()
    assert filled.here() == (0, "code")
    assert filled.cells(0)[1] == "K1"
    assert filled.stored()[0].area == "Hộ tịch"
    assert filled.at.inspection(other).dossiers[0].area is None


def test_a_late_dossier_is_red_with_its_sign_and_counted(filled: Desk) -> None:
    grid = filled.tab.table.grid
    late = grid.cell(grid.index(1, 7))
    assert (str(late.text), late.tone, late.strong, late.sign is not None) == ("9", "no", True, True)
    assert filled.tab.summary.entered.number.text() == "2/2"
    assert filled.tab.summary.late.number.text() == "1"
    assert filled.tab.summary.ratio.number.text() == "50 %"
    assert filled.tab.summary.ratio.mark is not None
    assert filled.tab.summary.ratio.mark.mark is Mark.NOT_MET


def test_what_a_column_often_says_is_whole_in_it(desk: Desk) -> None:
    table = desk.tab.table
    often = {"area": "Người có công", "late": "đang nhập", "code": "H98.151-261022-0017"}
    for place, column in enumerate(table.grid.columns):
        words = QFontMetrics(look().font()).horizontalAdvance(often.get(column.key, ""))
        assert words + 2 * 8 <= table.columnWidth(place), column.key


def test_dossiers_handed_over_are_said_to_be_apart(filled: Desk) -> None:
    for row in filled.stored():
        filled.at.act("edit_dossier", filled.inspection, dossier=row.id, control_slip=True)
    filled.at.act("edit_dossier", filled.inspection, dossier=filled.stored()[0].id, origin="handed_over")
    filled.at.settle()
    assert filled.tab.summary.entered.number.text() == "2/2"
    assert filled.tab.summary.entered.words.text() == "hồ sơ đã nhập, 1 bàn giao"


def test_figures_go_only_where_they_have_no_room(filled: Desk) -> None:
    filled.at.act("edit_dossier", filled.inspection, dossier=filled.stored()[0].id, control_slip=False)
    filled.at.settle()
    summary = filled.tab.summary
    least = (summary.late, summary.without_apology, summary.no_slip)
    for width, there in ((1286, [True, True, True]), (860, [True, True, True]), (600, [True, True, False])):
        filled.window.resize(width, 400)
        QApplication.processEvents()
        assert [figure.isVisible() for figure in least] == there, width


def test_the_name_of_the_item_is_whole_beside_the_figures(filled: Desk) -> None:
    (head,) = [part for part in filled.tab.summary.findChildren(CutText) if part.text() == "Kết quả mục III.5"]
    for width in (1041, 1010):
        filled.window.resize(width, 400)
        for _ in range(3):
            QApplication.processEvents()
        assert head.toolTip() == "", width
    assert head.isVisible()


def test_the_blank_row_says_what_it_is_for_until_one_types(desk: Desk) -> None:
    table = desk.tab.table
    place = table.visualRect(table.grid.index(0, 2)).adjusted(0, 4, 0, -4)

    def is_empty() -> bool:
        drawn = table.viewport().grab(place).toImage()
        return len({drawn.pixel(x, y) for x in range(drawn.width()) for y in range(drawn.height())}) == 1

    assert table.accessibleDescription() == "Gõ mã hồ sơ đầu tiên, hoặc nhập từ Excel."
    assert not is_empty()
    desk.type("H")
    assert is_empty()


def test_an_unfinished_row_is_said_to_be_and_leaves_the_rate(filled: Desk) -> None:
    filled.at.act("add_dossier", filled.inspection, code="H3", received="2026-10-06")
    filled.at.settle()
    assert filled.cells(2)[7] == "đang nhập"
    assert filled.tab.summary.entered.number.text() == "2/3"


def test_returned_before_received_stands_under_the_cell(filled: Desk) -> None:
    filled.tab.table.go_to(filled.tab.table.grid.id_at(0), "returned")
    filled.type("01/10/26")
    filled.press("Tab")
    filled.at.settle()
    assert filled.tab.table.grid.problems(0) == [(6, "Ngày trả trước ngày tiếp nhận")]
    assert str(filled.stored()[0].returned.date) == "2026-10-01"


def test_a_code_that_is_there_already_is_not_written(filled: Desk) -> None:
    filled.tab.add()
    filled.type("h1")
    filled.press("Tab")
    filled.at.settle()
    assert len(filled.stored()) == 2
    assert filled.tab.table.grid.problems(2) == [(1, "Mã này đã có ở dòng 1")]


def test_the_cell_above_is_copied_and_a_row_removed_and_brought_back(filled: Desk) -> None:
    second = filled.tab.table.grid.id_at(1)
    filled.tab.table.go_to(second, "procedure")
    filled.press("Ctrl+D")
    filled.at.settle()
    assert filled.stored()[1].procedure == "Khai sinh"
    filled.press("Ctrl+Delete")
    filled.at.settle()
    assert [row.code for row in filled.stored()] == ["H1"]
    filled.at.session.undo()
    filled.at.settle()
    assert [row.code for row in filled.stored()] == ["H1", "H2"]


def test_a_table_from_excel_is_looked_at_and_taken_whole(desk: Desk) -> None:
    heading = "Mã hồ sơ\tTiếp nhận\tHẹn trả\tThực trả\tPhiếu KS\r\n"
    body = "H7\t05/10/2026\t06/10/2026\t06/10/2026\tCó\r\nH8\t05/10/2026\t06/10/2026\t\tKhông\r\n"
    QGuiApplication.clipboard().setText(heading + body)
    desk.press("Ctrl+V")
    desk.at.settle()
    assert desk.stored() == ()
    desk.press("Return")
    desk.at.settle()
    assert [(row.code, row.control_slip) for row in desk.stored()] == [("H7", True), ("H8", False)]


def test_a_table_with_a_problem_is_not_taken_at_all(filled: Desk) -> None:
    filled.tab.add()
    QGuiApplication.clipboard().setText("H5\tĐất đai\tKhai sinh\t31/2/2026\nH1\tHộ tịch\tKhai tử\t5/10/2026")
    filled.press("Ctrl+V")
    filled.at.settle()
    sheet = filled.overlay()
    assert not sheet.take.isEnabled()
    assert [sheet.table.grid.problems(place) for place in range(2)] == [
        [(4, "Tháng 2/2026 không có ngày 31")],
        [(1, "Mã này đã có trong bảng")],
    ]
    filled.press("Escape")
    filled.at.settle()
    assert len(filled.stored()) == 2


def test_pasting_over_rows_changes_them(filled: Desk) -> None:
    filled.tab.table.go_to(filled.tab.table.grid.id_at(0), "area")
    QGuiApplication.clipboard().setText("Hộ tịch\tA\nĐất đai\tB")
    filled.press("Ctrl+V")
    filled.at.settle()
    filled.press("Return")
    filled.at.settle()
    assert [(row.area, row.procedure) for row in filled.stored()] == [("Hộ tịch", "A"), ("Đất đai", "B")]
    assert filled.at.inspection(filled.inspection).conflicts == ()


def test_a_list_of_the_office_is_imported(desk: Desk, fast_tmp: Path) -> None:
    file = fast_tmp / "hồ sơ.csv"
    file.write_text("Danh sách\n\nSố hồ sơ,Lĩnh vực,Ngày hẹn trả\n001,Đất đai,30/10/2026\n002,Hộ tịch,\n", "utf-8")
    desk.at.prompter.answers.append([file])
    desk.tab.import_act.trigger()
    desk.at.settle()
    desk.press("Return")
    desk.at.settle()
    assert [(row.code, str(row.due.date)) for row in desk.stored()] == [("001", "2026-10-30"), ("002", "None")]


def test_the_filter_narrows_without_marks_and_says_so(filled: Desk) -> None:
    press(filled.window, "Ctrl+F")
    filled.type("dat dai")
    assert [filled.tab.table.grid.id_at(0)] == [filled.stored()[1].id]
    assert len(filled.tab.table.grid.rows()) == 1
    filled.type(" không có")
    assert len(filled.tab.table.grid.rows()) == 0


def test_how_the_sample_was_drawn_is_kept(filled: Desk) -> None:
    for field, text in (
        (filled.tab.method, "Ngẫu nhiên"), (filled.tab.population, "2.958"), (filled.tab.chosen_by, "Võ Quốc Bảo"),
    ):  # fmt: skip
        field.editor.setFocus()
        type_text(field.editor, text)
    filled.tab.table.setFocus()
    filled.at.settle()
    (sample,) = filled.at.inspection(filled.inspection).samples.values()
    assert (sample.method, sample.population, sample.chosen_by) == ("Ngẫu nhiên", 2958, "Võ Quốc Bảo")


def test_on_a_narrow_page_how_the_sample_was_drawn_is_folded_away(filled: Desk) -> None:
    filled.window.resize(860, 400)
    QApplication.processEvents()
    assert not filled.tab.method.isVisible()
    filled.tab._unfold.setFocus()
    filled.press("Return")
    assert filled.tab.method.editor.hasFocus()
    filled.window.resize(1286, 400)
    QApplication.processEvents()
    assert filled.tab.method.isVisible()
    assert not filled.tab._unfold.isVisible()


def test_an_hour_is_kept_though_the_cell_shows_the_day(filled: Desk) -> None:
    first = filled.stored()[1].id
    filled.at.act("edit_dossier", filled.inspection, dossier=first, returned={"date": "2026-10-30", "time": "16:30"})
    filled.at.settle()
    filled.tab.table.go_to(first, "returned")
    assert filled.tab.table.editor.text() == "30/10/26 16:30"
    filled.press("Return")
    filled.at.settle()
    assert str(filled.stored()[1].returned.time) == "16:30:00"


def test_totals_alone_are_written_where_no_dossier_is_listed(desk: Desk) -> None:
    desk.tab.totals.open_button.click()
    for name, count in (("checked", "30"), ("late", "2")):
        desk.tab.totals.fields[name].editor.setFocus()
        desk.type(count)
    desk.tab.table.setFocus()
    desk.at.settle()
    (sample,) = desk.at.inspection(desk.inspection).samples.values()
    assert sample.totals is not None
    assert (sample.totals.checked, sample.totals.late) == (30, 2)
    assert desk.at.inspection(desk.inspection).conflicts == ()


def test_years_without_a_calendar_are_named(filled: Desk) -> None:
    filled.tab.table.go_to(filled.tab.table.grid.id_at(0), "returned")
    filled.type("05/01/2150")
    filled.press("Tab")
    filled.at.settle()
    assert "2150" in filled.tab._calendar.text()


def test_another_laptops_change_leaves_the_open_cell_alone(filled: Desk) -> None:
    first = filled.tab.table.grid.id_at(0)
    filled.tab.table.go_to(first, "procedure")
    filled.press("F2")
    filled.type(" lại")
    filled.at.act("edit_dossier", filled.inspection, dossier=first, area="Hộ tịch")
    filled.at.settle()
    assert filled.tab.table.editor.text() == "Khai sinh lại"
    assert filled.cells(0)[2] == "Hộ tịch"
    filled.press("Tab")
    filled.at.settle()
    assert filled.stored()[0].procedure == "Khai sinh lại"


def test_what_people_disagree_about_carries_its_sign(filled: Desk) -> None:
    first = filled.stored()[0].id
    place = f"dossier/{first}/area"
    for area in ("Hộ tịch", "Đất đai"):
        filled.at.desk.perform(
            "edit_dossier", {"dossier": first, "area": area}, inspection=filled.inspection, seen={place: ()}
        )
    filled.at.settle()
    assert filled.at.inspection(filled.inspection).conflicts == (place,)
    grid = filled.tab.table.grid
    assert grid.cell(grid.index(0, 2)).sign is Mark.DISAGREED
    assert "Chưa thống nhất" in str(grid.index(0, 2).data(Qt.ItemDataRole.ToolTipRole))


def test_a_finding_begins_from_the_sample(filled: Desk) -> None:
    press(filled.window, "F9")
    filled.at.settle()
    (finding,) = filled.at.inspection(filled.inspection).findings
    assert (finding.kind, finding.item is not None) == ("shortcoming", True)
    assert filled.at.gone[-1].record == finding.id


@pytest.mark.every_screen
@pytest.mark.parametrize(
    ("theme", "language", "scale", "size"),
    [
        ("light", "vi", 100, (1286, 560)),
        ("dark", "en", 100, (1040, 440)),
        ("light", "vi", 150, (1286, 560)),
        ("dark", "vi", 100, (860, 330)),
    ],
)
def test_nothing_is_cut_or_covered(
    filled: Desk, qapp: Application, theme: Theme, language: LanguageCode, scale: int, size: tuple[int, int]
) -> None:
    qapp.choose(theme=theme, language=language, scale=scale)
    filled.window.resize(*size)
    for _ in range(3):
        QApplication.processEvents()
    assert walker.faults(filled.window) == []


def drafts(desk: Desk) -> list[tuple[str, str]]:
    return [(str(kept.field), kept.text) for kept in desk.at.desk.workspace.drafts(desk.inspection)]
