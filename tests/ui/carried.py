"""A package that somebody else brings, for screens that look into one."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from inspector.services.desk import Desk
from inspector.services.incoming import packages_at
from inspector.services.library import Library
from inspector.services.packages import write_package
from tests.storage import office

CODE = "7K2M-QX4T-9FHD-R3WA"
AT = datetime.fromisoformat("2026-11-26T10:38:00+07:00")


def carried(stick: Path, *, count: int = 1) -> Path:
    """The manifest of a package on ``stick`` that another laptop wrote; written when it is first asked for."""
    if stick.is_dir():
        return packages_at(stick)[0]
    with office.create(stick.with_name(stick.name + "-laptop")) as workspace:
        desk = Desk(workspace, Library(workspace))
        begun = [begin(desk, f"2026-11-{26 + number}") for number in range(count)]
        return write_package(desk, stick, begun, code=CODE, at=AT).file


def begin(desk: Desk, day: str) -> str:
    """An inspection with one answer."""
    inspection = desk.perform("open_inspection", {"unit": "28360", "form": "on_site", "visit_date": day}).ref
    desk.perform("answer_item", {"item": "X-I.1", "remark": "Chậm 12 ngày"}, inspection=inspection)
    return inspection
