"""Every command has its keys, and no key eats a letter, a Vietnamese typing tool's key, or another command's."""

from __future__ import annotations

import pytest

from inspector.ui.commands import COMMANDS, Command, Focus, Place, cap, key_faults
from inspector.ui.language import tr


def command(key: str, place: Place = Place.EVERYWHERE, focus: Focus = Focus.ANY, name: str = "one") -> Command:
    return Command(name, tr("Đạt"), (key,), place, focus)


def test_no_key_is_double_or_forbidden() -> None:
    assert key_faults(COMMANDS.values()) == []


@pytest.mark.parametrize(
    "key",
    [
        "Ctrl+Shift+P",
        "Shift+Ctrl+P",
        "Alt+Shift+1",
        "Ctrl+Alt+X",
        "Alt+Z",
        "Ctrl+Space",
        "Meta+L",
        "1",
        "Ctrl+C",
        "Return",
    ],
)
def test_a_forbidden_key_is_found(key: str) -> None:
    assert len(key_faults([command(key)])) == 1


@pytest.mark.parametrize("key", ["1", "0", "Return", "Space"])
def test_plain_keys_are_for_lists(key: str) -> None:
    assert key_faults([command(key, Place.ITEMS, Focus.LIST)]) == []


@pytest.mark.parametrize(
    ("one", "other", "doubles"),
    [
        ((Place.EVERYWHERE, Focus.ANY), (Place.ITEMS, Focus.ANY), 1),
        ((Place.WORKSPACE, Focus.ANY), (Place.ITEMS, Focus.LIST), 1),
        ((Place.ITEMS, Focus.ANY), (Place.FINDINGS, Focus.ANY), 0),
        ((Place.ITEMS, Focus.LIST), (Place.ITEMS, Focus.TABLE), 0),
        ((Place.WORKSPACE, Focus.ANY), (Place.DECISION, Focus.ANY), 0),
    ],
)
def test_a_double_is_found_where_both_can_be_in_force(
    one: tuple[Place, Focus], other: tuple[Place, Focus], doubles: int
) -> None:
    assert len(key_faults([command("F9", *one), command("F9", *other, name="two")])) == doubles


def test_ids_are_stable_words() -> None:
    assert [id_ for id_ in COMMANDS if not id_.replace("-", "").isalnum() or id_ != id_.lower()] == []


@pytest.mark.parametrize(
    ("key", "shown"), [("Ctrl+Down", "Ctrl+↓"), ("Ctrl+Return", "Ctrl+Enter"), ("PgDown", "PgDn"), ("F8", "F8")]
)
def test_caps_show_what_stands_on_the_keyboard(key: str, shown: str) -> None:
    assert cap(key) == shown


def test_hints_are_shorter_than_the_words_they_stand_for() -> None:
    assert [c.id for c in COMMANDS.values() if c.hint is not None and len(c.hint.source) > len(c.words.source)] == []
