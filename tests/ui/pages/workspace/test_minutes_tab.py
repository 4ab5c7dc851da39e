"""From what was recorded to paper that is signed: acted by keys, looked at on the screen and in the record."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QAbstractItemModelTester

from inspector.services import papers
from inspector.services.issuing import issue_minutes
from inspector.ui.application import Application
from inspector.ui.language import LanguageCode
from inspector.ui.pages.workspace.minutes.rows import Row, RowsModel
from inspector.ui.pages.workspace.minutes.tab import MinutesTab, Part
from inspector.ui.theme import Theme
from inspector.ui.where import Screen, Tab, Where
from tests.ui import walker
from tests.ui.alone import workspace
from tests.ui.fields import Show
from tests.ui.sittings import Sitting
from tests.ui.typing import press, rewrite, type_text


class Viewer(QObject):
    """The programs of the system: keeps what it was asked to open."""

    def __init__(self) -> None:
        super().__init__()
        self.files: list[Path] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.files.append(Path(url.toLocalFile()))


@pytest.fixture
def viewer() -> Iterator[Viewer]:
    made = Viewer()
    slot: Any = "open"  # the stubs of Qt say bytes, Qt itself takes text
    QDesktopServices.setUrlHandler("file", made, slot)
    yield made
    QDesktopServices.unsetUrlHandler("file")


def tab_of(at: Sitting, show: Show, inspection: str, width: int = 1366, height: int = 698) -> MinutesTab:
    """The tab in the workspace of an inspection, in a window of its own."""
    _, page = workspace(at, show, Where(Screen.WORKSPACE, inspection, Tab.MINUTES), width, height)
    tab = page.current_tab()
    assert isinstance(tab, MinutesTab)
    return tab


def heads(tab: MinutesTab) -> list[str]:
    return [str(row.head) for row in tab.conditions.list.rows.rows]


def ready(at: Sitting) -> str:
    """An inspection that lacks nothing that must be done first."""
    inspection = at.begin()
    at.act("add_member", inspection, name="Nguyễn Văn An", role="lead")
    at.act("add_unit_person", inspection, name="Lê Thị Chín", title="Chủ tịch UBND xã")
    at.act("settle_unchecked", inspection, unchecked_reason="hết thời gian")
    at.act("add_signer", inspection, side="team", position="TRƯỞNG ĐOÀN", name="Nguyễn Văn An")
    at.act("add_signer", inspection, side="unit", position="CHỦ TỊCH", name="Lê Thị Chín")
    return inspection


def made(at: Sitting, inspection: str, folder: Path) -> None:
    issue_minutes(at.desk, inspection, folder / "bien-ban.docx")


# ---------------------------------------- what keeps the minutes closed


def test_reasons_stand_in_groups_and_the_button_says_when_it_opens(sit: Sitting, show: Show) -> None:
    tab = tab_of(sit, show, sit.begin())
    groups = [row for row in tab.conditions.list.rows.rows if row.is_head]
    assert [str(row.head).split()[0] for row in groups] == ["Phải", "Nên"]
    assert heads(tab)[1:5] == [
        "Còn 50 mục chưa kiểm tra (I.1, I.2, I.3, I.4, I.5, …)",
        "Chưa có Trưởng đoàn trong danh sách thành phần",
        "Chưa có người ký của Đoàn kiểm tra",
        "Chưa có người ký của đơn vị được kiểm tra",
    ]
    assert tab.conditions.head.text() == "Chưa lập được biên bản chính thức"
    assert tab.conditions.line.text().startswith("Còn 4 việc phải xong trước.")
    assert not tab.conditions.make.isEnabled()
    assert tab.conditions.why.text() == "Mở khi 4 việc ở trên đã xong"


def test_enter_leads_to_the_place_and_again_to_the_next_one(sit: Sitting, show: Show) -> None:
    inspection = sit.begin()
    tab = tab_of(sit, show, inspection)
    sit.gone.clear()
    press(tab.conditions.list, "Return")
    press(tab.conditions.list, "Return")
    assert tab.opened.checklist is not None
    first, second = (item.key for item in tab.opened.checklist.items[:2])
    assert [(where.tab, where.entity, where.record) for where in sit.gone] == [
        (Tab.CONTENTS, "item", first),
        (Tab.CONTENTS, "item", second),
    ]


def test_blanks_of_the_head_lead_to_their_field(sit: Sitting, show: Show) -> None:
    inspection = ready(sit)
    tab = tab_of(sit, show, inspection)
    tab.conditions.list.choose("minutes-number-missing")
    sit.gone.clear()
    press(tab.conditions.list, "Return")
    assert sit.gone == [Where(Screen.WORKSPACE, inspection, Tab.PEOPLE, "inspection", inspection, "number")]


def test_f7_goes_through_what_is_open_and_round(sit: Sitting, show: Show) -> None:
    tab = tab_of(sit, show, ready(sit))
    lines = [row.key for row in tab.conditions.list.rows.rows if not row.is_head and row.act]
    seen = [tab.conditions.list.key()]
    for _ in lines[1:]:
        press(tab.conditions.list, "F7")
        seen.append(tab.conditions.list.key())
    assert seen == lines
    press(tab.conditions.list, "F7")
    assert tab.conditions.list.key() == lines[0]
    press(tab.conditions.list, "Shift+F7")
    assert tab.conditions.list.key() == lines[-1]


def test_one_reason_of_the_lead_settles_what_was_not_checked(sit: Sitting, show: Show) -> None:
    inspection = sit.begin()
    tab = tab_of(sit, show, inspection)
    sit.prompter.answers.append("mất điện")
    tab.conditions.explain.setFocus()
    press(tab.conditions.explain, "Return")
    sit.settle()
    assert sit.inspection(inspection).unchecked_reason == "mất điện"
    assert "Còn 50 mục chưa kiểm tra (I.1, I.2, I.3, I.4, I.5, …)" not in heads(tab)
    assert tab.conditions.explain.isHidden()


def test_the_chosen_line_stays_when_others_come_and_go(sit: Sitting, show: Show) -> None:
    inspection = sit.begin()
    tab = tab_of(sit, show, inspection)
    tab.conditions.list.choose("minutes-team-signer-missing")
    sit.act("add_member", inspection, name="Nguyễn Văn An", role="lead")
    sit.settle()
    assert tab.conditions.list.key() == "minutes-team-signer-missing"


def test_photos_that_cannot_be_printed_come_first_in_their_group(sit: Sitting, show: Show, tmp_path: Path) -> None:
    inspection = ready(sit)
    Image.new("RGB", (40, 30), "white").save(tmp_path / "a.jpg")
    sit.act("attach_file", inspection, path=str(tmp_path / "a.jpg"), item="X-I.1", caption="Bảng niêm yết")
    (piece,) = sit.inspection(inspection).evidence
    assert piece.file is not None
    for kept in sit.desk.workspace.places.blobs.rglob("*"):
        if kept.is_file():
            kept.unlink()
    tab = tab_of(sit, show, inspection)
    look = [row.key for row in tab.conditions.list.rows.rows if row.key.startswith("minutes-")]
    assert look[0] == "minutes-photos-missing"


# ---------------------------------------- pages


def test_pages_are_shown_without_word_and_made_anew(sit: Sitting, show: Show) -> None:
    inspection = ready(sit)
    tab = tab_of(sit, show, inspection)
    sit.qtbot.waitUntil(lambda: len(tab.preview.view.pages) > 0)
    sit.act("add_finding", inspection, kind="strength", content="Niêm yết đầy đủ thủ tục.")
    sit.qtbot.waitUntil(
        lambda: any("Niêm yết đầy đủ thủ tục." in page.text() for page in tab.preview.view.pages), timeout=15_000
    )
    assert tab.preview.place.text() == f"Trang 1/{len(tab.preview.view.pages)}"


def test_pages_are_turned_by_keys(sit: Sitting, show: Show) -> None:
    tab = tab_of(sit, show, ready(sit))
    sit.qtbot.waitUntil(lambda: len(tab.preview.view.pages) > 1)
    tab.preview.view.setFocus()
    press(tab.preview.view, "PgDown")
    assert tab.preview.place.text().startswith("Trang 2/")
    press(tab.preview.view, "PgUp")
    assert tab.preview.place.text().startswith("Trang 1/")
    picture = tab.preview.view.grab().toImage()
    inks = {picture.pixelColor(x, y).lightness() for x in range(0, picture.width(), 3) for y in range(40, 300, 2)}
    assert min(inks) < 60 < 250 < max(inks)


# ---------------------------------------- words of the minutes


def test_a_section_is_rewritten_and_never_overwritten(sit: Sitting, show: Show) -> None:
    inspection = ready(sit)
    sit.act("add_finding", inspection, kind="strength", content="Niêm yết đủ.")
    tab = tab_of(sit, show, inspection)
    press(tab, "Alt+2")
    tab.texts.choose("strengths")
    press(tab.texts, "Return")
    editor = tab.editor.text.editor
    assert tab.editor.text.text() == "- Niêm yết đủ."
    press(editor, "Ctrl+End")
    rewrite(editor, " To", 1, "ố", "t")
    press(editor, "Esc")
    sit.settle()
    assert sit.inspection(inspection).sections["strengths"].text == "- Niêm yết đủ. Tốt"
    sit.act("add_finding", inspection, kind="strength", content="Trả đúng hẹn.")
    sit.settle()
    assert tab.editor.text.text() == "- Niêm yết đủ. Tốt"
    assert "Trả đúng hẹn." in tab.editor.proposal.text()
    assert "+ - Trả đúng hẹn." in tab.editor.news.text()
    assert tab.editor.take.isVisible()


def test_the_new_proposal_is_taken_by_one_act_and_undone(sit: Sitting, show: Show) -> None:
    inspection = ready(sit)
    sit.act("write_section", inspection, section="method", body={"text": "Cách riêng.", "proposal": "Cũ."})
    tab = tab_of(sit, show, inspection)
    sit.session.go(Where(Screen.WORKSPACE, inspection, Tab.MINUTES, "minutes_section", "method"))
    sit.settle()
    assert tab.editor.text.text() == "Cách riêng."
    tab.editor.take.setFocus()
    press(tab.editor.take, "Return")
    sit.settle()
    assert "method" not in sit.inspection(inspection).sections
    sit.session.undo()
    sit.settle()
    assert sit.inspection(inspection).sections["method"].text == "Cách riêng."


# ---------------------------------------- papers


def test_ctrl_p_makes_a_draft_beside_earlier_ones_and_opens_it(
    sit: Sitting, show: Show, viewer: Viewer, tmp_path: Path
) -> None:
    inspection = ready(sit)
    papers.remember_folder(sit.desk, tmp_path)
    tab = tab_of(sit, show, inspection)
    for _ in range(2):
        press(tab.conditions.list, "Ctrl+P")
        sit.settle()
    name = f"2026-11-26-xa-cai-be-{inspection[:8]}-du-thao"
    assert [file.name for file in viewer.files] == [f"{name}.docx", f"{name}-2.docx"]
    assert [document.kind for document in sit.inspection(inspection).documents] == ["draft", "draft"]
    words = [str(row.head) for row in tab.papers.list.rows.rows]
    assert words == ["Biên bản lúc này", "Bản dự thảo 2", "Bản dự thảo 1"]


def test_ctrl_p_works_from_every_tab(sit: Sitting, show: Show, viewer: Viewer, tmp_path: Path) -> None:
    inspection = ready(sit)
    papers.remember_folder(sit.desk, tmp_path)
    tab = tab_of(sit, show, inspection)
    sit.session.go(Where(Screen.WORKSPACE, inspection, Tab.CONTENTS))
    sit.settle()
    press(tab.window(), "Ctrl+P")
    sit.settle()
    assert len(viewer.files) == 1
    assert tab.isVisible()


def test_the_official_minutes_are_made_where_a_person_wants_them(
    sit: Sitting, show: Show, viewer: Viewer, tmp_path: Path
) -> None:
    inspection = ready(sit)
    tab = tab_of(sit, show, inspection)
    sit.prompter.answers += [True, tmp_path / "Biên bản.docx"]
    tab.conditions.make.setFocus()
    press(tab.conditions.make, "Return")
    sit.settle()
    assert viewer.files == [tmp_path / "Biên bản.docx"]
    assert [document.kind for document in sit.inspection(inspection).documents] == ["minutes"]
    assert papers.documents_folder(sit.desk) == tmp_path
    assert sit.prompter.asked[0].startswith("Chốt dữ liệu của Ủy ban nhân dân xã Cái Bè")
    seal = sit.inspection(inspection).sealed
    assert seal is not None
    assert len(seal.issued) == 1, "minutes to be signed are made under a seal"


def test_an_earlier_paper_is_shown_and_copied(sit: Sitting, show: Show, viewer: Viewer, tmp_path: Path) -> None:
    inspection = ready(sit)
    made(sit, inspection, tmp_path)
    sit.act("add_finding", inspection, kind="strength", content="Ghi sau.")
    tab = tab_of(sit, show, inspection)
    sit.qtbot.waitUntil(lambda: any("Ghi sau." in page.text() for page in tab.preview.view.pages), timeout=15_000)
    tab.papers.list.setFocus()
    press(tab.papers.list, "Down")
    sit.settle()
    assert not any("Ghi sau." in page.text() for page in tab.preview.view.pages)
    sit.prompter.answers.append(tmp_path / "ban-sao.docx")
    tab.papers.save.setFocus()
    press(tab.papers.save, "Return")
    sit.settle()
    assert (tmp_path / "ban-sao.docx").read_bytes() == (tmp_path / "bien-ban.docx").read_bytes()


def test_a_paper_that_cannot_be_written_is_said(sit: Sitting, show: Show, viewer: Viewer, tmp_path: Path) -> None:
    inspection = ready(sit)
    tab = tab_of(sit, show, inspection)
    sit.prompter.answers += [True, tmp_path / "không có" / "a.docx"]
    tab.conditions.make.setFocus()
    press(tab.conditions.make, "Return")
    sit.settle()
    banners = [widget.accessibleName() for widget in walker.visible(tab) if type(widget).__name__ == "Banner"]
    assert banners[0].startswith("Không có thư mục")
    sit.prompter.answers.append(tmp_path / "a.docx")
    tab.freeze.make.setFocus()
    press(tab.freeze.make, "Return")
    sit.settle()
    assert len(sit.inspection(inspection).documents) == 1
    assert not tab.freeze.make.isVisible()


# ---------------------------------------- signatures


def test_a_refusal_is_kept_with_its_reason(sit: Sitting, show: Show) -> None:
    inspection = ready(sit)
    tab = tab_of(sit, show, inspection)
    press(tab, "Alt+4")
    unit = sit.inspection(inspection).signers[1]
    line = next(line for key, line in tab.sign._lines.items() if key == unit.id)
    line.outcome.picker.setFocus()
    press(line.outcome.picker, "Down")
    press(line.outcome.picker, "Down")
    line.outcome.finish()
    assert line.reason.isVisible()
    type_text(line.reason.editor, "không đồng ý")
    line.reason.finish()
    sit.settle()
    kept = sit.inspection(inspection).signers[1]
    assert (kept.outcome, kept.reason) == ("refused", "không đồng ý")


def test_signers_are_offered_from_those_who_took_part(sit: Sitting, show: Show) -> None:
    inspection = sit.begin()
    sit.act("add_member", inspection, name="Nguyễn Văn An", role="lead")
    tab = tab_of(sit, show, inspection)
    press(tab, "Alt+4")
    (offer,) = tab.sign._offers
    offer.add.setFocus()
    press(offer.add, "Return")
    sit.settle()
    (signer,) = sit.inspection(inspection).signers
    assert (signer.name, signer.position, signer.side) == ("Nguyễn Văn An", "TRƯỞNG ĐOÀN", "team")
    assert tab.sign._offers == []


def test_signing_waits_for_paper_and_day_and_closes_the_inspection(
    sit: Sitting, show: Show, viewer: Viewer, tmp_path: Path
) -> None:
    inspection = ready(sit)
    tab = tab_of(sit, show, inspection)
    press(tab, "Alt+4")
    assert tab.sign.why.text() == "Chốt dữ liệu và lập biên bản trước. Ghi ngày ký."
    made(sit, inspection, tmp_path)
    sit.settle()
    pages = [tmp_path / f"{number}.jpg" for number in (1, 2)]
    for page in pages:
        Image.new("RGB", (60, 80), "white").save(page)
    sit.prompter.answers.append(pages)
    press(tab.sign.day.editor, "Ctrl+O")
    tab.sign.day.setFocus()
    type_text(tab.sign.day.editor, "26/11/2026")
    tab.sign.day.finish()
    tab.sign.sign.setFocus()
    press(tab.sign.sign, "Return")
    sit.settle()
    signed = sit.inspection(inspection).signed
    assert signed is not None
    assert (str(signed.date), signed.scan is not None) == ("2026-11-26", True)
    assert tab.sign.head.text() == "Biên bản đã ký"
    assert tab.editor.text.is_read_only()
    tab.sign.open_scan.click()
    sit.settle()
    assert viewer.files[-1].name == "ban-quet.pdf"


@pytest.mark.parametrize("is_signed", [False, True])
def test_nothing_at_the_side_of_signing_is_wider_than_its_pane(
    sit: Sitting, show: Show, tmp_path: Path, is_signed: bool
) -> None:
    inspection = ready(sit)
    title = "Phó Trưởng phòng Văn hóa - Xã hội, Chủ tịch Hội đồng Phổ biến giáo dục pháp luật"
    sit.act("add_unit_person", inspection, name="Nguyễn Thị Tuyết Ngân", title=title)
    if is_signed:
        made(sit, inspection, tmp_path)
        sit.act("sign_minutes", inspection, date="2026-11-26")
    tab = tab_of(sit, show, inspection, 859, 433)
    press(tab, "Alt+4")
    sit.settle()
    inner = tab.sign.widget()
    assert inner is not None
    assert inner.width() <= tab.sign.viewport().width()


def test_in_a_low_window_the_first_condition_is_seen_with_its_head(sit: Sitting, show: Show) -> None:
    tab = tab_of(sit, show, sit.begin())
    tab.window().resize(859, 433)
    sit.settle()
    view = tab.conditions.list
    assert view.indexAt(view.viewport().rect().topLeft()).row() == 0
    assert not tab.conditions.head.isVisible()


def test_the_proposal_goes_where_nothing_can_differ_or_room_is_short(sit: Sitting, show: Show, tmp_path: Path) -> None:
    inspection = ready(sit)
    tab = tab_of(sit, show, inspection)
    press(tab, "Alt+2")
    assert tab.editor.proposal.isVisible()
    tab.window().resize(1366, 360)
    sit.settle()
    assert not tab.editor.proposal.isVisible()
    tab.window().resize(1366, 698)
    made(sit, inspection, tmp_path)
    sit.act("sign_minutes", inspection, date="2026-11-26")
    sit.settle()
    assert not tab.editor.proposal.isVisible()


def test_another_inspection_begins_with_what_is_left_to_do(sit: Sitting, show: Show) -> None:
    tab = tab_of(sit, show, sit.begin())
    press(tab, "F7")
    press(tab, "F7")
    first = next(row.key for row in tab.conditions.list.rows.rows if not row.is_head)
    assert tab.conditions.list.key() != first
    press(tab, "Alt+4")
    tab.opened.open(sit.begin(unit="28366"))
    sit.settle()
    assert (tab.part, tab.conditions.list.key()) == (Part.CONDITIONS, first)


def test_the_foot_names_what_enter_does_and_no_step_after_the_signature(
    sit: Sitting, show: Show, tmp_path: Path
) -> None:
    inspection = ready(sit)
    tab = tab_of(sit, show, inspection)
    hints = [str(act.hint) for act in tab.acts.hints(tab.conditions.list)]
    assert {"Đến nơi cần xử lý", "Việc chưa xong"} <= set(hints)
    made(sit, inspection, tmp_path)
    sit.act("sign_minutes", inspection, date="2026-11-26")
    sit.settle()
    assert "Việc chưa xong" not in [str(act.hint) for act in tab.acts.hints(tab.sign.scan)]


def test_what_came_later_becomes_supplementary_minutes(
    sit: Sitting, show: Show, viewer: Viewer, tmp_path: Path
) -> None:
    inspection = ready(sit)
    made(sit, inspection, tmp_path)
    sit.act("sign_minutes", inspection, date="2026-11-26")
    tab = tab_of(sit, show, inspection)
    form = tab.sign.form
    assert tab.sign.scan.hasFocus()
    form.reason.setFocus()
    type_text(form.reason.editor, "Hồ sơ đến muộn")
    form.content.setFocus()
    type_text(form.content.editor, "Bổ sung một hồ sơ.")
    form.add.setFocus()
    press(form.add, "Return")
    sit.settle()
    (supplement,) = sit.inspection(inspection).supplements
    assert (supplement.reason, supplement.content) == ("Hồ sơ đến muộn", "Bổ sung một hồ sơ.")
    sit.prompter.answers.append(tmp_path / "bo-sung.docx")
    tab.sign.made.emit(supplement.id)
    sit.settle()
    assert viewer.files == [tmp_path / "bo-sung.docx"]
    assert form.reason.text() == ""


# ---------------------------------------- the rest


def test_rows_are_changed_one_by_one() -> None:
    model = RowsModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    told: list[str] = []
    model.modelReset.connect(lambda: told.append("reset"))
    for keys in ("abc", "acd", "", "xyza", "ax"):
        model.show_rows([Row(key, f"{key}{len(keys)}") for key in keys])
        assert [(row.key, str(row.head)) for row in model.rows] == [(key, f"{key}{len(keys)}") for key in keys]
    assert told == []
    assert tester.model() is model


@pytest.mark.every_screen
@pytest.mark.parametrize(("language", "scale"), [("vi", 100), ("en", 150), ("vi", 200)])
def test_nothing_is_cut_covered_or_unnamed(
    sit: Sitting, show: Show, qapp: Application, language: LanguageCode, scale: int
) -> None:
    theme: Theme = "dark" if scale == 150 else "light"
    qapp.choose(language=language, theme=theme, scale=scale)
    tab = tab_of(sit, show, ready(sit), 1366, 698)
    sit.qtbot.waitUntil(lambda: len(tab.preview.view.pages) > 0, timeout=15_000)
    for part in (Part.CONDITIONS, Part.TEXTS, Part.SIGN):
        tab._choose_part(part)
        sit.settle()
        assert walker.faults(tab.window()) == []


@pytest.mark.parametrize("width", [911, 1013])
def test_narrow_windows_show_fewer_panes(sit: Sitting, show: Show, width: int) -> None:
    tab = tab_of(sit, show, ready(sit), width, 526)
    assert not tab.papers.isVisible()
    tab._choose_part(Part.PAPERS)
    assert tab.papers.isVisible()
    assert walker.faults(tab.window()) == []


def test_a_very_narrow_window_shows_one_pane(sit: Sitting, show: Show) -> None:
    tab = tab_of(sit, show, ready(sit), 700, 560)
    assert not tab.preview.isVisible()
    tab._choose_part(Part.PAGES)
    assert tab.preview.isVisible()
    assert not tab.conditions.isVisible()
    press(tab.preview.view, "Esc")
    assert tab.conditions.isVisible()
