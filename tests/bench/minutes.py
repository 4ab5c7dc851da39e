"""200 findings and 50 phone photos to Word against plain docxtpl with the same photos and texts.

Plain means what a script would do: a template with loops, the photos as they came from the phone, saved. Ours begins
with the copies made when the photos came in, and does everything: fills, finishes, checks, writes durably.
"""

from __future__ import annotations

import io
import statistics
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from inspector.domain.minutes import Minutes, MinutesPhoto
from inspector.export.layout_profile import load_profile
from inspector.export.minutes_docx import render_minutes
from inspector.export.pictures import prepare
from resources import make_template
from tests.bench.measuring import scratch, seconds
from tests.samples import minutes_samples

FINDINGS, PHOTOS, ROUNDS = 200, 50, 5
AIM = 0.6
PHONE = (2000, 1500)


def run() -> Iterator[str]:
    originals = [minutes_samples.drawn_photo(at, PHONE, noise=16) for at in range(PHOTOS)]
    minutes = _minutes(originals)
    profile = load_profile(make_template.PROFILE.read_bytes())
    template = make_template.TEMPLATE.read_bytes()
    plain = _plain_template(template)
    with scratch() as folder:
        times: dict[str, list[float]] = {"plain": [], "ours": []}
        for at in range(ROUNDS + 1):
            times["plain"].append(
                seconds(partial(_render_plain, plain, minutes, originals, folder / f"plain-{at}.docx"))
            )
            times["ours"].append(
                seconds(partial(render_minutes, minutes, template, profile, folder / f"ours-{at}.docx"))
            )
        floor, ours = (statistics.median(taken[1:]) for taken in (times["plain"], times["ours"]))
        sizes = [(folder / f"{name}-0.docx").stat().st_size / 1024 / 1024 for name in ("plain", "ours")]
    heavy = sum(map(len, originals)) / 1024 / 1024
    yield f"{FINDINGS} findings, {PHOTOS} photos of {heavy:.0f} MB: {ours:.2f} s, plain docxtpl {floor:.2f} s"
    yield f"ratio {ours / floor:.2f} (aim ≤ {AIM}); files {sizes[1]:.1f} MB and {sizes[0]:.1f} MB"


def _minutes(originals: list[bytes]) -> Minutes:
    photos = []
    for at, data in enumerate(originals):
        made = prepare(data)
        photos.append(
            MinutesPhoto(f"Ảnh chụp số {at + 1}", made.width, made.height, partial(bytes, made.document_jpeg))
        )
    minutes = minutes_samples.many(FINDINGS, 0)
    return replace(minutes, appendices=replace(minutes.appendices, photos=tuple(photos)))


def _plain_template(template: bytes) -> bytes:
    """The same texts with loops instead of blocks."""
    from docx import Document

    document: Any = Document(io.BytesIO(template))
    body = document.element.body
    for child in list(body)[:-1]:
        body.remove(child)
    for line in (
        "{%p for finding in findings %}",
        "{{ finding.number }}. {{ finding.content }}",
        "Thực tế kiểm tra: {{ finding.facts }}",
        "Minh chứng: {{ finding.evidence }}",
        "{%p endfor %}",
    ):
        document.add_paragraph(line)
    table = document.add_table(rows=3, cols=5)
    rows = (
        ("{%tr for row in rows %}",),
        ("{{ row.n }}", "{{ row.content }}", "{{ row.who }}", "{{ row.due }}", "{{ row.to }}"),
        ("{%tr endfor %}",),
    )
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=False):
            cell.text = text
    for line in ("{%p for photo in photos %}", "{{ photo.image }}", "{{ photo.caption }}", "{%p endfor %}"):
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _render_plain(template: bytes, minutes: Minutes, originals: list[bytes], out: Path) -> None:
    from docx.shared import Mm
    from docxtpl import DocxTemplate, InlineImage

    document = DocxTemplate(io.BytesIO(template))
    photos = [
        {"image": InlineImage(document, io.BytesIO(data), width=Mm(80)), "caption": photo.caption}
        for data, photo in zip(originals, minutes.appendices.photos, strict=True)
    ]
    rows = [
        {"n": at, "content": one.content, "who": one.responsible, "due": str(one.deadline), "to": one.report_to}
        for at, one in enumerate(minutes.recommendations, 1)
    ]
    context = {"findings": minutes.shortcomings, "rows": rows, "photos": photos}
    document.render(context, autoescape=True)
    document.save(out)
