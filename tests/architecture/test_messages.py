"""Every error and notice a person can meet has a sentence, and every sentence can be met."""

from __future__ import annotations

import ast
import functools
import json
import re
from collections import Counter
from collections.abc import Iterator
from string import Formatter
from typing import NamedTuple

from tests.architecture.tree import modules, texts

ERRORS = {"InspectorError", "Refused", "BadInput", "Unavailable", "Damaged"}
# Values that carry a code to a person without being raised, and the place of the code among their arguments.
NOTICES = {"Attention": 0, "Flaw": 3}


class Made(NamedTuple):
    """One place where an error or notice gets its code; ``params`` is None if they cannot be read there."""

    place: str
    code: ast.expr | None
    params: set[str] | None

    def codes(self) -> list[str]:
        return literals(self.code)


def literals(node: ast.expr | None) -> list[str]:
    """The code itself, or both of ``"one" if … else "other"``; nothing for a name that stands for a code."""
    if isinstance(node, ast.IfExp):
        return literals(node.body) + literals(node.orelse)
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def name_of(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


@functools.cache
def made() -> tuple[Made, ...]:
    return tuple(_made())


def _made() -> Iterator[Made]:
    trees = list(modules())
    plain, fixing = error_classes([tree for _, tree in trees])
    for path, tree in trees:
        for call in [node for node in ast.walk(tree) if isinstance(node, ast.Call)]:
            if name_of(call.func) in plain:
                yield Made(f"{path}:{call.lineno}", call.args[0] if call.args else None, keywords(call))
            elif (place := NOTICES.get(name_of(call.func), 99)) < len(call.args):
                yield Made(f"{path}:{call.lineno}", call.args[place], None)
        for node in [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef) and node.name in fixing]:
            for call in [inner for inner in ast.walk(node) if isinstance(inner, ast.Call)]:
                if name_of(call.func) == "__init__":
                    yield Made(f"{path}:{call.lineno}", call.args[0] if call.args else None, keywords(call))


def keywords(call: ast.Call) -> set[str] | None:
    names = {word.arg for word in call.keywords}
    return None if None in names else {name for name in names if name}


def error_classes(trees: list[ast.Module]) -> tuple[set[str], set[str]]:
    """Errors that get their code from who raises them, and errors that fix it in an ``__init__`` of their own."""
    plain, fixing = set(ERRORS), set[str]()
    for node in [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]:
        if node.name not in ERRORS and (plain | fixing) & {name_of(base) for base in node.bases}:
            own = any(isinstance(inner, ast.FunctionDef) and inner.name == "__init__" for inner in node.body)
            (fixing if own else plain).add(node.name)
    return plain, fixing


def sentences() -> dict[str, str]:
    rooms = [json.loads(text) for path, text in texts().items() if path.startswith("resources/messages/")]
    return {code: sentence for room in rooms for code, sentence in room.items()}


def placeholders(sentence: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(sentence) if field is not None}


def test_the_search_sees_what_is_raised() -> None:
    found = {code for place in made() for code in place.codes()}
    assert {"changeset-malformed", "answer-numerator-above"} <= found


def test_no_code_is_put_together_from_pieces() -> None:
    """A code is a literal, or a name that stands for one: otherwise nobody finds where it comes from."""
    assert [place.place for place in made() if isinstance(place.code, (ast.JoinedStr, ast.BinOp, ast.Call))] == []


def test_every_code_has_a_sentence() -> None:
    known = sentences()
    assert [f"{place.place}: {code}" for place in made() for code in place.codes() if code not in known] == []


def test_no_code_has_two_sentences() -> None:
    rooms = [json.loads(text) for path, text in texts().items() if path.startswith("resources/messages/")]
    assert [code for code, count in Counter(code for room in rooms for code in room).items() if count > 1] == []


def test_every_sentence_is_used() -> None:
    """Its code stands in the program, where it is raised or in a table it is raised from."""
    used = {
        node.value
        for _, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert sorted(set(sentences()) - used) == []


def test_every_placeholder_is_filled() -> None:
    known = sentences()
    empty = [
        f"{place.place}: {code}: {sorted(missing)}"
        for place in made()
        for code in place.codes()
        if place.params is not None and (missing := placeholders(known.get(code, "")) - place.params)
    ]
    assert empty == []


def test_codes_are_stable_words() -> None:
    assert [code for code in sentences() if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)] == []


def test_sentences_are_sentences() -> None:
    wrong = [s for s in sentences().values() if (not s[0].isupper() and s[0] not in "{“") or s[-1] not in ".?:)”"]
    assert wrong == []
