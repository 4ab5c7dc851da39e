"""Making the demonstration workspace: a new folder, the story line by line, papers where a season has them."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from inspector.domain.errors import Refused
from inspector.services.demonstration.material import material
from inspector.services.demonstration.scenes import draw
from inspector.services.demonstration.telling import Line, Script, Teller, scripts, season_lines
from inspector.services.door import Newcomer, Ways, begin, home_of, open_desk
from inspector.services.issuing import file_name, issue_minutes
from inspector.services.record import record
from inspector.system.folders import resources_dir

if TYPE_CHECKING:
    from inspector.services.desk import Desk
    from inspector.system.folders import Workspace as Home

Progress = Callable[[str], None]

SECRETARY = Newcomer("Bùi Thanh Hà", "Sở Nội vụ", "tỉnh Vĩnh Lam")
UNIT_LIST = "don-vi.csv"
_UNFINISHED = "dang-tao"
_SCORED_BY: Line = {"adopted": True, "decision": "Quyết định số 415/QĐ-UBND", "date": "2026-03-02"}


@dataclass(frozen=True, slots=True)
class Made:
    """What the demonstration holds: inspections, and how many of them have minutes."""

    inspections: int
    minutes: int


def make(home: Home, tell: Progress = lambda unit: None) -> Made:
    """Make the demonstration in a folder where there is no workspace yet; its key lies beside it.

    It is made beside the folder and put into place whole: one that was interrupted leaves nothing to trip over.

    Raises:
        Refused: ``workspace-exists``, ``place-taken``.
        Unavailable: the folder cannot be used or the disk is full.
    """
    if home.exists():
        raise Refused("workspace-exists", place=str(home.folder))
    if os.path.lexists(home.folder) and not _is_empty(home.folder):
        raise Refused("place-taken", place=str(home.folder))
    unfinished = home_of(home.folder.with_name(f"{home.folder.name}.{_UNFINISHED}"))
    _clear(unfinished)
    try:
        made = _tell_story(unfinished, tell)
        _put_into_place(unfinished, home)
    except BaseException:
        _clear(unfinished)
        raise
    return made


def _is_empty(folder: Path) -> bool:
    return folder.is_dir() and not any(folder.iterdir())


def _clear(unfinished: Home) -> None:
    """Take away what an earlier, interrupted making left: invented data that nobody ever opened."""
    shutil.rmtree(unfinished.folder, ignore_errors=True)
    unfinished.demonstration_key.unlink(missing_ok=True)


def _put_into_place(made: Home, home: Home) -> None:
    """The key first: a demonstration is there only together with its key."""
    if home.folder.is_dir():
        home.folder.rmdir()  # rename onto an empty folder is not for every system
    made.demonstration_key.replace(home.demonstration_key)
    made.folder.rename(home.folder)


def _tell_story(home: Home, tell: Progress) -> Made:
    begin(home, SECRETARY, Ways(demonstration=True))
    told = material()
    with open_desk(home, Ways()) as desk, tempfile.TemporaryDirectory(dir=home.temporary) as folder:
        _send(desk, list(_office_lines()), Path(folder))
        begun: set[str] = set()
        printed = 0
        for teller in scripts(told):
            visit = teller.visit
            if visit.season not in begun:
                begun.add(visit.season)
                _send(desk, season_lines(visit.season, told.seasons[visit.season]), Path(folder))
            tell(visit.short)
            printed += _visit(desk, teller, Path(folder))
    return Made(len(told.visits), printed)


def _office_lines() -> Iterable[Line]:
    """The invented province, and points for the departments of the second season."""
    units = str(resources_dir() / "demonstration" / UNIT_LIST)
    yield {"id": "units", "act": "adopt_units", "with": {"path": units}}


def _visit(desk: Desk, teller: Teller, folder: Path) -> int:
    """One visit; 1 where minutes were made."""
    visit = teller.visit
    if visit.scored:
        points: Line = {"checklist": visit.level, "adopted": _SCORED_BY}
        _send(desk, [{"id": "points", "act": "adopt_points", "with": points}], folder)
    _perform(desk, teller.before_minutes(), folder)
    if visit.state not in ("signed", "finished"):
        return 0
    inspection = desk.ref_of(visit.key) or ""
    issue_minutes(desk, inspection, folder / file_name(desk, inspection))
    _perform(desk, teller.after_minutes(), folder)
    return 1


def _perform(desk: Desk, script: Script, folder: Path) -> None:
    for name, scene in script.pictures.items():
        (folder / name).write_bytes(draw(scene, name))
    _send(desk, script.lines, folder)


def _send(desk: Desk, lines: list[Line], folder: Path) -> None:
    """Through the same door as an office's own lines; the story has no line that is not taken."""
    for line in lines:
        given = line["with"]
        if isinstance(given, dict):
            line["with"] = {
                name: str(folder / str(value)) if name in ("path", "scan") else value for name, value in given.items()
            }
    sent = (json.dumps(line, ensure_ascii=False).encode() for line in lines)
    for receipt in map(json.loads, record(desk, sent)):
        if not receipt["ok"]:
            raise ValueError(f"{receipt['id']}: {receipt['code']} {receipt['field']}")
