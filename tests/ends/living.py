"""A plan lived through in a process of its own, where it may mount disks and nothing of it is left behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import dev
from tests.ends.plans import Plan, shortened

SECONDS = 1200
"""How long a plan may take."""


@dataclass(frozen=True)
class Lived:
    """``failure``: what must not happen and did, else None; ``told``: what became of each step."""

    failure: str | None
    receipts: int = 0
    forgiven: int = 0
    seconds: float = 0.0
    told: tuple[str, ...] = ()


@cache
def _mounting() -> tuple[str, ...]:
    """What gives a process mounts of its own; nothing where that is forbidden, and no disk runs full then."""
    command = ("unshare", "-m") if dev.is_root() else ("unshare", "-Urm")
    try:
        allowed = subprocess.run((*command, "true"), capture_output=True, check=False).returncode == 0
    except OSError:
        return ()
    return command if allowed else ()


def live(plan: Plan, fault: str = "none") -> Lived:
    base = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108 - a private folder is made in it
    with tempfile.TemporaryDirectory(prefix="ends-", dir=base, ignore_cleanup_errors=True) as folder:
        file = Path(folder) / "plan.json"
        file.write_text(plan.text(), "utf-8")
        command = (*_mounting(), sys.executable, "-m", "tests.ends", str(file), fault)
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, cwd=dev.ROOT, env=dev.environment(), start_new_session=True
        ) as process:
            try:
                out, _ = process.communicate(timeout=SECONDS)
            except subprocess.TimeoutExpired:
                out = b""
            finally:
                _end_all(process.pid)
    if not out:
        return Lived(f"it ended without a word, or took more than {SECONDS} s")
    found = json.loads(out)
    return Lived(found["failure"], found["receipts"], found["forgiven"], found["seconds"], tuple(found["told"]))


def _end_all(session: int) -> None:
    try:
        os.killpg(session, signal.SIGKILL)
    except ProcessLookupError:
        return


def shorter(plan: Plan, seconds: float, living: Callable[[Plan], Lived] = live) -> tuple[Plan, str | None]:
    """The shortest form found that still fails, in any way, and how; None where no shorter one failed."""
    failures: list[str] = []

    def fails(candidate: Plan) -> bool:
        failure = living(candidate).failure
        failures.extend([failure] if failure is not None else [])
        return failure is not None

    short = shortened(plan, fails, seconds)
    return short, failures[-1] if failures else None
