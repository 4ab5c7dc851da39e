"""``start`` and ``slots``: the first start on a laptop, and the ways into the data."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from inspector.cli.console import Console
from inspector.cli.folk import guest_said, read_invitation
from inspector.cli.opening import key_file, recovery_code, ways
from inspector.cli.parser import Commands
from inspector.domain.errors import BadInput, InspectorError, Refused

_START = """\
Tạo dữ liệu mới trên máy này. Cần ít nhất hai cách mở: mã khôi phục (in ra giấy) và một trong các cách khác: kho
khóa của máy, tệp khóa (--key-file), mật khẩu (--passphrase). Mã khôi phục hiện đúng một lần rồi phải gõ lại.

Không có người ngồi máy: ghi đủ --name, --agency, --office và --recovery-to TỆP; mã khôi phục được ghi vào tệp đó
để in. Mật khẩu lấy từ biến INSPECTOR_PASSPHRASE.
"""
_KINDS = {
    "keychain": "kho khóa của máy",
    "recovery": "mã khôi phục",
    "passphrase": "mật khẩu",
    "key_file": "tệp khóa",
    "demonstration": "khóa trình diễn để cạnh thư mục",
}
_STATES = {"opens": "mở được", "unchecked": "chưa kiểm (phải có người thử)", "lost": "không còn mở được"}
_TRIES = 3


def declare(commands: Commands) -> None:
    begin = commands.add("start", "tạo dữ liệu mới trên máy này", start, description=_START)
    begin.may.add_argument("--name", metavar="HỌ_TÊN", help="họ và tên người dùng máy")
    begin.may.add_argument("--agency", metavar="CƠ_QUAN", help="cơ quan công tác")
    begin.may.add_argument("--office", metavar="TỈNH", help="tỉnh hoặc văn phòng")
    begin.may.add_argument("--invitation", metavar="TỆP", help="bắt đầu bằng giấy mời; tên, cơ quan lấy từ giấy mời")
    begin.may.add_argument("--passphrase", action="store_true", help="đặt thêm mật khẩu")
    begin.may.add_argument("--no-keychain", action="store_true", help="không dùng kho khóa của máy")
    begin.may.add_argument("--recovery-to", metavar="TỆP", help="ghi mã khôi phục vào tệp mới thay vì gõ lại")

    keys = commands.add("slots", "xem, thêm, bỏ các cách mở dữ liệu", slots)
    keys.needs.add_argument("what", metavar="VIỆC", choices=("list", "add", "remove"), help="list, add hoặc remove")
    keys.needs.add_argument("slot", metavar="MÃ", nargs="?", help="mã khe khóa cần bỏ (với remove)")
    keys.may.add_argument("--keychain", action="store_true", help="thêm kho khóa của máy")
    keys.may.add_argument("--recovery", action="store_true", help="thêm mã khôi phục mới")
    keys.may.add_argument("--passphrase", action="store_true", help="thêm mật khẩu")
    keys.may.add_argument("--new-key-file", metavar="TỆP", help="thêm tệp khóa (tạo mới nếu chưa có)")
    keys.may.add_argument("--recovery-to", metavar="TỆP", help="ghi mã khôi phục vào tệp mới thay vì gõ lại")
    keys.may.add_argument("--json", action="store_true", help="in dạng JSON")


def start(arguments: Namespace, console: Console) -> int:
    from inspector.services.accepting import begin_invited, guest_of
    from inspector.services.door import Newcomer, Ways, begin, home_of, keychain_is_there

    home = home_of(arguments.home)
    if home.exists():  # said before anybody copies a recovery code
        raise Refused("workspace-exists", place=str(home.folder))
    invitation = read_invitation(arguments.invitation, None, console) if arguments.invitation else None
    guest = None
    if invitation is not None:
        guest = guest_of(invitation, guest_said(invitation, arguments.name or "", arguments.agency or ""))
    else:
        newcomer = Newcomer(
            name=_said(console, arguments.name, "Họ và tên của bạn:"),
            agency=_said(console, arguments.agency, "Cơ quan công tác:"),
            organisation=_said(console, arguments.office, "Tỉnh hoặc văn phòng:"),
        )
    with _no_code_of_nothing(arguments.recovery_to):
        chosen = Ways(
            keychain=not arguments.no_keychain and keychain_is_there(),
            recovery_code=_new_code(console, arguments.recovery_to),
            passphrase=_new_passphrase(console) if arguments.passphrase else None,
            key_file=key_file(arguments),
        )
        if invitation is not None:
            begin_invited(home, invitation, guest, chosen)
        else:
            begin(home, newcomer, chosen)
    console.say(f"Đã tạo dữ liệu mới ở {home.folder}.")
    if invitation is not None and guest is not None:
        console.say(f"Đã nhận giấy mời của {invitation.by.name}. Máy này là máy của {guest.name}.")
    return 0


@contextmanager
def _no_code_of_nothing(file: str | None) -> Iterator[None]:
    """A recovery code written for data that then were not made opens nothing, and is taken away again."""
    ours = file is not None and not os.path.lexists(file)
    try:
        yield
    except BaseException:
        if ours and file is not None:
            Path(file).unlink(missing_ok=True)
        raise


def slots(arguments: Namespace, console: Console) -> int:
    from inspector.services.door import Ways, home_of
    from inspector.services.keys import add_ways, remove_way

    home = home_of(arguments.home)
    if arguments.what == "remove":
        if not arguments.slot:
            raise BadInput("wrong-use", detail="thiếu mã khe khóa cần bỏ", command="inspector slots")
        remove_way(home, arguments.slot)
    elif arguments.what == "add":
        new = Ways(
            keychain=arguments.keychain,
            recovery_code=_new_code(console, arguments.recovery_to) if arguments.recovery else None,
            passphrase=_new_passphrase(console) if arguments.passphrase else None,
            key_file=Path(arguments.new_key_file) if arguments.new_key_file else None,
        )
        if new == Ways():
            raise BadInput("wrong-use", detail="chưa nói thêm cách mở nào", command="inspector slots")
        known = ways(arguments)
        if arguments.passphrase:  # as with ``start``, the variable then holds the passphrase to come
            known = replace(known, passphrase=None)
        add_ways(home, known, new, lambda: recovery_code(console.prompter))
    return _show_slots(arguments, console)


def _show_slots(arguments: Namespace, console: Console) -> int:
    """Exit code 1 where a way in is lost: somebody has to renew it."""
    from inspector.services.door import home_of
    from inspector.services.keys import ways_in

    found = ways_in(home_of(arguments.home))
    if arguments.json:
        console.data([{"id": way.id, "kind": way.kind, "made": way.made, "state": way.state} for way in found])
    else:
        console.table((way.id, _KINDS[way.kind], way.made[:10], _STATES[way.state]) for way in found)
    return 1 if any(way.state == "lost" for way in found) else 0


def _said(console: Console, given: str | None, question: str) -> str:
    return given if given is not None else console.prompter.ask(question) or ""


def _new_code(console: Console, file: str | None) -> str:
    """A fresh recovery code, which the person has typed back or which lies in a file to be printed."""
    from inspector.services.door import new_recovery_code
    from inspector.services.keys import write_code

    code = new_recovery_code()
    if file is not None:
        write_code(Path(file), code)
        console.note(f"Mã khôi phục ở tệp {file}: in ra giấy, cất nơi an toàn rồi xóa tệp.")
        return code
    console.note(f"Mã khôi phục (chỉ hiện một lần, hãy chép ra giấy):\n\n    {code}\n")
    _type_back(console, code)
    return code


def _type_back(console: Console, code: str) -> None:
    from inspector.services.keys import typed_back

    for attempt in range(_TRIES):
        typed = console.prompter.ask("Gõ lại mã khôi phục để chắc chắn đã chép đúng:")
        if typed is None:
            break
        try:
            typed_back(code, typed)
        except InspectorError as error:
            if attempt == _TRIES - 1:
                raise
            console.complain(error)
        else:
            return
    raise BadInput("recovery-code-not-typed")


def _new_passphrase(console: Console) -> str:
    from inspector.cli.opening import PASSPHRASE

    given = os.environ.get(PASSPHRASE)
    if given is not None:
        return given
    first = console.prompter.ask("Mật khẩu mới:", secret=True)
    again = console.prompter.ask("Gõ lại mật khẩu:", secret=True)
    if not first or first != again:
        raise BadInput("passphrase-not-same")
    return first
