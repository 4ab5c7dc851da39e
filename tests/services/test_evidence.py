"""Evidence of every kind: cited documents, figures, statements, files, photos, and what they are attached to."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from pathlib import Path

import pytest

from inspector.domain.errors import BadInput, InspectorError, Refused
from inspector.domain.ids import natural_id
from inspector.services.wording import sentence
from tests.services.laptops import Laptop

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
