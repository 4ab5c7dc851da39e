"""The lead decides by keyboard: nothing is chosen beforehand, nothing typed is lost, the last one leads on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from inspector.services.accepting import accept_invitation, open_invitation
from inspector.services.desk import Desk
from inspector.services.inviting import Wanted, write_invitation
from inspector.ui.pages.workspace.decisions.cards import MarkedText
from inspector.ui.pages.workspace.decisions.tab import DecisionsTab
from inspector.ui.pages.workspace.disagreeing import OpinionCard
from inspector.ui.where import Screen, Tab, Where
from tests.services.laptops import Laptop
from tests.services.meeting import meet as ask
from tests.services.meeting import stranger
from tests.ui.alone import TabAlone
from tests.ui.fields import Show
from tests.ui.second_laptop import meet, second_laptop
from tests.ui.sittings import Sitting
from tests.ui.typing import compose, type_text

KEY, ITEM = "commune.steering.annual_plan", "X-I.1"


class Decisions(TabAlone[DecisionsTab]):
    def __init__(self, at: Sitting, show: Show, inspection: str) -> None:
        super().__init__(at, show, inspection, DecisionsTab, Tab.DECISIONS)

    def remark(self) -> str | None:
        return self.at.inspection(self.inspection).answers[KEY].remark


@pytest.fixture
def inspection(sit: Sitting) -> str:
    return sit.begin()


@pytest.fixture
def other(sit: Sitting, inspection: str, fast_tmp: Path) -> Iterator[Desk]:
    with second_laptop(sit.desk, fast_tmp / "second") as desk:
        meet(desk, sit.desk, inspection)
        yield desk


@pytest.fixture
def apart(sit: Sitting, other: Desk, inspection: str) -> str:
    """Two remarks on one item."""
    for desk, text in ((sit.desk, "Ban hành chậm"), (other, "Ban hành đúng hạn")):
        desk.perform("remark_item", {"item": ITEM, "remark": text}, inspection=inspection)
    meet(other, sit.desk, inspection)
    return inspection


def test_both_texts_stand_side_by_side_and_none_is_chosen(sit: Sitting, show: Show, apart: str) -> None:
    page = Decisions(sit, show, apart)
    tab = page.tab
    assert [side.opinion.words for side in tab.sides] == ["Ban hành chậm", "Ban hành đúng hạn"]
    assert (tab.taken, tab.button.isEnabled()) == (None, False)
    marked = [text.drawn for side in tab.sides for text in side.findChildren(MarkedText)]
    assert ["chậm</span>" in text for text in marked] == [True, False]
    assert "background-color" in marked[1]
    assert str(tab.page_count()) == "Còn 1/1 chỗ"


@pytest.mark.parametrize(("key", "kept"), [("Alt+1", "Ban hành chậm"), ("Alt+2", "Ban hành đúng hạn")])
def test_an_opinion_is_kept_by_two_keys(sit: Sitting, show: Show, apart: str, key: str, kept: str) -> None:
    page = Decisions(sit, show, apart)
    page.press(key)
    assert page.remark() is None
    page.press("Ctrl+Return")
    assert page.remark() == kept
    assert sit.inspection(apart).conflicts == ()
    assert str(page.tab.left_head.text()) == "Không còn chỗ nào để quyết định"
    assert str(page.tab.decided.text()).startswith(f"Đã quyết định: {kept} (Bùi Thanh Hà")
    assert sit.troubles == []


def test_ones_own_decision_is_no_news_and_its_reason_is_kept(sit: Sitting, show: Show, apart: str) -> None:
    page = Decisions(sit, show, apart)
    page.press("Alt+1")
    page.tab.why.setFocus()
    page.type("Đã xem sổ")
    page.press("Ctrl+Return")
    assert "Đã xem sổ" in str(page.tab.decided.text())
    assert (page.tab.news.isVisible(), page.tab.why.text(), page.tab.why.is_dirty()) == (False, "", False)


def test_a_common_opinion_is_written_and_nothing_is_saved_before(sit: Sitting, show: Show, apart: str) -> None:
    page = Decisions(sit, show, apart)
    page.press("Alt+3")
    assert page.tab.common.text.editor.hasFocus()
    type_text(page.tab.common.text.editor, "Ban hành chậm 12 ngày")
    page.tab.why.editor.setFocus()
    sit.settle()
    assert (page.remark(), page.tab.taken) == (None, -1)
    type_text(page.tab.why.editor, "Xem dấu đến")
    page.press("Ctrl+Return")
    assert page.remark() == "Ban hành chậm 12 ngày"
    assert "Lý do: Xem dấu đến" in page.tab.decided.text()


def test_a_word_being_composed_belongs_to_the_decision(sit: Sitting, show: Show, apart: str) -> None:
    page = Decisions(sit, show, apart)
    page.press("Alt+3")
    type_text(page.tab.common.text.editor, "Ban hành ")
    compose(page.tab.common.text.editor, ["t", "tr", "trễ"], commit=None)
    page.press("Ctrl+Return")
    assert page.remark() == "Ban hành trễ"


def test_a_further_opinion_is_told_and_nothing_typed_is_lost(sit: Sitting, show: Show, apart: str, other: Desk) -> None:
    page = Decisions(sit, show, apart)
    page.press("Alt+3")
    type_text(page.tab.common.text.editor, "Ban hành chậm 12 ngày")
    seen = {"remark": ()}
    other.perform("remark_item", {"item": ITEM, "remark": "Chưa ban hành"}, inspection=apart, seen=seen)
    meet(other, sit.desk, apart)
    page.tab.opened.changed_elsewhere(frozenset({"answer"}))
    sit.settle()
    assert page.tab.news.isVisible()
    assert len(page.tab.sides) == 3
    assert page.tab.common.text.text() == "Ban hành chậm 12 ngày"
    page.press("Ctrl+Return")
    assert page.remark() == "Ban hành chậm 12 ngày"


def test_a_decision_is_made_again(sit: Sitting, show: Show, apart: str) -> None:
    page = Decisions(sit, show, apart)
    page.press("Alt+1", "Ctrl+Return")
    page.press("Alt+2", "Ctrl+Return")
    assert page.remark() == "Ban hành đúng hạn"


def test_f7_goes_round_and_deciding_goes_on(sit: Sitting, show: Show, apart: str, other: Desk) -> None:
    for desk, score in ((sit.desk, "1"), (other, "2")):
        desk.perform("score_item", {"item": ITEM, "self_score": score}, inspection=apart)
    meet(other, sit.desk, apart)
    page = Decisions(sit, show, apart)
    first = page.tab.list.key()
    page.press("F7")
    assert page.tab.list.key() != first
    page.press("F7")
    assert page.tab.list.key() == first
    page.press("Alt+1", "Ctrl+Return")
    assert page.tab.list.key() != first
    assert str(page.tab.page_count()) == "Còn 1/2 chỗ"


def test_parts_of_a_group_are_put_together(sit: Sitting, show: Show, inspection: str, other: Desk) -> None:
    for desk, value, score in ((sit.desk, "day_du", "2"), (other, "mot_phan", "1")):
        result = {"value": value, "appraised_score": score}
        desk.perform("answer_item", {"item": ITEM, "result": result}, inspection=inspection)
    meet(other, sit.desk, inspection)
    page = Decisions(sit, show, inspection)
    common = page.tab.common
    assert set(common.picks) == {"value", "appraised_score"}
    common.picks["value"].show_value('"day_du"')
    common.picks["appraised_score"].show_value('"1"')
    page.press("Alt+3", "Ctrl+Return")
    answer = sit.inspection(inspection).answers[KEY]
    assert (answer.value, str(answer.appraised_score)) == ("day_du", "1")


@pytest.fixture
def invited(sit: Sitting, fast_tmp: Path) -> str:
    """An inspection of somebody else, who invited this laptop to write: two remarks on one item."""
    lead = stranger(fast_tmp / "lead", "Lê Văn Nam")
    with lead.workspace:
        inspection = lead.begin()
        written = write_invitation(
            lead.desk, fast_tmp / "moi.cchc-moi", Wanted("Bùi Thanh Hà", "Sở Nội vụ", (inspection,))
        )
        accept_invitation(sit.desk, open_invitation(written.file, written.code))
        here = Laptop(fast_tmp, sit.desk.workspace, sit.desk)
        ask(here, lead)
        for desk, text in ((sit.desk, "Ban hành chậm"), (lead.desk, "Ban hành đúng hạn")):
            desk.perform("remark_item", {"item": ITEM, "remark": text}, inspection=inspection)
        ask(here, lead)
    return inspection


def test_who_may_not_decide_reads_the_same_page(sit: Sitting, show: Show, invited: str) -> None:
    page = Decisions(sit, show, invited)
    page.press("Alt+1")
    assert (page.tab.button.isEnabled(), str(page.tab.reason.text())) == (False, "Chờ Trưởng đoàn quyết định")
    assert len(page.tab.sides) == 2


def test_a_finished_inspection_asks_for_the_reason(sit: Sitting, show: Show, apart: str) -> None:
    sit.act("change_status", apart, status="finished")
    page = Decisions(sit, show, apart)
    page.press("Alt+1")
    assert str(page.tab.reason.text()) == "Ghi lý do: cuộc kiểm tra đã xong"
    type_text(page.tab.why.editor, "Đã đối chiếu")
    page.press("Ctrl+Return")
    assert page.remark() == "Ban hành chậm"


def test_an_inspection_without_disagreement_says_so(sit: Sitting, show: Show, inspection: str) -> None:
    page = Decisions(sit, show, inspection)
    assert page.tab._nothing.isVisible()
    page.press("Return")
    assert sit.gone[-1] == Where(Screen.WORKSPACE, inspection, Tab.MINUTES)


def test_a_field_that_disagrees_leads_there(sit: Sitting, show: Show, apart: str) -> None:
    from inspector.ui.pages.workspace.contents.tab import ContentsTab

    place = TabAlone(sit, show, apart, ContentsTab, Tab.CONTENTS)
    place.tab.arrive(Where(Screen.WORKSPACE, apart, Tab.CONTENTS, "item", KEY))
    sit.settle()
    (card,) = [card for card in place.tab.findChildren(OpinionCard) if card.isVisible()]
    card.go.click()
    sit.settle()
    gone = sit.gone[-1]
    assert (gone.tab, gone.entity) == (Tab.DECISIONS, "operation")
    page = Decisions(sit, show, apart)
    page.tab.arrive(gone)
    sit.settle()
    assert page.tab.list.key().endswith("/remark")
