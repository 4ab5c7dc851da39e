"""Issuing (lập văn bản): from an inspection to a Word file, kept by its hash with its place in the log."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from inspector.domain.errors import BadInput, Refused
from inspector.domain.grounds import pictures
from inspector.domain.minutes import Origin
from inspector.domain.readiness import Group, Readiness, readiness
from inspector.domain.seal import square_text
from inspector.domain.text import fold
from inspector.services.photos import printable as printable_photos
from inspector.services.wording import said

if TYPE_CHECKING:
    from inspector.domain.inspection import Inspection, SealFact
    from inspector.domain.minutes import Minutes
    from inspector.export.layout_check import Problem
    from inspector.services.desk import Desk

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Issued:
    """What was made: the files, and sentences a person should know about them."""

    files: tuple[Path, ...]
    notes: tuple[str, ...]
    kind: str


def issue_minutes(
    desk: Desk,
    inspection: str,
    out: Path,
    *,
    pdf: bool = False,
    draft: bool = False,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Issued:
    """Make the minutes of an inspection, check them, put them at ``out`` and enter them in the log.

    As long as something must be done first, or with ``draft``, they are a draft and say so. Signed minutes are never
    made again: the file that was signed is handed out as it was.

    Raises:
        BadInput: the template or the result is not usable; nothing was put at ``out``.
        Refused: ``export-cancelled``.
        Unavailable: the file is open elsewhere, the disk is full, ``pdf-…``.
    """
    _check_target(out)
    found = desk.inspection(inspection)
    kept = document_kept(desk, found)
    if kept is not None:
        _hand_out(desk, kept, out)
        kind, notes = "minutes", tuple[str, ...]()
    elif found.sealed is not None:
        kind, notes = "minutes", _print_sealed(desk, found, found.sealed, out, progress, cancelled)
    else:
        kind, notes = _make(desk, found, out, draft, progress, cancelled)
    return Issued(_files(out, pdf), notes, kind)


def document_kept(desk: Desk, found: Inspection) -> str | None:
    """The file that was signed, or made under the seal that stands: it is handed out as it was, never made again.

    None where there is none yet, or where it is on another laptop only; then the same is made from what was sealed.
    """
    if found.signed and found.signed.document:
        return found.signed.document
    issued = found.sealed.issued if found.sealed else ()
    return next((sha256 for sha256 in issued if desk.workspace.blobs.has(sha256)), None)


def sealed_paper(desk: Desk, found: Inspection, fact: SealFact) -> tuple[Inspection, Minutes]:
    """The inspection as it was sealed, and everything its minutes print: what came later has no part in it.

    Raises:
        Refused: ``seal-records-missing``: not all that was sealed is on this laptop.
    """
    from inspector.services.minutes_paper import DEMONSTRATION, compose_minutes
    from inspector.services.sealing import sealed_view

    shown = sealed_view(desk.workspace, found, fact)
    photos = printable_photos(desk.workspace.blobs, pictures(shown))
    drawn = desk.library.grounds(shown, printable=photos.photos)
    who = desk.workspace.person_name(found.id, fact.person)
    made_at = datetime.fromisoformat(fact.wall)
    origin = Origin(found.id, made_at, who, f"seal:{fact.root.hex()}", fact.code, square_text(fact.root))
    paper = compose_minutes(
        shown,
        drawn.checklist,
        drawn.terms.calendar,
        drawn.law,
        origin=origin,
        photos=photos,
        banner=DEMONSTRATION if desk.is_demonstration else None,
        taken_over=drawn.terms.taken_over,
    )
    return shown, paper


def _print_sealed(
    desk: Desk,
    found: Inspection,
    fact: SealFact,
    out: Path,
    progress: Progress | None,
    cancelled: Cancelled | None,
) -> tuple[str, ...]:
    shown, paper = sealed_paper(desk, found, fact)
    problems = _render(desk, shown, paper, out, "minutes", progress, cancelled)
    return tuple(problem.sentence for problem in problems)


def issue_supplement(desk: Desk, inspection: str, supplement: str, out: Path, *, pdf: bool = False) -> Issued:
    """Make the Word file of supplementary minutes."""
    _check_target(out)
    found, paper = compose_supplement_of(desk, inspection, supplement)
    problems = _render(desk, found, paper, out, "supplement", None, None)
    return Issued(_files(out, pdf), tuple(problem.sentence for problem in problems), "supplement")


def compose_supplement_of(desk: Desk, inspection: str, supplement: str) -> tuple[Inspection, Minutes]:
    """The inspection, and everything its supplementary minutes print.

    Raises:
        Refused: ``record-not-found``.
    """
    from inspector.services.minutes_paper import DEMONSTRATION, compose_supplement

    found = desk.inspection(inspection)
    wanted = next((each for each in found.supplements if each.id == supplement), None)
    if wanted is None:
        raise Refused("record-not-found", entity="Biên bản bổ sung", id=supplement)
    banner = DEMONSTRATION if desk.is_demonstration else None
    return found, compose_supplement(found, wanted, origin=_origin(desk, found), banner=banner)


def compose(desk: Desk, found: Inspection, *, draft: bool = False) -> tuple[Minutes, Readiness]:
    """Everything the minutes print, and what stands between them and a signature; a draft while anything must, or
    where a draft is wanted.
    """
    from inspector.services.minutes_paper import DEMONSTRATION, DRAFT, compose_minutes

    photos = printable_photos(desk.workspace.blobs, pictures(found))
    drawn = desk.library.grounds(found, printable=photos.photos)
    ready = readiness(drawn, photo_problems={piece: error.code for piece, error in photos.missing.items()})
    banner = DEMONSTRATION if desk.is_demonstration else None if ready.open and not draft else DRAFT
    paper = compose_minutes(
        found,
        drawn.checklist,
        drawn.terms.calendar,
        drawn.law,
        origin=_origin(desk, found),
        photos=photos,
        banner=banner,
        taken_over=drawn.terms.taken_over,
    )
    return paper, ready


def _origin(desk: Desk, found: Inspection) -> Origin:
    position = desk.workspace.position(found.id)
    author = desk.workspace.author
    made_at = datetime.fromisoformat(desk.workspace.clock.wall())
    who = desk.workspace.person_name(found.id, author.person)
    return Origin(found.id, made_at, who, f"{position.lseq}:{position.root}")


def printable(desk: Desk) -> list[str]:
    """The inspections that can have minutes: begun and not cancelled, in the order of their visits."""
    rows = desk.workspace.inspections(limit=100_000)
    shown = [row for row in rows if row.values.get("status") in ("open", "finished")]
    return [row.space for row in sorted(shown, key=lambda row: (str(row.values.get("visit_date")), row.space))]


def file_name(desk: Desk, inspection: str) -> str:
    """A name for the file that sorts by day and says the unit, in letters every system takes."""
    found = desk.inspection(inspection)
    day = found.visit_date.isoformat() if found.visit_date else "chua-ro-ngay"
    unit = "-".join(fold(f"{found.unit.kind or ''} {found.unit.name or ''}").split())
    plain = "".join(letter for letter in unit if letter.isalnum() or letter == "-")
    return f"{day}-{plain[:60] or 'don-vi'}-{inspection[:8]}.docx"


def check_file(path: Path) -> list[Problem]:
    """What is wrong with the layout of a Word file by Decree 30/2020.

    Raises:
        BadInput: ``file-not-readable``; a file that is no Word document is a problem of its own.
    """
    from inspector.export.layout_check import check_document
    from inspector.export.layout_profile import load_profile
    from inspector.services.library import layout_profile

    if not path.is_file():
        raise BadInput("file-not-readable", field="file", path=path.name)
    return list(check_document(path, load_profile(layout_profile())))


def _make(
    desk: Desk, found: Inspection, out: Path, draft: bool, progress: Progress | None, cancelled: Cancelled | None
) -> tuple[str, tuple[str, ...]]:
    paper, ready = compose(desk, found, draft=draft)
    kind = "minutes" if ready.open and not draft else "draft"
    problems = _render(desk, found, paper, out, kind, progress, cancelled)
    open_points = tuple(said(point.code, point.params) for point in ready.of(Group.MUST))
    return kind, (*open_points, *(problem.sentence for problem in problems))


def _render(
    desk: Desk,
    found: Inspection,
    paper: Minutes,
    out: Path,
    kind: str,
    progress: Progress | None,
    cancelled: Cancelled | None,
) -> tuple[Problem, ...]:
    from inspector.export.layout_profile import load_profile
    from inspector.export.minutes_docx import render_minutes
    from inspector.services.library import layout_profile

    profile = load_profile(layout_profile())
    made = render_minutes(paper, desk.library.template(found.visit_date), profile, out, progress, cancelled)
    position = desk.workspace.position(found.id)
    desk.perform(
        "enter_document",
        {
            "kind": kind,
            "path": str(out),
            "template": made.template_sha256,
            "position": {"changes": position.lseq, "root": position.root},
            "made_at": desk.workspace.clock.wall(),
        },
        inspection=found.id,
    )
    return made.problems


def _hand_out(desk: Desk, document: str, out: Path) -> None:
    from inspector.export.atomic_file import replace_file

    replace_file(out, desk.workspace.blobs.read(document))


def _files(docx: Path, pdf: bool) -> tuple[Path, ...]:
    """What lies there now: the Word file, and its PDF where one was asked for."""
    if not pdf:
        return (docx,)
    from inspector.export.pdf import to_pdf

    return docx, to_pdf(docx, docx.with_suffix(".pdf"))


def _check_target(out: Path) -> None:
    if out.suffix.lower() != ".docx":
        raise BadInput("out-needs-docx", field="out", path=out.name)
    if out.is_dir():
        raise BadInput("out-is-folder", field="out", path=out.name)
