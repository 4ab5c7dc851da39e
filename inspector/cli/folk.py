"""``invite``, ``device``, ``person``, ``quarantine``: who may write, on which laptop, and what waits for a decision."""

from __future__ import annotations

import os
from argparse import Namespace
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from inspector.cli.console import Console
from inspector.cli.opening import opened
from inspector.cli.parser import Commands
from inspector.cli.telling import word
from inspector.domain.errors import BadInput

if TYPE_CHECKING:
    from inspector.domain.invitation import Guest, Invitation
    from inspector.services.machines import Laptop

CODE = "INSPECTOR_INVITATION_CODE"

_INVITE = """\
write TỆP: ghi một giấy mời cho một người vào một hay nhiều cuộc kiểm tra (--inspection, dùng được nhiều lần). Người
chưa có trong đoàn được thêm vào. Lệnh in ra mã mở: hãy báo mã bằng đường khác với tệp (đọc qua điện thoại, nhắn tin).
--spare ghi giấy mời dự phòng, ai trong đoàn hỏng máy thì dùng.

accept TỆP: nhận giấy mời trên máy của người được mời, không cần mạng. Những gì máy đã ghi trước đó giữ nguyên. Mã mở
lấy từ --code, từ biến INSPECTOR_INVITATION_CODE, hoặc chương trình hỏi. Giấy mời dự phòng cần --name.

list: giấy mời đã ghi và đã nhận. Mã thoát 1 khi có giấy mời bị dùng ở hai máy. revoke MÃ --reason: không cho ai vào
bằng giấy mời ấy nữa.
"""
_DEVICE = """\
list: các máy đã ghi hoặc được cho vào, và máy nào từng bị sao chép hay đưa về bản cũ.
revoke MÃ --reason: thu hồi máy bị mất; những gì máy ấy đã gửi về vẫn tính, những gì đến sau vào mục chờ duyệt; lệnh in
ra những gì chỉ còn trên máy ấy. adopt: nhận các cuộc kiểm tra mà máy khác đã lập khi làm việc riêng.
"""
_QUARANTINE = """\
list: những bản ghi được giữ nhưng chưa tính, kèm ai ghi, ghi gì, vì sao và từ lúc nào. take MÃ… --reason: nhận.
hide MÃ… --reason: không nhận; bản ghi vẫn được giữ, sau này vẫn nhận được.
"""
_PERSON = """\
list: những người dùng máy này. choose MÃ: người này ngồi máy từ bây giờ. add --name --agency: thêm người dùng
chung máy.
Chữ ký chứng minh máy nào đã ghi; tên người là điều người ngồi máy khai khi chọn tên mình.
"""


def declare(commands: Commands) -> None:
    invite = commands.add("invite", "ghi, nhận, xem giấy mời máy vào cuộc kiểm tra", invite_, description=_INVITE)
    works = ("write", "accept", "list", "revoke")
    invite.needs.add_argument("what", metavar="VIỆC", choices=works, help=", ".join(works))
    invite.needs.add_argument("file", metavar="TỆP", nargs="?", help="tệp giấy mời; với revoke là mã giấy mời")
    invite.may.add_argument("--inspection", metavar="MÃ", action="append", default=[], help="cuộc được mời vào")
    invite.may.add_argument("--name", metavar="HỌ_TÊN", default="", help="họ và tên người được mời")
    invite.may.add_argument("--agency", metavar="CƠ_QUAN", default="", help="cơ quan của người được mời")
    invite.may.add_argument("--person", metavar="MÃ", default="", help="mã người, nếu đã có trong đoàn")
    invite.may.add_argument(
        "--role",
        default="member",
        choices=("lead", "deputy", "secretary", "member", "invited"),
        metavar="VAI_TRÒ",
        help="lead, deputy, secretary, member hoặc invited; quyết định quyền nếu không ghi --right",
    )
    invite.may.add_argument("--right", metavar="QUYỀN", action="append", help="write, draft, decide, plan, enrol")
    invite.may.add_argument("--spare", action="store_true", help="giấy mời dự phòng, chưa biết ai dùng")
    invite.may.add_argument("--reason", metavar="LÝ_DO", default="", help="lý do thu hồi (với revoke)")
    invite.may.add_argument("--code", metavar="MÃ_MỞ", help="mã mở giấy mời (với accept)")
    invite.may.add_argument("--json", action="store_true", help="in dạng JSON")

    device = commands.add("device", "xem, thu hồi các máy; nhận máy đã làm việc riêng", device_, description=_DEVICE)
    device.needs.add_argument("what", metavar="VIỆC", choices=("list", "revoke", "adopt"), help="list, revoke, adopt")
    device.needs.add_argument("id", metavar="MÃ", nargs="?", help="mã máy, hoặc phần đầu của mã (với revoke)")
    device.may.add_argument("--reason", metavar="LÝ_DO", default="", help="lý do thu hồi")
    device.may.add_argument("--json", action="store_true", help="in dạng JSON")

    person = commands.add("person", "xem, chọn, thêm người dùng máy này", person_, description=_PERSON)
    person.needs.add_argument("what", metavar="VIỆC", choices=("list", "choose", "add"), help="list, choose, add")
    person.needs.add_argument("id", metavar="MÃ", nargs="?", help="mã người (với choose)")
    person.may.add_argument("--name", metavar="HỌ_TÊN", default="", help="họ và tên (với add)")
    person.may.add_argument("--agency", metavar="CƠ_QUAN", default="", help="cơ quan (với add)")
    person.may.add_argument("--json", action="store_true", help="in dạng JSON")

    waiting = commands.add("quarantine", "xem, nhận, không nhận bản ghi chờ duyệt", quarantine, description=_QUARANTINE)
    waiting.needs.add_argument("what", metavar="VIỆC", choices=("list", "take", "hide"), help="list, take, hide")
    waiting.needs.add_argument("ids", metavar="MÃ", nargs="*", help="mã bản ghi, ít nhất 6 ký tự đầu")
    waiting.may.add_argument("--inspection", metavar="MÃ", help="chỉ trong một cuộc kiểm tra (với list)")
    waiting.may.add_argument("--reason", metavar="LÝ_DO", default="", help="lý do nhận hoặc không nhận")
    waiting.may.add_argument("--json", action="store_true", help="in dạng JSON")


