"""Is this laptop fit for the program? Every part that must work is tried once, without touching anybody's data."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from inspector.domain.errors import InspectorError
from inspector.services.wording import sentence


@dataclass(frozen=True, slots=True)
class Trial:
    """One thing that was tried: its name, whether it works, and what was found or what to do."""

    name: str
    works: bool
    told: str


def try_everything() -> list[Trial]:
    """Every trial in the order in which a day needs them; one that fails does not stop the rest."""
    trials: tuple[tuple[str, Callable[[Path], str]], ...] = (
        ("Tài nguyên của chương trình", _resources),
        ("Sổ dữ liệu mã hóa", _workspace),
        ("Biên bản Word", _document),
        ("Ảnh", _picture),
        ("Kho khóa của máy", _keychain),
    )
    with tempfile.TemporaryDirectory() as folder:
        return [_tried(name, trial, Path(folder)) for name, trial in trials]


def _tried(name: str, trial: Callable[[Path], str], folder: Path) -> Trial:
    try:
        return Trial(name, True, trial(folder))
    except InspectorError as error:
        return Trial(name, False, sentence(error))
    except Exception as error:  # a missing or broken library is exactly what is looked for
        return Trial(name, False, f"Không dùng được ({type(error).__name__}). Cài lại chương trình.")


def _resources(folder: Path) -> str:
    from inspector.domain.checklist_file import parse_checklist
    from inspector.services.library import LEVELS
    from inspector.system.folders import resources_dir

    items = 0
    for level in LEVELS:
        items += len(parse_checklist((resources_dir() / "checklists" / f"{level}.json").read_bytes()).items)
    return f"{items} mục trong {len(LEVELS)} bộ tiêu chí"


def _workspace(folder: Path) -> str:
    """A workspace is made, written to, closed and opened again."""
    from inspector.services.door import Newcomer, Ways, begin, home_of, open_desk

    home = home_of(folder / "home")
    begin(home, Newcomer("Người thử", "Cơ quan thử", "Tỉnh thử"), Ways(demonstration=True))
    with open_desk(home, Ways()) as desk:
        desk.perform("save_person", {"name": "Nguyễn Thị Thử"})
    with open_desk(home, Ways()) as desk:
        found = desk.workspace.search("nguyen thi thu")
    return "tạo, ghi, đóng, mở, tìm được" if found else "chưa tìm được chữ vừa ghi"


def _document(folder: Path) -> str:
    """The minutes of an inspection in which nothing is filled in."""
    from inspector.services.door import Ways, home_of, open_desk
    from inspector.services.issuing import check_file, issue_minutes

    out = folder / "bien-ban.docx"
    with open_desk(home_of(folder / "home"), Ways()) as desk:
        units = desk.library.units.find("a", level="commune", limit=1)
        opened = {"unit": units[0].code, "form": "on_site", "visit_date": "2026-01-05"}
        issue_minutes(desk, desk.perform("open_inspection", opened).ref, out)
    return f"lập được, {len(check_file(out))} điểm cần xem về thể thức"


def _picture(folder: Path) -> str:
    from inspector.services.demonstration.scenes import draw
    from inspector.services.photos import look_at

    path = folder / "anh.png"
    path.write_bytes(draw("counter", "self-test"))
    look_at(path)
    return "đọc và thu nhỏ được"


def _keychain(folder: Path) -> str:
    """Not having one is no fault: a key file or a passphrase does as well."""
    from inspector.services.door import keychain_is_there

    return "có" if keychain_is_there() else "không có; dùng tệp khóa hoặc mật khẩu"
