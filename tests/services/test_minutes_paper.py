from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import partial

import pytest

from inspector.domain.checklist import LegalBasis
from inspector.domain.errors import BadInput, Damaged
from inspector.domain.grounds import grounds
from inspector.domain.inspection import (
    Cited,
    Finding,
    Inspection,
    Recommendation,
    SectionText,
    Signer,
    Supplement,
    UnitSnapshot,
)
from inspector.domain.minutes import (
    Appendices,
    CheckedDocument,
    ChecklistLine,
    Closing,
    FindingOpinion,
    Minutes,
    MinutesHeader,
    MinutesRecommendation,
    MinutesSigner,
    MomentAt,
    Origin,
    Points,
    ResultSection,
    SampleLine,
    Shortcoming,
    TeamAttendee,
    Unchecked,
    UnitAttendee,
)
from inspector.services.minutes_paper import DRAFT, compose_minutes, compose_supplement, section_states
from inspector.services.photos import Printable, PrintablePhoto
from tests.domain.visits import VISIT, answer, answers, calendar, commune, empty, full, remote, scored

ORIGIN = Origin("visit", datetime(2026, 11, 26, 10, tzinfo=UTC))


def pixels(content: bytes) -> bytes:
    return content


PHOTOS = Printable({f"photo-{number}": PrintablePhoto(1280, 960, partial(pixels, b"jpeg")) for number in (1, 2)}, {})


def composed(inspection: Inspection, photos: Printable | None = PHOTOS) -> Minutes:
    return compose_minutes(inspection, commune(), calendar(), {}, origin=ORIGIN, photos=photos)


def test_nothing_recorded_prints_nothing_but_the_headings() -> None:
    blank = tuple(ResultSection(section.code, section.title) for section in commune().sections)
    assert composed(empty()) == Minutes(origin=ORIGIN, results=blank)
    assert compose_minutes(empty(), None, calendar(), {}, origin=ORIGIN) == Minutes(origin=ORIGIN)


def test_the_head_and_the_foot_are_those_of_the_inspection() -> None:
    paper = composed(full())
    assert paper.header == MinutesHeader(
        "Ủy ban nhân dân tỉnh Sen Hồng",
        ("Đoàn kiểm tra công tác cải cách hành chính",),
        "33",
        "BB-ĐKT",
        "Gò Sen",
        VISIT,
    )
    assert paper.unit == "Ủy ban nhân dân xã Gò Sen"
    assert paper.opening == MomentAt(VISIT, time(8), "trụ sở Ủy ban nhân dân xã Gò Sen")
    assert paper.closing == Closing(VISIT, time(16, 30), None, 2)
    assert paper.recipients[-1] == "Lưu: Hồ sơ Đoàn kiểm tra"
    assert paper.banner is None


def test_a_unit_without_a_body_is_called_by_kind_and_name() -> None:
    assert composed(replace(empty(), unit=UnitSnapshot(kind="xã", name="Gò Sen"))).unit == "xã Gò Sen"


def test_the_banner_goes_onto_the_paper() -> None:
    paper = compose_minutes(empty(), None, calendar(), {}, origin=ORIGIN, banner=DRAFT)
    assert paper.banner == "DỰ THẢO"


def test_who_was_there_who_was_not_and_who_stood_in() -> None:
    paper = composed(full())
    assert paper.team_attendees[0] == TeamAttendee("Nguyễn Văn Thành", "Phó Giám đốc", "Sở Nội vụ", "Trưởng đoàn")
    assert paper.team_attendees[2].substitute_for == "Phạm Thị Thu Hà"
    assert (paper.team_attendees[3].absent, paper.team_attendees[3].absent_reason) == (True, "đi công tác")
    assert paper.unit_attendees == (
        UnitAttendee("Trương Văn Hòa", "Chủ tịch UBND xã", "Ủy ban nhân dân xã Gò Sen"),
        UnitAttendee("Đỗ Hoàng Phúc", "Giám đốc", "Trung tâm Phục vụ hành chính công"),
        UnitAttendee(
            "Lê Thị Kim Ngân", "Phó Chủ tịch UBND xã", "Ủy ban nhân dân xã Gò Sen (vắng mặt, lý do: họp tỉnh)"
        ),
    )


def test_a_remote_inspection_has_no_attendees_and_no_signature_of_the_unit() -> None:
    paper = composed(replace(remote(), unit_people=full().unit_people, signers=full().signers))
    assert paper.unit_attendees == ()
    assert [signer.role for signer in paper.signers] == ["lead", "secretary"]


