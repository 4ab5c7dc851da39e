"""Inspections as small and as full as the tests of papers need them, with invented places and people."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from functools import cache
from pathlib import Path

from inspector.domain.checklist import Checklist
from inspector.domain.checklist_file import parse_checklist
from inspector.domain.inspection import (
    Answer,
    Attendance,
    Cited,
    DossierRow,
    DossierSample,
    Evidence,
    Finding,
    Headcount,
    Header,
    Inspection,
    Moment,
    PinnedChecklist,
    Recommendation,
    Signer,
    StoredFile,
    Subject,
    TeamMember,
    UnitPerson,
    UnitSnapshot,
)
from inspector.domain.working_days import Calendar, parse_calendar

RESOURCES = Path(__file__).parents[2] / "resources"
LOCAL = timezone(timedelta(hours=7))
VISIT = date(2026, 11, 26)


@cache
def commune() -> Checklist:
    return parse_checklist((RESOURCES / "checklists" / "commune.json").read_bytes())


@cache
def calendar() -> Calendar:
    return parse_calendar((RESOURCES / "calendar" / "vn.json").read_bytes())


def key(code: str) -> str:
    """The permanent key of a commune item by its number: "III.4"."""
    return next(item.key for item in commune().items if item.code == f"X-{code}")


def answer(code: str, **values: object) -> Answer:
    return Answer(id=f"answer-{code}", item=key(code), **values)  # type: ignore[arg-type]  # names of Answer, as typed


def answers(*given: Answer) -> dict[str, Answer]:
    return {each.item: each for each in given}


def dossier(
    number: int,
    area: str,
    due: date,
    returned: date | None,
    *,
    apology: bool | None = None,
    faults: str = "",
    **more: str,
) -> DossierRow:
    """A finished row; ``faults`` is any of "slip extra system"."""
    return DossierRow(
        id=f"dossier-{number}",
        item=key("III.5"),
        code=f"H20.52-2610{number:02d}",
        procedure=f"Thủ tục {area}",
        area=area,
        received=due - timedelta(14),
        due=Moment(due),
        returned=Moment(returned),
        apology=apology,
        control_slip="slip" not in faults,
        extra_papers="extra" in faults,
        system_differs="system" in faults,
        **more,
    )


def photo(number: int, *subjects: Subject, caption: str | None = None) -> Evidence:
    kept = StoredFile(f"{number:064x}", f"IMG_{number:04d}.jpg", "image/jpeg", 3_000_000)
    return Evidence(id=f"photo-{number}", kind="file", file=kept, caption=caption, subjects=subjects)


UNIT = UnitSnapshot(
    "30001", "xã", "Gò Sen", "commune", "tỉnh Sen Hồng", "Ủy ban nhân dân xã Gò Sen", "Chủ tịch UBND xã"
)
DECISION = Cited(
    "412/QĐ-UBND", date(2026, 3, 16), "Chủ tịch UBND tỉnh Sen Hồng", "Thành lập Đoàn kiểm tra CCHC năm 2026"
)
PLAN = Cited("26/KH-UBND", date(2026, 2, 5), "UBND tỉnh Sen Hồng", "kiểm tra công tác CCHC năm 2026")
NOTICE = Cited("318/TB-SNV", date(2026, 11, 12), "Sở Nội vụ", "lịch kiểm tra công tác CCHC")
PINNED = PinnedChecklist("0" * 64, "commune", "Bộ tiêu chí kiểm tra CCHC", "2026-11-22")


def empty(form: str | None = None) -> Inspection:
    return Inspection(id="visit", form=form)


def full() -> Inspection:
    """A commune inspected on site, as a good team leaves it at four in the afternoon."""
    late = (date(2026, 10, 19), date(2026, 10, 30))
    return Inspection(
        id="visit",
        unit=UNIT,
        form="on_site",
        planned=True,
        plan_reference=PLAN,
        team_decision=DECISION,
        visit_notice=NOTICE,
        period_start=date(2026, 1, 1),
        period_end=date(2026, 10, 31),
        visit_date=VISIT,
        checklist=PINNED,
        header=Header(
            superior_body="Ủy ban nhân dân tỉnh Sen Hồng",
            team_name="Đoàn kiểm tra công tác cải cách hành chính",
            number="33",
            symbol="BB-ĐKT",
            place="Gò Sen",
            venue="trụ sở Ủy ban nhân dân xã Gò Sen",
            legal_bases=("NQ76", "Nghị định số 118/2025/NĐ-CP ngày 09 tháng 6 năm 2025 của Chính phủ"),
            recipients=("UBND xã Gò Sen", "Sở Nội vụ", "Thành viên Đoàn kiểm tra", "Lưu: Hồ sơ Đoàn kiểm tra"),
            copies=2,
        ),
        opened=Moment(VISIT, time(8)),
        closed=Moment(VISIT, time(16, 30)),
        unit_opinion="UBND xã thống nhất với kết quả kiểm tra.\nĐề nghị hỗ trợ nâng cấp đường truyền.",
        team=(
            TeamMember("m1", "Nguyễn Văn Thành", "Phó Giám đốc", "Sở Nội vụ", "lead", attendance=Attendance(True)),
            TeamMember("m2", "Trần Thị Ngọc Lan", "Chuyên viên", "Sở Nội vụ", "secretary", attendance=Attendance(True)),
            TeamMember(
                "m3",
                "Lê Minh Khoa",
                "Chuyên viên",
                "Sở Khoa học và Công nghệ",
                "member",
                attendance=Attendance(True),
                substitute_for="Phạm Thị Thu Hà",
            ),
            TeamMember(
                "m4",
                "Võ Quốc Bảo",
                "Phó Trưởng phòng",
                "Sở Tư pháp",
                "member",
                attendance=Attendance(False, "đi công tác"),
            ),
        ),
        unit_people=(
            UnitPerson("p1", "Trương Văn Hòa", "Chủ tịch UBND xã", None, Attendance(True)),
            UnitPerson("p2", "Đỗ Hoàng Phúc", "Giám đốc", "Trung tâm Phục vụ hành chính công", Attendance(True)),
            UnitPerson("p3", "Lê Thị Kim Ngân", "Phó Chủ tịch UBND xã", None, Attendance(False, "họp tỉnh")),
        ),
        answers=answers(
            answer("I.1", value="day_du"),
            answer("I.2", numerator=18, denominator=20, remark="còn 02 nhiệm vụ chậm"),
            answer("I.3", count=1),
            answer("I.4", numerator=3, denominator=5),
            answer("I.9", value="co", remark="Tổ chức ngày 12/9/2026, 48 người dự."),
            answer("II.2", value="mot_phan", remark="Đã bãi bỏ 07 văn bản của các xã cũ.\nCòn 03 văn bản chưa rà soát"),
            answer("III.1", value="mot_phan"),
            answer(
                "III.4",
                numerator=2871,
                denominator=2958,
                source="Hệ thống thông tin giải quyết TTHC tỉnh Sen Hồng",
                extracted_at=datetime(2026, 11, 26, 8, 30, tzinfo=LOCAL),
            ),
            answer("III.5", remark="Các hồ sơ trễ hạn đều thuộc lĩnh vực đất đai."),
            answer("III.7", not_applicable=True, reason="Xã không nhận hồ sơ bàn giao."),
            answer("V.4"),
        ),
        evidence=(
            Evidence(
                "doc-1",
                "document",
                Cited("15/KH-UBND", date(2026, 1, 20), "UBND xã Gò Sen", "CCHC năm 2026"),
                subjects=(Subject("answer", "answer-I.1"),),
            ),
            Evidence(
                "fig-1",
                "figure",
                figure_name="Số lượt người dân được hỗ trợ",
                figure_value="1.250",
                figure_unit="lượt",
                figure_source="Báo cáo của UBND xã",
                subjects=(Subject("finding", "f2"),),
            ),
            Evidence(
                "say-1",
                "statement",
                statement="Đường truyền gián đoạn hai ngày",
                said_by="Ông Đỗ Hoàng Phúc",
                subjects=(Subject("finding", "f4"),),
            ),
            photo(1, Subject("finding", "f3"), caption="Hồ sơ H20.52-261001 trên hệ thống"),
            photo(2, Subject("finding", "f3"), Subject("finding", "f4"), caption="Quầy số 3"),
        ),
        dossiers=(
            dossier(1, "Đất đai", *late, apology=True, faults="system"),
            dossier(2, "Hộ tịch", date(2026, 10, 6), date(2026, 10, 6)),
            dossier(3, "Đất đai", date(2026, 10, 29), date(2026, 11, 16), apology=False, faults="slip extra"),
            dossier(4, "Chứng thực", date(2026, 10, 7), date(2026, 10, 7)),
            dossier(5, "Đất đai", date(2026, 11, 20), None, apology=False),
        ),
        samples={key("III.5"): DossierSample("s1", key("III.5"), 2958, "Ngẫu nhiên theo lĩnh vực", "Võ Quốc Bảo")},
        headcounts=(
            Headcount(
                "h1",
                key("V.4"),
                "Trung tâm Phục vụ hành chính công",
                datetime(2026, 11, 26, 7, 45, tzinfo=LOCAL),
                8,
                8,
                0,
                0,
                1,
            ),
            Headcount("h2", key("V.4"), "Phòng Kinh tế", datetime(2026, 11, 26, 7, 55, tzinfo=LOCAL), 12, 10, 1, 1, 0),
        ),
        findings=(
            Finding("f1", "strength", "Văn bản đi được ký số, gửi nhận điện tử đầy đủ", section="VII"),
            Finding("f2", "good_practice", "Tổ công nghệ số cộng đồng trực tại 12 ấp", item=key("I.6")),
            Finding(
                "f3",
                "shortcoming",
                "Hồ sơ mẫu trễ hạn, nhiều nhất 12 ngày làm việc",
                "03 hồ sơ đất đai trễ hạn",
                item=key("III.5"),
                severity="serious",
                cause_internal="Công chức chưa theo dõi hạn trả.",
                cause_external="Đường truyền gián đoạn.",
                legal_bases=("ND118", "LCBCC"),
                unit_opinion="Thống nhất.",
                recommendations=(
                    Recommendation(
                        "r1",
                        "Trả kết quả 01 hồ sơ còn lại",
                        "Trung tâm Phục vụ hành chính công",
                        date(2026, 12, 4),
                        report_to="Sở Nội vụ",
                    ),
                    Recommendation(
                        "r2",
                        "Phân công người theo dõi hạn trả",
                        "UBND xã Gò Sen",
                        working_days=15,
                        confirmed=True,
                        report_to="Sở Nội vụ",
                    ),
                ),
            ),
            Finding(
                "f4",
                "shortcoming",
                "Chưa niêm yết đường dây nóng tại 02 quầy",
                item=key("V.5"),
                repeats="f-2025",
                cause_internal="Công chức chưa theo dõi hạn trả",
                recommendations=(Recommendation("r3", "Niêm yết đủ đường dây nóng", "UBND xã Gò Sen", working_days=7),),
            ),
            Finding("f5", "shortcoming", "Trùng với phát hiện khác", merged_into="f3"),
        ),
        signers=(
            Signer("s1", "unit", "Chủ tịch", None, "Trương Văn Hòa"),
            Signer("s2", "team", "Trưởng đoàn", None, "Nguyễn Văn Thành"),
            Signer("s3", "team", "Thư ký", None, "Trần Thị Ngọc Lan"),
        ),
    )


def scored() -> Inspection:
    base = full()
    own = replace(base.answers[key("I.1")], self_score=Decimal(2), final_score=Decimal("1.5"))
    return replace(base, scored=True, answers={**base.answers, own.item: own})


def remote() -> Inspection:
    """The same unit, judged from its reports and from monitoring: nobody went there."""
    base = full()
    return replace(
        base,
        form="remote",
        dossiers=(),
        samples={},
        headcounts=(),
        unit_people=(),
        unit_opinion=None,
        findings=base.findings[:1],
        evidence=base.evidence[:1],
        answers={k: v for k, v in base.answers.items() if k not in (key("III.5"), key("V.4"))},
        signers=base.signers[1:],
    )


def surprise() -> Inspection:
    """Two counts at the door and one finding; nothing was announced."""
    base = full()
    return replace(
        base,
        form="surprise",
        planned=False,
        plan_reference=Cited(),
        dossiers=(),
        samples={},
        evidence=(),
        findings=base.findings[3:4],
        answers=answers(answer("V.5", value="khong", remark="Chưa có biển tên tại 02 quầy.")),
        period_start=None,
        period_end=None,
    )
