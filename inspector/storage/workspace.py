"""A workspace (thư mục dữ liệu): the encrypted database, the blobs and the small files beside them, opened once."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from inspector.domain.changeset import ChangeSet
from inspector.domain.errors import Damaged, InspectorError, Refused, Unavailable
from inspector.domain.judgement import Verdict
from inspector.domain.merge import Outcome
from inspector.domain.streams import EpochReason
from inspector.storage import migrations, own_streams, rebuild, schema
from inspector.storage.archive import Progress
from inspector.storage.author import Author, identity_bytes, identity_from
from inspector.storage.blobs import BlobStore
from inspector.storage.engine import Database, Sql, translated
from inspector.storage.intake import Intake
from inspector.storage.judges import Judges
from inspector.storage.log import Log, SpaceRow, StreamRow
from inspector.storage.own_streams import IDENTITY
from inspector.storage.packages import Recipient, recipients
from inspector.storage.reading import Draft, Reading, Snapshot
from inspector.storage.unit import Receipt, UnitOfWork
from inspector.system.age import AgeKey
from inspector.system.clock import Clock, SystemClock
from inspector.system.files import RESERVE_BYTES, Reserve, disk_errors, flush_folder, replace_patiently
from inspector.system.folders import Workspace as Places
from inspector.system.high_water import HighWater
from inspector.system.identity import Identity, SignedCertificate, with_age_key
from inspector.system.keys import blob_keys
from inspector.system.one_opener import OneOpener

if TYPE_CHECKING:
    from inspector.storage.verify import Report

_COMMITS_PER_MARK = 20
_CHECKED_AT_ONCE = 64 * 1024 * 1024
_ROOM_FOR_RESERVE = 8 * RESERVE_BYTES


class Workspace(Reading):
    """Made by ``create`` or ``open``; ``close`` it, or use it as a context manager.

    Questions may come from any thread. Units of work come one at a time; a second one waits for the first.
    """

    def __init__(self, places: Places, key: bytes, lock: OneOpener, clock: Clock) -> None:
        self.places = places
        self.clock = clock
        self.log = Log()
        self.intake = Intake(self.log)
        self.streams: dict[int, StreamRow] = {}
        self.epoch_reason: EpochReason | None = None
        self.arrived: list[Callable[[Sequence[ChangeSet]], object]] = []
        """Called after what others wrote was committed, in the thread that took it in."""
        self._lock = lock
        self.key = key
        self._closed = False
        self._judges = Judges()
        self._lane = threading.Lock()
        self._unit: UnitOfWork | None = None
        self._thread: int | None = None
        self._reserve = Reserve(places.reserve)
        self._high_water = HighWater(places.high_water)
        self._marked: dict[str, None] = {}
        self._commits = 0
        self._transactions = 0
        self._reached: dict[str, tuple[int, tuple[int, int]]] = {}
        self._is_to_be_checked = _is_to_be_checked(places.database)
        self.database = Database(places.database, key)
        self.blobs = BlobStore(places.blobs, blob_keys(key), self._view, self._short_write, clock.wall)

    @classmethod
    def create(cls, folder: Path, key: bytes, identity: Identity, *, app: str, clock: Clock | None = None) -> Workspace:
        """Makes the database of a new workspace in ``folder`` and opens it.

        ``key`` is the database key (32 bytes), ``identity`` this laptop's, ``app`` the program's version. Raises
        ``Refused`` (``workspace-exists``), ``Unavailable`` (``disk-full``, ``opened-twice`` …).
        """
        places = Places(folder)
        if places.database.exists():
            raise Refused("workspace-exists", place=str(folder))
        places.make()
        lock = OneOpener(places.lock)
        try:
            _make_database(places.database, key, identity)
            lock.close()
            return cls.open(folder, key, app=app, clock=clock)
        except BaseException:
            lock.close()
            raise

    @classmethod
    def open(
        cls, folder: Path, key: bytes, *, app: str, clock: Clock | None = None, progress: Progress | None = None
    ) -> Workspace:
        """Opens the workspace in ``folder``; ``key`` must be the one its key slots gave.

        Checks the floor, the pages, the version and the marks of rollback, brings older tables up to date and makes
        the projections again where this program's differ. Raises ``Unavailable`` (``workspace-missing``,
        ``opened-twice``, ``no-cipher``, ``sqlite-too-old``, ``disk-full`` …), ``Refused`` (``newer-program``),
        ``Damaged`` (``workspace-damaged``).
        """
        places = Places(folder)
        if not places.database.is_file():
            raise Unavailable("workspace-missing", place=str(folder))
        if places.database.stat().st_size == 0:  # SQLite would take it for a new one and write to it
            raise Damaged("workspace-damaged", place=str(places.database))
        places.make()
        lock = OneOpener(places.lock)
        try:
            workspace = cls(places, key, lock, clock or SystemClock(places.boots))
        except BaseException:
            lock.close()
            raise
        try:
            workspace._start(app, progress)
        except BaseException:
            workspace.close()
            raise
        return workspace

    def _start(self, app: str, progress: Progress | None) -> None:
        self.places.wipe_temporary()  # whoever left something there is gone: only one has the workspace open
        with self.guarded():
            self._bring_up_to_date(progress)
            self._app = app
            self.read_identity()
            self._look_for_rollback()
        self._reserve.ensure()

    def read_identity(self) -> None:
        """Who writes from now on, after what the laptop knows of itself was changed."""
        with self._view() as sql:
            data = sql.value("SELECT bytes FROM own WHERE name = ?", (IDENTITY,))
        self.identity = identity_from(data)
        self.author = Author.of(self.identity, self._app)
        self.streams.clear()

    def _bring_up_to_date(self, progress: Progress | None) -> None:
        with self._view() as sql:
            found = migrations.version_of(sql, self.places.database)
        if found > schema.VERSION:
            raise Refused("newer-program", found=found, known=schema.VERSION)
        if self._is_to_be_checked:
            migrations.check_integrity(self.database, whole=False)
        migrations.migrate(self.database, found, self._back_up_before, target=schema.VERSION)
        with self._view() as sql:
            current = rebuild.is_current(sql)
        if not current:
            rebuild.rebuild(self.database, progress)

    def _back_up_before(self, version: int) -> None:
        """A copy of the database as it was before a migration, encrypted like it, in the folder of backups."""
        from inspector.storage.copying import copy_database

        target = self.places.backups / f"before-version-{schema.VERSION}-from-{version}.db"
        with self.database.reading() as sql:
            copy_database(sql, target, self.key)

    def _look_for_rollback(self) -> None:
        marks = self._high_water.read()
        if not marks:
            return
        with self.database.writing() as sql:
            self.epoch_reason = own_streams.compare(sql, marks)
        self._marked = dict.fromkeys(marks)
        if self.epoch_reason is not None:
            self._write_marks()

    def close(self) -> None:
        """Writes the marks of rollback, closes the database and lets the next opener in; may be called again."""
        if not self._closed:
            with suppress(InspectorError):
                if self._commits:
                    self._write_marks()
            self.database.close()
            self._lock.close()
            self._closed = True

    def __enter__(self) -> Workspace:
        return self

    def __exit__(self, *unused: object) -> None:
        self.close()

    @contextmanager
    def _view(self) -> Iterator[Sql]:
        unit = self._unit
        if unit is not None and self._thread == threading.get_ident():
            with unit._view() as sql:  # noqa: SLF001 - the same reader, from inside its thread
                yield sql
            return
        with self.guarded(), self.database.reading() as sql:
            yield sql

    @contextmanager
    def _short_write(self) -> Iterator[Sql]:
        """The writing sql: that of the open unit of work of this thread, else one of its own, committed."""
        unit = self._unit
        if unit is not None and self._thread == threading.get_ident():
            with unit._view() as sql:  # noqa: SLF001 - the same writer, from inside its thread
                yield sql
            return
        with self.unit_of_work() as own:
            with own._view() as sql:  # noqa: SLF001 - as above
                yield sql
            own.commit()

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Failures of the disk as errors of the program; a full disk gives the reserve back at once."""
        try:
            with translated(self.database.file):
                yield
        except Unavailable as error:
            if error.code == "disk-full":
                self._reserve.release()
            raise

    def unit_of_work(self) -> UnitOfWork:
        """One transaction, to be used as a context manager; it waits while another thread has one."""
        return UnitOfWork(self)

    def begin(self, unit: UnitOfWork) -> Sql:
        """For ``UnitOfWork`` only."""
        if self._thread == threading.get_ident():
            raise RuntimeError("a unit of work is already open in this thread")
        self._lane.acquire()
        try:
            with self.guarded():
                sql = self.database.begin()
        except BaseException:
            self._lane.release()
            raise
        self._unit, self._thread = unit, threading.get_ident()
        return sql

    def rollback(self, unit: UnitOfWork) -> None:
        """For ``UnitOfWork`` only."""
        if self._unit is not unit:
            return
        self.forget()
        self.database.roll_back()
        self._leave()

    def commit(self, unit: UnitOfWork) -> None:
        """For ``UnitOfWork`` only: returns when the disk has the transaction."""
        if self._unit is not unit:
            raise RuntimeError("this unit of work has ended")
        self.database.commit()
        self._transactions += 1
        self._leave()

    def _leave(self) -> None:
        self._unit = self._thread = None
        self._lane.release()

    def reach(self, space: str) -> tuple[int, int]:
        """As the question says, which is asked with every message: between two commits it is answered once."""
        if self._thread == threading.get_ident():
            return super().reach(space)
        now = self._transactions
        known = self._reached.get(space)
        if known is None or known[0] != now:
            known = self._reached[space] = now, super().reach(space)
        return known[1]

    def after_commit(self, receipts: Sequence[Receipt]) -> None:
        """For ``UnitOfWork`` only: marks of rollback and the reserve, neither of which data depends on."""
        for receipt in receipts:
            self._marked.pop(receipt.stream, None)
            self._marked[receipt.stream] = None
        while len(self._marked) > own_streams.MOST_MARKS:
            del self._marked[next(iter(self._marked))]
        if not receipts:
            return
        self._commits += 1
        if self._commits % _COMMITS_PER_MARK == 0:
            with suppress(InspectorError, OSError):  # the commit stands, whatever becomes of these
                self._write_marks()
                if not self.places.reserve.exists() and shutil.disk_usage(self.places.folder).free > _ROOM_FOR_RESERVE:
                    self._reserve.ensure()

    def tell_arrived(self, changesets: Sequence[ChangeSet]) -> None:
        """For ``UnitOfWork`` only: what came is on the disk, whatever a listener makes of it."""
        for listener in self.arrived:
            with suppress(InspectorError):
                listener(changesets)

    def _write_marks(self) -> None:
        with self._view() as sql:
            marks = own_streams.marks_of(sql, list(self._marked))
        self._high_water.write(marks)

    def judge(self, sql: Sql, space: SpaceRow, stream: StreamRow, changeset: ChangeSet) -> Verdict:
        """For ``UnitOfWork`` only."""
        return self._judges.judge(sql, space, stream, changeset)

    def certificate_for(self, sql: Sql, space: SpaceRow) -> SignedCertificate:
        """For ``UnitOfWork`` only: the certificate under which this device begins a stream in a space."""
        return self.author.signed[self._judges.best(sql, space, self.author.certificates)]

    def outgrown(self, sql: Sql, space: SpaceRow, stream: StreamRow) -> bool:
        """For ``UnitOfWork`` only: whether this device should go on under another certificate."""
        return self._judges.outgrown(sql, space, stream, self.author.certificates)

    def rights_in(self, space: str) -> frozenset[str]:
        """What this device may write in a space now; nothing where nobody admitted it."""
        with self._view() as sql:
            row = Log().space(sql, space)  # not from what the writing thread remembers: this may be an older view
            return frozenset() if row is None else Judges().rights_of(sql, row, self.author.certificates)

    def own_rights(self, sql: Sql, space: SpaceRow) -> frozenset[str]:
        """For ``UnitOfWork`` only: the same, from what is remembered."""
        return self._judges.rights_of(sql, space, self.author.certificates)

    def forget(self) -> None:
        """For ``UnitOfWork`` only: what is remembered may have been rolled back."""
        self.log.forget()
        self.intake.forget()
        self.streams.clear()
        self._judges.forget()

    def forget_judges(self) -> None:
        """For ``UnitOfWork`` only: control records may have come in."""
        self._judges.forget()
        self.streams.clear()

    def accept(self, changesets: Iterable[ChangeSet], *, received_from: str = "") -> list[Outcome]:
        """Takes in what others wrote in one transaction; one outcome for each, in the same order."""
        with self.unit_of_work() as unit:
            outcomes = unit.accept(list(changesets), received_from=received_from)
            unit.commit()
        return outcomes

    @contextmanager
    def snapshot(self) -> Iterator[Reading]:
        """Several questions to one steady view; what is asked later of its records is asked of a closed book."""
        with self._view() as sql:
            yield Snapshot(sql)

    def put_draft(self, draft: Draft) -> None:
        """Keeps text being typed, durable when this returns."""
        with self._short_write() as sql:
            self.write_draft(sql, draft)

    def write_draft(self, sql: Sql, draft: Draft) -> None:
        """For ``UnitOfWork`` only."""
        import json

        sql.run(
            "INSERT OR REPLACE INTO draft (space, entity, entity_id, field, author, text, seen, updated)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                draft.space, draft.entity, draft.id, draft.field, draft.author, draft.text,
                json.dumps(draft.seen), draft.updated,
            ),
        )  # fmt: skip

    def drop_draft(self, space: str, entity: str, id: str, field: str) -> None:
        """Forgets a draft."""
        with self.unit_of_work() as unit:
            unit.drop_draft(space, entity, id, field)
            unit.commit()

    def age_key(self) -> AgeKey:
        """What opens packages for this laptop; made now where it was set up before there were packages."""
        if self.identity.age is None:
            with self.unit_of_work() as unit:
                identity = with_age_key(self.identity)
                unit.put_own(IDENTITY, identity_bytes(identity))
                unit.commit()
            self.identity, self.author = identity, Author.of(identity, self.author.app)
        found = self.identity.age
        if found is None:
            raise AssertionError("it was just made")
        return found

    def recipients(self) -> list[Recipient]:
        """Every other laptop that a package can be locked to, by name."""
        with self._view() as sql:
            return recipients(sql, self.author.device)

    def verify(self, progress: Progress | None = None) -> Report:
        """Checks everything against the log and repairs nothing."""
        from inspector.storage.verify import verify

        return verify(self, progress)

    def rebuild(self, progress: Progress | None = None) -> int:
        """Makes every derived table again from the log; returns the number of change sets read."""
        with self._lane, self.guarded():
            return rebuild.rebuild(self.database, progress, anew=True)