def test_results_follow_the_contents_and_end_with_the_whole() -> None:
    results = composed(full()).results
    assert [section.code for section in results] == ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", ""]
    assert results[1].paragraphs[0].startswith("- Rà soát, thay thế, bãi bỏ văn bản của các đơn vị cũ")
    assert results[3].paragraphs == ()
    assert (results[8].title, len(results[8].paragraphs)) == ("Đánh giá chung", 1)
    assert [section.code for section in results if section.tables == ("dossiers",)] == ["III"]


def test_the_sample_is_shown_by_field_with_its_sum() -> None:
    assert composed(full()).samples == (
        SampleLine("Đất đai", None, 3, 0, 3, 2, 1, 1, 1),
        SampleLine("Hộ tịch", None, 1, 1, 0, 0, 0, 0, 0),
        SampleLine("Chứng thực", None, 1, 1, 0, 0, 0, 0, 0),
        SampleLine("Tổng cộng", 2958, 5, 2, 3, 2, 1, 1, 1),
    )


def test_shortcomings_come_with_facts_evidence_and_law_that_may_be_printed() -> None:
    first, second = composed(full()).shortcomings
    assert first == Shortcoming(
        1,
        "Hồ sơ mẫu trễ hạn, nhiều nhất 12 ngày làm việc.",
        "03 hồ sơ đất đai trễ hạn.",
        ("ảnh số 1, 2",),
        ("Nghị định số 118/2025/NĐ-CP ngày 09/6/2025",),
    )
    assert second.evidence == ("Ông Đỗ Hoàng Phúc trình bày: “Đường truyền gián đoạn hai ngày”", "ảnh số 2")


def test_deadlines_are_days_or_confirmed_working_days_or_left_open() -> None:
    assert composed(full()).recommendations == (
        MinutesRecommendation(
            "Trả kết quả 01 hồ sơ còn lại",
            "Trung tâm Phục vụ hành chính công",
            date(2026, 12, 4),
            None,
            "Sở Nội vụ",
            (1,),
        ),
        MinutesRecommendation(
            "Phân công người theo dõi hạn trả",
            "UBND xã Gò Sen",
            None,
            "trong thời hạn 15 ngày làm việc, đến ngày 17/12/2026",
            "Sở Nội vụ",
            (1,),
        ),
        MinutesRecommendation("Niêm yết đủ đường dây nóng", "UBND xã Gò Sen", findings=(2,)),
    )


def test_a_deadline_in_working_days_names_no_day_while_the_date_is_unknown() -> None:
    task = Recommendation("r", "Làm", working_days=7, confirmed=True)
    paper = composed(replace(empty(), findings=(Finding("f", "shortcoming", "Sai", recommendations=(task,)),)))
    assert paper.recommendations[0].deadline_words == "trong thời hạn 07 ngày làm việc"


def test_a_deadline_beyond_any_calendar_is_printed_without_its_last_day() -> None:
    task = Recommendation("r", "Làm", working_days=10**9, confirmed=True)
    findings = (Finding("f", "shortcoming", "Sai", recommendations=(task,)),)
    assert composed(replace(full(), findings=findings)).recommendations[0].deadline_words == (
        "trong thời hạn 1.000.000.000 ngày làm việc"
    )


def test_what_was_asked_under_a_merged_finding_is_kept() -> None:
    task = Recommendation("r9", "Làm thêm")
    merged = (
        Finding("a", "shortcoming", "Chính"),
        Finding("b", "shortcoming", merged_into="a", recommendations=(task,)),
    )
    assert composed(replace(empty(), findings=merged)).recommendations == (
        MinutesRecommendation("Làm thêm", findings=(1,)),
    )


def test_opinions_are_printed_in_general_and_by_shortcoming() -> None:
    paper = composed(full())
    assert paper.opinion == (
        "UBND xã thống nhất với kết quả kiểm tra.",
        "Đề nghị hỗ trợ nâng cấp đường truyền.",
    )
    assert paper.finding_opinions == (FindingOpinion(1, "Thống nhất."),)


def test_what_the_secretary_wrote_stands_in_place_of_the_proposal() -> None:
    texts = {
        name: SectionText(name, f"Thư ký viết phần {name}.\n\nDòng hai.", "cũ")
        for name in ("scope", "content_3", "strengths", "shortcomings", "causes_internal", "opinion", "conclusion")
    }
    paper = composed(replace(full(), sections=texts))
    for name, lines in (
        ("scope", paper.scope),
        ("content_3", paper.results[2].paragraphs),
        ("strengths", paper.strengths),
        ("shortcomings", paper.shortcomings_text),
        ("causes_internal", paper.causes_internal),
        ("opinion", paper.opinion),
        ("conclusion", paper.results[-1].paragraphs),
    ):
        assert lines == (f"Thư ký viết phần {name}.", "Dòng hai.")
    assert composed(full()).shortcomings_text == ()


