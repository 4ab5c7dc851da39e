"""Departments (sở, ban, ngành) and vertical agencies (cơ quan ngành dọc): an editable list with dates.

Names differ by province and change every few years, so this is a starting list. The day an agency was made or ended
differs by province and is left empty; ``not_before`` and ``gone_by`` bound what is certain.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from inspector.domain.errors import BadInput
from inspector.domain.text import clean
from inspector.domain.unit_search import SearchIndex
from inspector.domain.units import holds

FORMAT = "inspector-departments-1"
LEVELS = ("department", "vertical_agency", "subunit")
KEY = re.compile(r"[a-z][a-z0-9_]{0,79}")


@dataclass(frozen=True, slots=True)
class Department:
    """One agency. ``key`` is permanent; dates are ISO text or empty, ends are the first day that no longer counts."""

    key: str
    name: str
    level: str
    head_title: str = ""
    valid_from: str = ""
    valid_to: str = ""
    not_before: str = ""
    gone_by: str = ""
    successors: tuple[str, ...] = ()

    def may_exist_on(self, day: date) -> bool:
        """Not known to be too young or too old for that day."""
        return holds(self.valid_from or self.not_before, self.valid_to or self.gone_by, day.isoformat())


@dataclass(frozen=True)
class DepartmentList:
    """The list of one province, or the one shipped with the program."""

    title: str
    version: str
    departments: tuple[Department, ...]

    def on(self, day: date, level: str | None = None) -> tuple[Department, ...]:
        """Those that may have existed on a day, in the order of the list."""
        return tuple(d for d in self.departments if d.may_exist_on(day) and level in (None, d.level))

    def department(self, key: str) -> Department:
        """The agency of that key.

        Raises:
            BadInput: ``department-unknown``.
        """
        for found in self.departments:
            if found.key == key:
                return found
        raise BadInput("department-unknown", department=key)

    def find(self, text: str, on: date | None = None) -> tuple[Department, ...]:
        """By name, exact marks first; without ``on`` those that did not end."""
        index = SearchIndex(((d.key, d.name, d.name), d) for d in self.departments)
        return tuple(d for d in index.ranked(text) if (d.may_exist_on(on) if on else not (d.valid_to or d.gone_by)))

    def successors(self, key: str) -> tuple[Department, ...]:
        """Who took over an agency that ended."""
        return tuple(self.department(new) for new in self.department(key).successors)

    def snapshot(self, key: str, day: date, province: str) -> dict[str, str]:
        """What an inspection keeps of an inspected agency; the keys are those of ``UnitTable.snapshot``.

        ``province`` is the name inside a sentence, e.g. "tỉnh Đồng Tháp".

        Raises:
            BadInput: ``department-unknown``.
        """
        found = self.department(key)
        return {
            "code": found.key,
            "kind": "",
            "name": found.name,
            "level": found.level,
            "parent_name": province,
            "body_name": found.name,
            "head_title": found.head_title,
            "as_of": day.isoformat(),
        }


def parse_departments(content: bytes) -> DepartmentList:
    """The list in a file.

    Raises:
        BadInput: ``department-list-unreadable`` (params ``where``).
    """
    where = "JSON"
    try:
        data = json.loads(content)
        if data["format"] != FORMAT:
            raise BadInput("department-list-unreadable", where="format")
        departments = []
        for number, row in enumerate(data["departments"], 1):
            where = f"departments[{number}]"
            departments.append(_department(row))
        where = "departments"
        check_departments(departments)
        where = "title"
        return DepartmentList(clean(data["title"]), clean(data["version"]), tuple(departments))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BadInput("department-list-unreadable", where=where) from error


def department_list_bytes(departments: DepartmentList) -> bytes:
    """The canonical bytes; their SHA-256 names the list an office adopted."""
    rows = [{name: value for name, value in asdict(d).items() if value} for d in departments.departments]
    content = {"format": FORMAT, "title": departments.title, "version": departments.version, "departments": rows}
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def check_departments(departments: Iterable[Department]) -> None:
    """Keys are unique and successors are in the list.

    Raises:
        ValueError: naming the key.
    """
    rows = tuple(departments)
    keys = {d.key for d in rows}
    repeated = len(keys) != len(rows)
    unknown = [key for d in rows for key in d.successors if key not in keys]
    if repeated or unknown:
        raise ValueError(*unknown)


def _department(row: dict[str, Any]) -> Department:
    values = {name: clean(value) for name, value in row.items() if name != "successors"}
    found = Department(**values, successors=tuple(clean(key) for key in row.get("successors", ())))
    dates = (found.valid_from, found.valid_to, found.not_before, found.gone_by)
    for day in filter(None, dates):
        date.fromisoformat(day)
    if not KEY.fullmatch(found.key) or found.level not in LEVELS or not found.name.strip():
        raise ValueError(found.key)
    return found
