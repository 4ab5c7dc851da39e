"""``exchange`` and ``sync``: laptops in one room bring each other up to date, and bring it all to the office."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from inspector.cli.console import Console
from inspector.cli.opening import opened
from inspector.cli.parser import Commands
from inspector.domain.errors import BadInput, Unavailable

if TYPE_CHECKING:
    from inspector.hub.point import Event, ExchangePoint, With
    from inspector.services.desk import Desk
    from inspector.services.exchanging import Kept, Met, Outcome

_ABOUT = """\
Đồng bộ giữa các máy cùng một mạng, không cần internet. Một máy mở điểm đồng bộ (open) và để đó; các máy khác trao đổi
với máy ấy (with). Không gõ địa chỉ thì chương trình tự tìm. Máy chưa có tên trong đoàn phải so mã sáu chữ số trên hai
màn hình; máy ấy chỉ được xem những cuộc kiểm tra nêu bằng --inspection. Không được thì xem vì sao (diagnose), hoặc trao
đổi bằng USB.
"""
_HOME = """\
Đồng bộ mọi cuộc kiểm tra với máy chủ của văn phòng. Máy nhận thư mời thì đã biết máy chủ; chưa biết thì nêu địa chỉ
(--hub) một lần, so mã khóa TLS với mã người quản trị đã cho, các lần sau không phải nêu nữa.
"""
_WHAT = ("open", "with", "find", "diagnose")
_YES = {"c", "có", "co", "y", "yes"}


def declare(commands: Commands) -> None:
    family = commands.add("exchange", "đồng bộ với máy khác qua mạng", exchange, description=_ABOUT)
    family.needs.add_argument("what", metavar="VIỆC", choices=_WHAT, help="open, with, find hoặc diagnose")
    address = "máy kia, như 192.168.1.20 (với with, diagnose)"
    family.needs.add_argument("address", metavar="ĐỊA_CHỈ", nargs="?", help=address)
    family.may.add_argument(
        "--inspection",
        metavar="MÃ",
        action="append",
        default=[],
        help="cuộc kiểm tra cho máy ngoài đoàn xem",
    )
    family.may.add_argument("--port", metavar="SỐ", type=int, help="cổng mở điểm đồng bộ, 0 là cổng bất kỳ (với open)")
    family.may.add_argument("--json", action="store_true", help="in dạng JSON (với with, find, diagnose)")

    home = commands.add("sync", "đồng bộ với máy chủ của văn phòng", sync, description=_HOME)
    home.may.add_argument("--hub", metavar="ĐỊA_CHỈ", help="địa chỉ máy chủ, như dongbo.tinh.gov.vn")
    home.may.add_argument("--pin", metavar="MÃ_KHÓA", help="mã khóa TLS của máy chủ, thay cho câu hỏi")
    home.may.add_argument("--json", action="store_true", help="in dạng JSON")


def exchange(arguments: Namespace, console: Console) -> int:
    if arguments.address and arguments.what not in ("with", "diagnose"):
        raise BadInput("wrong-use", detail=f"{arguments.what} không nhận địa chỉ", command="inspector exchange")
    with opened(arguments, console) as desk:
        shown = _named(desk, arguments.inspection)
        if arguments.what == "open":
            return _open(desk, shown, arguments.port, console)
        if arguments.what == "diagnose":
            return _diagnose(desk, arguments, console)
        return _find(desk, arguments, console) if arguments.what == "find" else _with(desk, shown, arguments, console)


def _named(desk: Desk, ids: list[str]) -> list[str]:
    from inspector.services.overview import named

    return [named(desk, one) for one in ids]


# ---------------------------------------------------------------- the laptop that opens


def _open(desk: Desk, shown: list[str], port: int | None, console: Console) -> int:
    """Open until Ctrl+C, which is the way to end it."""
    from inspector.hub.point import ExchangePoint

    with ExchangePoint(desk, shown) if port is None else ExchangePoint(desk, shown, port=port) as point:
        _show_where(point, console)
        try:
            while True:
                event = point.news(1.0)
                if event is not None:
                    _tell(point, event, desk, shown, console)
        except KeyboardInterrupt:
            console.say("Đã đóng điểm đồng bộ.")
    met = point.so_far()
    for one in met:
        console.say(_summary(one))
    if not met:
        console.say("Không có máy nào đến trao đổi.")
    return 0


def _show_where(point: ExchangePoint, console: Console) -> None:
    addresses = point.addresses
    for address in addresses:
        console.say(f"Điểm đồng bộ đang mở ở {address}")
    if not addresses:
        console.say(f"Điểm đồng bộ đang mở ở cổng {point.port}, nhưng máy này chưa vào mạng nào.")
    console.say("Trên máy khác: inspector exchange with ĐỊA_CHỈ. Nhấn Ctrl+C để đóng.")
    console.out.flush()


def _tell(point: ExchangePoint, event: Event, desk: Desk, shown: list[str], console: Console) -> None:
    from inspector.hub.strangers import Asked
    from inspector.services.space_titles import unit_of

    if isinstance(event, Asked):
        person = event.certificate.person
        console.note(f"Máy của {person.name} ({person.agency}) chưa có tên trong đoàn và xin trao đổi.")
        seen = ", ".join(unit_of(desk, space) for space in shown) or "không cuộc kiểm tra nào"
        console.note(f"Máy đó sẽ được xem: {seen}.")
        point.answer(event, _agrees(console, event.code))
        return
    console.say(_summary(event))
    console.out.flush()


def _summary(one: With) -> str:
    from inspector.services.exchanging import Kept

    parts = [f"nhận {one.taken[Kept.STORED]} thay đổi"]
    if one.taken[Kept.QUARANTINED]:
        parts.append(f"{one.taken[Kept.QUARANTINED]} thay đổi chờ duyệt")
    if one.taken[Kept.HELD]:
        parts.append(f"{one.taken[Kept.HELD]} thay đổi chờ dữ liệu từ máy khác")
    if one.matched:
        parts.append(f"đã khớp, mã {one.code}")
    else:
        parts.append("máy đó chỉ gửi, không được xem" if one.closed else "chưa khớp")
    return f"{one.name} · {one.title}: {', '.join(parts)}."


def _agrees(console: Console, code: str) -> bool:
    console.note(f"Mã so sánh: {code}")
    answer = console.prompter.ask("Màn hình máy kia có hiện đúng mã này không? (có/không)")
    return (answer or "").strip().lower() in _YES


# ---------------------------------------------------------------- the laptop that asks


class _AtTheKeyboard:
    """Whoever reads the code on this screen and the other."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def compares(self, code: str, name: str) -> bool:
        self._console.note(f"Máy này và máy của {name} chưa biết nhau. Hãy so mã trên hai màn hình.")
        return _agrees(self._console, code)


