"""``package write``, ``package read``, ``package receipt``: the exchange by stick."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from inspector.cli.console import Console
from inspector.cli.opening import opened
from inspector.cli.parser import Commands
from inspector.domain.wording import short_day, short_moment

if TYPE_CHECKING:
    from inspector.services.incoming import Incoming, Preview, Taken

CODE = "INSPECTOR_PACKAGE_CODE"

_ABOUT = "Trao đổi dữ liệu với máy khác bằng USB: ghi gói, nhận gói, nhận giấy báo nhận."
_WRITE = """\
Ghi các cuộc kiểm tra đã chọn thành gói đã khóa trong THƯ_MỤC (thường là USB), đọc lại rồi mới báo xong. Khóa cho máy
đã biết bằng --to, nếu không thì bằng mã mở gói (--code, biến INSPECTOR_PACKAGE_CODE, hoặc mã chương trình gợi ý và in
ra). Ghi gói chưa phải là đã giao: dữ liệu chỉ được coi là có ở máy kia khi giấy báo nhận về.
"""
_READ = """\
Kiểm tra toàn bộ gói, cho xem trong gói có gì, hỏi rồi mới nhận. Không có gì bị xóa: ý kiến khác nhau đều được giữ. Nhận
xong ghi giấy báo nhận cạnh gói để mang về máy đã ghi.
"""


def declare(commands: Commands) -> None:
    family = commands.add("package", "ghi và nhận gói dữ liệu qua USB", write, description=_ABOUT)
    inner = Commands(family.parser)

    one = inner.add("write", "ghi gói dữ liệu cho máy khác", write, description=_WRITE)
    one.needs.add_argument("folder", metavar="THƯ_MỤC", help="nơi ghi gói, ví dụ ổ USB")
    one.needs.add_argument("ids", metavar="MÃ", nargs="*", help="cuộc kiểm tra: mã, đầu của mã, hoặc @id")
    one.may.add_argument("--all", action="store_true", help="mọi cuộc kiểm tra trên máy này (mà máy nhận được xem)")
    lock = one.may.add_mutually_exclusive_group()
    lock.add_argument("--to", metavar="MÁY", action="append", default=[], help="máy nhận: tên người hoặc mã máy")
    lock.add_argument("--code", metavar="MÃ_GÓI", help="mã mở gói, ít nhất 12 ký tự")
    one.may.add_argument("--json", action="store_true", help="in dạng JSON")

    take = inner.add("read", "xem và nhận một gói", read, description=_READ)
    take.needs.add_argument("place", metavar="NƠI", help="thư mục chứa gói, hoặc tệp …_MANIFEST.cchc")
    take.may.add_argument("--code", metavar="MÃ_GÓI", help="mã mở gói do người ghi cho biết")
    take.may.add_argument("--yes", action="store_true", help="nhận ngay, không hỏi")
    take.may.add_argument("--no-receipt", action="store_true", help="không ghi giấy báo nhận")
    take.may.add_argument("--json", action="store_true", help="in dạng JSON")

    back = inner.add("receipt", "nhận giấy báo nhận mang về từ máy khác", receipt)
    back.needs.add_argument("place", metavar="NƠI", help="thư mục hoặc tệp …_RECEIPT.cchc")
    back.may.add_argument("--json", action="store_true", help="in dạng JSON")


def write(arguments: Namespace, console: Console) -> int:
    from inspector.domain.registry import SpaceKind
    from inspector.services.overview import named
    from inspector.services.packages import named_laptop, new_code, readable_inspections, write_package

    with opened(arguments, console) as desk:
        devices = [named_laptop(desk, one) for one in arguments.to]
        spaces = list(readable_inspections(desk, devices)) if arguments.all else []
        left_out = len(desk.workspace.spaces(SpaceKind.INSPECTION)) - len(spaces) if arguments.all else 0
        spaces += [named(desk, one) for one in arguments.ids]
        code = "" if devices else arguments.code or os.environ.get(CODE) or new_code()
        carried = write_package(
            desk, Path(arguments.folder), spaces, devices=devices, code=code, at=datetime.now().astimezone()
        )
    if arguments.json:
        console.data(
            {
                "id": carried.id, "file": str(carried.file), "files": carried.files, "bytes": carried.size,
                "changes": carried.changes, "photos": carried.photos, "to": devices, "code": code or None,
            }
        )  # fmt: skip
        return 0
    console.say(f"Đã ghi xong và đọc lại đủ: {carried.file}")
    console.say(f"{carried.files} tệp, {carried.changes} thay đổi, {carried.photos} ảnh và tệp.")
    if code:
        console.say(f"Mã mở gói: {code}")
        console.note("Đưa mã này cho người nhận bằng cách khác, không để cùng USB.")
    else:
        console.say(f"Khóa cho máy của: {carried.party}")
    if left_out:
        console.note(f"Không ghi {left_out} cuộc kiểm tra mà máy nhận không được xem.")
    console.note("Dữ liệu được coi là có ở máy kia khi giấy báo nhận về: inspector package receipt NƠI.")
    return 0


def read(arguments: Namespace, console: Console) -> int:
    """Exit code 1 where the person did not want it."""
    from inspector.services.incoming import looking_into

    place = Path(arguments.place)
    with (
        opened(arguments, console) as desk,
        looking_into(desk, place, _code(arguments, console, place)) as incoming,
    ):
        return _take(arguments, console, incoming)


def _code(arguments: Namespace, console: Console, place: Path) -> str:
    from inspector.services.incoming import asks_code

    given = arguments.code or os.environ.get(CODE)
    if given is None and asks_code(place):
        given = console.prompter.ask("Gói khóa bằng mã. Gõ mã mở gói do người ghi cho biết:")
    return given or ""


def _take(arguments: Namespace, console: Console, incoming: Incoming) -> int:
    preview = incoming.preview
    if not arguments.json:
        for line in told(preview):
            console.say(line)
    wanted = arguments.yes or _agrees(console)
    taken = incoming.take() if wanted else None
    receipt = incoming.write_receipt() if wanted and not arguments.no_receipt and not preview.own else None
    if arguments.json:
        console.data(_data(preview, taken, receipt))
    elif taken is None:
        console.note("Chưa nhận gì.")
    else:
        console.say(f"Đã nhận {taken.changes} thay đổi, {taken.photos} ảnh và tệp.")
        if receipt is not None:
            console.say(f"Giấy báo nhận: {receipt}")
    return 0 if wanted else 1


def _agrees(console: Console) -> bool:
    answer = console.prompter.ask("Nhận vào máy này? Gõ “có” để nhận:")
    return (answer or "").strip().casefold() in ("có", "co", "c", "y", "yes")


def told(preview: Preview) -> Iterator[str]:
    """What a package is, line by line."""
    made = "" if preview.made is None else f", {short_moment(preview.made)}"
    yield f"Người ghi gói: {preview.sender} – {preview.agency}{made}"
    if preview.other_office:
        yield f"Máy ghi gói thuộc nơi khác: {preview.organisation or 'không rõ'}"
    for visit in preview.visits:
        day = "" if visit.day is None else f", {short_day(visit.day)}"
        yield f"Cuộc kiểm tra: {visit.unit or visit.id}{day}{' (mới với máy này)' if visit.is_new else ''}"
    for kind in preview.besides:
        yield f"Kèm theo: {kind}"
    yield "Đã kiểm tra gói: nguyên vẹn, chữ ký đúng"
    if preview.brings_nothing:
        at = "" if preview.read_at is None else f" lúc {short_moment(preview.read_at)}"
        known = f"Gói này đã nhận{at}" if preview.read_at else "Gói cũ: mọi thứ trong gói đã có trên máy này"
        yield f"{known}; không có gì mới."
        return
    yield (
        f"Thêm vào máy này: {preview.new_changes} thay đổi mới, {preview.new_photos} ảnh và tệp;"
        f" {preview.known_changes} thay đổi đã có, bỏ qua"
    )
    for words in preview.disagreements:
        yield f"Sẽ chưa thống nhất: {words}"
    if preview.waiting:
        yield f"{preview.waiting} thay đổi phải chờ dữ liệu chưa có trong gói"
    if preview.without_effect:
        yield f"{preview.without_effect} thay đổi chưa được công nhận ở cuộc kiểm tra này, được giữ để xem xét"


def _data(preview: Preview, taken: Taken | None, receipt: Path | None) -> dict[str, object]:
    from dataclasses import asdict

    from inspector.services.overview import plain

    return {
        "preview": plain(preview),
        "taken": None if taken is None else asdict(taken),
        "receipt": None if receipt is None else str(receipt),
    }


def receipt(arguments: Namespace, console: Console) -> int:
    from dataclasses import asdict

    from inspector.services.packages import take_receipts

    with opened(arguments, console) as desk:
        found = take_receipts(desk, Path(arguments.place))
    if arguments.json:
        console.data([asdict(one) for one in found])
    else:
        for one in found:
            console.say(f"Máy của {one.name} ({one.agency}) đã nhận gói {one.package}.")
    return 0
