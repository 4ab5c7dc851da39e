"""All layout rules, room by room."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from inspector.export.layout_check import Problem
from inspector.export.layout_profile import Profile
from inspector.export.word.package import open_package
from inspector.export.word.reading import Reading
from inspector.export.word.rules_body import body_rules
from inspector.export.word.rules_file import file_rules, package_rules
from inspector.export.word.rules_head import head_rules
from inspector.export.word.rules_page import page_rules
from inspector.export.word.rules_tables import table_rules


def judge(data: bytes, profile: Profile) -> list[Problem]:
    """Every broken rule.

    Raises:
        BadInput: ``docx-…`` where the file cannot be read as a Word file at all.
    """
    package = open_package(data)
    found = list(package_rules(package))
    reading = Reading(package)
    return found + list(chain.from_iterable(_rooms(reading, profile)))


def _rooms(reading: Reading, profile: Profile) -> Iterator[Iterator[Problem]]:
    for room in (file_rules, page_rules, head_rules, body_rules, table_rules):
        yield room(reading, profile)
