"""The manual names keys that do something, and words that stand in the window."""

from __future__ import annotations

import re

import pytest

from inspector.ui.commands import COMMANDS, cap
from tests.architecture.tree import ROOT, modules

pytestmark = pytest.mark.documentation

MANUAL = (ROOT / "docs/huong-dan.md").read_text(encoding="utf-8")
_WITHOUT_COMMAND = {">", "#", "@", "Esc", "Tab", "Enter", "Ctrl+V"}
"""Marks of the search line, and keys that belong to fields and lists themselves."""


def test_every_key_of_the_manual_is_a_key_of_the_window() -> None:
    named = set(re.findall(r"`([^`\s]+)`", MANUAL)) - _WITHOUT_COMMAND
    known = {cap(key) for command in COMMANDS.values() for key in command.keys}
    assert named - known == set()


def test_every_button_and_state_of_the_manual_is_a_text_of_the_window() -> None:
    texts = "\n".join((ROOT / path).read_text(encoding="utf-8") for path, _ in modules("inspector/ui"))
    sentences = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "resources/messages").glob("*.json"))
    named = {" ".join(words.split()) for words in re.findall(r"(?<!\*)\*(?=[^\s*])([^*]+)(?<=\S)\*(?!\*)", MANUAL)}
    shown = {words for words in named if words.removesuffix(" 14:17") not in texts + sentences}
    assert shown == {"DỰ THẢO"}
