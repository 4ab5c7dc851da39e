"""``seal``, ``void-seal`` and ``verify-seal``: freezing what the minutes stand on, and proving it later."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from inspector.cli.console import Console
from inspector.cli.opening import opened
from inspector.cli.parser import Commands
from inspector.domain.wording import short_moment

if TYPE_CHECKING:
    from inspector.services.freezing import Machine

_ABOUT = """\
Chốt dữ liệu và niêm phong biên bản. Mọi máy phải đã gộp dữ liệu, hoặc được loại kèm lý do (--exclude); không còn chỗ
chưa thống nhất, không còn việc phải xong. Sau khi niêm phong không sửa được nữa; việc phát sinh ghi vào biên bản bổ
sung.
"""
_HANDED = {
    "here": "máy này",
    "all": "đủ",
    "files": "còn thiếu ảnh, tệp",
    "behind": "còn thay đổi chỉ ở máy đó",
    "unknown": "chưa gặp",
    "invited": "đã mời, máy chưa gửi gì về đây",
    "none": "không có máy trong cuộc này",
}


def declare(commands: Commands) -> None:
    one = commands.add("seal", "chốt dữ liệu và niêm phong biên bản", seal, description=_ABOUT)
    one.needs.add_argument("id", metavar="MÃ", help="cuộc kiểm tra: mã, đầu của mã, hoặc @id")
    one.may.add_argument("--matrix", action="store_true", help="chỉ xem bảng chốt dữ liệu, không niêm phong")
    one.may.add_argument(
        "--exclude", metavar="MÁY:LÝ_DO", action="append", default=[], help="không chờ máy này; dùng được nhiều lần"
    )
    one.may.add_argument("--out", metavar="TỆP", help="lập luôn tệp biên bản .docx có mã ở chân trang")
    one.may.add_argument("--json", action="store_true", help="in dạng JSON")

    void = commands.add("void-seal", "đề nghị hoặc xác nhận hủy một niêm phong", void_seal)
    void.needs.add_argument("id", metavar="MÃ", help="cuộc kiểm tra: mã, đầu của mã, hoặc @id")
    void.needs.add_argument("code", metavar="MÃ_NIÊM_PHONG", help="mã ở chân trang biên bản")
    void.may.add_argument("--why", metavar="LÝ_DO", required=True, help="lý do; người thứ hai cũng ghi lý do của mình")

    check = commands.add("verify-seal", "đối chiếu tệp biên bản hoặc mã niêm phong với dữ liệu", verify_seal)
    check.needs.add_argument("seal", metavar="TỆP|MÃ", help="tệp .docx, .pdf, hoặc mã 20 chữ ở chân trang")
    check.may.add_argument("--json", action="store_true", help="in dạng JSON")


def seal(arguments: Namespace, console: Console) -> int:
    from inspector.services.freezing import machines
    from inspector.services.issuing import issue_minutes
    from inspector.services.overview import named

    with opened(arguments, console) as desk:
        inspection = named(desk, arguments.id)
        if arguments.matrix:
            return _matrix(machines(desk.workspace, inspection, desk.workspace.author.device), arguments, console)
        desk.perform("seal_minutes", {"excluded": arguments.exclude}, inspection=inspection)
        fact = desk.inspection(inspection).sealed
        files = issue_minutes(desk, inspection, Path(arguments.out)).files if arguments.out else ()
    code = fact.code if fact else ""
    if arguments.json:
        root = fact.root.hex() if fact else ""
        console.data({"inspection": inspection, "code": code, "root": root, "files": [str(file) for file in files]})
    else:
        console.say(code)
        for file in files:
            console.say(str(file))
    return 0


def _matrix(found: tuple[Machine, ...], arguments: Namespace, console: Console) -> int:
    if arguments.json:
        console.data([_data(machine) for machine in found])
    else:
        console.table(_told(machine) for machine in found)
    return 0


def _told(machine: Machine) -> tuple[str, ...]:
    return (
        machine.name,
        short_moment(machine.met) if machine.met else "-",
        *(_number(value) for value in (machine.only_there, machine.files)),
        machine.app or "?",
        _HANDED[machine.handed],
        machine.device,
    )


def _number(value: int | None) -> str:
    return "?" if value is None else str(value)


def _data(machine: Machine) -> dict[str, object]:
    return {
        "device": machine.device,
        "name": machine.name,
        "agency": machine.agency,
        "met": machine.met.isoformat() if machine.met else None,
        "only_there": machine.only_there,
        "files": machine.files,
        "app": machine.app or None,
        "clock": machine.clock,
        "handed": str(machine.handed),
    }


def void_seal(arguments: Namespace, console: Console) -> int:
    from inspector.services.overview import named

    with opened(arguments, console) as desk:
        inspection = named(desk, arguments.id)
        desk.perform("void_seal", {"seal": arguments.code, "why": arguments.why}, inspection=inspection)
        gone = all(
            one.is_void for one in desk.inspection(inspection).seals if one.code == arguments.code.strip().upper()
        )
    console.say("Đã hủy niêm phong." if gone else "Đã ghi đề nghị hủy. Cần người thứ hai xác nhận trên máy của họ.")
    return 0


def verify_seal(arguments: Namespace, console: Console) -> int:
    """Exit code 0: fits; 1: does not, with what differs; 2: neither a file nor a code."""
    from inspector.domain.errors import BadInput
    from inspector.services.seal_check import check
    from inspector.services.wording import said

    with opened(arguments, console) as desk:
        try:
            result = check(desk, arguments.seal)
        except BadInput as error:
            console.complain(error)
            return 2
    if arguments.json:
        told = [
            {"code": one.code, "differs": one.differs, "sentence": said(one.code, one.params)}
            for one in result.findings
        ]
        console.data({"fits": result.fits, "inspection": result.inspection, "seal": result.code, "findings": told})
    else:
        for line in _lines([(one.differs, said(one.code, one.params)) for one in result.findings], fits=result.fits):
            console.say(line)
    return 0 if result.fits else 1


def _lines(found: list[tuple[bool, str]], *, fits: bool) -> Iterator[str]:
    yield "Khớp niêm phong." if fits else "Không khớp niêm phong."
    yield from (f"  {'sai' if differs else 'lưu ý'}: {sentence}" for differs, sentence in found)