def _is_to_be_checked(database: Path) -> bool:
    """Whether all pages are checked at the opening: at about 10 ms for a megabyte, not of large files every time.

    What a large file holds is authenticated page by page as it is read; ``verify`` reads them all. After a program that
    did not end by itself, which leaves its write-ahead log behind, every file is checked.
    """
    log = database.with_name(database.name + "-wal")
    return database.stat().st_size <= _CHECKED_AT_ONCE or log.exists()


def _make_database(database: Path, key: bytes, identity: Identity) -> None:
    """Writes a whole new database beside its place and moves it there, so that there is never half of one."""
    part = database.with_name(database.name + ".part")
    for path in (part, *(part.with_name(part.name + end) for end in ("-wal", "-shm"))):
        path.unlink(missing_ok=True)
    made = Database(part, key)
    try:
        with made.writing() as sql:
            schema.run(sql, schema.LOG_AND_LOCAL)
            schema.set_meta(sql, migrations.VERSION_NAME, str(schema.VERSION))
            rebuild.create_derived(sql)
            sql.run("INSERT INTO own (name, bytes) VALUES (?, ?)", (IDENTITY, identity_bytes(identity)))
    finally:
        made.close()
    with disk_errors(database):
        replace_patiently(part, database)
        flush_folder(database.parent)
