"""The files behind the evidence, for a window: small copies, a copy another program may open, what is not here."""

from __future__ import annotations

import os
import re
import secrets
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from inspector.domain.errors import BadInput, Damaged, Refused, Unavailable
from inspector.services.photos import large_copy, thumbnail_copy

if TYPE_CHECKING:
    from inspector.domain.inspection import Evidence, Inspection, StoredFile
    from inspector.services.desk import Desk

_DOCUMENTS = ".pdf .doc .docx .rtf .odt .xls .xlsx .ods .csv .ppt .pptx .odp .txt .md .json .xml .msg .eml .dwg"
_PICTURES = ".jpg .jpeg .png .webp .tif .tiff .bmp .gif .heic .heif .avif"
_OTHERS = ".mp3 .m4a .wav .ogg .mp4 .mov .avi .mkv .webm .zip .rar .7z"
OPENABLE = frozenset(f"{_DOCUMENTS} {_PICTURES} {_OTHERS}".split())
"""Kinds of documents that are read; what would be run is not opened for anybody."""

_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


class Presence(Enum):
    """What this laptop has of a file."""

    HERE = "here"
    ELSEWHERE = "elsewhere"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class Peek:
    """One file as far as this laptop has it; ``thumbnail`` is a JPEG where it is a picture that can be read."""

    presence: Presence
    thumbnail: bytes | None = None


@dataclass(frozen=True, slots=True)
class AbsentFile:
    """Evidence whose file cannot be used here: ``attached_by`` is who has it, as far as the log tells."""

    evidence: str
    name: str
    presence: Presence
    attached_by: str


def peek(desk: Desk, file: StoredFile, rotation: int) -> Peek:
    """What a list shows of a file; never raises for one that is missing or damaged."""
    blobs = desk.workspace.blobs
    if not file.is_picture:
        return Peek(_presence(desk, file))
    try:
        return Peek(Presence.HERE, thumbnail_copy(blobs, file, rotation))
    except Unavailable:
        return Peek(Presence.ELSEWHERE)
    except Damaged:
        return Peek(Presence.DAMAGED)
    except BadInput:
        return Peek(Presence.HERE)


def large_picture(desk: Desk, file: StoredFile, rotation: int) -> bytes:
    """A JPEG for looking closely.

    Raises:
        Unavailable: ``blob-missing``.
        Damaged: ``blob-damaged``.
        BadInput: ``picture-…``.
    """
    return large_copy(desk.workspace.blobs, file, rotation)


def copy_to_open(desk: Desk, file: StoredFile) -> Path:
    """A read-only copy in the temporary folder of the workspace, which is emptied at every start.

    Raises:
        Refused: ``evidence-not-opened`` for kinds of files that would be run.
        Unavailable: ``blob-missing``, or nothing can be written.
        Damaged: ``blob-damaged``.
    """
    name = _UNSAFE.sub("_", PurePosixPath(file.name).name).strip(". ") or "tep"
    suffix = Path(name).suffix.lower()
    if suffix not in OPENABLE:
        raise Refused("evidence-not-opened", name=file.name)
    target = desk.workspace.places.temporary / f"{file.hash[:8]}-{name[-100:]}"
    if target.exists():
        return target
    _write(desk, target, desk.workspace.blobs.chunks(file.hash))
    os.chmod(target, stat.S_IREAD)
    return target


def keep_pasted(desk: Desk, png: bytes, now: datetime) -> Path:
    """A pasted picture as a file that can be attached, named by when it was pasted."""
    folder = desk.workspace.places.temporary
    target = folder / f"anh-dan-{now:%Y%m%d-%H%M%S}-{secrets.token_hex(2)}.png"
    _write(desk, target, iter((png,)))
    return target


def keep_pasted_table(desk: Desk, text: str) -> Path:
    """A pasted table as a file that can be read like one from an office."""
    target = desk.workspace.places.temporary / f"bang-dan-{secrets.token_hex(4)}.csv"
    _write(desk, target, iter((text.encode("utf-8-sig"),)))
    return target


def drop_temporary(desk: Desk, path: Path) -> None:
    """Remove a file of ``keep_pasted`` or ``keep_pasted_table``; others are left alone."""
    if path.parent == desk.workspace.places.temporary:
        path.unlink(missing_ok=True)


def absent_files(desk: Desk, inspection: Inspection, *, checked: bool = False) -> list[AbsentFile]:
    """The evidence of an inspection whose file is missing or damaged here, in the order of the evidence.

    ``checked`` reads every file whole; otherwise what was last seen of it counts.
    """
    if checked:
        for piece in inspection.evidence:
            if piece.file is not None:
                desk.workspace.blobs.verify(piece.file.hash)
    return list(_absent(desk, inspection))


def _absent(desk: Desk, inspection: Inspection) -> Iterator[AbsentFile]:
    for piece in inspection.evidence:
        if piece.file is None:
            continue
        presence = _presence(desk, piece.file)
        if presence is not Presence.HERE:
            yield AbsentFile(piece.id, piece.file.name, presence, attached_by(desk, inspection.id, piece))


def attached_by(desk: Desk, inspection: str, piece: Evidence) -> str:
    """Who attached the file, by name; empty where the log does not tell."""
    heads = desk.workspace.heads(inspection, "evidence", piece.id, "file")
    return (desk.workspace.person_name(inspection, heads[0].author) or "") if heads else ""


def _presence(desk: Desk, file: StoredFile) -> Presence:
    from inspector.storage.blobs import WHOLE, State

    state = desk.workspace.blobs.state(file.hash)
    if state is State.DAMAGED:
        return Presence.DAMAGED
    return Presence.HERE if state in WHOLE else Presence.ELSEWHERE


def _write(desk: Desk, target: Path, pieces: Iterator[bytes]) -> None:
    from inspector.system.files import disk_errors

    with disk_errors(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f".{secrets.token_hex(6)}.part")
        try:
            with open(part, "xb") as file:
                for piece in pieces:
                    file.write(piece)
            part.replace(target)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
