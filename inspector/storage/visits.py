"""The list of inspections as people look through it: narrowed, counted and read a page at a time, all by the database.

Every question is one statement over the projections, so that three thousand inspections are listed at once.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from inspector.domain.changeset import Json
from inspector.storage import projection, search
from inspector.storage.projection import Table

if TYPE_CHECKING:
    from inspector.storage.engine import Sql


@dataclass(frozen=True, slots=True)
class VisitFilter:
    """What a list of inspections is narrowed to; what is empty narrows nothing.

    ``text`` is looked for in the unit, the people of the team and the number of the minutes. ``since`` and ``until``
    are ISO days, both included. ``level`` is one of the unit, ``lead`` the name of the team's lead.
    """

    text: str = ""
    since: str = ""
    until: str = ""
    form: str = ""
    level: str = ""
    lead: str = ""
    planned: bool | None = None
    oldest_first: bool = False
    limit: int = -1
    """The most there are; negative for all."""


@dataclass(frozen=True, slots=True)
class VisitKey:
    """One inspection of a list: its space, its state, whether somebody is in its team."""

    space: str
    state: str
    mine: bool


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One line of the list: its own values and what stands in its space.

    ``answered`` names the items whose answers say something; dossiers, samples with totals and headcounts answer the
    items that ask for them.
    """

    space: str
    values: dict[str, Json]
    state: str
    lead: str | None
    team: int
    answered: frozenset[str]
    dossiers: bool
    headcounts: bool
    findings: int
    conflicts: int
    minutes: bool
    signed: Json


@dataclass(frozen=True, slots=True)
class Task:
    """A recommendation of a signed inspection: its deadline as stored."""

    space: str
    id: str
    deadline: Json


_SIGNED = "EXISTS (SELECT 1 FROM p_signature WHERE _space = i._space AND NOT _deleted AND signed IS NOT NULL)"
_MINUTES = "EXISTS (SELECT 1 FROM p_issued_document WHERE _space = i._space AND NOT _deleted AND kind = 'minutes')"
_BEGUN = " OR ".join(
    f"EXISTS (SELECT 1 FROM p_{entity} WHERE _space = i._space AND NOT _deleted)"  # noqa: S608 - names of the registry
    for entity in ("answer", "finding", "dossier", "headcount", "evidence")
)
STATE = (
    f"CASE WHEN {_SIGNED} THEN 'signed' WHEN i.status = 'cancelled' THEN 'cancelled'"
    f" WHEN i.status = 'finished' OR {_MINUTES} THEN 'waiting'"
    f" WHEN i.status = 'planned' OR NOT ({_BEGUN}) THEN 'coming' ELSE 'going' END"
)
"""``signed``, ``cancelled``, ``waiting`` for the signature, ``coming`` while nothing was recorded, ``going``."""

_LEAD = "(SELECT name FROM p_team_member WHERE _space = i._space AND NOT _deleted AND role = 'lead' LIMIT 1)"
_TEXT = "CASE WHEN typeof({0}) = 'text' THEN json_extract({0}, '$.{1}') END"
_LEVEL = _TEXT.format("i.unit", "level")
_ANSWERED = """
    (SELECT json_group_array(item) FROM p_answer WHERE _space = i._space AND NOT _deleted AND (final_score IS NOT NULL
     OR typeof(result) = 'text' AND (json_extract(result, '$.not_applicable') OR
        coalesce(json_extract(result, '$.value'), json_extract(result, '$.count'),
                 json_extract(result, '$.appraised_score')) IS NOT NULL
        OR json_extract(result, '$.numerator') IS NOT NULL AND json_extract(result, '$.denominator') > 0)))
"""
_FACTS = """
    (SELECT count(*) FROM p_team_member WHERE _space = i._space AND NOT _deleted),
    EXISTS (SELECT 1 FROM p_dossier WHERE _space = i._space AND NOT _deleted
        AND (control_slip + extra_papers + system_differs IS NOT NULL OR typeof(returned) = 'text')
        AND typeof(due) = 'text' AND json_extract(due, '$.date') IS NOT NULL AND origin IS NOT 'handed_over')
        OR EXISTS (SELECT 1 FROM p_dossier_sample WHERE _space = i._space AND NOT _deleted AND totals IS NOT NULL),
    EXISTS (SELECT 1 FROM p_headcount WHERE _space = i._space AND NOT _deleted AND typeof(counts) = 'text'
        AND json_extract(counts, '$.due') > 0 AND json_extract(counts, '$.present') IS NOT NULL),
    (SELECT count(*) FROM p_finding WHERE _space = i._space AND NOT _deleted AND merged_into IS NULL),
    (SELECT count(*) FROM conflict WHERE space = i._space),
    (SELECT signed FROM p_signature WHERE _space = i._space AND NOT _deleted AND signed IS NOT NULL)
"""


