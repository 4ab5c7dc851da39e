"""Every door through which bytes come in, with samples of what it takes and what must hold whatever comes."""

from __future__ import annotations

import json
import random
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

from inspector.domain.changeset import parse
from inspector.domain.checklist import Checklist
from inspector.domain.checklist_file import parse_checklist, readable_bytes
from inspector.domain.errors import InspectorError
from inspector.services.acts import ACTS
from inspector.services.desk import Desk
from inspector.services.door import Ways, home_of, open_desk
from tests.inputs.damage import damaged, damaged_inside, rewritten
from tests.inputs.foreign import foreign
from tests.inputs.yard import Yard, held, looked_at
from tests.services.furnished import CALLS, RESOURCES

ODD: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 5, 10**15, 10**15 - 1, 10**40, 1.5, 1e308, "", " ", "a", "Đ" * 3000, "\x00", "\ud800",
    "2026-02-30", "2026-11-26", "0001-01-01", "9999-12-31", "08:30", "24:00", "08:30+07:00", "2026-11-26T08:30",
    "9999-12-31T23:59-12:00", "1e999999999", "1e-999999999", "NaN", "-0", "0,5", "0" * 64, "f" * 64, "co", "day_du",
    "X-I.1", "X-III.5", "@a", "@begun", "@", "28360", "82/home_affairs", "/", [], [""], ["a", 5], [[]], {}, {"a": 1},
    {"value": "co"}, {"numerator": 3, "denominator": 0}, {"numerator": 1, "denominator": 3}, {"date": "2026-11-26"},
    {"working_days": 10**14}, {"present": False}, {"not_applicable": True}, "/", ".", "/nonexistent", "a" * 5000,
)  # fmt: skip


class Broken(AssertionError):
    """Something that must hold does not."""


class Kind(ABC):
    """One door. ``weight`` is its share of the tries; ``try_one`` raises ``InspectorError`` or does what is asked."""

    name: ClassVar[str]
    weight: ClassVar[int]

    def __init__(self, yard: Yard) -> None:
        self.yard = yard

    @abstractmethod
    def make(self, chance: random.Random) -> bytes:
        """An input: a damaged sample, or a file of another kind."""

    @abstractmethod
    def try_one(self, data: bytes, chance: random.Random) -> None:
        """Hand it in, and check what must hold afterwards."""


class FileKind(Kind):
    """Files handed to one act: refused with nothing changed, or taken."""

    suffixes: ClassVar[tuple[str, ...]]

    @cached_property
    @abstractmethod
    def samples(self) -> Sequence[bytes]:
        """What the door takes, as the program itself writes it."""

    def make(self, chance: random.Random) -> bytes:
        if chance.random() < 0.06:
            return chance.choice(list(foreign().values()))
        data = chance.choice(self.samples)
        others = (*self.samples, foreign()["pdf"], foreign()["random"])
        if data.startswith(b"PK") and chance.random() < 0.7:
            return damaged_inside(data, chance, others)
        if data.startswith(b"{") and chance.random() < 0.6:
            return rewritten(data, chance, ODD)
        return damaged(data, chance, others)

    def sound(self) -> Iterator[tuple[str, bytes]]:
        """The samples under names that fit them."""
        for data in self.samples:
            if data.startswith(b"PK"):
                yield next(suffix for suffix in (".xlsx", ".docx") if suffix in self.suffixes), data
            else:
                yield self.suffixes[0], data

    def hand_in_as(self, suffix: str, data: bytes) -> None:
        with self.yard.file(f"in{suffix}", data) as path:
            self.hand_in(self.yard.desk(), path)

    def try_one(self, data: bytes, chance: random.Random) -> None:
        desk = self.yard.desk()
        before = held(desk)
        with self.yard.file(f"in{chance.choice(self.suffixes)}", data) as path:
            try:
                self.hand_in(desk, path)
            except InspectorError:
                if held(desk) != before:
                    raise Broken("refused, but something was written") from None
                raise

    @abstractmethod
    def hand_in(self, desk: Desk, path: Path) -> None: ...


