"""The tables of a hub, the same for SQLite and PostgreSQL.

The log is the truth, insert-only and guarded by triggers. ``stream``, ``certificate``, ``blob_ref`` and what stands in
``space`` follow from it. The rest is the hub's own: what laptops said they hold, bytes that are no change set,
receipts. What a waiting record waits for is worked out from the log when somebody asks.
"""

from __future__ import annotations

from sqlalchemy import (
    DDL,
    BigInteger,
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    event,
    text,
)

from inspector.domain.credentials import CONTROL_KINDS

VERSION = 1

_BIG = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts up only in a column of exactly that type

metadata = MetaData()

meta = Table("meta", metadata, Column("name", Text, primary_key=True), Column("value", Text, nullable=False))

space = Table(
    "space",
    metadata,
    Column("pk", _BIG, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    Column("kind", Text),
    Column("nonce", Text),
    # what admission asks of it: the persons of its team as a JSON list, whether it is a surprise visit still hidden
    Column("people", Text, nullable=False, server_default="[]"),
    Column("hidden", Boolean, nullable=False, server_default=text("false")),
    Column("control", BigInteger, nullable=False, server_default="0"),  # arrival number of its last control record
    Column("next_lseq", BigInteger, nullable=False, server_default="1"),
    # one higher for every group that was taken in: whoever has read everything up to it need not look again
    Column("revision", BigInteger, nullable=False, server_default="0"),
)

stream = Table(
    "stream",
    metadata,
    Column("pk", _BIG, primary_key=True, autoincrement=True),
    Column("space", BigInteger, ForeignKey("space.pk"), nullable=False),
    Column("id", Text, nullable=False),
    Column("forked", Boolean, nullable=False, server_default=text("false")),
    UniqueConstraint("space", "id"),
)

log = Table(
    "log",
    metadata,
    Column("seq", _BIG, primary_key=True, autoincrement=True),
    Column("hash", LargeBinary, nullable=False, unique=True),
    Column("stream", BigInteger, ForeignKey("stream.pk"), nullable=False),
    Column("n", BigInteger, nullable=False),
    Column("space", BigInteger, ForeignKey("space.pk"), nullable=False),
    Column("lseq", BigInteger),
    Column("status", SmallInteger, nullable=False),
    Column("reason", Text),
    Column("kind", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("sig", LargeBinary, nullable=False),
    Column("recv_at", Text, nullable=False),
    Column("recv_from", Text, nullable=False),
)
Index("log_stream", log.c.space, log.c.stream, log.c.n, log.c.lseq)
_known = log.c.lseq.is_not(None)
Index("log_arrival", log.c.space, log.c.lseq, unique=True, sqlite_where=_known, postgresql_where=_known)
_control = log.c.kind.in_(sorted(CONTROL_KINDS))
Index("log_control", log.c.space, log.c.lseq, sqlite_where=_control, postgresql_where=_control)
_unsettled = log.c.status != 0
Index("log_unsettled", log.c.space, log.c.status, sqlite_where=_unsettled, postgresql_where=_unsettled)

certificate = Table(
    "certificate",
    metadata,
    Column("device", Text, primary_key=True),
    Column("source", LargeBinary, primary_key=True),
    Column("space", BigInteger, ForeignKey("space.pk"), nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("sig", LargeBinary, nullable=False),
)

blob_ref = Table(
    "blob_ref",
    metadata,
    Column("space", BigInteger, ForeignKey("space.pk"), primary_key=True),
    Column("sha256", LargeBinary, primary_key=True),
)

holder = Table(
    "holder",
    metadata,
    Column("space", Text, primary_key=True),
    Column("device", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("holds", Text, nullable=False),
)

unreadable = Table(
    "unreadable",
    metadata,
    Column("sha256", LargeBinary, primary_key=True),
    Column("reason", Text, nullable=False),
    Column("bytes", LargeBinary, nullable=False),
    Column("recv_at", Text, nullable=False),
    Column("recv_from", Text, nullable=False),
)

receipt = Table(
    "receipt",
    metadata,
    Column("space", BigInteger, ForeignKey("space.pk"), primary_key=True),
    Column("n", BigInteger, primary_key=True),
    Column("root", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("sig", LargeBinary, nullable=False),
)

_WRITTEN_ONCE = "OF seq, hash, stream, n, space, kind, body"

for _trigger in (
    f"CREATE TRIGGER log_is_written_once BEFORE UPDATE {_WRITTEN_ONCE} ON log"
    " BEGIN SELECT raise(ABORT, 'the log is written once'); END",
    "CREATE TRIGGER log_signature_is_kept BEFORE UPDATE OF sig, lseq ON log WHEN OLD.lseq IS NOT NULL"
    " BEGIN SELECT raise(ABORT, 'the log is written once'); END",
    "CREATE TRIGGER log_is_never_deleted BEFORE DELETE ON log"
    " BEGIN SELECT raise(ABORT, 'the log is never deleted'); END",
):
    event.listen(log, "after_create", DDL(_trigger).execute_if(dialect="sqlite"))  # type: ignore[no-untyped-call]  # it has no types

for _trigger in (
    "CREATE FUNCTION log_is_kept() RETURNS trigger LANGUAGE plpgsql AS"
    " 'BEGIN RAISE EXCEPTION ''the log is written once''; END'",
    f"CREATE TRIGGER log_is_written_once BEFORE UPDATE {_WRITTEN_ONCE} ON log"
    " FOR EACH ROW EXECUTE FUNCTION log_is_kept()",
    "CREATE TRIGGER log_signature_is_kept BEFORE UPDATE OF sig, lseq ON log"
    " FOR EACH ROW WHEN (OLD.lseq IS NOT NULL) EXECUTE FUNCTION log_is_kept()",
    "CREATE TRIGGER log_is_never_deleted BEFORE DELETE ON log FOR EACH ROW EXECUTE FUNCTION log_is_kept()",
    "CREATE TRIGGER log_is_never_emptied BEFORE TRUNCATE ON log EXECUTE FUNCTION log_is_kept()",
):
    event.listen(log, "after_create", DDL(_trigger).execute_if(dialect="postgresql"))  # type: ignore[no-untyped-call]  # as above


def get_meta(connection: Connection, name: str) -> str | None:
    found: str | None = connection.scalar(meta.select().with_only_columns(meta.c.value).where(meta.c.name == name))
    return found


def set_meta(connection: Connection, name: str, value: str) -> None:
    connection.execute(meta.delete().where(meta.c.name == name))
    connection.execute(meta.insert().values(name=name, value=value))
