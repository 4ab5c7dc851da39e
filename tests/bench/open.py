"""Opening one inspection in a workspace of 10 and in one of 3,000."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from inspector.services.desk import Desk
from tests.bench.measuring import at, desk_in, each, open_inspection, scratch

FINDINGS = 20
OPENINGS = 300


def run() -> Iterator[str]:
    with scratch() as folder:
        few, many = _opened(folder / "few", 10), _opened(folder / "many", 3_000)
    yield f"among 10     p50 {at(few, 0.5):7.2f} ms  p95 {at(few, 0.95):7.2f} ms"
    yield f"among 3,000  p50 {at(many, 0.5):7.2f} ms  p95 {at(many, 0.95):7.2f} ms"
    yield f"ratio of the medians {at(many, 0.5) / at(few, 0.5):.2f} (aim at most 1.2)"


def _opened(folder: Path, inspections: int) -> list[float]:
    folder.mkdir()
    with desk_in(folder) as desk:
        made = [
            _filled(desk) if number % (inspections // 10) == 0 else open_inspection(desk)
            for number in range(inspections)
        ]
        filled = made[:: inspections // 10]
        return each(lambda number: desk.inspection(filled[number % len(filled)]), OPENINGS)


def _filled(desk: Desk) -> str:
    inspection = open_inspection(desk)
    for number in range(FINDINGS):
        given = {"kind": "shortcoming", "content": f"Hồ sơ {number} trễ hẹn."}
        finding = desk.perform("add_finding", given, inspection=inspection).ref
        advice = {"finding": finding, "content": "Xin lỗi và hẹn lại."}
        desk.perform("add_recommendation", advice, inspection=inspection)
    return inspection
