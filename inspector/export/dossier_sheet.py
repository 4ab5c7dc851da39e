"""A list of sampled dossiers from an office, read cell by cell as people see it; what it means is judged by others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from inspector.domain.errors import BadInput
from inspector.domain.text import fold
from inspector.export.sheets import Column, Problem, Table, as_text, read_tables
from inspector.export.xlsx_reader import CellError, Grid

COLUMNS = (
    Column("code", "Mã hồ sơ", aliases=("Mã số hồ sơ", "Số hồ sơ", "Mã")),
    Column("area", "Lĩnh vực", required=False),
    Column("procedure", "Thủ tục", required=False, aliases=("Tên thủ tục", "Thủ tục hành chính", "Tên TTHC")),
    Column("received", "Tiếp nhận", required=False, aliases=("Ngày tiếp nhận", "Ngày nhận")),
    Column("due", "Hẹn trả", required=False, aliases=("Ngày hẹn trả", "Ngày hẹn trả kết quả", "Hạn trả")),
    Column("returned", "Thực trả", required=False, aliases=("Ngày trả thực tế", "Ngày trả", "Ngày trả kết quả")),
    Column("apology", "Xin lỗi", required=False, aliases=("Có văn bản xin lỗi khi trễ hạn", "Thư xin lỗi")),
    Column("control_slip", "Phiếu KS", required=False, aliases=("Phiếu kiểm soát", "Có phiếu kiểm soát quá trình")),
    Column("extra_papers", "Giấy tờ thừa", required=False, aliases=("Yêu cầu giấy tờ ngoài quy định",)),
    Column("system_differs", "Khác HT", required=False, aliases=("Trạng thái trên hệ thống khác thực tế",)),
    Column("origin", "Bàn giao", required=False, aliases=("Hồ sơ nhận bàn giao từ đơn vị cũ",)),
    Column("receiving_agency", "Cơ quan tiếp nhận", required=False),
    Column("solving_agency", "Cơ quan giải quyết", required=False),
    Column("note", "Ghi chú", required=False),
)
"""The headings of the table in the window and what offices call them."""


@dataclass(frozen=True, slots=True)
class DossierLine:
    """One row of the sheet: its number there, and the texts of its cells by column."""

    row: int
    texts: dict[str, str]


def read_dossier_sheet(path: Path) -> tuple[DossierLine, ...]:
    """The rows of the first sheet that has a column of codes. Columns are known by their headings.

    Raises:
        BadInput: the file cannot be read (codes ``sheet-…``), or no sheet has such a column (``sheet-not-dossiers``).
    """
    for grid in read_tables(path):
        found = _lines(grid)
        if found is not None:
            return found
    raise BadInput("sheet-not-dossiers", file=path.name)


def heading_of(cells: Sequence[str]) -> dict[int, str] | None:
    """The columns by their place where these cells are a heading with at least the code in it, else None."""
    names = {fold(name): column.name for column in COLUMNS for name in (column.title, *column.aliases)}
    found = {place: names[fold(cell)] for place, cell in enumerate(cells) if fold(cell) in names}
    return found if "code" in found.values() else None


def _lines(grid: Grid) -> tuple[DossierLine, ...] | None:
    problems: list[Problem] = []
    table = Table(grid, COLUMNS, problems)
    if not table.has("code"):
        return None
    lines = []
    for line in table.lines():
        texts = {}
        for column in COLUMNS:
            value = line.cells.get(table.places.get(column.name, 0))
            if value is not None:
                texts[column.name] = value.text if isinstance(value, CellError) else as_text(value)
        lines.append(DossierLine(line.row, texts))
    return tuple(lines)
