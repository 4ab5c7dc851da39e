"""Administrative units (đơn vị hành chính) as dated facts: who existed on which day, and who followed whom.

A unit is a code **and** a day. Codes are text with leading zeros, and many were given again on 1/7/2025: ``00004`` was
Phường Trúc Bạch and is Phường Ba Đình since. A change of type alone (xã to phường) keeps the unit and opens a new
version of it. ``valid_to`` is everywhere the first day on which something no longer held; an empty date is unknown
(``valid_from``) or still running (``valid_to``).

Nothing here knows how many provinces there are or which levels exist: that is in ``resources/units``.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import islice
from typing import TypeVar

from inspector.domain.errors import BadInput
from inspector.domain.unit_search import SearchIndex

_T = TypeVar("_T")

Read = Callable[[str], bytes]
"""Gives the bytes of a resource by its path below ``resources``, e.g. ``units/current.tsv``."""

COLUMNS = ("code", "kind", "name", "parent", "valid_from", "valid_to", "source")


@dataclass(frozen=True, slots=True)
class Level:
    """A level of government or organisation (cấp), e.g. ``commune``; its codes have ``code_length`` digits, 0 none."""

    code: str
    label: str
    code_length: int
    valid_from: str
    valid_to: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of unit (loại): how its head and its body are called."""

    level: str
    kind: str
    head_title: str
    body_name: str
    valid_from: str
    valid_to: str


@dataclass(frozen=True, slots=True)
class Unit:
    """One version of a unit. Dates are ISO text, ``parent`` is a code valid on the same days."""

    code: str
    kind: str
    name: str
    parent: str
    valid_from: str
    valid_to: str
    source: str
    level: str

    def holds_on(self, day: str) -> bool:
        """Did this version hold on the ISO ``day``?"""
        return holds(self.valid_from, self.valid_to, day)

    @property
    def title(self) -> str:
        """Type and name as a heading: "Xã Cái Bè"."""
        return self.kind[:1].upper() + self.kind[1:] + " " + self.name


@dataclass(frozen=True, slots=True)
class Succession:
    """``new`` took over ``old``, ``share`` "whole" or "part" of it, by ``act`` on ``effective`` (ISO)."""

    old: Unit
    new: Unit
    share: str
    act: str
    effective: str


def holds(valid_from: str, valid_to: str, day: str) -> bool:
    """Is the ISO ``day`` inside [valid_from, valid_to)? Empty ends are open."""
    return (not valid_from or valid_from <= day) and (not valid_to or day < valid_to)


class Levels:
    """The levels and types of units, read from data because they changed on 1/7/2025 and will change again."""

    def __init__(self, text: bytes) -> None:
        data = json.loads(text)
        self.levels = tuple(Level(**row) for row in data["levels"])
        self.kinds = tuple(Kind(**row) for row in data["kinds"])
        self._capital = frozenset(data["written_capital"])
        self._by_length = {level.code_length: level.code for level in self.levels if level.code_length}

    def on(self, day: date) -> tuple[Level, ...]:
        """The levels that exist on a day: ``district`` until 30/6/2025."""
        return tuple(lv for lv in self.levels if holds(lv.valid_from, lv.valid_to, day.isoformat()))

    def kinds_on(self, day: date, level: str) -> tuple[Kind, ...]:
        """The types of one level on a day: ``thị trấn`` until 30/6/2025, ``đặc khu`` since."""
        iso = day.isoformat()
        return tuple(k for k in self.kinds if k.level == level and holds(k.valid_from, k.valid_to, iso))

    def of_code(self, code: str) -> str:
        """The level a code of that length belongs to.

        Raises:
            BadInput: ``unit-code-shape`` when no level has codes of this shape.
        """
        level = self._by_length.get(len(code))
        if level is None or not (code.isascii() and code.isdigit()):
            raise BadInput("unit-code-shape", unit=code)
        return level

    def kind_of(self, unit: Unit) -> Kind | None:
        """How the head and the body of this type of unit are called; ``None`` for a type we have no words for."""
        return next((k for k in self.kinds if (k.level, k.kind) == (unit.level, unit.kind)), None)

    def inside(self, unit: Unit) -> str:
        """Type and name inside a sentence: "xã Cái Bè"; capital where the rule asks for it ("Phường 5").

        Decree 30/2020, appendix II: the type is capitalised before a number, and in "Thành phố Hồ Chí Minh".
        """
        return unit.title if unit.name[:1].isdigit() or unit.title in self._capital else f"{unit.kind} {unit.name}"


