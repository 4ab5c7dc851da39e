"""Files a person named by a path: looked at before anything is done with them."""

from __future__ import annotations

import os
from pathlib import Path

from inspector.domain.changeset import Json
from inspector.domain.errors import BadInput
from inspector.domain.text import clean

FILE_LIMIT = 200 * 1024 * 1024
"""Bytes of one file; larger ones do not travel between laptops."""

LIST_LIMIT = 32 * 1024 * 1024
"""Bytes of a list, checklist or template; larger ones are something else."""

_MEBIBYTE = 1024 * 1024


def named_file(path: Json, field: str = "path", limit: int = FILE_LIMIT) -> Path:
    """The path of a regular file that can be read and is neither empty nor too large.

    Raises:
        BadInput: ``file-not-readable``, ``file-empty``, ``file-too-large``.
    """
    found = Path(str(path))
    name = clean(found.name)
    try:
        size, regular = found.stat().st_size, found.is_file() and os.access(found, os.R_OK)
    except (OSError, ValueError):
        raise BadInput("file-not-readable", field=field, path=name) from None
    if not regular:
        raise BadInput("file-not-readable", field=field, path=name)
    if not size:
        raise BadInput("file-empty", field=field, path=name)
    if size > limit:
        most, megabytes = limit // _MEBIBYTE, -(-size // _MEBIBYTE)
        raise BadInput("file-too-large", field=field, path=name, megabytes=megabytes, most=most)
    return found


def content_of(path: Path) -> bytes:
    """The bytes of a file that was looked at.

    Raises:
        BadInput: ``file-not-readable``.
    """
    try:
        return path.read_bytes()
    except OSError:
        raise BadInput("file-not-readable", field="path", path=clean(path.name)) from None
