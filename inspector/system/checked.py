"""Small files that know whether they are whole: one line of JSON and one line with its SHA-256."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any


def checked_bytes(content: dict[str, Any]) -> bytes:
    """The file's bytes; ``content`` holds what JSON can hold."""
    line = json.dumps(content, separators=(",", ":")).encode()
    return line + b"\n" + _sum(line) + b"\n"


def checked_content(data: bytes) -> dict[str, Any] | None:
    """What ``checked_bytes`` was given, or None when a single bit differs."""
    line, _, rest = data.partition(b"\n")
    if rest != _sum(line) + b"\n":
        return None
    try:
        content = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return content if isinstance(content, dict) else None


def read_checked(path: Path) -> dict[str, Any] | None:
    """The content of the file at ``path``, or None when it is missing, unreadable or not whole."""
    try:
        return checked_content(path.read_bytes())
    except OSError:
        return None


def _sum(line: bytes) -> bytes:
    return hashlib.sha256(line).hexdigest().encode()
