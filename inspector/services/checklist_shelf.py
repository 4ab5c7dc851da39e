"""The checklists of an office as people choose among them: versions, points, law, and what two versions differ in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from inspector.domain.checklist import Checklist, Item
from inspector.domain.checklist_changes import ItemChange, changes
from inspector.services.library import LEVELS

if TYPE_CHECKING:
    from inspector.services.desk import Desk


@dataclass(frozen=True)
class Version:
    """One version: ``since`` the ISO day it applies from (empty: always), ``own`` of the office, ``in_force`` whether a
    new inspection of its level begins with it today, ``decision`` the document that adopted its points.
    """

    checklist: Checklist
    own: bool
    since: str
    in_force: bool
    scored: bool
    decision: str

    @property
    def hash(self) -> str:
        return self.checklist.hash


@dataclass(frozen=True, slots=True)
class Law:
    """A legal text of a checklist, and whether the office said that it may be printed."""

    code: str
    title: str
    confirmed: bool
    items: tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """An item that differs; ``fields`` are those of ``Item``, empty where only its number did."""

    kind: Literal["added", "removed", "changed", "renumbered"]
    before: Item | None
    after: Item | None
    fields: tuple[str, ...] = ()


def versions(desk: Desk) -> tuple[Version, ...]:
    """Those in force first, by level; then the others."""
    since = {each.hash: each.since for each in desk.library.adopted("checklist")}
    today = {str(desk.library.pin_checklist(None, level, date.today())["hash"]) for level in LEVELS}
    known = {each.hash: each for each in desk.library.checklists()}
    found = [_version(desk, each, since, in_force=each.hash in today) for each in known.values()]
    return tuple(sorted(found, key=lambda each: (not each.in_force, _rank(each), each.since)))


def law(desk: Desk, hash_: str) -> tuple[Law, ...]:
    """The legal texts of a checklist with the numbers of the items that rest on them."""
    checklist, confirmed = desk.library.checklist(hash_), desk.library.law()
    return tuple(
        Law(
            basis.code,
            confirmed[basis.code].title if basis.code in confirmed else basis.title,
            basis.code in confirmed or basis.status != "background",
            tuple(item.code for item in checklist.items if basis.code in item.legal_basis),
        )
        for basis in checklist.legal_index
    )


def compare(before: Checklist, after: Checklist) -> tuple[Difference, ...]:
    """What became of the items, by their permanent keys, in the order of the later version; dropped ones last."""
    found = changes(before, after)
    moved = {change.key: change for change in (*found.changed, *found.renumbered)}
    added = {item.key for item in found.added}
    return (*_later(before, after, added, moved), *(Difference("removed", item, None) for item in found.removed))


def _later(
    before: Checklist, after: Checklist, added: set[str], moved: Mapping[str, ItemChange]
) -> Iterator[Difference]:
    for item in after.items:
        if item.key in added:
            yield Difference("added", None, item)
        elif (change := moved.get(item.key)) is not None:
            kind: Literal["changed", "renumbered"] = "changed" if change.fields else "renumbered"
            yield Difference(kind, before.item(item.key), item, change.fields)


def _version(desk: Desk, checklist: Checklist, since: dict[str, str], *, in_force: bool) -> Version:
    points = desk.library.points(checklist.hash)
    decision = str(points.get("decision") or "")
    scored = bool(points.get("adopted"))
    return Version(checklist, checklist.hash in since, since.get(checklist.hash, ""), in_force, scored, decision)


def _rank(version: Version) -> int:
    level = version.checklist.level
    return LEVELS.index(level) if level in LEVELS else len(LEVELS)
