"""Minutes as Word: everything given is on the paper, nothing is invented, the file opens."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from inspector.domain.errors import BadInput, Refused, Unavailable
from inspector.domain.minutes import Appendices, Minutes, MinutesHeader, MinutesSigner, Shortcoming
from inspector.export.layout_profile import Profile
from inspector.export.minutes_docx import Composed, compose_minutes, render_minutes
from tests.export.conftest import part, rewritten
from tests.samples import minutes_samples

SAMPLES = (
    "empty",
    "no_finding",
    "one_finding",
    "full",
    "many",
    "remote",
    "surprise",
    "six_signers",
    "long_names",
    "awkward",
    "scored",
    "supplement",
)


def lines(data: bytes) -> list[str]:
    """The text of every paragraph, line breaks as blanks."""
    body = part(data)
    found = []
    for paragraph in re.findall(r"<w:p[ >].*?</w:p>", body, re.DOTALL):
        text = "".join(
            " " if mark == "<w:br/>" else re.sub("<[^>]+>", "", mark)
            for mark in re.findall(r"<w:br/>|<w:t[ >].*?</w:t>", paragraph, re.DOTALL)
        )
        found.append(text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
    return found


def text(data: bytes) -> str:
    return "\n".join(lines(data))


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_passes_our_check(name: str, composed: Callable[[str], Composed]) -> None:
    assert composed(name).problems == ()


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_passes_the_schema(name: str, composed: Callable[[str], Composed], tmp_path: Path) -> None:
    assert schema_errors(composed(name).data, tmp_path) == []


def schema_errors(data: bytes, folder: Path) -> list[str]:
    from openxml_audit import FileFormat, OpenXmlValidator

    path = folder / "document.docx"
    path.write_bytes(data)
    return [str(error) for error in OpenXmlValidator(file_format=FileFormat.MICROSOFT_365).validate(path).errors]


def test_the_same_minutes_give_the_same_bytes(
    profile: Profile, template: bytes, composed: Callable[[str], Composed]
) -> None:
    again = compose_minutes(minutes_samples.full(), template, profile)
    assert hashlib.sha256(again.data).hexdigest() == hashlib.sha256(composed("full").data).hexdigest()


def test_the_head_block_words_number_and_date(composed: Callable[[str], Composed]) -> None:
    found = lines(composed("full").data)
    assert "ỦY BAN NHÂN DÂN TỈNH SEN HỒNG" in found
    assert "ĐOÀN KIỂM TRA CẢI CÁCH HÀNH CHÍNH" in found
    assert "Số: 05/BB-ĐKT" in found
    assert "Gò Sen, ngày 05 tháng 02 năm 2026" in found
    assert "TÀI LIỆU TRÌNH DIỄN" in found


def test_figures_are_worded_as_vietnamese_writes_them(composed: Callable[[str], Composed]) -> None:
    found = text(composed("full").data)
    assert "- Hồ sơ tiếp nhận trong kỳ: 2.871 hồ sơ (nguồn: Hệ thống" in found
    assert "- Tỷ lệ giải quyết đúng hạn: 97,06 %." in found
    assert "- Hồ sơ quá hạn chưa giải quyết: 05 hồ sơ." in found
    assert "- Tỷ lệ hồ sơ nộp trực tuyến: …… %." in found


def test_legal_bases_end_with_semicolons_and_the_last_with_a_full_stop(composed: Callable[[str], Composed]) -> None:
    bases = [line for line in lines(composed("full").data) if line.startswith(("Căn cứ Q", "Căn cứ K", "Thực hiện Th"))]
    assert [base[-1] for base in bases] == [";", ";", "."]
    assert bases[1].startswith("Căn cứ Kế hoạch số 03/KH-UBND")


def test_team_says_who_was_absent_and_who_stood_in(composed: Callable[[str], Composed]) -> None:
    found = lines(composed("full").data)
    assert "- Hồ Sĩ Nguyên, Chuyên viên, Sở Tư pháp: Thành viên (dự thay Cao Thị Lan)." in found
    assert found[found.index("Vắng mặt:") + 1] == "- Bùi Đức Long, Chuyên viên, Sở Tài chính; lý do: dự tập huấn."


def test_shortcomings_keep_the_numbers_they_are_cited_by(composed: Callable[[str], Composed]) -> None:
    found = lines(composed("full").data)
    assert (
        "2. 03/12 hồ sơ đất đai trong mẫu kiểm tra trả kết quả trễ hẹn, trong đó 02 hồ sơ không có văn bản xin lỗi."
        in found
    )
    assert "Về tồn tại số 2: đề nghị ghi nhận hai hồ sơ được chuyển tiếp từ đơn vị cũ." in found
    assert "(khắc phục tồn tại số 2, 3)" in found


def test_text_of_the_secretary_replaces_the_list_of_shortcomings(profile: Profile, template: bytes) -> None:
    minutes = replace(minutes_samples.one_finding(), shortcomings_text=("Đoàn kiểm tra chưa phát hiện tồn tại.",))
    found = text(compose_minutes(minutes, template, profile).data)
    assert "Đoàn kiểm tra chưa phát hiện tồn tại." in found
    assert "1. Chưa niêm yết" not in found


def test_missing_values_are_dots_never_words_or_zeros(composed: Callable[[str], Composed]) -> None:
    found = text(composed("empty").data)
    assert not re.search(r"None|null|\bnan\b|\b0\b|\(\)", found)
    assert "Số: ……/……" in found
    assert "Biên bản gồm …… trang, được lập thành …… bản" in found
    assert found.count("…" * 30) >= 20


def test_no_appendix_no_mention_of_one(composed: Callable[[str], Composed]) -> None:
    assert "phụ lục" not in text(composed("empty").data).lower()
    assert "Kèm theo Biên bản này có 05 phụ lục." in text(composed("full").data)


def test_a_remote_inspection_has_nobody_of_the_unit(composed: Callable[[str], Composed]) -> None:
    found = lines(composed("remote").data)
    assert "Đơn vị được kiểm tra" not in found
    assert "(Ký tên, đóng dấu)" not in found
    assert "ĐẠI DIỆN ĐƠN VỊ ĐƯỢC KIỂM TRA" not in " ".join(found)
    assert "đọc lại" not in " ".join(found)


def test_an_empty_remote_inspection_offers_no_place_for_the_unit(profile: Profile, template: bytes) -> None:
    found = text(compose_minutes(replace(minutes_samples.empty(), form="remote"), template, profile).data)
    assert "TRƯỞNG ĐOÀN" in found
    assert "đóng dấu" not in found


def test_a_surprise_inspection_says_so(composed: Callable[[str], Composed]) -> None:
    found = text(composed("surprise").data)
    assert "Hình thức kiểm tra: đột xuất, không báo trước." in found
    assert "Thông báo số 02/TB-ĐKT" not in found


def test_signers_stand_in_the_order_of_the_template(composed: Callable[[str], Composed]) -> None:
    found = lines(composed("six_signers").data)
    names = [line for line in found if line in {signer.name for signer in minutes_samples.six_signers().signers}]
    assert names == [
        "Nguyễn Hoàng Phúc An",
        "Lê Thị Thu Hương",
        "Vũ Thanh Hải",
        "Trần Thị Bảo Ngọc",
        "Hồ Sĩ Nguyên",
        "Mai Xuân Quỳnh",
    ]


def test_another_template_orders_signers_otherwise(profile: Profile, template: bytes) -> None:
    changed = rewritten(
        template,
        {"word/document.xml": lambda xml: re.sub(r"khoi_ky\([^)]*\)", "khoi_ky('thu_ky', 'truong_doan')", xml)},
    )
    found = lines(compose_minutes(minutes_samples.full(), changed, profile).data)
    names = [line for line in found if line in ("Phạm Văn Khải", "Vũ Thanh Hải", "Trần Thị Bảo Ngọc")]
    assert names == ["Trần Thị Bảo Ngọc", "Vũ Thanh Hải", "Phạm Văn Khải"]


def test_refusal_and_absence_are_written_with_their_reason(composed: Callable[[str], Composed]) -> None:
    found = text(composed("six_signers").data)
    assert "(Không ký biên bản. Lý do: chưa thống nhất với tồn tại số 2" in found
    assert "(Vắng mặt khi ký. Lý do: đã rời đoàn lúc 15 giờ)" in found
    assert "KT. CHỦ TỊCH" in found
    assert "TUQ. GIÁM ĐỐC" in found


def test_a_refusal_without_reason_leaves_room_for_it(profile: Profile, template: bytes) -> None:
    minutes = replace(minutes_samples.empty(), signers=(MinutesSigner("unit", outcome="refused"),))
    assert "(Không ký biên bản. Lý do: …………)" in text(compose_minutes(minutes, template, profile).data)


def test_awkward_texts_come_out_as_they_were_typed(composed: Callable[[str], Composed]) -> None:
    found = text(composed("awkward").data)
    assert "A & B <C> \"d\" 'e' 5 < 6 {{ ten_don_vi }} {% if x %} Hòa Bình" in found
    assert "Ủy ban nhân dân xã Gò Sen & <Trung tâm> {{ x }}" in found
    assert "x" * 5000 in found
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u200b\uf8f0-\uf8f2]", found)
    assert [line for line in found.split("\n") if line.startswith("Dòng ")] == [
        "Dòng một",
        "Dòng hai",
        "Dòng ba",
        "Dòng bốn",
    ]


def test_points_are_printed_only_where_scoring_was_adopted(composed: Callable[[str], Composed]) -> None:
    assert "Điểm tối đa" not in text(composed("full").data)
    found = text(composed("scored").data)
    assert "Điểm tối đa" in found
    assert "1,25" in found


def test_every_appendix_is_a_section_numbered_from_one(composed: Callable[[str], Composed]) -> None:
    body = part(composed("full").data)
    sections = re.findall(r"<w:sectPr.*?</w:sectPr>", body, re.DOTALL)
    assert len(sections) == 6
    assert all('<w:pgNumType w:start="1"/>' in section and "<w:titlePg/>" in section for section in sections)
    assert [position for position, section in enumerate(sections) if "landscape" in section] == [3]
    assert [f"Phụ lục {number}" in lines(composed("full").data) for number in ("I", "II", "III", "IV", "V")] == [
        True
    ] * 5


def test_a_single_appendix_carries_no_number(composed: Callable[[str], Composed]) -> None:
    assert "Phụ lục" in lines(composed("remote").data)


def test_photos_have_descriptions_and_ids_of_their_own(composed: Callable[[str], Composed]) -> None:
    drawings = re.findall(r'<wp:docPr id="(\d+)" name="Ảnh" descr="([^"]*)"', part(composed("many").data))
    assert [int(number) for number, _ in drawings] == list(range(1, 51))
    assert drawings[0][1].startswith("Ảnh 1. Bảng niêm yết thủ tục hành chính tại quầy số 1")


def test_the_same_photo_is_stored_once(profile: Profile, template: bytes) -> None:
    photo = minutes_samples.photos(1)[0]
    minutes = replace(minutes_samples.empty(), appendices=Appendices(photos=(photo, photo)))
    with zipfile.ZipFile(io.BytesIO(compose_minutes(minutes, template, profile).data)) as package:
        assert sum(name.startswith("word/media/") for name in package.namelist()) == 1


def test_a_photo_that_cannot_be_read_is_named_instead(profile: Profile, template: bytes) -> None:
    def missing() -> bytes:
        raise Unavailable("blob-missing")

    photo = replace(minutes_samples.photos(1)[0], read=missing, caption="Quầy số 3")
    minutes = replace(minutes_samples.empty(), appendices=Appendices(photos=(photo,)))
    found = text(compose_minutes(minutes, template, profile).data)
    assert "Ảnh có trong hồ sơ kiểm tra nhưng không in kèm:" in found
    assert "- Quầy số 3 (không đọc được tệp ảnh)" in found


def test_properties_name_record_position_and_template(composed: Callable[[str], Composed], template: bytes) -> None:
    custom = part(composed("full").data, "docProps/custom.xml")
    assert "01J00000000000000000000001" in custom
    assert "1284:9f2c" in custom
    assert hashlib.sha256(template).hexdigest() in custom
    core = part(composed("full").data, "docProps/core.xml")
    assert "<dc:creator>Trần Thị Bảo Ngọc</dc:creator>" in core
    assert '<dcterms:created xsi:type="dcterms:W3CDTF">2026-02-05T17:00:00Z</dcterms:created>' in core


def test_the_content_hash_is_that_of_the_text_part(composed: Callable[[str], Composed]) -> None:
    data = composed("one_finding").data
    digest = hashlib.sha256(part(data).encode("utf-8")).hexdigest()
    assert digest in part(data, "docProps/custom.xml")


def test_recipients_stand_beside_the_last_of_three_signatures(composed: Callable[[str], Composed]) -> None:
    body = part(composed("full").data)
    signatures = body[body.index("(Ký tên, đóng dấu)") : body.index("</w:tbl>", body.index("(Ký tên, đóng dấu)"))]
    assert "Nơi nhận:" in signatures
    assert signatures.index("Nơi nhận:") < signatures.index("THƯ KÝ")


def test_the_check_code_is_on_the_paper(composed: Callable[[str], Composed]) -> None:
    assert "Mã đối chiếu: 7K3Q-92MD" in lines(composed("full").data)
    assert "Mã đối chiếu" not in text(composed("empty").data)


def test_a_file_is_written_and_its_hash_told(profile: Profile, template: bytes, tmp_path: Path) -> None:
    out = tmp_path / "bien-ban.docx"
    rendered = render_minutes(minutes_samples.empty(), template, profile, out)
    assert rendered.sha256 == hashlib.sha256(out.read_bytes()).hexdigest()
    assert rendered.template_sha256 == hashlib.sha256(template).hexdigest()
    assert [path.name for path in tmp_path.iterdir()] == ["bien-ban.docx"]


def test_progress_is_told_photo_by_photo(profile: Profile, template: bytes) -> None:
    told: list[tuple[int, int]] = []
    minutes = replace(minutes_samples.empty(), appendices=Appendices(photos=minutes_samples.photos(3)))
    compose_minutes(minutes, template, profile, lambda done, total: told.append((done, total)))
    assert told == [(step, 8) for step in range(1, 9)]


def test_cancelling_leaves_the_old_file(profile: Profile, template: bytes, tmp_path: Path) -> None:
    out = tmp_path / "bien-ban.docx"
    out.write_bytes(b"old")
    with pytest.raises(Refused, match="export-cancelled"):
        render_minutes(minutes_samples.empty(), template, profile, out, cancelled=lambda: True)
    assert out.read_bytes() == b"old"


def test_a_template_without_one_of_our_styles_is_refused(profile: Profile, template: bytes) -> None:
    changed = rewritten(template, {"word/styles.xml": lambda xml: xml.replace("BB Nơi nhận dòng", "Khác")})
    with pytest.raises(BadInput) as caught:
        compose_minutes(minutes_samples.empty(), changed, profile)
    assert (caught.value.code, caught.value.params) == ("template-style-missing", {"style": "BB Nơi nhận dòng"})


def test_localised_style_ids_are_found_by_name(profile: Profile, template: bytes) -> None:
    """Word in Vietnamese writes ``u1`` for Heading1; the name stays."""

    def renamed(xml: str) -> str:
        return xml.replace('"Heading1"', '"u1"').replace('"BBDoan"', '"oanvn"')

    changed = rewritten(
        template, dict.fromkeys(("word/styles.xml", "word/document.xml", "word/numbering.xml"), renamed)
    )
    made = compose_minutes(minutes_samples.one_finding(), changed, profile)
    assert made.problems == ()
    assert '<w:pStyle w:val="oanvn"/>' in part(made.data)


def test_long_agency_names_are_broken_into_even_lines(profile: Profile, template: bytes) -> None:
    minutes = replace(
        minutes_samples.empty(),
        header=MinutesHeader(issuer=("Đoàn kiểm tra công tác cải cách hành chính tỉnh Sen Hồng năm 2026",)),
    )
    body = part(compose_minutes(minutes, template, profile).data)
    cell = body[body.index("ĐOÀN KIỂM TRA") : body.index("</w:p>", body.index("ĐOÀN KIỂM TRA"))]
    assert re.sub("<w:br/>", "|", re.sub("<(?!w:br)[^>]*>", "", cell)) == (
        "ĐOÀN KIỂM TRA CÔNG TÁC|CẢI CÁCH HÀNH CHÍNH|TỈNH SEN HỒNG NĂM 2026"
    )


def test_a_finding_without_content_leaves_room(profile: Profile, template: bytes) -> None:
    minutes = replace(minutes_samples.empty(), shortcomings=(Shortcoming(1),))
    assert "1. " + "……" * 8 in lines(compose_minutes(minutes, template, profile).data)


def test_a_form_nobody_chose_is_left_open(profile: Profile, template: bytes) -> None:
    empty: Minutes = minutes_samples.empty()
    assert "Hình thức kiểm tra: …………." in lines(compose_minutes(empty, template, profile).data)
