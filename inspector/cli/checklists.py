"""``checklist``: the criteria out to a workbook, in from one, and as an empty form to be printed."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from inspector.cli.console import Console
from inspector.cli.opening import opened
from inspector.cli.parser import Commands
from inspector.domain.errors import BadInput

if TYPE_CHECKING:
    from inspector.services.checklist_files import Preview

_ABOUT = """\
export: ghi bộ tiêu chí ra tệp Excel để sửa. import: xem trước một tệp Excel rồi áp dụng khi có --adopt; lỗi được nêu
theo trang, dòng, ô. blank: lập phiếu kiểm tra trống để in.
"""


def declare(commands: Commands) -> None:
    family = commands.add("checklist", "xuất, nhập bộ tiêu chí; lập phiếu trống", checklist, description=_ABOUT)
    family.needs.add_argument(
        "what", metavar="VIỆC", choices=("export", "import", "blank"), help="export, import, blank"
    )
    family.needs.add_argument("file", metavar="TỆP", help="tệp .xlsx (export, import) hoặc .docx (blank)")
    family.may.add_argument(
        "--checklist", metavar="BỘ", default="commune", help="commune, department, district hoặc mã băm của bộ tiêu chí"
    )
    family.may.add_argument("--adopt", action="store_true", help="áp dụng bộ tiêu chí đã nhập")
    family.may.add_argument("--from", metavar="NGÀY", dest="since", help="áp dụng từ ngày, dạng 2026-11-26")
    family.may.add_argument("--json", action="store_true", help="in dạng JSON")


def checklist(arguments: Namespace, console: Console) -> int:
    from inspector.services import checklist_files

    if arguments.what != "import" and (arguments.adopt or arguments.since):
        raise BadInput("wrong-use", detail="--adopt, --from chỉ dùng với import", command="inspector checklist")
    file = Path(arguments.file)
    with opened(arguments, console) as desk:
        if arguments.what == "export":
            checklist_files.export(desk, arguments.checklist, file)
        elif arguments.what == "blank":
            checklist_files.blank(desk, arguments.checklist, file)
        else:
            code = _import(arguments, console, checklist_files.preview(desk, file))
            if code == 0 and arguments.adopt:
                checklist_files.adopt(desk, file, arguments.since)
                console.note("Đã áp dụng. Cuộc kiểm tra đã mở vẫn giữ bộ tiêu chí cũ.")
            elif code == 0:
                console.note("Đây là bản xem trước. Thêm --adopt để áp dụng.")
            return code
    console.say(str(file))
    return 0


def _import(arguments: Namespace, console: Console, shown: Preview) -> int:
    """Exit code 1 where the workbook has problems; then nothing is adopted."""
    if arguments.json:
        console.data(asdict(shown))
    else:
        console.table((one.sheet, one.cell or str(one.row), one.sentence, f"[{one.code}]") for one in shown.problems)
        for change in shown.changes:
            console.say(change)
    if shown.problems:
        console.note(f"Có {len(shown.problems)} chỗ cần sửa, chưa áp dụng gì.")
        return 1
    return 0
