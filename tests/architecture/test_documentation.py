"""The pages say what is there."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import PurePosixPath
from typing import Any

import pytest

import dev
from tests.architecture.tree import ROOT, texts

pytestmark = pytest.mark.documentation

PAGES = {path: text for path, text in texts().items() if path.endswith(".md")}
PROJECT: dict[str, Any] = tomllib.loads(texts()["pyproject.toml"])


def commands() -> set[str]:
    """The commands of dev.py: the keys and comparisons of its ``main``."""
    main = next(
        node for node in ast.parse(texts()["dev.py"]).body if isinstance(node, ast.FunctionDef) and node.name == "main"
    )
    table = {
        key.value
        for node in ast.walk(main)
        if isinstance(node, ast.Dict)
        for key in node.keys
        if isinstance(key, ast.Constant)
    }
    return {str(name) for name in table} - {"open"} | {"lock"}


def test_links_lead_somewhere() -> None:
    dead = []
    for page, text in PAGES.items():
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text):
            if not (ROOT / PurePosixPath(page).parent / target).exists():
                dead.append(f"{page}: {target}")
    assert dead == []


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "dev.py"])
def test_every_command_is_described(page: str) -> None:
    text = PAGES[page] if page in PAGES else str(dev.__doc__)
    assert set(re.findall(r"python3 dev\.py ([a-z]+)", text)) - {"help"} == commands()


def test_every_group_is_described() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| (.+?) \|", PAGES["CONTRIBUTING.md"], re.MULTILINE))
    assert sorted(rows) == sorted(dev.GROUPS)


def test_the_floors_drawn_are_the_floors_held() -> None:
    layers = next(c for c in PROJECT["tool"]["importlinter"]["contracts"] if c["type"] == "layers")["layers"]
    held = re.sub(r"\((\w+)\)", r"\1", " → ".join(f"( {layer} )" if "|" in layer else layer for layer in layers))
    assert held in PAGES["ARCHITECTURE.md"]


def test_every_room_is_described() -> None:
    rooms = {path.split("/")[1] for path in texts() if path.startswith("inspector/") and path.count("/") > 1}
    described = set(re.findall(r"^\| `(\w+)` \|", PAGES["ARCHITECTURE.md"], re.MULTILINE))
    assert rooms <= described


DECISIONS = {PurePosixPath(path).name: text for path, text in PAGES.items() if path.startswith("docs/decisions/")}
INDEX = DECISIONS.pop("README.md")


def test_every_decision_is_listed_by_number_and_title() -> None:
    listed = re.findall(r"^\| \[(\d{3})\]\((\1-[^)]+\.md)\) \| (.+) \| \w", INDEX, re.MULTILINE)
    titles = {name: text.splitlines()[0] for name, text in DECISIONS.items()}
    assert {name: f"# {number}. {title}" for number, name, title in listed} == titles


def test_every_decision_has_the_form() -> None:
    for text in DECISIONS.values():
        headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
        assert [*headings[:2], headings[-1]] == ["Question", "Decision", "Consequences"]
        assert re.search(r"^State: (stands|replaced by \d{3})\. \d{4}-\d\d-\d\d\.$", text, re.MULTILINE)


def test_what_is_shipped_is_noticed() -> None:
    """Every package of the run-time lock with its licence, and no other."""
    listed = re.findall(r"^    ([a-z0-9-]+) {2,}\S", texts()["NOTICE"], re.MULTILINE)
    assert listed == sorted(dev.pins(dev.LOCK))


def test_what_was_taken_over_is_noticed() -> None:
    licences = [path for path in texts() if path.startswith("resources/") and "/LICENSE" in path]
    assert [path for path in licences if path not in texts()["NOTICE"]] == []


def test_the_version_has_its_entry() -> None:
    assert re.search(rf"^## {re.escape(PROJECT['project']['version'])}\b", PAGES["CHANGELOG.md"], re.MULTILINE)
