"""The encrypted database file: how it is opened, which floor it stands on, and what its failures mean.

SQLite comes from ``sqlcipher3``, never from the interpreter: two SQLite libraries on one file corrupt it, and copies
below 3.51.3 lose commits when a checkpoint meets a reset of the write-ahead log.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inspector.domain.errors import Damaged, InspectorError, Unavailable

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

SQLITE_FLOOR = (3, 51, 3)
BUSY_SECONDS = 5.0

_FULL, _BUSY, _LOCKED, _IOERR, _CORRUPT, _CANTOPEN, _READONLY, _NOTADB = 13, 5, 6, 10, 11, 14, 8, 26
# what the online backup raises carries words only
_NUMBERS = {
    "database or disk is full": _FULL,
    "disk I/O error": _IOERR,
    "database is locked": _BUSY,
    "database disk image is malformed": _CORRUPT,
    "file is not a database": _NOTADB,
}
_MEANING: dict[int, tuple[type[InspectorError], str]] = {
    _FULL: (Unavailable, "disk-full"),
    _BUSY: (Unavailable, "workspace-busy"),
    _LOCKED: (Unavailable, "workspace-busy"),
    _IOERR: (Unavailable, "disk-failed"),
    _CANTOPEN: (Unavailable, "disk-failed"),
    _READONLY: (Unavailable, "not-writable"),
    _CORRUPT: (Damaged, "workspace-damaged"),
    _NOTADB: (Damaged, "workspace-damaged"),
}


class Sql:
    """Statements on one connection, inside the transaction its owner began.

    They go to the driver itself: an act is a dozen tiny statements, and what SQLAlchemy does around each of them costs
    more than the statements (``docs/decisions/009-tables-by-small-numbers.md``). Connections, their pool and their
    transactions are SQLAlchemy's.
    """

    __slots__ = ("_driver",)

    def __init__(self, driver: Any) -> None:
        """``driver`` is a bare connection of ``sqlcipher3``, which has no types."""
        self._driver = driver

    def run(self, statement: str, parameters: Sequence[object] = ()) -> Any:
        """The driver's cursor: iterable rows, ``fetchone``, ``fetchall``, ``rowcount``, ``lastrowid``."""
        return self._driver.execute(statement, parameters)

    def many(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        self._driver.executemany(statement, rows)

    def one(self, statement: str, parameters: Sequence[object] = ()) -> tuple[Any, ...]:
        """The first row of an answer that has one."""
        row: tuple[Any, ...] = self._driver.execute(statement, parameters).fetchone()
        return row

    def value(self, statement: str, parameters: Sequence[object] = ()) -> Any:
        """The first value of an answer that has a row."""
        return self.one(statement, parameters)[0]

    def back_up(self, target: Any, pages: int, progress: Callable[[int, int, int], None]) -> None:
        """Copies the whole database into the driver connection ``target``, ``pages`` at a time."""
        self._driver.backup(target, pages=pages, progress=progress)


class Database:
    """The open database: any number of readers, each with a steady view, and one writer."""

    def __init__(self, file: Path, key: bytes) -> None:
        """Opens ``file`` with the raw ``key`` (32 bytes); an empty database is made if it is not there.

        Raises ``Unavailable`` (``no-cipher``, ``sqlite-too-old``) before the file is touched, ``Damaged``
        (``workspace-damaged``) when it is no database under this key.
        """
        self.file = file
        self._engine = _engine(file, key)
        with translated(file):
            self._writer = self._engine.execution_options(lane="write").connect()

    def close(self) -> None:
        """May be called again."""
        self._writer.close()
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Sql]:
        """A view of the database that does not change while it is open."""
        with translated(self.file), self._engine.connect() as connection, connection.begin():
            yield Sql(connection.connection.driver_connection)

    @contextmanager
    def writing(self) -> Iterator[Sql]:
        """A transaction of the one writer, committed at the end, rolled back on an error."""
        with translated(self.file):
            sql = self.begin()
            try:
                yield sql
                self.commit()
            except BaseException:
                self.roll_back()
                raise

    def settle(self) -> bool:
        """Moves what lies in the write-ahead log into the file; False where there is no room or a reader needs it.

        After a power cut pages of the file may be half moved while the log still has them whole, so this comes before
        anything that looks at the pages of the file itself.
        """
        try:
            with translated(self.file):
                busy = Sql(self._writer.connection.driver_connection).value("PRAGMA wal_checkpoint(TRUNCATE)")
        except Unavailable:
            return False
        return not busy

    def begin(self) -> Sql:
        """Begins the writer's transaction; whoever calls lets in one thread at a time."""
        self._writer.begin()
        return Sql(self._writer.connection.driver_connection)

    def commit(self) -> None:
        """Returns when the disk has the transaction."""
        transaction = self._writer.get_transaction()
        if transaction is None:
            raise RuntimeError("no transaction to commit")
        transaction.commit()

    def roll_back(self) -> None:
        """Ends the writer's transaction, if there is one, without keeping anything."""
        transaction = self._writer.get_transaction()
        if transaction is not None:
            with suppress(Exception):  # after a full disk SQLite has rolled back by itself, which is what is wanted
                transaction.rollback()