def invite_(arguments: Namespace, console: Console) -> int:
    if arguments.what == "list":
        return _letters(arguments, console)
    if not arguments.file:
        raise BadInput("wrong-use", detail="thiếu tệp giấy mời", command="inspector invite")
    ways = {"write": _write, "accept": _accept, "revoke": _take_back}
    return ways[arguments.what](arguments, console)


def _take_back(arguments: Namespace, console: Console) -> int:
    from inspector.services.invitations import letter_named, revoke_invitation

    with opened(arguments, console) as desk:
        titles = revoke_invitation(desk, letter_named(desk, arguments.file).root, arguments.reason)
    console.say(f"Đã thu hồi giấy mời ở {len(titles)} nơi.")
    return 0


def _write(arguments: Namespace, console: Console) -> int:
    from inspector.services.acts.machines import RIGHTS_OF_ROLE
    from inspector.services.inviting import Wanted, write_invitation
    from inspector.services.overview import named

    rights = tuple(arguments.right or RIGHTS_OF_ROLE[arguments.role])
    with opened(arguments, console) as desk:
        inspections = tuple(dict.fromkeys(named(desk, text) for text in arguments.inspection))
        wanted = Wanted(
            arguments.name, arguments.agency, inspections, rights, arguments.role, arguments.person, arguments.spare
        )
        written = write_invitation(desk, Path(arguments.file), wanted)
    if arguments.json:
        console.data({**asdict(written), "file": str(written.file)})
        return 0
    console.say(f"Mã mở: {written.code}")
    console.note(f"Giấy mời ở tệp {written.file}. Hãy đưa tệp và báo mã bằng hai đường khác nhau.")
    return 0


def _accept(arguments: Namespace, console: Console) -> int:
    from inspector.services.accepting import accept_invitation

    invitation = read_invitation(arguments.file, arguments.code, console)
    with opened(arguments, console) as desk:
        made = accept_invitation(desk, invitation, guest_said(invitation, arguments.name, arguments.agency))
    if arguments.json:
        console.data({name: value for name, value in asdict(made).items() if name != "office"})
        return 0
    console.say(f"Đã nhận giấy mời của {made.by}. Máy này là máy của {made.name}.")
    for title in made.titles:
        console.say(f"  {title}")
    console.note("Nội dung các cuộc kiểm tra sẽ về khi trao đổi với máy của trưởng đoàn hoặc văn phòng.")
    return 0


def read_invitation(file: str, code: str | None, console: Console) -> Invitation:
    """The invitation in a file, opened with the code that was given or that the person types."""
    from inspector.services.accepting import open_invitation

    given = code or os.environ.get(CODE) or console.prompter.ask("Mã mở giấy mời (4 nhóm, mỗi nhóm 4 ký tự):")
    return open_invitation(Path(file), given or "")


def guest_said(invitation: Invitation, name: str, agency: str) -> Guest | None:
    """Who accepts a spare invitation."""
    from inspector.domain.invitation import Guest

    return Guest("", name, agency) if invitation.spare and name else None


