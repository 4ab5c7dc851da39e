"""Damaged and foreign files and lines through every door: a sentence each, and what was there stays."""

from __future__ import annotations

import os
import resource
import sys
import time
import warnings
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.util import Finalize

from tests.inputs.trial import Fault, Trials, quiet_stderr

_CHUNK = 200
_MEMORY = 3 * 1024**3
"""Address space of one worker: whoever asks for more fails."""


def run(count: int, seed: int) -> int:
    """Try the inputs of the seeds from ``seed`` on; keep each failing one in ``build/inputs``.

    ``python -m tests.fuzz inputs 1 --seed N`` tries one of them again.
    """
    chunks = [range(first, min(first + _CHUNK, seed + count)) for first in range(seed, seed + count, _CHUNK)]
    failed = done = 0
    for chunk, (faults, peak) in zip(chunks, _all(chunks), strict=True):
        done += len(chunk)
        failed += len(faults)
        for fault in faults:
            _say(f"\nseed {fault.seed}, {fault.kind}: {fault.told.strip().splitlines()[-1]}\n  kept in {fault.keep()}")
        if sys.stderr.isatty() or done % (_CHUNK * 25) == 0:
            _say(f"\r{done} of {count} from seed {seed}, {failed} failed, peak {peak // 1024} MiB ", end="")
    _say("")
    return failed


def _say(text: str, end: str = "\n") -> None:
    print(text, end=end, flush=True)  # noqa: T201 - this is what the program is for


def _all(chunks: list[range]) -> Iterator[tuple[list[Fault], int]]:
    if len(chunks) < 2:
        yield from map(_faults, chunks)
        return
    with ProcessPoolExecutor(max_workers=os.cpu_count(), initializer=_limit) as pool:
        yield from pool.map(_faults, chunks)


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
