"""What a person chose about the program on this laptop (tùy chọn): language, look, size of text, folders."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from inspector.domain.errors import InspectorError
from inspector.system.settings import Settings as Preferences
from inspector.system.settings import load_settings, save_settings

if TYPE_CHECKING:
    from inspector.services.door import Home

__all__ = ["Preferences", "load", "save"]


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
