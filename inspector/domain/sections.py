"""The sections of the minutes a secretary may rewrite (phần của biên bản), and what happens to rewritten text.

The keys below are written into the log as ``minutes_section.section``: they are permanent. A text that somebody edited
is never overwritten; when more was recorded since, the secretary is shown what the proposal gained and lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from inspector.domain.inspection import SectionText


@dataclass(frozen=True, slots=True)
class Section:
    """A section: its permanent ``key``, its Vietnamese title, and for results the code of the checklist content."""

    key: str
    title: str
    content: str | None = None


_CONTENTS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")

SECTIONS: dict[str, Section] = {
    section.key: section
    for section in (
        Section("legal_bases", "Căn cứ"),
        Section("scope", "Nội dung, phạm vi kiểm tra"),
        Section("method", "Phương pháp kiểm tra"),
        *(
            Section(f"content_{position}", f"Kết quả kiểm tra nội dung {code}", code)
            for position, code in enumerate(_CONTENTS, 1)
        ),
        Section("strengths", "Ưu điểm"),
        Section("good_practices", "Cách làm hay"),
        Section("shortcomings", "Tồn tại, hạn chế"),
        Section("causes_internal", "Nguyên nhân chủ quan"),
        Section("causes_external", "Nguyên nhân khách quan"),
        Section("opinion", "Ý kiến của đơn vị được kiểm tra"),
        Section("conclusion", "Kết luận của Đoàn kiểm tra"),
    )
}
"""In the order of the paper. Only ever added to."""


def content_key(code: str) -> str:
    """The key of the results of one content: "III" → "content_3".

    An office's own checklist may have contents beyond VIII or codes of another kind; those keep their code.
    """
    return f"content_{_CONTENTS.index(code) + 1 if code in _CONTENTS else code}"


@dataclass(frozen=True, slots=True)
class Change:
    """One sentence the proposal gained or lost since the secretary edited the section."""

    kind: Literal["added", "removed"]
    text: str


@dataclass(frozen=True, slots=True)
class SectionState:
    """What the minutes will print, whether a person wrote it, and what was recorded since they did."""

    text: str
    edited: bool
    changed_since: tuple[Change, ...] = ()


def merge_view(edited: SectionText | None, proposal_now: str) -> SectionState:
    """The text of a section: the secretary's where there is one, otherwise what is proposed now."""
    if edited is None or not edited.text.strip():
        return SectionState(proposal_now, edited=False)
    return SectionState(edited.text, edited=True, changed_since=_changes(edited.proposal, proposal_now))


def _changes(before: str, now: str) -> tuple[Change, ...]:
    if before == now:
        return ()
    old, new = _sentences(before), _sentences(now)
    found: list[Change] = []
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            found += [Change("removed", text) for text in old[old_from:old_to]]
            found += [Change("added", text) for text in new[new_from:new_to]]
    return tuple(found)


_BETWEEN_SENTENCES = re.compile(r"\n+|(?<=[.!?…])\s+")


def _sentences(text: str) -> list[str]:
    pieces = (piece.strip() for piece in _BETWEEN_SENTENCES.split(text))
    return [piece for piece in pieces if piece]
