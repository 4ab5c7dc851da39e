"""Where the records of a space disagree, as the tables have it: the open places, and the decisions that were made."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from inspector.domain.changeset import ChangeSet, parse
from inspector.domain.registers import DELETED
from inspector.storage import derive, resolve, schema

if TYPE_CHECKING:
    from inspector.storage.engine import Sql

_SEVERAL = """
SELECT op.entity, op.entity_id FROM op JOIN log USING (seq)
WHERE op.space = ? AND op.live GROUP BY op.entity, op.entity_id HAVING count(DISTINCT log.stream) > 1
ORDER BY op.entity, op.entity_id
"""

_DECIDING = b'"write":{"between":'
"""How the body of a change set that decides goes on behind its writes (``changeset.compose``)."""


class Apart(NamedTuple):
    """A field of a record, and how much the disagreement there weighs (``registers.ConflictClass``)."""

    entity: str
    id: str
    field: str
    kind: str


def open_places(sql: Sql, space: str) -> list[Apart]:
    """What stands open, in a fixed order."""
    rows = sql.run(
        "SELECT entity, entity_id, field, class FROM conflict WHERE space = (SELECT pk FROM space WHERE id = ?)"
        " ORDER BY entity, entity_id, field",
        (space,),
    )
    return [Apart(*row) for row in rows]


def written_apart(sql: Sql, space: str) -> list[Apart]:
    """The fields of every record in which different people wrote different fields without knowing of each other."""
    row = sql.run("SELECT pk FROM space WHERE id = ?", (space,)).fetchone()
    found: list[Apart] = []
    before = derive.Lineage(sql).before
    for entity, record in sql.run(_SEVERAL, (row[0],)).fetchall() if row else ():
        fields = derive.heads(sql, row[0], entity, record)
        apart = (field for field in sorted(fields) if resolve.written_apart(fields, field, before))
        found += [Apart(entity, record, field, "C1") for field in apart if field != DELETED]
    return found


def decisions(sql: Sql, space: str) -> list[ChangeSet]:
    """The accepted records that name what they decided between."""
    rows = sql.run(
        "SELECT body, sig FROM log WHERE space = (SELECT pk FROM space WHERE id = ?) AND status = ?"
        " AND kind = 'write' AND lseq IS NOT NULL AND instr(body, ?) ORDER BY lseq",
        (space, schema.ACCEPTED, _DECIDING),
    )
    found = (parse(body, signature) for body, signature in rows)
    return [changeset for changeset in found if isinstance(changeset.payload.get("between"), list)]