class Checklists(FileKind):
    name, weight, suffixes = "checklists", 12, (".json", ".xlsx")

    @cached_property
    def samples(self) -> Sequence[bytes]:
        from inspector.export.checklist_sheet import write_checklist_sheet

        checklist = small_checklist()
        path = self.yard.folder / "sample.xlsx"
        write_checklist_sheet(checklist, path)
        return readable_bytes(checklist), checklist.canonical, path.read_bytes(), path.read_bytes()

    def hand_in(self, desk: Desk, path: Path) -> None:
        from inspector.services.checklist_files import preview

        if path.suffix == ".xlsx":
            preview(desk, path)
        desk.perform("adopt_checklist", {"path": str(path)})


class Units(FileKind):
    name, weight, suffixes = "units", 10, (".csv", ".xlsx", ".CSV")

    @cached_property
    def samples(self) -> Sequence[bytes]:
        from datetime import date

        from inspector.export.unit_sheet import write_unit_sheet

        own = "Mã,Loại,Tên,Mã cấp trên,Hiệu lực từ\n28360,phường,Cái Bè,82,01/01/2027\n01234,xã,Mỹ Lợi,82,\n"
        path = self.yard.folder / "sample.xlsx"
        write_unit_sheet(self.yard.desk().library.units.on(date(2026, 11, 26), "province")[:8], path)
        return own.encode("utf-8-sig"), own.replace(",", ";").encode("utf-16"), path.read_bytes(), path.read_bytes()

    def hand_in(self, desk: Desk, path: Path) -> None:
        desk.perform("adopt_units", {"path": str(path)})


class Departments(FileKind):
    name, weight, suffixes = "departments", 8, (".csv", ".xlsx")

    @cached_property
    def samples(self) -> Sequence[bytes]:
        from inspector.export.department_sheet import write_department_sheet

        own = 'Tên cơ quan,Cấp,Người đứng đầu\nSở Chuyển đổi số,"Sở, ban, ngành",Giám đốc\nVăn phòng,,\n'
        path = self.yard.folder / "sample.xlsx"
        write_department_sheet(self.yard.desk().library.departments, path)
        return own.encode(), path.read_bytes(), path.read_bytes()

    def hand_in(self, desk: Desk, path: Path) -> None:
        desk.perform("adopt_departments", {"path": str(path)})


class Calendars(FileKind):
    name, weight, suffixes = "calendars", 6, (".json",)

    @cached_property
    def samples(self) -> Sequence[bytes]:
        calendar = json.loads((RESOURCES / "calendar" / "vn.json").read_bytes())
        calendar["years"] = {"2026": calendar["years"]["2026"]}
        return (json.dumps(calendar).encode(),)

    def hand_in(self, desk: Desk, path: Path) -> None:
        desk.perform("adopt_holidays", {"path": str(path)})


class Documents(FileKind):
    """Word files whose layout is checked."""

    name, weight, suffixes = "documents", 6, (".docx",)

    @cached_property
    def samples(self) -> Sequence[bytes]:
        from inspector.export.blank_checklist import write_blank_checklist

        path = self.yard.folder / "sample.docx"
        write_blank_checklist(small_checklist(), path, with_points=True)
        return (path.read_bytes(),)

    def hand_in(self, desk: Desk, path: Path) -> None:
        from inspector.services.issuing import check_file

        for problem in check_file(path):
            if not problem.sentence.strip():
                raise Broken("a problem without a sentence")


class Templates(FileKind):
    """Word templates of an office."""

    name, weight, suffixes = "templates", 1, (".docx",)

    @cached_property
    def samples(self) -> Sequence[bytes]:
        return ((RESOURCES / "templates" / "mau-bien-ban.docx").read_bytes(),)

    def hand_in(self, desk: Desk, path: Path) -> None:
        desk.perform("adopt_template", {"path": str(path)})


