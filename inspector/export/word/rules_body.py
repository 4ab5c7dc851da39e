"""Rules about running text, the end mark, signatures, recipients, appendices and pictures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from inspector.export.layout_check import Problem
from inspector.export.layout_profile import Profile
from inspector.export.word.names import WP, W
from inspector.export.word.reading import Paragraph, Reading, Table

_RUNNING = 60
"""From so many letters on a paragraph outside tables is running text."""

_APPENDIX = re.compile(r"^phụ lục(?: [IVXLC]+)?$", re.IGNORECASE)
_SIGNED_BY = re.compile(r"\((?:Ký|Không ký|Vắng)")


def body_rules(reading: Reading, profile: Profile) -> Iterator[Problem]:
    running = [one for one in reading.paragraphs if _is_running(one)]
    for paragraph in running:
        yield from _running(paragraph, profile)
    sizes = Counter(paragraph.seen.size for paragraph in running)
    if len(sizes) > 1:
        listed = ", ".join(f"{size:g}" for size in sorted(sizes))
        yield Problem(
            "BODY-MIXED", "advice", "thân văn bản", f"Phần nội dung dùng nhiều cỡ chữ ({listed}). Hãy chọn một cỡ."
        )
    yield from _empty(reading)
    signatures = _signature_table(reading)
    yield from _end_mark(reading, signatures)
    yield from _signatures(reading, signatures)
    yield from _recipients(reading, profile)
    yield from _appendices(reading, profile)
    yield from _pictures(reading, profile)


def _is_running(paragraph: Paragraph) -> bool:
    if paragraph.table or paragraph.section or len(paragraph.text) < _RUNNING:
        return False
    return paragraph.shape.align not in ("center", "right") and not paragraph.seen.bold


def _running(paragraph: Paragraph, profile: Profile) -> Iterator[Problem]:
    shape, look, where = paragraph.shape, paragraph.seen, paragraph.where
    if look.size not in profile.elements["body"].sizes:
        yield Problem("BODY-SIZE", "error", where, f"Chữ nội dung cỡ {look.size:g}; quy định 13 đến 14.")
    if shape.align != "both" and set(paragraph.text.strip()) != {"…"}:
        yield Problem("BODY-JUSTIFY", "error", where, "Đoạn nội dung chưa canh đều hai bên.")
    if shape.align == "both" and not profile.first_line.allows(shape.first_line + shape.left, 0.2):
        yield Problem(
            "BODY-INDENT",
            "advice",
            where,
            f"Đầu dòng lùi {shape.first_line + shape.left:.1f} mm; quy định 10 hoặc 12,7 mm.",
        )
    if max(shape.after, shape.before) < profile.space_min:
        yield Problem("BODY-SPACE", "error", where, "Khoảng cách giữa các đoạn phải từ 6 pt trở lên.")
    line = shape.line / look.size / 1.15 if shape.exact else shape.line
    if not profile.line.allows(line, 0.05):
        yield Problem("BODY-LINE", "error", where, f"Giãn dòng {line:.2f}; quy định từ dòng đơn đến 1,5 dòng.")


def _empty(reading: Reading) -> Iterator[Problem]:
    previous: Paragraph | None = None
    for block in reading.blocks:
        empty = isinstance(block, Paragraph) and not block.text.strip() and not block.shape.ruled
        if empty and previous is not None and isinstance(block, Paragraph) and _has_no_drawing(block):
            yield Problem(
                "BODY-EMPTY",
                "advice",
                block.where,
                "Có nhiều đoạn trống liền nhau. Hãy dùng khoảng cách đoạn thay dòng trống.",
            )
            return
        previous = block if empty and isinstance(block, Paragraph) else None


def _has_no_drawing(paragraph: Paragraph) -> bool:
    return next(paragraph.element.iter(f"{W}drawing", f"{W}pict", f"{W}sectPr"), None) is None


def _signature_table(reading: Reading) -> Table | None:
    """The table with places to sign, or the last one without lines before the first appendix."""
    candidates = [table for table in reading.tables[1:] if table.section == 0 and not table.ruled]
    signed = [table for table in candidates if any(_SIGNED_BY.search(one.text) for one in table.paragraphs)]
    found = signed or candidates
    return found[-1] if found else None


def _end_mark(reading: Reading, signatures: Table | None) -> Iterator[Problem]:
    if signatures is None:
        return
    before = [one for one in reading.paragraphs[: signatures.after] if not one.table and one.text.strip()]
    if before and not before[-1].text.rstrip().endswith("./."):
        yield Problem("END-MARK", "error", before[-1].where, "Câu cuối trước chữ ký phải kết thúc bằng “./.”.")
    if before and not before[-1].shape.keep_next:
        yield Problem(
            "SIGN-KEEP", "error", before[-1].where, "Chữ ký có thể sang trang một mình. Hãy đặt “Giữ với đoạn sau”."
        )


def _signatures(reading: Reading, signatures: Table | None) -> Iterator[Problem]:
    if signatures is None:
        yield Problem(
            "SIGN", "error", "cuối văn bản", "Không tìm thấy phần chữ ký (bảng không kẻ khung ở cuối văn bản)."
        )
        return
    bold = [one for one in signatures.paragraphs if one.text.strip() and one.seen.bold and one.text == one.text.upper()]
    if not bold:
        yield Problem("SIGN", "error", signatures.where, "Chức danh người ký phải in hoa, in đậm.")
    for row, cells in zip(signatures.element.iterfind(f"{W}tr"), signatures.rows, strict=True):
        kept = row.find(f"{W}trPr/{W}cantSplit") is not None
        last = row is signatures.element.findall(f"{W}tr")[-1]
        if not kept or not (last or all(cell[0].shape.keep_next for cell in cells if cell)):
            yield Problem("SIGN-KEEP", "error", signatures.where, "Phần chữ ký có thể bị ngắt giữa hai trang.")
            return


def _recipients(reading: Reading, profile: Profile) -> Iterator[Problem]:
    at = next((place for place, one in enumerate(reading.paragraphs) if one.text.strip() == "Nơi nhận:"), None)
    if at is None:
        yield Problem("NOI-NHAN", "error", "cuối văn bản", "Thiếu phần “Nơi nhận:”.")
        return
    title, rest = reading.paragraphs[at], reading.paragraphs[at + 1 :]
    look = title.seen
    if not (look.bold and look.italic and look.size in profile.elements["recipients_title"].sizes):
        yield Problem("NOI-NHAN", "error", title.where, "“Nơi nhận:” phải in nghiêng, đậm, cỡ 12.")
    lines: list[Paragraph] = []
    for one in rest:
        if not one.text.strip().startswith("-") or one.section != title.section:
            break
        lines.append(one)
    if not lines or not lines[-1].text.strip().startswith("- Lưu"):
        yield Problem("NOI-NHAN", "error", title.where, "Dòng cuối của Nơi nhận phải là “- Lưu: …”.")
    if any(line.seen.size not in profile.elements["recipient"].sizes for line in lines):
        yield Problem("NOI-NHAN", "error", title.where, "Các dòng nơi nhận phải có cỡ chữ 11.")


def _appendices(reading: Reading, profile: Profile) -> Iterator[Problem]:
    outside = [one for one in reading.paragraphs if not one.table]
    for place, paragraph in enumerate(outside):
        if _APPENDIX.match(paragraph.text.strip()):
            yield from _appendix(reading, outside[place : place + 5], profile)


def _appendix(reading: Reading, lines: Sequence[Paragraph], profile: Profile) -> Iterator[Problem]:
    first = lines[0]
    if (
        not first.seen.bold
        or first.shape.align != "center"
        or first.seen.size not in profile.elements["appendix"].sizes
    ):
        yield Problem(
            "PHU-LUC", "error", first.where, "Chữ “Phụ lục” phải in đậm, cỡ 14, đặt canh giữa trên một dòng riêng."
        )
    if first.section == 0:
        yield Problem(
            "PHU-LUC", "error", first.where, "Phụ lục phải bắt đầu ở một phần (section) mới, đánh số trang riêng."
        )
    elif reading.sections[min(first.section, len(reading.sections) - 1)].start != "1":
        yield Problem("PHU-LUC", "error", first.where, "Số trang của phụ lục phải bắt đầu lại từ 1.")
    title = next((one for one in lines[1:] if one.text.strip()), None)
    if title is None or not title.seen.bold or title.text != title.text.upper():
        yield Problem("PHU-LUC", "error", first.where, "Tên phụ lục phải in hoa, in đậm, ngay dưới chữ “Phụ lục”.")
    if not any(one.text.strip().startswith("(Kèm theo") and one.seen.italic for one in lines[1:]):
        yield Problem(
            "PHU-LUC", "error", first.where, "Thiếu dòng in nghiêng “(Kèm theo Biên bản số …)” dưới tên phụ lục."
        )


def _pictures(reading: Reading, profile: Profile) -> Iterator[Problem]:
    widest = max([section.text_width for section in reading.sections] or [profile.page.text_width])
    for number, drawing in enumerate(reading.body.iter(f"{WP}inline", f"{WP}anchor"), 1):
        where = f"ảnh {number}"
        described = drawing.find(f"{WP}docPr")
        if described is None or not described.get("descr", "").strip():
            yield Problem("IMG-ALT", "advice", where, "Ảnh chưa có mô tả thay thế (Alt Text) cho người khiếm thị.")
        extent = drawing.find(f"{WP}extent")
        wide = extent.get("cx", "0") if extent is not None else "0"
        if wide.isdecimal() and int(wide) / 36000 > widest + 1:
            yield Problem(
                "IMG-WIDE", "error", where, f"Ảnh rộng {int(wide) / 36000:.0f} mm, vượt lề giấy. Hãy thu nhỏ ảnh."
            )
