"""Answering a checklist by keys: what a person sees, and what is stored."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QWidget

from inspector.domain.ids import natural_id
from inspector.services.comments import comments
from inspector.services.desk import Desk
from inspector.ui.application import Application
from inspector.ui.language import LanguageCode
from inspector.ui.pages.workspace.contents.board import Saved
from inspector.ui.pages.workspace.contents.tab import ContentsTab
from inspector.ui.painting import Mark
from inspector.ui.where import Screen, Tab, Where
from tests.ui import walker
from tests.ui.alone import workspace
from tests.ui.fields import Show
from tests.ui.sittings import Sitting
from tests.ui.typing import compose, press, rewrite, type_text


class Screenful:
    """The first tab of an inspection in a window, and the keys a person presses there."""

    def __init__(self, at: Sitting, show: Show, inspection: str, width: int = 1366, height: int = 698) -> None:
        self.at, self.inspection = at, inspection
        where = Where(Screen.WORKSPACE, inspection)
        self.window, self.page = workspace(at, show, where, width, height)

    @property
    def tab(self) -> ContentsTab:
        tab = self.page.current_tab()
        assert isinstance(tab, ContentsTab)
        return tab

    def press(self, *keys: str) -> Screenful:
        """One key after the other, where the focus is."""
        for key in keys:
            press(self.focus, key)
        return self

    def settle(self) -> Screenful:
        self.at.settle()
        return self

    @property
    def focus(self) -> QWidget:
        return self.window.focusWidget() or self.window

    def is_at(self, widget: QWidget) -> bool:
        """The focus is there."""
        return self.focus is widget

    @property
    def code(self) -> str:
        """The number of the selected item."""
        line = self.tab.board.line(self.tab.items.list.key())
        return line.code if line is not None else ""

    def mark(self, code: str) -> Mark:
        return next(line.mark for line in self.tab.board.lines if line.code == code)

    def go_to(self, code: str) -> Screenful:
        self.tab.go_to(next(line.key for line in self.tab.board.lines if line.code == code))
        self.tab.items.list.setFocus()
        return self

    def unseen(self, name: str, **arguments: object) -> None:
        """An act that saw nothing of what stands, done by another program over the same workspace."""
        elsewhere = Desk(self.at.desk.workspace, self.at.desk.library)
        checklist = self.tab.opened.checklist
        assert checklist is not None
        item = next(item for item in checklist.items if item.code == arguments["item"])
        record = natural_id(self.inspection, "answer", item.key)
        seen: dict[str, tuple[str, ...]] = {f"answer/{record}/{field}": () for field in ("result", "remark")}
        elsewhere.perform(name, arguments, inspection=self.inspection, seen=seen)

    def arrived(self) -> Screenful:
        """What was written elsewhere is read."""
        self.tab.opened.changed_elsewhere(frozenset({"answer"}))
        return self.settle()

    @staticmethod
    def texts(root: QWidget) -> list[str]:
        """What a person reads there."""
        found = [getattr(widget, "text", str)() for widget in walker.visible(root)]
        return [text for text in found if text]

    def answer(self, code: str) -> dict[str, object]:
        """What is stored of an item, empty parts left out."""
        checklist = self.tab.opened.checklist
        assert checklist is not None
        item = next(item for item in checklist.items if item.code == f"X-{code}")
        record = natural_id(self.inspection, "answer", item.key)
        found = self.at.values(self.inspection, "answer", record)
        return {name: value for name, value in found.items() if name != "item"}


@pytest.fixture
def desk(sit: Sitting, show: Show) -> Screenful:
    return Screenful(sit, show, sit.begin())


def test_the_first_item_not_checked_is_at_hand(desk: Screenful) -> None:
    assert desk.code == "I.1"
    assert desk.is_at(desk.tab.items.list)
    assert desk.tab.detail.item is not None


def test_a_run_of_answers_is_a_run_of_keys(desk: Screenful) -> None:
    desk.go_to("I.6").press("1", "2").settle()
    assert (desk.code, desk.mark("I.6"), desk.mark("I.7")) == ("I.8", Mark.MET, Mark.PARTLY)
    assert desk.answer("I.6") == {"result": {"value": "day_du"}}
    assert desk.answer("I.7") == {"result": {"value": "mot_phan"}}
    assert [str(done.words) for done in desk.at.done] == [
        "Đã chọn Đạt đầy đủ cho mục I.6",
        "Đã chọn Đạt một phần cho mục I.7",
    ]


def test_one_answer_with_its_remark_is_four_acts(desk: Screenful) -> None:
    desk.press("2", "Return")
    assert desk.code == "I.1"
    assert desk.is_at(desk.tab.detail.remark.editor)
    rewrite(desk.focus, "Kế hoạch ba", 1, "an hành")
    desk.press("Ctrl+Return").settle()
    assert desk.answer("I.1") == {"result": {"value": "mot_phan"}, "remark": "Kế hoạch ban hành"}
    assert desk.code == "I.2"
    assert desk.is_at(desk.tab.items.list)


def test_enter_goes_to_the_selected_item_once_an_arrow_was_pressed(desk: Screenful) -> None:
    desk.go_to("I.6").press("1", "Down", "Up", "Return")
    assert desk.code == "I.7"


def test_an_answer_is_undone_by_its_name(desk: Screenful) -> None:
    desk.press("1").settle()
    desk.at.session.undo()
    desk.settle()
    assert desk.mark("I.1") is Mark.UNCHECKED


def test_results_by_alt_keep_the_caret_in_the_remark(desk: Screenful) -> None:
    desk.press("Return")
    compose(desk.focus, ["đ", "đạ"], "đạt")
    desk.press("Alt+3").settle()
    assert desk.is_at(desk.tab.detail.remark.editor)
    assert desk.answer("I.1") == {"result": {"value": "khong"}, "remark": "đạt"}


def test_escape_goes_back_to_the_list_and_commits(desk: Screenful) -> None:
    desk.press("Return")
    type_text(desk.focus, "đủ")
    desk.press("Esc").settle()
    assert desk.is_at(desk.tab.items.list)
    assert desk.answer("I.1") == {"remark": "đủ"}


def test_a_result_that_the_item_does_not_have_says_so(desk: Screenful) -> None:
    desk.go_to("I.9").press("2").settle()
    assert (desk.code, desk.answer("I.9")) == ("I.9", {})
    assert str(desk.tab.detail.result.note.words()) == "Mục này chỉ có: Có / Không"


def test_not_applicable_says_why_it_is_closed(desk: Screenful) -> None:
    desk.go_to("I.1").press("0").settle()
    assert str(desk.tab.detail.result.note.words()).startswith("Mục này bắt buộc kiểm tra")
    assert desk.answer("I.1") == {}


def test_not_applicable_asks_its_reason_in_its_place(desk: Screenful) -> None:
    desk.go_to("I.5").press("Alt+0")
    assert desk.is_at(desk.tab.detail.result.reason.editor)
    type_text(desk.focus, "Chưa có vấn đề nào")
    desk.press("Esc").settle()
    assert desk.answer("I.5") == {"result": {"not_applicable": True, "reason": "Chưa có vấn đề nào"}}
    assert desk.mark("I.5") is Mark.NOT_APPLICABLE


def test_without_a_reason_nothing_happened(desk: Screenful) -> None:
    desk.go_to("I.5").press("Alt+0", "Esc").settle()
    assert (desk.answer("I.5"), desk.tab.detail.result.reason.isVisible()) == ({}, False)


def test_digits_begin_the_figures_and_enter_ends_them(desk: Screenful) -> None:
    desk.go_to("I.2").press("2")
    type_text(desk.focus, "7")
    assert desk.is_at(desk.tab.detail.figures.top.editor)
    desk.press("Tab")
    type_text(desk.focus, "33")
    assert desk.tab.detail.figures.rate.text() == "81,82 %"
    desk.press("Return").settle()
    assert desk.answer("I.2") == {"result": {"numerator": 27, "denominator": 33}}
    assert desk.is_at(desk.tab.items.list)
    assert (desk.code, desk.mark("I.2")) == ("I.3", Mark.PARTLY)


def test_a_count_is_typed_from_the_list(desk: Screenful) -> None:
    desk.go_to("I.3").press("0", "Return").settle()
    assert desk.answer("I.3") == {"result": {"count": 0}}
    assert desk.mark("I.3") is Mark.MET


@pytest.mark.parametrize(
    ("top", "bottom", "said"),
    [
        ("5", "0", "Không có hồ sơ nào để tính; chọn Không áp dụng hoặc nhập lại mẫu số."),
        ("9", "5", "Tử số lớn hơn mẫu số. Xem lại hai số."),
    ],
)
def test_odd_figures_stay_as_typed(desk: Screenful, top: str, bottom: str, said: str) -> None:
    desk.go_to("I.5").press(top, "Tab")
    type_text(desk.focus, bottom)
    desk.press("Return").settle()
    desk.go_to("I.5")
    figures = desk.tab.detail.figures
    assert str(figures.note.words()) == said
    assert (figures.top.text(), figures.bottom.text()) == (top, bottom)


def test_the_reached_step_is_marked(desk: Screenful) -> None:
    desk.go_to("I.2").press("8", "Tab")
    type_text(desk.focus, "10")
    assert desk.tab.detail.figures.steps.accessibleDescription() == "Từ 80 % đến dưới 100 %"


def test_source_and_time_of_figures_are_kept(desk: Screenful) -> None:
    desk.go_to("I.2")
    desk.tab.detail.sources.source.setFocus()
    type_text(desk.focus, "Hệ thống TTHC")
    desk.tab.detail.sources.at.setFocus()
    type_text(desk.focus, "08:40 26/11/2026")
    desk.press("Esc").settle()
    assert desk.answer("I.2") == {"figures_from": {"source": "Hệ thống TTHC", "extracted_at": "2026-11-26T08:40:00"}}


def test_evidence_is_ticked_as_seen(desk: Screenful) -> None:
    desk.go_to("I.6")
    first, second = desk.tab.detail.seen.ticks.values()
    for tick in (first, second):
        tick.setFocus()
        press(tick, "Space")
    desk.settle()
    assert desk.answer("I.6") == {
        "evidence_seen": ["Quyết định, thông báo phân công", "Danh sách tổ hỗ trợ theo thôn, tổ dân phố"]
    }
    press(first, "Space")
    desk.settle()
    assert desk.answer("I.6") == {"evidence_seen": ["Danh sách tổ hỗ trợ theo thôn, tổ dân phố"]}


def test_a_finding_begins_with_the_suggested_words(desk: Screenful) -> None:
    desk.press("3", "Up", "F9").settle()
    (finding,) = desk.at.inspection(desk.inspection).findings
    assert (finding.kind, finding.content) == (
        "shortcoming",
        "Kế hoạch sao chép, chưa sát nhiệm vụ mới tiếp nhận từ cấp huyện",
    )
    assert desk.at.gone[-1] == Where(Screen.WORKSPACE, desk.inspection, Tab.FINDINGS, "finding", finding.id, "content")


def test_findings_of_an_item_lead_to_their_tab(desk: Screenful) -> None:
    finding = desk.at.act("add_finding", desk.inspection, kind="shortcoming", item="X-I.1", content="Chậm")
    desk.settle()
    (link,) = desk.tab.detail.linked.links
    assert link.accessibleName() == "Tồn tại, hạn chế số 1: Chậm"
    link.setFocus()
    desk.press("Return")
    assert desk.at.gone[-1].record == finding


def test_moving_from_item_to_item_keeps_the_caret_in_the_remark(desk: Screenful) -> None:
    desk.press("Return")
    type_text(desk.focus, "một")
    desk.press("Ctrl+Down")
    type_text(desk.focus, "hai")
    desk.press("Ctrl+Up").settle()
    assert (desk.code, desk.tab.detail.remark.text()) == ("I.1", "một")
    assert desk.answer("I.2") == {"remark": "hai"}


def test_moving_goes_on_in_the_next_content(desk: Screenful) -> None:
    desk.go_to("I.10").press("Ctrl+Down")
    assert desk.code == "II.1"
    desk.press("Ctrl+Up")
    assert desk.code == "I.10"


def test_f8_goes_to_what_was_not_checked(desk: Screenful) -> None:
    desk.go_to("I.9").press("1").settle()
    desk.go_to("I.8").press("F8")
    assert desk.code == "I.10"
    desk.press("F8")
    assert desk.code == "II.1"
    desk.press("Shift+F8")
    assert desk.code == "I.10"


def test_a_saved_filter_keeps_its_rows_while_they_are_answered(desk: Screenful) -> None:
    desk.tab.contents.saved.go_to_first()
    desk.press("Return")
    assert len(desk.tab.items.list.items.lines) == 50
    desk.go_to("I.6").press("1").settle()
    assert (len(desk.tab.items.list.items.lines), desk.code) == (50, "I.7")
    assert len(desk.tab.board.of(Saved.UNCHECKED)) == 49


def test_the_filter_needs_no_marks(desk: Screenful) -> None:
    desk.press("Ctrl+F")
    type_text(desk.focus, "doi thoai")
    assert [line.code for line in desk.tab.items.list.items.lines] == ["I.9"]
    desk.press("Down")
    assert desk.is_at(desk.tab.items.list)
    assert desk.code == "I.9"
    desk.press("Ctrl+F", "Esc")
    assert (len(desk.tab.items.list.items.lines), desk.code) == (10, "I.9")


def test_nothing_found_offers_the_whole_checklist(desk: Screenful) -> None:
    desk.press("Ctrl+F")
    type_text(desk.focus, "giay hen")
    names = {widget.accessibleName() for widget in walker.visible(desk.tab.items)}
    assert "Không có mục nào khớp “giay hen”" in {getattr(w, "text", str)() for w in walker.visible(desk.tab.items)}
    assert {"Bỏ lọc", "Tìm ở mọi nội dung"} <= names


def test_my_part_says_when_nobody_of_the_team_has_my_name(desk: Screenful) -> None:
    desk.tab.contents.saved.setCurrentIndex(desk.tab.contents.saved.choices.index(2))
    shown = {getattr(widget, "text", str)() for widget in walker.visible(desk.tab.items)}
    assert "Trong Đoàn chưa có ai tên Bùi Thanh Hà" in shown


def test_my_part_is_what_i_answer_for(desk: Screenful) -> None:
    desk.at.act("add_member", desk.inspection, name="Bùi Thanh Hà", role="member", contents=["II", "IV"])
    desk.settle()
    desk.tab.contents.saved.setCurrentIndex(desk.tab.contents.saved.choices.index(2))
    assert {line.section for line in desk.tab.items.list.items.lines} == {"II", "IV"}


def test_the_lead_settles_what_nobody_checked(desk: Screenful) -> None:
    desk.at.prompter.answers.append("Hết giờ làm việc")
    desk.tab.contents.settle.click()
    desk.settle()
    assert desk.at.inspection(desk.inspection).unchecked_reason == "Hết giờ làm việc"


def test_a_result_is_taken_back(desk: Screenful) -> None:
    desk.press("1").settle()
    desk.press("Up", "Del").settle()
    assert desk.answer("I.1") == {}


def test_points_stand_only_where_they_are_adopted(desk: Screenful) -> None:
    assert not desk.tab.detail.scores.isVisible()
    desk.at.act("adopt_scoring_here", desk.inspection, scored=True)
    desk.at.act("answer_item", desk.inspection, item="X-I.1", result={"value": "mot_phan"})
    desk.settle()
    line = desk.tab.board.lines[0]
    assert (line.points, desk.tab.detail.scores.appraised.text()) == ("1/2", "1")


def test_another_score_keeps_the_answer_and_asks_its_reason(desk: Screenful) -> None:
    desk.at.act("adopt_scoring_here", desk.inspection, scored=True)
    desk.settle()
    desk.press("Alt+2").settle()
    desk.tab.detail.scores.appraised.setFocus()
    type_text(desk.focus, "1,5")
    desk.press("Esc").settle()
    assert desk.answer("I.1") == {"result": {"value": "mot_phan", "appraised_score": "1.5"}}
    assert desk.tab.detail.scores.reason.isVisible()
    assert desk.at.inspection(desk.inspection).answers["commune.steering.annual_plan"].appraised_score == Decimal("1.5")


def test_the_lead_writes_the_final_score(desk: Screenful) -> None:
    desk.at.act("adopt_scoring_here", desk.inspection, scored=True)
    desk.settle()
    desk.tab.detail.scores.final.setFocus()
    type_text(desk.focus, "1,75")
    desk.press("Esc").settle()
    assert desk.answer("I.1") == {"final_score": "1.75"}
    assert desk.tab.board.lines[0].points == "1,75/2"


def test_fed_items_lead_to_their_records(desk: Screenful) -> None:
    desk.go_to("V.4").press("5")
    assert desk.at.gone[-1].tab is Tab.PEOPLE


def test_an_item_and_a_field_of_it_can_be_gone_to(desk: Screenful) -> None:
    desk.page.arrive(
        Where(Screen.WORKSPACE, desk.inspection, Tab.CONTENTS, "item", "commune.institutions.own_documents", "remark")
    )
    assert desk.code == "II.1"
    assert desk.is_at(desk.tab.detail.remark.editor)


def test_a_signed_one_is_read_only(demo: Sitting, show: Show) -> None:
    signed = next(row.space for row in demo.desk.workspace.inspections() if row.signed)
    desk = Screenful(demo, show, signed)
    before = desk.at.inspection(signed).answers
    desk.press("1", "Alt+2", "Del").settle()
    assert desk.at.inspection(signed).answers == before
    assert desk.tab.detail.remark.is_read_only()
    assert "Chưa kiểm tra" in desk.texts(desk.tab.detail.result)
    hints = {str(act.hint) for act in desk.page.acts.hints(desk.focus)}
    assert not {"Ghi phát hiện", "Ghi và sang mục sau"} & hints


def test_a_long_name_of_a_content_is_whole_in_the_head(desk: Screenful) -> None:
    desk.settle()
    assert desk.tab.items.title.text() == "I. Công tác chỉ đạo, điều hành CCHC"
    assert desk.tab.items.title.toolTip() == ""


@pytest.mark.parametrize(("width", "height", "margin"), [(1366, 698, 20), (1093, 558, 20), (911, 465, 12)])
def test_what_scrolls_ends_where_the_rest_ends(sit: Sitting, show: Show, width: int, height: int, margin: int) -> None:
    desk = Screenful(sit, show, sit.begin(), width, height)
    desk.go_to("I.2").settle()
    detail = desk.tab.detail

    def right(part: QWidget) -> int:
        return part.mapTo(detail, part.rect().topRight()).x()

    assert detail.width() - 1 - right(detail.figures) == margin
    assert right(detail.remark) == right(detail.figures)


def test_where_people_disagree_both_opinions_are_read(desk: Screenful) -> None:
    for value in ("day_du", "khong"):
        desk.unseen("answer_item", item="X-I.6", result={"value": value})
    desk.arrived().go_to("I.6")
    said = [text for text in desk.texts(desk.tab.detail.opinions) if text.startswith("Bùi Thanh Hà")]
    assert sorted(said) == ["Bùi Thanh Hà: Chưa thực hiện", "Bùi Thanh Hà: Đạt đầy đủ"]
    assert desk.mark("I.6") is Mark.DISAGREED
    assert desk.page.strip.buttons[0].accessibleName() == "Nội dung, Đã kiểm tra 1/50"
    assert desk.tab.board.lines[5].opinions == 2


def test_nobody_settles_a_disagreement_by_answering(desk: Screenful) -> None:
    for value in ("day_du", "khong"):
        desk.unseen("answer_item", item="X-I.6", result={"value": value})
    desk.arrived().go_to("I.6").press("1", "Alt+2").settle()
    assert len(desk.at.inspection(desk.inspection).conflicts) == 1


def test_a_result_is_seen_where_only_the_remark_is_disagreed_on(desk: Screenful) -> None:
    desk.unseen("answer_item", item="X-I.6", result={"value": "khong"})
    for remark in ("một", "hai"):
        desk.unseen("remark_item", item="X-I.6", remark=remark)
    desk.arrived().go_to("I.6")
    bar = desk.tab.detail.result.bar
    assert [mark for mark in (Mark.MET, Mark.NOT_MET) if bar.button(mark).isChecked()] == [Mark.NOT_MET]


def test_f7_goes_to_what_is_disagreed_on(desk: Screenful) -> None:
    for remark in ("một", "hai"):
        desk.unseen("remark_item", item="X-VI.2", remark=remark)
    desk.arrived().press("F7")
    assert desk.code == "VI.2"
    assert {"Bùi Thanh Hà: một", "Bùi Thanh Hà: hai"} <= set(desk.texts(desk.tab.detail.opinions))


def test_a_value_from_elsewhere_is_told_and_touches_nothing(desk: Screenful) -> None:
    desk.press("Return")
    type_text(desk.focus, "đang gõ")
    desk.unseen("remark_item", item="X-I.1", remark="ý kiến khác")
    desk.arrived()
    assert "Bùi Thanh Hà vừa ghi ý kiến khác cho mục này" in desk.texts(desk.tab.detail.band)
    assert desk.tab.detail.remark.text() == "đang gõ"
    assert desk.is_at(desk.tab.detail.remark.editor)


def test_news_are_looked_at_and_put_away(desk: Screenful) -> None:
    desk.unseen("remark_item", item="X-I.1", remark="ý kiến khác")
    desk.arrived()
    (look,) = [widget for widget in walker.visible(desk.tab.detail.band) if widget.accessibleName() == "Xem"]
    look.setFocus()
    desk.press("Return")
    assert not desk.tab.detail.band.isVisible()
    assert desk.tab.detail.remark.text() == "ý kiến khác"


def test_own_acts_are_no_news(desk: Screenful) -> None:
    desk.press("Alt+1").settle()
    assert not desk.tab.detail.band.isVisible()


def test_what_an_earlier_sitting_left_comes_back_to_its_figure(desk: Screenful) -> None:
    desk.go_to("I.2")
    checklist = desk.tab.opened.checklist
    assert checklist is not None
    item = next(item for item in checklist.items if item.code == "X-I.2")
    place = desk.tab.answering.part(item, "result", "numerator").draft_place
    desk.at.session.keep_draft(place, "27", ())
    desk.settle().go_to("I.3").go_to("I.2")
    assert desk.tab.detail.figures.top.text() == "27"


def test_a_sheet_says_once_what_it_is(sit: Sitting, show: Show) -> None:
    desk = Screenful(sit, show, sit.begin(), 1093, 558)
    opener = next(each for each in walker.visible(desk.tab.detail) if each.accessibleName().startswith("Minh chứng"))
    opener.setFocus()
    desk.press("Return")
    assert desk.texts(desk.tab.detail.sheet).count("Minh chứng cần xem") == 1


def test_a_legal_basis_opens_its_text(desk: Screenful) -> None:
    link = desk.tab.detail.laws.links[0]
    link.setFocus()
    desk.press("Return")
    assert desk.tab.detail.sheet.isVisible()
    assert any(text.startswith("Nghị quyết số 76/NQ-CP") for text in desk.texts(desk.tab.detail.sheet))
    desk.press("Esc")
    assert desk.is_at(link)


def test_provisional_points_say_what_they_leave_out(desk: Screenful) -> None:
    assert "Điểm tạm tính" not in desk.texts(desk.tab.contents)
    desk.at.act("adopt_scoring_here", desk.inspection, scored=True)
    desk.at.act("answer_item", desk.inspection, item="X-I.1", result={"value": "day_du"})
    desk.settle()
    assert {"Điểm tạm tính", "100/100 · Xuất sắc", "Chưa gồm 49 mục chưa kiểm tra"} <= set(
        desk.texts(desk.tab.contents)
    )


def test_a_content_of_two_hundred_items_is_gone_through_by_keys(sit: Sitting, show: Show, tmp_path: Path) -> None:
    plain = next(found for found in sit.desk.library.checklists() if found.level == "commune")
    source = plain.items[0]
    items = tuple(
        replace(source, key=f"large.k{number}", code=f"X-{section}.{place}", section=section, max_points=Decimal("0.2"))
        for number, (section, place) in enumerate(
            [*(("I", place) for place in range(1, 201)), *(("II", place) for place in range(1, 301))]
        )
    )
    large = replace(plain, title="Bộ lớn", version="large", items=items, sections=plain.sections[:2])
    (tmp_path / "large.json").write_bytes(large.canonical)
    sit.act("adopt_checklist", path=str(tmp_path / "large.json"))
    desk = Screenful(sit, show, sit.begin(checklist=large.hash))
    assert len(desk.tab.items.list.items.lines) == 200
    desk.press("End", "1").settle()
    assert (desk.code, desk.mark("I.200")) == ("I.200", Mark.MET)
    desk.press("Ctrl+Down", "End")
    assert desk.code == "II.300"
    bar = desk.tab.items.list.verticalScrollBar()
    assert bar.value() == bar.maximum()


def test_models_are_sound(desk: Screenful) -> None:
    fail = QAbstractItemModelTester.FailureReportingMode.Fatal
    models = (desk.tab.items.list.items, desk.tab.contents.contents.choices, desk.tab.contents.saved.choices)
    testers = [QAbstractItemModelTester(model, fail) for model in models]
    desk.press("1", "2", "F8").settle()
    desk.tab.contents.contents.setCurrentIndex(desk.tab.contents.contents.choices.index(2))
    assert len(testers) == 3


def test_in_a_narrow_window_the_contents_drop_down(sit: Sitting, show: Show) -> None:
    desk = Screenful(sit, show, sit.begin(), width=911, height=442)
    assert not desk.tab.contents.isVisible()
    desk.tab.items.drop.setFocus()
    desk.press("Return")
    assert desk.is_at(desk.tab.contents.contents)
    desk.press("Down", "Return")
    assert desk.is_at(desk.tab.items.list)
    assert (desk.code, desk.tab.contents.isVisible()) == ("II.1", False)


def test_in_a_narrow_window_evidence_opens_as_a_sheet(sit: Sitting, show: Show) -> None:
    desk = Screenful(sit, show, sit.begin(), width=911, height=442)
    (button,) = [b for b in walker.visible(desk.tab.detail) if b.accessibleName() == "Minh chứng 0/1"]
    button.setFocus()
    desk.press("Return", "Space").settle()
    assert desk.answer("I.1") == {"evidence_seen": ["Kế hoạch CCHC năm"]}
    desk.press("Esc")
    assert desk.is_at(button)
    assert not desk.tab.detail.sheet.isVisible()


def test_in_the_smallest_window_one_pane_is_shown_at_a_time(sit: Sitting, show: Show) -> None:
    desk = Screenful(sit, show, sit.begin(), width=683, height=380)
    assert (desk.tab.items.isVisible(), desk.tab.detail.isVisible()) == (True, False)
    desk.press("Return")
    assert (desk.tab.items.isVisible(), desk.tab.detail.isVisible()) == (False, True)
    desk.press("Esc")
    assert desk.tab.items.isVisible()
    assert desk.is_at(desk.tab.items.list)


@pytest.mark.every_screen
@pytest.mark.parametrize(
    ("width", "height", "scale", "language", "code"),
    [
        (1366, 698, 100, "vi", "I.2"),
        (1366, 698, 100, "en", "III.5"),
        (911, 442, 100, "vi", "I.6"),
        (683, 380, 100, "en", "I.2"),
        (1366, 698, 150, "en", "I.3"),
        (1280, 698, 200, "vi", "I.6"),
    ],
)
def test_nothing_is_cut_covered_or_unnamed(
    sit: Sitting,
    show: Show,
    qapp: Application,
    width: int,
    height: int,
    scale: int,
    language: LanguageCode,
    code: str,
) -> None:
    qapp.choose(language=language, theme="dark" if scale == 150 else "light", scale=scale)
    desk = Screenful(sit, show, sit.begin(), width, height)
    desk.at.act("adopt_scoring_here", desk.inspection, scored=True)
    desk.settle().go_to(code).settle()
    assert walker.faults(desk.window) == []


def test_points_of_one_inspection_are_switched_on_and_off_again_by_name(desk: Screenful) -> None:
    (act,) = (act for act in desk.page.acts.all() if act.command.id == "score-here")
    assert (str(act.words), desk.at.inspection(desk.inspection).scored) == ("Chấm điểm cuộc kiểm tra này", False)
    act.trigger()
    desk.settle()
    assert (str(act.words), desk.at.inspection(desk.inspection).scored) == ("Thôi chấm điểm cuộc kiểm tra này", True)
    desk.at.session.undo()
    desk.settle()
    assert desk.at.inspection(desk.inspection).scored is False


def comment_on(desk: Screenful, code: str) -> list[str]:
    item = next(line.key for line in desk.tab.board.lines if line.code == code)
    record = natural_id(desk.inspection, "answer", item)
    return [said.text for said in comments(desk.at.desk, desk.inspection).get(("answer", record), ())]


@pytest.mark.parametrize(("width", "height"), [(1366, 698), (911, 442), (683, 380)])
def test_a_comment_on_an_item_is_written_by_its_command_in_any_window(
    sit: Sitting, show: Show, width: int, height: int
) -> None:
    desk = Screenful(sit, show, sit.begin(), width, height).go_to("I.2").settle()
    desk.page.acts.trigger("write-comment")
    type_text(desk.focus, "nhờ xem lại")
    desk.press("Return").settle()
    assert comment_on(desk, "I.2") == ["nhờ xem lại"]
    assert "nhờ xem lại" in desk.texts(desk.tab.detail)
    desk.page.arrive(Where(Screen.WORKSPACE, desk.inspection, Tab.CONTENTS, "item", "X-I.3", "comment"))
    desk.settle()
    type_text(desk.focus, "của mục sau")
    desk.press("Return").settle()
    assert comment_on(desk, "I.3") == ["của mục sau"]


def test_signed_minutes_may_still_be_talked_about(demo: Sitting, show: Show) -> None:
    signed = next(row.space for row in demo.desk.workspace.inspections() if row.signed)
    desk = Screenful(demo, show, signed)
    desk.page.acts.trigger("write-comment")
    type_text(desk.focus, "đã gửi bản quét")
    desk.press("Return").settle()
    assert comment_on(desk, desk.code) == ["đã gửi bản quét"]
    assert demo.troubles == []
