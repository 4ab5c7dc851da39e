"""Running a command in this process: its exit code and what it wrote."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from inspector.cli.console import Console
from inspector.cli.main import main


@dataclass(frozen=True)
class Ran:
    """What a command gave back."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)

    @property
    def receipts(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass
class Script:
    """Somebody at the keyboard whose answers were written down before; keeps what was asked."""

    answers: Sequence[str] = ()
    asked: list[str] = field(default_factory=list)

    def ask(self, question: str, *, secret: bool = False) -> str | None:
        self.asked.append(question)
        return self.answers[len(self.asked) - 1] if len(self.asked) <= len(self.answers) else None


def run(*words: object, source: bytes = b"", prompter: Script | None = None) -> Ran:
    out, err = io.StringIO(), io.StringIO()
    console = Console(out, err, io.BytesIO(source), prompter or Script())
    code = main([str(word) for word in words], console)
    return Ran(code, out.getvalue(), err.getvalue())


def lines(*acts: dict[str, Any]) -> bytes:
    return b"".join(json.dumps(act, ensure_ascii=False).encode() + b"\n" for act in acts)
