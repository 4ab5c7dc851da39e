"""Commands with the wrong words, files and folders: a sentence with its code, exit code 1 or 2, never a bug report."""

from __future__ import annotations

import io
import random
import shutil
import traceback
from collections.abc import Iterator, Sequence
from contextlib import chdir, contextmanager
from pathlib import Path
from typing import Any

from inspector.cli import main as command_line
from inspector.cli.console import Console
from tests.cli.run import Script
from tests.inputs.damage import damaged
from tests.inputs.foreign import foreign
from tests.inputs.kinds import Broken, Kind
from tests.inputs.yard import held

KINDS_LISTED = ("inspections", "findings", "documents", "checklists", "units", "letterheads", "acts", "people")
# What a shell can pass on: no zero, and bytes that are no text as halves of surrogate pairs.
ODD_WORDS = (
    "", " ", "-", "--", "@begun", "@", "begun", "x", "0", "-5", "10", "999999999999999999999", "NaN", "Nguyễn", "đ",
    "%", "*", '"', "'; DROP TABLE log; --", "a" * 5000, "\udcff", "a\udc80b", "../..", "/", "/proc/none", "--json",
    "/dev/null/x", "--all", "2026-11-26", "2026-02-30", "NEAR(", "a AND", "^", "commune", "0" * 64, "\u202e", "😀",
)  # fmt: skip
_HOME = "commands"
"""Their own copy: what other kinds damaged is no fault of a command."""

# Where nobody can write, not even the owner of the machine.
NOWHERE = ("/proc/inspector", "/dev/null/inspector", "/proc/1/inspector/x", "/" + "a" * 300, "/x" * 3000, "\udcff")


class Commands(Kind):
    """One command line on a workspace."""

    name, weight = "commands", 5

    def make(self, chance: random.Random) -> bytes:
        return chance.choice((*foreign().values(), damaged(self.yard.backup, chance, [])))

    def try_one(self, data: bytes, chance: random.Random) -> None:
        home = self.yard.folder / _HOME
        if chance.random() < 0.5 or not (home / "workspace.db").exists():
            self.yard.copy(self.yard.base, _HOME)
        with self.yard.file("in.bin", data) as path:
            words = self._words(chance, path)
            place = chance.choice(NOWHERE) if chance.random() < 0.1 else home
            options: list[object] = ["--home", place]
            if chance.random() < 0.1:
                options += ["--key-file", chance.choice((path, path.parent, path / "x", *ODD_WORDS))]
            ran = self._run([str(word) for word in (*options, *words)], chance.choice((data, b"")))
        ran.check(words)
        self._look(home)

    def _run(self, words: Sequence[str], source: bytes) -> Ran:
        here = self.yard.folder / "here"
        shutil.rmtree(here, ignore_errors=True)
        here.mkdir()
        with chdir(here):
            return run(words, source)

    def _words(self, chance: random.Random, path: Path) -> list[object]:
        folder = self.yard.folder / "out"
        files = (
            path,
            path,
            path,
            folder / "new",
            folder,
            "/proc/none.docx",
            "/dev/null/x.docx",
            *ODD_WORDS,
        )
        file, word = chance.choice(files), chance.choice(ODD_WORDS)
        made: Sequence[Sequence[object]] = (
            ("list", chance.choice(KINDS_LISTED), *self._options(chance, "--inspection", "--text", "--limit")),
            ("list", word),
            ("show", word, *self._options(chance)),
            ("show", "@begun", *self._options(chance)),
            ("search", word, *self._options(chance, "--limit")),
            ("search", chance.choice(ODD_WORDS), word),
            ("record", file),
            ("record",),
            ("check-document", file, *self._options(chance)),
            ("checklist", chance.choice(("export", "import", "blank")), file, *self._options(chance, "--from")),
            ("checklist", "import", path, "--adopt", "--from", word),
            ("minutes", chance.choice(("@begun", word)), "--out", file),
            ("minutes", "@begun", "--out", folder / "x.docx", "--supplement", word),
            ("verify",),
            ("backup", file),
            ("restore", file),
            ("slots", chance.choice(("list", "add", "remove", word)), *self._options(chance, "--new-key-file")),
            ("start", "--name", word, "--agency", word, "--office", "x", "--recovery-to", file),
            (word, file),
            (word,),
        )  # fmt: skip
        return list(chance.choice(made))

    def _options(self, chance: random.Random, *names: str) -> list[object]:
        chosen: list[object] = ["--json"] if chance.random() < 0.3 else []
        for name in names:
            if chance.random() < 0.3:
                chosen += [name, chance.choice(ODD_WORDS)]
        return chosen

    def _look(self, home: Path) -> None:
        """The workspace still opens and holds at least what it held."""
        from inspector.services.door import Ways, home_of, open_desk

        if home.is_dir() and (home / "workspace.db").exists():
            with open_desk(home_of(home), Ways()) as desk:
                least = sum(n for n, _ in self.yard.original.positions.values())
                if held(desk)[0] < least:
                    raise Broken("the workspace lost what it held")


class Ran:
    """What a command gave back, and the bugs it ran into."""

    def __init__(self, code: int, out: str, err: str, bugs: list[str]) -> None:
        self.code, self.out, self.err, self.bugs = code, out, err, bugs

    def check(self, words: Sequence[object]) -> None:
        if self.bugs:
            raise Broken(f"{words}:\n{self.bugs[0]}")
        if self.code not in (0, 1, 2) or "Traceback" in self.err:
            raise Broken(f"{words}: exit {self.code}: {self.err}")
        told = self.err.rstrip().endswith("]") or self.out or "không ghi được" in self.err
        if self.code and not told and words[0] != "search":
            raise Broken(f"{words}: exit {self.code} without a reason: {self.err}")
        self.out.encode("utf-8", "backslashreplace")


def run(words: Sequence[str], source: bytes = b"") -> Ran:
    """A command in this process; bugs are collected instead of reported."""
    out, err = io.StringIO(), io.StringIO()
    with _bugs() as bugs:
        code = command_line.main(words, Console(out, err, io.BytesIO(source), Script()))
    return Ran(code, out.getvalue(), err.getvalue(), bugs)


@contextmanager
def _bugs() -> Iterator[list[str]]:
    found: list[str] = []
    usual: Any = command_line._report

    def keep(error: Exception, home: str | None, console: Console) -> None:
        found.append("".join(traceback.format_exception(error)))

    command_line._report = keep
    try:
        yield found
    finally:
        command_line._report = usual
