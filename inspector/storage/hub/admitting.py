"""Which spaces of a hub a laptop may read: by ``domain.admission``, from the log and what stands in ``space``."""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, select

from inspector.domain.admission import Shared, may_read
from inspector.domain.changeset import ChangeSet, Malformed, parse
from inspector.domain.credentials import CONTROL_KINDS, Certificate, origin_of, parse_certificate
from inspector.domain.ids import space_id
from inspector.domain.judgement import Authority
from inspector.storage.hub.engine import HubDatabase
from inspector.storage.hub.tables import certificate, log, space, stream
from inspector.storage.resolve import REGISTRY, Rules

_MOST_LOADED = 4_000


class Gate:
    """Answers for one hub; what the control records of a space say is read again when there is a new one."""

    def __init__(self, database: HubDatabase, rules: Rules = REGISTRY) -> None:
        self._database = database
        self._rules = rules
        self._loaded: OrderedDict[int, tuple[int, Authority]] = OrderedDict()
        self._lock = threading.Lock()

    def certificates(self, device: str, key: bytes) -> frozenset[Certificate]:
        """Every certificate of the holder of a key that stands anywhere in the log, signed by its root."""
        with self._database.reading() as connection:
            bodies = connection.scalars(select(certificate.c.body).where(certificate.c.device == device).distinct())
            found = [read for body in bodies for read in _read(body)]
        return frozenset(one for one in found if one.key == key)

    def readable(self, certificates: Collection[Certificate]) -> list[str]:
        """The spaces for a device with these certificates."""
        with self._database.reading() as connection:
            rows = connection.execute(select(space).order_by(space.c.id)).all()
            return [row.id for row in rows if self._may_read(connection, row, certificates)]

    def may_read(self, name: str, certificates: Collection[Certificate]) -> bool:
        with self._database.reading() as connection:
            row = connection.execute(select(space).where(space.c.id == name)).one_or_none()
            return row is not None and self._may_read(connection, row, certificates)

    def _may_read(self, connection: Connection, row: Any, certificates: Collection[Certificate]) -> bool:
        authority = self._authority(connection, row)
        rights = [
            found
            for shown in certificates
            if (found := authority.welcome(shown, anchored=_opened(row, shown.root))) is not None
        ]
        shared = Shared(row.kind, frozenset(json.loads(row.people)), row.hidden)
        persons = {shown.person for shown in certificates}
        return may_read(shared, frozenset().union(*rights) if rights else None, persons)

    def _authority(self, connection: Connection, row: Any) -> Authority:
        with self._lock:
            found = self._loaded.get(row.pk)
            if found is None or found[0] != row.control:
                found = self._loaded[row.pk] = row.control, load_authority(connection, row.pk, self._rules)
            self._loaded.move_to_end(row.pk)
            while len(self._loaded) > _MOST_LOADED:
                self._loaded.popitem(last=False)
        return found[1]


def load_authority(connection: Connection, pk: int, rules: Rules) -> Authority:
    """What the control records of a space say."""
    authority = Authority(rules.verify, rules.right_of, _Lineage(connection).at)
    rows = connection.execute(
        select(log.c.body, log.c.sig, log.c.stream)
        .where(log.c.space == pk, log.c.kind.in_(sorted(CONTROL_KINDS)), log.c.lseq.is_not(None))
        .order_by(log.c.lseq)
    ).all()
    for row in rows:
        authority.learn(parse(row.body, row.sig), origin_of(_first(connection, pk, row.stream), rules.verify))
    return authority


def _first(connection: Connection, pk: int, number: int) -> ChangeSet:
    """The first record of a stream; where two wrote one, that which came first."""
    row = connection.execute(
        select(log.c.body, log.c.sig)
        .where(log.c.space == pk, log.c.stream == number, log.c.n == 1, log.c.lseq.is_not(None))
        .order_by(log.c.lseq)
        .limit(1)
    ).one()
    return parse(row.body, row.sig)


class _Lineage:
    """Answers which records of a stream came before which, also where the stream forked."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def at(self, digest: bytes, n: int) -> bytes | None:
        """The hash of record ``n`` among the predecessors of ``digest`` or itself."""
        found: bytes | None = digest
        columns = select(log.c.n, log.c.stream, log.c.body, log.c.sig, log.c.lseq, stream.c.forked)
        while found is not None:
            statement = columns.join(stream, stream.c.pk == log.c.stream).where(log.c.hash == found)
            row = self._connection.execute(statement).one_or_none()
            if row is None or row.lseq is None or row.n < n:
                return None
            if row.n == n:
                return found
            if not row.forked:
                return self._connection.scalar(
                    select(log.c.hash).where(log.c.stream == row.stream, log.c.n == n, log.c.lseq.is_not(None))
                )
            found = parse(row.body, row.sig).previous
        return None


def _opened(row: Any, root: bytes) -> bool:
    return row.nonce is not None and space_id(root, row.nonce) == row.id


def _read(body: bytes) -> Iterable[Certificate]:
    try:
        yield parse_certificate(body.decode())
    except (Malformed, UnicodeDecodeError):
        return


class Readable(Collection[str]):
    """The spaces of a ``Host``, for the holder of these certificates; worked out when it is asked."""

    def __init__(self, gate: Gate, certificates: Collection[Certificate]) -> None:
        """``certificates`` are of one device and key; what comes into the log of it later counts from then on."""
        self._gate = gate
        self._certificates = frozenset(certificates)

    def __contains__(self, name: object) -> bool:
        if not isinstance(name, str):
            return False
        return self._gate.may_read(name, self._certificates) or (
            self._look_again() and self._gate.may_read(name, self._certificates)
        )

    def __iter__(self) -> Iterator[str]:
        self._look_again()
        return iter(self._gate.readable(self._certificates))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _look_again(self) -> bool:
        """Whether there are certificates in the log that were not there before."""
        known = self._certificates
        for device, key in {(one.device, one.key) for one in known}:
            self._certificates |= self._gate.certificates(device, key)
        return self._certificates != known