def test_section_states_show_what_came_since_the_secretary_wrote() -> None:
    visit = replace(full(), sections={"strengths": SectionText("strengths", "Viết lại.", "- Điều cũ.")})
    states = section_states(grounds(visit, commune(), calendar(), {}))
    assert states["strengths"].text == "Viết lại."
    assert [(change.kind, change.text) for change in states["strengths"].changed_since] == [
        ("removed", "- Điều cũ."),
        ("added", "- Văn bản đi được ký số, gửi nhận điện tử đầy đủ."),
    ]
    assert not states["scope"].edited


def test_unchecked_items_are_named_once_the_lead_gave_the_reason() -> None:
    assert composed(full()).unchecked == Unchecked()
    told = composed(replace(full(), unchecked_reason="hết thời gian làm việc")).unchecked
    assert told.reason == "Hết thời gian làm việc."
    assert told.items[0] == "I.5. Xử lý vấn đề phát hiện qua tự kiểm tra"
    assert "Toàn bộ nội dung “Cải cách tổ chức bộ máy hành chính”" in told.items
    assert not [item for item in told.items if item.startswith("IV.")]


def test_a_content_left_out_with_a_reason_stands_only_under_what_was_not_checked() -> None:
    visit = replace(full(), unchecked_reason="hết thời gian làm việc")
    assert [section.code for section in composed(visit).results] == ["I", "II", "III", "V", ""]
    written = replace(visit, sections={"content_4": SectionText("content_4", "Viết tay.", "")})
    assert [section.code for section in composed(written).results] == ["I", "II", "III", "IV", "V", ""]


def test_signers_carry_side_role_capacity_and_refusal() -> None:
    signers = (
        Signer("a", "team", "Phó Trưởng đoàn", "KT. TRƯỞNG ĐOÀN", "Lê Văn Hai"),
        Signer("b", "unit", "Phó Chủ tịch", "KT. CHỦ TỊCH", "Lê Thị Ba", "refused", "chưa thống nhất"),
        Signer("c", "unit", "Giám đốc Trung tâm", None, "Đỗ Tư", "absent"),
        Signer("d", "team", "Chuyên viên", None, "trần thị ngọc lan"),
        Signer("e", "team", "Thành viên", None, "Người mới", "signed"),
        Signer("f", None, None, None, "Người chứng kiến"),
    )
    assert composed(replace(full(), signers=signers)).signers == (
        MinutesSigner("team", "lead", None, ("KT. TRƯỞNG ĐOÀN",), "Phó Trưởng đoàn", "Lê Văn Hai"),
        MinutesSigner(
            "unit",
            "unit_head",
            "Đại diện đơn vị được kiểm tra",
            ("KT. CHỦ TỊCH",),
            "Phó Chủ tịch",
            "Lê Thị Ba",
            "refused",
            "chưa thống nhất",
        ),
        MinutesSigner("unit", None, None, (), "Giám đốc Trung tâm", "Đỗ Tư", "absent"),
        MinutesSigner("team", "secretary", None, (), "Chuyên viên", "trần thị ngọc lan"),
        MinutesSigner("team", None, None, (), "Thành viên", "Người mới", "signed"),
        MinutesSigner("other", None, None, (), None, "Người chứng kiến"),
    )


def test_the_completed_checklist_prints_points_only_where_they_were_adopted() -> None:
    plain, counted = composed(full()).appendices.checklist, composed(scored()).appendices.checklist
    assert plain is not None
    assert counted is not None
    assert plain.parts[0].lines[0] == ChecklistLine(
        "I.1", "Ban hành kế hoạch CCHC năm của xã đúng hạn, sát nhiệm vụ được phân cấp", "Đạt đầy đủ"
    )
    assert counted.parts[0].lines[0].points == Points(Decimal(2), Decimal(2), Decimal(2), Decimal("1.5"))
    results = {line.code: line.result for part in plain.parts for line in part.lines}
    wanted = ("I.2", "I.3", "I.5", "I.9", "III.4", "III.5", "III.7", "V.4")
    assert [results[code] for code in wanted] == [
        "18/20 (90 %)",
        "01",
        None,
        "Có",
        "2.871/2.958 (97,06 %)",
        "2/5 (40 %)",
        "Không áp dụng (lý do: xã không nhận hồ sơ bàn giao)",
        "19/20 (95 %)",
    ]


