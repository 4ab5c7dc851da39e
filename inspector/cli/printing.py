"""``minutes`` and ``check-document``: from records to the paper that is signed, and whether a document is fit to be."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from inspector.cli.console import Console
from inspector.cli.opening import opened
from inspector.cli.parser import Commands
from inspector.domain.errors import BadInput, InspectorError

if TYPE_CHECKING:
    from inspector.services.desk import Desk
    from inspector.services.issuing import Issued

_ABOUT = """\
Lập tệp biên bản Word của một cuộc kiểm tra, hoặc của mọi cuộc đã mở (--all). Chỗ chưa ghi được in dòng chấm để viết
tay. Tệp được kiểm tra thể thức trước khi đặt vào chỗ; tệp đã lập được ghi vào sổ kèm mã băm.
"""


_SEVERITIES = {"broken": "hỏng", "error": "sai", "advice": "nên xem"}


def declare(commands: Commands) -> None:
    family = commands.add("minutes", "lập tệp biên bản Word, PDF", minutes, description=_ABOUT)
    family.needs.add_argument("id", metavar="MÃ", nargs="?", help="cuộc kiểm tra: mã, đầu của mã, hoặc @id")
    family.may.add_argument("--all", action="store_true", help="mọi cuộc kiểm tra đã mở, vào một thư mục")
    family.may.add_argument("--out", metavar="CHỖ", required=True, help="tệp .docx; với --all là thư mục")
    family.may.add_argument("--supplement", metavar="MÃ_BỔ_SUNG", help="lập biên bản bổ sung đã ghi sau khi ký")
    family.may.add_argument("--pdf", action="store_true", help="lập thêm tệp PDF nếu máy có Word hoặc LibreOffice")

    check = commands.add("check-document", "kiểm tra thể thức một tệp Word", check_document)
    check.needs.add_argument("file", metavar="TỆP", help="tệp .docx")
    check.may.add_argument("--json", action="store_true", help="in dạng JSON")


def minutes(arguments: Namespace, console: Console) -> int:
    if arguments.all == bool(arguments.id):
        raise BadInput("wrong-use", detail="cần mã cuộc kiểm tra, hoặc --all", command="inspector minutes")
    with opened(arguments, console) as desk:
        return _all(desk, arguments, console) if arguments.all else _one(desk, arguments, console)


def _one(desk: Desk, arguments: Namespace, console: Console) -> int:
    from inspector.services.issuing import issue_minutes, issue_supplement
    from inspector.services.overview import named

    inspection, out = named(desk, arguments.id), Path(arguments.out)
    if arguments.supplement:
        supplement = desk.ref_of(arguments.supplement.removeprefix("@")) or arguments.supplement
        _tell(issue_supplement(desk, inspection, supplement, out, pdf=arguments.pdf), console)
        return 0
    issued = issue_minutes(desk, inspection, out, pdf=arguments.pdf)
    _tell(issued, console)
    return 0


def _all(desk: Desk, arguments: Namespace, console: Console) -> int:
    """What cannot be printed is named and the rest goes on; exit code 1 then."""
    from inspector.services.issuing import file_name, issue_minutes, printable

    folder = _folder(arguments.out)
    failed = 0
    for inspection in printable(desk):
        try:
            _tell(issue_minutes(desk, inspection, folder / file_name(desk, inspection), pdf=arguments.pdf), console)
        except InspectorError as error:
            failed += 1
            console.note(f"{inspection}:")
            console.complain(error)
    return 1 if failed else 0


def _folder(named: str) -> Path:
    try:
        folder = Path(named)
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError):
        raise BadInput("folder-not-made", path=named) from None
    return folder


def _tell(issued: Issued, console: Console) -> None:
    for path in issued.files:
        console.say(str(path))
    if issued.kind == "draft":
        console.note("  Bản dự thảo, chưa ký được:")
    for note in issued.notes:
        console.note(f"  {note}")


def check_document(arguments: Namespace, console: Console) -> int:
    """Exit code 1 where something would have to be repaired before signing."""
    from inspector.services.issuing import check_file

    problems = check_file(Path(arguments.file))
    if arguments.json:
        console.data(
            [{"rule": p.rule, "severity": p.severity, "where": p.where, "sentence": p.sentence} for p in problems]
        )
    else:
        console.table((_SEVERITIES[problem.severity], problem.where, problem.sentence) for problem in problems)
        console.note("Tệp đúng thể thức." if not problems else f"Có {len(problems)} điểm cần xem.")
    return 1 if any(problem.severity != "advice" for problem in problems) else 0
