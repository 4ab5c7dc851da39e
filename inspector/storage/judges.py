"""Judging what this laptop writes itself: by the control records of the space, as everybody else will judge it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from inspector.domain.changeset import ChangeSet, parse
from inspector.domain.credentials import Certificate, Origin, origin_of
from inspector.domain.ids import space_id
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
        return self._authority(sql, space).judge(changeset, self._origin(sql, stream) or origin_of(changeset, verify))

    def rights(self, sql: Sql, space: SpaceRow, certificate: Certificate) -> frozenset[str] | None:
        """What a record written now under a certificate may do, None where nobody stands behind it."""
        return self._authority(sql, space).welcome(certificate, anchored=opened_by(space, certificate.root))

    def best(self, sql: Sql, space: SpaceRow, certificates: Sequence[Certificate]) -> int:
        """Which of these certificates allows most in a space; the first, where they are alike."""
        allowed = [self.rights(sql, space, certificate) for certificate in certificates]
        return max(range(len(allowed)), key=lambda place: -1 if allowed[place] is None else len(allowed[place] or ()))

    def rights_of(self, sql: Sql, space: SpaceRow, certificates: Sequence[Certificate]) -> frozenset[str]:
        """What the holder of these certificates may write in a space under the best of them."""
        return self.rights(sql, space, certificates[self.best(sql, space, certificates)]) or frozenset()

    def outgrown(self, sql: Sql, space: SpaceRow, stream: StreamRow, certificates: Sequence[Certificate]) -> bool:
        """Whether one of these certificates allows more than the one the stream was begun with."""
        origin = self._origin(sql, stream)
        if origin is None or origin.certificate is None:
            return False
        now = self.rights(sql, space, origin.certificate)
        best = self.rights(sql, space, certificates[self.best(sql, space, certificates)])
        return best is not None and (now is None or now < best)

    def _authority(self, sql: Sql, space: SpaceRow) -> Authority:
        found = self._authorities.get(space.pk)
        if found is None:
            found = self._authorities[space.pk] = load_authority(sql, space)
        return found

    def _origin(self, sql: Sql, stream: StreamRow) -> Origin | None:
        found = self._origins.get(stream.pk) or _origin(sql, stream.pk)
        if found is not None:
            self._origins[stream.pk] = found
        return found


def opened_by(space: SpaceRow, root: bytes) -> bool:
    """Whether the holder of a root opened a space."""
    return space.nonce is not None and space_id(root, space.nonce) == space.id


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
