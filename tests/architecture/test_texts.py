"""Every text of the repository: one form, nothing invisible, nothing of one machine, nothing left undone."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator

import pytest

from tests.architecture.tree import texts

# Written in pieces, so that this page is not its own finding.
REGISTRIES = ["pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".org", "crates" + ".io", "deb" + ".debian.org"]
MACHINE_PATHS = [r"(?<![\w.*/])/" + place + r"\b" for place in ("work", "root", "opt", "mnt")] + [
    "/home" + r"/\w",
    "/Users" + r"/\w",
    r"[A-Z]:\\Users",
]
MAKERS = ["anthro" + "pic", "clau" + "de", "chat" + "gpt", "open" + "ai", "copi" + "lot", r"\bLL" + r"Ms?\b"]
WORKING = [
    r"\bA" + r"I\b",
    "language" + " model",
    "sub" + "-?agent",
    "co-authored" + "-by",
    "generated" + " with",
    r"\bissue" + r" #?\d",
    r"\.\./" + "shared",
    r"\bthis " + "session",
]
UNDONE = [r"\bTO" + r"DO\b", r"\bFIX" + r"ME\b", r"\bX" + r"XX\b"]


def findings(pattern: str, flags: int = 0) -> list[str]:
    found = []
    for path, text in texts().items():
        if path.endswith(".lock"):
            continue
        for match in re.finditer(pattern, text, flags):
            found.append(f"{path}:{text.count(chr(10), 0, match.start()) + 1}: {match[0]}")
    return found


@pytest.mark.parametrize("pattern", [*MAKERS, *WORKING])
def test_nothing_says_how_it_is_worked_on(pattern: str) -> None:
    flags = 0 if pattern.isupper() or "\\b" in pattern else re.IGNORECASE
    assert findings(pattern, flags) == []


@pytest.mark.parametrize("pattern", UNDONE)
def test_nothing_is_left_for_later(pattern: str) -> None:
    assert findings(pattern) == []


@pytest.mark.parametrize("host", REGISTRIES)
def test_no_registry_is_named(host: str) -> None:
    assert findings(re.escape(host)) == []


@pytest.mark.parametrize("pattern", MACHINE_PATHS)
def test_no_path_of_one_machine(pattern: str) -> None:
    assert findings(pattern) == []


def test_lock_files_name_no_address() -> None:
    locks = {path: text for path, text in texts().items() if path.endswith(".lock")}
    assert sorted(locks) == ["requirements-dev.lock", "requirements-postgres.lock", "requirements.lock"]
    assert [path for path, text in locks.items() if ":" + "//" in text] == []


def test_texts_are_nfc() -> None:
    assert [path for path, text in texts().items() if not unicodedata.is_normalized("NFC", text)] == []


def test_texts_have_no_invisible_characters() -> None:
    """Where one is meant, it is written as an escape and can be seen."""
    found = [f"{path}: {char!a}" for path, text in texts().items() for char in sorted(set(text)) if invisible(char)]
    assert found == []


def invisible(char: str) -> bool:
    return char not in "\n\t " and unicodedata.category(char) in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp", "Zs")


def test_resources_are_nfc_without_invisible_characters() -> None:
    wrong = [
        f"{path}: {text!a}"
        for path, content in texts().items()
        if path.startswith("resources/") and path.endswith(".json")
        for text in strings(json.loads(content))
        if not unicodedata.is_normalized("NFC", text) or any(invisible(char) for char in text)
    ]
    assert wrong == []


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def test_texts_end_with_one_line_feed_and_have_no_carriage_return() -> None:
    own = {path: text for path, text in texts().items() if path.endswith((".py", ".md", ".toml", ".json"))}
    assert [path for path, text in own.items() if "\r" in text] == []
    assert [path for path, text in own.items() if text and (text[-1] != "\n" or text.endswith("\n\n"))] == []
