"""Random histories: made from a seed, run, shortened where they fail, printed so that they can be run again."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tests.merge.replica import Program
from tests.merge.world import Step, World

_FIELD = 14

# name, weight, the bound of each of its numbers
_STEPS: tuple[tuple[str, int, tuple[int, ...]], ...] = (
    ("write", 16, (6, _FIELD, 9, 1)),
    ("write", 4, (6, _FIELD, 9, 3)),
    ("open", 12, (6, _FIELD, 2)),
    ("commit", 16, (6, 9)),
    ("delete", 4, (6, 2, 9)),
    ("opendelete", 2, (6, 2)),
    ("resolve", 6, (6, 14, 9)),
    ("seal", 2, (6, _FIELD, 9)),
    ("send", 26, (6, 6, 1, 1)),
    ("send", 10, (6, 6, 6, 1)),
    ("send", 12, (6, 6, 1, 1000)),
    ("pack", 3, (6,)),
    ("unpack", 5, (9, 6, 6, 1000)),
    ("run", 4, (6, 6, 12)),
    ("snapshot", 3, (6,)),
    ("restore", 3, (9, 2)),
    ("clone", 1, (6,)),
    ("clock", 2, (6, 61)),
    ("damage", 3, (6, 6, 12)),
    ("enrol", 3, (6, 6, 5)),
    ("adopt", 2, (6, 6, 10)),
    ("revoke", 3, (6, 6, 3)),
    ("settle", 4, (6, 12, 3)),
    ("nonsense", 1, (6, 3)),
    ("oddity", 1, (6, 12)),
    ("check", 3, (6,)),
)

# What a history is about: steps that happen more often in it, and how much.
_THEMES: tuple[dict[str, int], ...] = (
    {},
    {"snapshot": 5, "restore": 6, "clone": 3, "write": 2},
    {"enrol": 2, "adopt": 2, "revoke": 4, "settle": 4, "seal": 2},
    {"send": 2, "unpack": 3, "pack": 3, "run": 3, "damage": 3, "resolve": 2},
    {"open": 2, "commit": 2, "delete": 3, "opendelete": 3, "resolve": 3},
)


@dataclass(frozen=True)
class History:
    """``team``: one number per laptop; ``steps``: what happens."""

    team: tuple[int, ...]
    steps: tuple[Step, ...]

    def __str__(self) -> str:
        lines = "".join(f"        {step!r},\n" for step in self.steps)
        return f"History(\n    team={self.team!r},\n    steps=(\n{lines}    ),\n)"


def generate(seed: int) -> History:
    """A history of 2 to 5 laptops and up to 60 steps; most teams begin by admitting their members.

    People work on few fields at a time, so that they meet.
    """
    chance = random.Random(seed)
    size = chance.randint(2, 5)
    team = tuple(chance.randrange(60) for _ in range(size))
    steps: list[Step] = []
    for member in range(1, size):
        if chance.random() < 0.8:
            rights = 0 if chance.random() < 0.6 else chance.randrange(10)
            steps.append((chance.choice(("enrol", "enrol", "adopt")), 0, member, rights))
    if chance.random() < 0.7:
        steps.extend(("send", 0, member, 0, 0) for member in range(1, size))
    focus = chance.choice((1, 2, 4, 14))
    theme = chance.choice(_THEMES)
    weights = [weight * theme.get(name, 1) for name, weight, _ in _STEPS]
    for name, _, bounds in chance.choices(_STEPS, weights, k=chance.choice((12, 20, 30, 60))):
        numbers = [chance.randrange(focus if bound == _FIELD else bound) for bound in bounds]
        steps.append((name, *numbers))
        if name in ("send", "unpack") and numbers[-1] and chance.random() < 0.3:
            steps.append(("check", numbers[1]))
    return History(team, tuple(steps))


def run(history: History, program: Program | None = None) -> None:
    """Live through a history. Raises ``Violation``, or whatever the program under test raises."""
    world = World(history.team, program)
    for step in history.steps:
        world.do(step)
    for number in range(len(world.replicas)):
        if (len(history.steps) + number) % 3 == 0:
            world.check(number)
    world.finish()


def failure(history: History, program: Program | None = None) -> Exception | None:
    """How a history fails, None where it does not."""
    try:
        run(history, program)
    except Exception as found:
        return found
    return None


def shrink(history: History, program: Program | None = None) -> History:
    """The shortest form found that still fails."""
    return shortened(history, lambda shorter: failure(shorter, program) is not None)


def shortened(history: History, fails: Callable[[History], bool]) -> History:
    """Leave out steps as long as it still fails: halves first, single steps and members last."""
    steps = list(history.steps)
    size = max(1, len(steps) // 2)
    while size:
        at = 0
        while at < len(steps):
            shorter = steps[:at] + steps[at + size :]
            if fails(History(history.team, tuple(shorter))):
                steps = shorter
            else:
                at += size
        size //= 2
    for members in range(1, len(history.team)):
        smaller = History(tuple(history.team[:members]), tuple(steps))
        if fails(smaller):
            return smaller
    return History(history.team, tuple(steps))


def explain(seed: int, failure_of: Callable[[History], Exception | None] = failure) -> str:
    """The shortest form found of the failing history of a seed, with what it fails by."""
    short = shortened(generate(seed), lambda shorter: failure_of(shorter) is not None)
    return f"seed {seed}: {failure_of(short)!r}\n{short}"


def explained(seeds: Iterable[int], failure_of: Callable[[History], Exception | None] = failure) -> list[str]:
    """Every failing history of these seeds, explained."""
    return [explain(seed, failure_of) for seed in seeds if failure_of(generate(seed)) is not None]
