"""Damaged and foreign files and lines through every door: a sentence each, and what was there stays."""

from __future__ import annotations

import resource
import sys
import time
import warnings
from multiprocessing.util import Finalize

from tests.fuzz._cores import on_all_cores, pieces
from tests.inputs.trial import Fault, Trials, quiet_stderr

_PIECE = 200
_MEMORY = 3 * 1024**3
"""Address space of one worker: whoever asks for more fails."""


def run(count: int, seed: int) -> int:
    """Try the inputs of the seeds from ``seed`` on; keep each failing one in ``build/inputs``.

    ``python -m tests.fuzz inputs 1 --seed N`` tries one of them again.
    """
    seeds = pieces(count, seed, _PIECE)
    failed = done = 0
    for piece, (faults, peak) in zip(seeds, on_all_cores(_faults, seeds, _limit), strict=True):
        done += len(piece)
        failed += len(faults)
        for fault in faults:
            _say(f"\nseed {fault.seed}, {fault.kind}: {fault.told.strip().splitlines()[-1]}\n  kept in {fault.keep()}")
        if sys.stderr.isatty() or done % (_PIECE * 25) == 0:
            _say(f"\r{done} of {count} from seed {seed}, {failed} failed, peak {peak // 1024} MiB ", end="")
    _say("")
    return failed


def _say(text: str, end: str = "\n") -> None:
    print(text, end=end, flush=True)  # noqa: T201 - this is what the program is for


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


_trials: Trials | None = None


def _faults(seeds: range) -> tuple[list[Fault], int]:
    """The failures among these seeds, and the most memory this process ever used (KiB)."""
    global _trials
    warnings.simplefilter("error")
    if _trials is None:
        _trials = Trials()
        Finalize(None, _trials.close, exitpriority=1)  # children of a pool never come to atexit
    faults: list[Fault] = []
    with quiet_stderr() as said:
        begun = time.monotonic()
        faults += [fault for seed in seeds if (fault := _trials.try_seed(seed)) is not None]
    text = b"".join(said).decode(errors="replace")
    if "Traceback" in text or "Warning" in text:  # libtiff has its own words there for a broken picture
        told = f"seeds {seeds.start} to {seeds.stop} in {time.monotonic() - begun:.0f} s said on stderr:\n{text}"
        faults.append(Fault("stderr", seeds.start, b"", told))
    return faults, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
