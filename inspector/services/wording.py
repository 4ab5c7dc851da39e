"""The sentence a person reads for an error: what happened, where, what to do next."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache

from inspector.domain.errors import InspectorError
from inspector.domain.text import clean
from inspector.system.folders import resources_dir


def sentence(error: InspectorError) -> str:
    """The Vietnamese sentence of the error's code with its parameters filled in.

    A code without a sentence is a bug that a test finds; it is shown as it is.
    """
    return said(error.code, error.params)


def said(code: str, params: Mapping[str, object]) -> str:
    """The sentence of a code, of an error or of a notice; what a hostile file said in it can always be printed."""
    text = _sentences().get(code)
    return clean(text.format(**params) if text else f"{code} {dict(params)}")


@cache
def _sentences() -> dict[str, str]:
    found: dict[str, str] = {}
    for file in sorted((resources_dir() / "messages").glob("*.json")):
        found.update(json.loads(file.read_text("utf-8")))
    return found
