"""The six sheets of a checklist workbook: names, headings and the words for what the program stores as codes."""

from __future__ import annotations

from inspector.domain.checklist import ANSWER_TYPES
from inspector.export.sheets import Column

INFO, SECTIONS, ITEMS = "Thông tin", "Nội dung", "Tiêu chí"
THRESHOLDS, LEGAL, BANDS = "Ngưỡng", "Căn cứ pháp lý", "Xếp loại"

INFO_COLUMNS = (Column("name", "Thông tin"), Column("value", "Nội dung"))
INFO_ROWS = {
    "title": "Tên bộ tiêu chí",
    "version": "Phiên bản",
    "level": "Cấp",
    "status": "Trạng thái",
    "about": "Ghi chú chung",
    "points": "Ghi chú về điểm",
    "legal": "Ghi chú về căn cứ",
    "bands": "Ghi chú về xếp loại",
    "status_note": "Ghi chú về trạng thái",
}

SECTION_COLUMNS = (Column("code", "Mã nội dung"), Column("title", "Tên nội dung"))

ITEM_COLUMNS = (
    Column("key", "Khóa (không sửa)", aliases=("Khóa",)),
    Column("code", "Mục", aliases=("STT", "Mã mục")),
    Column("section", "Nội dung", aliases=("Mã nội dung",)),
    Column("text", "Tiêu chí", aliases=("Câu hỏi",)),
    Column("answer_type", "Kiểu trả lời"),
    Column("max_points", "Điểm tối đa"),
    Column("na_allowed", "Được chọn không áp dụng"),
    Column("evidence", "Minh chứng (mỗi dòng một mục)", aliases=("Minh chứng",)),
    Column("legal_basis", "Căn cứ (mã, cách nhau dấu phẩy)", aliases=("Căn cứ",)),
    Column("finding_hint", "Gợi ý phát hiện"),
    Column("remedy_days", "Số ngày khắc phục"),
    Column("numerator_label", "Tên tử số"),
    Column("denominator_label", "Tên mẫu số"),
    Column("count_label", "Tên số lượng"),
    Column("method", "Cách chọn mẫu", required=False),
    Column("fields", "Số liệu tổng hợp (không sửa)", required=False),
    Column("row_fields", "Số liệu từng hồ sơ (không sửa)", required=False),
)

THRESHOLD_COLUMNS = (
    Column("item", "Mục", aliases=("STT", "Mã mục")),
    Column("bound", "Từ hay đến"),
    Column("value", "Giá trị"),
    Column("fraction", "Phần điểm (0 đến 1)", aliases=("Phần điểm",)),
)

LEGAL_COLUMNS = (
    Column("code", "Mã căn cứ"),
    Column("title", "Tên văn bản"),
    Column("status", "Tình trạng"),
    Column("address", "Nguồn", required=False),
)

BAND_COLUMNS = (Column("min", "Từ điểm"), Column("label", "Xếp loại"))

ANSWER_TYPE_NAMES = {known.label: code for code, known in ANSWER_TYPES.items()}
LEVEL_NAMES = {"Sở, ban, ngành": "department", "Huyện (lịch sử)": "district", "Xã, phường, đặc khu": "commune"}
STATUS_NAMES = {"Đang dùng": "active", "Lịch sử": "historical"}
LEGAL_STATUS_NAMES = {"Đã có nguồn": "source", "Cần kiểm tra": "background"}
BOUND_NAMES = {"Từ": "min", "Đến": "max"}
YES_NO = ("Có", "Không")


def shown(names: dict[str, str], value: str) -> str:
    """The word shown for a stored value, the value itself when there is none."""
    return next((word for word, stored in names.items() if stored == value), value)
