"""From minutes that were made to minutes that are signed, and what comes after."""

from __future__ import annotations

import hashlib

import pytest

from inspector.domain.errors import InspectorError, Refused
from inspector.services.case import signature_id
from tests.services.furnished import Furnished, issue
from tests.services.laptops import VISIT, Laptop


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_without_minutes_nothing_is_signed(laptop: Laptop, inspection: str) -> None:
    with pytest.raises(Refused, match="nothing-to-sign"):
        laptop.act("sign_minutes", {"date": VISIT}, inspection)


def test_a_draft_is_not_signed(laptop: Laptop, inspection: str) -> None:
    issue(laptop, inspection, kind="draft")
    with pytest.raises(Refused, match="nothing-to-sign"):
        laptop.act("sign_minutes", {"date": VISIT}, inspection)


def test_the_minutes_made_last_are_the_ones_that_are_signed(laptop: Laptop, inspection: str) -> None:
    for content in (b"first", b"second", b"third"):
        issue(laptop, inspection, content)
    laptop.act("sign_minutes", {"date": VISIT}, inspection)
    signed = laptop.read(inspection).signed
    assert signed is not None
    assert (signed.date.isoformat() if signed.date else "", signed.document) == (VISIT, digest(b"third"))


def test_earlier_minutes_can_be_named(laptop: Laptop, inspection: str) -> None:
    for content in (b"first", b"second"):
        issue(laptop, inspection, content)
    laptop.act("sign_minutes", {"date": VISIT, "document": digest(b"first")}, inspection)
    signed = laptop.read(inspection).signed
    assert signed is not None
    assert signed.document == digest(b"first")


def test_minutes_that_were_not_made_here_are_not_signed(laptop: Laptop, inspection: str) -> None:
    issue(laptop, inspection)
    with pytest.raises(Refused, match="record-not-found"):
        laptop.act("sign_minutes", {"date": VISIT, "document": digest(b"others")}, inspection)
    assert laptop.read(inspection).signed is None


def test_signing_finishes_the_inspection(full: Furnished) -> None:
    full.act("sign_minutes", date=VISIT)
    assert full.laptop.read(full.inspection).status == "finished"


def test_the_scan_is_kept_letter_by_letter(full: Furnished) -> None:
    full.act("sign_minutes", date=VISIT, scan=str(full.files / "scan.pdf"))
    signed = full.laptop.read(full.inspection).signed
    assert signed is not None
    assert signed.scan is not None
    assert full.laptop.workspace.blobs.read(signed.scan) == (full.files / "scan.pdf").read_bytes()


def test_a_scan_bound_later_leaves_date_and_document(full: Furnished) -> None:
    full.act("sign_minutes", date=VISIT)
    before = full.laptop.read(full.inspection).signed
    full.act("bind_scan", scan=str(full.files / "scan.pdf"))
    after = full.laptop.read(full.inspection).signed
    assert before is not None
    assert after is not None
    assert (after.date, after.document, before.scan) == (before.date, before.document, None)
    assert after.scan == digest((full.files / "scan.pdf").read_bytes())


@pytest.mark.parametrize("act", ["sign_minutes", "bind_scan"])
@pytest.mark.parametrize(
    ("scan", "code"), [("none.pdf", "file-not-readable"), (".", "file-not-readable"), ("empty.pdf", "file-empty")]
)
def test_a_scan_that_cannot_be_read_is_refused(full: Furnished, act: str, scan: str, code: str) -> None:
    if act == "bind_scan":
        full.act("sign_minutes", date=VISIT)
    full.laptop.folder.with_name("empty.pdf").write_bytes(b"")
    before = full.laptop.position()
    given = {"scan": str(full.laptop.folder.with_name("x").parent / scan)}
    with pytest.raises(InspectorError) as caught:
        full.act(act, **given, **({"date": VISIT} if act == "sign_minutes" else {}))
    assert (caught.value.code, caught.value.params["field"]) == (code, "scan")
    assert full.laptop.position() == before


def test_signatures_are_recorded_once(full: Furnished) -> None:
    full.act("sign_minutes", date=VISIT)
    with pytest.raises(Refused, match="inspection-signed"):
        full.act("sign_minutes", date="2026-11-27")


