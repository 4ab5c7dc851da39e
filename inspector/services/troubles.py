"""When the program itself fails: a report that may be sent to whoever mends it, without anything of an inspection."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from inspector import __version__

if TYPE_CHECKING:
    from inspector.services.door import Home


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


def told(error: BaseException) -> str:
    """Write an error into the diary, if one is kept; returns the report that may be copied and sent."""
    from inspector.system.logs import crash_report

    logging.getLogger(__name__).error("a fault of the program", exc_info=error)
    return crash_report(error, __version__)


@contextmanager
def diary(home: Home) -> Iterator[None]:
    """Keep the diary of the program in a workspace, and where it stood if the process itself dies.

    Where the last run died so, the place goes into the diary. Raises ``Unavailable``.
    """
    import faulthandler

    from inspector.system.logs import start_fault_file, start_log, stop_log, take_fault

    last = take_fault(home.logs)
    handler = start_log(home.logs)
    log = logging.getLogger(__name__)
    faults = start_fault_file(home.logs)
    try:
        log.info("started")
        if last is not None:
            log.error("the last run died in %d lines of a fault file", last.count("\n") + 1)
        yield
    finally:
        faulthandler.disable()
        faults.close()
        take_fault(home.logs)
        log.info("ended")
        stop_log(handler)
