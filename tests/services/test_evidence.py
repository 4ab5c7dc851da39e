"""Evidence of every kind: cited documents, figures, statements, files, photos, and what they are attached to."""

from __future__ import annotations

import hashlib
import os
import shutil
import unicodedata
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from inspector.domain.errors import BadInput, InspectorError, Refused
from inspector.domain.ids import natural_id
from inspector.domain.inspection import Evidence
from inspector.services.photos import document_copy, printable
from inspector.services.wording import sentence
from tests.inputs.foreign import png
from tests.services.laptops import Laptop, deliver

KEY = "commune.steering.annual_plan"


@pytest.fixture
def finding(laptop: Laptop, inspection: str) -> str:
    return laptop.act("add_finding", {"kind": "shortcoming", "content": "Chậm."}, inspection).ref


def test_a_cited_document(laptop: Laptop, inspection: str) -> None:
    cited = {"number": "12/KH-UBND", "date": "2026-02-20", "issuer": "UBND xã", "abstract": "Kế hoạch CCHC"}
    laptop.act("cite_document", {"document": cited}, inspection)
    (piece,) = laptop.read(inspection).evidence
    assert piece.kind == "document"
    assert piece.document is not None
    found = piece.document
    assert (found.number, str(found.date), found.issuer, found.abstract) == tuple(cited.values())


def test_a_figure_with_source_and_time(laptop: Laptop, inspection: str) -> None:
    figure = {"name": "Hồ sơ trễ hạn", "value": "12", "unit": "hồ sơ", "source": "Hệ thống một cửa"}
    laptop.act("note_figure", {"figure": {**figure, "extracted_at": "2026-11-26T09:10"}}, inspection)
    (piece,) = laptop.read(inspection).evidence
    assert (piece.figure_name, piece.figure_value, piece.figure_unit, piece.figure_source) == tuple(figure.values())
    assert str(piece.figure_extracted_at) == "2026-11-26 09:10:00"


def test_a_statement(laptop: Laptop, inspection: str) -> None:
    given = {"text": "Máy quét hỏng.", "said_by": "Công chức Một cửa", "at": "2026-11-26T10:00+07:00"}
    laptop.act("note_statement", {"statement": given}, inspection)
    (piece,) = laptop.read(inspection).evidence
    assert (piece.kind, piece.statement, piece.said_by) == ("statement", "Máy quét hỏng.", "Công chức Một cửa")
    assert str(piece.said_at) == "2026-11-26 10:00:00+07:00"


@pytest.mark.parametrize("name", ["sổ theo dõi.txt", "bao cao.xlsx", "bản quét.pdf", "lạ", ".ẩn", "a" * 200])
def test_any_file_is_kept_letter_by_letter(laptop: Laptop, inspection: str, place: Path, name: str) -> None:
    content = name.encode() * 3 + b"\x00\xff"
    (place / name).write_bytes(content)
    laptop.act("attach_file", {"path": str(place / name), "caption": "Sổ", "place": "Một cửa"}, inspection)
    (piece,) = laptop.read(inspection).evidence
    assert piece.file is not None
    assert (piece.file.hash, piece.file.size, piece.file.name) == (
        hashlib.sha256(content).hexdigest(), len(content), name,
    )  # fmt: skip
    assert laptop.workspace.blobs.read(piece.file.hash) == content
    assert (piece.caption, piece.place) == ("Sổ", "Một cửa")


def test_a_file_whose_name_came_from_another_system_is_found(laptop: Laptop, inspection: str, place: Path) -> None:
    """Names decomposed by a Macintosh: the path is taken letter by letter, the name that is kept is composed."""
    name = unicodedata.normalize("NFD", "ảnh Một cửa.txt")
    (place / name).write_bytes(b"x")
    laptop.act("attach_file", {"path": str(place / name)}, inspection)
    (piece,) = laptop.read(inspection).evidence
    assert piece.file is not None
    assert piece.file.name == "ảnh Một cửa.txt"


