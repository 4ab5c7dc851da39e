"""Every error a person can meet has a sentence, and every sentence can be met."""

from __future__ import annotations

import ast
import json
import re
from collections import Counter
from string import Formatter
from typing import NamedTuple

from tests.architecture.tree import modules, texts

ERRORS = {"InspectorError", "Refused", "BadInput", "Unavailable", "Damaged"}


class Raised(NamedTuple):
    """One place where an error is made; ``params`` is None if it passes on a mapping that cannot be read here."""

    place: str
    codes: list[str]
    params: set[str] | None


def raised() -> list[Raised]:
    found = []
    for path, tree in modules():
        for call in [node for node in ast.walk(tree) if isinstance(node, ast.Call)]:
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            if name in ERRORS:
                words = {word.arg for word in call.keywords}
                params = None if None in words else {word for word in words if word}
                found.append(Raised(f"{path}:{call.lineno}", codes(call.args[0] if call.args else None), params))
    return found


def codes(node: ast.expr | None) -> list[str]:
    """The code itself, or both of ``"one" if … else "other"``; nothing for a code that is computed."""
    if isinstance(node, ast.IfExp):
        return codes(node.body) + codes(node.orelse)
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def sentences() -> dict[str, str]:
    rooms = [json.loads(text) for path, text in texts().items() if path.startswith("resources/messages/")]
    twice = [code for code, count in Counter(code for room in rooms for code in room).items() if count > 1]
    assert twice == []
    return {code: sentence for room in rooms for code, sentence in room.items()}


def placeholders(sentence: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(sentence) if field is not None}


def test_every_code_is_written_out_where_it_is_raised() -> None:
    assert [error.place for error in raised() if not error.codes] == []


def test_every_code_has_a_sentence() -> None:
    known = sentences()
    assert [f"{error.place}: {code}" for error in raised() for code in error.codes if code not in known] == []


def test_every_sentence_is_used() -> None:
    """By an error, or by an attention, flaw or problem, which are values and name their code in a literal too."""
    nodes = (node for _, tree in modules() for node in ast.walk(tree))
    literals = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    assert sorted(set(sentences()) - literals) == []


def test_every_placeholder_is_filled() -> None:
    known = sentences()
    empty = [
        f"{error.place}: {code}: {sorted(missing)}"
        for error in raised()
        for code in error.codes
        if error.params is not None and (missing := placeholders(known.get(code, "")) - error.params)
    ]
    assert empty == []


def test_codes_are_stable_words() -> None:
    assert [code for code in sentences() if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)] == []


def test_sentences_are_sentences() -> None:
    wrong = [s for s in sentences().values() if (not s[0].isupper() and s[0] not in "{“") or s[-1] not in ".?:)”"]
    assert wrong == []
