"""The pages that are never written by hand: names, acts, errors, as the program itself declares them.

    python -m inspector.services.reference_pages          writes them into the checkout it is run from

``docs/registry.md`` is for developers, ``docs/automation.md`` and ``docs/errors.md`` for offices (Vietnamese),
``docs/record.schema.json`` for their programs. A test holds the files and the generator equal.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from string import Template

from inspector.domain.registry import ENTITIES, VERSION, Entity, Field, Member, Right, Rule, SpaceKind, Type
from inspector.domain.text import clean
from inspector.services.acts import ACTS, Act, Argument
from inspector.services.line_schema import line_schema
from inspector.system.folders import resources_dir

Line = dict[str, object]

RIGHTS: Mapping[Right, str] = {
    Right.WRITE: "ghi nhận (mọi thành viên)",
    Right.DRAFT: "soạn biên bản, thành phần (thư ký)",
    Right.DECIDE: "quyết định (trưởng đoàn, phó trưởng đoàn)",
    Right.PLAN: "kế hoạch, danh mục dùng chung (văn phòng)",
    Right.ENROL: "cấp quyền cho máy (quản trị)",
}
TYPES: Mapping[Type, str] = {
    Type.TEXT: "chữ, một dòng",
    Type.LONG_TEXT: "chữ, nhiều dòng",
    Type.BOOL: "`true` hoặc `false`",
    Type.INT: "số nguyên không âm",
    Type.DECIMAL: 'số, viết `"1.5"`',
    Type.DATE: 'ngày, viết `"2026-11-26"`',
    Type.TIME: 'giờ, viết `"08:30"`',
    Type.INSTANT: 'thời điểm, viết `"2026-11-26T08:30"`',
    Type.CODE: "một trong",
    Type.BLOB: "SHA-256 của tệp đã lưu",
    Type.REF: "mã bản ghi hoặc `@mã` của dòng trước",
    Type.LIST: "danh sách chữ",
    Type.GROUP: "nhóm",
}
ROOMS: Mapping[str, str] = {
    "cli": "Lệnh",
    "services": "Việc của cuộc kiểm tra",
    "domain": "Bản ghi trao đổi",
    "content": "Đơn vị, bộ tiêu chí, danh mục",
    "storage": "Sổ dữ liệu",
    "sync": "Trao đổi giữa các máy",
    "export": "Văn bản, tệp Excel, ảnh",
    "system": "Máy tính, khóa, thư mục",
}


def pages() -> dict[str, str]:
    """Path below the checkout → content."""
    found = {
        "docs/registry.md": registry_page(),
        "docs/automation.md": automation_page(),
        "docs/errors.md": errors_page(),
        "docs/record.schema.json": json.dumps(line_schema(), ensure_ascii=False, indent=1),
    }
    return {name: content.rstrip("\n") + "\n" for name, content in found.items()}


def write(root: Path) -> list[Path]:
    """Write the pages below ``root``; returns those that changed."""
    changed = []
    for name, content in pages().items():
        path = root / name
        if not path.exists() or path.read_text(encoding="utf-8") != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8", newline="\n")
            changed.append(path)
    return changed


def registry_page() -> str:
    """The names that last, for whoever adds one."""
    spaces = "\n".join(_space(kind) for kind in SpaceKind)
    return Template(_template("registry.txt")).substitute(
        version=VERSION,
        rights=_table(("right", "whose"), ((f"`{right}`", RIGHTS[right]) for right in Right)),
        rules=_table(("rule", "when two wrote without knowing of each other"), _rules()),
        types=_table(("type", "in a line of `record`"), ((f"`{kind}`", TYPES[kind]) for kind in Type)),
        entities=spaces,
        acts=_table(("act", "label", "right", "inside one inspection", "after signing", "arguments"), _act_rows()),
        checklists="\n".join(_checklists()),
    )


def automation_page() -> str:
    """How an office lets its own programs record inspections."""
    return Template(_template("automation.txt")).substitute(
        count=len(ACTS),
        acts="\n".join(_act_section(ACTS[name]) for name in _told_order()),
    )


def errors_page() -> str:
    """Every stable code and its sentence."""
    parts = []
    for file in sorted((resources_dir() / "messages").glob("*.json")):
        sentences = json.loads(file.read_text(encoding="utf-8"))
        rows = ((f"`{code}`", text) for code, text in sorted(sentences.items()))
        if sentences:
            parts.append(f"## {ROOMS.get(file.stem, file.stem)}\n\n{_table(('mã', 'câu'), rows)}")
    return Template(_template("errors.txt")).substitute(rooms="\n".join(parts))


def examples() -> list[Line]:
    """A line for every act, in an order in which all of them work."""
    text = (resources_dir() / "demonstration" / "act_examples.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def checklist_keys() -> dict[str, dict[str, str]]:
    """Level → permanent key → number of every item that is shipped."""
    found = {}
    for file in sorted((resources_dir() / "checklists").glob("*.json")):
        checklist = json.loads(file.read_text(encoding="utf-8"))
        found[str(checklist["level"])] = {str(item["key"]): str(item["code"]) for item in checklist["items"]}
    return found


def snapshot() -> dict[str, object]:
    """Everything later versions must keep: names with types, rights and rules, acts, keys of items."""
    return {
        "version": VERSION,
        "entities": {entity.name: _entity_data(entity) for entity in ENTITIES.values()},
        "acts": {act.name: _act_data(act) for act in ACTS.values()},
        "items": {level: sorted(keys) for level, keys in checklist_keys().items()},
    }


def _entity_data(entity: Entity) -> dict[str, object]:
    return {
        "space": entity.space.value,
        "natural": list(entity.natural),
        "delete_right": entity.delete_right.value,
        "fields": {
            field.name: {
                "type": field.type.value,
                "right": field.right.value,
                "rule": field.rule.value,
                "options": list(field.options),
                "members": {member.name: _member_data(member) for member in field.members},
            }
            for field in entity.fields
        },
    }


def _member_data(member: Member) -> dict[str, object]:
    return {"type": member.type.value, "options": list(member.options)}


def _act_data(act: Act) -> dict[str, object]:
    return {
        "right": act.right.value,
        "inside": act.inside,
        "after_signing": act.after_signing,
        "arguments": {
            argument.name: {
                "type": argument.type.value,
                "required": argument.required,
                "options": list(argument.options),
                "members": {member.name: _member_data(member) for member in argument.members},
            }
            for argument in act.arguments
        },
    }


def _template(name: str) -> str:
    return (resources_dir() / "reference" / name).read_text(encoding="utf-8")


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    titles = list(head)
    lines = [titles, ["---"] * len(titles), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines) + "\n"


def _rules() -> Iterator[tuple[str, str]]:
    words = {
        Rule.DECIDE: "both stay until a person decides; blocks the seal",
        Rule.MINOR: "both stay; may be left open at the seal, listed",
        Rule.SET: "present wins over absent, shown",
        Rule.ORDER: "last by Lamport time; carries no evidence",
    }
    return ((f"`{rule}`", words[rule]) for rule in Rule)


def _space(kind: SpaceKind) -> str:
    known = [entity for entity in ENTITIES.values() if entity.space is kind]
    if not known:
        return f"### Space `{kind}`\n\nNo entities yet.\n"
    return f"### Space `{kind}`\n\n" + "\n".join(_entity(entity) for entity in known)


def _entity(entity: Entity) -> str:
    key = ", ".join(f"`{part}`" for part in entity.natural)
    identity = f"UUIDv5 of space and {key}" if key else "UUIDv7"
    head = f"#### `{entity.name}`\n\n{entity.label}. Id: {identity}. Hiding needs `{entity.delete_right}`.\n"
    titles = ("field", "type", "right", "rule", "searched", "meaning")
    return f"{head}\n{_table(titles, (row for field in entity.fields for row in _field(field)))}"


def _field(field: Field) -> Iterator[tuple[str, ...]]:
    label = field.label + (" (retired)" if field.retired else "")
    searched = "yes" if field.searched else ""
    yield f"`{field.name}`", _kind(field.type, field.options), f"`{field.right}`", f"`{field.rule}`", searched, label
    for member in field.members:
        yield f"`{field.name}.{member.name}`", _kind(member.type, member.options), "", "", "", member.label


def _kind(kind: Type, options: Iterable[str]) -> str:
    return f"`{kind}`" + "".join(f" `{option}`" for option in options)


def _act_rows() -> Iterator[tuple[str, ...]]:
    for act in ACTS.values():
        arguments = ", ".join(f"`{argument.name}`" + ("*" if argument.required else "") for argument in act.arguments)
        inside, after = "yes" if act.inside else "", "yes" if act.after_signing else ""
        yield f"`{act.name}`", act.label, f"`{act.right}`", inside, after, arguments


def _checklists() -> Iterator[str]:
    for level, keys in checklist_keys().items():
        yield f"### `{level}`\n"
        yield _table(("key", "number now"), ((f"`{key}`", number) for key, number in keys.items()))


def _told_order() -> list[str]:
    """The acts in the order in which the examples need them."""
    return list(dict.fromkeys(str(line["act"]) for line in examples()))


def _act_section(act: Act) -> str:
    where = "trong một cuộc kiểm tra (cần `inspection`)" if act.inside else "không thuộc cuộc kiểm tra nào"
    signed = "; làm được cả sau khi biên bản đã ký" if act.after_signing else ""
    titles = ("mục", "bắt buộc", "nội dung", "giá trị")
    rows = (row for argument in act.arguments for row in _argument(argument))
    example = json.dumps(next(line for line in examples() if line["act"] == act.name), ensure_ascii=False)
    return (
        f"### `{act.name}`: {act.label}\n\n"
        f"Quyền: {RIGHTS[act.right]}; {where}{signed}.\n\n"
        f"{_table(titles, rows)}\n```json\n{clean(example)}\n```\n"
    )


def _argument(argument: Argument) -> Iterator[tuple[str, ...]]:
    yield f"`{argument.name}`", "có" if argument.required else "", argument.label, _value(argument)
    for member in argument.members:
        yield f"`{argument.name}.{member.name}`", "", member.label, _value(member)


def _value(shape: Argument | Member) -> str:
    words = TYPES[shape.type]
    return words + (" " + ", ".join(f"`{option}`" for option in shape.options) if shape.options else "")


def main(words: Sequence[str]) -> None:
    """``snapshot`` prints what later versions must keep; without words the pages are written where one stands."""
    if list(words) == ["snapshot"]:
        sys.stdout.write(json.dumps(snapshot(), ensure_ascii=False, indent=1, sort_keys=True) + "\n")
        return
    for path in write(Path.cwd()):
        sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
