"""Finding anything by a few typed words (tìm nhanh): items, findings, inspections, units, checklists.

Marks do not matter; what has them as typed comes first. Every answer is read in one go, off the GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from inspector.domain.checklist import Checklist, Item
from inspector.domain.errors import BadInput
from inspector.domain.inspection import Answer
from inspector.domain.scoring import proposed_fraction
from inspector.domain.text import fold
from inspector.domain.wording import short_day
from inspector.services.library import answer_of

if TYPE_CHECKING:
    from inspector.domain.changeset import Json
    from inspector.services.desk import Desk

Kind = Literal["item", "finding", "inspection", "unit", "checklist"]
KINDS: tuple[Kind, ...] = ("item", "finding", "inspection", "unit", "checklist")
FEW, MANY = 5, 200
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Found:
    """One hit: where it stands and what tells it from others.

    ``record`` is an item's key, a finding's id, a unit's code or a checklist's hash; ``part`` an item's key within a
    checklist. ``sign`` is ``met``, ``partly``, ``not_met``, ``not_applicable`` or ``unchecked`` for an item, the kind
    of a finding, empty otherwise.
    """

    kind: Kind
    text: str
    detail: str = ""
    inspection: str = ""
    record: str = ""
    part: str = ""
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The best hits of a kind, and how many there are; from ``MANY`` on nobody counts."""

    kind: Kind
    hits: tuple[Found, ...]
    total: int


def quick_find(
    desk: Desk, words: str, *, kinds: Iterable[Kind] = KINDS, here: str = "", most: int = FEW
) -> list[Group]:
    """Groups in the order of ``KINDS``, without empty ones. ``here`` is the inspection that is open: its items come
    with their results, and before the remarks of other inspections.
    """
    if not fold(words):
        return []
    wanted = frozenset(kinds)
    groups = (_group(desk, kind, words, here, most) for kind in KINDS if kind in wanted)
    return [group for group in groups if group.hits]


def name_of(desk: Desk, inspection: str) -> str:
    """The unit of an inspection as lists call it, empty where there is no such inspection."""
    record = desk.workspace.record(inspection, "inspection", inspection)
    unit = record.values.get("unit") if record is not None else None
    name = str(unit.get("body_name") or unit.get("name") or "") if isinstance(unit, dict) else ""
    return name.replace("Ủy ban nhân dân", "UBND")


def agreement(words: str, text: str) -> int | None:
    """How well a text holds every word, the last perhaps half typed: 0 with its marks, 1 without, None not at all."""
    plain, typed = fold(words).split(), words.casefold().split()
    folded = _folded(text)
    if not plain or not all(f" {word}" in f" {folded}" for word in plain):
        return None
    written = f" {text.casefold()}"
    return 0 if all(word in written for word in typed) else 1


def _group(desk: Desk, kind: Kind, words: str, here: str, most: int) -> Group:
    hits = _FINDERS[kind](desk, words, here)
    return Group(kind, tuple(_named(desk, hit) for hit in hits[:most]), len(hits))


def _named(desk: Desk, hit: Found) -> Found:
    """Only what is shown is told apart by the name of its inspection: each costs a look into the database."""
    if hit.kind not in ("item", "finding") or not hit.inspection:
        return hit
    name = name_of(desk, hit.inspection)
    return replace(hit, detail=" · ".join(filter(None, (hit.detail, name))))


def _items(desk: Desk, words: str, here: str) -> list[Found]:
    found: list[Found] = []
    if here and (checklist := _checklist_of(desk, here)):
        answers = _answers(desk, here)
        found = [
            Found("item", f"{item.code} {item.text}", "", here, item.key, sign=_sign(item, answers.get(item.key)))
            for item in _matching(checklist, words)
        ]
    known = {(hit.inspection, hit.record) for hit in found}
    for hit in desk.workspace.search(words, entities=("answer",), limit=MANY):
        item = _text_of(desk, hit.space, "answer", hit.id, "item")
        if item and (hit.space, item) not in known:
            found.append(Found("item", hit.text[:_LONGEST], _code(desk, hit.space, item), hit.space, item))
    return found[:MANY]


