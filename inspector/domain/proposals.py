"""The text each section of the minutes proposes, from what was recorded and from nothing else.

A section about which nothing was recorded proposes an empty text and is printed as dotted lines. Every number in a
proposal was recorded or is computed from recorded ones. Paragraphs are separated by line feeds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from inspector.domain.checklist import Checklist, Section
from inspector.domain.finding_prose import causes, listed, shortcomings, tasks_of
from inspector.domain.grounds import Grounds, Law, grounds
from inspector.domain.inspection import Inspection
from inspector.domain.item_prose import content_lines
from inspector.domain.legal_prose import full_titles
from inspector.domain.phrases import cited, clause, counted, label, lines, sentence
from inspector.domain.record_prose import dossiers_checked, headcount_places
from inspector.domain.scoring import total
from inspector.domain.sections import SECTIONS, content_key
from inspector.domain.tally import scores
from inspector.domain.wording import number
from inspector.domain.working_days import Calendar

_REMOTE = (
    "Đoàn kiểm tra căn cứ báo cáo kết quả thực hiện công tác CCHC của đơn vị và kết quả theo dõi, đánh giá"
    " công tác CCHC để kết luận."
)


def propose(
    inspection: Inspection,
    checklist: Checklist | None,
    calendar: Calendar,
    law: Law,
    *,
    taken_over: date | None = None,
    printable: Collection[str] | None = None,
) -> dict[str, str]:
    """The proposed text of every section, by the keys of ``SECTIONS`` in the order of the paper.

    Contents of the checklist that have no section of their own follow under ``content_key``. ``taken_over`` and
    ``printable`` are those of ``grounds``.
    """
    return propose_from(grounds(inspection, checklist, calendar, law, taken_over=taken_over, printable=printable))


def propose_from(drawn: Grounds) -> dict[str, str]:
    """The same from grounds that are known already."""
    contents = {section.code: content_lines(drawn, section.code) for section in _contents(drawn)}
    texts = dict.fromkeys(SECTIONS, "")
    texts |= {content_key(code): lines(told) for code, told in contents.items()}
    return texts | {
        "legal_bases": lines(_bases(drawn)),
        "scope": _scope(drawn, {code for code, told in contents.items() if told}),
        "method": lines(_method(drawn)),
        "strengths": lines(listed(drawn, "strength")),
        "good_practices": lines(listed(drawn, "good_practice")),
        "shortcomings": lines(shortcomings(drawn)),
        "causes_internal": lines(causes(drawn, "cause_internal")),
        "causes_external": lines(causes(drawn, "cause_external")),
        "opinion": (drawn.inspection.unit_opinion or "").strip(),
        "conclusion": lines(_conclusion(drawn)),
    }


def _contents(drawn: Grounds) -> tuple[Section, ...]:
    return drawn.checklist.sections if drawn.checklist else ()


def _bases(drawn: Grounds) -> list[str]:
    """Laws first, then the decision, the plan and the notice of this inspection; a surprise has no notice."""
    inspection = drawn.inspection
    named = full_titles(drawn, inspection.header.legal_bases)
    of_this_visit = [
        cited(inspection.team_decision, "Quyết định", "thành lập Đoàn kiểm tra"),
        cited(inspection.plan_reference, "Kế hoạch"),
        "" if inspection.form == "surprise" else cited(inspection.visit_notice, "Thông báo"),
    ]
    told = [_grounded(label(basis)) for basis in (*named, *of_this_visit) if label(basis)]
    return [f"{basis};" for basis in told[:-1]] + [f"{basis}." for basis in told[-1:]]


def _grounded(basis: str) -> str:
    return basis if basis.casefold().startswith(("căn cứ", "thực hiện", "theo ", "xét ")) else f"Căn cứ {basis}"


def _scope(drawn: Grounds, told: set[str]) -> str:
    """The contents about which something was recorded: what nobody looked at was not inspected."""
    found = {finding.section or _section_of(drawn, finding.item) for finding in drawn.inspection.findings}
    titles = [clause(section.title).replace(";", ",") for section in _contents(drawn) if section.code in told | found]
    return sentence(f"Kiểm tra {counted(len(titles), 'nội dung')}: {'; '.join(titles)}") if titles else ""


def _section_of(drawn: Grounds, key: str | None) -> str | None:
    items = drawn.checklist.items if drawn.checklist else ()
    return next((item.section for item in items if item.key == key), None)


def _method(drawn: Grounds) -> Iterator[str]:
    inspection = drawn.inspection
    if inspection.form == "remote":
        yield _REMOTE
    if inspection.planned is False:
        yield "Kiểm tra ngoài kế hoạch."
    documents = sum(piece.document is not None for piece in inspection.evidence)
    dossiers, places = dossiers_checked(drawn), headcount_places(inspection)
    steps = (
        f"nghiên cứu, đối chiếu {counted(documents, 'văn bản, tài liệu')}" if documents else "",
        f"kiểm tra xác suất {counted(dossiers, 'hồ sơ TTHC')}" if dossiers else "",
        f"kiểm đếm số người có mặt tại {', '.join(places)}" if places else "",
    )
    yield sentence("; ".join(step for step in steps if step))


def _conclusion(drawn: Grounds) -> Iterator[str]:
    """How many findings there are, and the points where the office adopted them."""
    inspection = drawn.inspection
    wrong = inspection.findings_of("shortcoming")
    good, new = inspection.findings_of("strength"), inspection.findings_of("good_practice")
    tasks = sum(len(tasks_of(inspection, finding)) for finding in wrong)
    noted = ", ".join(_some((len(good), "ưu điểm"), (len(new), "cách làm hay")))
    steps = (
        f"ghi nhận {noted}" if noted else "",
        f"chỉ ra {counted(len(wrong), 'tồn tại, hạn chế')}" if wrong else "",
        f"nêu {counted(tasks, 'kiến nghị, yêu cầu khắc phục')}" if tasks else "",
    )
    told = "; ".join(step for step in steps if step)
    yield sentence(f"Qua kiểm tra, Đoàn kiểm tra {told}") if told else ""
    yield from _points(drawn) if inspection.scored else ()


def _some(*numbers: tuple[int, str]) -> list[str]:
    return [counted(found, words) for found, words in numbers if found]


def _points(drawn: Grounds) -> Iterator[str]:
    bands = drawn.checklist.rating_bands if drawn.checklist else ()
    found = total(scores(drawn), bands)
    if found.final.of_100 is None:
        return
    points, of, of_100 = (
        number(value.normalize()) for value in (found.final.points, found.final.max_points, found.final.of_100)
    )
    parts = [f"Kết quả chấm điểm: {points}/{of} điểm, quy đổi theo thang 100 là {of_100} điểm"]
    if not found.complete:
        parts.append(f"chưa gồm {counted(found.unchecked, 'mục chưa kiểm tra')}")
    elif found.band:
        parts.append(f"xếp loại: {clause(found.band.label)}")
    yield sentence("; ".join(parts))
