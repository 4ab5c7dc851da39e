"""When the program itself fails: a report that may be sent to whoever mends it, without anything of an inspection."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path

from inspector import __version__


def write_report(error: BaseException, home: str | None) -> Path | None:
    """Write where and what kind the error is; ``None`` where no file can be written anywhere."""
    from inspector.system.folders import home_from
    from inspector.system.logs import crash_report

    name = f"loi-{datetime.now():%Y%m%d-%H%M%S-%f}.txt"
    report = crash_report(error, __version__) + "\n"
    for folder in (home_from(home).logs, Path(tempfile.gettempdir())):
        try:
            if folder.is_dir():
                (folder / name).write_text(report, encoding="utf-8")
                return folder / name
        except OSError:
            continue
    return None
