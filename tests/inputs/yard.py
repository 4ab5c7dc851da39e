"""The yard where inputs are tried: a workspace of the program in memory, copies of it, and what is found there."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from inspector.domain.inspection import Inspection
from inspector.services.desk import Desk
from inspector.services.door import Newcomer, Ways, begin, home_of, open_desk
from tests.services.laptops import COMMUNE, VISIT

LEFT_OUT = shutil.ignore_patterns("reserve.bin", "lock", "*-shm")
"""Not needed to open a copy; the reserve alone is two megabytes."""

TURNS = 300
"""Tries on one open desk before it is made anew, so that what was taken in does not pile up."""


@dataclass(frozen=True)
class Original:
    """What the workspace holds, to compare with."""

    inspection: Inspection
    positions: dict[str, tuple[int, str]]


class Yard:
    """``close`` removes everything."""

    def __init__(self) -> None:
        base = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - a private folder is made in it
        self.folder = Path(tempfile.mkdtemp(prefix="inspector-inputs-", dir=base))
        self._open: tuple[Desk, Iterator[Desk]] | None = None
        self._turns = 0
        self.original = self._build()

    def close(self) -> None:
        self._leave()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def base(self) -> Path:
        """A workspace that nobody has open; its key lies beside it."""
        return self.folder / "base"

    @property
    def base_in_use(self) -> Path:
        """The same as the power cut left it: the last acts are in the write-ahead log only."""
        return self.folder / "cut"

    @cached_property
    def backup(self) -> bytes:
        """A backup of it."""
        from inspector.services.keeping import back_up

        with open_desk(home_of(self.base), Ways()) as desk:
            back_up(desk, self.folder / "backup.kiemtra")
        return (self.folder / "backup.kiemtra").read_bytes()

    def _build(self) -> Original:
        home = home_of(self.base)
        begin(home, Newcomer("Nguyễn Văn An", "Sở Nội vụ", "Tỉnh Mẫu"), Ways(demonstration=True))
        note = self.folder / "note.txt"
        note.write_text("Sổ theo dõi\n" * 200, "utf-8")
        with open_desk(home, Ways()) as desk:
            given = {"unit": COMMUNE, "form": "on_site", "visit_date": VISIT}
            inspection = desk.perform("open_inspection", given, act="begun").ref
            for number in range(12):
                text = {"kind": "shortcoming", "content": f"Tồn tại số {number}. " * 20}
                desk.perform("add_finding", text, inspection=inspection)
            desk.perform("attach_file", {"path": str(note)}, inspection=inspection)
            desk.perform("save_letterhead", {"name": "Đoàn số 1", "place": "Mỹ Tho"})
            original = looked_at(desk)
            shutil.copytree(self.base, self.base_in_use, ignore=LEFT_OUT)
        shutil.copy(home.demonstration_key, self.base_in_use.with_name("cut.key"))
        return original

    def copy(self, of: Path, name: str = "copy") -> Path:
        """A fresh copy of one of the two workspaces."""
        target = self.folder / name
        self.clear(name)
        shutil.copytree(of, target, ignore=LEFT_OUT)
        shutil.copy(of.with_name(of.name + ".key"), target.with_name(f"{name}.key"))
        return target

    def clear(self, name: str = "copy") -> None:
        for place in self.folder.glob(f"{name}*"):
            if place.is_dir():
                shutil.rmtree(place, ignore_errors=True)
            else:
                place.unlink(missing_ok=True)

    def desk(self) -> Desk:
        """A desk to try on; another one every now and then."""
        self._turns += 1
        if self._open is None or self._turns % TURNS == 0:
            self._leave()
            lent = self._lend()
            self._open = next(lent), lent
        return self._open[0]

    def _lend(self) -> Iterator[Desk]:
        with open_desk(home_of(self.copy(self.base, "desk")), Ways()) as desk:
            yield desk

    def _leave(self) -> None:
        if self._open is not None:
            for _ in self._open[1]:
                pass
            self._open = None

    @contextmanager
    def file(self, name: str, content: bytes) -> Iterator[Path]:
        place = self.folder / "handed in" / name
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(content)
        yield place
        place.unlink(missing_ok=True)


def looked_at(desk: Desk) -> Original:
    reference = desk.ref_of("begun")
    assert reference is not None
    return Original(desk.inspection(reference), positions(desk))


def positions(desk: Desk) -> dict[str, tuple[int, str]]:
    """How far every space goes, and the root of what it holds."""
    found = {space.id: desk.workspace.position(space.id) for space in desk.workspace.spaces()}
    return {space: (position.lseq, position.root) for space, position in found.items()}


def held(desk: Desk) -> tuple[int, int]:
    """How many change sets and remembered acts there are: cheaper, and enough to see that nothing was written."""
    with desk.workspace._view() as sql:
        return sql.value("SELECT count(*) FROM log"), sql.value("SELECT count(*) FROM act")
