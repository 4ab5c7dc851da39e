"""From a file of the office to a document that can be adopted: read, checked, kept by its hash.

A preview for people reads the same files with the functions of ``export``; what has a single problem is not adopted.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from inspector.domain.changeset import Json
from inspector.domain.checklist_file import parse_checklist
from inspector.domain.departments import DepartmentList, department_list_bytes
from inspector.domain.text import clean
from inspector.domain.unit_lists import document
from inspector.domain.working_days import calendar_bytes, parse_calendar
from inspector.services.named_files import content_of

if TYPE_CHECKING:
    from inspector.services.case import Case


def checklist(case: Case, path: Path) -> dict[str, Json]:
    """A checklist as ``.xlsx`` or ``.json``."""
    if path.suffix.lower() == ".json":
        found = parse_checklist(content_of(path))
    else:
        from inspector.export.checklist_import import read_checklist_sheet

        found = read_checklist_sheet(path).accepted()
    return _kept(case, found.canonical, found.title, found.version)


def units(case: Case, path: Path) -> dict[str, Json]:
    """A list of units as ``.xlsx`` or ``.csv``."""
    from inspector.export.unit_sheet import read_unit_sheet

    preview = read_unit_sheet(path, case.library.units)
    title = clean(path.stem)
    return _kept(case, document(preview.accepted(), title, ""), title, "")


def departments(case: Case, path: Path) -> dict[str, Json]:
    """A list of departments as ``.xlsx`` or ``.csv``."""
    from inspector.export.department_sheet import read_department_sheet

    found = DepartmentList(clean(path.stem), "", read_department_sheet(path).accepted())
    return _kept(case, department_list_bytes(found), found.title, "")


def holidays(case: Case, path: Path) -> dict[str, Json]:
    """A table of holidays and made-up working days, in the JSON form the program writes."""
    found = parse_calendar(content_of(path))
    return _kept(case, calendar_bytes(found), found.title, found.version)


def template(case: Case, path: Path) -> dict[str, Json]:
    """A Word template, healed, checked and tried with invented data."""
    from inspector.export.office_template import checked_template
    from inspector.services.library import layout_profile

    content = checked_template(content_of(path), layout_profile())
    return _kept(case, content, clean(path.stem), "")


def _kept(case: Case, content: bytes, title: str, version: str) -> dict[str, Json]:
    return {"hash": case.keep_document(content), "title": title, "version": version}
