"""``list``, ``show``, ``search``: reading, for people in columns, for programs as JSON."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Mapping, Sequence

from inspector.cli.console import Console
from inspector.cli.opening import opened
from inspector.cli.parser import Commands
from inspector.cli.telling import told, word

_COLUMNS: Mapping[str, Sequence[str]] = {
    "inspections": ("id", "visit_date", "form", "status", "findings", "unit"),
    "findings": ("inspection", "id", "kind", "section", "content"),
    "recommendations": ("inspection", "id", "responsible", "content"),
    "documents": ("inspection", "kind", "made_at", "id"),
    "checklists": ("hash", "level", "version", "items", "title"),
    "units": ("code", "level", "name"),
    "departments": ("key", "level", "name"),
    "letterheads": ("name", "symbol", "superior_body"),
    "people": ("name", "title", "agency"),
    "laptops": ("id", "name", "agency"),
    "copies": ("inspection", "check_code", "changes_only_here", "photos_only_here", "lead", "office", "unit"),
    "acts": ("act", "right", "label"),
}


def declare(commands: Commands) -> None:
    lists = commands.add("list", "liệt kê cuộc kiểm tra, phát hiện, kiến nghị …", list_)
    lists.needs.add_argument("kind", metavar="LOẠI", choices=list(_COLUMNS), help=", ".join(_COLUMNS))
    lists.may.add_argument("--inspection", metavar="MÃ", help="chỉ trong một cuộc kiểm tra")
    lists.may.add_argument("--text", metavar="CHỮ", help="chỉ những dòng có chữ này")
    lists.may.add_argument("--state", metavar="TRẠNG_THÁI", help="planned, open, finished, signed hoặc cancelled")
    lists.may.add_argument("--limit", metavar="SỐ", type=int, default=1000, help="nhiều nhất bao nhiêu dòng")
    lists.may.add_argument("--json", action="store_true", help="in dạng JSON")

    one = commands.add("show", "xem một cuộc kiểm tra", show)
    one.needs.add_argument("id", metavar="MÃ", help="mã, 6 ký tự đầu của mã, hoặc @id của dòng lập cuộc kiểm tra")
    one.may.add_argument("--json", action="store_true", help="in dạng JSON, đủ mọi nội dung đã ghi")

    look = commands.add("search", "tìm trong mọi nội dung đã ghi, có dấu hoặc không dấu", search)
    look.needs.add_argument("words", metavar="CHỮ", nargs="+", help="các chữ cần tìm")
    look.may.add_argument("--limit", metavar="SỐ", type=int, default=50, help="nhiều nhất bao nhiêu chỗ")
    look.may.add_argument("--json", action="store_true", help="in dạng JSON")


def list_(arguments: Namespace, console: Console) -> int:
    from inspector.services.overview import Wanted, listed

    wanted = Wanted(arguments.inspection, arguments.text, arguments.state, _most(arguments.limit))
    with opened(arguments, console) as desk:
        rows = listed(desk, arguments.kind, wanted)
    if arguments.json:
        console.data(rows)
    else:
        console.table([word(row.get(name)) for name in _COLUMNS[arguments.kind]] for row in rows)
    return 0


def show(arguments: Namespace, console: Console) -> int:
    from inspector.services.overview import named, whole

    with opened(arguments, console) as desk:
        shown = whole(desk, named(desk, arguments.id))
    if arguments.json:
        console.data(shown)
        return 0
    for line in told(shown):
        console.say(line)
    return 0


def search(arguments: Namespace, console: Console) -> int:
    """Exit code 1 where nothing was found."""
    from inspector.services.overview import found

    with opened(arguments, console) as desk:
        rows = found(desk, " ".join(arguments.words), _most(arguments.limit))
    if arguments.json:
        console.data(rows)
    else:
        console.table([str(row["inspection"])[:8], _kind(str(row["label"])), str(row["text"])] for row in rows)
    return 0 if rows else 1


def _most(limit: int) -> int:
    return min(max(limit, 0), 1_000_000)


def _kind(label: str) -> str:
    """The name of a kind of record without its explanation."""
    return re.split("[:(]", label, maxsplit=1)[0].strip()
