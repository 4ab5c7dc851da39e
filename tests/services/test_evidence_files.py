"""The files behind the evidence: small copies, copies to open, and what is not here."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from inspector.domain.errors import Refused
from inspector.domain.inspection import StoredFile
from inspector.services.evidence_files import (
    Presence,
    absent_files,
    copy_to_open,
    drop_temporary,
    keep_pasted,
    large_picture,
    peek,
)
from tests.inputs.foreign import png
from tests.services.laptops import Laptop


def attach(laptop: Laptop, inspection: str, path: Path, content: bytes) -> StoredFile:
    path.write_bytes(content)
    laptop.act("attach_file", {"path": str(path)}, inspection)
    file = laptop.read(inspection).evidence[-1].file
    assert file is not None
    return file


def test_a_picture_has_a_thumbnail_and_can_be_looked_at_closely(laptop: Laptop, inspection: str, place: Path) -> None:
    file = attach(laptop, inspection, place / "a.png", png(40, 20))
    found = peek(laptop.desk, file, 90)
    assert found.presence is Presence.HERE
    assert found.thumbnail is not None
    assert found.thumbnail.startswith(b"\xff\xd8")
    assert large_picture(laptop.desk, file, 0).startswith(b"\xff\xd8")


def test_missing_and_damaged_files_are_listed_with_who_has_them(laptop: Laptop, inspection: str, place: Path) -> None:
    files = [attach(laptop, inspection, place / name, name.encode()) for name in ("a.pdf", "b.pdf", "c.pdf")]
    blobs = laptop.workspace.blobs
    blobs.path(files[0].hash).unlink()
    blobs.path(files[2].hash).write_bytes(b"x" * 100)
    read = laptop.read(inspection)
    assert [(one.name, one.presence) for one in absent_files(laptop.desk, read)] == [("a.pdf", Presence.ELSEWHERE)]
    checked = absent_files(laptop.desk, read, checked=True)
    assert [(one.name, one.presence) for one in checked] == [
        ("a.pdf", Presence.ELSEWHERE),
        ("c.pdf", Presence.DAMAGED),
    ]
    assert {one.attached_by for one in checked} == {
        laptop.workspace.person_name(inspection, laptop.workspace.author.person)
    }
    assert peek(laptop.desk, files[2], 0).presence is Presence.DAMAGED


def test_a_copy_to_open_lies_in_the_temporary_folder_and_is_read_only(
    laptop: Laptop, inspection: str, place: Path
) -> None:
    file = attach(laptop, inspection, place / "sổ theo dõi.pdf", b"%PDF")
    first, again = copy_to_open(laptop.desk, file), copy_to_open(laptop.desk, file)
    assert first == again
    assert first.parent == laptop.workspace.places.temporary
    assert (first.read_bytes(), first.stat().st_mode & 0o222) == (b"%PDF", 0)
    assert laptop.workspace.places.wipe_temporary() == 0
    assert not first.exists()


def test_a_name_cannot_lead_out_of_the_temporary_folder(laptop: Laptop, inspection: str, place: Path) -> None:
    kept = attach(laptop, inspection, place / "a.pdf", b"%PDF")
    for name in ("../../x.pdf", "..\\..\\x.pdf", "/etc/x.pdf", "C:x.pdf"):
        hostile = StoredFile(kept.hash, name, kept.mime, kept.size)
        assert copy_to_open(laptop.desk, hostile).parent == laptop.workspace.places.temporary


@pytest.mark.parametrize("name", ["thư.exe", "x.bat", "x.lnk", "x", "x.pdf.js", "x.html"])
def test_what_would_be_run_is_not_opened(laptop: Laptop, inspection: str, place: Path, name: str) -> None:
    kept = attach(laptop, inspection, place / "a.pdf", b"MZ")
    with pytest.raises(Refused, match="evidence-not-opened"):
        copy_to_open(laptop.desk, StoredFile(kept.hash, name, kept.mime, kept.size))


def test_a_pasted_picture_is_a_file_until_it_is_dropped(laptop: Laptop, place: Path) -> None:
    path = keep_pasted(laptop.desk, png(4, 4), datetime(2026, 11, 26, 14, 17))
    assert path.name.startswith("anh-dan-20261126-141700-")
    assert path.read_bytes() == png(4, 4)
    drop_temporary(laptop.desk, path)
    assert not path.exists()
    other = place / "của người dùng.png"
    other.write_bytes(b"x")
    drop_temporary(laptop.desk, other)
    assert other.exists()
