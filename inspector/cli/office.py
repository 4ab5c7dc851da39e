"""``hub``: the server of an office, made, served, looked at, backed up, restored and rehearsed."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from inspector.cli.console import Console
from inspector.cli.parser import Commands
from inspector.domain.errors import BadInput

if TYPE_CHECKING:
    from inspector.hub.place import HubPlace

_EVERYWHERE = "0.0.0.0"  # noqa: S104 - a server

_HUB = """\
Máy chủ của văn phòng, trong thư mục DIR. Cách cài đặt từ đầu: docs/hub.md.

  init DIR     tạo máy chủ mới; in hai nửa khóa gốc của tỉnh, mỗi nửa cất một nơi, không lưu trên máy
  serve DIR    phục vụ các máy đến đồng bộ, cho đến khi được yêu cầu dừng
  admit DIR    cho các máy mang khóa gốc KHÓA (64 chữ số hex) vào lần đầu, thường là máy của văn phòng
  invite DIR TỆP  viết giấy mời cho một người (--name, --agency, --address); in mã mở giấy, đưa mã bằng đường khác
  invited DIR  các giấy mời đã viết, máy nào đã đến và lúc nào
  revoke DIR MÃ  thu hồi một giấy mời, theo mã ở cuối số của nó
  status DIR   có bao nhiêu dữ liệu, bản sao lưu mới nhất lúc nào
  backup DIR   sao lưu trong lúc máy chủ vẫn chạy; giữ 48 bản mới nhất và bản cuối của 60 ngày
  restore DIR  đưa bản sao lưu (--from) về thư mục mới; các máy tự gửi lại phần còn thiếu
  drill DIR    thử khôi phục bản sao lưu vào chỗ tạm rồi so lại từng phần; mã thoát 1 nếu có gì sai
