"""Three thousand random histories against the oracle."""

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
