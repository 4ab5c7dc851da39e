"""The seal: set over everything that is here, found out wherever something changed, witnessed, taken back by two."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from inspector.domain.errors import Refused
from inspector.domain.inspection import SealFact
from inspector.domain.invitation import Guest
from inspector.services import sealing
from inspector.services.accepting import accept_invitation, open_invitation
from inspector.services.freezing import Handed, machines
from inspector.services.inviting import Wanted, write_invitation
from inspector.services.issuing import issue_minutes
from inspector.services.late_arrivals import late, late_words
from inspector.services.papers import document_now
from inspector.services.seal_check import check
from inspector.sync.exchange import Exchange
from inspector.sync.host import Host
from inspector.sync.store import WorkspaceStore
from inspector.system.folders import Workspace as Places
from inspector.system.slot_secrets import Demonstration
from inspector.system.slots import create_slots
from tests.services.furnished import Furnished
from tests.services.laptops import Laptop, deliver, exchange, field
from tests.services.meeting import stranger
from tests.services.sealed import sealed_inspection
from tests.services.tampering import KINDS, problems
from tests.storage import office

Another = Callable[..., Laptop]
ITEM = "X-I.1"
TRIES = 40


def prepare(laptop: Laptop, inspection: str) -> None:
    """All that must be done before minutes are made."""
    laptop.act("answer_item", {"item": ITEM, "result": {"value": "khong"}, "remark": "Chưa ban hành."}, inspection)
    laptop.act("settle_unchecked", {"unchecked_reason": "Hết giờ"}, inspection)
    laptop.act("add_member", {"name": "Nguyễn Văn An", "role": "lead"}, inspection)
    for side, position in (("team", "TRƯỞNG ĐOÀN"), ("unit", "CHỦ TỊCH")):
        laptop.act("add_signer", {"side": side, "position": position}, inspection)


@pytest.fixture
def ready(laptop: Laptop, inspection: str) -> Laptop:
    prepare(laptop, inspection)
    return laptop


def fact(laptop: Laptop, inspection: str) -> SealFact:
    found = laptop.read(inspection).sealed
    assert found is not None
    return found


def meet(one: Laptop, other: Laptop, space: str) -> None:
    mine, theirs = WorkspaceStore(one.workspace), WorkspaceStore(other.workspace)
    assert Exchange(mine, mine.hello(), Host(theirs, theirs.hello(), {space})).run(space).matched


def codes(laptop: Laptop, wanted: str) -> list[str]:
    return [finding.code for finding in check(laptop.desk, wanted).findings]


def test_a_seal_has_a_code_and_closes_the_inspection(ready: Laptop, inspection: str) -> None:
    ready.act("seal_minutes", {}, inspection)
    seal = fact(ready, inspection)
    assert len(seal.code) == 24
    assert ready.read(inspection).status == "finished"
    with pytest.raises(Refused, match="inspection-sealed"):
        ready.act("remark_item", {"item": ITEM, "remark": "Sửa"}, inspection)
    with pytest.raises(Refused, match="inspection-sealed"):
        ready.act("seal_minutes", {}, inspection)
    result = check(ready.desk, seal.code)
    assert (result.fits, result.inspection, result.findings) == (True, inspection, ())


def test_everybody_with_the_same_records_comes_to_the_same_root(
    ready: Laptop, inspection: str, another: Another
) -> None:
    other = another()
    exchange(ready, other, inspection)
    terms = sealing.terms_now(ready.workspace, ready.workspace.blobs, inspection, (), "")
    roots = {sealing.content_of(laptop.workspace, inspection, terms).root for laptop in (ready, other)}
    assert len(roots) == 1


def test_what_must_be_done_first_keeps_it_closed(laptop: Laptop, inspection: str) -> None:
    with pytest.raises(Refused) as caught:
        laptop.act("seal_minutes", {}, inspection)
    assert caught.value.code == "seal-not-ready"
    assert laptop.read(inspection).seals == ()


def test_two_opinions_keep_it_closed(ready: Laptop, inspection: str) -> None:
    for text in ("một", "hai"):
        ready.act("remark_item", {"item": ITEM, "remark": text}, inspection, seen={"remark": []})
    with pytest.raises(Refused) as caught:
        ready.act("seal_minutes", {}, inspection)
    assert "hai ý kiến khác nhau" in str(caught.value.params["first"])


def test_a_laptop_that_did_not_report_is_waited_for_or_excluded(
    ready: Laptop, inspection: str, another: Another
) -> None:
    other = another()
    deliver(ready, other, inspection)
    other.act("remark_item", {"item": "X-I.3", "remark": "Chậm"}, inspection)
    deliver(other, ready, inspection)
    device = other.workspace.author.device
    (line,) = [
        one for one in machines(ready.workspace, inspection, ready.workspace.author.device) if one.device == device
    ]
    assert (line.handed, line.met, line.only_there, line.clock) == (Handed.UNKNOWN, None, None, None)
    with pytest.raises(Refused, match="seal-not-ready"):
        ready.act("seal_minutes", {}, inspection)
    with pytest.raises(Refused, match="reason-needed"):
        ready.act("seal_minutes", {"excluded": [device]}, inspection)
    ready.act("seal_minutes", {"excluded": [f"{device}: về trước"]}, inspection)
    (standing,) = sealing.seals(ready.workspace, inspection)
    assert [(one.name, one.reason) for one in standing.seal.terms.excluded] == [("Trần Thị Bình", "về trước")]


def test_a_member_who_was_invited_is_told_from_one_without_a_laptop(
    ready: Laptop, inspection: str, tmp_path: Path
) -> None:
    write_invitation(ready.desk, tmp_path / "thu.cchc-moi", Wanted("Lê Minh Thu", "Sở Tư pháp", (inspection,)))
    ready.act("add_member", {"name": "Phạm Văn Tám", "role": "member"}, inspection)
    found = {one.name: one.handed for one in machines(ready.workspace, inspection, ready.workspace.author.device)}
    assert (found["Lê Minh Thu"], found["Phạm Văn Tám"]) == (Handed.INVITED, Handed.NONE)


def test_a_laptop_that_met_has_handed_everything_in(ready: Laptop, inspection: str, another: Another) -> None:
    other = another()
    deliver(ready, other, inspection)
    other.act("remark_item", {"item": "X-I.3", "remark": "Chậm"}, inspection)
    meet(ready, other, inspection)
    found = {one.name: one.handed for one in machines(ready.workspace, inspection, ready.workspace.author.device)}
    assert found == {"Nguyễn Văn An": Handed.HERE, "Trần Thị Bình": Handed.ALL}
    ready.act("seal_minutes", {}, inspection)


def test_a_member_without_a_laptop_is_no_obstacle(ready: Laptop, inspection: str) -> None:
    ready.act("add_member", {"name": "Lê Thị Chín", "role": "member"}, inspection)
    found = machines(ready.workspace, inspection, ready.workspace.author.device)
    assert [one.handed for one in found] == [Handed.HERE, Handed.NONE]
    ready.act("seal_minutes", {}, inspection)


# -------------------------------------------------------- paper


def test_the_minutes_carry_the_code_and_are_handed_out_as_they_were(
    ready: Laptop, inspection: str, tmp_path: Path
) -> None:
    ready.act("seal_minutes", {}, inspection)
    seal = fact(ready, inspection)
    made = issue_minutes(ready.desk, inspection, tmp_path / "a.docx")
    assert (made.kind, made.notes) == ("minutes", ())
    data = (tmp_path / "a.docx").read_bytes()
    assert fact(ready, inspection).issued == (hashlib.sha256(data).hexdigest(),)
    issue_minutes(ready.desk, inspection, tmp_path / "b.docx")
    assert (tmp_path / "b.docx").read_bytes() == data
    assert len(ready.read(inspection).documents) == 1
    from docx import Document

    footers = [section.footer.paragraphs[0].text for section in Document(str(tmp_path / "a.docx")).sections]
    assert f"Mã niêm phong: {seal.code}" in footers[0]
    assert codes(ready, str(tmp_path / "a.docx")) == []


def test_made_again_from_what_was_sealed_it_is_the_same_bytes(
    ready: Laptop, inspection: str, another: Another, tmp_path: Path
) -> None:
    """On a laptop that has no copy of the file, and after others wrote more."""
    other = another()
    create_slots(Places(other.folder), office.KEY, [Demonstration()])
    exchange(ready, other, inspection)
    ready.act("seal_minutes", {}, inspection)
    issue_minutes(ready.desk, inspection, tmp_path / "a.docx")
    other.act("remark_item", {"item": ITEM, "remark": "Sửa muộn"}, inspection)
    exchange(ready, other, inspection)
    assert not other.workspace.blobs.has(fact(other, inspection).issued[0])
    assert document_now(other.desk, inspection) == (tmp_path / "a.docx").read_bytes()


def test_a_file_that_was_touched_does_not_fit(ready: Laptop, inspection: str, tmp_path: Path) -> None:
    ready.act("seal_minutes", {}, inspection)
    out = tmp_path / "a.docx"
    issue_minutes(ready.desk, inspection, out)
    out.write_bytes(out.read_bytes() + b" ")
    assert codes(ready, str(out)) == ["seal-file-differs"]


def test_the_signature_comes_after_the_seal(ready: Laptop, inspection: str, tmp_path: Path) -> None:
    ready.act("seal_minutes", {}, inspection)
    issue_minutes(ready.desk, inspection, tmp_path / "a.docx")
    signer = ready.read(inspection).signers[0].id
    with pytest.raises(Refused, match="inspection-sealed"):
        ready.act("edit_signer", {"signer": signer, "name": "Khác"}, inspection)
    ready.act("edit_signer", {"signer": signer, "outcome": {"state": "signed"}}, inspection)
    ready.act("sign_minutes", {"date": "2026-11-26"}, inspection)
    found = ready.read(inspection)
    assert found.signed is not None
    assert found.signed.document == fact(ready, inspection).issued[0]
    assert check(ready.desk, fact(ready, inspection).code).fits
    assert late(ready.desk, inspection) == ()


# -------------------------------------------------------- others


def test_a_laptop_that_holds_the_same_witnesses_once(ready: Laptop, inspection: str, another: Another) -> None:
    other = another()
    exchange(ready, other, inspection)
    ready.act("seal_minutes", {}, inspection)
    for _ in range(2):
        deliver(ready, other, inspection)
        deliver(other, ready, inspection)
        assert fact(ready, inspection).witnesses == 1
    assert len(ready.workspace.of_kinds(inspection, {"witness"})) == 1


def test_who_lacks_something_under_it_witnesses_when_that_comes(
    ready: Laptop, inspection: str, another: Another
) -> None:
    other = another()
    ready.act("seal_minutes", {}, inspection)
    everything = ready.change_sets(inspection)
    other.workspace.accept([*everything[:5], everything[-1]])
    assert other.workspace.of_kinds(inspection, {"witness"}) == []
    other.workspace.accept(everything)
    assert len(other.workspace.of_kinds(inspection, {"witness"})) == 1


def test_who_is_let_in_after_the_seal_witnesses_with_what_comes_next(
    ready: Laptop, inspection: str, tmp_path: Path
) -> None:
    ready.act("seal_minutes", {}, inspection)
    guest = stranger(tmp_path / "guest", "Trần Thị Hoa")
    with guest.workspace:
        deliver(ready, guest, inspection)
        assert guest.workspace.waiting(inspection) == []
        spare = Wanted("", "", (inspection,), spare=True)
        written = write_invitation(ready.desk, tmp_path / "moi.cchc-moi", spare)
        invitation = open_invitation(written.file, written.code)
        accept_invitation(guest.desk, invitation, Guest("", "Trần Thị Hoa", "Sở Tài chính"))
        ready.write(inspection, field("finding", "f", "content", "đến sau"))
        deliver(ready, guest, inspection)
        assert len(guest.workspace.of_kinds(inspection, {"witness"})) == 1


def test_what_comes_late_is_listed_and_changes_nothing(ready: Laptop, inspection: str, another: Another) -> None:
    other = another()
    exchange(ready, other, inspection)
    other.act("remark_item", {"item": "X-I.3", "remark": "Báo cáo chậm"}, inspection)
    ready.act("seal_minutes", {}, inspection)
    code = fact(ready, inspection).code
    before = document_now(ready.desk, inspection)
    exchange(ready, other, inspection)
    found = late(ready.desk, inspection)
    assert [(one.field, one.words, one.author) for one in found if one.field == "Nhận xét"] == [
        ("Nhận xét", "Báo cáo chậm", "Trần Thị Bình")
    ]
    assert "Báo cáo chậm (Trần Thị Bình)." in late_words(found)
    assert document_now(ready.desk, inspection) == before
    assert check(ready.desk, code).fits
    assert codes(ready, code) == ["seal-late"]
    ready.act("add_supplement", {"reason": "Có nội dung đến muộn", "content": late_words(found)}, inspection)


def test_two_people_take_a_seal_back(ready: Laptop, inspection: str, another: Another) -> None:
    other = another()
    exchange(ready, other, inspection)
    ready.act("seal_minutes", {}, inspection)
    code = fact(ready, inspection).code
    ready.act("void_seal", {"seal": code, "why": "Chốt nhầm"}, inspection)
    assert fact(ready, inspection).code == code
    with pytest.raises(Refused, match="seal-needs-second"):
        ready.act("void_seal", {"seal": code, "why": "Chốt nhầm"}, inspection)
    deliver(ready, other, inspection)
    other.act("void_seal", {"seal": code, "why": "Đồng ý"}, inspection)
    deliver(other, ready, inspection)
    assert ready.read(inspection).sealed is None
    assert ready.read(inspection).status == "open"
    ready.act("remark_item", {"item": ITEM, "remark": "Sửa lại"}, inspection)
    assert codes(ready, code) == ["seal-void", "seal-late"]


def test_two_seals_are_both_shown_until_one_is_void(ready: Laptop, inspection: str, another: Another) -> None:
    other = another()
    meet(ready, other, inspection)
    for laptop in (ready, other):
        laptop.act("add_unit_person", {"name": laptop.workspace.author.person}, inspection)
        laptop.act("seal_minutes", {}, inspection)
    exchange(ready, other, inspection)
    for laptop in (ready, other):
        assert [one.is_void for one in laptop.read(inspection).seals] == [False, False]
    assert [one.id for one in ready.read(inspection).seals] == [one.id for one in other.read(inspection).seals]
    assert "seal-two" in codes(ready, fact(ready, inspection).code)
    gone = ready.read(inspection).seals[1].code
    ready.act("void_seal", {"seal": gone, "why": "Giữ bản kia"}, inspection)
    deliver(ready, other, inspection)
    other.act("void_seal", {"seal": gone, "why": "Đồng ý"}, inspection)
    deliver(other, ready, inspection)
    assert fact(ready, inspection).code != gone
    assert ready.read(inspection).status == "finished"


def test_a_code_nobody_sealed_is_unknown(ready: Laptop, inspection: str) -> None:
    result = check(ready.desk, "0000-0000-0000-0000-0000")
    assert (result.fits, [one.code for one in result.findings]) == (False, ["seal-unknown"])


# -------------------------------------------------------- tampering


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_tampering_is_found(kind: str, full: Furnished, tmp_path: Path) -> None:
    """The short form of ``dev.py fuzz seals``."""
    found, keys = sealed_inspection(full, tmp_path)
    assert problems(found) == []
    chance = random.Random(kind)
    for _ in range(TRIES):
        changed = KINDS[kind](found, chance, keys)
        assert problems(changed) != [], kind
