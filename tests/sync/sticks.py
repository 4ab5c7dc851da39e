"""Packages between workspaces of the tests: written, read and damaged in a few words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from inspector.storage.workspace import Workspace
from inspector.sync.package.applying import Report, apply
from inspector.sync.package.reading import check, find, open_package
from inspector.sync.package.writing import VOLUME, Lock, Written, write

MOMENT = datetime(2026, 11, 26, 10, 38)
CODE = "7K2M-QX4T-9FHD-R3WA"


def lock_for(*others: Workspace) -> Lock:
    return Lock({other.author.device: other.age_key().public for other in others})


def send(workspace: Workspace, stick: Path, spaces: Sequence[str], *others: Workspace, volume: int = VOLUME) -> Written:
    """A package for these laptops."""
    return write(workspace, stick, spaces, lock_for(*others), moment=MOMENT, volume=volume)


def take(workspace: Workspace, place: Path, passphrase: str = "") -> Report:
    """Reads and applies a package."""
    opened = open_package(find(place), workspace.age_key(), passphrase)
    with check(workspace, opened) as checked:
        return apply(workspace, checked)
