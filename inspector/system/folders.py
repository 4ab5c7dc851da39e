"""Where things are on this laptop: the workspace folder, what is in it, and the program's own resources."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from inspector.domain.errors import Damaged
from inspector.system.files import disk_errors

APP_FOLDER = "KiemTraCCHC"


@dataclass(frozen=True)
class Workspace:
    """One workspace folder (thư mục dữ liệu): everything this program keeps lies in it and is named here."""

    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / "workspace.db"

    @property
    def slots(self) -> tuple[Path, Path]:
        """The two copies of the key slots."""
        return self.folder / "slots.json", self.folder / "slots.copy.json"

    @property
    def demonstration_key(self) -> Path:
        """``HOME.key``, beside the folder: only a demonstration has one."""
        return self.folder.with_name(self.folder.name + ".key")

    @property
    def high_water(self) -> tuple[Path, Path]:
        return self.folder / "highwater.a", self.folder / "highwater.b"

    @property
    def blobs(self) -> Path:
        return self.folder / "blobs"

    @property
    def reserve(self) -> Path:
        return self.folder / "reserve.bin"

    @property
    def lock(self) -> Path:
        return self.folder / "lock"

    @property
    def boots(self) -> Path:
        """Counts the starts of this machine."""
        return self.folder / "boots.json"

    @property
    def temporary(self) -> Path:
        """The only place where decrypted copies may lie; wiped at start."""
        return self.folder / "tmp"

    @property
    def backups(self) -> Path:
        return self.folder / "backups"

    @property
    def logs(self) -> Path:
        return self.folder / "logs"

    @property
    def settings(self) -> Path:
        return self.folder / "settings.json"

    def exists(self) -> bool:
        """Whether a workspace was ever made here: its database or a copy of its key slots is there."""
        return any(path.exists() for path in (self.database, *self.slots))

    def make(self) -> None:
        """Make the folder and those inside it, for their owner's eyes alone. Raises ``Unavailable``."""
        for folder in (self.folder, self.blobs, self.temporary, self.backups, self.logs):
            make_private(folder)

    def wipe_temporary(self) -> int:
        """Empty the temporary folder; returns how many things another program would not let go of.

        Halves of files that a killed program was about to put into place go too.
        """
        with disk_errors(self.temporary):
            make_private(self.temporary)
            left = [*self.temporary.iterdir(), *self.folder.glob(".*.part")]
        for path in left:
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                _try_unlink(path)
        return sum(1 for path in left if os.path.lexists(path))


def make_private(folder: Path) -> None:
    """Make ``folder`` readable by its owner alone where the system has such rights.

    A folder that is already there keeps its rights: it may be one the person chose for more than this program.
    """
    with disk_errors(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)


def default_home() -> Path:
    """The local, non-roaming place for a person's data: a roaming profile would copy a database while it is open."""
    import platformdirs

    return Path(platformdirs.user_data_dir(APP_FOLDER, appauthor=False, roaming=False)) / "workspace"


def home_from(option: str | Path | None, environ: Mapping[str, str] = os.environ) -> Workspace:
    """The workspace folder: ``--home DIR``, else ``INSPECTOR_HOME``, else ``default_home()``."""
    chosen = option or environ.get("INSPECTOR_HOME") or default_home()
    return Workspace(Path(os.path.abspath(Path(chosen).expanduser())))


def key_file_from(option: str | Path | None, environ: Mapping[str, str] = os.environ) -> Path | None:
    """The key file to open with: ``--key-file FILE``, else ``INSPECTOR_KEY_FILE``, else none."""
    chosen = option or environ.get("INSPECTOR_KEY_FILE")
    return Path(os.path.abspath(Path(chosen).expanduser())) if chosen else None


def resources_dir() -> Path:
    """The folder of checklists, templates, units and messages.

    ``inspector/resources`` in an installed copy, ``resources`` beside the package in a checkout. Raises ``Damaged``
    (``resources-missing``) when the program was copied without it.
    """
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "resources", package.parent / "resources"):
        if folder.is_dir():
            return folder
    raise Damaged("resources-missing", place=str(package))


def _try_unlink(path: Path) -> None:
    try:
        path.chmod(stat.S_IREAD | stat.S_IWRITE)  # Windows keeps what is read-only
        path.unlink()
    except OSError:
        return
