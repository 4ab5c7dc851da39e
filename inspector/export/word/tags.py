"""The tags of a minutes template: which there are, what they mean, and what they become for given minutes.

Names are plain ASCII: letters with marks typed on some machines are stored in two ways and would silently not match.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from inspector.domain.minutes import Minutes
from inspector.domain.text import clean
from inspector.domain.wording import DOTS, count, day, file_number, hour
from inspector.export.layout_profile import Profile
from inspector.export.text_width import balanced, text_width
from inspector.export.word.appendices import count_appendices

Kind = Literal["text", "block", "flag"]

HEAD_GAP = 1.5
"""Millimetres kept free between the two blocks of the head."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag: ``text`` stands inside a sentence, ``block`` takes a paragraph of its own, ``flag`` is asked by ``if``."""

    name: str
    kind: Kind
    meaning: str
    example: str

    @property
    def written(self) -> str:
        """The tag as it is typed in Word."""
        if self.kind == "flag":
            return f"{{%p if {self.name} %}}\n…\n{{%p endif %}}"
        if self.name == "khoi_ky":
            return "{{p khoi_ky('don_vi', 'truong_doan', 'thu_ky', 'doan', 'khac') }}"
        return f"{{{{{'p' if self.kind == 'block' else ''} {self.name} }}}}"


TAGS: tuple[Tag, ...] = (
    Tag("co_quan_chu_quan", "text", "Cơ quan chủ quản, chữ in hoa", "ỦY BAN NHÂN DÂN TỈNH SEN HỒNG"),
    Tag("co_quan_ban_hanh", "text", "Đoàn kiểm tra, chữ in hoa, có thể nhiều dòng", "ĐOÀN KIỂM TRA CCHC"),
    Tag("so_ky_hieu", "text", "Số và ký hiệu", "05/BB-ĐKT"),
    Tag("dia_danh_ngay", "text", "Địa danh, ngày tháng năm", "Gò Sen, ngày 05 tháng 02 năm 2026"),
    Tag("ten_loai", "text", "Tên loại văn bản", "BIÊN BẢN"),
    Tag("trich_yeu", "text", "Trích yếu nội dung", "Kiểm tra công tác cải cách hành chính tại xã Gò Sen"),
    Tag("dong_canh_bao", "text", "Dòng đánh dấu dưới tên loại; dùng được trong {%p if dong_canh_bao %}", "DỰ THẢO"),
    Tag("gio_bat_dau", "text", "Giờ bắt đầu", "08 giờ 00 phút"),
    Tag("ngay_bat_dau", "text", "Ngày bắt đầu", "ngày 05 tháng 02 năm 2026"),
    Tag("dia_diem", "text", "Địa điểm làm việc", "trụ sở Ủy ban nhân dân xã Gò Sen"),
    Tag("ten_doan", "text", "Tên Đoàn kiểm tra", "Đoàn kiểm tra cải cách hành chính tỉnh Sen Hồng"),
    Tag("ten_don_vi", "text", "Tên đơn vị được kiểm tra", "Ủy ban nhân dân xã Gò Sen"),
    Tag("hinh_thuc", "text", "Hình thức kiểm tra", "trực tiếp"),
    Tag("ky_tu_ngay", "text", "Ngày đầu thời kỳ kiểm tra", "ngày 01 tháng 01 năm 2025"),
    Tag("ky_den_ngay", "text", "Ngày cuối thời kỳ kiểm tra", "ngày 31 tháng 12 năm 2025"),
    Tag("gio_ket_thuc", "text", "Giờ kết thúc", "16 giờ 30 phút"),
    Tag("ngay_ket_thuc", "text", "Ngày kết thúc", "ngày 05 tháng 02 năm 2026"),
    Tag("so_trang", "text", "Số trang", "08"),
    Tag("so_ban", "text", "Số bản", "02"),
    Tag("noi_giu_ban", "text", "Ai giữ các bản; bắt đầu bằng dấu phẩy hoặc để trống", ", mỗi bên giữ 01 bản"),
    Tag("so_phu_luc", "text", "Số phụ lục kèm theo", "05"),
    Tag("ma_doi_chieu", "text", "Mã đối chiếu với dữ liệu; dùng được trong {%p if ma_doi_chieu %}", "7K3Q-92MD"),
    Tag("can_cu", "block", "Các căn cứ", "Căn cứ Quyết định số …;"),
    Tag("thanh_phan_doan", "block", "Thành phần Đoàn kiểm tra, người vắng, người dự thay", "- Nguyễn Văn A, …"),
    Tag("thanh_phan_don_vi", "block", "Thành phần đơn vị được kiểm tra", "- Trần Thị B, …"),
    Tag("noi_dung_pham_vi", "block", "Nội dung, phạm vi kiểm tra", "Kiểm tra 08 nội dung …"),
    Tag("phuong_phap", "block", "Phương pháp kiểm tra", "Nghe báo cáo, kiểm tra hồ sơ …"),
    Tag("ket_qua", "block", "Kết quả theo từng nội dung, kèm số liệu và bảng", "1. Công tác chỉ đạo, điều hành …"),
    Tag("muc_chua_kiem_tra", "block", "Các mục chưa kiểm tra và lý do", "- …; Lý do: …"),
    Tag("uu_diem", "block", "Ưu điểm", "Đã ban hành kế hoạch …"),
    Tag("cach_lam_hay", "block", "Cách làm hay, nhân tố mới", "Tổ hỗ trợ lưu động …"),
    Tag("ton_tai", "block", "Tồn tại, hạn chế", "1. …"),
    Tag("nguyen_nhan_chu_quan", "block", "Nguyên nhân chủ quan", "…"),
    Tag("nguyen_nhan_khach_quan", "block", "Nguyên nhân khách quan", "…"),
    Tag("bang_kien_nghi", "block", "Bảng kiến nghị, yêu cầu khắc phục", "(bảng)"),
    Tag("y_kien_don_vi", "block", "Ý kiến của đơn vị được kiểm tra", "…"),
    Tag("khoi_ky", "block", "Chữ ký, theo thứ tự ghi trong ngoặc", "(khối chữ ký)"),
    Tag("noi_nhan", "block", "Các nơi nhận", "- Như trên;"),
    Tag("truc_tiep", "flag", "Kiểm tra trực tiếp", ""),
    Tag("truc_tuyen", "flag", "Kiểm tra trực tuyến", ""),
    Tag("dot_xuat", "flag", "Kiểm tra đột xuất", ""),
    Tag("bo_sung", "flag", "Biên bản bổ sung sau khi đã ký", ""),
    Tag("co_muc_chua_kiem_tra", "flag", "Có mục chưa kiểm tra", ""),
    Tag("co_cach_lam_hay", "flag", "Có cách làm hay, nhân tố mới", ""),
    Tag("co_y_kien_don_vi", "flag", "Có phần ý kiến của đơn vị", ""),
    Tag("co_phu_luc", "flag", "Có phụ lục", ""),
)

