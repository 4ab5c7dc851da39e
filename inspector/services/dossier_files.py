"""Lists of dossiers from outside: a file of the office, or a table copied in Excel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from inspector.services.named_files import LIST_LIMIT, named_file


@dataclass(frozen=True, slots=True)
class ForeignRow:
    """One row from outside: where it stands there, and its texts by the names of the fields."""

    number: int
    texts: dict[str, str]


def rows_of_file(path: Path) -> tuple[ForeignRow, ...]:
    """The rows of an ``.xlsx`` or ``.csv`` file, as people see them; nothing is written.

    Raises:
        BadInput: ``file-…``, ``sheet-…``.
    """
    from inspector.export.dossier_sheet import read_dossier_sheet

    named_file(str(path), limit=LIST_LIMIT)
    return tuple(ForeignRow(line.row, line.texts) for line in read_dossier_sheet(path))


def rows_of_table(lines: Sequence[Sequence[str]], fields: Sequence[str]) -> tuple[ForeignRow, ...]:
    """The rows of a pasted table whose columns are ``fields``; a heading among them says it better."""
    from inspector.export.dossier_sheet import heading_of

    heading = heading_of(lines[0]) if lines else None
    names = heading if heading is not None else dict(enumerate(fields))
    body = enumerate(lines, 1) if heading is None else enumerate(lines[1:], 2)
    rows = (
        ForeignRow(number, {names[at]: cell.strip() for at, cell in enumerate(line) if at in names})
        for number, line in body
    )
    return tuple(row for row in rows if any(row.texts.values()))
