"""More than anybody has: 3,000 inspections, and one with a checklist of 500 items and 5,000 sampled dossiers."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from inspector.domain.changeset import Json, Write
from inspector.domain.ids import natural_id
from inspector.services.desk import Desk
from tests.architecture.tree import ROOT

INSPECTIONS, TIMES, DOSSIERS = 3_000, 10, 5_000
UNIT = "28360"
_FIRST, _LAST = date(2025, 7, 2), date(2026, 11, 26)
_IN_ONE_ACT = 20


def many_inspections(desk: Desk, count: int = INSPECTIONS) -> None:
    """Inspections of every unit in turn, a few each day; one in three is cancelled."""
    there = {unit.code for unit in desk.library.units.on(_FIRST)}
    units = [unit.code for unit in desk.library.units.on(_LAST) if unit.level == "commune" and unit.code in there]
    for number in range(count):
        day = (_FIRST + timedelta(number // 6)).isoformat()
        form = ("on_site", "surprise", "remote")[number % 3]
        given = {"unit": units[number % len(units)], "form": form, "visit_date": day}
        inspection = desk.perform("open_inspection", given).ref
        if number % 3 == 0:
            desk.perform("change_status", {"status": "cancelled", "reason": "Hoãn"}, inspection=inspection)


def large_inspection(desk: Desk, folder: Path, dossiers: int = DOSSIERS) -> str:
    """The id of an inspection with ten times the items of a commune and a sample nobody could draw."""
    file = folder / "bo-tieu-chi-500.json"
    file.write_text(json.dumps(long_checklist(), ensure_ascii=False), encoding="utf-8")
    desk.perform("adopt_checklist", {"path": str(file)})
    given = {"unit": UNIT, "form": "on_site", "visit_date": "2026-11-26"}
    inspection = desk.perform("open_inspection", given).ref
    _answer(desk, inspection)
    for number, writes in enumerate(_in_acts(_dossier_writes(desk, inspection, dossiers))):
        with desk.workspace.unit_of_work() as unit_of_work:
            unit_of_work.write(inspection, writes, act=f"crowd-{number}")
            unit_of_work.commit()
    return inspection


def long_checklist(times: int = TIMES) -> dict[str, Json]:
    """The checklist of a commune with every item ``times`` times, each for its share of the points."""
    source: dict[str, Any] = json.loads((ROOT / "resources/checklists/commune.json").read_text(encoding="utf-8"))
    items = []
    for item in source["items"]:
        for number in range(times):
            points = str(Decimal(item["max_points"]) / times)
            more = {"key": f"{item['key']}.n{number}", "code": f"{item['code']}.{number}", "max_points": points}
            items.append(item | more)
    return source | {"items": items, "title": "Bộ tiêu chí 500 mục", "version": "2026-11-23"}


def _answer(desk: Desk, inspection: str) -> None:
    """Every second choice is made, one in four with a remark."""
    checklist = desk.inspection(inspection).checklist
    assert checklist is not None
    items = [item for item in desk.library.checklist(checklist.hash).items if item.answer_type == "yes_partial_no"]
    for number, item in enumerate(items[::2]):
        given: dict[str, object] = {"item": item.key, "result": {"value": ("day_du", "mot_phan", "khong")[number % 3]}}
        if number % 2:
            given["remark"] = "Qua kiểm tra cơ bản đạt yêu cầu, còn chậm so với kế hoạch đề ra."
        desk.perform("answer_item", given, inspection=inspection)


def _dossier_writes(desk: Desk, inspection: str, count: int) -> Iterator[list[Write]]:
    checklist = desk.inspection(inspection).checklist
    assert checklist is not None
    item = next(item for item in desk.library.checklist(checklist.hash).items if item.answer_type == "sample_dossiers")
    chance = random.Random(3)
    for number in range(count):
        code = f"H20.{number // 100:02d}-2609{number % 28 + 1:02d}-{number:04d}"
        received = date(2026, 9, 1) + timedelta(number % 28)
        due = received + timedelta(15)
        values: dict[str, Json] = {
            "code": code,
            "item": item.key,
            "procedure": "Đăng ký biến động về sử dụng đất, tài sản gắn liền với đất",
            "area": "Đất đai",
            "received": received.isoformat(),
            "due": {"date": due.isoformat()},
            "returned": {"date": (due + timedelta(chance.randint(-9, 2))).isoformat()},
            "control_slip": chance.random() < 0.9,
        }
        record = natural_id(inspection, "dossier", code)
        yield [Write("dossier", record, name, value, ()) for name, value in values.items()]


def _in_acts(all_writes: Iterator[list[Write]]) -> Iterator[list[Write]]:
    batch: list[Write] = []
    for number, writes in enumerate(all_writes, 1):
        batch += writes
        if number % _IN_ONE_ACT == 0:
            yield batch
            batch = []
    if batch:
        yield batch
