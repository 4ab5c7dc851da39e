"""``conflicts`` and ``decide``: where people disagree, and what the lead decided."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING

from inspector.cli.console import Console
from inspector.cli.opening import opened
from inspector.cli.parser import Commands
from inspector.domain.errors import BadInput, Refused
from inspector.domain.wording import short_moment

if TYPE_CHECKING:
    from inspector.services.deciding import Line, Opinion, Who
    from inspector.services.desk import Desk

_ABOUT = """\
Quyết định một chỗ chưa thống nhất. CHỖ là mã 8 chữ mà lệnh conflicts in ra; mã đổi khi có thêm ý kiến mới, nên không ai
quyết định điều mình chưa xem. Ý kiến không được chọn vẫn còn trong lịch sử.
"""
_KINDS = {"C1": "để biết", "minor": "có thể để ngỏ", "C2": "cần quyết định", "C3": "xóa và sửa đồng thời"}


def declare(commands: Commands) -> None:
    shown = commands.add("conflicts", "xem những chỗ chưa thống nhất của một cuộc kiểm tra", conflicts)
    shown.needs.add_argument("id", metavar="MÃ", help="cuộc kiểm tra: mã, đầu của mã, hoặc @id")
    shown.may.add_argument("--all", action="store_true", help="cả chỗ đã quyết định và chỗ chỉ để biết")
    shown.may.add_argument("--json", action="store_true", help="in dạng JSON")

    one = commands.add("decide", "quyết định một chỗ chưa thống nhất", decide, description=_ABOUT)
    one.needs.add_argument("id", metavar="MÃ", help="cuộc kiểm tra: mã, đầu của mã, hoặc @id")
    one.needs.add_argument("place", metavar="CHỖ", help="mã của chỗ, như lệnh conflicts in ra")
    ways = one.may.add_mutually_exclusive_group(required=True)
    ways.add_argument("--keep", metavar="Ý_KIẾN", help="giữ ý kiến này: A, B …")
    ways.add_argument("--value", metavar="GIÁ_TRỊ", help="ghi ý kiến chung; mục không phải chữ thì viết dạng JSON")
    one.may.add_argument("--why", metavar="LÝ_DO", help="bắt buộc khi cuộc kiểm tra đã xong hoặc biên bản đã ký")
    one.may.add_argument("--json", action="store_true", help="in dạng JSON")


def conflicts(arguments: Namespace, console: Console) -> int:
    """Exit code 1 while something has to be decided."""
    from inspector.services.deciding import lines
    from inspector.services.overview import named

    with opened(arguments, console) as desk:
        told = lines(desk, named(desk, arguments.id))
    shown = [line for line in told if arguments.all or line.at.is_open or line.at.kind == "minor"]
    if arguments.json:
        console.data([_data(line) for line in shown])
    else:
        for line in shown:
            for text in _told(line):
                console.say(text)
        still = sum(line.at.is_open for line in told)
        console.note(f"Còn {still} chỗ phải quyết định." if still else "Không còn chỗ nào phải quyết định.")
    return 1 if any(line.at.is_open for line in told) else 0


def decide(arguments: Namespace, console: Console) -> int:
    from inspector.services.overview import named

    with opened(arguments, console) as desk:
        inspection = named(desk, arguments.id)
        line = _line(desk, inspection, arguments.place)
        given: dict[str, object] = {"entity": line.at.entity, "record": line.at.id, "field": line.at.field}
        if arguments.keep is not None:
            given["keep"] = _opinion(line, arguments.keep).keep
        else:
            given["value"] = arguments.value
        if arguments.why is not None:
            given["why"] = arguments.why
        receipt = desk.perform("decide", given, inspection=inspection, seen=line.seen)
    if arguments.json:
        console.data({"place": line.key, "hash": receipt.hash})
    else:
        console.say(f"Đã quyết định: {line.record}, {line.field}.")
    return 0


def _line(desk: Desk, inspection: str, place: str) -> Line:
    from inspector.services.deciding import lines

    found = [line for line in lines(desk, inspection) if line.code == place and line.at.kind != "C1"]
    if not found:
        raise Refused("conflict-not-found", place=place)
    return found[0]


def _opinion(line: Line, letter: str) -> Opinion:
    for opinion in line.opinions:
        if opinion.letter == letter.upper():
            return opinion
    raise BadInput("conflict-no-opinion", field="keep", letter=letter)


def _told(line: Line) -> Iterator[str]:
    kind = "đã quyết định" if line.decided is not None else _KINDS[line.at.kind]
    yield f"{line.code}  {line.record}. {line.field} ({kind})"
    if line.base is not None:
        yield f"    trước đó: {line.base or '(trống)'}"
    for opinion in line.opinions:
        yield f"    {opinion.letter}  {'; '.join(map(_who, opinion.who))}: {opinion.words or '(trống)'}"
    if line.decided is not None and line.by is not None:
        reason = f" Lý do: {line.why}" if line.why else ""
        yield f"    →  {_who(line.by)}: {line.decided or '(trống)'}.{reason}"


def _who(who: Who) -> str:
    at = short_moment(who.at) if who.at else ""
    return ", ".join(part for part in (who.name, who.agency, at) if part)


def _data(line: Line) -> dict[str, object]:
    return {
        "code": line.code,
        "kind": str(line.at.kind),
        "open": line.at.is_open,
        "entity": line.at.entity,
        "id": line.at.id,
        "field": line.at.field,
        "record": line.record,
        "label": line.field,
        "base": line.base,
        "opinions": [
            {
                "letter": opinion.letter,
                "field": opinion.field,
                "keep": opinion.keep,
                "operations": list(opinion.operations),
                "value": opinion.value,
                "words": opinion.words,
                "saw": opinion.saw,
                "who": [_person(who) for who in opinion.who],
            }
            for opinion in line.opinions
        ],
        "decided": line.decided,
        "by": _person(line.by) if line.by else None,
        "why": line.why,
    }


def _person(who: Who) -> dict[str, object]:
    return {"name": who.name, "agency": who.agency, "at": who.at.isoformat() if who.at else None}
