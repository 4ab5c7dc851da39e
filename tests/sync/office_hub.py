"""Laptops of the random histories that meet only through an office's hub, which is restored now and then."""

from __future__ import annotations

import itertools
import random
import shutil
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from sqlalchemy import select

from inspector.domain.exchange import Holds
from inspector.domain.judgement import Verdict
from inspector.hub.office import HubStore
from inspector.storage.hub import tables
from inspector.storage.hub.engine import HubDatabase, create, open_plain
from inspector.storage.hub.log import HubLog
from inspector.storage.log import verdict_of
from inspector.storage.resolve import Rules
from inspector.sync.messages import Hello, Peer
from tests.merge.history import History
from tests.merge.replica import SPACE, Replica, right_of, rule_of
from tests.merge.signing import verify
from tests.merge.world import UNPROVEN, Violation
from tests.sync.laptops import ROOM, MeetingWorld, Parts, Way, WayCut, hello_of
from tests.sync.meeting import lived

HUB = Hello("hub", "Máy chủ")
RULES = Rules(verify, right_of, rule_of)

_numbers = itertools.count()


class Office:
    """A hub of the histories. ``copies``: whether its database is a file that can be put back to what it was."""

    def __init__(self, address: str, *, copies: bool) -> None:
        self.address = address
        self.copies = copies
        self.log = HubLog(address, rules=RULES, remembered=40)

    @property
    def known(self) -> Office:
        """As ``Way`` asks what is on the disk."""
        return self

    def status(self, digest: bytes) -> Verdict | None:
        return self.statuses().get(digest)

    def statuses(self) -> dict[bytes, Verdict]:
        with self.log.database.reading() as connection:
            rows = connection.execute(select(tables.log.c.hash, tables.log.c.status, tables.log.c.reason))
            return {row.hash: verdict_of(row.status, row.reason) for row in rows}

    def forked(self) -> set[str]:
        with self.log.database.reading() as connection:
            return set(connection.scalars(select(tables.stream.c.id).where(tables.stream.c.forked)))

    def snapshot(self) -> Path:
        copy = Path(f"{self.address}.{next(_numbers)}")
        with closing(open_plain(Path(self.address))) as driver:
            driver.execute("VACUUM INTO ?", (str(copy),))
        return copy

    def restore(self, copy: Path) -> None:
        self.log.close()
        for end in ("-wal", "-shm"):
            Path(self.address + end).unlink(missing_ok=True)
        shutil.copyfile(copy, self.address)
        self.log = HubLog(self.address, rules=RULES, remembered=40)

    def close(self) -> None:
        self.log.close()


def office_in(folder: Path) -> Office:
    """A hub on SQLite, from an empty one that is made once."""
    template = folder / "hub-template.sqlite"
    if not template.exists():
        made = HubDatabase(str(template))
        create(made)
        made.close()
    return Office(str(shutil.copyfile(template, folder / f"hub-{next(_numbers)}.sqlite")), copies=True)


class HubWorld(MeetingWorld):
    """Sending is bringing it to the hub, and the other fetching it there."""

    def __init__(self, team: Sequence[int], folder: Path, office: Office, parts: Parts | None = None) -> None:
        self.office = office
        self.kept: list[Path] = []
        super().__init__(team, folder, parts)

    def _do_send(self, a: int, b: int, limit: int, shuffle: int) -> None:
        cut = limit + shuffle % 7 if limit else 0
        self.meet_hub(self.at(a), cut, random.Random(shuffle) if shuffle else None)
        self.meet_hub(self.at(b), 0, random.Random(shuffle) if shuffle else None)

    def _do_snapshot(self, r: int) -> None:
        super()._do_snapshot(r)
        if self.office.copies:
            self.kept.append(self.office.snapshot())

    def _do_restore(self, s: int, keep_mark: int) -> None:
        super()._do_restore(s, keep_mark)
        if self.kept and s % 2:
            self.office.restore(self.kept[s % len(self.kept)])
            for replica in self.replicas:  # as the next exchange with it does
                self.parts.store(replica).meet(SPACE, HUB, Holds())

    def meet_hub(self, replica: Replica, cut: int = 0, chance: random.Random | None = None) -> None:
        store, hub = self.parts.store(replica), HubStore(self.office.log)
        host = self.parts.host(hub, HUB, {SPACE}, room=ROOM)
        way: Peer = Way(host, self.office, cut, chance)
        try:
            report = self.parts.exchange(store, hello_of(replica), way, ROOM).run(SPACE)
        except WayCut:
            report = None
        if report is not None and not report.matched:
            raise Violation("nothing was in the way and the hub does not match")
        with hub.holdings(SPACE) as there, store.holdings(SPACE) as here:
            alike = there.holds() == here.holds()
            claimed = store.known.claims(HUB.device)
            if not claimed <= there.has(claimed):
                raise Violation("counted at the hub, which does not have it")
        if report is not None and not alike:
            raise Violation("said to match and does not")

    def check_copies(self, replica: Replica) -> None:
        """Looked at in every meeting with the hub."""

    def meet_all(self) -> None:
        for _ in range(2):
            for replica in self.replicas:
                self.meet_hub(replica)

    def finish(self) -> None:
        super().finish()
        picture = self._picture({item for replica in self.replicas for item in replica.disk}, self.replicas[0])
        alive = {digest: status for digest, status in picture.status.items() if status not in UNPROVEN}
        found = {
            digest.hex(): str(verdict.reason or verdict.status) for digest, verdict in self.office.statuses().items()
        }
        if {digest: status for digest, status in found.items() if status not in UNPROVEN} != alive:
            raise Violation("the hub judges otherwise, or lacks something")
        if self.office.forked() != picture.forks:
            raise Violation("the hub sees other forks")


def failure(
    history: History, folder: Path, office: Callable[[Path], Office] = office_in, parts: Parts | None = None
) -> Exception | None:
    """How a history fails whose laptops meet at a hub, None where it does not."""
    hub = office(folder)
    try:
        return lived(HubWorld(history.team, folder, hub, parts), history, folder)
    finally:
        hub.close()
        for file in folder.glob("hub-[0-9]*"):
            file.unlink()
