"""Rules about the file: its package, the structure Word insists on, leftovers in the text, properties and defaults."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import Any

from inspector.export.layout_check import Problem
from inspector.export.layout_profile import Profile
from inspector.export.word.formatting import SLOTS
from inspector.export.word.names import CORE_PROPERTIES, CORE_PROPERTIES_BY_LIBREOFFICE, DC, DCTERMS, WP, R, W
from inspector.export.word.package import Package, Relation
from inspector.export.word.reading import Paragraph, Reading

_TAG = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_LEFTOVER = re.compile(r"\b(?:None|NaN|nan|null|undefined|lorem ipsum)\b")
_BLOCKS = {
    f"{W}{name}" for name in ("p", "tbl", "sectPr", "sdt", "bookmarkStart", "bookmarkEnd", "proofErr", "permStart")
}
_BLOCKS |= {f"{W}{name}" for name in ("permEnd", "customXml", "altChunk", "moveFromRangeStart", "moveToRangeStart")}
_BLOCKS |= {f"{W}{name}" for name in ("commentRangeStart", "commentRangeEnd", "ins", "del", "moveFrom", "moveTo")}
_IN_TEXT = (f"{W}t", f"{W}instrText")
_BLACK = {"auto", "000000", ""}


def package_rules(package: Package) -> Iterator[Problem]:
    """What makes Word say the file is damaged before it reads a word of it."""
    for name in package.repeated:
        yield Problem("PKG-DUP", "broken", name, f"Trong tệp có hai phần cùng tên “{name}”. Hãy lưu lại tệp bằng Word.")
    defaults, named = package.content_types()
    if not defaults and not named:
        yield Problem("PKG-CT", "broken", "tệp", "Tệp thiếu phần khai báo loại nội dung nên Word không mở được.")
    for name in package.names:
        known = name in named or name.rpartition(".")[2].lower() in defaults
        if name != "[Content_Types].xml" and not known:
            yield Problem(
                "PKG-CT", "broken", name, f"Phần “{name}” không được khai báo loại nội dung, Word sẽ báo tệp hỏng."
            )
    for name in named:
        if name not in package.sizes:
            yield Problem("PKG-CT", "broken", name, f"Phần “{name}” được khai báo nhưng không có trong tệp.")
    yield from _relations(package)
    yield from _well_formed(package)


def _relations(package: Package) -> Iterator[Problem]:
    core = [one for one in package.relations("") if one.kind in (CORE_PROPERTIES, CORE_PROPERTIES_BY_LIBREOFFICE)]
    if len(core) > 1:
        yield Problem("PKG-REL", "broken", "tệp", "Tệp có hai phần thuộc tính văn bản, Word sẽ báo tệp hỏng.")
    for owner in _owners(package):
        for relation in package.relations(owner):
            if not relation.external and _dangling(package, relation):
                yield Problem(
                    "PKG-REL",
                    "broken",
                    owner or "tệp",
                    f"Tệp tham chiếu phần “{relation.target}” nhưng không có phần đó.",
                )


def _owners(package: Package) -> Iterator[str]:
    yield ""
    for name in package.names:
        folder, _, file = name.rpartition("/")
        if folder.endswith("_rels") and file.endswith(".rels") and folder != "_rels":
            yield f"{folder[: -len('/_rels')]}/{file[: -len('.rels')]}"


def _dangling(package: Package, relation: Relation) -> bool:
    target = relation.target.partition("#")[0]
    return target not in ("", "NULL", ".") and target not in package.sizes


def _well_formed(package: Package) -> Iterator[Problem]:
    """Every XML part is parsed; a part that cannot be parsed is raised by the package itself."""
    for name in package.names:
        if name.endswith((".xml", ".rels")):
            package.tree(name)
    yield from ()


def file_rules(reading: Reading, profile: Profile) -> Iterator[Problem]:
    yield from _structure(reading)
    yield from _fields(reading)
    yield from _references(reading)
    yield from _text(reading)
    yield from _properties(reading, profile)
    yield from _defaults(reading, profile)
    yield from _runs(reading, profile)


def _structure(reading: Reading) -> Iterator[Problem]:
    for child in reading.body:
        if isinstance(child.tag, str) and child.tag not in _BLOCKS:
            yield _broken("XML-BLOCK", "thân văn bản", "Thân văn bản có phần tử đặt sai chỗ, Word sẽ báo tệp hỏng.")
            break
    if any(len(text) for text in reading.body.iter(*_IN_TEXT)) or _paragraph_in_paragraph(reading.body):
        yield _broken("XML-BLOCK", "thân văn bản", "Có đoạn văn nằm trong chữ của đoạn khác, Word sẽ báo tệp hỏng.")
    last = reading.body[-1] if len(reading.body) else None
    if last is None or last.tag != f"{W}sectPr":
        yield _broken("XML-SECT", "thân văn bản", "Phần cuối văn bản thiếu khai báo trang giấy.")
    for number, table in enumerate(reading.body.iter(f"{W}tbl"), 1):
        yield from _table_structure(table, f"bảng {number}")


def _paragraph_in_paragraph(body: Any) -> bool:
    return any(
        child.tag in (f"{W}p", f"{W}tbl")
        for paragraph in body.iter(f"{W}p")
        for run in paragraph
        for child in (run, *run)
    )


def _table_structure(table: Any, where: str) -> Iterator[Problem]:
    rows = table.findall(f"{W}tr")
    if not rows and not table.findall(f".//{W}tr"):
        yield _broken("XML-TBL0", where, "Bảng không có hàng nào, Word không mở được. Hãy xóa bảng hoặc thêm hàng.")
    columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
    if not columns:
        yield _broken("XML-GRID", where, "Bảng thiếu khai báo cột.")
    for row in rows:
        wide = sum(_span(cell) for cell in row.iterfind(f"{W}tc"))
        if columns and wide > columns:
            yield _broken("XML-GRID", where, f"Bảng khai báo {columns} cột nhưng có hàng {wide} cột.")
            break
    for cell in table.iterfind(f"{W}tr/{W}tc"):
        content = [child for child in cell if child.tag != f"{W}tcPr"]
        if not content or content[-1].tag not in (f"{W}p", f"{W}sdt"):
            yield _broken("XML-CELL", where, "Có ô không kết thúc bằng một đoạn văn, Word không mở được.")
            break


def _span(cell: Any) -> int:
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    value = span.get(f"{W}val", "1") if span is not None else "1"
    return int(value) if value.isdecimal() else 1


def _fields(reading: Reading) -> Iterator[Problem]:
    for place, root in (("thân văn bản", reading.body), *_headers(reading)):
        depth = 0
        for mark in root.iter(f"{W}fldChar"):
            kind = mark.get(f"{W}fldCharType")
            depth += {"begin": 1, "end": -1}.get(kind, 0)
            if depth < 0:
                break
        if depth:
            yield _broken("XML-FIELD", place, "Có trường tự động (như số trang) bị đứt đầu hoặc đuôi.")
    starts = Counter(one.get(f"{W}id") for one in reading.body.iter(f"{W}bookmarkStart"))
    ends = Counter(one.get(f"{W}id") for one in reading.body.iter(f"{W}bookmarkEnd"))
    if starts != ends or any(amount > 1 for amount in starts.values()):
        yield _broken(
            "XML-BOOKMARK", "thân văn bản", "Có dấu trang (bookmark) thiếu điểm đầu, điểm cuối hoặc trùng mã."
        )


def _headers(reading: Reading) -> Iterator[tuple[str, Any]]:
    seen: set[str] = set()
    for section in reading.sections:
        for name in section.headers.values():
            root = reading.package.tree(name) if name and name not in seen else None
            seen.add(name)
            if root is not None:
                yield "đầu trang", root


def _references(reading: Reading) -> Iterator[Problem]:
    relations = {relation.id for relation in reading.package.relations(reading.main)}
    wanted = {value for node in reading.root.iter() for name, value in node.attrib.items() if name.startswith(R)}
    for missing in sorted(wanted - relations):
        yield _broken("PKG-RID", "thân văn bản", f"Văn bản dùng ảnh hoặc phần đính kèm “{missing}” không có trong tệp.")
    known = set(reading.formatting.styles)
    used = {node.get(f"{W}val", "") for node in reading.body.iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")}
    for missing in sorted(used - known):
        yield Problem("XML-STYLE", "error", "thân văn bản", f"Kiểu chữ “{missing}” được dùng nhưng không có trong tệp.")
    ids = Counter(drawing.get("id") for drawing in reading.body.iter(f"{WP}docPr"))
    if any(amount > 1 for amount in ids.values()):
        yield _broken("XML-DOCPR", "ảnh", "Có nhiều ảnh cùng một mã số, Word có thể báo tệp hỏng.")


def _text(reading: Reading) -> Iterator[Problem]:
    for paragraph in reading.paragraphs:
        if _TAG.search(paragraph.text) and _TAG.search(_proofed(paragraph)):
            yield _broken("TXT-BRACE", paragraph.where, "Còn thẻ mẫu chưa được điền. Hãy xóa hoặc điền thẻ này.")
        yield from _letters(paragraph)
    for place, root in _headers(reading):
        if _TAG.search("".join(text.text or "" for text in root.iter(f"{W}t"))):
            yield _broken("TXT-BRACE", place, "Còn thẻ mẫu chưa được điền ở đầu trang.")


def _proofed(paragraph: Paragraph) -> str:
    """The text without what is marked not to be proofed: so braces are written that somebody meant as braces."""
    runs = paragraph.element.iter(f"{W}r")
    kept = [run for run in runs if run.find(f"{W}rPr/{W}noProof") is None]
    return "".join(text.text or "" for run in kept for text in run.iterfind(f"{W}t"))


def _letters(paragraph: Paragraph) -> Iterator[Problem]:
    text = paragraph.text
    if not unicodedata.is_normalized("NFC", text):
        yield Problem(
            "TXT-NFC", "error", paragraph.where, "Chữ có dấu ở dạng tách rời (tổ hợp), khó tìm và khó sửa. Hãy gõ lại."
        )
    if "\ufffd" in text:
        yield Problem("TXT-UFFFD", "error", paragraph.where, "Có chữ bị lỗi mã hóa (�). Hãy gõ lại chữ đó.")
    left = _LEFTOVER.search(text)
    if left:
        yield Problem("TXT-LEFT", "advice", paragraph.where, f"Có chữ “{left.group()}”, có thể là chỗ chưa điền.")


def _properties(reading: Reading, profile: Profile) -> Iterator[Problem]:
    kinds = {relation.kind: relation.target for relation in reading.package.relations("")}
    name = kinds.get(CORE_PROPERTIES) or kinds.get(CORE_PROPERTIES_BY_LIBREOFFICE)
    root = reading.package.tree(name) if name else None
    values = {child.tag: (child.text or "").strip() for child in root} if root is not None else {}
    place = "thuộc tính văn bản"
    for text in values.values():
        if _TAG.search(text):
            yield _broken("TXT-BRACE", place, f"Còn thẻ mẫu chưa được điền: “{text[:60]}”.")
    if not values.get(f"{DC}title"):
        yield Problem("PROP-TITLE", "advice", place, "Chưa có tên văn bản (Title). Hãy điền trong phần thuộc tính.")
    if values.get(f"{DC}creator", "") in ("", "python-docx"):
        yield Problem("PROP-AUTHOR", "advice", place, "Chưa có tên tác giả (Author). Hãy điền trong phần thuộc tính.")
    if values.get(f"{DC}language", profile.language) != profile.language:
        yield Problem("PROP-LANG", "advice", place, "Ngôn ngữ của văn bản không phải tiếng Việt.")
    if not values.get(f"{DCTERMS}created"):
        yield Problem("PROP-TIME", "advice", place, "Thuộc tính văn bản không có thời điểm lập.")


def _defaults(reading: Reading, profile: Profile) -> Iterator[Problem]:
    place = "thiết lập chung"
    fonts = reading.formatting.default_fonts
    wrong = [slot for slot in SLOTS if fonts.get(slot) != profile.font]
    if wrong:
        yield Problem(
            "FONT-DEFAULT",
            "error",
            place,
            f"Phông chữ mặc định không phải {profile.font} ({', '.join(wrong)}). Hãy đặt lại.",
        )
    styles = reading.styles
    language = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang") if styles is not None else None
    if language is None or language.get(f"{W}val") != profile.language:
        yield Problem(
            "LANG-DEFAULT", "advice", place, "Ngôn ngữ mặc định không phải tiếng Việt nên Word gạch đỏ cả văn bản."
        )
    runs = sum(1 for _ in reading.root.iter(f"{W}lang"))
    if runs:
        yield Problem("LANG-RUN", "advice", place, f"Có {runs} chỗ đặt ngôn ngữ riêng cho chữ. Hãy để theo mặc định.")
    if reading.settings is None or _compatibility(reading.settings) < 15:
        yield Problem(
            "COMPAT-MODE", "advice", place, "Văn bản ở chế độ tương thích với Word cũ. Hãy chọn Tệp > Chuyển đổi."
        )


def _compatibility(settings: Any) -> int:
    for one in settings.iter(f"{W}compatSetting"):
        value = one.get(f"{W}val", "")
        if one.get(f"{W}name") == "compatibilityMode" and value.isdecimal():
            return int(value)
    return 0


def _runs(reading: Reading, profile: Profile) -> Iterator[Problem]:
    for paragraph in reading.paragraphs:
        for text, look in paragraph.looks:
            if look.font != profile.font:
                yield Problem(
                    "FONT-RUN",
                    "error",
                    paragraph.where,
                    f"Chữ “{text[:20]}” dùng phông {look.font or '?'}, không phải {profile.font}.",
                )
                break
            if look.color.lower() not in _BLACK:
                yield Problem(
                    "COLOR", "error", paragraph.where, f"Chữ “{text[:20]}” không phải màu đen. Hãy đặt lại màu."
                )
                break


def _broken(rule: str, where: str, sentence: str) -> Problem:
    return Problem(rule, "broken", where, sentence)