def _with(desk: Desk, shown: list[str], arguments: Namespace, console: Console) -> int:
    """Exit code 0 where everything is the same on both afterwards, 1 where anything is not."""
    from inspector.services.exchanging import exchange_with

    addresses = [arguments.address] if arguments.address else [address for address, _ in _around(desk)]
    if not addresses:
        raise Unavailable("no-point-around")
    outcomes = [exchange_with(desk, address, _AtTheKeyboard(console), shown=shown) for address in addresses]
    return _end_of(outcomes, arguments, console)


def sync(arguments: Namespace, console: Console) -> int:
    """Exit code 0 where the office has everything that is here, and the other way round."""
    from inspector.services.office_hub import Hub, sync_with_office

    def agrees(hub: Hub) -> bool:
        if arguments.pin is not None:
            return hub.pin == str(arguments.pin).strip().lower()
        console.note(f"Máy chủ “{hub.name}” ở {hub.address}. Mã khóa TLS: {hub.pin}")
        answer = console.prompter.ask("Mã này có đúng mã người quản trị đã cho không? (có/không)")
        return (answer or "").strip().lower() in _YES

    with opened(arguments, console) as desk:
        return _end_of([sync_with_office(desk, arguments.hub, agrees)], arguments, console)


def _end_of(outcomes: list[Outcome], arguments: Namespace, console: Console) -> int:
    if arguments.json:
        console.data([_row(outcome) for outcome in outcomes])
    else:
        for outcome in outcomes:
            for line in _lines(outcome):
                console.say(line)
    for outcome in outcomes:
        for problem in [*(one.problem for one in outcome.met), outcome.cut]:
            if problem is not None:
                console.complain(problem)
    return 0 if all(outcome.is_done for outcome in outcomes) else 1


