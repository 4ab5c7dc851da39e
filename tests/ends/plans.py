"""Plans: what happens to a team of laptops and their hub, step by step, as plain data that can be kept in a file.

A step names everything it needs (places by name, lines with their text, bytes after which a line is cut), so that any
step can be left out: whoever is not there, or has no copy, is passed over.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Step = dict[str, Any]
LEAD, HUB = "lead", "hub"
ITEMS = ("X-I.1", "X-I.2")
"""The items of the checklist whose remarks several people write."""

# what is done, and how often
_WEIGHTS = {
    "record": 30,
    "meet": 12,
    "sync": 22,
    "pack": 7,
    "unpack": 9,
    "receipt": 3,
    "decide": 4,
    "copy": 4,
    "restore": 5,
    "clone": 2,
    "fill": 4,
    "free": 4,
    "hub_kill": 3,
    "hub_backup": 4,
    "hub_restore": 4,
}
# what a plan is about: steps that happen more often in it, and how much
_THEMES: tuple[dict[str, int], ...] = (
    {},
    {"copy": 3, "restore": 4, "clone": 3},
    {"hub_backup": 3, "hub_restore": 4, "hub_kill": 3, "sync": 2},
    {"pack": 3, "unpack": 4, "receipt": 2, "sync": 0},
    {"fill": 4, "free": 2},
)


@dataclass(frozen=True)
class Plan:
    """``inspections``: how many the lead opens; ``small``: the places that lie on a disk of a few MiB."""

    seed: int
    inspections: int
    small: tuple[str, ...]
    steps: tuple[Step, ...]

    def text(self, **more: object) -> str:
        """As a file holds it: one step a line."""
        head = json.dumps({"seed": self.seed, "inspections": self.inspections, "small": self.small, **more})
        steps = ",\n".join(json.dumps(step, ensure_ascii=False) for step in self.steps)
        return f'{head[:-1]}, "steps": [\n{steps}\n]}}\n'


def read(file: Path) -> Plan:
    found = json.loads(file.read_text("utf-8"))
    return Plan(found["seed"], found["inspections"], tuple(found["small"]), tuple(found["steps"]))


def generate(seed: int) -> Plan:
    """A plan of a lead and 1 to 3 members in 1 or 2 inspections."""
    return _Author(seed).plan()


class _Author:
    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.chance = random.Random(seed)
        self.inspections = self.chance.choice((1, 1, 2))
        self.members = [f"m{number}" for number in range(1, self.chance.randint(2, 4))]
        self.laptops = [LEAD]
        self.copies: list[str] = []
        self.sticks = 0
        self.lines = 0

    def plan(self) -> Plan:
        everybody = [LEAD, *self.members, HUB]
        small = tuple(name for name in everybody if self.chance.random() < 0.3)
        theme = self.chance.choice(_THEMES)
        weights = [weight * theme.get(name, 1) for name, weight in _WEIGHTS.items()]
        late = [name for name in self.members[1:] if self.chance.random() < 0.2]
        steps = [self.record(LEAD), *(step for name in self.members if name not in late for step in self.join(name))]
        wanted = self.chance.choice((12, 18, 26))
        while len(steps) < wanted:
            if late and self.chance.random() < 0.15:
                steps += self.join(late.pop())
            (name,) = self.chance.choices([*_WEIGHTS], weights)
            steps += getattr(self, f"_{name}")()
        return Plan(self.seed, self.inspections, small, tuple(steps))

    def join(self, name: str) -> Iterator[Step]:
        """Somebody is invited, and mostly gets the inspections at once."""
        self.laptops.append(name)
        among = self.chance.sample(range(self.inspections), self.chance.randint(1, self.inspections))
        yield {"do": "join", "laptop": name, "inspections": sorted(among)}
        if self.chance.random() < 0.8:
            yield {"do": "meet", "laptop": name, "at_laptop": LEAD}
        if self.chance.random() < 0.5:
            yield {"do": "sync", "laptop": LEAD}

    def record(self, laptop: str) -> Step:
        lines = [self._line() for _ in range(self.chance.choice((2, 6, 12, 25)))]
        step: Step = {"do": "record", "laptop": laptop, "inspection": self.chance.randrange(self.inspections)}
        step["lines"] = lines
        if self.chance.random() < 0.4:
            step["kill"] = {"after": self.chance.randrange(len(lines)), "ms": round(self.chance.random() * 12, 1)}
            step["again"] = self.chance.random() < 0.6
        return step

    def _line(self) -> Step:
        self.lines += 1
        line: Step = {"id": f"d{self.lines}"}
        kind = self.chance.random()
        if kind < 0.5:
            return {**line, "finding": self.chance.randint(1, 40)}
        if kind < 0.85:
            return {**line, "remark": self.chance.choice(ITEMS)}
        return {**line, "file": self.chance.choice((3_000, 60_000, 200_000))}

    def _any(self) -> str:
        return self.chance.choice(self.laptops)

    def _two(self) -> tuple[str, str]:
        one, other = self.chance.sample(self.laptops, 2)
        return one, other

    def _trouble(self, *whats: str) -> Step:
        """Bytes through the line after which it is cut, or one of the two at its ends is killed."""
        if self.chance.random() < 0.5:
            return {}
        return {"trouble": self.chance.choice(("cut", "cut", *whats)), "at": int(10 ** self.chance.uniform(3, 4.9))}

    def _record(self) -> Iterator[Step]:
        yield self.record(self._any())

    def _meet(self) -> Iterator[Step]:
        if len(self.laptops) > 1:
            asking, opening = self._two()
            yield {"do": "meet", "laptop": asking, "at_laptop": opening, **self._trouble("asking", "opening")}

    def _sync(self) -> Iterator[Step]:
        yield {"do": "sync", "laptop": self._any(), **self._trouble("asking", "hub")}

    def _pack(self) -> Iterator[Step]:
        self.sticks += 1
        yield {"do": "pack", "laptop": self._any(), "stick": self.sticks}

    def _unpack(self) -> Iterator[Step]:
        if self.sticks:
            step: Step = {"do": "unpack", "laptop": self._any(), "stick": self.chance.randint(1, self.sticks)}
            yield {**step, "kill": round(self.chance.random() * 400)} if self.chance.random() < 0.3 else step

    def _receipt(self) -> Iterator[Step]:
        if self.sticks:
            yield {"do": "receipt", "laptop": self._any(), "stick": self.chance.randint(1, self.sticks)}

    def _decide(self) -> Iterator[Step]:
        yield {"do": "decide", "laptop": LEAD, "inspection": self.chance.randrange(self.inspections)}

    def _copy(self) -> Iterator[Step]:
        laptop = self._any()
        self.copies.append(laptop)
        yield {"do": "copy", "laptop": laptop, "copy": len(self.copies)}

    def _restore(self) -> Iterator[Step]:
        if self.copies:
            number = self.chance.randint(1, len(self.copies))
            marks = self.chance.random() < 0.5
            yield {"do": "restore", "laptop": self.copies[number - 1], "copy": number, "keep_marks": marks}

    def _clone(self) -> Iterator[Step]:
        if len(self.laptops) < 6:
            like = self._any()
            name = f"{like}c"
            if name not in self.laptops:
                self.laptops.append(name)
                yield {"do": "clone", "laptop": name, "like": like}

    def _fill(self) -> Iterator[Step]:
        place = self.chance.choice([*self.laptops, HUB])
        yield {"do": "fill", "place": place, "leave": int(10 ** self.chance.uniform(4, 6))}

    def _free(self) -> Iterator[Step]:
        yield {"do": "free"}

    def _hub_kill(self) -> Iterator[Step]:
        yield {"do": "hub_kill"}

    def _hub_backup(self) -> Iterator[Step]:
        yield {"do": "hub_backup"}

    def _hub_restore(self) -> Iterator[Step]:
        yield {"do": "hub_restore", "which": self.chance.randrange(4)}


def shortened(
    plan: Plan,
    fails: Callable[[Plan], bool],
    seconds: float,
    clock: Callable[[], float] = time.monotonic,
) -> Plan:
    """Leaves out steps as long as it still fails: halves first, single ones last, then lines; within the time.

    Moments of processes are never twice the same, so a part that was needed may be kept and one that was not may stay.
    """
    until = clock() + seconds
    steps = list(plan.steps)

    def still(shorter: list[Step]) -> bool:
        return clock() < until and fails(Plan(plan.seed, plan.inspections, plan.small, tuple(shorter)))

    steps = _fewer(steps, still)
    for at, step in enumerate(steps):
        if len(step.get("lines", ())) > 1:

            def with_lines(lines: list[Step], at: int = at) -> bool:
                return still([*steps[:at], {**steps[at], "lines": lines}, *steps[at + 1 :]])

            steps[at] = {**step, "lines": _fewer(step["lines"], with_lines)}
    return Plan(plan.seed, plan.inspections, plan.small, tuple(steps))


def _fewer(parts: list[Step], still: Callable[[list[Step]], bool]) -> list[Step]:
    size = max(1, len(parts) // 2)
    while size:
        at = 0
        while at < len(parts):
            shorter = parts[:at] + parts[at + size :]
            if still(shorter):
                parts = shorter
            else:
                at += size
        size //= 2
    return parts
