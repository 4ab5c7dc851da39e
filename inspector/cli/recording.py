"""``record``: a line in, a receipt out, flushed, and only after it was saved."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterator
from contextlib import ExitStack
from typing import BinaryIO

from inspector.cli.console import Console
from inspector.cli.opening import opened
from inspector.cli.parser import Commands
from inspector.domain.errors import BadInput, InspectorError

_ABOUT = """\
Ghi các việc từ một tệp, mỗi dòng một việc dạng JSON; mỗi dòng được trả một giấy báo sau khi đã lưu. Gửi lại cả tệp
khi bị ngắt giữa chừng: dòng đã lưu cho đúng giấy báo cũ, không ghi hai lần. Cách viết: docs/automation.md.
"""


def declare(commands: Commands) -> None:
    family = commands.add("record", "ghi các việc từ tệp JSON, mỗi dòng một việc", record, description=_ABOUT)
    family.needs.add_argument(
        "file", metavar="TỆP", nargs="?", default="-", help="tệp cần ghi; bỏ trống hoặc - là stdin"
    )
    family.may.add_argument("--schema", action="store_true", help="in lược đồ JSON Schema của một dòng rồi thôi")


def record(arguments: Namespace, console: Console) -> int:
    """Exit code 1 where a line was not taken."""
    if arguments.schema:
        from inspector.services.line_schema import line_schema

        console.data(line_schema())
        return 0
    from inspector.services.record import record as receipts

    saved = refused = 0
    with ExitStack() as stack:
        source = _source(arguments.file, console, stack)
        desk = stack.enter_context(opened(arguments, console, may_ask=arguments.file != "-"))
        try:
            for receipt in receipts(desk, bounded_lines(source)):
                console.say(receipt)
                console.out.flush()
                taken = bool(json.loads(receipt)["ok"])
                saved, refused = saved + taken, refused + (not taken)
        except InspectorError as error:
            console.complain(error)
            console.note(f"Đã lưu {saved} dòng. Xử lý nguyên nhân rồi gửi lại cả tệp.")
            return 1
    console.note(f"Đã lưu {saved} dòng, {refused} dòng không ghi được.")
    return 1 if refused else 0


def bounded_lines(source: BinaryIO) -> Iterator[bytes]:
    """The lines of a file; of a line longer than any act the beginning, so that memory stays small."""
    from inspector.services.record import LINE_LIMIT

    while line := source.readline(LINE_LIMIT + 2):
        rest = line
        while not rest.endswith(b"\n") and len(rest) > LINE_LIMIT:
            rest = source.readline(LINE_LIMIT + 2)
        yield line


def _source(file: str, console: Console, stack: ExitStack) -> BinaryIO:
    if file == "-":
        return console.source
    try:
        return stack.enter_context(open(file, "rb"))
    except (OSError, ValueError):
        raise BadInput("file-not-readable", field="file", path=file) from None