def _lines(outcome: Outcome) -> Iterator[str]:
    who = f"máy của {outcome.name} ({outcome.agency})" if outcome.agency != outcome.name else f"máy chủ {outcome.name}"
    yield f"Đã trao đổi với {who} ở {outcome.address}."
    if outcome.clock is not None:
        minutes = round(abs(outcome.clock.total_seconds()) / 60)
        yield f"Đồng hồ hai máy lệch nhau {minutes} phút; không ảnh hưởng dữ liệu."
    for one in outcome.met:
        yield _line(one)
    if not outcome.met:
        yield "Hai máy không có cuộc kiểm tra nào chung."


def _line(one: Met) -> str:
    from inspector.services.exchanging import Kept

    sent, received, photos = one.report.sent, one.report.received, one.photos
    parts = [f"gửi {_new(sent.counts)}, nhận {_new(received.counts)} thay đổi"]
    if photos.sent or photos.received:
        parts.append(f"ảnh và tệp: gửi {photos.sent}, nhận {photos.received}")
    if one.lacking:
        parts.append(f"{one.lacking} ảnh, tệp chưa có ở máy này")
    if sent[Kept.QUARANTINED]:
        parts.append(f"{sent[Kept.QUARANTINED]} thay đổi nằm ở mục chờ duyệt của máy kia")
    if received[Kept.QUARANTINED]:
        parts.append(f"{received[Kept.QUARANTINED]} thay đổi nhận về nằm ở mục chờ duyệt")
    if one.report.waiting:
        parts.append(f"{one.report.waiting} thay đổi chờ dữ liệu từ máy khác")
    if one.report.own is not None or one.report.same_device:
        parts.append("máy này từng được khôi phục hoặc sao chép: đã lấy lại phần thiếu")
    return f"{one.title}: {'; '.join(parts)}. {_end(one)}"


def _new(counts: Mapping[Kept, int]) -> int:
    from inspector.services.exchanging import Kept

    return sum(count for kept, count in counts.items() if kept not in (Kept.DUPLICATE, Kept.FOREIGN))


def _end(one: Met) -> str:
    if one.report.matched:
        return f"Đã khớp, mã {one.report.code}."
    if one.report.closed:
        return "Máy kia nhận nhưng không cho xem, nên không đối chiếu được."
    return "Chưa khớp." if one.given else "Chưa khớp: máy kia không có tên trong đoàn nên không được gửi sang."


def _row(outcome: Outcome) -> dict[str, object]:
    return {
        "address": outcome.address,
        "name": outcome.name,
        "agency": outcome.agency,
        "cut": None if outcome.cut is None else outcome.cut.code,
        "inspections": [
            {
                "inspection": one.space,
                "title": one.title,
                "sent": {str(kept): count for kept, count in one.report.sent.counts.items()},
                "received": {str(kept): count for kept, count in one.report.received.counts.items()},
                "waiting": one.report.waiting,
                "photos": {"sent": one.photos.sent, "received": one.photos.received, "lacking": one.lacking},
                "matched": one.report.matched,
                "code": one.report.code if one.report.matched else None,
                "closed": one.report.closed,
                "problem": None if one.problem is None else one.problem.code,
            }
            for one in outcome.met
        ],
    }


def _around(desk: Desk) -> list[tuple[str, str]]:
    """Address and person of every point that answers, each once."""
    from inspector.services.exchanging import answers_at, look_for_points

    found: dict[str, tuple[str, str]] = {}
    for address in look_for_points(desk):
        point = answers_at(address)
        if point is not None and point.id not in found:
            found[point.id] = address, point.certificate.person.name
    return list(found.values())


