"""Writing files so that a crash, a full disk or a virus scanner leaves either the old content or the new one."""

from __future__ import annotations

import errno
import os
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from inspector.domain.errors import Damaged, Unavailable

RESERVE_BYTES = 2 * 1024 * 1024

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_WINDOWS_FULL = {39, 112}  # ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
# Defender, the search indexer and sync clients hold a file for a moment: access denied, sharing and lock violation.
_HELD_FOR_A_MOMENT = {5, 32, 33}
_WAITS = (0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6)


def is_disk_full(error: OSError) -> bool:
    """Whether the system refused to write for lack of space, quota or file size."""
    return error.errno in _FULL or getattr(error, "winerror", None) in _WINDOWS_FULL


@contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    """Turn the system's refusals to write at ``path`` into ``Unavailable`` with a sentence of their own.

    Codes: ``disk-full``, ``not-writable``, ``disk-failed``.
    """
    try:
        yield
    except OSError as error:
        if is_disk_full(error):
            raise Unavailable("disk-full", place=str(path)) from error
        if error.errno in _FORBIDDEN:
            raise Unavailable("not-writable", place=str(path)) from error
        raise Unavailable("disk-failed", place=str(path), number=error.errno or 0) from error


def write_atomically(path: Path, data: bytes) -> None:
    """Put ``data`` at ``path``: afterwards, and after a power cut, the file is the old one or the new one, whole.

    The new file is readable by its owner alone. Raises ``Unavailable`` (``disk-full``, ``not-writable``,
    ``disk-failed``, ``file-held``) or ``Damaged`` (``write-not-kept``: the disk gave back other bytes).
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    with disk_errors(path):
        try:
            write_flushed(temporary, data)
            if temporary.read_bytes() != data:
                raise Damaged("write-not-kept", place=str(path))
            replace_patiently(temporary, path)
        except BaseException:
            with suppress(OSError):
                temporary.unlink()
            raise
        flush_folder(path.parent)


def write_flushed(path: Path, data: bytes) -> None:
    """Create or overwrite ``path`` in place and return when the disk has it; may raise ``OSError``."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def replace_patiently(
    source: Path,
    target: Path,
    replace: Callable[[Path, Path], None] = os.replace,
    wait: Callable[[float], None] = time.sleep,
) -> None:
    """Rename ``source`` over ``target``, trying 8 times within about 3 seconds while another program holds either.

    Raises ``Unavailable`` (``file-held``) after that, other ``OSError`` at once.
    """
    for pause in (*_WAITS, None):
        try:
            replace(source, target)
            return
        except OSError as error:
            if getattr(error, "winerror", None) not in _HELD_FOR_A_MOMENT:
                raise
            if pause is None:
                raise Unavailable("file-held", place=str(target)) from error
            wait(pause)


def flush_folder(folder: Path) -> None:
    """Make a rename in ``folder`` durable; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class Reserve:
    """Space kept back so that a full disk can still take the last minutes of work: 2 MiB, really allocated."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def ensure(self) -> bool:
        """Have the reserve on disk; false when there is no space for it now, which blocks nothing."""
        if self._path.is_file() and self._path.stat().st_size == RESERVE_BYTES:
            return True
        try:
            # random bytes: a disk that compresses would give no space back for zeros
            write_flushed(self._path, secrets.token_bytes(RESERVE_BYTES))
        except OSError:
            self.release()
            return False
        return True

    def release(self) -> bool:
        """Give the space back; false when there was none."""
        try:
            self._path.unlink()
        except OSError:
            return False
        return True
