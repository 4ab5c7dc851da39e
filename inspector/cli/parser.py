"""The grammar of the command line, in Vietnamese: argparse with its few English sentences said again."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NoReturn

from inspector.domain.errors import BadInput

if TYPE_CHECKING:
    from argparse import _ArgumentGroup, _MutuallyExclusiveGroup

_SAID: tuple[tuple[str, str], ...] = (
    (r"the following arguments are required: (.*)", "thiếu {0}"),
    (r"unrecognized arguments: (.*)", "không hiểu {0}"),
    (r"argument (.*): expected one argument", "{0} cần một giá trị"),
    (r"argument (.*): expected at least one argument", "{0} cần ít nhất một giá trị"),
    (r"argument (.*): ignored explicit argument (.*)", "{0} không nhận giá trị {1}"),
    (r"argument (.*): invalid choice: (.*) \(choose from (.*)\)", "{0} không nhận {1}, chỉ nhận {2}"),
    (r"argument (.*): invalid \w+ value: (.*)", "{0} không nhận {1}"),
    (r"argument (.*): not allowed with argument (.*)", "{0} không dùng chung với {1}"),
    (r"one of the arguments (.*) is required", "cần một trong: {0}"),
    (r"ambiguous option: (.*) could match (.*)", "{0} có thể là: {1}"),
)


class Parser(argparse.ArgumentParser):
    """Wrong use is an error like any other (``wrong-use``), never an exit from inside."""

    def error(self, message: str) -> NoReturn:
        raise BadInput("wrong-use", detail=_in_vietnamese(message), command=self.prog)


class Layout(argparse.RawDescriptionHelpFormatter):
    """Usage lines begin in Vietnamese, descriptions stay as they are written."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[_MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "Cách dùng: " if prefix is None else prefix)


class Family:
    """A command being declared: what it takes (``needs``), and what may be said besides (``may``)."""

    def __init__(self, parser: Parser) -> None:
        self.parser = parser
        self.needs = parser.add_argument_group("Nội dung")
        self.may = parser.add_argument_group("Tùy chọn")
        self.may.add_argument("-h", "--help", action="help", help="in hướng dẫn này")


class Commands:
    """The list of commands that the families add themselves to."""

    def __init__(self, parser: Parser) -> None:
        self._list = parser.add_subparsers(title="Các lệnh", metavar="LỆNH", dest="command", required=True)

    def add(self, name: str, summary: str, run: Callable[..., int], *, description: str = "") -> Family:
        """A command: ``run(arguments, console)`` returns the exit code."""
        made = self._list.add_parser(
            name, help=summary, description=description or summary, add_help=False, formatter_class=Layout
        )
        made.set_defaults(run=run)
        family = Family(made)
        everywhere(family.may, again=True)
        return family


def everywhere(group: _ArgumentGroup, *, again: bool = False) -> None:
    """The options every command understands, before its name or after it."""
    empty = argparse.SUPPRESS if again else None
    group.add_argument("--home", metavar="THƯ_MỤC", default=empty, help="thư mục dữ liệu (hoặc biến INSPECTOR_HOME)")
    group.add_argument(
        "--key-file", metavar="TỆP", default=empty, help="tệp khóa mở dữ liệu (hoặc biến INSPECTOR_KEY_FILE)"
    )


def _in_vietnamese(message: str) -> str:
    for pattern, said in _SAID:
        if match := re.fullmatch(pattern, message):
            return said.format(*match.groups())
    return message
