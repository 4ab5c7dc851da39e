"""What the minutes say of findings (phát hiện): sentences, causes, opinions and deadlines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from inspector.domain.evidence_prose import evidence_of
from inspector.domain.grounds import Grounds
from inspector.domain.inspection import Finding, Inspection, Recommendation
from inspector.domain.legal_prose import short_titles
from inspector.domain.phrases import label, sentence
from inspector.domain.wording import DOTS, count, short_day


def listed(grounds: Grounds, kind: str) -> list[str]:
    """Strengths or good practices, a paragraph each: "- Điều tốt. Dẫn chứng."."""
    told = (_told(grounds, finding) for finding in grounds.inspection.findings_of(kind))
    return [f"- {text}" for text in told if text]


def _told(grounds: Grounds, finding: Finding) -> str:
    evidence = finding_evidence(grounds, finding)
    parts = (
        sentence(finding.content),
        sentence(finding.facts),
        f"Minh chứng: {'; '.join(evidence)}." if evidence else "",
    )
    return " ".join(part for part in parts if part)


def shortcomings(grounds: Grounds) -> list[str]:
    """The numbered list as the paper prints it: what, then facts, evidence and law on lines of their own."""
    found = grounds.inspection.findings_of("shortcoming")
    return [line for number, finding in enumerate(found, 1) for line in _shortcoming(grounds, number, finding)]


def _shortcoming(grounds: Grounds, number: int, finding: Finding) -> Iterator[str]:
    yield f"{number}. {shortcoming_content(finding) or DOTS}"
    if facts := sentence(finding.facts):
        yield f"Thực tế kiểm tra: {facts}"
    if evidence := finding_evidence(grounds, finding):
        yield f"Minh chứng: {'; '.join(evidence)}."
    if law := short_titles(grounds, finding.legal_bases):
        yield f"Căn cứ: {'; '.join(law)}."


def finding_evidence(grounds: Grounds, finding: Finding) -> tuple[str, ...]:
    """The evidence of a finding and of those merged into it, in words, each once."""
    told = (
        words for each in together(grounds.inspection, finding) for words in evidence_of(grounds, "finding", each.id)
    )
    return tuple(dict.fromkeys(told))


def tasks_of(inspection: Inspection, finding: Finding) -> tuple[Recommendation, ...]:
    """What has to be done about a finding, and what was asked under findings merged into it."""
    return tuple(task for each in together(inspection, finding) for task in each.recommendations)


def together(inspection: Inspection, finding: Finding) -> tuple[Finding, ...]:
    """A finding and those that are read through it because they were merged into it."""
    through = inspection.read_through()
    return (finding, *(each for each in inspection.findings if each != finding and through[each.id] == finding.id))


def shortcoming_content(finding: Finding) -> str:
    """What is wrong, and that an earlier inspection had found it already."""
    content = sentence(finding.content)
    return f"{label(content)} (tồn tại lặp lại từ lần kiểm tra trước)." if content and finding.repeats else content


def causes(grounds: Grounds, which: str) -> list[str]:
    """The causes of the shortcomings, each said once; ``which`` is ``cause_internal`` or ``cause_external``."""
    found = grounds.inspection.findings_of("shortcoming")
    told = (sentence(getattr(finding, which)) for finding in found)
    return [f"- {text}" for text in dict.fromkeys(told) if text]


def deadline_words(recommendation: Recommendation, last_day: date | None) -> str | None:
    """A deadline given in working days, once a person confirmed their number; ``last_day`` is the day it ends.

    A deadline given as a day needs no words, and a suggested number of days is not printed.
    """
    if recommendation.deadline is not None or not recommendation.confirmed or not recommendation.working_days:
        return None
    ends = f", đến ngày {short_day(last_day)}" if last_day else ""
    return f"trong thời hạn {count(recommendation.working_days)} ngày làm việc{ends}"
