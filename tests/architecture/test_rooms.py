"""Who may import whom (ARCHITECTURE.md)."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import PurePath

import pytest

from tests.architecture.tree import ROOT, modules, texts

CONTRACTS = [sys.executable, "-c", "import importlinter.cli as c; c.lint_imports_command()", "--no-cache", "--no-logo"]


def test_floors_and_doors_hold() -> None:
    run = subprocess.run(CONTRACTS, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize(
    ("room", "line", "contract"),
    [
        ("domain", "import inspector.storage", "Floors"),
        ("export", "from inspector.sync import *", "Floors"),
        ("cli", "import inspector.storage", "The command line"),
        ("ui", "import inspector.system", "The window"),
        ("services", "import PySide6", "Qt"),
        ("export", "import inspector.system", "Documents"),
        ("services", "import sqlalchemy", "SQLAlchemy"),
        ("cli", "import docx", "Word"),
        ("export", "import PIL", "Pictures"),
        ("storage", "import keyring", "Keys"),
        ("attic", "import inspector.domain", "Floors"),
    ],
)
def test_a_wrong_import_breaks_a_contract(tmp_path: PurePath, room: str, line: str, contract: str) -> None:
    house = ROOT.__class__(tmp_path)
    for path in [path for path in texts() if path.startswith("inspector/") and path.endswith("__init__.py")]:
        (house / path).parent.mkdir(parents=True, exist_ok=True)
        (house / path).touch()
    (house / "inspector" / "__main__.py").touch()
    (house / "inspector" / "app.py").touch()
    (house / "inspector" / room).mkdir(exist_ok=True)
    (house / "inspector" / room / "__init__.py").touch()
    (house / "inspector" / room / "wrong.py").write_text(line + "\n", encoding="utf-8")
    (house / "pyproject.toml").write_text(texts()["pyproject.toml"], encoding="utf-8")
    run = subprocess.run(CONTRACTS, cwd=house, capture_output=True, text=True, encoding="utf-8", check=False)
    broken = [result for result in run.stdout.splitlines() if result.endswith("BROKEN")]
    assert len(broken) == 1, run.stdout + run.stderr
    assert broken[0].startswith(contract)


def test_domain_imports_the_standard_library_only() -> None:
    outside = []
    for path, tree in modules("inspector/domain"):
        for name in _imported(tree):
            if name.split(".")[0] not in sys.stdlib_module_names and not name.startswith("inspector.domain"):
                outside.append(f"{path}: {name}")
    assert outside == []


def _imported(tree: ast.Module) -> list[str]:
    names = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            # A relative import stays in the room, as deep as rooms are here.
            names.append("inspector.domain" if node.level else node.module or "")
    return names


def test_every_module_has_a_subject() -> None:
    shelves = {"utils", "util", "common", "helpers", "helper", "misc", "shared", "tools", "base"}
    found = [
        path
        for path in texts()
        if path.startswith("inspector/") and shelves & set(PurePath(path).with_suffix("").parts)
    ]
    assert found == []


def test_files_are_opened_with_an_encoding() -> None:
    bare = []
    for path, tree in modules():
        for call in [node for node in ast.walk(tree) if isinstance(node, ast.Call)]:
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            place = {"read_text": 0, "write_text": 1}.get(name, 99)
            if len(call.args) <= place < 99 and "encoding" not in {word.arg for word in call.keywords}:
                bare.append(f"{path}:{call.lineno}")
    assert bare == []
