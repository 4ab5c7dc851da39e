"""An inspection with a record of every kind, and valid calls of every act on it."""

from __future__ import annotations

import io
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inspector.domain.changeset import Json
from inspector.domain.ids import new_id
from inspector.services.desk import Receipt
from tests.services.laptops import COMMUNE, VISIT, Laptop, field

RESOURCES = Path(__file__).parents[2] / "resources"


@dataclass(frozen=True)
class Furnished:
    """``refs`` are record ids by what they are; ``files`` is a folder with a file of every kind an act takes."""

    laptop: Laptop
    inspection: str
    refs: dict[str, str]
    files: Path

    def act(self, name: str, **arguments: object) -> Receipt:
        return self.laptop.act(name, arguments, self.inspection)

    def do(self, call: Call, act: str | None = None) -> Receipt:
        return self.laptop.act(call.name, call.arguments, self.inspection if call.inside else None, act=act)


@dataclass(frozen=True)
class Call:
    """One valid call of an act on the furnished inspection; ``refs`` stand as ``@name`` until they are known."""

    name: str
    arguments: dict[str, Any]
    inside: bool = True

    def __str__(self) -> str:
        return f"{self.name}({', '.join(self.arguments)})"

    def on(self, full: Furnished) -> Call:
        return Call(self.name, {name: _known(value, full) for name, value in self.arguments.items()}, self.inside)


def _known(value: Any, full: Furnished) -> Any:
    if isinstance(value, str) and value.startswith("@"):
        return full.refs[value[1:]]
    if isinstance(value, str) and value.startswith("file:"):
        return str(full.files / value.removeprefix("file:"))
    return value


def furnish(laptop: Laptop, files: Path) -> Furnished:
    """Record something of everything in one inspection; an earlier one is there to copy from."""
    write_files(files)
    refs = {"earlier": laptop.begin(team_decision={"number": "1/QĐ", "date": "2026-01-05"})}
    inspection = laptop.begin(period={"start": "2025-01-01", "end": "2026-10-31"})
    full = Furnished(laptop, inspection, refs, files)
    for name, call in _BEGUN.items():
        refs[name] = full.do(call.on(full)).ref
    full.act("remove_recommendation", recommendation=refs["gone"])
    refs["issued"] = issue(laptop, inspection)
    return full


def issue(laptop: Laptop, inspection: str, content: bytes = b"minutes", kind: str = "minutes") -> str:
    """Minutes were made and listed, as making them does."""
    record = new_id()
    file: Json = {"hash": laptop.workspace.blobs.add(io.BytesIO(content))[0], "name": "bien-ban.docx", "size": 7}
    laptop.write(
        inspection, field("issued_document", record, "kind", kind), field("issued_document", record, "file", file)
    )
    return record


def write_files(folder: Path) -> None:
    (folder / "note.txt").write_text("Sổ theo dõi hồ sơ", "utf-8")
    (folder / "scan.pdf").write_bytes(b"%PDF-1.4 scan")
    checklist = json.loads((RESOURCES / "checklists" / "commune.json").read_bytes())
    checklist |= {"title": "Bộ tiêu chí của tỉnh", "version": "2027", "items": checklist["items"][:12]}
    (folder / "checklist.json").write_text(json.dumps(checklist), "utf-8")
    shutil.copy(RESOURCES / "calendar" / "vn.json", folder / "holidays.json")
    shutil.copy(RESOURCES / "templates" / "mau-bien-ban.docx", folder / "template.docx")
    (folder / "units.csv").write_text("Mã,Loại,Tên,Mã cấp trên\n28360,Phường,Cái Bè Mới,82\n", "utf-8")
    (folder / "departments.csv").write_text('Tên cơ quan,Cấp\nSở Chuyển đổi số,"Sở, ban, ngành"\n', "utf-8")


