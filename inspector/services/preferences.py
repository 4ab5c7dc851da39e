"""What a person chose about the program on this laptop (tùy chọn): language, look, size of text, folders."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from inspector.domain.errors import InspectorError
from inspector.system.settings import Settings as Preferences
from inspector.system.settings import load_settings, save_settings

if TYPE_CHECKING:
    from inspector.services.door import Home

__all__ = ["Preferences", "follow", "lead_to", "load", "save"]

_ELSEWHERE = "data_folder"
"""In the settings of the usual place: where the workspace was begun instead."""


def load(home: Home, notice: Callable[[InspectorError], object] = lambda _notice: None) -> Preferences:
    """The preferences of this workspace; nothing ever stops here.

    ``notice`` is told what had to be passed over: ``settings-damaged``, ``settings-value``.
    """
    preferences, notices = load_settings(home.settings)
    for one in notices:
        notice(one)
    return preferences


def save(home: Home, preferences: Preferences) -> None:
    """Keep them, also before the workspace was begun. ``unknown`` of a newer program goes along.

    Raises:
        Unavailable: nothing can be written there now.
    """
    from inspector.system.folders import make_private

    make_private(home.folder)
    save_settings(home.settings, preferences)


def lead_to(usual: Home, chosen: Home) -> None:
    """The workspace of this person lies in a folder they chose, from now on found from the usual place.

    Raises:
        Unavailable: nothing can be written there now.
    """
    preferences = load(usual)
    save(usual, replace(preferences, unknown={**preferences.unknown, _ELSEWHERE: str(chosen.folder)}))


def follow(usual: Home) -> Home:
    """Where the workspace lies that is looked for in the usual place: there, or where it was begun instead."""
    elsewhere = load(usual).unknown.get(_ELSEWHERE)
    if usual.exists() or not isinstance(elsewhere, str) or not elsewhere:
        return usual
    return replace(usual, folder=type(usual.folder)(elsewhere))
