"""``demo``: a workspace to try everything on."""

from __future__ import annotations

from argparse import Namespace

from inspector.cli.console import Console
from inspector.cli.parser import Commands

_ABOUT = """\
Tạo sổ trình diễn: 16 cuộc kiểm tra của hai mùa ở một tỉnh tưởng tượng, đủ các hình thức và trạng thái. Khóa mở sổ
nằm ngay cạnh thư mục (THƯ_MỤC.key) nên không bảo vệ gì: không ghi số liệu thật vào sổ này.
"""


def declare(commands: Commands) -> None:
    commands.add("demo", "tạo sổ trình diễn để thử", demo, description=_ABOUT)


def demo(arguments: Namespace, console: Console) -> int:
    from inspector.services.demonstration.making import make
    from inspector.services.door import home_of

    home = home_of(arguments.home)
    made = make(home, lambda unit: console.note(f"  {unit}"))
    console.say(f"Sổ trình diễn ở {home.folder}: {made.inspections} cuộc kiểm tra, {made.minutes} cuộc có biên bản.")
    console.say(
        f"Khóa mở sổ để ngay bên cạnh ({home.demonstration_key}), ai cũng mở được: không ghi số liệu thật vào đây."
    )
    return 0