class Photos(FileKind):
    """Pictures of every kind that phones make, and what they become on paper."""

    name, weight, suffixes = "photos", 14, (".jpg", ".JPEG", ".png", ".heic", ".webp", ".tif", ".gif", ".bmp")

    @cached_property
    def samples(self) -> Sequence[bytes]:
        return pictures()

    def hand_in(self, desk: Desk, path: Path) -> None:
        inspection = desk.ref_of("begun")
        receipt = desk.perform("attach_file", {"path": str(path)}, inspection=inspection)
        kept = next(piece for piece in desk.inspection(str(inspection)).evidence if piece.id == receipt.ref)
        if kept.file is None or desk.workspace.blobs.read(kept.file.hash) != path.read_bytes():
            raise Broken("taken, but not kept letter by letter")
        desk.perform("remove_evidence", {"evidence": receipt.ref}, inspection=inspection)


class Lines(Kind):
    """Lines of ``record``: each gets a receipt that says what happened."""

    name, weight = "lines", 28

    def make(self, chance: random.Random) -> bytes:
        if chance.random() < 0.03:
            return chance.choice(list(foreign().values()))
        line = self._line(chance)
        what = chance.random()
        if what < 0.35:
            return rewritten(json.dumps(line).encode(), chance, ODD)
        data = json.dumps(line, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")
        return damaged(data, chance, [data]) if what < 0.6 else data

    def _line(self, chance: random.Random) -> dict[str, Any]:
        if chance.random() < 0.5:
            call = chance.choice(CALLS)
            given = {name: value for name, value in call.arguments.items() if chance.random() < 0.9}
            name = call.name
        else:
            name, given = chance.choice(list(ACTS)), {}
        for argument in ACTS[name].arguments:
            if chance.random() < 0.25:
                given[argument.name] = chance.choice((*ODD, *argument.options))
            elif argument.name in given and argument.members and chance.random() < 0.3:
                member = chance.choice(argument.members)
                given[argument.name] = {member.name: chance.choice((*ODD, *member.options))}
        line: dict[str, Any] = {"id": chance.choice(("a", "b", str(chance.random()))), "act": name, "with": given}
        if ACTS[name].inside:
            # Every later try needs the one that was begun.
            begun = "@a" if name == "remove_inspection" else "@begun"
            line["inspection"] = chance.choice((begun, begun, begun, begun, "@a", None, "x"))
        if chance.random() < 0.1:
            field = chance.choice(("result", "content", "_del", "x/y/z", "answer/x/result"))
            line["seen"] = {field: chance.choice(([], ["a" * 32 + ".0"], ["x"], [5], "a"))}
        return line

    def try_one(self, data: bytes, chance: random.Random) -> None:
        from inspector.services.record import record

        desk = self.yard.desk()
        before = held(desk)
        lines = data.splitlines(keepends=True)[:20]
        receipts = list(record(desk, lines))
        if len(receipts) != sum(bool(line.strip()) for line in lines):
            raise Broken("a line without a receipt")
        found = [json.loads(receipt.encode()) for receipt in receipts]
        for receipt in found:
            if not receipt["ok"] and not (receipt["code"] and receipt["reason"]):
                raise Broken("a refusal without a reason")
        if not any(receipt["ok"] for receipt in found) and held(desk) != before:
            raise Broken("refused, but something was written")


class Papers(Lines):
    """Acts that were taken, and the minutes made of whatever they recorded."""

    name, weight = "papers", 1

    def try_one(self, data: bytes, chance: random.Random) -> None:
        from inspector.services.issuing import compose

        for _ in range(12):
            super().try_one(self.make(chance), chance)
        desk = self.yard.desk()
        try:
            compose(desk, desk.inspection(str(desk.ref_of("begun"))))
        except InspectorError as error:
            if error.code != "inspection-not-found":
                raise


class ChangeSets(Kind):
    """Change sets as another machine might send them."""

    name, weight = "change sets", 10

    @cached_property
    def samples(self) -> Sequence[bytes]:
        workspace = self.yard.desk().workspace
        return [changes.body for space in workspace.spaces() for _, changes in workspace.change_sets(space.id)]

    def make(self, chance: random.Random) -> bytes:
        data = chance.choice(self.samples)
        return rewritten(data, chance, ODD) if chance.random() < 0.5 else damaged(data, chance, self.samples)

    def try_one(self, data: bytes, chance: random.Random) -> None:
        desk = self.yard.desk()
        changes = parse(data, chance.randbytes(64))
        before = desk.inspection(str(desk.ref_of("begun")))
        desk.workspace.accept([changes], received_from="somebody")
        if desk.inspection(before.id) != before:
            raise Broken("a change set nobody signed has an effect")


class Workspaces(Kind):
    """The files of a workspace: refused with a sentence, or opened; what was lost is told by ``verify``."""

    name, weight = "workspaces", 5

    def make(self, chance: random.Random) -> bytes:
        return chance.randbytes(8)

    def try_one(self, data: bytes, chance: random.Random) -> None:
        base = chance.choice((self.yard.base, self.yard.base_in_use))
        folder = self.yard.copy(base)
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        place = chance.choice((folder / "workspace.db", *files, folder.with_name("copy.key")))
        if place.name.endswith("-wal") and chance.random() < 0.5:
            place = folder / "workspace.db"
        before = place.read_bytes()
        others = [path.read_bytes() for path in chance.sample(files, 2)]
        after = chance.choice(list(foreign().values())) if chance.random() < 0.1 else damaged(before, chance, others)
        if chance.random() < 0.05:
            place.unlink()
        else:
            place.write_bytes(after)
        original = self.yard.original
        with open_desk(home_of(folder), Ways()) as desk:
            found = looked_at(desk) if desk.ref_of("begun") else None
            report = desk.workspace.verify()
            if found == original or not report.is_whole or report.blobs_elsewhere:
                return
            behind = all(
                found is not None and found.positions.get(space, (0, ""))[0] <= n
                for space, (n, _) in original.positions.items()
            )
            if not (place.name.endswith("-wal") and (found is None or behind)):
                raise Broken(f"{place.name}: other content, and verify says nothing")


class Backups(Kind):
    """Backups: restored whole, or refused with the place left empty."""

    name, weight = "backups", 6

    def make(self, chance: random.Random) -> bytes:
        if chance.random() < 0.06:
            return chance.choice(list(foreign().values()))
        return damaged(self.yard.backup, chance, [self.yard.backup, foreign()["random"]])

    def try_one(self, data: bytes, chance: random.Random) -> None:
        from inspector.services.keeping import bring_back

        self.yard.clear("copy")
        home = home_of(self.yard.folder / "copy")
        with self.yard.file("backup.kiemtra", data) as path:
            try:
                bring_back(path, home, Ways())
            except InspectorError:
                if left := [place.name for place in self.yard.folder.glob("copy*")]:
                    raise Broken(f"refused, but {left} was left behind") from None
                raise
        if data != self.yard.backup:
            raise Broken("a backup that is not what was written was restored")
        with open_desk(home, Ways()) as desk:
            if looked_at(desk) != self.yard.original or not desk.workspace.verify().is_whole:
                raise Broken("the restored workspace is another one")


def small_checklist() -> Checklist:
    """The beginning of that of communes, so that a try costs little."""
    content = json.loads((RESOURCES / "checklists" / "commune.json").read_bytes())
    return parse_checklist(json.dumps({**content, "items": content["items"][:6], "title": "Nhỏ"}).encode())


def pictures() -> Sequence[bytes]:
    """Small pictures of every kind the program reads, one with a camera's notes in it."""
    import io

    from pi_heif import register_heif_opener
    from PIL import Image

    register_heif_opener()
    picture = Image.linear_gradient("L").resize((96, 64)).convert("RGB")
    notes = Image.Exif()
    notes[0x0112], notes[0x010F] = 6, "Phone"
    notes.get_ifd(0x8769)[0x9003] = "2026:11:26 08:30:00"
    notes.get_ifd(0x8825)[1] = "N"
    found = []
    for kind, more in (
        ("JPEG", {"exif": notes}), ("JPEG", {"progressive": True}), ("PNG", {"exif": notes}), ("WEBP", {}), ("GIF", {}),
        ("BMP", {}), ("TIFF", {"compression": "tiff_lzw"}),
    ):  # fmt: skip
        target = io.BytesIO()
        picture.save(target, kind, **more)
        found.append(target.getvalue())
    return found


KINDS: tuple[type[Kind], ...] = (
    Checklists, Units, Departments, Calendars, Documents, Templates, Photos, Lines, Papers, ChangeSets, Workspaces,
    Backups,
)  # fmt: skip
