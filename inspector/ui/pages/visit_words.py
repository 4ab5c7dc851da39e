"""How lists call what an inspection is and how it stands."""

from __future__ import annotations

from datetime import date

from inspector.services.visits import VisitState
from inspector.ui.language import Phrase, Words, tr

WEEKDAYS = (
    tr("thứ Hai"),
    tr("thứ Ba"),
    tr("thứ Tư"),
    tr("thứ Năm"),
    tr("thứ Sáu"),
    tr("thứ Bảy"),
    tr("Chủ nhật"),
)

CAPITAL_WEEKDAYS = (
    tr("Thứ Hai"),
    tr("Thứ Ba"),
    tr("Thứ Tư"),
    tr("Thứ Năm"),
    tr("Thứ Sáu"),
    tr("Thứ Bảy"),
    tr("Chủ nhật"),
)

FORMS: dict[str, Phrase] = {
    "on_site": tr("Trực tiếp"),
    "remote": tr("Trực tuyến"),
    "surprise": tr("Đột xuất"),
}

LEVELS: dict[str, Phrase] = {
    "department": tr("Sở, ban, ngành"),
    "commune": tr("Xã, phường, đặc khu"),
    "district": tr("Huyện, thị xã, thành phố"),
    "vertical_agency": tr("Cơ quan ngành dọc"),
    "subunit": tr("Đơn vị trực thuộc"),
    "province": tr("Tỉnh, thành phố"),
}

STATES: dict[VisitState, tuple[Phrase, str]] = {
    VisitState.COMING: (tr("Chưa bắt đầu"), "na"),
    VisitState.GOING: (tr("Đang kiểm tra"), "accent"),
    VisitState.WAITING: (tr("Chờ biên bản"), "part"),
    VisitState.SIGNED: (tr("Đã ký"), "ok"),
    VisitState.CANCELLED: (tr("Đã hủy"), "no"),
}
"""Words of a state, and the tone of its chip."""


def form_words(form: str | None) -> Words:
    return FORMS.get(form or "", tr("Chưa ghi hình thức"))


def level_words(level: str) -> Words:
    return LEVELS.get(level, tr("Khác"))


def day_and_month(day: date | None) -> str:
    """Like "26/11"."""
    return f"{day.day:02d}/{day.month:02d}" if day is not None else "–"
