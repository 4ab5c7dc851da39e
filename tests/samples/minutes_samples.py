"""Invented minutes: a commune, people and figures that do not exist, in every shape the paper has to bear."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import partial

from inspector.domain.minutes import (
    Appendices,
    CheckedDocument,
    ChecklistLine,
    ChecklistPart,
    Closing,
    CompletedChecklist,
    DossierLine,
    Figure,
    FindingOpinion,
    HeadcountLine,
    Minutes,
    MinutesHeader,
    MinutesPhoto,
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

MADE = datetime(2026, 2, 5, 17, 0, tzinfo=UTC)
DEMONSTRATION = "TÀI LIỆU TRÌNH DIỄN"
TEAM = "Đoàn kiểm tra cải cách hành chính tỉnh Sen Hồng"
UNIT = "Ủy ban nhân dân xã Gò Sen"

_SECTIONS = (
    ("I", "Công tác chỉ đạo, điều hành cải cách hành chính"),
    ("II", "Cải cách thể chế"),
    ("III", "Cải cách thủ tục hành chính, thực hiện cơ chế một cửa, một cửa liên thông"),
    ("IV", "Cải cách tổ chức bộ máy hành chính"),
    ("V", "Cải cách chế độ công vụ; kỷ luật, kỷ cương hành chính"),
    ("VI", "Cải cách tài chính công"),
    ("VII", "Xây dựng, phát triển chính quyền điện tử, chính quyền số"),
    ("VIII", "Sự hài lòng, phản ánh kiến nghị và khắc phục sau kiểm tra"),
)


def empty() -> Minutes:
    """Nothing filled in at all."""
    return Minutes(origin=Origin("01J000000000000000000000EM", MADE))


def full() -> Minutes:
    """An ordinary inspection on site with every part and every appendix."""
    return Minutes(
        origin=Origin("01J00000000000000000000001", MADE, "Trần Thị Bảo Ngọc", "1284:9f2c", "7K3Q-92MD"),
        form="on_site",
        header=MinutesHeader(
            superior="Ủy ban nhân dân tỉnh Sen Hồng",
            issuer=("Đoàn kiểm tra", "cải cách hành chính"),
            number="5",
            symbol="BB-ĐKT",
            place="Gò Sen",
            date=date(2026, 2, 5),
        ),
        summary="Kiểm tra công tác cải cách hành chính năm 2025 và tháng 01 năm 2026 tại Ủy ban nhân dân xã Gò Sen",
        banner=DEMONSTRATION,
        legal_bases=(
            "Căn cứ Quyết định số 12/QĐ-UBND ngày 08 tháng 01 năm 2026 của Ủy ban nhân dân tỉnh Sen Hồng về việc "
            "thành lập Đoàn kiểm tra công tác cải cách hành chính năm 2026;",
            "Kế hoạch số 03/KH-UBND ngày 06 tháng 01 năm 2026 của Ủy ban nhân dân tỉnh Sen Hồng về kiểm tra công tác "
            "cải cách hành chính năm 2026",
            "Thực hiện Thông báo số 02/TB-ĐKT ngày 20 tháng 01 năm 2026 của Đoàn kiểm tra về lịch kiểm tra.",
        ),
        unit=UNIT,
        team=TEAM,
        opening=MomentAt(date(2026, 2, 5), time(8, 0), "trụ sở Ủy ban nhân dân xã Gò Sen"),
        team_attendees=_team(),
        unit_attendees=(
            UnitAttendee("Phạm Văn Khải", "Chủ tịch", UNIT),
            UnitAttendee("Lê Thị Thu Hương", "Giám đốc", "Trung tâm Phục vụ hành chính công xã Gò Sen"),
            UnitAttendee("Đỗ Minh Trí", "Trưởng phòng", "Phòng Văn hóa - Xã hội"),
        ),
        scope=(
            "Kiểm tra 08 nội dung cải cách hành chính theo Kế hoạch số 03/KH-UBND; kiểm tra thực tế tại Trung tâm Phục "
            "vụ hành chính công, bộ phận văn thư và các phòng chuyên môn.",
        ),
        period_start=date(2025, 1, 1),
        period_end=date(2026, 1, 31),
        method=(
            "Nghe báo cáo, kiểm tra sổ sách và hệ thống thông tin giải quyết thủ tục hành chính, chọn ngẫu nhiên 26 hồ "
            "sơ để đối chiếu, kiểm đếm người có mặt tại thời điểm vào làm việc.",
        ),
        results=_results(),
        samples=_samples(),
        headcounts=_headcounts(),
        strengths=(
            "Ủy ban nhân dân xã đã ban hành Kế hoạch cải cách hành chính đúng thời hạn, phân công rõ người, rõ việc, "
            "rõ sản phẩm; người đứng đầu trực tiếp chủ trì giao ban hằng tháng.",
            "Tỷ lệ hồ sơ giải quyết đúng hạn đạt 97,06 %, cao hơn mức bình quân chung.",
        ),
        good_practices=("Tổ hỗ trợ lưu động nhận hồ sơ tại nhà cho người cao tuổi ở các ấp xa trung tâm xã.",),
        shortcomings=_shortcomings(),
        causes_internal=("Việc theo dõi hồ sơ đến hạn chưa được giao cho một đầu mối.",),
        causes_external=("Đường truyền tại trụ sở cũ của xã thường gián đoạn vào giờ cao điểm.",),
        recommendations=_recommendations(),
        opinion=("Ủy ban nhân dân xã thống nhất với nội dung Biên bản, cam kết khắc phục đúng thời hạn.",),
        finding_opinions=(FindingOpinion(2, "đề nghị ghi nhận hai hồ sơ được chuyển tiếp từ đơn vị cũ."),),
        unchecked=Unchecked(("VI.4. Việc sắp xếp, xử lý nhà, đất dôi dư",), "Chờ số liệu của Sở Tài chính."),
        closing=Closing(
            date(2026, 2, 5), time(16, 30), 8, 3, "Đoàn kiểm tra giữ 02 bản, Ủy ban nhân dân xã giữ 01 bản"
        ),
        signers=three_signers(),
        recipients=("Ủy ban nhân dân tỉnh (báo cáo)", "Sở Nội vụ", UNIT, "Thành viên Đoàn kiểm tra", "Lưu: VT, ĐKT"),
        appendices=Appendices(
            checklist=checklist(scored=False),
            documents=_documents(),
            dossiers=dossiers(26),
            headcounts=_headcounts(),
            photos=photos(5),
            missing_photos=("Ảnh bảng niêm yết tại hành lang (tệp hỏng)",),
        ),
    )


def no_finding() -> Minutes:
    return replace(full(), shortcomings=(), finding_opinions=(), recommendations=(), appendices=Appendices())


def one_finding() -> Minutes:
    return replace(full(), shortcomings=_shortcomings()[:1], finding_opinions=(), appendices=Appendices())


def many(findings: int = 200, pictures: int = 50) -> Minutes:
    """A very long record: every finding with facts and evidence, every recommendation in the table."""
    base = _shortcomings()
    return replace(
        full(),
        shortcomings=tuple(replace(base[at % len(base)], number=at + 1) for at in range(findings)),
        recommendations=tuple(replace(_recommendations()[at % 2], findings=(at + 1,)) for at in range(findings)),
        appendices=replace(full().appendices, photos=photos(pictures), missing_photos=()),
    )


def remote() -> Minutes:
    """Concluded from reports: nobody of the unit there, no signature of the unit."""
    return replace(
        full(),
        form="remote",
        opening=MomentAt(date(2026, 2, 5), time(14, 0), "trụ sở Sở Nội vụ tỉnh Sen Hồng"),
        unit_attendees=(),
        headcounts=(),
        opinion=(),
        finding_opinions=(),
        signers=three_signers()[1:],
        appendices=Appendices(documents=_documents()),
    )


def surprise() -> Minutes:
    return replace(full(), form="surprise", legal_bases=full().legal_bases[:2], appendices=Appendices())


def six_signers() -> Minutes:
    """Six sign in different capacities; one refuses, one has left."""
    return replace(
        full(),
        signers=(
            MinutesSigner(
                "unit",
                "unit_head",
                "Đại diện Ủy ban nhân dân xã Gò Sen",
                ("KT. Chủ tịch",),
                "Phó Chủ tịch",
                "Nguyễn Hoàng Phúc An",
                "signed",
            ),
            MinutesSigner("team", "lead", None, ("KT. Trưởng đoàn",), "Phó Trưởng đoàn", "Vũ Thanh Hải", "signed"),
            MinutesSigner("team", "secretary", None, (), "Thư ký", "Trần Thị Bảo Ngọc", "signed"),
            MinutesSigner(
                "unit",
                None,
                "Trung tâm Phục vụ hành chính công",
                ("TUQ. Giám đốc",),
                "Phó Giám đốc",
                "Lê Thị Thu Hương",
                "refused",
                "chưa thống nhất với tồn tại số 2 về hai hồ sơ chuyển tiếp từ đơn vị cũ",
            ),
            MinutesSigner("team", "member", None, (), "Thành viên", "Hồ Sĩ Nguyên", "absent", "đã rời đoàn lúc 15 giờ"),
            MinutesSigner("other", None, "Người chứng kiến", (), None, "Mai Xuân Quỳnh", None),
        ),
        appendices=Appendices(),
    )


def long_names() -> Minutes:
    return replace(
        full(),
        header=replace(
            full().header,
            superior="Ủy ban nhân dân thành phố trực thuộc trung ương Sen Hồng",
            issuer=("Đoàn kiểm tra liên ngành công tác cải cách hành chính và kiểm soát thủ tục hành chính năm 2026",),
            place="Thị trấn Gò Sen Trắng",
        ),
        appendices=Appendices(documents=_documents()),
    )


def awkward() -> Minutes:
    """What breaks careless writers: markup signs, decomposed letters, control characters, braces, very long texts."""
    nasty = "A & B <C> \"d\" 'e' 5 < 6 {{ ten_don_vi }} {% if x %} Ho\u0300a Bi\u0300nh \x0b\x07 xong \u200b."
    return replace(
        full(),
        unit=f"{UNIT} & <Trung tâm> {{{{ x }}}}",
        strengths=(nasty, "Dòng một\nDòng hai\r\nDòng ba\x0bDòng bốn"),
        shortcomings=(
            Shortcoming(1, nasty, "x" * 5000, (nasty,)),
            Shortcoming(2, "từ ngữ " * 714 + "hết", "Không có khoảng trắng".replace(" ", "") * 50),
        ),
        recommendations=(MinutesRecommendation("từ ngữ " * 714, nasty, None, "ngay sau khi nhận kết luận", nasty),),
        appendices=Appendices(photos=photos(1, lambda at: nasty), documents=(CheckedDocument(nasty, None, nasty),)),
    )


def scored() -> Minutes:
    return replace(full(), appendices=Appendices(checklist=checklist(scored=True)))


def three_signers() -> tuple[MinutesSigner, ...]:
    return (
        MinutesSigner("unit", "unit_head", "Đại diện đơn vị được kiểm tra", (), "Chủ tịch", "Phạm Văn Khải"),
        MinutesSigner("team", "lead", None, (), "Trưởng đoàn", "Vũ Thanh Hải"),
        MinutesSigner("team", "secretary", None, (), "Thư ký", "Trần Thị Bảo Ngọc"),
    )


def _team() -> tuple[TeamAttendee, ...]:
    return (
        TeamAttendee("Vũ Thanh Hải", "Phó Giám đốc", "Sở Nội vụ", "Trưởng đoàn"),
        TeamAttendee("Ngô Quốc Bình", "Phó Chánh Văn phòng", "Văn phòng Ủy ban nhân dân tỉnh", "Phó Trưởng đoàn"),
        TeamAttendee("Trần Thị Bảo Ngọc", "Chuyên viên chính", "Sở Nội vụ", "Thư ký"),
        TeamAttendee("Hồ Sĩ Nguyên", "Chuyên viên", "Sở Tư pháp", "Thành viên", substitute_for="Cao Thị Lan"),
        TeamAttendee("Bùi Đức Long", "Chuyên viên", "Sở Tài chính", "Thành viên", True, "dự tập huấn"),
    )


def _results() -> tuple[ResultSection, ...]:
    texts = {
        "I": "Ủy ban nhân dân xã đã ban hành Kế hoạch số 01/KH-UBND ngày 10 tháng 01 năm 2025 và hoàn thành 27/29 "
        "nhiệm vụ trong năm. Báo cáo quý I và quý II gửi chậm so với quy định.",
        "III": "Trung tâm Phục vụ hành chính công bố trí 06 quầy, niêm yết đầy đủ thủ tục hành chính bằng bản giấy "
        "và mã QR. Đoàn kiểm tra đã chọn ngẫu nhiên 26 hồ sơ để đối chiếu giữa hồ sơ giấy và hệ thống.",
        "V": "Tại thời điểm 7 giờ 35 phút ngày 05 tháng 02 năm 2026, Đoàn kiểm tra kiểm đếm người có mặt tại hai nơi.",
        "VII": "Văn bản đi được ký số và gửi trên trục liên thông. Việc số hóa hồ sơ khi tiếp nhận chưa đều giữa các "
        "lĩnh vực.",
    }
    figures = {
        "III": (
            Figure("Hồ sơ tiếp nhận trong kỳ", 2871, "hồ sơ", "Hệ thống thông tin giải quyết TTHC", MADE),
            Figure("Tỷ lệ giải quyết đúng hạn", Decimal("97.06"), "%"),
            Figure("Hồ sơ quá hạn chưa giải quyết", 5, "hồ sơ"),
        ),
        "VII": (Figure("Tỷ lệ hồ sơ nộp trực tuyến", None, "%"),),
    }
    tables = {"III": ("dossiers",), "V": ("headcount",)}
    return tuple(
        ResultSection(
            code,
            title,
            (texts[code],) if code in texts else (f"Nội dung “{title.lower()}” được thực hiện theo kế hoạch.",),
            figures.get(code, ()),
            ("dossiers",) if "dossiers" in tables.get(code, ()) else ("headcount",) if code in tables else (),
        )
        for code, title in _SECTIONS
    )


def _samples() -> tuple[SampleLine, ...]:
    return (
        SampleLine("Đất đai", 412, 12, 9, 3, 2, 1, 0, 2),
        SampleLine("Hộ tịch", 968, 8, 8, 0, 0, 0, 0, 0),
        SampleLine("Chứng thực", 1_204, 6, 6, 0, None, 2, 1, 0),
    )


def _headcounts() -> tuple[HeadcountLine, ...]:
    at = datetime(2026, 2, 5, 7, 35)
    return (
        HeadcountLine("Trung tâm Phục vụ hành chính công", at, 9, 8, 1, 0, 2),
        HeadcountLine("Các phòng chuyên môn", at, 21, 18, 2, 1, 4, "01 người chưa rõ lý do"),
    )


def _shortcomings() -> tuple[Shortcoming, ...]:
    return (
        Shortcoming(
            1,
            "Chưa niêm yết kịp thời 04 thủ tục hành chính được sửa đổi trong lĩnh vực đất đai.",
            "Tại bảng niêm yết ở Trung tâm Phục vụ hành chính công, bản niêm yết đề ngày 12 tháng 6 năm 2025, trước "
            "ngày các thủ tục được công bố sửa đổi.",
            ("ảnh số 1, ảnh số 2", "Quyết định số 77/QĐ-UBND ngày 03 tháng 7 năm 2025"),
        ),
        Shortcoming(
            2,
            "03/12 hồ sơ đất đai trong mẫu kiểm tra trả kết quả trễ hẹn, trong đó 02 hồ sơ không có văn bản xin lỗi.",
            "Hồ sơ trễ dài nhất 17 ngày làm việc; trạng thái trên hệ thống ghi “đã trả kết quả” nhưng người dân chưa "
            "nhận.",
            ("Phụ lục III, dòng 4, 9 và 11",),
            ("khoản 1 Điều 19 của quy định về thực hiện cơ chế một cửa",),
        ),
        Shortcoming(3, "04 công chức không đeo thẻ khi làm nhiệm vụ.", None, ("bảng kiểm đếm",)),
    )


def _recommendations() -> tuple[MinutesRecommendation, ...]:
    return (
        MinutesRecommendation(
            "Niêm yết lại đầy đủ thủ tục hành chính đang có hiệu lực; rà soát định kỳ vào ngày đầu tháng.",
            "Trung tâm Phục vụ hành chính công xã",
            date(2026, 2, 20),
            None,
            "Sở Nội vụ",
            (1,),
        ),
        MinutesRecommendation(
            "Xin lỗi bằng văn bản đối với các hồ sơ trễ hẹn, giao một đầu mối theo dõi hồ sơ đến hạn.",
            "Chủ tịch Ủy ban nhân dân xã",
            None,
            "10 ngày làm việc kể từ ngày nhận Thông báo kết luận",
            None,
            (2, 3),
        ),
    )


def checklist(*, scored: bool) -> CompletedChecklist:
    results = ("Có", "Đạt một phần", "27/29 nhiệm vụ (93,1 %)", "Không áp dụng", None)
    parts = []
    for code, title in _SECTIONS:
        lines = tuple(
            ChecklistLine(
                f"{code}.{at}",
                f"Nội dung kiểm tra thứ {at} của phần “{title}”, theo kế hoạch và quy định hiện hành.",
                results[at % 5],
                "Báo cáo quý I, quý II gửi chậm." if at % 3 == 1 else None,
                Points(Decimal(2), Decimal("1.5"), Decimal("1.25"), None) if scored and at % 5 != 3 else None,
            )
            for at in range(1, 7)
        )
        parts.append(ChecklistPart(code, title, lines))
    return CompletedChecklist("Phiếu kiểm tra cải cách hành chính cấp xã", "2026-11-22", tuple(parts), scored)


def _documents() -> tuple[CheckedDocument, ...]:
    return (
        CheckedDocument("01/KH-UBND", date(2025, 1, 10), UNIT, "Kế hoạch cải cách hành chính năm 2025"),
        CheckedDocument("77/QĐ-UBND", date(2025, 7, 3), UNIT, "Phân công công chức làm việc tại Trung tâm"),
        CheckedDocument("112/BC-UBND", None, UNIT, "Báo cáo kết quả cải cách hành chính quý III năm 2025"),
        CheckedDocument(),
    )


def dossiers(amount: int) -> tuple[DossierLine, ...]:
    return tuple(
        DossierLine(
            f"H19.27.{at:02d}-250{at % 9 + 1}12-{at * 37 % 900:04d}",
            "Đăng ký biến động quyền sử dụng đất" if at % 2 else "Đăng ký khai sinh",
            "Đất đai" if at % 2 else "Hộ tịch",
            date(2025, 3, 1 + at % 27),
            datetime(2025, 4, 1 + at % 27, 16, 0),
            None if at % 7 == 6 else date(2025, 4, 2 + at % 27),
            (at % 4) * 3 if at % 7 != 6 else None,
            at % 2 == 0,
            at % 5 != 0,
            at % 11 == 0,
            at % 9 == 0,
            at % 13 == 0,
        )
        for at in range(amount)
    )


def photos(amount: int, caption: Callable[[int], str] | None = None) -> tuple[MinutesPhoto, ...]:
    worded = caption or (lambda at: f"Bảng niêm yết thủ tục hành chính tại quầy số {at + 1}")
    taken = datetime(2026, 2, 5, 9, 12)
    result = []
    for at in range(amount):
        size = (1280, 960) if at % 3 else (960, 1280)
        data = drawn_photo(at, size)
        result.append(MinutesPhoto(worded(at), *size, partial(bytes, data), taken, "Trung tâm Phục vụ HCC"))
    return tuple(result)


def drawn_photo(seed: int, size: tuple[int, int], noise: int = 0) -> bytes:
    """A JPEG with a picture of a counter; ``noise`` makes it as heavy as one from a phone."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", size, (214, 222, 230))
    if noise:
        picture = Image.blend(picture, Image.effect_noise(size, noise).convert("RGB"), 0.5)
    draw = ImageDraw.Draw(picture)
    wide, high = size
    draw.rectangle((0, high * 0.7, wide, high), fill=(150, 120, 90))
    for at in range(4):
        left = wide * (0.08 + 0.23 * at)
        draw.rectangle(
            (left, high * 0.2, left + wide * 0.16, high * 0.5), fill=(255, 255, 255), outline=(90, 90, 90), width=4
        )
        for line in range(5):
            y = high * (0.24 + 0.05 * line)
            draw.line((left + 12, y, left + wide * (0.06 + 0.02 * ((seed + line) % 4)), y), fill=(60, 60, 60), width=5)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=92 if noise else 80)
    return out.getvalue()


def supplement() -> Minutes:
    """What came after the signatures; the signed minutes stand."""
    return replace(
        empty(),
        form="on_site",
        supplement=True,
        header=replace(full().header, number="6", date=date(2026, 2, 12)),
        summary="Bổ sung Biên bản kiểm tra công tác cải cách hành chính tại Ủy ban nhân dân xã Gò Sen",
        legal_bases=("Căn cứ Biên bản số 05/BB-ĐKT ngày 05 tháng 02 năm 2026 của Đoàn kiểm tra.",),
        unit=UNIT,
        team=TEAM,
        opening=MomentAt(date(2026, 2, 12)),
        team_attendees=_team()[:3],
        unit_attendees=full().unit_attendees,
        results=(
            ResultSection("", "Lý do lập biên bản bổ sung", ("Đơn vị gửi bổ sung tài liệu sau khi đã ký biên bản.",)),
            ResultSection("", "Nội dung bổ sung", ("Ghi nhận Quyết định số 81/QĐ-UBND đã được niêm yết.",)),
        ),
        closing=Closing(date(2026, 2, 12), None, 2, 2),
        signers=three_signers(),
        recipients=full().recipients,
    )
