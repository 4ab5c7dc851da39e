"""A person who answers questions from a script."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from inspector.ui.language import Words
from inspector.ui.prompting import FileQuestion, Question


class ScriptedPrompter:
    """Give the answers in order: True or False, a reason, paths; None refuses. ``asked`` keeps what was asked."""

    def __init__(self, *answers: object) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    def tell(self, head: Words, line: Words) -> None:
        self.asked.append(f"{head} {line}")

    def confirm(self, question: Question, then: Callable[[], object]) -> None:
        if self._next(question.head):
            then()

    def ask_reason(self, question: Question, then: Callable[[str], object]) -> None:
        answer = self._next(question.head)
        if isinstance(answer, str):
            then(answer)

    def choose_files(self, question: FileQuestion, then: Callable[[list[Path]], object]) -> None:
        answer = self._next(question.head)
        if isinstance(answer, list):
            then(answer)

    def choose_folder(self, question: FileQuestion, then: Callable[[Path], object]) -> None:
        self._path(question, then)

    def choose_target(self, question: FileQuestion, then: Callable[[Path], object]) -> None:
        self._path(question, then)

    def _path(self, question: FileQuestion, then: Callable[[Path], object]) -> None:
        answer = self._next(question.head)
        if isinstance(answer, Path):
            then(answer)

    def _next(self, head: Words) -> object:
        self.asked.append(str(head))
        return self.answers.pop(0)