TAG_BY_NAME: Mapping[str, Tag] = {tag.name: tag for tag in TAGS}

_FORMS = {
    "on_site": "trực tiếp",
    "remote": "trực tuyến, qua báo cáo và kết quả theo dõi, không làm việc trực tiếp tại đơn vị",
    "surprise": "đột xuất, không báo trước",
}


def text_values(minutes: Minutes, profile: Profile) -> dict[str, str]:
    """What each text tag becomes; what is too long for the head block is broken into lines where it reads best."""
    values = {name: clean(value) for name, value in (_head(minutes) | _sentences(minutes)).items()}
    place_date = profile.elements["place_date"]
    if text_width(profile, values["dia_danh_ngay"], place_date.size, italic=True) > profile.head_columns[1]:
        values["dia_danh_ngay"] = values["dia_danh_ngay"].replace(", ", ",\n", 1)
    box = profile.head_columns[0] - HEAD_GAP
    for name, key in (("co_quan_chu_quan", "superior"), ("co_quan_ban_hanh", "issuer")):
        element = profile.elements[key]
        values[name] = balanced(profile, values[name], element.size, box, bold=element.bold)
    return values


def _head(minutes: Minutes) -> dict[str, str]:
    header = minutes.header
    unit = minutes.unit or DOTS * 3
    return {
        "co_quan_chu_quan": (header.superior or DOTS * 2).upper(),
        "co_quan_ban_hanh": ("\n".join(header.issuer) or minutes.team or "Đoàn kiểm tra").upper(),
        "so_ky_hieu": f"{file_number(header.number)}/{header.symbol or DOTS}",
        "dia_danh_ngay": f"{header.place or DOTS}, {day(header.date)}",
        "ten_loai": minutes.title.upper(),
        "trich_yeu": minutes.summary or f"Kiểm tra công tác cải cách hành chính tại {unit}",
        "dong_canh_bao": (minutes.banner or "").upper(),
    }


def _sentences(minutes: Minutes) -> dict[str, str]:
    opening, closing = minutes.opening, minutes.closing
    return {
        "gio_bat_dau": hour(opening.time),
        "ngay_bat_dau": day(opening.date),
        "dia_diem": opening.place or DOTS * 3,
        "ten_doan": minutes.team or "Đoàn kiểm tra",
        "ten_don_vi": minutes.unit or DOTS * 3,
        "hinh_thuc": _FORMS[minutes.form] if minutes.form else DOTS * 2,
        "ky_tu_ngay": day(minutes.period_start),
        "ky_den_ngay": day(minutes.period_end),
        "gio_ket_thuc": hour(closing.time),
        "ngay_ket_thuc": day(closing.date),
        "so_trang": count(closing.pages),
        "so_ban": count(closing.copies),
        "noi_giu_ban": _keepers(minutes),
        "so_phu_luc": count(count_appendices(minutes)),
        "ma_doi_chieu": minutes.origin.check_code or "",
    }


def _keepers(minutes: Minutes) -> str:
    """Two copies are kept one by each side: the common formula; any other number says who keeps them, or nothing."""
    if minutes.closing.keepers:
        return f", {minutes.closing.keepers.strip(' ,.;')}"
    return ", mỗi bên giữ 01 bản" if minutes.closing.copies == 2 else ""


def flags(minutes: Minutes) -> dict[str, bool]:
    """What each flag is."""
    remote = minutes.form == "remote"
    return {
        "truc_tiep": minutes.form == "on_site",
        "truc_tuyen": remote,
        "dot_xuat": minutes.form == "surprise",
        "bo_sung": minutes.supplement,
        "co_muc_chua_kiem_tra": bool(minutes.unchecked.items),
        "co_cach_lam_hay": bool(minutes.good_practices),
        "co_y_kien_don_vi": not remote or bool(minutes.opinion or minutes.finding_opinions),
        "co_phu_luc": count_appendices(minutes) > 0,
    }
