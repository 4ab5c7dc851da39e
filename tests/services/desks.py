"""A desk over a new demonstration workspace, and the files that the example lines name."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from inspector.domain.checklist_file import parse_checklist
from inspector.domain.departments import parse_departments
from inspector.export.checklist_sheet import write_checklist_sheet
from inspector.export.department_sheet import write_department_sheet
from inspector.services.demonstration.scenes import draw
from inspector.services.desk import Desk
from inspector.services.door import Newcomer, Ways, begin, home_of, open_desk
from inspector.system.folders import resources_dir

SOMEBODY = Newcomer("Nguyễn Thị Thử", "Sở Nội vụ", "tỉnh Vĩnh Lam")


@contextmanager
def new_desk(folder: Path) -> Iterator[Desk]:
    home = home_of(folder / "home")
    begin(home, SOMEBODY, Ways(demonstration=True))
    with open_desk(home, Ways()) as desk:
        yield desk


def put_example_files(folder: Path) -> None:
    """What ``act_examples.jsonl`` attaches and adopts, by the names it uses."""
    resources = resources_dir()
    shutil.copy(resources / "demonstration" / "don-vi.csv", folder / "don-vi.csv")
    shutil.copy(resources / "calendar" / "vn.json", folder / "lich-nghi.json")
    shutil.copy(resources / "templates" / "mau-bien-ban.docx", folder / "mau-bien-ban.docx")
    departments = parse_departments((resources / "departments" / "departments.json").read_bytes())
    write_department_sheet(departments, folder / "so-nganh.xlsx")
    checklist = parse_checklist((resources / "checklists" / "commune.json").read_bytes())
    write_checklist_sheet(checklist, folder / "bo-tieu-chi-xa.xlsx")
    (folder / "bang-niem-yet.png").write_bytes(draw("notice_board", "example"))
    (folder / "ban-quet.pdf").write_bytes(b"%PDF-1.4 scan")
    (folder / "bien-ban.docx").write_bytes(b"a document made elsewhere")
