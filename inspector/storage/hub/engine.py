"""The database of a hub: one SQLite file with one writer, or a PostgreSQL that several processes write to.

The SQLite file is plain, the library is the one of the laptops (``docs/decisions/024-the-hub-keeps-the-log.md``). Every
failure of the database has a meaning: whoever sent something is told to come again, or that there is no room; nothing
was acknowledged.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from inspector.domain.errors import Damaged, InspectorError, Refused, Unavailable
from inspector.storage import engine as laptops
from inspector.storage.hub import tables

RETRY_SECONDS = 5
"""After how long whoever was sent away should come again."""

READERS = 8
WAIT_SECONDS = 10.0
"""How long a question waits for a free connection, and a change for a lock."""

_FULL = ("53100",)
_DAMAGED = ("XX001", "XX002")
_BUSY = ("55P03", "57014", "40001", "40P01", "55006")
_AWAY = ("08", "53", "57P")


class HubDatabase:
    """An open database; ``address`` is the path of a file, or ``postgresql://…``."""

    def __init__(self, address: str, *, writers: int = 1) -> None:
        """Raises ``Unavailable`` (``sqlite-too-old``, ``hub-no-postgres``) where a library is missing."""
        self.address = address
        self.is_postgres = address.startswith(("postgresql:", "postgres:"))
        self.writers = writers if self.is_postgres else 1
        self.place = "PostgreSQL" if self.is_postgres else address
        self.engine = _postgres(address, self.writers) if self.is_postgres else _sqlite(Path(address))

    def close(self) -> None:
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A view that does not change while it is open."""
        options = {"isolation_level": "REPEATABLE READ"} if self.is_postgres else {}
        with (
            self.translated(),
            self.engine.connect().execution_options(**options) as connection,
            connection.begin(),
        ):
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is on the disk when this ends without an error, and leaves nothing behind otherwise."""
        with self.translated(), self.engine.connect().execution_options(lane="write") as connection, connection.begin():
            yield connection

    @contextmanager
    def translated(self) -> Iterator[None]:
        """Failures as ``Unavailable`` (``hub-busy``, ``hub-full``, ``hub-database-away`` …) or ``Damaged``."""
        try:
            yield
        except PoolTimeout as error:
            raise Unavailable("hub-busy", seconds=RETRY_SECONDS) from error
        except DBAPIError as error:
            raise self.meaning(error) from error

    def meaning(self, error: DBAPIError) -> InspectorError:
        """What a failure means; one that has no meaning is a bug and is raised again."""
        return _of_postgres(error, self.place) if self.is_postgres else _of_sqlite(error, Path(self.place))


def create(database: HubDatabase) -> None:
    """Makes the tables. Raises ``Refused`` (``hub-exists``) where there are some."""
    with database.writing() as connection:
        if sqlalchemy.inspect(connection).has_table("log"):
            raise Refused("hub-exists", place=database.place)
        tables.metadata.create_all(connection)
        tables.set_meta(connection, "version", str(tables.VERSION))


def check_version(database: HubDatabase) -> None:
    """Raises ``Unavailable`` (``hub-missing``) without tables, ``Refused`` (``newer-program``) for later ones."""
    with database.reading() as connection:
        found = tables.get_meta(connection, "version") if sqlalchemy.inspect(connection).has_table("meta") else None
    if found is None:
        raise Unavailable("hub-missing", place=database.place)
    if int(found) > tables.VERSION:
        raise Refused("newer-program", found=found, known=tables.VERSION)


def _sqlite(file: Path) -> Engine:
    from sqlcipher3 import dbapi2

    if dbapi2.sqlite_version_info < laptops.SQLITE_FLOOR:
        raise Unavailable("sqlite-too-old", found=dbapi2.sqlite_version, needed="3.51.3")
    made = sqlalchemy.create_engine(
        "sqlite://",
        module=dbapi2,
        creator=lambda: open_plain(file),
        poolclass=sqlalchemy.QueuePool,
        pool_size=READERS + 1,
        max_overflow=0,
        pool_timeout=WAIT_SECONDS,
    )
    sqlalchemy.event.listen(made, "begin", _begin)
    return made


def open_plain(file: Path) -> Any:
    """One bare connection (the driver has no types) to a file without a cipher, set for durability."""
    from sqlcipher3 import dbapi2

    driver = dbapi2.connect(
        str(file), isolation_level=None, check_same_thread=False, timeout=WAIT_SECONDS, cached_statements=256
    )
    try:
        for pragma in ("foreign_keys = ON", "journal_mode = WAL", "synchronous = FULL", "cache_size = -16000"):
            driver.execute(f"PRAGMA {pragma}")
    except dbapi2.Error:
        driver.close()
        raise
    return driver


def _begin(connection: Connection) -> None:
    """Through SQLAlchemy, whose errors are told apart here; one of the bare driver would pass for a fault."""
    writing = connection.get_execution_options().get("lane") == "write"
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _postgres(address: str, writers: int) -> Engine:
    try:
        import psycopg  # noqa: F401  -- only whether it is there
    except ImportError as error:
        raise Unavailable("hub-no-postgres") from error
    url = sqlalchemy.make_url(address).set(drivername="postgresql+psycopg")
    wait = int(WAIT_SECONDS * 1000)
    return sqlalchemy.create_engine(
        url,
        pool_size=READERS + writers,
        max_overflow=0,
        pool_timeout=WAIT_SECONDS,
        pool_pre_ping=True,
        connect_args={
            "connect_timeout": int(WAIT_SECONDS),
            "options": f"-c lock_timeout={wait} -c statement_timeout={6 * wait} -c synchronous_commit=on",
        },
    )


def _of_sqlite(error: DBAPIError, file: Path) -> InspectorError:
    found = laptops.meaning(error, file)
    if found.code == "workspace-busy":
        return Unavailable("hub-busy", seconds=RETRY_SECONDS)
    if found.code == "disk-full":
        return Unavailable("hub-full", place=str(file))
    if found.code == "workspace-damaged":
        return Damaged("hub-damaged", place=str(file))
    return found


def _of_postgres(error: DBAPIError, place: str) -> InspectorError:
    state = str(getattr(error.orig, "sqlstate", None) or "")
    if state.startswith(_FULL):
        return Unavailable("hub-full", place=place)
    if state.startswith(_BUSY):
        return Unavailable("hub-busy", seconds=RETRY_SECONDS)
    if state.startswith(_DAMAGED):
        return Damaged("hub-damaged", place=place)
    if error.connection_invalidated or state.startswith(_AWAY) or (not state and _is_connection(error)):
        return Unavailable("hub-database-away", seconds=RETRY_SECONDS)
    raise error


def _is_connection(error: DBAPIError) -> bool:
    """Whether the database could not be spoken to at all: psycopg then has no code of the server."""
    return isinstance(error, sqlalchemy.exc.OperationalError)