def _find(desk: Desk, arguments: Namespace, console: Console) -> int:
    """Exit code 1 where nobody is found."""
    rows = _around(desk)
    if arguments.json:
        console.data([{"address": address, "name": name} for address, name in rows])
    elif rows:
        console.table([address, name] for address, name in rows)
    else:
        raise Unavailable("no-point-around")
    return 0 if rows else 1


# ---------------------------------------------------------------- why it does not work

_CAUSES = {
    "fine": "Kết nối được. Hãy trao đổi lại; nếu bị ngắt giữa chừng, chương trình gửi tiếp phần còn thiếu.",
    "no-network": "Máy này chưa vào mạng nào. Hãy vào cùng Wi-Fi với máy kia.",
    "other-network": "Địa chỉ này thuộc mạng khác với mạng của máy này. Hãy đưa hai máy vào cùng một mạng.",
    "nobody": "Không máy nào quanh đây đang mở điểm trao đổi. Hãy mở ở một máy rồi tìm lại.",
    "own": "Đây là địa chỉ của chính máy này. Hãy gõ địa chỉ hiện trên máy kia.",
    "no-name": "Mạng không biết máy nào tên như vậy. Hãy gõ địa chỉ bằng số, như 192.168.1.20.",
    "closed": "Máy kia có trong mạng nhưng chưa mở điểm trao đổi ở đó. Hãy mở trên máy kia rồi thử lại.",
    "firewall": "Tường lửa của máy kia có thể đang chặn. Trên máy kia hãy cho phép Kiểm tra CCHC nhận kết nối.",
    "isolation": "Wi-Fi có thể không cho các máy thấy nhau, hoặc không có máy nào ở địa chỉ ấy.",
    "not-ours": "Có máy trả lời nhưng không phải điểm trao đổi của Kiểm tra CCHC. Hãy xem lại địa chỉ.",
    "other-key": "Máy trả lời không dùng khóa đã biết. Chưa gửi gì. Hãy hỏi người giữ máy kia, hoặc đổi mạng.",
    "other-laptop": "Địa chỉ này nay là của máy khác ({name}). Hãy tìm lại máy trong phòng.",
    "other-province": "Máy kia ({name}) thuộc {organisation}, không phải nơi của máy này. Chưa gửi gì.",
    "unknown": "Hai máy chưa biết nhau. Hãy trao đổi và so mã sáu chữ số với {name} trên hai màn hình.",
    "newer": "Máy kia dùng bản chương trình mới hơn. Hãy cập nhật chương trình trên máy này.",
    "failed": "Máy kia trả lời nhưng báo lỗi hoặc bị ngắt. Hãy mở lại điểm trao đổi trên máy kia rồi thử lại.",
}
_WAYS = {
    "again": "Sửa xong thì thử lại: inspector exchange with ĐỊA_CHỈ",
    "here": "Đổi vai: mở điểm trao đổi trên máy này cho máy kia đến: inspector exchange open",
    "hotspot": "Bật điểm phát Wi-Fi trên điện thoại (không cần dữ liệu di động), cho hai máy vào đó.",
    "cable": "Nối hai máy bằng một dây mạng, đợi nửa phút rồi tìm lại: inspector exchange find",
    "stick": "Dùng USB: inspector package write …, rồi package read … trên máy kia",
}


def _diagnose(desk: Desk, arguments: Namespace, console: Console) -> int:
    """Exit code 0 where both can exchange, 1 where anything is in the way."""
    from inspector.services.diagnosis import diagnose

    found = diagnose(desk, arguments.address or "")
    if arguments.json:
        console.data(
            {
                "address": found.address or None,
                "name": found.name or None,
                "own": list(found.own),
                "causes": [str(cause) for cause in found.causes],
                "ways": [str(way) for way in found.ways],
            }
        )
    else:
        own = ", ".join(found.own) or "chưa vào mạng nào"
        console.say(f"Địa chỉ của máy này: {own}.")
        for cause in found.causes:
            console.say(_CAUSES[cause].format(name=found.name, organisation=found.organisation))
        console.say("Có thể làm:")
        for way in found.ways:
            console.say(f"  {_WAYS[way]}")
    return 0 if found.is_fine else 1
