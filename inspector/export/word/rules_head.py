"""Rules about the head block, the title, the summary and the legal bases."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from inspector.export.layout_check import Problem
from inspector.export.layout_profile import Element, Profile
from inspector.export.text_width import longest_line, text_width
from inspector.export.word.names import A, W
from inspector.export.word.reading import Paragraph, Reading, Table, length

_NUMBER = re.compile(r"^Số:\s*(\S*)/(\S+)$")
_PLACE_DATE = re.compile(r"^.+,\s*ngày (\S+) tháng (\S+) năm (\S+)$", re.DOTALL)
_DOTS = "….·"
_NEAR_HEAD = 14


def head_rules(reading: Reading, profile: Profile) -> Iterator[Problem]:
    table = _head_table(reading, profile)
    if table is None:
        yield Problem(
            "HEADER-TABLE", "error", "đầu văn bản", "Không tìm thấy Quốc hiệu trong bảng hai cột ở đầu văn bản."
        )
    else:
        yield from _head(table, profile)
    yield from _title(reading, profile)
    yield from _legal_bases(reading, profile)


def _head_table(reading: Reading, profile: Profile) -> Table | None:
    for table in reading.tables[:2]:
        if any(_is(paragraph, profile.national_title) for paragraph in table.paragraphs):
            return table
    return None


def _head(table: Table, profile: Profile) -> Iterator[Problem]:
    if len(table.rows[0]) != 2 or table.element.find(f"{W}tblPr/{W}tblLayout[@{W}type='fixed']") is None:
        yield Problem(
            "HEADER-TABLE", "error", table.where, "Phần đầu phải là bảng hai cột có độ rộng cố định, không kẻ khung."
        )
    right = [paragraph for row in table.rows for paragraph in row[-1]]
    left = [paragraph for row in table.rows for paragraph in row[0] if len(row) > 1]
    yield from _nation(table, right, profile)
    yield from _agency(left, profile)
    yield from _place_date([paragraph for paragraph in right if "ngày" in paragraph.text], profile)


def _nation(table: Table, right: Sequence[Paragraph], profile: Profile) -> Iterator[Problem]:
    title = next(paragraph for paragraph in right if _is(paragraph, profile.national_title))
    yield from _set_as(title, profile.elements["national_title"], "QUOC-HIEU", "Quốc hiệu")
    width = _column_width(table)
    if text_width(profile, profile.national_title, title.seen.size, bold=True) > width:
        yield Problem(
            "QUOC-HIEU", "error", title.where, f"Cột phải rộng {width:.0f} mm nên Quốc hiệu bị xuống dòng. Hãy nới cột."
        )
    motto = next((paragraph for paragraph in right if _is(paragraph, profile.motto)), None)
    if motto is None:
        yield Problem("TIEU-NGU", "error", table.where, f"Thiếu Tiêu ngữ “{profile.motto}” dưới Quốc hiệu.")
        return
    yield from _set_as(motto, profile.elements["motto"], "TIEU-NGU", "Tiêu ngữ")
    if not any(pair[:2] == (title.seen.size, motto.seen.size) for pair in profile.size_pairs):
        yield Problem(
            "SIZE-PAIR",
            "error",
            motto.where,
            f"Quốc hiệu cỡ {title.seen.size:g}, Tiêu ngữ cỡ {motto.seen.size:g} không hợp nhau; chọn 12–13 hoặc 13–14.",
        )
    yield from _rule_below(motto, right, profile, "TIEU-NGU-LINE", "Tiêu ngữ", whole=True)


def _agency(left: Sequence[Paragraph], profile: Profile) -> Iterator[Problem]:
    names = [paragraph for paragraph in left if paragraph.text.strip() and not paragraph.text.startswith("Số")]
    if not names:
        yield Problem("CO-QUAN", "error", "đầu văn bản", "Thiếu tên cơ quan ban hành ở góc trái.")
        return
    issuer = names[-1]
    yield from _set_as(issuer, profile.elements["issuer"], "CO-QUAN", "Tên cơ quan ban hành")
    for superior in names[:-1]:
        if superior.seen.bold and superior.style == profile.elements["superior"].style:
            yield Problem("CO-QUAN", "error", superior.where, "Tên cơ quan chủ quản không in đậm.")
    yield from _rule_below(issuer, left, profile, "CO-QUAN-LINE", "tên cơ quan ban hành", whole=False)
    number = next((paragraph for paragraph in left if paragraph.text.startswith("Số")), None)
    if number is None or not _NUMBER.match(number.text.strip()):
        place = number.where if number else "đầu văn bản"
        yield Problem(
            "SO-KY-HIEU", "error", place, "Số, ký hiệu phải có dạng “Số: 05/BB-…”, không có khoảng trắng quanh “/”."
        )
        return
    yield from _set_as(number, profile.elements["number"], "SO-KY-HIEU", "Số, ký hiệu")
    found = _NUMBER.match(number.text.strip())
    if found and len(found.group(1)) == 1 and found.group(1).isdecimal():
        yield Problem("SO-KY-HIEU", "error", number.where, f"Số nhỏ hơn 10 phải ghi thêm số 0: “0{found.group(1)}”.")


def _place_date(lines: Sequence[Paragraph], profile: Profile) -> Iterator[Problem]:
    if not lines:
        yield Problem("DIA-DANH", "error", "đầu văn bản", "Thiếu địa danh và ngày, tháng, năm dưới Tiêu ngữ.")
        return
    yield from _set_as(lines[0], profile.elements["place_date"], "DIA-DANH", "Địa danh, ngày tháng")
    found = _PLACE_DATE.match(lines[0].text.strip())
    if not found:
        yield Problem("DIA-DANH", "error", lines[0].where, "Phải có dạng “Địa danh, ngày 05 tháng 02 năm 2026”.")
        return
    day, month = found.group(1), found.group(2)
    if (day.isdecimal() and len(day) < 2) or month in ("1", "2"):
        yield Problem("DIA-DANH", "error", lines[0].where, "Ngày nhỏ hơn 10 và tháng 1, 2 phải ghi thêm số 0 ở trước.")
    elif month.isdecimal() and month[0] == "0" and int(month) > 2:
        yield Problem("DIA-DANH", "advice", lines[0].where, "Tháng 3 đến tháng 9 không ghi thêm số 0.")


def _title(reading: Reading, profile: Profile) -> Iterator[Problem]:
    near = [paragraph for paragraph in reading.paragraphs if not paragraph.table][:_NEAR_HEAD]
    at = next((place for place, one in enumerate(near) if one.text.strip().upper().startswith("BIÊN BẢN")), None)
    if at is None:
        yield Problem("TITLE", "error", "đầu văn bản", "Không tìm thấy tên loại “BIÊN BẢN” dưới phần đầu.")
        return
    yield from _set_as(near[at], profile.elements["title"], "TITLE", "Tên loại văn bản")
    summary = next((one for one in near[at + 1 :] if one.text.strip()), None)
    if summary is None or summary.seen.italic or summary.shape.align != "center":
        yield Problem("TRICH-YEU", "error", near[at].where, "Thiếu trích yếu nội dung ở giữa, ngay dưới tên loại.")
        return
    yield from _set_as(summary, profile.elements["summary"], "TRICH-YEU", "Trích yếu")
    yield from _rule_below(summary, near, profile, "TRICH-YEU-LINE", "trích yếu", whole=False)


def _legal_bases(reading: Reading, profile: Profile) -> Iterator[Problem]:
    bases: list[Paragraph] = []
    for paragraph in reading.paragraphs:
        text = paragraph.text.strip()
        begins = text.startswith("Căn cứ")
        if text.startswith("Hôm nay") or (bases and text and not begins and not paragraph.seen.italic):
            break
        if begins or (bases and text):
            bases.append(paragraph)
    for place, base in enumerate(bases):
        ending = "." if place == len(bases) - 1 else ";"
        if not base.seen.italic:
            yield Problem("CAN-CU", "error", base.where, "Căn cứ phải in nghiêng.")
        if base.seen.size not in profile.elements["legal_basis"].sizes:
            yield Problem("CAN-CU", "error", base.where, "Cỡ chữ của căn cứ phải từ 13 đến 14.")
        if not base.text.rstrip().endswith((ending, *_DOTS)):
            yield Problem("CAN-CU", "advice", base.where, f"Căn cứ này phải kết thúc bằng dấu “{ending}”.")


def _set_as(paragraph: Paragraph, element: Element, rule: str, name: str) -> Iterator[Problem]:
    look = paragraph.seen
    faults = []
    if look.size not in element.sizes:
        faults.append(f"cỡ chữ {look.size:g} (quy định {' hoặc '.join(f'{size:g}' for size in element.sizes)})")
    if look.bold != element.bold:
        faults.append("phải in đậm" if element.bold else "không in đậm")
    if look.italic != element.italic:
        faults.append("phải in nghiêng" if element.italic else "phải là chữ đứng")
    if element.capitals and not look.capitals and paragraph.text != paragraph.text.upper():
        faults.append("phải in hoa")
    if paragraph.shape.align != element.align:
        faults.append("phải đặt canh giữa" if element.align == "center" else "canh lề chưa đúng")
    if faults:
        yield Problem(rule, "error", paragraph.where, f"{name}: {'; '.join(faults)}.")


def _rule_below(
    paragraph: Paragraph, among: Sequence[Paragraph], profile: Profile, rule: str, name: str, *, whole: bool
) -> Iterator[Problem]:
    """A drawn line: a bordered paragraph, or a drawing an office put there, whose length is not judged."""
    following = [one for one in among if one.number > paragraph.number][:2]
    if any(_drawn(one) for one in (paragraph, *following)):
        return
    line = next((one for one in following if one.shape.ruled and not one.text.strip()), None)
    if line is None:
        yield Problem(rule, "error", paragraph.where, f"Thiếu đường kẻ ngang, nét liền dưới {name}.")
        return
    box = _box(line, profile)
    long = box - line.shape.left - line.shape.right
    text = longest_line(profile, paragraph.text, paragraph.seen.size, box, bold=paragraph.seen.bold)
    low, high = (0.9, 1.1) if whole else (profile.rule_share.low - 0.05, profile.rule_share.high + 0.05)
    if text and not low <= long / text <= high:
        wanted = "bằng độ dài dòng chữ" if whole else "từ 1/3 đến 1/2 độ dài dòng chữ"
        yield Problem(rule, "advice", paragraph.where, f"Đường kẻ dưới {name} dài {long:.0f} mm; quy định {wanted}.")


def _drawn(paragraph: Paragraph) -> bool:
    pictures = (
        f"{A}graphic",
        f"{W}pict",
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent",
    )
    return next(paragraph.element.iter(*pictures), None) is not None


def _box(paragraph: Paragraph, profile: Profile) -> float:
    cell = next(paragraph.element.iterancestors(f"{W}tc"), None)
    return length(cell.find(f"{W}tcPr/{W}tcW"), "w") if cell is not None else profile.page.text_width


def _column_width(table: Table) -> float:
    """Room for text in the right column, cell padding taken off."""
    grid = table.element.findall(f"{W}tblGrid/{W}gridCol")
    margins = table.element.find(f"{W}tblPr/{W}tblCellMar")
    padding = 0.0
    for side in ("left", "right", "start", "end"):
        padding += length(margins.find(f"{W}{side}"), "w") if margins is not None else 0.0
    return length(grid[-1], "w") - padding if grid else 0.0


def _is(paragraph: Paragraph, text: str) -> bool:
    return " ".join(paragraph.text.split()).upper() == text.upper()
