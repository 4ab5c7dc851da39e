"""The material of the demonstration: two seasons, sixteen inspections and pools of what inspectors write."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from inspector.domain.checklist import Checklist
from inspector.domain.checklist_file import parse_checklist
from inspector.domain.working_days import Calendar, parse_calendar
from inspector.system.folders import resources_dir

Range = Sequence[int]
"""Lowest and highest of the numbers that are drawn."""


@dataclass(frozen=True)
class Season:
    """A season: its plan, team and letterhead; ``laws`` names legal texts by what a finding needs them for."""

    year: int
    period: Mapping[str, str]
    letterhead: Mapping[str, object]
    plan_reference: Mapping[str, str]
    team_decision: Mapping[str, str]
    laws: Mapping[str, str]
    places: Mapping[str, Mapping[str, str]]
    team: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Dossiers:
    """A sample: ``rows`` dossiers of which some are ``late`` by so many working days, or totals alone."""

    population: int
    method: str
    rows: int = 0
    late: Sequence[int] = ()
    apologised: int = 0
    no_slip: int = 0
    differs: int = 0
    extra: int = 0
    handed_over: int = 0
    open_late: int = 0
    totals: Mapping[str, int] | None = None


@dataclass(frozen=True)
class Visit:
    """One inspection. Findings are named by their keys in the pools; items by their keys without the level."""

    key: str
    season: str
    unit: str
    level: str
    short: str
    head: str
    mark: str
    form: str
    date: str
    state: str
    open: str = ""
    close: str = ""
    number: str = ""
    venue: str = ""
    notice: Mapping[str, str] | None = None
    people: Sequence[Sequence[str]] = ()
    team: Sequence[str] = ()
    absent: Mapping[str, str] = field(default_factory=dict)
    substitute: Mapping[str, str] | None = None
    only: Sequence[str] = ()
    sections: Sequence[str] = ()
    skip: Sequence[str] = ()
    skip_reason: str = ""
    unchecked: str = ""
    scored: bool = False
    shortcomings: Sequence[str] = ()
    strengths: Sequence[str] = ()
    practices: Sequence[str] = ()
    dossiers: Mapping[str, Any] | None = None
    heads: Sequence[Sequence[Any]] = ()
    photos: Sequence[Sequence[str]] = ()
    statements: Sequence[Sequence[str]] = ()
    opinion: str = ""
    conclusion: str = ""
    signers: Sequence[Sequence[str]] = ()
    supplement: Mapping[str, str] | None = None
    comments: Sequence[Sequence[str]] = ()
    reason: str = ""

    @property
    def sample(self) -> Dossiers | None:
        return Dossiers(**self.dossiers) if self.dossiers else None


@dataclass(frozen=True)
class Shortcoming:
    """A shortcoming as it recurs in reports; ``source`` says which records its figures are counted from."""

    key: str
    item: str
    severity: str
    content: str
    facts: str
    recommend: Sequence[Mapping[str, Any]]
    numbers: Mapping[str, Range] = field(default_factory=dict)
    answer: Mapping[str, str] = field(default_factory=dict)
    internal: str = ""
    external: str = ""
    law: Sequence[str] = ()
    photo: Mapping[str, str] | None = None
    opinion: str = ""
    source: str = ""


@dataclass(frozen=True)
class Strength:
    """A strength or a good practice of one content."""

    key: str
    kind: str
    section: str
    content: str
    facts: str


@dataclass(frozen=True)
class GoodAnswer:
    """How an item is answered where all is well: ``of`` bounds the denominator, ``rate`` its good part."""

    item: str
    of: Range = ()
    rate: Sequence[float] = (1.0, 1.0)
    count: int = 0
    remark: str = ""
    n: Range = (1, 1)
    document: Mapping[str, Any] | None = None
    system: str = ""
    seen: Sequence[str] = ()


@dataclass(frozen=True)
class Procedure:
    """An administrative procedure (TTHC) and the working days it takes."""

    level: str
    area: str
    name: str
    days: int


@dataclass(frozen=True)
class Material:
    """Everything the demonstration is told from."""

    seasons: Mapping[str, Season]
    visits: Sequence[Visit]
    shortcomings: Mapping[str, Shortcoming]
    strengths: Mapping[str, Strength]
    good: Mapping[str, GoodAnswer]
    procedures: Sequence[Procedure]
    checklists: Mapping[str, Checklist]
    calendar: Calendar


@cache
def material() -> Material:
    """The material as shipped."""
    seasons = json.loads(_read("demonstration/seasons.json"))
    return Material(
        seasons={name: Season(**row) for name, row in seasons.items()},
        visits=[Visit(**row) for row in _rows("inspections")],
        shortcomings={row["key"]: Shortcoming(**row) for row in _rows("shortcomings")},
        strengths={row["key"]: Strength(**row) for row in _rows("strengths")},
        good={row["item"]: GoodAnswer(**row) for row in _rows("good_answers")},
        procedures=[Procedure(**row) for row in _rows("procedures")],
        checklists={level: _checklist(level) for level in ("commune", "department", "district")},
        calendar=parse_calendar(_read("calendar/vn.json")),
    )


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in _read(f"demonstration/{name}.jsonl").splitlines() if line.strip()]


def _checklist(level: str) -> Checklist:
    return parse_checklist(_read(f"checklists/{level}.json"))


def _read(name: str) -> bytes:
    return (resources_dir() / name).read_bytes()
