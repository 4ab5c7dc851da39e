"""Rules about the paper: size, margins, page number in the upper margin, none on the first page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from inspector.export.layout_check import Problem
from inspector.export.layout_profile import Profile
from inspector.export.word.names import W
from inspector.export.word.reading import Reading, Section

_SLACK = 0.6
_SIDES = (("top", "trên"), ("bottom", "dưới"), ("left", "trái"), ("right", "phải"))


def page_rules(reading: Reading, profile: Profile) -> Iterator[Problem]:
    for number, section in enumerate(reading.sections, 1):
        where = f"phần {number} của văn bản"
        yield from _paper(section, profile, where, main=number == 1)
        yield from _page_number(reading, section, profile, where)


def _paper(section: Section, profile: Profile, where: str, *, main: bool) -> Iterator[Problem]:
    page = profile.page
    sides = sorted((section.width, section.height))
    if abs(sides[0] - page.width) > _SLACK or abs(sides[1] - page.height) > _SLACK:
        yield Problem(
            "PAGE-SIZE", "error", where, f"Khổ giấy {sides[0]:.0f} × {sides[1]:.0f} mm, không phải A4. Hãy chọn khổ A4."
        )
    if main and section.width > section.height:
        yield Problem(
            "PAGE-ORIENT", "error", where, "Trang đầu đặt ngang. Hãy đặt giấy dọc; bảng rộng đưa vào phụ lục."
        )
    for name, word in _SIDES:
        allowed, real = getattr(page, name), getattr(section, name)
        if not allowed.allows(abs(real), _SLACK):
            yield Problem(
                "PAGE-MARGIN",
                "error",
                where,
                f"Lề {word} {real:.0f} mm; quy định từ {allowed.low:.0f} đến {allowed.high:.0f} mm.",
            )


def _page_number(reading: Reading, section: Section, profile: Profile, where: str) -> Iterator[Problem]:
    header = _header(reading, section, "default")
    paragraph = _with_page_field(header)
    if paragraph is None:
        yield Problem("PAGE-NUM", "error", where, "Không có số trang ở lề trên. Hãy chèn số trang vào giữa đầu trang.")
    else:
        look, shape = reading.formatting.paragraph(paragraph.find(f"{W}pPr"))
        element = profile.elements["page_number"]
        if shape.align != "center" or look.size not in element.sizes:
            yield Problem("PAGE-NUM", "error", where, "Số trang phải ở giữa lề trên, cỡ chữ 13 đến 14.")
    if not section.title_page or _with_page_field(_header(reading, section, "first")) is not None:
        yield Problem("PAGE-FIRST", "error", where, "Trang đầu không được hiện số trang. Hãy chọn “Trang đầu khác”.")


def _header(reading: Reading, section: Section, kind: str) -> Any | None:
    name = section.headers.get(kind)
    return reading.package.tree(name) if name else None


def _with_page_field(header: Any | None) -> Any | None:
    if header is None:
        return None
    for paragraph in header.iter(f"{W}p"):
        codes = "".join(code.text or "" for code in paragraph.iter(f"{W}instrText"))
        simple = "".join(field.get(f"{W}instr", "") for field in paragraph.iter(f"{W}fldSimple"))
        if "PAGE" in (codes + simple).upper().split():
            return paragraph
    return None