def test_a_supplement_stands_beside_the_signed_minutes(full: Furnished) -> None:
    full.act("sign_minutes", date=VISIT)
    before = full.laptop.read(full.inspection)
    full.act("add_supplement", reason="Có tài liệu mới", content="Bổ sung.", number="2", date="2026-12-01")
    after = full.laptop.read(full.inspection)
    (supplement,) = after.supplements
    assert (supplement.reason, supplement.content, supplement.number) == ("Có tài liệu mới", "Bổ sung.", "2")
    assert (after.findings, after.answers, after.signed) == (before.findings, before.answers, before.signed)


def test_a_signature_that_was_withdrawn_can_be_given_again(full: Furnished) -> None:
    """Nobody withdraws one here, but another laptop or a newer program may."""
    from tests.services.laptops import field

    full.act("sign_minutes", date=VISIT)
    record = signature_id(full.inspection)
    full.laptop.write(full.inspection, field("signature", record, "_del", True))
    full.act("state_opinion", unit_opinion="Ghi thêm.")
    full.act("sign_minutes", date="2026-11-28")
    signed = full.laptop.read(full.inspection).signed
    assert signed is not None
    assert str(signed.date) == "2026-11-28"


def test_what_others_wrote_before_they_knew_is_taken_in(full: Furnished, laptop: Laptop) -> None:
    """Services refuse on this laptop; the log never does (amendment 17)."""
    from inspector.storage.workspace import Workspace
    from tests.services.laptops import colleague, deliver
    from tests.storage import office

    folder = full.laptop.folder.with_name("colleague")
    identity = colleague(full.laptop.workspace.identity, "Trần Thị Bình")
    Workspace.create(folder, office.KEY, identity, app=office.APP, clock=office.StandingClock()).close()
    theirs = Laptop.open(folder)
    with theirs.workspace:
        deliver(full.laptop, theirs, full.inspection)
        full.act("sign_minutes", date=VISIT)
        theirs.act("state_opinion", {"unit_opinion": "Không thống nhất."}, full.inspection)
        deliver(theirs, full.laptop, full.inspection)
    found = full.laptop.read(full.inspection)
    assert found.unit_opinion == "Không thống nhất."
    assert found.signed is not None


def test_no_more_than_six_sign(laptop: Laptop, inspection: str) -> None:
    for number in range(6):
        laptop.act("add_signer", {"side": "team", "position": f"THÀNH VIÊN {number}"}, inspection)
    with pytest.raises(Refused, match="too-many-signers"):
        laptop.act("add_signer", {"side": "unit", "position": "CHỦ TỊCH"}, inspection)
    assert [signer.position for signer in laptop.read(inspection).signers] == [f"THÀNH VIÊN {n}" for n in range(6)]


@pytest.mark.parametrize("state", ["refused", "absent"])
def test_who_does_not_sign_gives_a_reason(laptop: Laptop, inspection: str, state: str) -> None:
    given = {"side": "unit", "position": "CHỦ TỊCH", "outcome": {"state": state}}
    with pytest.raises(Refused, match="reason-needed"):
        laptop.act("add_signer", given, inspection)
    signer = laptop.act("add_signer", {**given, "outcome": {"state": "signed"}}, inspection).ref
    with pytest.raises(Refused, match="reason-needed"):
        laptop.act("edit_signer", {"signer": signer, "outcome": {"state": state}}, inspection)
    laptop.act("edit_signer", {"signer": signer, "outcome": {"state": state, "reason": "Đi công tác"}}, inspection)
    (found,) = laptop.read(inspection).signers
    assert (found.outcome, found.reason) == (state, "Đi công tác")


def test_a_section_nobody_knows_is_not_written(laptop: Laptop, inspection: str) -> None:
    with pytest.raises(InspectorError, match="section-unknown"):
        laptop.act("write_section", {"section": "weather", "body": {"text": "Mưa."}}, inspection)


def test_an_edited_section_keeps_the_proposal_it_came_from(laptop: Laptop, inspection: str) -> None:
    body = {"text": "Đã sửa.\nDòng hai.", "proposal": "Đề xuất."}
    laptop.act("write_section", {"section": "scope", "body": body}, inspection)
    found = laptop.read(inspection).sections["scope"]
    assert (found.text, found.proposal) == ("Đã sửa.\nDòng hai.", "Đề xuất.")
    laptop.act("drop_section", {"section": "scope"}, inspection)
    assert laptop.read(inspection).sections == {}
    laptop.act("write_section", {"section": "scope", "body": body}, inspection)
    assert laptop.read(inspection).sections["scope"] == found
