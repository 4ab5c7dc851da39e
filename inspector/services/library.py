"""The shelves (tủ tài liệu): what the program ships and what the office adopted, by date and by hash."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from inspector.domain.changeset import Json
from inspector.domain.checklist import Checklist, Item, LegalBasis
from inspector.domain.checklist_file import parse_checklist
from inspector.domain.departments import DepartmentList, parse_departments
from inspector.domain.errors import BadInput, Refused
from inspector.domain.grounds import Grounds, grounds
from inspector.domain.inspection import Answer, Inspection
from inspector.domain.registry import SpaceKind
from inspector.domain.scoring import check_answer
from inspector.domain.unit_lists import parse_document
from inspector.domain.units import UnitTable
from inspector.domain.working_days import Calendar, parse_calendar
from inspector.system.folders import resources_dir

if TYPE_CHECKING:
    from inspector.services.case import Case
    from inspector.storage.reading import Reading, Record
    from inspector.storage.workspace import Workspace

_SHA256 = re.compile(r"[0-9a-f]{64}")
LEVELS = ("commune", "department", "district")
"""Levels that have a checklist of their own; vertical agencies and subunits are inspected by that of departments."""


@dataclass(frozen=True, slots=True)
class Adopted:
    """A document of the office: when it was to apply from, by the record of its adoption; dates are ISO or empty."""

    record: str
    hash: str
    title: str
    version: str
    since: str
    until: str


class Library:
    """Content in force. Shipped content is read once; adopted content when first asked for after a change."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._known: dict[str, Checklist] = {}
        self._adopted: list[Record] | None = None
        self._units: tuple[tuple[str, ...], UnitTable] | None = None

    def forget(self) -> None:
        """Something was adopted: read the shelves again."""
        self._adopted = None

    def checklists(self) -> tuple[Checklist, ...]:
        """Every version that can be chosen for a new inspection, the office's own before those shipped."""
        own = [self.checklist(_hash(record)) for record in self._documents("checklist")]
        return (*own, *map(_shipped_checklist, LEVELS))

    def checklist(self, hash_: str) -> Checklist:
        """A checklist version by its SHA-256.

        Raises:
            BadInput: ``checklist-unknown``.
        """
        for shipped in map(_shipped_checklist, LEVELS):
            if shipped.hash == hash_:
                return shipped
        if hash_ not in self._known:
            if not _SHA256.fullmatch(hash_) or not self._workspace.blobs.has(hash_):
                raise BadInput("checklist-unknown", field="checklist", checklist=hash_)
            self._known[hash_] = parse_checklist(self._workspace.blobs.read(hash_))
        return self._known[hash_]

    def pin_checklist(self, wanted: str | None, level: str | None, day: date | None) -> dict[str, Json]:
        """What an inspection keeps of its checklist: the one named by hash or level, else that of the unit's level."""
        found = self._chosen(wanted) if wanted else self._in_force(level, day)
        return {"hash": found.hash, "level": found.level, "title": found.title, "version": found.version}

    def item(self, case: Case, text: str) -> Item:
        """An item of the inspection's checklist by permanent key or by number ("X-III.5").

        Raises:
            BadInput: ``checklist-item-unknown``.
        """
        checklist = self._pinned(case)
        return next((item for item in checklist.items if text == item.code), None) or checklist.item(text)

    def only_item(self, case: Case, answer_type: str) -> str | None:
        """The item of that answer type where the inspection's checklist has just one."""
        found = [item.key for item in self._pinned(case).items if item.answer_type == answer_type]
        return found[0] if len(found) == 1 else None

    def check_answer(self, case: Case, item: str, answer: Answer) -> None:
        """Raises ``Refused`` where this cannot be an answer to the item; oddities are pointed out by readiness."""
        check_answer(self._pinned(case).item(item), answer)

    @property
    def units(self) -> UnitTable:
        """All units, with the office's own lists over those shipped."""
        adopted = tuple(_hash(record) for record in self._documents("units"))
        if self._units is None or self._units[0] != adopted:
            table = _shipped_units()
            for hash_ in adopted:
                table = table.with_own(parse_document(self._workspace.blobs.read(hash_), table.levels))
            self._units = adopted, table
        return self._units[1]

    @property
    def departments(self) -> DepartmentList:
        """The office's own list of departments, the latest of them, else the one shipped."""
        return self._departments(None)

    def _departments(self, day: date | None) -> DepartmentList:
        return parse_departments(self._own("departments", day) or _resource("departments/departments.json"))

    def unit_snapshot(self, code: str, day: date) -> dict[str, Json]:
        """A unit by its code (``28360``) or a department by province and key (``82/home_affairs``), as on a day.

        Raises:
            BadInput: no such unit on that day.
        """
        province, slash, department = code.partition("/")
        if not slash:
            return dict(self.units.snapshot(code, day))
        place = self.units.levels.inside(self.units.at(province, day))
        return dict(self._departments(day).snapshot(department, day, place))

    def taken_over(self, code: str | None, day: date | None) -> date | None:
        """The day a unit took over from others, where it did so before ``day``; dossiers of before are not its own."""
        days = [since for each in self.units.predecessors(code) if (since := _day(each.effective))] if code else []
        return max((since for since in days if day is None or since <= day), default=None)

    def calendar(self) -> Calendar:
        """Working days by the office's latest table, else by the one shipped; deadlines reach beyond any one day."""
        return parse_calendar(self._own("holidays", None) or _resource("calendar/vn.json"))

    def adopted(self, kind: str) -> tuple[Adopted, ...]:
        """What the office adopted of a kind (``checklist``, ``units``, ``departments``, ``holidays``, ``template``), in
        the order it comes into force.
        """
        return tuple(_adopted(record) for record in self._documents(kind))

    def points(self, checklist: str) -> dict[str, Json]:
        """What was said about the points of a checklist version: adopted, decision, date; nothing until then."""
        for record in self._reference("scoring"):
            said = record.values.get("adopted")
            if record.values.get("checklist") == checklist and isinstance(said, dict):
                return said
        return {}

    def law(self) -> dict[str, LegalBasis]:
        """The legal texts an office confirmed, by code."""
        found = {}
        for record in self._reference("legal_basis"):
            confirmation = record.values.get("confirmation")
            if isinstance(confirmation, dict) and confirmation.get("confirmed"):
                code, title = str(record.values.get("code")), str(confirmation.get("title") or "")
                found[code] = LegalBasis(code, title or self._law_title(code), "confirmed")
        return found

    def grounds(self, found: Inspection, *, printable: Collection[str] | None = None) -> Grounds:
        """What the sentences about an inspection are drawn from; ``printable`` as in ``domain.grounds``."""
        checklist = self.checklist(found.checklist.hash) if found.checklist else None
        taken_over = self.taken_over(found.unit.code, found.visit_date)
        return grounds(found, checklist, self.calendar(), self.law(), taken_over=taken_over, printable=printable)

    def is_scored(self, checklist: str) -> bool:
        """Whether the office adopted the points of this checklist version; off until then."""
        return bool(self.points(checklist).get("adopted"))

    def letterhead(self, name: str) -> dict[str, Json]:
        """A saved head of the minutes.

        Raises:
            Refused: ``record-not-found``.
        """
        for record in self._reference("letterhead"):
            if record.values.get("name") == name:
                return record.values
        raise Refused("record-not-found", entity="Phần đầu biên bản dùng sẵn", id=name)

    def template(self, day: date | None = None) -> bytes:
        """The Word template the office applied on a day (the latest where none is given), else the one shipped."""
        return self._own("template", day) or _resource("templates/mau-bien-ban.docx")

    def _pinned(self, case: Case) -> Checklist:
        records = case.all("inspection")
        pinned = records[0].values.get("checklist") if records else None
        if not isinstance(pinned, dict):
            raise BadInput("checklist-unknown", field="checklist", checklist="")
        return self.checklist(str(pinned["hash"]))

    def _chosen(self, wanted: str) -> Checklist:
        return _shipped_checklist(wanted) if wanted in LEVELS else self.checklist(wanted)

    def _in_force(self, level: str | None, day: date | None) -> Checklist:
        level = level if level in LEVELS else "department"
        own = [self.checklist(_hash(record)) for record in self._documents("checklist", day)]
        found = [checklist for checklist in own if checklist.level == level]
        if found:
            return found[-1]
        return _shipped_checklist(level)

    def _law_title(self, code: str) -> str:
        for checklist in self.checklists():
            if basis := checklist.legal(code):
                return basis.title
        return code

    def _own(self, kind: str, day: date | None) -> bytes | None:
        found = self._documents(kind, day)
        return self._workspace.blobs.read(_hash(found[-1])) if found else None

    def _documents(self, kind: str, day: date | None = None) -> list[Record]:
        """What was adopted of a kind, is here and applies on a day, in the order it comes into force."""
        if self._adopted is None:
            self._adopted = sorted(filter(_document_of, self._reference("adoption")), key=_in_order_of_force)
        return [
            record
            for record in self._adopted
            if record.values.get("kind") == kind and _applies(record, day) and self._workspace.blobs.has(_hash(record))
        ]

    def _reference(self, entity: str) -> list[Record]:
        reading: Reading = self._workspace
        return [record for space in reading.spaces(SpaceKind.REFERENCE) for record in reading.records(space.id, entity)]