def _letters(arguments: Namespace, console: Console) -> int:
    from inspector.services.accepting import accepted
    from inspector.services.invitations import letters

    with opened(arguments, console) as desk:
        written, taken = letters(desk), accepted(desk)
    if arguments.json:
        console.data(
            {
                "written": [{**asdict(letter), "used_twice": letter.used_twice} for letter in written],
                "accepted": [asdict(each) for each in taken],
            }
        )
    else:
        for each in taken:
            console.say(f"Đã nhận: {each.by} mời {each.name}, {word(each.at)}")
        console.table(
            (
                letter.id[:8],
                "dự phòng" if letter.spare else letter.name,
                "đã thu hồi" if letter.revoked else _used(len(letter.users)),
                "; ".join(letter.titles),
            )
            for letter in written
        )
    return 1 if any(letter.used_twice for letter in written) else 0


def _used(count: int) -> str:
    return ("chưa dùng", "đã dùng")[count] if count < 2 else f"DÙNG Ở {count} MÁY"


def device_(arguments: Namespace, console: Console) -> int:
    from inspector.services.machines import adopt, laptops

    if arguments.what == "revoke":
        return _revoke(arguments, console)
    with opened(arguments, console) as desk:
        if arguments.what == "adopt":
            titles = adopt(desk)
            found = None
        else:
            found = laptops(desk)
    if found is None:
        if arguments.json:
            console.data(list(titles))
        else:
            for title in titles or ("Không có cuộc kiểm tra nào mới cần nhận.",):
                console.say(title)
        return 0
    if arguments.json:
        console.data([{**asdict(laptop), "revoked": laptop.is_revoked} for laptop in found])
        return 0
    console.table(
        (
            laptop.device,
            _state(laptop),
            f"{sum(seat.records for seat in laptop.seats)} thay đổi",
            word(laptop.heard) or "chưa gặp",
            f"{laptop.name}, {laptop.agency}",
        )
        for laptop in found
    )
    return 0


def _state(laptop: Laptop) -> str:
    said = "máy này" if laptop.own else ("đã thu hồi" if laptop.is_revoked else "được vào")
    return f"{said}, TỪNG BỊ SAO CHÉP HOẶC ĐƯA VỀ BẢN CŨ" if laptop.copied else said


def _revoke(arguments: Namespace, console: Console) -> int:
    from inspector.services.machines import revoke

    if not arguments.id:
        raise BadInput("wrong-use", detail="thiếu mã máy cần thu hồi", command="inspector device")
    with opened(arguments, console) as desk:
        done = revoke(desk, arguments.id, arguments.reason)
    left = done.only_there
    if arguments.json:
        console.data({"device": done.laptop.device, "titles": list(done.titles), "only_there": asdict(left)})
        return 0
    console.say(f"Đã thu hồi máy của {done.laptop.name} ở {len(done.titles)} cuộc kiểm tra.")
    console.say(f"Những gì máy ấy ghi sau {word(left.heard) or 'lần gặp cuối'} chưa về đây thì chỉ có trên máy ấy.")
    for name in left.files:
        console.say(f"  Tệp chỉ có trên máy ấy: {name}")
    return 0


def person_(arguments: Namespace, console: Console) -> int:
    from inspector.services.signed_in import people_here, share_laptop, sign_in, signed_in

    with opened(arguments, console) as desk:
        if arguments.what == "choose":
            sign_in(desk, arguments.id or "")
        elif arguments.what == "add":
            share_laptop(desk, arguments.name, arguments.agency)
        me, people = signed_in(desk), people_here(desk)
    if arguments.json:
        console.data(
            [
                {"id": one.person, "name": one.name, "agency": one.agency, "writing": one.person == me.person}
                for one in people
            ]
        )
    else:
        console.table((one.person, "đang ngồi máy" if one.person == me.person else "", one.name) for one in people)
    return 0


def quarantine(arguments: Namespace, console: Console) -> int:
    from inspector.services.overview import named
    from inspector.services.quarantine import quarantined, settle

    with opened(arguments, console) as desk:
        if arguments.what == "list":
            found = quarantined(desk, named(desk, arguments.inspection) if arguments.inspection else None)
        elif not arguments.ids:
            raise BadInput("wrong-use", detail="thiếu mã bản ghi", command="inspector quarantine")
        else:
            count = settle(desk, arguments.ids, take=arguments.what == "take", reason=arguments.reason)
            console.say(f"{'Đã nhận' if arguments.what == 'take' else 'Không nhận'} {count} bản ghi.")
            return 0
    if arguments.json:
        console.data([asdict(each) for each in found])
    else:
        console.table((each.id[:8], word(each.since), each.who, each.why, each.what) for each in found)
    return 0