def _engine(file: Path, key: bytes) -> Engine:
    import sqlalchemy
    from sqlcipher3 import dbapi2

    if len(key) != 32:
        raise ValueError("a database key has 32 bytes")
    if dbapi2.sqlite_version_info < SQLITE_FLOOR:
        raise Unavailable("sqlite-too-old", found=dbapi2.sqlite_version, needed="3.51.3")

    def connect() -> Any:  # the driver has no types
        return open_driver(file, key)

    engine = sqlalchemy.create_engine("sqlite://", module=dbapi2, creator=connect, poolclass=sqlalchemy.QueuePool)
    sqlalchemy.event.listen(engine, "begin", _begin)
    return engine


def open_driver(file: Path, key: bytes) -> Any:
    """One bare connection, keyed and set for durability; the backup and the salvage use it too."""
    from sqlcipher3 import dbapi2

    driver = dbapi2.connect(
        str(file), isolation_level=None, check_same_thread=False, timeout=BUSY_SECONDS, cached_statements=512
    )
    try:
        driver.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        version = driver.execute("PRAGMA cipher_version").fetchone()
        if not version or not version[0]:
            raise Unavailable("no-cipher")
        driver.execute("PRAGMA cipher_log_level = NONE")
        driver.execute("PRAGMA foreign_keys = ON")
        driver.execute("PRAGMA journal_mode = WAL")
        driver.execute("PRAGMA synchronous = FULL")
        driver.execute("PRAGMA cache_size = -32000")
    except dbapi2.Error as error:
        driver.close()
        raise meaning(error, file) from error
    except BaseException:
        driver.close()
        raise
    return driver


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get("lane") == "write"
    Sql(connection.connection.driver_connection).run("BEGIN IMMEDIATE" if writing else "BEGIN")


def meaning(error: BaseException, file: Path) -> InspectorError:
    """What a failure of the driver on ``file`` means to a person; what has no meaning is a bug and is raised again."""
    driver_error = getattr(error, "orig", None) or error
    if isinstance(driver_error, InspectorError):
        return driver_error
    number = getattr(driver_error, "sqlite_errorcode", 0) & 0xFF or _NUMBERS.get(str(driver_error), 0)
    if number not in _MEANING:
        raise error
    kind, code = _MEANING[number]
    return kind(code, place=str(file), number=number)


@contextmanager
def translated(file: Path) -> Iterator[None]:
    """Turns failures of the driver on ``file`` into ``Unavailable`` and ``Damaged``."""
    from sqlalchemy.exc import DBAPIError
    from sqlcipher3 import dbapi2

    try:
        yield
    except (DBAPIError, dbapi2.Error) as error:
        raise meaning(error, file) from error
