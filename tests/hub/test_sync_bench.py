"""The measurement of a hub beside the least one, in its short form: everything goes up and comes down at both."""

from __future__ import annotations

from tests.bench import sync


def test_both_hubs_take_and_give_everything() -> None:
    *told, ratios, growth = sync.run(200)
    assert [line.partition(":")[0].split() for line in told] == [
        [records, "records,", name] for records in ("20", "200") for name in ("bare", "hub")
    ]
    assert ratios.startswith("of the bare hub by the clock: up ")
    assert growth.startswith("10 times the records")