"""


def declare(commands: Commands) -> None:
    hub = commands.add("hub", "máy chủ của văn phòng: tạo, chạy, sao lưu, khôi phục", run, description=_HUB)
    hub.needs.add_argument("what", metavar="VIỆC", choices=sorted(_DOING), help="init, serve, status, backup, …")
    hub.needs.add_argument("folder", metavar="DIR", help="thư mục của máy chủ")
    hub.needs.add_argument(
        "detail", metavar="KHÓA|TỆP|MÃ", nargs="?", help="khóa gốc với admit, tệp với invite, mã số với revoke"
    )
    hub.may.add_argument("--name", metavar="TÊN", help="tên cơ quan, với init; họ tên người được mời, với invite")
    hub.may.add_argument("--agency", metavar="CƠ_QUAN", help="cơ quan của người được mời, với invite")
    hub.may.add_argument(
        "--database", metavar="ĐỊA_CHỈ", default="", help="postgresql://… thay cho SQLite, với init và restore"
    )
    hub.may.add_argument(
        "--backups", metavar="THƯ_MỤC", default="backups", help="nơi để bản sao lưu, với init; nên là ổ đĩa khác"
    )
    hub.may.add_argument("--halves-to", metavar="THƯ_MỤC", help="ghi hai nửa khóa thành hai tệp, với init")
    hub.may.add_argument("--from", dest="source", metavar="BẢN_SAO", help="bản sao lưu, với restore và drill")
    hub.may.add_argument(
        "--address", metavar="ĐỊA_CHỈ_MẠNG", help="nghe ở đâu, với serve (mọi nơi); các máy gọi đến đâu, với invite"
    )
    hub.may.add_argument("--port", type=int, metavar="CỔNG", default=47811, help="cổng, với serve (47811)")
    hub.may.add_argument(
        "--proxy-certificate",
        metavar="TỆP",
        help="chứng thư (PEM) của nginx đứng trước, với serve (khi đó nói HTTP) và invite",
    )
    hub.may.add_argument(
        "--json", action="store_true", help="in dạng JSON, với invite, invited, status, backup và drill"
    )


def run(arguments: Namespace, console: Console) -> int:
    from inspector.hub.place import HubPlace

    return _DOING[arguments.what](HubPlace(Path(arguments.folder).absolute()), arguments, console)


def _init(place: HubPlace, arguments: Namespace, console: Console) -> int:
    from inspector.hub.place import make

    if not arguments.name:
        raise BadInput("wrong-use", detail="thiếu --name", command="inspector hub init")
    written = _files_for_halves(arguments.halves_to)
    made, halves = make(place.folder, arguments.name, arguments.database, arguments.backups)
    keys = made.keys()
    console.say(f"Đã tạo máy chủ {keys.id} ở {made.folder}.")
    console.say(f"Mã khóa TLS: {keys.tls.pin}")
    console.say(f"Khóa khôi phục của tỉnh (phần công khai): {keys.recovery.public}")
    for number, half in enumerate(halves, 1):
        if written:
            written[number - 1].write_text(half + "\n", encoding="ascii")
            console.say(f"Nửa khóa gốc thứ {number} ở tệp {written[number - 1]}: in ra giấy rồi xóa tệp.")
        else:
            console.say(f"\nNửa khóa gốc thứ {number} (in riêng, cất riêng, không chụp ảnh):\n\n    {half}")
    return 0


def _files_for_halves(folder: str | None) -> list[Path]:
    """Two new files for their owner alone, there before anything depends on them."""
    if folder is None:
        return []
    files = [Path(folder) / f"half-{number}.txt" for number in (1, 2)]
    for file in files:
        file.touch(mode=0o600, exist_ok=False)
    return files


def _serve(place: HubPlace, arguments: Namespace, console: Console) -> int:
    from inspector.hub.office_server import serve

    address = arguments.address or _EVERYWHERE

    def ready(pin: str) -> None:
        console.note(f"Máy chủ nghe ở {address}:{arguments.port}. Mã khóa TLS: {pin}")

    proxy = Path(arguments.proxy_certificate) if arguments.proxy_certificate else None
    serve(place, address=address, port=arguments.port, proxy_certificate=proxy, ready=ready)
    return 0


def _admit(place: HubPlace, arguments: Namespace, console: Console) -> int:
    from inspector.hub.keeping import admit

    try:
        root = bytes.fromhex(arguments.detail or "")
    except ValueError:
        root = b""
    if len(root) != 32:
        raise BadInput("wrong-use", detail="khóa gốc là 64 chữ số hex", command="inspector hub admit")
    admit(place, root)
    console.say("Đã cho các máy mang khóa gốc này vào. Máy chủ đang chạy nhận biết ngay.")
    return 0


def _invite(place: HubPlace, arguments: Namespace, console: Console) -> int:
    from inspector.hub.inviting import invite
    from inspector.hub.office_server import pin_in

    lacking = [name for name in ("detail", "name", "agency", "address") if not getattr(arguments, name)]
    if lacking:
        said = "TỆP" if lacking[0] == "detail" else f"--{lacking[0]}"
        raise BadInput("wrong-use", detail=f"thiếu {said}", command="inspector hub invite")
    pin = pin_in(Path(arguments.proxy_certificate)) if arguments.proxy_certificate else ""
    file = Path(arguments.detail).absolute()
    made, code = invite(place, file, arguments.name, arguments.agency, arguments.address, pin)
    if arguments.json:
        console.data({"id": made.id, "file": str(file), "code": code, "name": made.name, "agency": made.agency})
        return 0
    console.say(f"Đã viết giấy mời {made.id[-8:]} cho {made.name} ({made.agency}) vào {file}.")
    console.say(f"Mã mở giấy: {code}")
    console.say("Mã không lưu ở đâu. Gửi tệp một đường, đọc mã qua đường khác. Giấy mời chỉ cho một máy vào.")
    return 0


def _invited(place: HubPlace, arguments: Namespace, console: Console) -> int:
    from inspector.hub.inviting import invitations

    found = invitations(place)
    if arguments.json:
        console.data([asdict(one) for one in found])
        return 0
    for one in found:
        state = f"máy {one.device} đến lúc {one.joined}" if one.device else "chưa có máy nào đến"
        gone = "; đã thu hồi" if one.revoked else ""
        console.say(f"{one.id[-8:]}  {one.name} ({one.agency}), viết lúc {one.made}: {state}{gone}")
    if not found:
        console.say("Chưa viết giấy mời nào.")
    return 0


def _revoke(place: HubPlace, arguments: Namespace, console: Console) -> int:
    from inspector.hub.inviting import revoke

    gone = revoke(place, arguments.detail or "")
    console.say(f"Đã thu hồi giấy mời {gone.id[-8:]} của {gone.name}. Máy chủ đang chạy nhận biết trong vòng một giờ.")
    return 0


def _status(place: HubPlace, arguments: Namespace, console: Console) -> int:
    from inspector.hub.keeping import state

    found = state(place)
    if arguments.json:
        told = asdict(found)
        console.data({**told.pop("counts"), **told})
        return 0
    console.say(f"{found.name}, máy chủ {found.hub}, lần dựng {found.incarnation}, {found.database}.")
    console.say(f"{found.counts.spaces} không gian, {found.counts.records} bản ghi, {found.blobs} tệp minh chứng.")
    console.say(
        f"Đang chờ bản ghi khác: {found.counts.held}. Chờ duyệt: {found.counts.quarantined}. "
        f"Không đọc được: {found.counts.unreadable}."
    )
    console.say(f"Dòng bị rẽ nhánh: {found.counts.forked}. Biên nhận: {found.counts.receipts}.")
    console.say(
        f"Sao lưu: {found.backups} bản, mới nhất {found.last_backup or 'chưa có'}. Ổ đĩa còn {found.free_mib} MiB."
    )
    return 0


def _backup(place: HubPlace, arguments: Namespace, console: Console) -> int:
    """Exit code 1 where a blob of the hub is missing or rotten: somebody has to send it again."""
    from inspector.hub.keeping import back_up

    kept = back_up(place)
    if arguments.json:
        console.data({**asdict(kept), "folder": str(kept.folder)})
    else:
        console.say(f"Đã sao lưu {kept.spaces} không gian, {kept.blobs} tệp vào {kept.folder}.")
        if kept.missing:
            console.say(f"Thiếu {kept.missing} tệp minh chứng mà bản ghi nhắc đến.")
    return 0


def _restore(place: HubPlace, arguments: Namespace, console: Console) -> int:
    from inspector.hub.keeping import restore

    if not arguments.source:
        raise BadInput("wrong-use", detail="thiếu --from", command="inspector hub restore")
    kept = restore(Path(arguments.source).absolute(), place, arguments.database)
    console.say(f"Đã khôi phục {kept.spaces} không gian, {kept.blobs} tệp từ {kept.folder} vào {place.folder}.")
    console.say("Đây là lần dựng mới: các máy sẽ so lại và tự gửi phần còn thiếu.")
    return 1 if kept.missing else 0


def _drill(place: HubPlace, arguments: Namespace, console: Console) -> int:
    from inspector.hub.keeping import drill

    found = drill(place, Path(arguments.source).absolute() if arguments.source else None)
    if arguments.json:
        console.data({**asdict(found), "folder": str(found.folder), "good": found.is_good})
    elif found.is_good:
        console.say(f"Khôi phục thử {found.folder}: đúng cả {found.spaces} không gian và {found.blobs} tệp.")
    else:
        console.say(f"Khôi phục thử {found.folder}: CÓ SAI. Hãy giữ bản cũ hơn và sao lưu lại ngay.")
        for fault in found.faults:
            console.say(f"  {fault}")
        if found.lacking:
            console.say(f"  máy chủ thiếu {found.lacking} bản ghi có trong bản sao lưu")
    return 0 if found.is_good else 1


_DOING = {
    "admit": _admit,
    "init": _init,
    "invite": _invite,
    "invited": _invited,
    "revoke": _revoke,
    "serve": _serve,
    "status": _status,
    "backup": _backup,
    "restore": _restore,
    "drill": _drill,
}
