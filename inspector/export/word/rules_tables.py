"""Rules about tables of data: a heading that repeats, not wider than the text, letters that can be read."""

from __future__ import annotations

from collections.abc import Iterator

from inspector.export.layout_check import Problem
from inspector.export.layout_profile import Profile
from inspector.export.word.names import W
from inspector.export.word.reading import Reading, Table, length

_SLACK = 1.5


def table_rules(reading: Reading, profile: Profile) -> Iterator[Problem]:
    sections = reading.sections
    for table in reading.tables:
        room = sections[min(table.section, len(sections) - 1)].text_width if sections else profile.page.text_width
        wide = sum(length(column, "w") for column in table.element.iterfind(f"{W}tblGrid/{W}gridCol"))
        if wide > room + _SLACK:
            yield Problem(
                "TABLE-WIDE",
                "error",
                table.where,
                f"Bảng rộng {wide:.0f} mm, vượt lề ({room:.0f} mm). Hãy thu hẹp cột.",
            )
        if table.ruled:
            yield from _data_table(table, profile)


def _data_table(table: Table, profile: Profile) -> Iterator[Problem]:
    first = table.element.find(f"{W}tr")
    if len(table.rows) > 1 and first is not None and first.find(f"{W}trPr/{W}tblHeader") is None:
        yield Problem("TABLE-HEAD", "advice", table.where, "Hàng đầu bảng chưa được lặp lại ở trang sau.")
    allowed = set(profile.elements["table_text"].sizes) | set(profile.elements["body"].sizes)
    for paragraph in table.paragraphs:
        if paragraph.looks and paragraph.seen.size not in allowed:
            yield Problem(
                "TABLE-SIZE", "error", table.where, f"Chữ trong bảng cỡ {paragraph.seen.size:g}; nên từ 10 đến 14."
            )
            return
