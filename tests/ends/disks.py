"""Disks of a few MiB that can be filled. Where nothing may be mounted they are ordinary folders that never run full."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

MIB = 24


class Disk:
    """A folder, on a file system of its own where ``small``."""

    def __init__(self, folder: Path, *, small: bool) -> None:
        self.folder = folder
        folder.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", f"size={MIB}m", "tmpfs", str(folder)]
        self.small = small and subprocess.run(command, capture_output=True, check=False).returncode == 0
        self._filler = folder / "filler"

    def fill(self, leave: int) -> None:
        """Leaves only so many bytes free."""
        if self.small:
            self.free()
            room = os.statvfs(self.folder)
            self._filler.write_bytes(bytes(max(0, room.f_bavail * room.f_frsize - leave)))

    def free(self) -> None:
        self._filler.unlink(missing_ok=True)

    @property
    def full(self) -> bool:
        return self._filler.exists()

    def close(self) -> None:
        if self.small:
            subprocess.run(["umount", "-l", str(self.folder)], check=False)
            self.small = False