def test_a_name_with_a_blank_at_its_end_is_found(laptop: Laptop, inspection: str, place: Path) -> None:
    (place / "ghi chú ").write_bytes(b"x")
    laptop.act("attach_file", {"path": str(place / "ghi chú ")}, inspection)
    assert len(laptop.read(inspection).evidence) == 1


def test_the_same_file_twice_is_kept_once(laptop: Laptop, inspection: str, place: Path) -> None:
    (place / "a.txt").write_bytes(b"x")
    (place / "b.txt").write_bytes(b"x")
    for name in "ab":
        laptop.act("attach_file", {"path": str(place / f"{name}.txt")}, inspection)
    first, second = laptop.read(inspection).evidence
    assert first.file is not None
    assert second.file is not None
    assert first.file.hash == second.file.hash
    assert len(list(laptop.workspace.blobs.all())) == 1


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("none.jpg", "file-not-readable"),
        ("", "file-not-readable"),
        ("empty.pdf", "file-empty"),
        ("x\x00y", "file-not-readable"),
        ("n" * 300, "file-not-readable"),
        ("pipe", "file-not-readable"),
        ("\udcff.jpg", "file-not-readable"),
    ],
)
def test_what_is_no_file_is_refused(laptop: Laptop, inspection: str, place: Path, name: str, code: str) -> None:
    (place / "empty.pdf").write_bytes(b"")
    os.mkfifo(place / "pipe")
    before = laptop.position()
    with pytest.raises(BadInput) as caught:
        laptop.act("attach_file", {"path": f"{place}/{name}"}, inspection)
    assert caught.value.code == code
    sentence(caught.value).encode()
    assert laptop.position() == before


