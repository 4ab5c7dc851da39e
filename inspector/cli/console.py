"""Where the command line talks: two streams out, one in, and somebody who may answer questions."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Protocol, TextIO

from inspector.domain.errors import InspectorError


class Prompter(Protocol):
    """Somebody at the keyboard, or a script that stands for them."""

    def ask(self, question: str, *, secret: bool = False) -> str | None:
        """The answer, ``None`` where nobody can answer; a secret one is not shown while it is typed."""


@dataclass(frozen=True)
class Console:
    """Results go to ``out``, everything said about them to ``err``; ``source`` is standard input as bytes."""

    out: TextIO
    err: TextIO
    source: BinaryIO
    prompter: Prompter

    def say(self, text: str = "") -> None:
        """One line of a result."""
        self.out.write(text + "\n")

    def note(self, text: str) -> None:
        """One line for the person, out of the way of programs that read the result."""
        self.err.write(text + "\n")
        self.err.flush()

    def complain(self, error: InspectorError) -> None:
        """The sentence of an error and its stable code."""
        from inspector.services.wording import sentence

        self.note(f"{sentence(error)} [{error.code}]")

    def data(self, value: object) -> None:
        """A result for programs."""
        self.say(json.dumps(value, ensure_ascii=False, indent=1))

    def table(self, rows: Iterable[Sequence[str]]) -> None:
        """Rows in columns, the last column as long as it likes."""
        known = [[_line(cell) for cell in row] for row in rows]
        widths = [
            max((len(row[column]) for row in known), default=0) for column in range(max(map(len, known), default=0))
        ]
        for row in known:
            cells = [cell.ljust(widths[column]) for column, cell in enumerate(row[:-1])]
            self.say("  ".join([*cells, row[-1]]).rstrip())


def _line(text: str) -> str:
    return " ".join(text.split())


class Keyboard:
    """The person at the terminal; without a terminal, the next line of standard input."""

    def ask(self, question: str, *, secret: bool = False) -> str | None:
        if not sys.stdin.isatty():
            line = sys.stdin.readline()
            return line.rstrip("\r\n") if line else None
        if secret:
            import getpass

            return getpass.getpass(f"{question} ", stream=sys.stderr)
        sys.stderr.write(f"{question} ")
        sys.stderr.flush()
        return sys.stdin.readline().rstrip("\r\n") or None


class Nobody:
    """Answers nothing: standard input is taken for something else."""

    def ask(self, question: str, *, secret: bool = False) -> str | None:
        return None


def standard_console() -> Console:
    """The console of this process, UTF-8 wherever its output goes.

    A redirected stream on Windows otherwise takes the old code page of the system and cannot hold Vietnamese.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            line_feed = None if stream.isatty() else "\n"
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline=line_feed)
    return Console(sys.stdout, sys.stderr, sys.stdin.buffer, Keyboard())
