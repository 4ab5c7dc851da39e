"""Every code the content rooms name in a literal has its Vietnamese sentence."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
MESSAGES: dict[str, str] = json.loads((ROOT / "resources/messages/content.json").read_text(encoding="utf-8"))
PREFIXES = ("unit", "department", "calendar", "checklist", "answer", "score", "dossier", "headcount", "sheet")
CODE = re.compile(rf"({'|'.join(PREFIXES)})(-[a-z0-9]+)+")
OTHERS = ("departments", "dossiers", "headcount", "scoring", "working_days")
MODULES = [
    *(ROOT / "inspector/domain").glob("unit*.py"),
    *(ROOT / "inspector/domain").glob("checklist*.py"),
    *(ROOT / "inspector/export").glob("*sheet*.py"),
    *(
        ROOT / f"inspector/domain/{name}.py"
        for name in ("departments", "dossiers", "headcount", "scoring", "working_days")
    ),
]


def test_every_code_has_its_sentence() -> None:
    named = set()
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
                named.add(node.value)
    assert sorted(named - MESSAGES.keys()) == []
    assert len(named) > 50
