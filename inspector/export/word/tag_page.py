"""The list of tags as a Word document, so that they can be copied into a template."""

from __future__ import annotations

from typing import Any

from inspector.export.layout_profile import Profile
from inspector.export.word import saving
from inspector.export.word.engine import open_template, parse_blocks
from inspector.export.word.finish import style_ids
from inspector.export.word.markup import Column, Writer
from inspector.export.word.names import W
from inspector.export.word.tags import TAGS, Kind

_COLUMNS = (Column("Thẻ (chép nguyên cả ngoặc)", 66), Column("Ý nghĩa", 54), Column("Ví dụ", 45))
_GROUPS: tuple[tuple[Kind, str], ...] = (
    ("text", "Thẻ viết trong câu"),
    ("block", "Thẻ khối, đứng một mình trong đoạn"),
    ("flag", "Điều kiện: đoạn giữa if và endif chỉ in khi đúng"),
)


def compose(template: bytes, profile: Profile) -> bytes:
    """The bytes of the document; fonts, styles and paper are those of the template."""
    document = open_template(template).docx
    ids = style_ids(document.styles.element)
    write = Writer(profile, {key: ids.get(one.style.lower(), "") for key, one in profile.elements.items()})
    body = document.element.body
    section = body.find(f"{W}sectPr")
    for child in list(body):
        body.remove(child)
    for element in parse_blocks(_content(write)):
        body.append(element)
    if section is not None:
        body.append(section)
    _name(document.core_properties)
    return saving.pack(document.part.package)


def _content(write: Writer) -> str:
    rows: list[str] = []
    for kind, heading in _GROUPS:
        rows.append(write.group_row(_COLUMNS, heading))
        rows += [write.row(_COLUMNS, (tag.written, tag.meaning, tag.example)) for tag in TAGS if tag.kind == kind]
    return (
        write.paragraph("title", "DANH SÁCH THẺ CỦA MẪU BIÊN BẢN")
        + write.prose(
            "body",
            "Sửa mẫu trong Word như mọi văn bản. Chỗ nào cần chương trình điền thì chép thẻ ở bảng dưới vào. Không xóa "
            "các kiểu chữ có tên bắt đầu bằng “BB”.",
        )
        + write.table(_COLUMNS, rows, "Danh sách thẻ")
        + write.paragraph("break", "")
    )


def _name(properties: Any) -> None:
    properties.title = "Danh sách thẻ của mẫu biên bản"
