"""From the first start to signed minutes by keyboard alone, in the real window over a real workspace."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from inspector.domain.inspection import Inspection
from inspector.services.issuing import check_file
from inspector.ui.pages.first_start.parts import CodeView
from tests.samples.minutes_samples import drawn_photo
from tests.ui.journeys.hands import Hands, called

REMARK = "Ban hành chậm 12 ngày so với kế hoạch của tỉnh."
ADVICE = "Tổ chức tuyên truyền ở các thôn còn lại."
REASON = "Hết thời gian làm việc, sẽ kiểm tra tiếp qua hồ sơ."


def set_up(hands: Hands) -> None:
    """The first start: who, how, and a recovery code written down and typed back."""
    hands.act("say who works here")
    for text in ("Bùi Thanh Hà", "Sở Nội vụ", "Tỉnh Đồng Tháp"):
        hands.type(text)
        hands.press("Return")
    hands.press("Return")
    hands.act("work alone")
    hands.to("Tiếp tục")
    hands.press("Return")
    hands.act("keep the recovery code")
    (view,) = (view for view in hands.window.findChildren(CodeView) if view.isVisible())
    groups = dict(re.findall(r"(\d+): (\w+)", called(view)))
    asked = re.findall(r"\d+", next(words for words in hands.words() if words.startswith("Kiểm tra lại")))
    hands.to("Nhóm thứ")
    for number in asked:
        hands.type(groups[number].lower())
        hands.press("Return")
    hands.press("Return")


def open_inspection(hands: Hands) -> None:
    hands.act("begin an inspection")
    hands.press("Ctrl+N")
    hands.act("choose its unit")
    hands.type("cai be")
    hands.press("Return")
    hands.act("open it")
    hands.press("Return")
    assert hands.sees("0/50 mục")


def check_items(hands: Hands) -> None:
    """Seven items of the first content: a choice with a remark, figures, and choices by one key."""
    hands.act("answer I.1 with a remark")
    hands.press("2", "Up", "Return")
    hands.type(REMARK)
    hands.press("Ctrl+Return")
    for item, first, second in (("I.2", "18", "20"), ("I.3", "0", ""), ("I.4", "3", "5"), ("I.5", "4", "4")):
        hands.act(f"answer {item} with figures")
        assert hands.row().startswith(f"{item} ")
        hands.type(first)
        if second:
            hands.press("Tab")
            hands.type(second)
        hands.press("Return")
    hands.act("answer I.6")
    hands.press("1")
    hands.act("answer I.7")
    hands.press("3")
    assert hands.sees("7/50 mục")


def note_finding(hands: Hands) -> None:
    hands.act("note a finding from I.7")
    hands.press("Up", "F9")
    assert called(hands.focus()) == "Nội dung phát hiện"
    hands.act("recommend what to do")
    hands.to("Thêm kiến nghị")
    hands.press("Return")
    hands.type(ADVICE)
    hands.press("Tab")
    hands.type("UBND xã Cái Bè")
    hands.press("Tab")
    hands.type("15")
    hands.press("Tab")


def name_people(hands: Hands) -> None:
    hands.act("name the lead")
    hands.press("Ctrl+4", "Ctrl+N")
    hands.type("Nguyễn Văn Hòa")
    hands.press("Return")
    hands.type("Phó Giám đốc")
    hands.press("Tab")
    hands.type("Sở Nội vụ")
    hands.press("Tab", "F4", "Home", "Return")
    hands.act("go from what keeps the minutes closed to the signers")
    hands.press("Ctrl+5", "F7")
    assert hands.row() == "Chưa có người ký của Đoàn kiểm tra"
    hands.press("Return")
    hands.act("the lead signs")
    hands.press("Return")
    hands.act("somebody of the unit signs")
    hands.press("Ctrl+5", "F7", "Return", "Ctrl+N")
    hands.type("Trần Thị Mai")
    hands.press("Tab")


def make_minutes(hands: Hands, file: Path) -> None:
    hands.act("give the lead's one reason for what was not checked")
    hands.press("Ctrl+5")
    hands.to("Ghi lý do chung")
    hands.press("Return")
    hands.type(REASON)
    hands.to("Ghi lý do")
    hands.press("Return")
    hands.act("seal and make the minutes")
    hands.to("Chốt dữ liệu và lập biên bản")
    hands.press("Return", "Return")
    hands.press("Ctrl+A")
    hands.type(str(file))
    hands.press("Return")


def sign(hands: Hands, scan: Path) -> None:
    hands.act("choose the scan")
    hands.press("Ctrl+O", "Ctrl+A")
    hands.type(str(scan))
    hands.press("Return")
    hands.act("say who signed")
    for _ in range(2):
        hands.to("Việc ký")
        hands.press("F4", "Home", "Return", "Tab")
    hands.act("sign")
    hands.to("Ngày ký")
    hands.type("261126")
    hands.to("Ghi nhận biên bản đã ký")
    hands.press("Return")
    assert hands.sees("Biên bản đã ký")


def stored(hands: Hands) -> Inspection:
    desk = hands.desk()
    (row,) = desk.workspace.inspections()
    return desk.inspection(row.space)


def test_from_first_start_to_signed_minutes_by_keyboard_alone(
    hands: Hands, fast_tmp: Path, opened_outside: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    paper, scan = fast_tmp / "bien-ban.docx", fast_tmp / "ban-quet.jpg"
    scan.write_bytes(drawn_photo(1, (1240, 1754)))
    set_up(hands)
    open_inspection(hands)
    check_items(hands)
    note_finding(hands)
    name_people(hands)
    make_minutes(hands, paper)
    assert check_file(paper) == []
    assert opened_outside == [str(paper)]
    sign(hands, scan)
    with capsys.disabled():
        print(f"\nfrom first start to signed minutes: {len(hands.acts)} acts, {hands.keys} keys")  # noqa: T201

    found = stored(hands)
    assert found.signed is not None
    assert found.signed.scan is not None
    assert found.unchecked_reason == REASON
    assert [finding.recommendations[0].content for finding in found.printed_findings] == [ADVICE]
    assert sorted(len(answer.remark or "") for answer in found.answers.values())[-1] == len(REMARK)
    assert [(signer.name, signer.side) for signer in found.signers] == [
        ("Nguyễn Văn Hòa", "team"),
        ("Trần Thị Mai", "unit"),
    ]

    hands.press("Ctrl+1", "1")
    assert hands.sees("Chỉ đọc")
    assert stored(hands).answers == found.answers, "what was signed does not change"
