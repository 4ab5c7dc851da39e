"""Folders where a database must not live: network drives, and folders a sync program copies while they are in use.

A write-ahead log needs memory shared by all openers, which network drives do not give; a sync program copies a
database without its log and later puts an old copy over the new one.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from inspector.domain.errors import Unavailable

_NETWORK = {
    *("nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "ncpfs", "afs", "afpfs", "webdav", "davfs", "coda"),
    *("ceph", "glusterfs", "lustre", "gpfs", "beegfs", "ocfs2", "gfs2", "vboxsf", "prl_fs", "drvfs", "9p", "macfuse"),
    *("fuse.ceph", "fuse.glusterfs", "fuse.sshfs", "fuse.davfs2", "fuse.rclone", "fuse.gvfsd-fuse", "fuse.vmhgfs-fuse"),
    *("fuse.google-drive-ocamlfuse", "fuse.onedriver", "fuse.s3fs", "fuse.curlftpfs", "fuse.smbnetfs", "fuse.kio-fuse"),
}
_DRIVE_REMOTE = 4  # GetDriveTypeW

_SYNC_VARIABLES = {"OneDrive": "OneDrive", "OneDriveConsumer": "OneDrive", "OneDriveCommercial": "OneDrive"}
_SYNC_PARTS = (
    (re.compile(r"onedrive( - .*)?"), "OneDrive"),
    (re.compile(r"dropbox( \(.*\))?"), "Dropbox"),
    (re.compile(r"google ?drive( .*)?|googledrive-.*|drivefs|my drive|drive của tôi"), "Google Drive"),
    (re.compile(r"icloud ?drive|mobile documents|com~apple~clouddocs"), "iCloud"),
    (re.compile(r"cloudstorage"), "iCloud, OneDrive, Google Drive"),
    (re.compile(r"nextcloud|owncloud|synologydrive|pclouddrive"), "Nextcloud, Synology, pCloud"),
)
_SYNC_MARKERS = {
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".tmp.drivedownload": "Google Drive",
    ".tmp.driveupload": "Google Drive",
    ".849C9593-D756-4E56-8D6E-42412F2A707B": "OneDrive",
    ".stfolder": "Syncthing",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
}


@dataclass(frozen=True)
class Mount:
    """A line of the system's list of mounted disks."""

    point: PurePath
    kind: str


@dataclass(frozen=True)
class Place:
    """What this machine knows about a folder; ``path`` is absolute with links followed."""

    path: PurePath
    mounts: tuple[Mount, ...] = ()
    drive_type: int = 0
    environ: Mapping[str, str] = field(default_factory=dict)
    markers: frozenset[str] = frozenset()


def refuse_unsafe(folder: Path) -> None:
    """Raise ``Unavailable`` when a workspace must not be made or opened in ``folder``, which need not exist yet.

    Codes: ``network-drive``, ``synchronised-folder``, ``roaming-folder``.
    """
    objection = objection_to(_look(folder))
    if objection is not None:
        raise objection


def objection_to(place: Place) -> Unavailable | None:
    """The reason against a place, from facts alone."""
    shown = str(place.path)
    kind = _network_kind(place)
    if kind is not None:
        return Unavailable("network-drive", place=shown, kind=kind)
    service = _sync_service(place)
    if service is not None:
        return Unavailable("synchronised-folder", place=shown, service=service)
    roaming = place.environ.get("APPDATA")
    if roaming and _inside(place.path, roaming):
        return Unavailable("roaming-folder", place=shown)
    return None


def _network_kind(place: Place) -> str | None:
    if str(place.path).startswith(("\\\\", "//")):
        return "UNC"
    if place.drive_type == _DRIVE_REMOTE:
        return "Windows"
    best: Mount | None = None
    for mount in place.mounts:
        # the deepest mount point holds the folder, and of several mounts there the last one is in force
        deep = best is None or len(mount.point.parts) >= len(best.point.parts)
        if deep and place.path.is_relative_to(mount.point):
            best = mount
    if best is None or best.kind.lower() not in _NETWORK:
        return None
    # a whole machine living on 9p is a sandbox with no other disk
    return None if best.kind == "9p" and best.point == PurePath("/") else best.kind


def _sync_service(place: Place) -> str | None:
    for variable, service in _SYNC_VARIABLES.items():
        root = place.environ.get(variable)
        if root and _inside(place.path, root):
            return service
    for part in place.path.parts:
        for pattern, service in _SYNC_PARTS:
            if pattern.fullmatch(part.casefold()):
                return service
    return next((_SYNC_MARKERS[name] for name in sorted(place.markers) if name in _SYNC_MARKERS), None)


def _inside(path: PurePath, root: str) -> bool:
    inner = [part.casefold() for part in path.parts]
    outer = [part.casefold() for part in type(path)(root).parts]
    return bool(outer) and inner[: len(outer)] == outer


def _look(folder: Path) -> Place:
    path = folder.resolve()
    markers = {name for parent in (path, *path.parents) for name in _SYNC_MARKERS if _marked(parent / name)}
    return Place(path, tuple(_mounts()), _drive_type(path), dict(os.environ), frozenset(markers))


def _marked(marker: Path) -> bool:
    # the folder ~/.dropbox holds Dropbox's own settings; only the file .dropbox marks what it synchronises
    return marker.is_file() if marker.name == ".dropbox" else os.path.lexists(marker)


def _mounts() -> Iterable[Mount]:
    if sys.platform == "linux":
        try:
            return linux_mounts(Path("/proc/mounts").read_text(encoding="utf-8", errors="surrogateescape"))
        except OSError:
            return ()
    if sys.platform == "darwin":
        import subprocess

        shown = subprocess.run(["/sbin/mount"], capture_output=True, text=True, check=False)
        return mac_mounts(shown.stdout)
    return ()


def linux_mounts(text: str) -> list[Mount]:
    """The lines of ``/proc/mounts``; blanks in names are written there as octal escapes."""
    fields = [line.split(" ") for line in text.splitlines()]
    return [Mount(PurePath(_unescape(words[1])), words[2]) for words in fields if len(words) > 2]


def mac_mounts(text: str) -> list[Mount]:
    """The lines of ``mount``: ``//nam@may-chu/chung on /Volumes/chung (smbfs, nodev)``."""
    found = re.finditer(r"^.* on (/.*) \(([a-z0-9]+)[,)].*$", text, re.MULTILINE)
    return [Mount(PurePath(match[1]), match[2]) for match in found]


def _unescape(name: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), name)


def _drive_type(path: PurePath) -> int:
    if sys.platform == "win32":
        import ctypes

        return int(ctypes.windll.kernel32.GetDriveTypeW(path.anchor))
    return 0
