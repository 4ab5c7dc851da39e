"""What the files of a package are called: ASCII, at most 60 characters, so that any stick and any system keeps them."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

MANIFEST = "_MANIFEST.cchc"
RECEIPT = "_RECEIPT.cchc"

_STEM = re.compile(r"CCHC_[0-9a-z]{1,8}_[0-9a-z]{1,8}_\d{12}(-\d)?")
_VOLUME = re.compile(rf"({_STEM.pattern})_\d{{3}}\.cchc", re.ASCII)


def new_stem(folder: Path, space: str, device: str, moment: datetime) -> str:
    """What the names of a new package in a folder begin with; nothing there is called so yet."""
    stem = f"CCHC_{_short(space)}_{_short(device)}_{moment:%Y%m%d%H%M}"
    for number in range(1, 10):
        wanted = stem if number == 1 else f"{stem}-{number}"
        if not any(folder.glob(f"{wanted}_*")):
            return wanted
    raise FileExistsError(stem)


def manifest_of(folder: Path, stem: str) -> Path:
    return folder / f"{stem}{MANIFEST}"


def volume_of(folder: Path, stem: str, number: int) -> Path:
    """The volume of this number, counted from 1."""
    return folder / f"{stem}_{number:03}.cchc"


def receipt_of(folder: Path, stem: str, device: str) -> Path:
    """The receipt of one laptop for a package."""
    return folder / f"{stem}_{_short(device)}{RECEIPT}"


def stem_of(file: Path) -> str | None:
    """The beginning of the name, of a manifest or a volume; ``None`` for other files."""
    name = file.name
    if name.endswith(MANIFEST) and _STEM.fullmatch(name.removesuffix(MANIFEST)):
        return name.removesuffix(MANIFEST)
    found = _VOLUME.fullmatch(name)
    return found[1] if found else None


def packages_in(folder: Path) -> list[Path]:
    """The manifests in a folder, the latest first."""
    found = [path for path in folder.glob(f"CCHC_*{MANIFEST}") if stem_of(path) is not None and path.is_file()]
    return sorted(found, key=lambda path: (path.name.split("_")[3], path.name), reverse=True)


def receipts_in(folder: Path) -> list[Path]:
    """The receipts in a folder, by name."""
    return sorted(path for path in folder.glob(f"CCHC_*{RECEIPT}") if path.is_file())


def has_halves(folder: Path) -> bool:
    """Whether files of a package lie in a folder that has no manifest beside them."""
    return any(stem_of(Path(path.name.removesuffix(".part"))) is not None for path in folder.glob("CCHC_*"))


def _short(identity: str) -> str:
    """The last eight letters of an id: the first ones of two laptops set up in one hour are alike."""
    return re.sub("[^0-9a-z]", "", identity.lower())[-8:] or "0"
