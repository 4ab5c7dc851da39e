"""Projections rebuilt from 100,000 change sets, beside raw inserts of the same rows into the same kind of file."""

from __future__ import annotations

from collections.abc import Iterator

from inspector.services.desk import Desk
from tests.bench.measuring import desk_in, open_inspection, scratch, seconds
from tests.bench.texts import finding_texts, finding_writes

CHANGE_SETS = 100_000
INSPECTIONS = 100


def run() -> Iterator[str]:
    with scratch() as folder, desk_in(folder) as desk:
        _fill(desk)
        rebuilt = seconds(desk.workspace.rebuild)
        raw = seconds(lambda: _raw(folder / "raw.db"))
    yield f"raw inserts of {CHANGE_SETS:,} rows, cipher, FULL  {raw:6.2f} s"
    ratio = rebuilt / raw
    yield f"rebuild of {CHANGE_SETS:,} change sets           {rebuilt:6.2f} s (aim at most 5), {ratio:.1f} times raw"


def _fill(desk: Desk) -> None:
    spaces = [open_inspection(desk) for _ in range(INSPECTIONS)]
    batches = finding_writes(finding_texts(CHANGE_SETS), 1)
    for space in spaces:
        with desk.workspace.unit_of_work() as unit_of_work:
            for number in range(CHANGE_SETS // INSPECTIONS):
                unit_of_work.write(space, next(batches), act=f"bench-{space}-{number}")
            unit_of_work.commit()


def _raw(path: object) -> None:
    from sqlcipher3 import dbapi2

    database = dbapi2.connect(str(path), isolation_level=None)
    database.execute("PRAGMA key = \"x'" + "ab" * 32 + "'\"")
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute(
        "CREATE TABLE finding (space INTEGER, id TEXT, content TEXT, PRIMARY KEY (space, id)) WITHOUT ROWID"
    )
    database.execute("BEGIN IMMEDIATE")
    rows = ((number % INSPECTIONS, str(number), text) for number, text in enumerate(finding_texts(CHANGE_SETS)))
    database.executemany("INSERT INTO finding VALUES (?, ?, ?)", rows)
    database.execute("COMMIT")
    database.close()
