"""Regenerate ``resources/calendar/vn.json`` from the wheel of ``holidays`` (a developer's script).

    pip download --no-deps holidays==0.109 python-dateutil six --dest wheels
    python resources/make_calendar.py wheels 2019 2027 --announced 2026

The wheels are unpacked for this run only: none of them belongs to the program. Years after ``--announced`` were
computed before the yearly notice of the Prime Minister and are marked provisional.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

CALENDAR = Path(__file__).resolve().parent / "calendar"


def year_table(holidays: Any, year: int, announced: int) -> dict[str, object]:
    """Holidays by day and the weekend days worked instead."""
    found = holidays.country_holidays("VN", years=year, language="vi")
    named = {day.isoformat(): str(name) for day, name in sorted(found.items())}
    made_up = sorted(day.isoformat() for day in found.weekend_workdays if isinstance(day, date) and day.year == year)
    return {"provisional": year > announced, "made_up": made_up, "holidays": named}


def licence(wheel: Path) -> str:
    with zipfile.ZipFile(wheel) as archive:
        return archive.read(next(n for n in archive.namelist() if n.endswith("licenses/LICENSE"))).decode()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wheels", type=Path)
    parser.add_argument("first", type=int)
    parser.add_argument("last", type=int)
    parser.add_argument("--announced", type=int, required=True)
    args = parser.parse_args()
    wheels = sorted(args.wheels.glob("*.whl"))
    with tempfile.TemporaryDirectory() as folder:
        for wheel in wheels:
            zipfile.ZipFile(wheel).extractall(folder)
        sys.path.insert(0, folder)
        import holidays  # out of the wheels just unpacked

        years = {str(y): year_table(holidays, y, args.announced) for y in range(args.first, args.last + 1)}
    version = f"holidays-{holidays.__version__}"
    content = {"format": "inspector-calendar-1", "title": "Ngày nghỉ lễ, Tết và ngày làm bù", "version": version}
    text = json.dumps({**content, "years": years}, ensure_ascii=False, indent=1) + "\n"
    (CALENDAR / "vn.json").write_text(text, encoding="utf-8")
    source = next(wheel for wheel in wheels if wheel.name.startswith("holidays-"))
    (CALENDAR / "LICENSE-holidays.txt").write_text(licence(source), encoding="utf-8")


if __name__ == "__main__":
    main()