def test_unchecked_items_of_the_checklist_say_so_once_they_were_settled() -> None:
    checklist = composed(replace(full(), unchecked_reason="hết giờ")).appendices.checklist
    assert checklist is not None
    assert checklist.parts[0].lines[4].result == "Chưa kiểm tra"


def test_an_untouched_checklist_is_no_appendix() -> None:
    assert composed(replace(empty(), answers=answers(answer("I.1")))).appendices == Appendices()


def test_every_document_is_listed_once() -> None:
    visit = full()
    again = replace(visit.evidence[0], id="doc-2")
    assert composed(replace(visit, evidence=(*visit.evidence, again))).appendices.documents == (
        CheckedDocument("15/KH-UBND", date(2026, 1, 20), "UBND xã Gò Sen", "CCHC năm 2026"),
    )


def test_dossiers_are_listed_with_their_days_late() -> None:
    listed = composed(full()).appendices.dossiers
    assert [(each.code, each.late_days) for each in listed] == [
        ("H20.52-261001", 9),
        ("H20.52-261002", 0),
        ("H20.52-261003", 12),
        ("H20.52-261004", 0),
        ("H20.52-261005", 3),
    ]


def test_photos_carry_their_captions_and_missing_ones_their_reason() -> None:
    errors = {"photo-1": BadInput("picture-damaged"), "photo-2": Damaged("blob-missing", sha256="00")}
    paper = composed(full(), Printable({}, dict(errors)))
    assert [photo.caption for photo in composed(full()).appendices.photos] == [
        "Hồ sơ H20.52-261001 trên hệ thống",
        "Quầy số 3",
    ]
    assert paper.appendices.missing_photos == (
        "Hồ sơ H20.52-261001 trên hệ thống (không đọc được tệp ảnh)",
        "Quầy số 3 (chưa có tệp ảnh trên máy lập biên bản)",
    )
    assert paper.shortcomings[0].evidence == ()


def test_confirmed_law_reaches_the_paper() -> None:
    law = {"LCBCC": LegalBasis("LCBCC", "Luật Cán bộ, công chức", "confirmed")}
    paper = compose_minutes(full(), commune(), calendar(), law, origin=ORIGIN)
    assert paper.shortcomings[0].legal_bases[-1] == "Luật Cán bộ, công chức"


def test_supplementary_minutes_cite_the_signed_ones_and_say_what_came_after() -> None:
    later = Supplement("x", "34", date(2026, 12, 3), "đơn vị gửi thêm tài liệu", "Bổ sung 01 báo cáo.\nBổ sung 02 ảnh.")
    paper = compose_supplement(full(), later, origin=ORIGIN, banner=DRAFT)
    assert paper.header.number == "34"
    assert paper.header.date == date(2026, 12, 3)
    assert paper.summary == ("Bổ sung Biên bản kiểm tra công tác cải cách hành chính tại Ủy ban nhân dân xã Gò Sen")
    assert paper.legal_bases == (
        "Căn cứ Biên bản số 33/BB-ĐKT ngày 26 tháng 11 năm 2026 của Đoàn kiểm tra công tác cải cách hành chính.",
    )
    assert paper.results == (
        ResultSection("", "Lý do lập biên bản bổ sung", ("Đơn vị gửi thêm tài liệu.",)),
        ResultSection("", "Nội dung bổ sung", ("Bổ sung 01 báo cáo.", "Bổ sung 02 ảnh.")),
    )
    assert [signer.role for signer in paper.signers] == ["unit_head", "lead", "secretary"]
    assert paper.shortcomings == ()


@pytest.mark.parametrize("form", ["on_site", "remote", "surprise"])
def test_an_empty_supplement_invents_nothing(form: str) -> None:
    paper = compose_supplement(empty(form), Supplement("x"), origin=ORIGIN)
    assert paper.legal_bases == ()
    assert [section.paragraphs for section in paper.results] == [(), ()]
    assert paper.header == MinutesHeader()


def test_two_hundred_findings_keep_their_numbers_in_every_table() -> None:
    task = Recommendation("r", "Làm")
    many = tuple(
        Finding(f"f{n}", "shortcoming", f"Tồn tại {n}", unit_opinion="Ý kiến", recommendations=(task,))
        for n in range(1, 201)
    )
    paper = composed(replace(empty(), findings=many, visit_notice=Cited()))
    assert [each.number for each in paper.shortcomings] == list(range(1, 201))
    assert [each.findings for each in paper.recommendations] == [(n,) for n in range(1, 201)]
    assert [each.number for each in paper.finding_opinions] == list(range(1, 201))
