"""What a person chose about the program on this laptop: nothing of an inspection, nothing that travels."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from inspector.domain.errors import Damaged, InspectorError
from inspector.system.files import disk_errors, write_atomically

_VERSION = 1


@dataclass(frozen=True)
class Settings:
    """Preferences; ``unknown`` keeps what a newer program wrote, so that going back and forth loses nothing.

    ``theme``: ``system``, ``light`` or ``dark``. ``text_scale``: percent of the system's text size, 80 to 200.
    Folders are absolute paths, empty until a person chose one. ``inspections_filter`` is what the window wrote there.
    ``last_backup``: the ISO moment of the last one.
    """

    language: str = "vi"
    theme: str = "system"
    text_scale: int = 100
    documents_folder: str = ""
    backup_folder: str = ""
    inspections_filter: str = ""
    unknown: dict[str, Any] = field(default_factory=dict)
    last_backup: str = ""


_KNOWN = {one.name: one for one in fields(Settings) if one.name != "unknown"}
_ALLOWED = {"language": ("vi", "en"), "theme": ("system", "light", "dark"), "text_scale": range(80, 201)}


def load_settings(path: Path) -> tuple[Settings, list[InspectorError]]:
    """The settings and what had to be passed over: a damaged file or value means the default and a notice, no stop.

    Notices: ``settings-damaged`` (the file is kept beside as ``….damaged``), ``settings-value`` with its ``name``.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Settings(), []
    except OSError:
        return Settings(), [Damaged("settings-damaged", file=str(path))]
    try:
        content = json.loads(data)
        if not isinstance(content, dict):
            raise ValueError(type(content).__name__)
    except (ValueError, RecursionError):
        with suppress(InspectorError):
            write_atomically(path.with_name(path.name + ".damaged"), data)
        return Settings(), [Damaged("settings-damaged", file=str(path))]
    return _from_content(content)


def save_settings(path: Path, settings: Settings) -> None:
    """Write them whole. Raises ``Unavailable``, as ``write_atomically``."""
    content = {"v": _VERSION} | settings.unknown | {name: getattr(settings, name) for name in _KNOWN}
    with disk_errors(path):
        write_atomically(path, json.dumps(content, ensure_ascii=False, indent=2).encode("utf-8", "replace") + b"\n")


def _from_content(content: dict[str, Any]) -> tuple[Settings, list[InspectorError]]:
    good: dict[str, Any] = {}
    notices: list[InspectorError] = []
    for name, value in content.items():
        if name not in _KNOWN:
            continue
        if _is_allowed(name, value):
            good[name] = value
        else:
            notices.append(Damaged("settings-value", name=name))
    unknown = {name: value for name, value in content.items() if name not in _KNOWN}
    return Settings(**good, unknown=unknown), notices


def _is_allowed(name: str, value: object) -> bool:
    if type(value) is not type(_KNOWN[name].default):
        return False
    return name not in _ALLOWED or value in _ALLOWED[name]
