"""Puts a finished file into place: whole or not at all, and never over a file that is open in Word."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import tempfile
from pathlib import Path

from inspector.domain.errors import Unavailable

_FORBIDDEN = str.maketrans(dict.fromkeys('\\/:*?"<>|', "-"))
_LONGEST_NAME = 120


def safe_name(text: str) -> str:
    """``text`` as the stem of a file name that Windows accepts too."""
    name = " ".join(text.translate(_FORBIDDEN).split()).strip(" .-")
    return name[:_LONGEST_NAME].rstrip(" .") or "bien-ban"


def replace_file(out: Path, data: bytes) -> str:
    """Writes beside ``out``, reads it back, then moves it into place. Returns the SHA-256 (hex) of what lies there.

    Raises:
        Unavailable: ``export-file-open``, ``export-disk-full``, ``export-no-folder``, ``export-cannot-write``. A file
            that was there before is untouched and nothing is left beside it.
    """
    expected = hashlib.sha256(data).hexdigest()
    try:
        _write(out, data, expected)
    except PermissionError as error:
        raise Unavailable("export-file-open", file=out.name, folder=str(out.parent)) from error
    except (FileNotFoundError, NotADirectoryError) as error:
        raise Unavailable("export-no-folder", folder=str(out.parent)) from error
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        code = "export-disk-full" if full else "export-cannot-write"
        raise Unavailable(code, file=out.name, folder=str(out.parent), reason=error.strerror or str(error)) from error
    return expected


def _write(out: Path, data: bytes, expected: str) -> None:
    handle, name = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=out.parent)
    waiting = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if hashlib.sha256(waiting.read_bytes()).hexdigest() != expected:
            raise OSError(errno.EIO, "written bytes differ when read back")
        _give_usual_rights(waiting)
        os.replace(waiting, out)
        _sync_folder(out.parent)
    except BaseException:
        with contextlib.suppress(OSError):
            waiting.unlink(missing_ok=True)
        raise


def _give_usual_rights(path: Path) -> None:
    """Temporary files are private; a document is as readable as any other file of this person."""
    if os.name == "posix":
        mask = os.umask(0)
        os.umask(mask)
        path.chmod(0o666 & ~mask)


def _sync_folder(folder: Path) -> None:
    """Makes the new name durable; only POSIX lets a folder be opened for that."""
    if os.name != "posix":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