class UnitTable:
    """All known units. Earlier units and successions are read only when somebody asks about them."""

    def __init__(self, read: Read, own: Iterable[Unit] = ()) -> None:
        self._read = read
        self._own = tuple(own)
        self._places: dict[tuple[str, str], str] = {}
        self._index = json.loads(read("units/index.json"))
        self.levels = Levels(read("units/levels.json"))

    def with_own(self, rows: Iterable[Unit]) -> UnitTable:
        """The same table after an office's own list: its rows win over ours from their ``valid_from`` on.

        A row without ``valid_from`` corrects our standing row as a whole (a misspelt name); a row with ``valid_to``
        closes the unit. Nothing is ever removed.
        """
        return UnitTable(self._read, (*self._own, *rows))

    @property
    def version(self) -> str:
        """The date of our tables."""
        return str(self._index["version"])

    def on(self, day: date, level: str | None = None) -> tuple[Unit, ...]:
        """Every unit that existed on a day, in the order of the codes."""
        iso = day.isoformat()
        return tuple(u for u in self._units_for(iso) if u.holds_on(iso) and level in (None, u.level))

    def at(self, code: str, day: date) -> Unit:
        """The unit that had this code on a day.

        Raises:
            BadInput: ``unit-unknown`` when no unit ever had the code, ``unit-not-on-date`` when not on that day.
        """
        iso = day.isoformat()
        known = self._standing_by_code if self._is_recent(iso) else self._by_code
        for unit in known.get(code, ()):
            if unit.holds_on(iso):
                return unit
        raise BadInput("unit-not-on-date" if self.history(code) else "unit-unknown", unit=code, date=iso)

    def history(self, code: str) -> tuple[Unit, ...]:
        """Every version and every unit that had this code, oldest first."""
        return tuple(sorted(self._by_code.get(code, ()), key=lambda u: u.valid_from))

    def children(self, code: str, day: date) -> tuple[Unit, ...]:
        """The units directly below a unit on a day."""
        iso = day.isoformat()
        return tuple(u for u in self._units_for(iso) if u.parent == code and u.holds_on(iso))

    def find(self, text: str, on: date | None = None, level: str | None = None, limit: int = 20) -> tuple[Unit, ...]:
        """Units by name or code, best first: code, exact marks, then without marks ("dong thap" → Đồng Tháp).

        Without ``on`` only units that still stand are searched. The place of the tone mark makes no difference, and
        words of the parent may follow: "tân thành đồng tháp".
        """
        day = on.isoformat() if on else ""
        search = self._standing_search if not day or self._is_recent(day) else self._whole_search
        found = (u for u in search.ranked(text) if (u.holds_on(day) if day else not u.valid_to))
        return tuple(islice((u for u in found if level in (None, u.level)), limit))

    def successors(self, code: str, on: date | None = None) -> tuple[Succession, ...]:
        """Who took over the units that had this code (those that ended on ``on`` or later, when given).

        A district went to the communes that took over its communes.
        """
        direct = self._by_old.get(code)
        found = direct if direct is not None else self._of_district(code)
        return tuple(s for s in found if on is None or s.effective >= on.isoformat())

    def predecessors(self, code: str) -> tuple[Succession, ...]:
        """Whom the units that have this code took over."""
        return tuple(self._by_new.get(code, ()))

    def display(self, unit: Unit, on: date | None = None) -> str:
        """Type, name and place: "Xã Cái Bè, tỉnh Đồng Tháp" (before 1/7/2025 with the district between them).

        The place is named as on the day ``on``, else as on the last day of this version of the unit.
        """
        day = on.isoformat() if on else last_day(unit)
        place = self._place(unit.parent, day)
        return f"{unit.title}, {place}" if place else unit.title

    def snapshot(self, code: str, day: date) -> dict[str, str]:
        """What an inspection keeps of its unit for ever, as it was on that day.

        Keys: code, kind, name, level, parent_name ("tỉnh Đồng Tháp"), body_name ("Ủy ban nhân dân xã Cái Bè"),
        head_title ("Chủ tịch UBND xã"), as_of (ISO date).

        Raises:
            BadInput: as ``at``.
        """
        unit = self.at(code, day)
        kind = self.levels.kind_of(unit)
        return {
            "code": unit.code,
            "kind": unit.kind,
            "name": unit.name,
            "level": unit.level,
            "parent_name": self._place(unit.parent, day.isoformat()),
            "body_name": kind.body_name.format(kind_name=self.levels.inside(unit)) if kind else unit.title,
            "head_title": kind.head_title if kind else "",
            "as_of": day.isoformat(),
        }

    def _place(self, code: str, day: str) -> str:
        """The chain from a unit upwards on a day, nearest first: "huyện Cái Bè, tỉnh Tiền Giang"."""
        if not code:
            return ""
        known = self._places.get((code, day))
        if known is None:
            units = (self._standing_by_code if self._is_recent(day) else self._by_code).get(code, ())
            unit = next((u for u in units if u.holds_on(day)), None)
            above = self._place(unit.parent, day) if unit else ""
            known = ", ".join(filter(None, (self.levels.inside(unit) if unit else "", above)))
            self._places[code, day] = known
        return known

    def _is_recent(self, day: str) -> bool:
        """Do the tables of standing units suffice for this day?"""
        return all(day >= table.get("ended", "") for table in self._index["tables"])

    def _units_for(self, day: str) -> tuple[Unit, ...]:
        return self._standing if self._is_recent(day) else self._everything

    @cached_property
    def _standing(self) -> tuple[Unit, ...]:
        units = self._tables(ended=False)
        return tuple(sorted(_overlaid(_amended(units, self._table("amendments.tsv")), self._own), key=_by_level))

    @cached_property
    def _everything(self) -> tuple[Unit, ...]:
        return tuple(sorted((*self._standing, *self._tables(ended=True)), key=_by_level))

    @cached_property
    def _standing_by_code(self) -> dict[str, list[Unit]]:
        return _grouped((u.code, u) for u in self._standing)

    @cached_property
    def _by_code(self) -> dict[str, list[Unit]]:
        return _grouped((u.code, u) for u in self._everything)

    @cached_property
    def _standing_search(self) -> SearchIndex[Unit]:
        return SearchIndex((self._searchable(u), u) for u in self._standing)

    @cached_property
    def _whole_search(self) -> SearchIndex[Unit]:
        return SearchIndex((self._searchable(u), u) for u in self._everything)

    def _searchable(self, unit: Unit) -> tuple[str, str, str]:
        return unit.code, unit.name, self.display(unit)

    @cached_property
    def _successions(self) -> tuple[Succession, ...]:
        acts = self._index["acts"]
        made = []
        for old, new, share, act in self._table("successions.tsv"):
            title, day = acts[act]["title"], acts[act]["effective"]
            before = next(u for u in self._by_code[old] if u.valid_to == day)
            after = next(u for u in self._by_code[new] if u.valid_from == day)
            made.append(Succession(before, after, share, title, day))
        return tuple(made)

    @cached_property
    def _by_old(self) -> dict[str, list[Succession]]:
        return _grouped((s.old.code, s) for s in self._successions)

    @cached_property
    def _by_new(self) -> dict[str, list[Succession]]:
        return _grouped((s.new.code, s) for s in self._successions)

    def _of_district(self, code: str) -> list[Succession]:
        ended = (u for u in self._by_code.get(code, ()) if u.level == "district" and u.valid_to)
        district = next(ended, None)
        if district is None:
            return []
        below = [u.code for u in self._everything if u.parent == code and u.valid_to == district.valid_to]
        taken = {s.new.code: s for child in below for s in self._by_old.get(child, ())}
        return [replace(s, old=district, share="part") for _, s in sorted(taken.items())]

    def _tables(self, *, ended: bool) -> list[Unit]:
        level = {lv.code_length: lv.code for lv in self.levels.levels if lv.code_length}
        names = [t["file"] for t in self._index["tables"] if ("ended" in t) is ended]
        rows = (row for name in names for row in self._table(name))
        return [Unit(*row, level[len(row[0])]) for row in rows]  # type: ignore[call-arg]  # seven columns, see COLUMNS

    def _table(self, name: str) -> Iterator[tuple[str, ...]]:
        lines = self._read(f"units/{name}").decode().splitlines()
        return (tuple(line.split("\t")) for line in lines[1:])


