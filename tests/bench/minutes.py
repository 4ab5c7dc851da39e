"""200 findings and 50 photos to Word, through the service, against plain docxtpl with the same photos."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from inspector.services.desk import Desk
from inspector.services.issuing import issue_minutes
from tests.bench.measuring import desk_in, open_inspection, scratch, seconds
from tests.samples.minutes_samples import drawn_photo

FINDINGS = 200
PHOTOS = 50
PHONE = (4000, 3000)
ROUNDS = 3
TEXT = "Qua kiểm tra xác suất có 20/26 hồ sơ trễ hạn, chưa có văn bản xin lỗi và hẹn lại ngày trả kết quả."


def run() -> Iterator[str]:
    with scratch() as folder, desk_in(folder) as desk:
        photos = _photos(folder)
        inspection, attached = _inspection(desk, photos)
        ours = min(seconds(lambda: issue_minutes(desk, inspection, folder / "ours.docx")) for _ in range(ROUNDS))
        plain = min(seconds(lambda: _plain(photos, folder / "plain.docx")) for _ in range(ROUNDS))
        weight = sum(photo.stat().st_size for photo in photos) / 2**20
        size = (folder / "ours.docx").stat().st_size
    yield f"{PHOTOS} photos of {PHONE[0]} × {PHONE[1]}, {weight:.0f} MiB, attached once in {attached:.1f} s"
    yield f"plain docxtpl       {plain:6.2f} s"
    yield f"minutes by service  {ours:6.2f} s, {size / 2**20:.1f} MiB, every check included"
    yield f"ratio of the times  {ours / plain:.2f} (aim at most 0.6)"


def _photos(folder: Path) -> list[Path]:
    found = []
    for number in range(PHOTOS):
        found.append(folder / f"anh-{number:02}.jpg")
        found[-1].write_bytes(drawn_photo(number, PHONE, noise=12))
    return found


def _inspection(desk: Desk, photos: list[Path]) -> tuple[str, float]:
    inspection = open_inspection(desk)
    for number in range(FINDINGS):
        given = {"kind": "shortcoming", "content": f"{number}. {TEXT}", "facts": TEXT}
        finding = desk.perform("add_finding", given, inspection=inspection).ref
        advice = {"finding": finding, "content": "Xin lỗi và hẹn lại ngày trả.", "responsible": "Trung tâm PVHCC"}
        desk.perform("add_recommendation", advice, inspection=inspection)

    def attach() -> None:
        for number, photo in enumerate(photos, 1):
            about = {"path": str(photo), "caption": f"Quầy tiếp nhận số {number}"}
            desk.perform("attach_file", about, inspection=inspection)

    return inspection, seconds(attach)


def _plain(photos: list[Path], out: Path) -> None:
    """The obvious way: one template with loops, the photos as they came."""
    import docx
    from docx.shared import Mm
    from docxtpl import DocxTemplate, InlineImage

    template = out.with_name("mau.docx")
    blank = docx.Document()
    for line in ("{%p for f in findings %}", "{{ f.number }}. {{ f.content }}", "{{ f.facts }}", "{%p endfor %}"):
        blank.add_paragraph(line)
    for line in ("{%p for p in photos %}", "{{ p.image }}", "{{ p.caption }}", "{%p endfor %}"):
        blank.add_paragraph(line)
    blank.save(str(template))
    document = DocxTemplate(str(template))
    findings = [{"number": number, "content": TEXT, "facts": TEXT} for number in range(FINDINGS)]
    images = [{"image": InlineImage(document, str(photo), width=Mm(80)), "caption": photo.name} for photo in photos]
    document.render({"findings": findings, "photos": images}, autoescape=True)
    document.save(str(out))
