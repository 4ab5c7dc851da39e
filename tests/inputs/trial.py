"""One input, tried: a sentence or success, soon and silently; anything else is kept so that it can be tried again."""

from __future__ import annotations

import os
import random
import signal
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from inspector.domain.errors import InspectorError
from inspector.services.wording import sentence
from tests.inputs.commands import Commands
from tests.inputs.kinds import KINDS as FROM_OUTSIDE
from tests.inputs.kinds import Broken, FileKind, Kind
from tests.inputs.yard import Yard

SECONDS = 30
"""Of processor time, so that a busy machine is no fault of the input."""

KINDS: tuple[type[Kind], ...] = (*FROM_OUTSIDE, Commands)

BUILD = Path(__file__).parents[2] / "build" / "inputs"


class Hang(BaseException):
    """Not an ``Exception``, so that nobody who catches those takes it for a bad file."""


@dataclass(frozen=True)
class Fault:
    """What failed: ``seed`` and ``kind`` make the same input again, ``data`` is it."""

    kind: str
    seed: int
    data: bytes
    told: str

    def keep(self) -> Path:
        """Write the input and what was told into the build folder."""
        BUILD.mkdir(parents=True, exist_ok=True)
        place = BUILD / f"{self.kind.replace(' ', '-')}-{self.seed}"
        place.with_suffix(".bin").write_bytes(self.data)
        place.with_suffix(".txt").write_text(self.told, "utf-8")
        return place.with_suffix(".txt")


class Trials:
    """Tries inputs of all kinds on one yard."""

    def __init__(self) -> None:
        self.yard = Yard()
        self._kinds = {kind.name: kind(self.yard) for kind in KINDS}
        self.refused = self.taken = 0

    def close(self) -> None:
        self.yard.close()

    def try_seed(self, seed: int, only: str | None = None) -> Fault | None:
        """The input this seed makes, of any kind or of one; ``None`` when all is well."""
        chance = random.Random(seed)
        kinds = list(self._kinds.values()) if only is None else [self._kinds[only]]
        (kind,) = chance.choices(kinds, [kind.weight for kind in kinds])
        data = kind.make(chance)
        told = self._told(kind, data, chance)
        return None if told is None else Fault(kind.name, seed, data, told)

    def try_input(self, name: str, data: bytes, seed: int = 0) -> Fault | None:
        """This very input, handed in as that kind."""
        told = self._told(self._kinds[name], data, random.Random(seed))
        return None if told is None else Fault(name, seed, data, told)

    def refusals_of_sound_samples(self) -> list[str]:
        """What the doors for files say to what the program itself wrote, under its own name."""
        said = []
        for kind in self._kinds.values():
            if isinstance(kind, FileKind):
                for suffix, data in kind.sound():
                    try:
                        kind.hand_in_as(suffix, data)
                    except InspectorError as error:
                        said.append(f"{kind.name}{suffix}: {sentence(error)}")
        return said

    def _told(self, kind: Kind, data: bytes, chance: random.Random) -> str | None:
        try:
            with _in_time():
                kind.try_one(data, chance)
            self.taken += 1
        except InspectorError as error:
            self.refused += 1
            return _about(error)
        except Broken as broken:
            return str(broken)
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            return "".join(traceback.format_exception(error))
        return None


def _about(error: InspectorError) -> str | None:
    """What is wrong with how an error is told."""
    try:
        words = sentence(error)
        words.encode()
    except (KeyError, IndexError, ValueError) as fault:
        return f"{error.code}: {type(fault).__name__}: {fault}"
    if not words.endswith((".", "?", ")", "”", ":")) or words.startswith(error.code):
        return f"{error.code} has no sentence: {words}"
    return None


@contextmanager
def _in_time() -> Iterator[None]:
    def stop(number: int, frame: FrameType | None) -> None:
        raise Hang(f"longer than {SECONDS} seconds")

    before = {number: signal.signal(number, stop) for number in (signal.SIGPROF, signal.SIGALRM)}
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    signal.setitimer(signal.ITIMER_REAL, 20 * SECONDS)  # waiting for what never comes costs no processor time
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def quiet_stderr() -> Iterator[list[bytes]]:
    """What anybody, C libraries too, writes to the error stream inside, is in the list afterwards."""
    said: list[bytes] = []
    kept = os.dup(2)
    held = os.memfd_create("stderr")
    os.dup2(held, 2)
    try:
        yield said
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.lseek(held, 0, os.SEEK_SET)
        if text := os.read(held, 1_000_000):
            said.append(text)
        os.close(held)