def last_day(unit: Unit) -> str:
    """The last ISO day on which this version held, a day far ahead for one that still does."""
    if not unit.valid_to:
        return "9999-12-31"
    return (date.fromisoformat(unit.valid_to) - timedelta(days=1)).isoformat()


def _by_level(unit: Unit) -> tuple[int, str, str]:
    return len(unit.code), unit.code, unit.valid_from


def _grouped(pairs: Iterable[tuple[str, _T]]) -> dict[str, list[_T]]:
    found: dict[str, list[_T]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return dict(found)


def _amended(units: Iterable[Unit], amendments: Iterable[tuple[str, ...]]) -> Iterator[Unit]:
    """Close the version an amendment ends and open the next one; code and parent stay."""
    changes = _grouped((row[0], row) for row in amendments)
    for unit in units:
        for _, day, kind, name, _act in sorted(changes.get(unit.code, ())):
            yield replace(unit, valid_to=day)
            unit = replace(unit, kind=kind, name=name, valid_from=day)
        yield unit


def _overlaid(units: Iterable[Unit], own: Iterable[Unit]) -> list[Unit]:
    """An office's own rows over ours, one after the other."""
    found = _grouped((u.code, u) for u in units)
    for row in own:
        versions = found.setdefault(row.code, [])
        last = versions.pop() if versions and not versions[-1].valid_to else None
        versions.extend(_continued(last, row))
    return [unit for versions in found.values() for unit in versions]


def _continued(last: Unit | None, row: Unit) -> list[Unit]:
    if last is None:
        return [row]
    if (row.kind, row.name, row.parent) == (last.kind, last.name, last.parent):
        return [replace(last, valid_to=row.valid_to)]
    if row.valid_from <= last.valid_from:
        return [replace(row, valid_from=last.valid_from)]
    return [replace(last, valid_to=row.valid_from), row]
