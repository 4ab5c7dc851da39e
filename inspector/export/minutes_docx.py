"""Minutes as a Word file: a template is filled, finished, checked and only then put in its place.

The order: fill the template in a sandbox; fail on a tag left over; put in the parts built here; bind the appendices;
measure rule lines, number drawings, set language and properties; pack; check; move into place.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inspector.domain.errors import BadInput, Refused
from inspector.domain.minutes import Minutes, MinutesPhoto
from inspector.export.atomic_file import replace_file
from inspector.export.layout_check import Problem, check_document
from inspector.export.layout_profile import Profile

if TYPE_CHECKING:
    from inspector.export.word.markup import Writer

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]

_STEPS_BESIDE_PHOTOS = 5
_JPEG = b"\xff\xd8\xff"


@dataclass(frozen=True, slots=True)
class Rendered:
    """A file that was made: SHA-256 (hex) of it and of its template, about how many pages, and what the check says."""

    path: Path
    sha256: str
    template_sha256: str
    pages_hint: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Composed:
    """A document not yet written anywhere."""

    data: bytes
    pages_hint: int
    problems: tuple[Problem, ...]


def render_minutes(
    minutes: Minutes,
    template: bytes,
    profile: Profile,
    out: Path,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Rendered:
    """Writes ``minutes`` to ``out``; a document somebody had there is replaced in one step or stays as it was.

    Raises:
        BadInput: the template cannot be filled (``template-…``), or what came out would not open
            (``document-broken``).
        Refused: ``export-cancelled``.
        Unavailable: ``export-…``: the file is open in Word, the disk is full.
    """
    made = compose_minutes(minutes, template, profile, progress, cancelled)
    written = replace_file(out, made.data)
    return Rendered(out, written, hashlib.sha256(template).hexdigest(), made.pages_hint, made.problems)


def compose_minutes(
    minutes: Minutes,
    template: bytes,
    profile: Profile,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Composed:
    """The document as bytes, checked. Raises as ``render_minutes``, except for what concerns the file."""
    from inspector.export.word import engine, finish, tags

    steps = _Steps(_STEPS_BESIDE_PHOTOS + len(minutes.appendices.photos), progress, cancelled)
    document, arguments = engine.fill(template, tags.text_values(minutes, profile), tags.flags(minutes))
    root = document.element
    left = engine.leftover_marks(root)
    if left is not None:
        raise BadInput("template-mark-left", text=left)
    steps.next()
    write = _writer(document, profile)
    engine.put_in_blocks(root, _blocks(write, minutes, arguments))
    finish.keep_recipients(root, profile, finish.style_ids(document.styles.element))
    steps.next()
    _bind_appendices(document, write, minutes, steps)
    steps.next()
    if minutes.origin.check_code and minutes.origin.square:
        from inspector.export.word import seal_footer

        seal_footer.put(document, profile, minutes.origin.check_code, minutes.origin.square)
    _finish(document, minutes, profile, hashlib.sha256(template).hexdigest())
    data = _pack(document)
    steps.next()
    problems = tuple(check_document(data, profile))
    broken = next((problem for problem in problems if problem.severity == "broken"), None)
    if broken is not None:
        raise BadInput("document-broken", rule=broken.rule, sentence=broken.sentence)
    steps.next()
    return Composed(data, finish.estimate_pages(root, profile), problems)


class _Steps:
    """Tells how far it is, and stops between two steps when nobody waits any more."""

    def __init__(self, total: int, progress: Progress | None, cancelled: Cancelled | None) -> None:
        self.done, self.total, self.progress, self.cancelled = 0, total, progress, cancelled

    def next(self) -> None:
        if self.cancelled is not None and self.cancelled():
            raise Refused("export-cancelled")
        self.done += 1
        if self.progress is not None:
            self.progress(self.done, self.total)


def _writer(document: Any, profile: Profile) -> Writer:
    """A writer in the styles of this template.

    Raises:
        BadInput: ``template-style-missing``.
    """
    from inspector.export.word import finish
    from inspector.export.word.markup import Writer

    ids = finish.style_ids(document.styles.element)
    styles = {}
    for key, element in profile.elements.items():
        if element.style.lower() not in ids:
            raise BadInput("template-style-missing", style=element.style)
        styles[key] = ids[element.style.lower()]
    return Writer(profile, styles)


def _blocks(write: Writer, minutes: Minutes, arguments: dict[str, tuple[str, ...]]) -> Callable[[str], str]:
    from inspector.export.word import body
    from inspector.export.word.signatures import signature_block

    builders: dict[str, Callable[[], str]] = {
        "can_cu": lambda: body.legal_bases(write, minutes.legal_bases),
        "thanh_phan_doan": lambda: body.team(write, minutes.team_attendees),
        "thanh_phan_don_vi": lambda: body.unit(write, minutes.unit_attendees),
        "noi_dung_pham_vi": lambda: write.prose_or_dots("body", minutes.scope),
        "phuong_phap": lambda: write.prose_or_dots("body", minutes.method),
        "ket_qua": lambda: body.results(write, minutes),
        "muc_chua_kiem_tra": lambda: body.unchecked(write, minutes.unchecked.items, minutes.unchecked.reason),
        "uu_diem": lambda: write.prose_or_dots("body", minutes.strengths, 3),
        "cach_lam_hay": lambda: write.prose_or_dots("body", minutes.good_practices),
        "ton_tai": lambda: body.shortcomings(write, minutes),
        "nguyen_nhan_chu_quan": lambda: write.prose_or_dots("body", minutes.causes_internal),
        "nguyen_nhan_khach_quan": lambda: write.prose_or_dots("body", minutes.causes_external),
        "bang_kien_nghi": lambda: body.recommendations(write, minutes.recommendations),
        "y_kien_don_vi": lambda: body.opinion(write, minutes.opinion, minutes.finding_opinions),
        "khoi_ky": lambda: signature_block(write, minutes.signers, minutes.form, arguments["khoi_ky"]),
        "noi_nhan": lambda: body.recipients(write, minutes.recipients),
    }
    return lambda name: builders[name]()


def _bind_appendices(document: Any, write: Writer, minutes: Minutes, steps: _Steps) -> None:
    from inspector.export.word import sections
    from inspector.export.word.appendices import appendices, count_appendices, heading

    media = _Media(document, steps)
    total = count_appendices(minutes)
    bound = (
        (heading(write, minutes, appendix, number, total) + appendix.content, appendix.landscape)
        for number, appendix in enumerate(appendices(write, minutes, media.place), 1)
    )
    sections.bind(document.element.body, bound, write.paragraph("break", ""))


class _Media:
    """Takes photos into the package; the same photo is stored once."""

    def __init__(self, document: Any, steps: _Steps) -> None:
        self.document = document
        self.steps = steps
        self.relations: dict[bytes, str] = {}

    def place(self, photo: MinutesPhoto) -> str:
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        self.steps.next()
        data = photo.read()
        if not data.startswith(_JPEG):
            raise BadInput("photo-not-jpeg")
        digest = hashlib.sha256(data).digest()
        if digest not in self.relations:
            name = PackURI(f"/word/media/anh-{len(self.relations) + 1:04d}.jpeg")
            part = Part(name, "image/jpeg", data, self.document.part.package)
            self.relations[digest] = self.document.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
        return self.relations[digest]


def _finish(document: Any, minutes: Minutes, profile: Profile, template_hash: str) -> None:
    from inspector.export.word import engine, finish, saving, tags

    root, styles = document.element, document.styles.element
    engine.show_braces(root)
    ids = finish.style_ids(styles)
    finish.balance_titles(root, profile, ids)
    finish.measure_rules(root, profile, ids)
    for tree in (root, styles, *_headers(document)):
        finish.normalise(tree)
    finish.number_drawings(root)
    finish.set_language(styles, document.settings.element, profile)
    texts = tags.text_values(minutes, profile)
    finish.set_properties(
        document.core_properties,
        title=f"{texts['ten_loai'].capitalize()} {texts['so_ky_hieu']}: {texts['trich_yeu']}",
        subject="Kiểm tra công tác cải cách hành chính",
        author=minutes.origin.author or texts["ten_doan"],
        record=minutes.origin.record,
        language=profile.language,
        at=minutes.origin.made_at,
    )
    values = {
        "InspectorRecord": minutes.origin.record,
        "InspectorPosition": minutes.origin.position or "",
        "InspectorTemplateSha256": template_hash,
        "InspectorContentSha256": saving.content_hash(root),
    }
    saving.set_custom_properties(document.part.package, values)


def _headers(document: Any) -> list[Any]:
    return [
        relation.target_part.element
        for relation in document.part.rels.values()
        if relation.reltype.endswith(("/header", "/footer"))
    ]


def _pack(document: Any) -> bytes:
    from inspector.export.word import saving

    return saving.pack(document.part.package)
