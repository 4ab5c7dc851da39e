"""Search while typing among 100,000 and 1,000,000 finding texts: every prefix of every query is one search."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import islice

from inspector.services.desk import Desk
from tests.bench.measuring import at, desk_in, each, open_inspection, scratch
from tests.bench.texts import RARE, WORDS, finding_texts, finding_writes

SIZES = (100_000, 1_000_000)
QUERIES = 40


def run() -> Iterator[str]:
    with scratch() as folder, desk_in(folder) as desk:
        inspection = open_inspection(desk)
        texts, there = finding_texts(SIZES[-1]), 0
        for size in SIZES:
            _add(desk, inspection, islice(texts, size - there))
            there = size
            typed = list(_typed())
            times = each(lambda number, typed=typed: desk.workspace.search(typed[number]), len(typed))  # type: ignore[misc] # bound now
            yield (
                f"{size:>9,} texts, {len(typed)} searches  p50 {at(times, 0.5):6.1f} ms  p95 {at(times, 0.95):6.1f} ms"
                f"  max {times[-1] * 1000:6.1f} ms (aim p95 at most 50)"
            )


def _add(desk: Desk, inspection: str, texts: Iterator[str]) -> None:
    for number, writes in enumerate(finding_writes(texts, 200)):
        with desk.workspace.unit_of_work() as unit_of_work:
            unit_of_work.write(inspection, writes, act=f"bench-{number}-{writes[0].id}")
            unit_of_work.commit()


def _typed() -> Iterator[str]:
    """What is in the search field after each key, marked and unmarked, one to three words."""
    from inspector.domain.text import fold

    chance = random.Random(2)
    for number in range(QUERIES):
        words = chance.sample(WORDS, 1 + number % 3) + ([chance.choice(RARE)] if number % 4 == 0 else [])
        query = " ".join(words)
        query = fold(query) if number % 2 else query
        yield from (query[:length] for length in range(1, len(query) + 1))