_BEGUN = {
    "member": Call("add_member", {"name": "Nguyễn Văn An", "role": "lead", "person": "p1"}),
    "gone_member": Call("add_member", {"name": "Phạm Thị Dung", "role": "member", "person": "p2"}),
    "unit_person": Call("add_unit_person", {"name": "Lê Thị Chín", "title": "Chủ tịch"}),
    "answer": Call("answer_item", {"item": "X-I.1", "result": {"value": "mot_phan"}, "remark": "Ban hành chậm."}),
    "dossier": Call("add_dossier", {"code": "000.00.12.H19-261126-0001", "procedure": "Khai sinh"}),
    "sample": Call("describe_sample", {"population": 320, "method": "Ngẫu nhiên"}),
    "headcount": Call("count_heads", {"place": "Một cửa", "at": "2026-11-26T08:15", "counts": {"due": 9}}),
    "finding": Call("add_finding", {"kind": "shortcoming", "item": "X-I.1", "content": "Kế hoạch ban hành chậm."}),
    "other_finding": Call("add_finding", {"kind": "shortcoming", "content": "Chưa công khai."}),
    "recommendation": Call("add_recommendation", {"finding": "@finding", "content": "Ban hành đúng hạn."}),
    "gone": Call("add_recommendation", {"finding": "@other_finding", "content": "Công khai lại."}),
    "document": Call("cite_document", {"document": {"number": "12/KH-UBND"}, "item": "X-I.1"}),
    "file": Call("attach_file", {"path": "file:note.txt", "finding": "@finding"}),
    "section": Call("write_section", {"section": "method", "body": {"text": "Đối chiếu.", "proposal": "Xem."}}),
    "signer": Call("add_signer", {"side": "team", "position": "TRƯỞNG ĐOÀN", "name": "Nguyễn Văn An"}),
    "letterhead": Call("save_letterhead", {"name": "Sở Nội vụ", "place": "Mỹ Tho", "copies": 3}, inside=False),
    "person": Call("save_person", {"name": "Trần Văn Bảy"}, inside=False),
}

