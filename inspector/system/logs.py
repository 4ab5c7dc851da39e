"""The program's own diary and its reports of errors: codes, counts and places in the code, never an inspection.

A log leaves the laptop by mail and by screenshot. So the filter here lets nothing through that a person typed, and a
crash report names where and what kind, never the message of a foreign error, which quotes values.
"""

from __future__ import annotations

import faulthandler
import logging
import platform
import re
import traceback
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import IO

from inspector.domain.errors import InspectorError
from inspector.system.files import disk_errors

LOG_NAME = "inspector.log"
FAULT_NAME = "fault.log"

_MOST_BYTES = 1024 * 1024
_KEPT = 4
_WITHHELD = "(withheld)"


class Code(str):
    """A text the program itself chose (a code, a kind, a table's name), fit to be logged."""

    __slots__ = ()


class ContentFilter(logging.Filter):
    """Lets through the constant message and, of its arguments, numbers, ``Code`` and the codes of our own errors."""

    def filter(self, record: logging.LogRecord) -> bool:
        if not isinstance(record.msg, str) or not record.msg.isascii():
            record.msg, record.args = _WITHHELD, ()
        elif isinstance(record.args, dict):
            record.args = {name: _harmless(value) for name, value in record.args.items()}
        elif record.args:
            record.args = tuple(_harmless(value) for value in record.args)
        return True


class PlacesFormatter(logging.Formatter):
    """Writes an exception as its kind and the places it came through."""

    def formatException(self, ei: object) -> str:  # noqa: N802 (logging's name)
        error = ei[1] if isinstance(ei, tuple) else None
        return describe_error(error) if isinstance(error, BaseException) else ""


def start_log(folder: Path) -> RotatingFileHandler:
    """Begin to log everything under ``inspector`` to ``folder``: five files of at most 1 MiB.

    The caller closes the handler with ``stop_log``. Raises ``Unavailable``.
    """
    with disk_errors(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            folder / LOG_NAME, maxBytes=_MOST_BYTES, backupCount=_KEPT, encoding="utf-8", errors="replace"
        )
    handler.addFilter(ContentFilter())
    handler.setFormatter(PlacesFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logger = logging.getLogger("inspector")
    logger.setLevel(logging.INFO)
    logger.addHandler(handler)
    return handler


def stop_log(handler: logging.Handler) -> None:
    """Close what ``start_log`` began."""
    logging.getLogger("inspector").removeHandler(handler)
    handler.close()


def describe_error(error: BaseException) -> str:
    """The kind of an error, its code where it is ours, its causes, and file, line and function of every place."""
    lines = []
    seen: set[int] = set()
    step: BaseException | None = error
    while step is not None and id(step) not in seen:
        seen.add(id(step))
        code = f" {step.code}" if isinstance(step, InspectorError) else ""
        lines.append(f"{type(step).__module__}.{type(step).__qualname__}{code}")
        lines.extend(_places(step.__traceback__))
        step = step.__cause__ or step.__context__
    return "\n".join(lines)


def crash_report(error: BaseException, version: str) -> str:
    """What a person may copy and send without showing anything of an inspection."""
    return "\n".join(
        (
            f"Kiểm tra CCHC {version}",
            f"Python {platform.python_version()}, {platform.system()} {platform.release()}, {platform.machine()}",
            describe_error(error),
        )
    )


def start_fault_file(folder: Path) -> IO[bytes]:
    """Have the interpreter write where it was when the process itself dies (a fault in a library of the system).

    The file must stay open for as long as the program runs. Raises ``Unavailable``.
    """
    with disk_errors(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = (folder / FAULT_NAME).open("wb")
    faulthandler.enable(file)
    return file


def take_fault(folder: Path) -> str | None:
    """What the last run's fault file says, once; None when that run ended well."""
    path = folder / FAULT_NAME
    try:
        text = path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return None
    with suppress(OSError):
        path.unlink()
    return text or None


def _harmless(value: object) -> object:
    if value is None or isinstance(value, (bool, int, float, Code)):
        return value
    if isinstance(value, InspectorError):
        return value.code
    return type(value).__name__ if isinstance(value, BaseException) else _WITHHELD


def _places(trace: TracebackType | None) -> list[str]:
    return [f"  {_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]


def _short(filename: str) -> str:
    # the path before the package names the person's account
    return re.split(r"site-packages[\\/]|lib[\\/]python[0-9.]+[\\/]|[\\/](?=inspector[\\/])", filename)[-1]