def test_a_file_of_others_is_refused(
    laptop: Laptop, inspection: str, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (place / "secret.txt").write_bytes(b"x")
    monkeypatch.setattr("inspector.services.named_files.os.access", lambda path, mode: False)
    with pytest.raises(BadInput, match="file-not-readable"):
        laptop.act("attach_file", {"path": str(place / "secret.txt")}, inspection)


def test_a_huge_file_is_refused_before_it_is_read(laptop: Laptop, inspection: str, place: Path) -> None:
    with open(place / "film.mp4", "wb") as file:
        file.truncate(200 * 1024 * 1024 + 1)
    with pytest.raises(BadInput) as caught:
        laptop.act("attach_file", {"path": str(place / "film.mp4")}, inspection)
    assert caught.value.params == {"field": "path", "path": "film.mp4", "megabytes": 201, "most": 200}


def test_evidence_is_attached_where_it_is_recorded(laptop: Laptop, inspection: str, finding: str) -> None:
    dossier = laptop.act("add_dossier", {"code": "0001"}, inspection).ref
    count = {"place": "Một cửa", "at": "2026-11-26T08:15", "counts": {"due": 9}}
    headcount = laptop.act("count_heads", count, inspection).ref
    to = {"item": "X-I.1", "finding": finding, "dossier": dossier, "headcount": headcount}
    piece = laptop.act("cite_document", {"document": {"number": "1"}, **to}, inspection).ref
    found = laptop.read(inspection)
    answer = natural_id(inspection, "answer", KEY)
    for entity, record in (("answer", answer), ("finding", finding), ("dossier", dossier), ("headcount", headcount)):
        assert [each.id for each in found.evidence_of(entity, record)] == [piece]


def test_evidence_is_taken_off_and_put_on_again(laptop: Laptop, inspection: str, finding: str) -> None:
    piece = laptop.act("cite_document", {"document": {"number": "1"}}, inspection).ref
    shown = []
    for act in ("link_evidence", "unlink_evidence", "link_evidence"):
        laptop.act(act, {"evidence": piece, "finding": finding}, inspection)
        shown.append(len(laptop.read(inspection).evidence_of("finding", finding)))
    assert shown == [1, 0, 1]


def test_a_link_undone_can_be_put_on_again(laptop: Laptop, inspection: str, finding: str) -> None:
    piece = laptop.act("cite_document", {"document": {"number": "1"}}, inspection).ref
    link = {"evidence": piece, "finding": finding}
    laptop.act("link_evidence", link, inspection, act="act-1")
    laptop.act("undo", {"undone": "act-1"}, inspection)
    assert laptop.read(inspection).evidence_of("finding", finding) == ()
    laptop.act("link_evidence", link, inspection)
    assert len(laptop.read(inspection).evidence_of("finding", finding)) == 1


@pytest.mark.parametrize("act", ["link_evidence", "unlink_evidence"])
def test_a_link_needs_something_to_attach_to(laptop: Laptop, inspection: str, act: str) -> None:
    piece = laptop.act("cite_document", {"document": {"number": "1"}}, inspection).ref
    with pytest.raises(BadInput) as caught:
        laptop.act(act, {"evidence": piece}, inspection)
    assert (caught.value.code, caught.value.params["field"]) == ("act-missing-argument", "item")


def test_evidence_is_not_attached_to_what_was_removed(laptop: Laptop, inspection: str, finding: str) -> None:
    laptop.act("remove_finding", {"finding": finding}, inspection)
    before = laptop.position()
    with pytest.raises(Refused, match="record-not-found"):
        laptop.act("cite_document", {"document": {"number": "1"}, "finding": finding}, inspection)
    assert laptop.position() == before


def test_removed_evidence_is_nowhere(laptop: Laptop, inspection: str, finding: str) -> None:
    piece = laptop.act("cite_document", {"document": {"number": "1"}, "finding": finding}, inspection).ref
    laptop.act("remove_evidence", {"evidence": piece}, inspection)
    found = laptop.read(inspection)
    assert (found.evidence, found.evidence_of("finding", finding)) == ((), ())


@pytest.mark.parametrize("rotation", [1, 45, 360, -90])
def test_pictures_turn_by_quarters(laptop: Laptop, inspection: str, rotation: int) -> None:
    piece = laptop.act("cite_document", {"document": {"number": "1"}}, inspection).ref
    with pytest.raises(InspectorError) as caught:
        laptop.act("rotate_photo", {"evidence": piece, "rotation": rotation}, inspection)
    assert caught.value.code in ("rotation-not-quarter", "value-needs-whole-number")


def photo(folder: Path, name: str, turned: int = 1) -> Path:
    """A picture 96 × 64, whose camera says how it was held."""
    from PIL import Image

    notes = Image.Exif()
    notes[0x0112] = turned
    notes.get_ifd(0x8769)[0x9003] = "2026:11:26 08:30:15"
    notes.get_ifd(0x8825)[1] = "N"
    more: dict[str, Any] = {"exif": notes} if not name.endswith((".gif", ".bmp")) else {}
    Image.linear_gradient("L").resize((96, 64)).convert("RGB").save(folder / name, **more)
    return folder / name


def attached(laptop: Laptop, inspection: str, path: Path) -> Evidence:
    reference = laptop.act("attach_file", {"path": str(path)}, inspection).ref
    return next(piece for piece in laptop.read(inspection).evidence if piece.id == reference)


@pytest.mark.parametrize("name", ["a.jpg", "A.JPEG", "a.png", "a.webp", "a.gif", "a.bmp", "a.tif"])
def test_a_photo_is_kept_as_taken_and_has_its_copies(laptop: Laptop, inspection: str, place: Path, name: str) -> None:
    path = photo(place, name)
    piece = attached(laptop, inspection, path)
    assert piece.file is not None
    assert piece.file.is_picture
    assert laptop.workspace.blobs.read(piece.file.hash) == path.read_bytes()
    copy = document_copy(laptop.workspace.blobs, piece.file, 0)
    assert (copy.width, copy.height, copy.jpeg[:2]) == (96, 64, b"\xff\xd8")
    assert laptop.workspace.blobs.derived(piece.file.hash, "thumbnail-0") is not None


@pytest.mark.parametrize(("turned", "shape"), [(1, (96, 64)), (3, (96, 64)), (6, (64, 96)), (8, (64, 96))])
def test_a_photo_is_upright_on_paper(
    laptop: Laptop, inspection: str, place: Path, turned: int, shape: tuple[int, int]
) -> None:
    piece = attached(laptop, inspection, photo(place, "a.jpg", turned))
    assert piece.file is not None
    copy = document_copy(laptop.workspace.blobs, piece.file, 0)
    assert (copy.width, copy.height) == shape
    by_hand = document_copy(laptop.workspace.blobs, piece.file, 90)
    assert (by_hand.height, by_hand.width) == shape


def test_a_photo_knows_when_it_was_taken_and_keeps_no_place_on_paper(
    laptop: Laptop, inspection: str, place: Path
) -> None:
    piece = attached(laptop, inspection, photo(place, "a.jpg"))
    assert str(piece.taken_at) == "2026-11-26 08:30:15"
    assert piece.file is not None
    assert b"Exif" not in document_copy(laptop.workspace.blobs, piece.file, 0).jpeg


def test_what_the_person_says_goes_before_what_the_camera_says(laptop: Laptop, inspection: str, place: Path) -> None:
    given = {"path": str(photo(place, "a.jpg")), "taken_at": "2026-11-25T16:00"}
    laptop.act("attach_file", given, inspection)
    (piece,) = laptop.read(inspection).evidence
    assert str(piece.taken_at) == "2026-11-25 16:00:00"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("note.jpg", b"not a picture", "picture-not-recognised"),
        ("scan.png", b"%PDF-1.4", "picture-not-recognised"),
        ("cut.jpg", None, "picture-damaged"),
        ("photo.heic", b"\x00\x00\x00\x18ftypheic" + bytes(60), "picture-not-recognised"),
    ],
)
def test_a_picture_that_cannot_be_looked_at_is_refused(
    laptop: Laptop, inspection: str, place: Path, name: str, content: bytes | None, code: str
) -> None:
    whole = photo(place, "whole.jpg").read_bytes()
    (place / name).write_bytes(whole[: len(whole) // 3] if content is None else content)
    before = laptop.position()
    with pytest.raises(BadInput) as caught:
        laptop.act("attach_file", {"path": str(place / name)}, inspection)
    assert caught.value.code.startswith("picture-")
    assert caught.value.code == code or code == "picture-not-recognised"
    assert laptop.position() == before


def test_a_picture_larger_than_any_camera_makes_is_refused(laptop: Laptop, inspection: str, place: Path) -> None:
    """A few bytes that claim a hundred thousand pixels each way."""
    small = bytearray(png())
    small[16:24] = (100_000).to_bytes(4, "big") * 2
    small[29:33] = zlib.crc32(small[12:29]).to_bytes(4, "big")
    (place / "bomb.png").write_bytes(small)
    with pytest.raises(BadInput, match="picture-too-large"):
        laptop.act("attach_file", {"path": str(place / "bomb.png")}, inspection)


def test_a_photo_whose_copies_are_gone_gets_new_ones(laptop: Laptop, inspection: str, place: Path) -> None:
    piece = attached(laptop, inspection, photo(place, "a.jpg"))
    assert piece.file is not None
    before = document_copy(laptop.workspace.blobs, piece.file, 0)
    shutil.rmtree(laptop.folder / "blobs" / "derived")
    assert document_copy(laptop.workspace.blobs, piece.file, 0) == before


def test_a_photo_that_is_elsewhere_is_missing_on_paper_and_no_more(
    laptop: Laptop, inspection: str, place: Path, another: Callable[..., Laptop]
) -> None:
    piece = attached(laptop, inspection, photo(place, "a.jpg"))
    theirs = another()
    deliver(laptop, theirs, inspection)
    found = printable(theirs.workspace.blobs, theirs.read(inspection).evidence)
    assert (found.photos, found.missing[piece.id].code) == ({}, "blob-missing")
    here = printable(laptop.workspace.blobs, laptop.read(inspection).evidence)
    assert (list(here.photos), here.missing) == ([piece.id], {})
