"""Three laptops of one team: two members disagree, the lead decides, seals and signs, and a third comes late."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from inspector.domain.inspection import Inspection
from inspector.services.door import Newcomer, Ways, begin, home_of, new_recovery_code
from inspector.services.issuing import check_file
from inspector.services.late_arrivals import late
from tests.samples.minutes_samples import drawn_photo
from tests.ui.journeys.conftest import at_window
from tests.ui.journeys.hands import Hands, called
from tests.ui.journeys.test_first_day import REASON, open_inspection

pytestmark = pytest.mark.laptops

BEFORE = "Ban hành chậm 12 ngày."
HALF, REST = "Kế hoạch ban hành ngày 14/02, chậm 12 ng", "ày."
OTHER = "Không có kế hoạch riêng của xã."
WHY = "Đã xem sổ văn bản đi của xã."
TOO_LATE = "Đã bổ sung kế hoạch tuyên truyền."
SPOKEN = "kiem tra cai be 2026"
"""The code of packages, as members tell it to each other."""

Sit = Callable[[str, str], Hands]


@pytest.fixture
def sit_at(fast_tmp: Path, keychain_in_memory: None, opened_outside: list[str]) -> Iterator[Sit]:
    """The laptop of somebody, set up before, with its own window."""
    with ExitStack() as windows:

        def sit(name: str, agency: str) -> Hands:
            home = home_of(fast_tmp / name)
            begin(
                home,
                Newcomer(name, agency, "Tỉnh Đồng Tháp"),
                Ways(keychain=True, recovery_code=new_recovery_code()),
            )
            return windows.enter_context(at_window(home))

        yield sit


@pytest.fixture
def usb(fast_tmp: Path) -> Path:
    """One stick for all; whoever brings it has emptied it."""
    folder = fast_tmp / "usb"
    folder.mkdir()
    return folder


def go(hands: Hands, words: str) -> None:
    hands.press("Ctrl+K")
    hands.type(words)
    hands.press("Return")


def answer_dialog(hands: Hands, place: Path) -> None:
    """Type where a file is or shall be."""
    hands.press("Ctrl+A")
    hands.type(str(place))
    hands.press("Return")


# -------------------------------------------------------- coming together


def invite(lead: Hands, name: str, agency: str, file: Path) -> str:
    """Write an invitation; returns the code, which is read out."""
    lead.act(f"invite {name}")
    lead.sit()
    go(lead, "cai dat")
    lead.press("Home", "Down", "Down", "Return")
    lead.to("Họ và tên người được mời")
    lead.type(name)
    lead.press("Tab")
    lead.type(agency)
    lead.press("Ctrl+Return")
    answer_dialog(lead, file)
    return next(found[1] for words in lead.words() if (found := re.match(r"Mã mở: (\S+)", words)))


def accept(member: Hands, file: Path, code: str) -> None:
    member.act("accept the invitation")
    member.sit()
    go(member, "cai dat")
    member.press("Home", "Down", "Down", "Return", "Ctrl+O")
    answer_dialog(member, file)
    member.type(code)
    member.press("Return", "Return", "Return")
    assert member.sees("Đã nhận giấy mời của Bùi Thanh Hà")


def give(giver: Hands, usb: Path) -> None:
    """Write a package that opens by the code everybody knows."""
    for file in usb.iterdir():
        file.unlink()
    giver.act("write a package")
    giver.sit()
    go(giver, "dong bo")
    giver.press("Ctrl+U")
    giver.to("Mã mở gói")
    giver.press("Ctrl+A")
    giver.type(SPOKEN)
    giver.press("Ctrl+Return")
    answer_dialog(giver, usb)
    assert giver.sees("Đã ghi xong và đọc lại đủ")


def look_into(taker: Hands, usb: Path) -> None:
    taker.act("look into the package")
    taker.sit()
    (manifest,) = usb.glob("*_MANIFEST.cchc")
    go(taker, "dong bo")
    taker.press("Ctrl+O")
    answer_dialog(taker, manifest)
    taker.type(SPOKEN)
    taker.press("Return", "Return")
    assert taker.sees("Nguyên vẹn, chữ ký đúng")


def take(taker: Hands, usb: Path) -> None:
    look_into(taker, usb)
    taker.press("Return")
    assert taker.sees("Giấy báo nhận đã ghi vào USB")


def take_receipt(lead: Hands, usb: Path, name: str) -> None:
    lead.act("take the receipt")
    lead.sit()
    (receipt,) = usb.glob("*_RECEIPT.cchc")
    lead.press("Ctrl+O")
    answer_dialog(lead, receipt)
    assert lead.sees(f"Đã nhận giấy báo của {name}")


def join(lead: Hands, member: Hands, name: str, agency: str, usb: Path) -> None:
    """A member gets the inspection, and the lead the receipt for it."""
    paper = usb.parent / f"{name}.cchc-moi"
    code = invite(lead, name, agency, paper)
    lead.picture("1-giay-moi")
    accept(member, paper, code)
    give(lead, usb)
    take(member, usb)
    member.picture("2-da-nhan-goi")
    take_receipt(lead, usb, name)


# -------------------------------------------------------- disagreeing and deciding


def disagree(lead: Hands, bao: Hands, usb: Path) -> None:
    """The lead is in the middle of a word about I.1 while Bảo writes the contrary and hands it over."""
    lead.act("say more about I.1")
    lead.sit()
    go(lead, "cai be")
    lead.press("Home", "Return", "Ctrl+A")
    lead.type(HALF)
    bao.act("find the contrary")
    bao.sit()
    go(bao, "cai be")
    bao.press("Home", "3", "Up", "Return", "Ctrl+A")
    bao.type(OTHER)
    bao.press("Ctrl+Return")
    give(bao, usb)
    lead.sit()
    assert called(lead.focus()) == "Nhận xét", "the caret stays where it was"
    lead.type(REST)
    look_into(lead, usb)
    assert lead.sees("1 chỗ sẽ chưa thống nhất: I.1")
    lead.picture("3-goi-se-gay-bat-dong")
    lead.press("Return")


def decide(lead: Hands) -> None:
    lead.act("see the item two people disagree about")
    go(lead, "cai be")
    assert lead.sees(f"Bùi Thanh Hà: {HALF}{REST}")
    assert lead.sees(f"Võ Quốc Bảo: {OTHER}")
    lead.picture("4-muc-chua-thong-nhat")
    lead.act("decide")
    lead.press("Ctrl+6", "Return")
    lead.picture("5-quyet-dinh")
    lead.press("Alt+2")
    lead.to("Lý do quyết định")
    lead.type(WHY)
    lead.press("Ctrl+Return")
    assert lead.sees("Không còn chỗ nào để quyết định")
    assert lead.sees(f"Đã quyết định: {OTHER}")
    assert not lead.sees("Vừa có thêm ý kiến"), "nobody but the lead has decided"
    lead.picture("6-da-quyet-dinh")


# -------------------------------------------------------- sealing, printing, signing


def name_people(lead: Hands) -> None:
    lead.act("name the lead")
    lead.press("Ctrl+4", "Ctrl+N")
    lead.type("Bùi Thanh Hà")
    lead.press("Return")
    lead.type("Phó Giám đốc")
    lead.press("Tab")
    lead.type("Sở Nội vụ")
    lead.press("Tab", "F4", "Home", "Return")
    lead.act("the lead signs")
    lead.press("Ctrl+5", "F7", "Return", "Return")
    lead.act("somebody of the unit signs")
    lead.press("Ctrl+5", "F7", "Return", "Ctrl+N")
    lead.type("Trần Thị Mai")
    lead.press("Tab")
    lead.act("give one reason for what was not checked")
    lead.press("Ctrl+5")
    lead.to("Ghi lý do chung")
    lead.press("Return")
    lead.type(REASON)
    lead.to("Ghi lý do")
    lead.press("Return")


def seal(lead: Hands, file: Path) -> None:
    lead.act("freeze the data")
    lead.press("Ctrl+5", "Alt+3")
    assert lead.sees("Chốt dữ liệu")
    lead.picture("7-chot-du-lieu")
    lead.act("seal and make the minutes")
    lead.to("Chốt dữ liệu và lập biên bản")
    lead.press("Return", "Return")
    answer_dialog(lead, file)
    assert lead.sees("Biên bản đã niêm phong")
    assert called(lead.focus()) == "Chốt dữ liệu"
    lead.picture("8-da-niem-phong")


def print_and_sign(lead: Hands, scan: Path) -> None:
    lead.act("print")
    lead.to("In")
    lead.press("Return")
    lead.act("bind the scan")
    lead.press("Alt+4", "Ctrl+O")
    answer_dialog(lead, scan)
    lead.act("say who signed")
    for _ in range(2):
        lead.to("Việc ký")
        lead.press("F4", "Home", "Return", "Tab")
    lead.to("Ngày ký")
    lead.type("261126")
    lead.picture("9-ky")
    lead.to("Ghi nhận biên bản đã ký")
    lead.press("Return")
    assert lead.sees("Biên bản đã ký")


def come_late(lead: Hands, thu: Hands, usb: Path) -> None:
    thu.act("answer I.2, not knowing of the seal")
    thu.sit()
    go(thu, "cai be")
    thu.press("Home", "Down", "Return")
    thu.to("Nhận xét")
    thu.type(TOO_LATE)
    thu.press("Ctrl+Return")
    give(thu, usb)
    take(lead, usb)
    lead.act("see what came late")
    go(lead, "cai be")
    lead.press("Ctrl+5", "Alt+3")
    assert lead.sees("Đã ký"), lead.words()
    assert any(one.words == TOO_LATE for one in late(lead.desk(), stored(lead).id))
    lead.picture("10-phat-sinh")
    give(lead, usb)
    take(thu, usb)
    go(thu, "cai be")
    thu.picture("11-nguoi-den-sau")
    assert thu.sees("Đã ký")


def stored(hands: Hands) -> Inspection:
    desk = hands.desk()
    (row,) = desk.workspace.inspections()
    return desk.inspection(row.space)


def test_two_disagree_one_decides_and_seals_and_a_third_comes_late(
    sit_at: Sit, usb: Path, fast_tmp: Path, opened_outside: list[str]
) -> None:
    paper, scan = fast_tmp / "bien-ban.docx", fast_tmp / "ban-quet.jpg"
    scan.write_bytes(drawn_photo(1, (1240, 1754)))
    lead, bao, thu = (
        sit_at("Bùi Thanh Hà", "Sở Nội vụ"),
        sit_at("Võ Quốc Bảo", "Sở Tài chính"),
        sit_at("Lê Minh Thu", "Sở Tư pháp"),
    )
    lead.sit()
    open_inspection(lead)
    lead.act("answer I.1")
    lead.press("2", "Up", "Return")
    lead.type(BEFORE)
    lead.press("Ctrl+Return")
    join(lead, bao, "Võ Quốc Bảo", "Sở Tài chính", usb)
    join(lead, thu, "Lê Minh Thu", "Sở Tư pháp", usb)
    disagree(lead, bao, usb)
    decide(lead)
    name_people(lead)
    seal(lead, paper)
    sealed = stored(lead)
    assert sealed.answers["commune.steering.annual_plan"].remark == OTHER
    assert check_file(paper) == []
    print_and_sign(lead, scan)
    come_late(lead, thu, usb)

    found = stored(lead)
    assert found.signed is not None
    assert found.signed.scan is not None
    assert found.sealed is not None
    assert found.sealed.id == (sealed.sealed and sealed.sealed.id), "the seal stands as it was set"
    assert found.answers["commune.steering.annual_plan"].remark == OTHER
    assert opened_outside[0] == str(paper)
