"""A durable act through the service against one raw sqlite3 transaction with synchronous=FULL on the same disk."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from tests.bench.measuring import at, desk_in, each, open_inspection, scratch

ACTS = 2_000
TEXT = "Qua kiểm tra xác suất có 20/26 hồ sơ trễ hạn, chưa có văn bản xin lỗi và hẹn lại ngày trả kết quả. "


def run() -> Iterator[str]:
    with scratch() as folder:
        floor = _raw(folder)
        with desk_in(folder) as desk:
            inspection = open_inspection(desk)
            ours = each(
                lambda number: desk.perform(
                    "add_finding", {"kind": "shortcoming", "content": f"{number}. {TEXT}"}, inspection=inspection
                ),
                ACTS,
            )
        floor = sorted(floor + _raw(folder))
    ratio = sum(floor) / len(floor) / (sum(ours) / len(ours))
    for name, times in (("raw sqlite3 FULL", floor), ("durable act", ours)):
        yield f"{name:18}{len(times) / sum(times):8.0f} /s  p50 {at(times, 0.5):6.2f} ms  p99 {at(times, 0.99):6.2f} ms"
    yield f"ratio of the rates {ratio:.2f} (aim at least 0.4), p99 {at(ours, 0.99):.1f} ms (aim at most 50)"


def _raw(folder: Path) -> list[float]:
    path = folder / "raw.db"
    path.unlink(missing_ok=True)
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE finding (id INTEGER PRIMARY KEY, content TEXT)")

    def insert(number: int) -> None:
        database.execute("BEGIN IMMEDIATE")
        database.execute("INSERT INTO finding (content) VALUES (?)", (f"{number}. {TEXT}",))
        database.execute("COMMIT")

    times = each(insert, ACTS // 2)
    database.close()
    return times
