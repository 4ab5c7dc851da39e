"""The laptops of a space, as its log knows them: who wrote, who was let in, who was invited, who was revoked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from inspector.domain.changeset import ChangeSet, Json, Malformed, parse
from inspector.domain.credentials import Certificate, Member, Revoke, carried_certificate, read_control
from inspector.domain.judgement import Authority
from inspector.domain.streams import EpochReason, Tip
from inspector.storage.judges import load_authority, opened_by
from inspector.system.keys import verify

if TYPE_CHECKING:
    from inspector.storage.engine import Sql
    from inspector.storage.holdings import Holdings
    from inspector.storage.log import SpaceRow

INVITES = "invites"
_ACCIDENTS = (EpochReason.RESTORED, EpochReason.CLONED)

"""Under which key of a member record stands whom it invites; judgement does not look at it."""


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person as a certificate or an invitation names them."""

    id: str
    name: str
    agency: str


@dataclass(frozen=True, slots=True)
class Machine:
    """A laptop in one space.

    ``rights`` are what it may write there now, None where nobody stands behind it (any more). ``cert`` and ``sig`` are
    its certificate as it was written; ``ends`` are those of its streams here, ``records`` how many they hold.
    ``copied``: one of its streams is forked, or was begun because the laptop had been copied or set back.
    """

    certificate: Certificate
    somebody: Somebody
    rights: frozenset[str] | None
    revoked: bool
    cert: str
    sig: str
    ends: tuple[Tip, ...] = ()
    records: int = 0
    copied: bool = False

    @property
    def device(self) -> str:
        return self.certificate.device


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation as a member record of a space says it: whoever holds the secret half of ``root`` comes in.

    ``spare``: it is for whoever needs another laptop. ``by`` and ``wall``: who wrote it and when, for people to read.
    """

    root: bytes
    invitation: str
    somebody: Somebody
    spare: bool
    rights: frozenset[str]
    by: str
    wall: str
    revoked: bool


class Machines:
    """Everything that the log of one space says about laptops; made from one steady view."""

    def __init__(self, sql: Sql, space: SpaceRow, holdings: Holdings) -> None:
        self._sql = sql
        self._space = space
        self._holdings = holdings
        self._authority: Authority = load_authority(sql, space)
        self._controls = [_control(row) for row in self._rows("member", "revoke") if row[2] == 0]

    def machines(self) -> list[Machine]:
        """Every laptop that wrote here or was let in, in the order of coming; one for each device and key."""
        found: dict[tuple[str, bytes], Machine] = {}
        ends = dict(self._holdings.streams())
        for body, signature, _, stream in self._rows("epoch", "member"):
            changeset = parse(body, signature)
            made = self._machine(changeset)
            if made is None:
                continue
            key = (made.device, made.certificate.key)
            known = found.get(key)
            if known is None or (made.rights or frozenset()) > (known.rights or frozenset()):
                if known is not None:
                    made = replace(made, ends=known.ends, records=known.records, copied=known.copied)
                known = found[key] = made
            tips = ends.pop(stream, []) if changeset.kind == "epoch" else []
            if changeset.kind == "epoch" and (len(tips) > 1 or changeset.payload.get("reason") in _ACCIDENTS):
                known = found[key] = replace(known, copied=True)
            if tips:
                count = self._sql.value("SELECT count(*) FROM log WHERE stream = ? AND lseq IS NOT NULL", (stream,))
                found[key] = replace(known, ends=(*known.ends, *tips), records=known.records + count)
        return list(found.values())

    def invited(self) -> list[Invited]:
        """Every invitation into this space, in the order of coming."""
        ended = {content.root for _, content in self._controls if isinstance(content, Revoke) and content.root}
        return [
            _invited(changeset, content, content.root in ended)
            for changeset, content in self._controls
            if isinstance(content, Member) and content.root is not None and INVITES in changeset.payload
        ]

    def unadopted(self) -> set[str]:
        """The roots (hex) whose certificates opened this space, where no member record names them with a frontier."""
        adopted = {
            content.root
            for _, content in self._controls
            if isinstance(content, Member) and content.root is not None and content.frontier is not None
        }
        roots = {machine.certificate.root for machine in self.machines()}
        return {root.hex() for root in roots - adopted if opened_by(self._space, root)}

    def _machine(self, changeset: ChangeSet) -> Machine | None:
        try:
            certificate = carried_certificate(changeset, verify)
        except Malformed:
            return None
        rights = self._authority.welcome(certificate, anchored=opened_by(self._space, certificate.root))
        revoked = rights is None and any(
            isinstance(content, Revoke) and content.ends(certificate) for _, content in self._controls
        )
        cert, sig = str(changeset.payload["cert"]), str(changeset.payload["sig"])
        return Machine(certificate, _somebody(json.loads(cert).get("person")), rights, revoked, cert, sig)

    def _rows(self, *kinds: str) -> Iterator[tuple[bytes, bytes, int, int]]:
        asked = json.dumps(kinds)
        yield from self._sql.run(
            "SELECT body, sig, status, stream FROM log WHERE space = ? AND lseq IS NOT NULL"
            " AND kind IN (SELECT value FROM json_each(?)) ORDER BY lseq",
            (self._space.pk, asked),
        ).fetchall()


def _control(row: tuple[Any, ...]) -> tuple[ChangeSet, object]:
    changeset = parse(row[0], row[1])
    try:
        return changeset, read_control(changeset, verify)
    except Malformed:
        return changeset, None


def _invited(changeset: ChangeSet, member: Member, revoked: bool) -> Invited:
    said = changeset.payload.get(INVITES)
    told: dict[str, Json] = said if isinstance(said, dict) else {}
    return Invited(
        member.root or b"",
        str(told.get("id") or ""),
        _somebody(told.get("person")),
        told.get("spare") is True,
        member.rights,
        changeset.author,
        changeset.wall,
        revoked,
    )


def _somebody(said: Json) -> Somebody:
    told: dict[str, Json] = said if isinstance(said, dict) else {}
    return Somebody(*(str(told.get(name) or "") for name in ("id", "name", "agency")))
