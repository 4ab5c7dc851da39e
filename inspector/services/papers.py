"""Papers of an inspection on their way to people: how far they are, their pages, PDF, copies, scans."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from inspector.domain.errors import InspectorError, Refused
from inspector.domain.grounds import pictures
from inspector.domain.pages import Page
from inspector.domain.proposals import propose_from
from inspector.domain.readiness import Readiness, readiness
from inspector.domain.sections import SectionState
from inspector.services.freezing import gathering
from inspector.services.issuing import compose, compose_supplement_of, document_kept, file_name, sealed_paper
from inspector.services.minutes_paper import section_states
from inspector.services.named_files import content_of, named_file
from inspector.services.photos import printable
from inspector.services.wording import said

if TYPE_CHECKING:
    from inspector.domain.inspection import Inspection
    from inspector.domain.minutes import Minutes
    from inspector.services.desk import Desk

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]
_PDF = ".pdf"
_KINDS = ((b"%PDF", _PDF), (b"\xff\xd8", ".jpg"), (b"\x89PNG", ".png"), (b"II*\x00", ".tif"), (b"MM\x00*", ".tif"))


@dataclass(frozen=True)
class Standing:
    """How far the minutes are: ``sentences`` of the conditions in their order, the text of every section and what it
    proposes now, and whether this laptop can make PDF.
    """

    ready: Readiness
    sentences: tuple[str, ...]
    sections: Mapping[str, SectionState]
    proposals: Mapping[str, str]
    makes_pdf: bool


def standing(desk: Desk, found: Inspection) -> Standing:
    """What keeps the minutes closed, and what their sections say."""
    from inspector.export.pdf import can_convert

    photos = printable(desk.workspace.blobs, pictures(found))
    drawn = desk.library.grounds(found, printable=photos.photos)
    waits_for = gathering(desk.workspace, found, desk.workspace.author.device)
    problems = {piece: error.code for piece, error in photos.missing.items()}
    ready = readiness(drawn, photo_problems=problems, gathering=waits_for)
    sentences = tuple(said(condition.code, condition.params) for condition in ready.conditions)
    return Standing(ready, sentences, section_states(drawn), propose_from(drawn), can_convert())


def pages_now(desk: Desk, inspection: str, cancelled: Cancelled | None = None) -> tuple[Page, ...]:
    """The pages of the minutes as they would be made now; of signed minutes those that were signed.

    Raises:
        BadInput: the template or the result is not usable.
        Refused: ``export-cancelled``.
    """
    return _pages(document_now(desk, inspection, cancelled=cancelled), cancelled)


def pages_of(desk: Desk, document: str, cancelled: Cancelled | None = None) -> tuple[Page, ...]:
    """The pages of a document that was made, by its hash.

    Raises:
        Unavailable: ``blob-missing``: it is not on this laptop.
    """
    return _pages(desk.workspace.blobs.read(document), cancelled)


def pages_of_supplement(
    desk: Desk, inspection: str, supplement: str, cancelled: Cancelled | None = None
) -> tuple[Page, ...]:
    """The pages of supplementary minutes."""
    return _pages(_made(desk, *compose_supplement_of(desk, inspection, supplement), None, cancelled), cancelled)


def document_now(
    desk: Desk, inspection: str, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> bytes:
    """The Word file as it would be made now, entered nowhere."""
    found = desk.inspection(inspection)
    kept = document_kept(desk, found)
    if kept is not None:
        return desk.workspace.blobs.read(kept)
    if found.sealed is not None:
        return _made(desk, *sealed_paper(desk, found, found.sealed), progress, cancelled)
    return _made(desk, found, compose(desk, found)[0], progress, cancelled)


def save_copy(desk: Desk, document: str, out: Path) -> Path:
    """Put a document that was made at ``out`` as it was made.

    Raises:
        Unavailable: ``blob-missing``: it is not on this laptop.
        Unavailable: ``export-…``.
    """
    from inspector.export.atomic_file import replace_file

    replace_file(out, desk.workspace.blobs.read(document))
    return out


def save_pdf(desk: Desk, inspection: str, document: str, out: Path, cancelled: Cancelled | None = None) -> Path:
    """The PDF of a document that was made, or of the minutes as they stand now where ``document`` is empty.

    Raises:
        Unavailable: ``pdf-…``, ``export-…``.
    """
    from inspector.export.pdf import to_pdf

    data = desk.workspace.blobs.read(document) if document else document_now(desk, inspection, cancelled=cancelled)
    with _folder(desk) as folder:
        source = folder / out.with_suffix(".docx").name
        source.write_bytes(data)
        if cancelled is not None and cancelled():
            raise Refused("export-cancelled")
        return to_pdf(source, out)


def view(desk: Desk, inspection: str, document: str, kind: str, cancelled: Cancelled | None = None) -> Path:
    """A copy for looking at or printing, ``kind`` .pdf or .docx, in the folder that is wiped at every start."""
    folder = Path(tempfile.mkdtemp(prefix="xem-", dir=desk.workspace.places.temporary))
    out = (folder / file_name(desk, inspection)).with_suffix(kind)
    if kind == _PDF:
        return save_pdf(desk, inspection, document, out, cancelled)
    out.write_bytes(desk.workspace.blobs.read(document) if document else document_now(desk, inspection))
    return out


def view_scan(desk: Desk, inspection: str) -> Path:
    """A copy of the scan of the signed paper for looking at, in the folder that is wiped at every start.

    Raises:
        Refused: ``not-signed-yet``: there is none.
        Unavailable: ``blob-missing``: it is not on this laptop.
    """
    signed = desk.inspection(inspection).signed
    if signed is None or signed.scan is None:
        raise Refused("not-signed-yet")
    content = desk.workspace.blobs.read(signed.scan)
    kind = next((ending for start, ending in _KINDS if content.startswith(start)), ".bin")
    out = Path(tempfile.mkdtemp(prefix="xem-", dir=desk.workspace.places.temporary)) / f"ban-quet{kind}"
    out.write_bytes(content)
    return out


def free_name(folder: Path, name: str) -> Path:
    """A name in the folder that nothing has yet: a draft never takes the place of an earlier one."""
    stem, ending = Path(name).stem, Path(name).suffix
    names = (name if number == 1 else f"{stem}-{number}{ending}" for number in range(1, 10_000))
    return next(found for found in (folder / one for one in names) if not found.exists())


@contextmanager
def scan_of(desk: Desk, files: Sequence[Path]) -> Iterator[Path]:
    """The scan as one file: a single one as it is, photos of several pages as one PDF in their order.

    Raises:
        BadInput: ``picture-…``, ``file-…``.
    """
    if len(files) == 1:
        yield named_file(str(files[0]), "scan")
        return
    from inspector.export.pictures import pictures_as_pdf

    with _folder(desk) as folder:
        bound = folder / "ban-quet.pdf"
        bound.write_bytes(pictures_as_pdf([content_of(named_file(str(file), "scan")) for file in files]))
        yield bound


def documents_folder(desk: Desk) -> Path:
    """Where papers are put: the folder a person chose, else the documents of this person."""
    from inspector.services.preferences import load

    chosen = load(desk.workspace.places).documents_folder
    if chosen and Path(chosen).is_dir():
        return Path(chosen)
    home = Path.home()
    return next((found for found in (home / "Documents", home / "Tài liệu") if found.is_dir()), home)


def remember_folder(desk: Desk, folder: Path) -> None:
    """Papers go there from now on. That this cannot be kept is no reason to stop."""
    from contextlib import suppress
    from dataclasses import replace

    from inspector.services.preferences import load, save

    with suppress(InspectorError):
        places = desk.workspace.places
        known = load(places)
        if known.documents_folder != str(folder):
            save(places, replace(known, documents_folder=str(folder)))


def _made(
    desk: Desk, found: Inspection, paper: Minutes, progress: Progress | None, cancelled: Cancelled | None
) -> bytes:
    from inspector.export.layout_profile import load_profile
    from inspector.export.minutes_docx import compose_minutes
    from inspector.services.library import layout_profile

    template = desk.library.template(found.visit_date)
    return compose_minutes(paper, template, load_profile(layout_profile()), progress, cancelled).data


def _pages(data: bytes, cancelled: Cancelled | None) -> tuple[Page, ...]:
    from inspector.export.layout_profile import load_profile
    from inspector.export.preview import preview
    from inspector.services.library import layout_profile

    return preview(data, load_profile(layout_profile()), cancelled)


@contextmanager
def _folder(desk: Desk) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=desk.workspace.places.temporary, ignore_cleanup_errors=True) as folder:
        yield Path(folder)
