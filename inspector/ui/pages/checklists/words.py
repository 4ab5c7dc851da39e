"""How checklists are spoken of on the window."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date

from inspector.domain.checklist import Item, Threshold
from inspector.domain.wording import number, short_day
from inspector.services.checklist_shelf import Law, Version
from inspector.ui.language import Words, tr
from inspector.ui.pages.facts import Fact
from inspector.ui.pages.line_list import Row

LEVELS: Mapping[str, Words] = {
    "commune": tr("Cấp xã"),
    "department": tr("Sở, ban, ngành"),
    "district": tr("Cấp huyện, trước 1/7/2025"),
}

FIELDS: Mapping[str, Words] = {
    "text": tr("câu hỏi"),
    "section": tr("nội dung"),
    "answer_type": tr("cách trả lời"),
    "max_points": tr("điểm"),
    "na_allowed": tr("không áp dụng"),
    "evidence": tr("minh chứng"),
    "legal_basis": tr("căn cứ"),
    "finding_hint": tr("câu gợi ý"),
    "remedy_days": tr("số ngày khắc phục"),
    "thresholds": tr("ngưỡng"),
}
"""What differs between two versions of an item; other fields are told together."""


def day_of(iso: str) -> str:
    return short_day(date.fromisoformat(iso)) if iso else ""


def edition(version: str) -> Words:
    """The name of a version; most are named after their day, which is written as days are."""
    with suppress(ValueError):
        return tr("bản {name}", name=short_day(date.fromisoformat(version)))
    return tr("bản {name}", name=version)


def version_row(version: Version) -> Row:
    checklist = version.checklist
    since: Words = tr("từ {day}", day=day_of(version.since)) if version.since else ""
    origin: Words = tr("của văn phòng") if version.own else tr("có sẵn")
    count = tr("{count} mục", count=len(checklist.items))
    detail = " · ".join(filter(None, (str(edition(checklist.version)), str(count), str(origin), str(since))))
    chip: tuple[Words, str] | None = (tr("Đang dùng"), "ok") if version.in_force else None
    return Row(version.hash, LEVELS.get(checklist.level, checklist.level), detail, chip=chip, strong=True)


def version_line(version: Version) -> Words:
    checklist = version.checklist
    points = tr("{points} điểm", points=number(checklist.total_points))
    scored: Words = tr("chưa áp dụng điểm")
    if version.scored:
        scored = (
            tr("áp dụng điểm theo {decision}", decision=version.decision) if version.decision else tr("có chấm điểm")
        )
    return " · ".join(
        (str(edition(checklist.version)), str(tr("{count} mục", count=len(checklist.items))), str(points), str(scored))
    )


def item_rows(version: Version, wanted: frozenset[str] | None) -> list[Row]:
    """The items under their sections; ``wanted`` keys only, where a filter is set."""
    rows: list[Row] = []
    for section in version.checklist.sections:
        items = [item for item in version.checklist.items_of(section.code) if wanted is None or item.key in wanted]
        if items:
            aside = number(sum((item.max_points for item in items), items[0].max_points * 0))
            rows.append(Row(f"/{section.code}", f"{section.code}. {section.title}", aside=aside, head=True))
            rows += [_item_row(item) for item in items]
    return rows


def _item_row(item: Item) -> Row:
    return Row(item.key, item.text, item.type.label, number(item.max_points), number=item.code, lines=2)


def item_facts(item: Item, law: Mapping[str, Law]) -> list[Fact]:
    return [
        (tr("Cách trả lời"), [item.type.label, *[str(choice.label) for choice in item.type.choices]]),
        (tr("Điểm tối đa"), [number(item.max_points)]),
        (tr("Ngưỡng tính điểm"), [_threshold(each) for each in item.thresholds]),
        (tr("Tử số và mẫu số"), [name for name in (item.numerator_label, item.denominator_label) if name]),
        (tr("Đếm"), [item.count_label] if item.count_label else []),
        (tr("Không áp dụng"), [tr("Được chọn, kèm lý do") if item.na_allowed else tr("Mục bắt buộc kiểm tra")]),
        (tr("Minh chứng cần xem"), list(item.evidence)),
        (tr("Cách kiểm tra"), [item.method] if item.method else []),
        (tr("Căn cứ"), [_law(code, law) for code in item.legal_basis]),
        (tr("Câu gợi ý khi chưa đạt"), [item.finding_hint] if item.finding_hint else []),
        (tr("Thời hạn khắc phục gợi ý"), _days(item)),
    ]


def _days(item: Item) -> Sequence[Words]:
    return [tr("{count} ngày làm việc", count=item.remedy_days)] if item.remedy_days else []


def _law(code: str, law: Mapping[str, Law]) -> Words:
    found = law.get(code)
    if found is None:
        return code
    return found.title if found.confirmed else tr("{title} (chưa xác nhận, chưa in ra)", title=found.title)


def _threshold(step: Threshold) -> Words:
    share = number(step.fraction * 100)
    if step.value is None:
        return tr("Còn lại: {share} % điểm", share=share)
    if step.bound == "max":
        return tr("Đến {value}: {share} % điểm", value=number(step.value), share=share)
    return tr("Từ {value}: {share} % điểm", value=number(step.value), share=share)


def fields_said(names: Sequence[str]) -> str:
    """The fields that differ, each once."""
    other = tr("chi tiết khác")
    return ", ".join(dict.fromkeys(str(FIELDS.get(name, other)) for name in names))
