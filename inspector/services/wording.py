"""The sentence a person reads for an error: what happened, where, what to do next."""

from __future__ import annotations

import json
from functools import cache

from inspector.domain.errors import InspectorError
from inspector.system.folders import resources_dir


def sentence(error: InspectorError) -> str:
    """The Vietnamese sentence of the error's code with its parameters filled in.

    A code without a sentence is a bug that a test finds; it is shown as it is.
    """
    text = _sentences().get(error.code)
    return text.format(**error.params) if text else str(error)


@cache
def _sentences() -> dict[str, str]:
    found: dict[str, str] = {}
    for file in sorted((resources_dir() / "messages").glob("*.json")):
        found.update(json.loads(file.read_text("utf-8")))
    return found
