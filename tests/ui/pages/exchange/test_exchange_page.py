"""Where the data is, said truthfully; packages written, looked into and taken in by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtTest import QAbstractItemModelTester

from inspector.services.incoming import packages_at
from inspector.services.packages import passages
from inspector.services.standing import Reached, standings
from inspector.ui.application import Application
from inspector.ui.language import LanguageCode
from inspector.ui.pages.exchange.page import ExchangePage
from inspector.ui.theme import Theme
from inspector.ui.where import Screen, Where
from inspector.ui.widgets.news import Banner
from tests.ui import walker
from tests.ui.alone import PAGE, PAGE_LOOKS, Alone
from tests.ui.carried import CODE, begin, carried
from tests.ui.fields import Show
from tests.ui.prompting import ScriptedPrompter
from tests.ui.sittings import Sitting

pytestmark = pytest.mark.usefixtures("little_work")

Opened = Alone[ExchangePage]
Open = Callable[..., Opened]


@pytest.fixture
def at_page(sit: Sitting, show: Show) -> Open:
    def open_page(size: tuple[int, int] = PAGE) -> Opened:
        opened: Opened = Alone(sit, show, lambda acts: ExchangePage(sit.session, acts), size)
        opened.page.arrive(Where(Screen.EXCHANGE))
        opened.settle()
        return opened

    return open_page


def told(opened: Opened) -> str:
    """What the banner of the page says."""
    banners = [banner for banner in opened.page.findChildren(Banner) if banner.isVisible()]
    return " ".join(banner.accessibleName() for banner in banners)


def asked(opened: Opened, *answers: object) -> ScriptedPrompter:
    prompter = ScriptedPrompter(*answers)
    opened.page.session.prompter = prompter
    return prompter


def test_nothing_to_exchange_offers_ways_on(at_page: Open, tmp_path: Path) -> None:
    opened = at_page()
    assert opened.page.stack.currentWidget() is opened.page.empty
    asked(opened, [carried(tmp_path / "usb")])
    opened.press("Return")
    assert opened.page.stack.currentWidget() is opened.page.incoming


def test_what_lies_only_here_is_said_with_its_amount(at_page: Open, sit: Sitting) -> None:
    begin(sit.desk, "2026-11-26")
    opened = at_page()
    (row,) = opened.page.overview.list.rows.rows
    assert str(row.chip and row.chip[0]) == "Chỉ ở máy này: 3 thay đổi"
    assert (row.chip and row.chip[1]) == "part"
    (standing,) = standings(sit.desk, [row.key])
    assert opened.page.overview.detail.code.text() == standing.code


def test_three_places_are_told_and_none_before_it_said_so(at_page: Open, sit: Sitting) -> None:
    inspection = begin(sit.desk, "2026-11-26")
    opened = at_page()
    assert stages(opened) == [("Trên máy này", ""), ("Ở máy Trưởng đoàn", "Chưa rõ"), ("Ở văn phòng", "Chưa rõ")]
    (here,) = standings(sit.desk, [inspection])
    nine = datetime.fromisoformat("2026-11-26T09:00:00+07:00")
    lead = Reached("Nguyễn Văn Thành", nine, whole=True, photos_missing=2)
    office = Reached("Sở Nội vụ", nine, whole=True, photos_missing=0, receipt=nine)
    opened.page.overview.detail.show_standing(replace(here, lead=lead, office=office))
    assert stages(opened)[1:] == [("Ở máy Trưởng đoàn", "Thiếu 2 ảnh"), ("Ở văn phòng", "Đủ, có biên nhận")]
    opened.page.overview.detail.show_standing(replace(here, is_leads=True, office=replace(office, whole=False)))
    assert stages(opened)[1:] == [("Ở máy Trưởng đoàn", ""), ("Ở văn phòng", "Chưa đủ")]


def stages(opened: Opened) -> list[tuple[str, str]]:
    """On this laptop, with the lead, at the office: the words and the chip of each."""
    rows = [row for row in opened.page.overview.detail.list.rows.rows if row.key.startswith("s-")]
    return [(str(row.words), str(row.chip[0]) if row.chip else "") for row in rows]


def test_a_package_is_written_by_keyboard_and_read_again(at_page: Open, sit: Sitting, tmp_path: Path) -> None:
    begin(sit.desk, "2026-11-26")
    opened = at_page()
    prompter = asked(opened, tmp_path / "usb")
    opened.press("Ctrl+U")
    assert opened.page.stack.currentWidget() is opened.page.writing
    code = opened.page.writing.code.text()
    opened.press("Ctrl+Return")
    assert len(prompter.asked) == 1
    assert "Đã ghi xong và đọc lại đủ" in told(opened)
    assert code in told(opened)
    (file,) = packages_at(tmp_path / "usb")
    assert file.is_file()
    (passage,) = passages(sit.desk)
    assert passage.confirmed is None
    (row,) = opened.page.overview.ways.list.rows.rows
    assert "chưa có giấy báo nhận" in str(row.detail)


def test_space_leaves_an_inspection_out_and_nothing_chosen_cannot_be_written(at_page: Open, sit: Sitting) -> None:
    begin(sit.desk, "2026-11-26")
    opened = at_page()
    opened.press("Ctrl+U", "Space")
    assert opened.page.writing.inspections() == []
    assert not opened.page.writing.press.isEnabled()
    opened.press("Space")
    assert len(opened.page.writing.inspections()) == 1
    opened.press("Esc")
    assert opened.page.stack.currentWidget() is opened.page.overview


def test_a_package_is_looked_into_and_taken_in_by_keyboard(at_page: Open, sit: Sitting, tmp_path: Path) -> None:
    manifest = carried(tmp_path / "usb")
    opened = at_page()
    received: list[frozenset[str]] = []
    sit.session.received.connect(received.append)
    asked(opened, [manifest])
    opened.press("Ctrl+O")
    opened.type(CODE.lower())
    opened.page.open_by_code()
    opened.settle()
    pane = opened.page.incoming
    assert pane.incoming is not None
    assert pane.incoming.preview.new_changes == 3
    assert not sit.desk.workspace.spaces()
    assert opened.focus is pane.press
    opened.press("Esc")
    assert opened.page.stack.currentWidget() is opened.page.empty
    assert not list(sit.desk.workspace.places.temporary.iterdir())
    opened.page.look_at(manifest)
    opened.settle()
    pane.code.editor.put(CODE)
    opened.page.open_by_code()
    opened.settle()
    opened.press("Return")
    (row,) = opened.page.overview.list.rows.rows
    assert str(row.chip and row.chip[0]) == "Khớp với 1 máy"
    assert received == [frozenset({row.key})]
    assert "Đã nhận 3 thay đổi" in told(opened)
    assert len(list((tmp_path / "usb").glob("*_RECEIPT.cchc"))) == 1


def test_a_wrong_code_is_said_at_the_field_and_esc_leaves_all_as_it_was(
    at_page: Open, sit: Sitting, tmp_path: Path
) -> None:
    opened = at_page()
    asked(opened, [carried(tmp_path / "usb")])
    opened.press("Ctrl+O")
    opened.type("sai mat khau roi")
    opened.page.open_by_code()
    opened.settle()
    assert "Mã mở gói không đúng" in str(opened.page.incoming.code.note.words())
    opened.press("Esc")
    assert opened.page.stack.currentWidget() is opened.page.empty
    assert not sit.desk.workspace.spaces()
    assert not list(sit.desk.workspace.places.temporary.iterdir())


def test_a_damaged_package_is_told(at_page: Open, tmp_path: Path) -> None:
    manifest = carried(tmp_path / "usb")
    next(path for path in manifest.parent.iterdir() if path != manifest).unlink()
    opened = at_page()
    asked(opened, [manifest])
    opened.press("Ctrl+O")
    opened.type(CODE)
    opened.page.open_by_code()
    opened.settle()
    assert "Gói chép thiếu" in str(opened.page.incoming.code.note.words())


def test_a_file_that_is_no_package_is_told(at_page: Open, tmp_path: Path) -> None:
    (tmp_path / "thu.cchc").write_bytes(b"Kinh gui")
    opened = at_page()
    asked(opened, [tmp_path / "thu.cchc"])
    opened.press("Ctrl+O")
    assert "không phải gói dữ liệu" in told(opened)


def test_the_lists_keep_the_rules_of_models(at_page: Open, sit: Sitting) -> None:
    begin(sit.desk, "2026-11-26")
    opened = at_page()
    over, writing = opened.page.overview, opened.page.writing
    for each in (over.list, over.detail.list, over.ways.list, writing.list, writing.laptops):
        QAbstractItemModelTester(each.rows, QAbstractItemModelTester.FailureReportingMode.Warning)
    begin(sit.desk, "2026-11-27")
    opened.page.arrive(Where(Screen.EXCHANGE))
    opened.settle()
    assert len(over.list.rows.rows) == 2


@pytest.mark.parametrize(("size", "theme", "scale", "language"), PAGE_LOOKS[:2])
def test_nothing_is_cut_in_any_look(
    at_page: Open,
    sit: Sitting,
    qapp: Application,
    tmp_path: Path,
    size: tuple[int, int],
    theme: Theme,
    scale: int,
    language: LanguageCode,
) -> None:
    qapp.choose(theme=theme, language=language, scale=scale)
    begin(sit.desk, "2026-11-26")
    opened = at_page(size)
    assert walker.faults(opened.window) == []
    opened.page.start_writing()
    opened.settle()
    assert walker.faults(opened.window) == []
    opened.page.look_at(carried(tmp_path / "usb"))
    opened.settle()
    assert walker.faults(opened.window) == []
    opened.page.incoming.code.editor.put(CODE)
    opened.page.open_by_code()
    opened.settle()
    assert walker.faults(opened.window) == []
