"""Judging what this laptop writes itself: by the control records of the space, as everybody else will judge it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.domain.changeset import ChangeSet, parse
from inspector.domain.credentials import Origin, origin_of
from inspector.domain.judgement import Authority, Verdict
from inspector.domain.registry import right_of
from inspector.storage.derive import Lineage
from inspector.storage.log import SpaceRow, StreamRow
from inspector.system.keys import verify

if TYPE_CHECKING:
    from inspector.storage.engine import Sql


class Judges:
    """One authority for each space written to, kept until something is taken in or rolled back."""

    def __init__(self) -> None:
        self._authorities: dict[int, Authority] = {}
        self._origins: dict[int, Origin] = {}

    def forget(self) -> None:
        self._authorities.clear()
        self._origins.clear()

    def judge(self, sql: Sql, space: SpaceRow, stream: StreamRow, changeset: ChangeSet) -> Verdict:
        """What everybody will think of a change set that goes on this stream; control records are not judged here."""
        authority = self._authorities.get(space.pk)
        if authority is None:
            authority = self._authorities[space.pk] = load_authority(sql, space)
        origin = self._origins.get(stream.pk)
        if origin is None:
            origin = self._origins[stream.pk] = _origin(sql, stream.pk) or origin_of(changeset, verify)
        return authority.judge(changeset, origin)


def load_authority(sql: Sql, space: SpaceRow) -> Authority:
    """What the control records of a space say, as far as they are known here."""
    authority = Authority(verify, right_of, Lineage(sql).at)
    rows = sql.run(
        "SELECT body, sig, stream FROM log WHERE space = ? AND kind IN ('member', 'revoke', 'settle')"
        " AND lseq IS NOT NULL ORDER BY lseq",
        (space.pk,),
    ).fetchall()
    for body, signature, stream in rows:
        origin = _origin(sql, stream)
        if origin is not None:
            authority.learn(parse(body, signature), origin)
    return authority


def _origin(sql: Sql, stream: int) -> Origin | None:
    """What the first record of a stream says; of a stream that forked there, the record that came first.

    A stream with two first records is never this laptop's to go on with.
    """
    row = sql.run(
        "SELECT body, sig FROM log WHERE stream = ? AND n = 1 AND lseq IS NOT NULL ORDER BY seq LIMIT 1", (stream,)
    ).fetchone()
    return None if row is None else origin_of(parse(row[0], row[1]), verify)