def _findings(desk: Desk, words: str, _here: str) -> list[Found]:
    found: dict[tuple[str, str], Found] = {}
    for hit in desk.workspace.search(words, entities=("finding",), limit=MANY):
        kind = _text_of(desk, hit.space, "finding", hit.id, "kind")
        place = (hit.space, hit.id)
        found.setdefault(place, Found("finding", hit.text[:_LONGEST], "", hit.space, hit.id, sign=kind))
    return list(found.values())


def _inspections(desk: Desk, words: str, _here: str) -> list[Found]:
    return [
        Found("inspection", name_of(desk, row.space), _day(row.values.get("visit_date")), row.space, row.space)
        for row in desk.workspace.inspections(text=words, limit=MANY)
    ]


def _units(desk: Desk, words: str, _here: str) -> list[Found]:
    table = desk.library.units
    found = table.find(words, limit=MANY)
    names = ((unit, *table.display(unit).partition(", ")[::2]) for unit in found)
    return [
        Found("unit", title, f"{place} · {unit.code}".strip(" ·"), record=unit.code) for unit, title, place in names
    ]


def _checklists(desk: Desk, words: str, _here: str) -> list[Found]:
    found = []
    for checklist in desk.library.checklists():
        if agreement(words, f"{checklist.title} {checklist.version}") is not None:
            found.append(Found("checklist", checklist.title, checklist.version, record=checklist.hash))
        about = f"{checklist.title} · {checklist.version}"
        for item in _matching(checklist, words):
            found.append(Found("checklist", f"{item.code} {item.text}", about, "", checklist.hash, item.key))
    return found[:MANY]


_FINDERS: Mapping[Kind, Callable[[Desk, str, str], list[Found]]] = {
    "item": _items,
    "finding": _findings,
    "inspection": _inspections,
    "unit": _units,
    "checklist": _checklists,
}


def _matching(checklist: Checklist, words: str) -> list[Item]:
    ranked = ((agreement(words, f"{item.code} {item.text}"), item) for item in checklist.items)
    found = [(rank, item) for rank, item in ranked if rank is not None]
    return [item for _, item in sorted(found, key=lambda pair: pair[0])]


def _checklist_of(desk: Desk, inspection: str) -> Checklist | None:
    record = desk.workspace.record(inspection, "inspection", inspection)
    pinned = record.values.get("checklist") if record is not None else None
    try:
        return desk.library.checklist(str(pinned["hash"])) if isinstance(pinned, dict) else None
    except BadInput:
        return None


def _code(desk: Desk, inspection: str, item: str) -> str:
    checklist = _checklist_of(desk, inspection)
    return next((each.code for each in checklist.items if each.key == item), "") if checklist else ""


def _answers(desk: Desk, inspection: str) -> dict[str, Answer]:
    found = {}
    for record in desk.workspace.records(inspection, "answer"):
        item = str(record.values.get("item") or "")
        found[item] = answer_of(item, record.values.get("result"))
    return found


def _sign(item: Item, answer: Answer | None) -> str:
    if answer is None:
        return "unchecked"
    if answer.not_applicable:
        return "not_applicable"
    fraction = proposed_fraction(item, answer)
    if fraction is None:
        return "unchecked"
    return "met" if fraction == 1 else "partly" if fraction else "not_met"


def _text_of(desk: Desk, space: str, entity: str, record: str, field: str) -> str:
    found = desk.workspace.record(space, entity, record)
    return str(found.values.get(field) or "") if found is not None else ""


def _day(value: Json) -> str:
    return short_day(date.fromisoformat(value)) if isinstance(value, str) else ""


_folded = lru_cache(4_096)(fold)  # the items of the checklists, asked for at every letter