def layout_profile() -> bytes:
    """The layout of Decree 30/2020 as data."""
    return _resource("layout/nd30.json")


def answer_of(item: str, result: Json, **scores: Json) -> Answer:
    """The group ``result`` of the log as the answer that is checked."""
    given = result if isinstance(result, dict) else {}
    return Answer(
        id="",
        item=item,
        value=_text(given.get("value")),
        not_applicable=bool(given.get("not_applicable")),
        reason=_text(given.get("reason")),
        appraised_score=_decimal(given.get("appraised_score")),
        self_score=_decimal(scores.get("self_score")),
        final_score=_decimal(scores.get("final_score")),
        numerator=_int(given.get("numerator")),
        denominator=_int(given.get("denominator")),
        count=_int(given.get("count")),
    )


def _resource(name: str) -> bytes:
    return (resources_dir() / name).read_bytes()


@cache
def _shipped_units() -> UnitTable:
    return UnitTable(_resource)


@cache
def _shipped_checklist(level: str) -> Checklist:
    return parse_checklist(_resource(f"checklists/{level}.json"))


def _document_of(record: Record) -> dict[str, Json]:
    """What is said about the document, empty where nothing usable is."""
    document = record.values.get("document")
    usable = isinstance(document, dict) and _SHA256.fullmatch(str(document.get("hash")))
    return document if usable and isinstance(document, dict) else {}


def _adopted(record: Record) -> Adopted:
    names = ("hash", "title", "version", "effective_from", "effective_to")
    return Adopted(record.id, *(str(_document_of(record).get(name) or "") for name in names))


def _hash(record: Record) -> str:
    return str(_document_of(record).get("hash"))


def _in_order_of_force(record: Record) -> tuple[str, int, str]:
    """By the day it applies from, then by who adopted it knowing of the other; the last one wins."""
    adopted = max((head.lamport, head.operation) for head in record.heads["document"])
    return str(_document_of(record).get("effective_from") or ""), *adopted


def _applies(record: Record, day: date | None) -> bool:
    document = _document_of(record)
    since, until = (str(document.get(name) or "") for name in ("effective_from", "effective_to"))
    return day is None or (since <= day.isoformat() and (not until or day.isoformat() <= until))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _text(value: Json) -> str | None:
    return value if isinstance(value, str) else None


def _int(value: Json) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _decimal(value: Json) -> Decimal | None:
    return Decimal(value) if isinstance(value, str) else None