CALLS = (
    Call("open_inspection", {"unit": COMMUNE, "form": "remote", "visit_date": VISIT}, inside=False),
    Call("open_inspection", {"unit": COMMUNE, "form": "surprise", "visit_date": VISIT, "previous": "@earlier"}, False),
    Call("edit_inspection", {"venue": "Trụ sở UBND xã", "opened": {"date": VISIT, "time": "08:00"}}),
    Call("edit_inspection", {"period": None, "copies": 4, "recipients": ["Như trên", "Lưu: VT"]}),
    Call("copy_header", {"from_inspection": "@earlier"}),
    Call("use_letterhead", {"name": "Sở Nội vụ"}),
    Call("change_status", {"status": "cancelled", "reason": "Bão số 9"}),
    Call("adopt_scoring_here", {"scored": True}),
    Call("add_member", {"name": "Võ Thị Em", "role": "secretary"}),
    Call("edit_member", {"member": "@member", "title": "Phó Giám đốc"}),
    Call("remove_member", {"member": "@gone_member"}),
    Call("mark_member", {"member": "@member", "attendance": {"present": False, "reason": "Họp Ủy ban"}}),
    Call("add_unit_person", {"name": "Hồ Văn Giàu"}),
    Call("edit_unit_person", {"unit_person": "@unit_person", "department": "Phòng Kinh tế"}),
    Call("remove_unit_person", {"unit_person": "@unit_person"}),
    Call("answer_item", {"item": "X-I.1", "result": {"value": "day_du"}}),
    Call("answer_item", {"item": "X-II.1", "result": {"value": "khong"}, "remark": "Chưa rà soát.", "self_score": "1"}),
    Call("remark_item", {"item": "X-I.1", "remark": "Ban hành ngày 20/02."}),
    Call("score_item", {"item": "X-I.1", "self_score": "2", "final_score": "1.5"}),
    Call("see_evidence", {"item": "X-I.1", "evidence_seen": ["Kế hoạch"]}),
    Call("settle_unchecked", {"unchecked_reason": "Không đủ thời gian"}),
    Call("add_dossier", {"code": "000.00.12.H19-261126-0002", "received": "2026-10-01", "apology": False}),
    Call("add_dossier", {"code": "000.00.12.H19-261126-0001", "note": "Ghi thêm"}),
    Call("edit_dossier", {"dossier": "@dossier", "due": {"date": "2026-10-05", "time": "11:30"}}),
    Call("remove_dossier", {"dossier": "@dossier"}),
    Call("describe_sample", {"item": "X-III.5", "totals": {"checked": 30, "late": 2}}),
    Call("count_heads", {"place": "Phòng Kinh tế", "at": "2026-11-26T08:40", "counts": {"due": 5, "present": 4}}),
    Call("edit_headcount", {"headcount": "@headcount", "note": "Một người đi họp"}),
    Call("remove_headcount", {"headcount": "@headcount"}),
    Call("add_finding", {"kind": "strength", "content": "Niêm yết đủ.", "section": "III", "order": "1.5"}),
    Call("edit_finding", {"finding": "@finding", "severity": "serious", "legal_bases": ["NĐ 61/2018/NĐ-CP"]}),
    Call("remove_finding", {"finding": "@finding"}),
    Call("merge_findings", {"finding": "@other_finding", "into": "@finding"}),
    Call("add_recommendation", {"finding": "@finding", "content": "Rà soát.", "deadline": {"date": "2026-12-20"}}),
    Call("edit_recommendation", {"recommendation": "@recommendation", "responsible": "UBND xã"}),
    Call("remove_recommendation", {"recommendation": "@recommendation"}),
    Call("state_opinion", {"unit_opinion": "Thống nhất."}),
    Call("state_opinion_on", {"finding": "@finding", "unit_opinion": "Xin tiếp thu."}),
    Call("add_comment", {"entity": "finding", "subject": "@finding", "text": "Hỏi lại văn thư"}),
    Call("cite_document", {"document": {"number": "5/BC-UBND", "date": "2026-09-30"}, "dossier": "@dossier"}),
    Call(
        "note_figure", {"figure": {"name": "Hồ sơ trễ hạn", "value": "12", "unit": "hồ sơ"}, "headcount": "@headcount"}
    ),
    Call("note_statement", {"statement": {"text": "Máy quét hỏng từ tháng 9.", "said_by": "Công chức Một cửa"}}),
    Call("attach_file", {"path": "file:scan.pdf", "caption": "Bảng niêm yết", "item": "X-I.1"}),
    Call("edit_evidence", {"evidence": "@document", "document": {"number": "12/KH-UBND", "issuer": "UBND xã"}}),
    Call("rotate_photo", {"evidence": "@file", "rotation": 90}),
    Call("link_evidence", {"evidence": "@document", "finding": "@finding"}),
    Call("unlink_evidence", {"evidence": "@file", "finding": "@finding"}),
    Call("remove_evidence", {"evidence": "@file"}),
    Call("write_section", {"section": "scope", "body": {"text": "Toàn bộ nội dung.", "proposal": "Nội dung."}}),
    Call("write_section", {"section": "method", "body": {"text": "Đối chiếu, phỏng vấn.", "proposal": "Xem."}}),
    Call("drop_section", {"section": "method"}),
    Call("add_signer", {"side": "unit", "position": "CHỦ TỊCH", "outcome": {"state": "refused", "reason": "Vắng"}}),
    Call("edit_signer", {"signer": "@signer", "capacity": "KT. TRƯỞNG ĐOÀN"}),
    Call("remove_signer", {"signer": "@signer"}),
    Call("adopt_checklist", {"path": "file:checklist.json", "effective_from": "2027-01-01"}, inside=False),
    Call("adopt_units", {"path": "file:units.csv"}, inside=False),
    Call("adopt_departments", {"path": "file:departments.csv"}, inside=False),
    Call("adopt_holidays", {"path": "file:holidays.json"}, inside=False),
    Call("adopt_template", {"path": "file:template.docx"}, inside=False),
    Call("adopt_points", {"checklist": "commune", "adopted": {"adopted": True, "decision": "9/QĐ"}}, inside=False),
    Call("confirm_law", {"code": "NQ76", "confirmation": {"confirmed": True, "title": "Nghị quyết 76"}}, inside=False),
    Call("save_letterhead", {"name": "Sở Nội vụ", "place": "Cao Lãnh", "symbol": "BB-ĐKT"}, inside=False),
    Call("save_person", {"name": "Đỗ Thị Hoa", "agency": "Sở Tư pháp"}, inside=False),
    Call("edit_person", {"record": "@person", "title": "Trưởng phòng"}, inside=False),
    Call("remove_reference", {"entity": "letterhead", "record": "@letterhead"}, inside=False),
    Call("restore_record", {"entity": "recommendation", "record": "@gone"}),
    Call("enter_document", {"path": "file:scan.pdf", "kind": "draft", "made_at": "2026-11-26T16:00"}),
    Call("sign_minutes", {"date": VISIT, "scan": "file:scan.pdf"}),
)
"""Valid calls of every act that can be done on the furnished inspection before it is signed."""

AFTER_SIGNING = (
    Call("bind_scan", {"scan": "file:scan.pdf"}),
    Call("add_supplement", {"reason": "Có tài liệu mới", "content": "Bổ sung số liệu quý III.", "date": "2026-12-01"}),
    Call("add_comment", {"text": "Đã gửi bản quét"}),
)
"""What can be done when it is signed."""
