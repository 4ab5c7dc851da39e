"""One command from its words to its exit code: 0 yes, 1 no, 2 wrong use."""

from __future__ import annotations

import os
from collections.abc import Sequence

from inspector.cli import (
    beginning,
    checklists,
    deciding,
    demonstration,
    exchanging,
    folk,
    keeping,
    looking,
    office,
    packages,
    printing,
    recording,
    sealing,
)
from inspector.cli.console import Console, standard_console
from inspector.cli.parser import Commands, Family, Layout, Parser, everywhere
from inspector.domain.errors import InspectorError, Unavailable

YES, NO, WRONG_USE = 0, 1, 2

_ABOUT = """\
Kiểm tra CCHC: ghi nhận cuộc kiểm tra công tác cải cách hành chính, lập biên bản.

Thử ngay: inspector --home THU demo
"""
_FAMILIES = (
    beginning,
    demonstration,
    recording,
    looking,
    deciding,
    printing,
    sealing,
    checklists,
    exchanging,
    folk,
    packages,
    office,
    keeping,
)


def parser() -> Parser:
    """The grammar of all commands."""
    made = Parser(prog="inspector", description=_ABOUT, add_help=False, formatter_class=Layout)
    everywhere(Family(made).may)
    commands = Commands(made)
    for family in _FAMILIES:
        family.declare(commands)
    return made


def main(words: Sequence[str], console: Console | None = None) -> int:
    """Run one command; an expected failure is a sentence on ``err``, never a traceback."""
    console = console or standard_console()
    home = None
    try:
        arguments = parser().parse_args(list(words))
        home = arguments.home
        code: int = arguments.run(arguments, console)
        console.out.flush()
    except SystemExit as end:  # argparse after --help
        return YES if end.code in (None, 0) else WRONG_USE
    except InspectorError as error:
        console.complain(error)
        return WRONG_USE if error.code == "wrong-use" else NO
    except KeyboardInterrupt:
        console.note("Đã dừng theo yêu cầu. Những gì đã báo lưu thì vẫn còn.")
        return NO
    except BrokenPipeError:
        _let_go_of_stdout(console)
        return NO
    except OSError as error:  # a name too long, a disk pulled out: the system refused a place the person named
        if error.filename is None:
            _report(error, home, console)
        else:
            console.complain(Unavailable("path-refused", path=str(error.filename)[:200], number=error.errno))
        return NO
    except Exception as error:  # a bug: the person gets a sentence and a report without contents
        _report(error, home, console)
        return NO
    return code


def _let_go_of_stdout(console: Console) -> None:
    """Whoever read the output has gone; the interpreter must not fail on the rest of it at exit."""
    try:
        descriptor = console.out.fileno()
    except (OSError, ValueError):
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)


def _report(error: Exception, home: str | None, console: Console) -> None:
    from inspector.services.troubles import write_report

    place = write_report(error, home)
    sentence = "Chương trình gặp lỗi và đã dừng việc này. Dữ liệu đã lưu không bị ảnh hưởng."
    if place is not None:
        sentence += f" Báo cáo lỗi, không có nội dung kiểm tra, ở tệp {place}."
    console.note(f"{sentence} [program-error]")
