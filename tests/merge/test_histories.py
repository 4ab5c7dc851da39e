"""Three thousand random histories against the oracle.

A history breaks when a replica lost what it had (I1, I4), shows something else than its set of records means (I3, I6),
chose between values or let one go that nobody had seen (I8), asks where nobody disagreed (I9), or stops at a record
that somebody damaged, made up or was not allowed to write (I12).
"""

from __future__ import annotations

import pytest

from tests.merge.history import explain, failure, generate

CHUNKS = 30
EACH = 100


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_random_histories_end_as_their_people_left_them(chunk: int) -> None:
    for seed in range(chunk * EACH, (chunk + 1) * EACH):
        if failure(generate(seed)) is not None:
            pytest.fail(explain(seed))