class Visits:
    """Questions about the list of inspections, to one steady view of the database."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    def keys(self, wanted: VisitFilter, person: str) -> list[VisitKey]:
        """The inspections in order, latest visit first; ``mine`` where somebody of that name is in the team."""
        where, parameters = _conditions(self._sql, wanted)
        order = "i.visit_date, i._id" if wanted.oldest_first else "i.visit_date DESC, i._id DESC"
        rows = self._sql.run(
            f"SELECT space.id, {STATE}, EXISTS (SELECT 1 FROM p_team_member"  # noqa: S608 - names of the registry
            " WHERE _space = i._space AND NOT _deleted AND name = ?)"
            f" FROM p_inspection i JOIN space ON space.pk = i._space WHERE {where} ORDER BY {order} LIMIT ?",
            (person, *parameters, wanted.limit),
        )
        return [VisitKey(space, state, bool(mine)) for space, state, mine in rows]

    def count(self) -> int:
        """How many inspections there are."""
        return int(self._sql.value("SELECT count(*) FROM p_inspection WHERE NOT _deleted"))

    def rows(self, spaces: Collection[str]) -> list[VisitRow]:
        """The lines of these inspections, in no order."""
        table = projection.tables()["inspection"]
        listed = ", ".join(f"i.{column.sql}" for column in table.columns.values())
        found = self._sql.run(
            f"SELECT space.id, {STATE}, {_LEAD}, {_MINUTES}, {_ANSWERED}, {_FACTS}, {listed}"  # noqa: S608 - names of the registry
            " FROM json_each(?) wanted JOIN space ON space.id = wanted.value"
            " JOIN p_inspection i ON i._space = space.pk AND i._id = space.id WHERE NOT i._deleted",
            (json.dumps(list(spaces)),),
        )
        return [_row(table, row) for row in found]

    def choices(self) -> tuple[list[str], list[str], list[str]]:
        """What a list can be narrowed to: years (latest first), levels, names of leads."""
        years = self._sql.run(
            "SELECT DISTINCT substr(visit_date, 1, 4) FROM p_inspection"
            " WHERE NOT _deleted AND typeof(visit_date) = 'text' ORDER BY 1 DESC"
        )
        levels = self._sql.run(f"SELECT DISTINCT {_LEVEL} FROM p_inspection i WHERE NOT _deleted")  # noqa: S608 - names of the registry
        leads = self._sql.run(
            "SELECT DISTINCT name FROM p_team_member"
            " WHERE role = 'lead' AND NOT _deleted AND typeof(name) = 'text' ORDER BY 1"
        )
        return [row[0] for row in years], sorted(row[0] for row in levels if row[0]), [row[0] for row in leads]

    def shared_names(self) -> frozenset[str]:
        """Names of bodies that several units have."""
        name, code, place = (_TEXT.format("i.unit", member) for member in ("body_name", "code", "parent_name"))
        found = self._sql.run(
            f"SELECT {name} FROM p_inspection i WHERE NOT _deleted"  # noqa: S608 - names of the registry
            f" GROUP BY 1 HAVING count(DISTINCT coalesce({code}, '') || '/' || coalesce({place}, '')) > 1"
        )
        return frozenset(row[0] for row in found if row[0])

    def visits_of(self, code: str, before: str) -> list[str]:
        """The spaces of the inspections of a unit before an ISO day that were not cancelled, latest first."""
        rows = self._sql.run(
            f"SELECT space.id FROM p_inspection i JOIN space ON space.pk = i._space WHERE NOT i._deleted"  # noqa: S608 - names of the registry
            f" AND i.status IS NOT 'cancelled' AND {_TEXT.format('i.unit', 'code')} = ? AND i.visit_date < ?"
            " ORDER BY i.visit_date DESC, i._id DESC",
            (code, before),
        )
        return [space for (space,) in rows]

    def by_level(self, year: str) -> list[tuple[str | None, bool, str, int]]:
        """Level, planned or not, state, and how many inspections of a year that were not cancelled there are."""
        rows = self._sql.run(
            f"SELECT {_LEVEL}, i.planned IS NOT 0, {STATE}, count(*) FROM p_inspection i WHERE NOT i._deleted"  # noqa: S608 - names of the registry
            " AND i.visit_date BETWEEN ? || '-01-01' AND ? || '-12-31' GROUP BY 1, 2, 3",
            (year, year),
        )
        return [(level, bool(planned), state, count) for level, planned, state, count in rows if state != "cancelled"]

    def conflicts(self) -> list[tuple[str, int, str, str, str]]:
        """Inspections that disagree: space, how many places, and entity, record and field of the first of them."""
        rows = self._sql.run(
            "SELECT space.id, count(*), min(c.entity || '/' || c.entity_id || '/' || c.field) FROM conflict c"
            " JOIN space ON space.pk = c.space JOIN p_inspection i ON i._space = c.space"
            " WHERE NOT i._deleted AND i.status IS NOT 'cancelled' GROUP BY 1 ORDER BY max(i.visit_date) DESC"
        )
        return [(space, count, *place.split("/", 2)) for space, count, place in rows]

    def without_scan(self) -> list[str]:
        """The spaces of signed inspections whose signed paper was not scanned, latest first."""
        rows = self._sql.run(
            "SELECT space.id FROM p_signature s JOIN space ON space.pk = s._space"
            " JOIN p_inspection i ON i._space = s._space"
            " WHERE NOT s._deleted AND NOT i._deleted AND typeof(s.signed) = 'text'"
            " AND json_extract(s.signed, '$.scan') IS NULL ORDER BY i.visit_date DESC"
        )
        return [space for (space,) in rows]

    def tasks(self, since: str) -> list[Task]:
        """What units were asked to do by signed minutes of visits from an ISO day on, as far as no supplement came."""
        rows = self._sql.run(
            "SELECT space.id, r._id, r.deadline FROM p_inspection i JOIN space ON space.pk = i._space"
            " JOIN p_signature s ON s._space = i._space AND NOT s._deleted AND s.signed IS NOT NULL"
            " JOIN p_recommendation r ON r._space = i._space AND NOT r._deleted"
            " WHERE NOT i._deleted AND i.visit_date >= ? AND typeof(r.deadline) = 'text'"
            " AND NOT EXISTS (SELECT 1 FROM p_supplement WHERE _space = i._space AND NOT _deleted)"
            " ORDER BY i.visit_date DESC, r._id",
            (since,),
        )
        return [Task(space, record, _json(deadline)) for space, record, deadline in rows]


def _row(table: Table, row: tuple[Any, ...]) -> VisitRow:
    space, state, lead, minutes, answered, team, dossiers, heads, findings, conflicts, signed, *stored = row
    pairs = zip(table.columns.items(), stored, strict=True)
    return VisitRow(
        space=space,
        values={name: projection.loaded(column.field, value) for (name, column), value in pairs if value is not None},
        state=state,
        lead=lead if isinstance(lead, str) else None,
        team=team,
        answered=frozenset(item for item in json.loads(answered) if isinstance(item, str)),
        dossiers=bool(dossiers),
        headcounts=bool(heads),
        findings=findings,
        conflicts=conflicts,
        minutes=bool(minutes),
        signed=_json(signed),
    )


def _conditions(sql: Sql, wanted: VisitFilter) -> tuple[str, tuple[object, ...]]:
    conditions: list[str] = ["NOT i._deleted"]
    parameters: list[object] = []
    plain = (
        ("i.visit_date >= ?", wanted.since),
        ("i.visit_date <= ?", wanted.until),
        ("i.form = ?", wanted.form),
        (f"{_LEVEL} = ?", wanted.level),
        (f"{_LEAD} = ?", wanted.lead),
    )
    for condition, value in plain:
        if value:
            conditions.append(condition)
            parameters.append(value)
    if wanted.planned is not None:
        conditions.append("i.planned IS NOT 0" if wanted.planned else "i.planned IS 0")
    if wanted.text:
        condition, given = _holding(sql, wanted.text)
        conditions.append(condition)
        parameters += given
    return " AND ".join(conditions), tuple(parameters)


def _holding(sql: Sql, text: str) -> tuple[str, list[object]]:
    """The inspections whose unit, one of whose team or the number of whose minutes has every word of a text."""
    places = [("inspection", "unit"), ("team_member", "name"), ("team_member", "agency")]
    found = [search.rows_with(sql, text, entity, field) for entity, field in places]
    if None in found:  # no letter and no digit in it
        return "1", []
    units, *people = (rows or [] for rows in found)
    condition = (
        "(i._pk IN (SELECT value FROM json_each(?)) OR i._space IN (SELECT _space FROM p_team_member"
        " WHERE NOT _deleted AND _pk IN (SELECT value FROM json_each(?))) OR ltrim(i.number, '0') = ltrim(?, '0'))"
    )
    return condition, [json.dumps(units), json.dumps([row for rows in people for row in rows]), text.strip()]


def _json(stored: object) -> Json:
    if isinstance(stored, bytes | str):
        value: Json = json.loads(stored)
        return value
    return None
