"""Legal texts on paper: by code from the checklist, and only when a source or the office stands behind them."""

from __future__ import annotations

from collections.abc import Iterable

from inspector.domain.checklist import LegalBasis
from inspector.domain.grounds import Grounds
from inspector.domain.phrases import label

_FROM_MEMORY = "background"


def legal_basis(grounds: Grounds, named: str) -> LegalBasis | None:
    """The legal text behind a code, as the office confirmed it or as the checklist has it; ``None`` for free text."""
    return grounds.law.get(named) or (grounds.checklist.legal(named) if grounds.checklist else None)


def may_be_printed(grounds: Grounds, named: str) -> bool:
    """Is this free text, or a legal text that does not come from the author's memory alone?"""
    basis = legal_basis(grounds, named)
    return basis is None or basis.status != _FROM_MEMORY


def full_titles(grounds: Grounds, named: Iterable[str]) -> list[str]:
    """As legal bases at the head of a paper: "Nghị quyết số 76/NQ-CP ngày 15/7/2021 về Chương trình tổng thể …"."""
    return [_full(text, legal_basis(grounds, text)) for text in named if may_be_printed(grounds, text)]


def short_titles(grounds: Grounds, named: Iterable[str]) -> list[str]:
    """As cited beside a finding: "Nghị quyết số 76/NQ-CP ngày 15/7/2021"."""
    return [_short(text, legal_basis(grounds, text)) for text in named if may_be_printed(grounds, text)]


def _full(text: str, basis: LegalBasis | None) -> str:
    if basis is None:
        return label(text)
    name, _, about = basis.title.partition(" - ")
    return f"{label(name)} về {label(about)}" if about else label(name)


def _short(text: str, basis: LegalBasis | None) -> str:
    return label(text if basis is None else basis.title.partition(" - ")[0])
