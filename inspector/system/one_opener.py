"""One program at a time on a workspace: two writers on one database are how logs get lost."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from types import TracebackType

from inspector.domain.errors import Unavailable
from inspector.system.files import disk_errors

_BUSY = {errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK}


class OneOpener:
    """Holds the lock file from ``OneOpener(path)`` to ``close()`` or the end of the process, however it ends.

    Raises ``Unavailable`` (``opened-twice``) while another holder lives. The system drops the lock with the process,
    so a killed program leaves nothing to clear away; the file itself stays.
    """

    def __init__(self, path: Path) -> None:
        with disk_errors(path):
            self._descriptor: int | None = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(self._descriptor)
        except OSError as error:
            self.close()
            if error.errno in _BUSY:
                raise Unavailable("opened-twice", place=str(path.parent)) from error
            raise Unavailable("lock-failed", place=str(path.parent), number=error.errno or 0) from error

    def close(self) -> None:
        """Let the next one in; may be called again."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> OneOpener:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
