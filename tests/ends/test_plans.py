"""Plans are the same for the same seed, can be kept, and are shortened to what makes them fail."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from tests.ends.living import Lived
from tests.ends.plans import Plan, generate, read, shortened
from tests.fuzz.end_to_end import keep


def test_a_seed_is_a_plan_and_a_file_keeps_it(tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    for seed in range(40):
        plan = generate(seed)
        file.write_text(plan.text(failure="lost"), "utf-8")
        assert read(file) == generate(seed) == plan


def test_every_kind_of_step_and_of_trouble_is_in_some_plan() -> None:
    steps = [step for seed in range(200) for step in generate(seed).steps]
    assert {step["do"] for step in steps} == {
        *("join", "record", "meet", "sync", "pack", "unpack", "receipt", "decide", "copy", "restore", "clone"),
        *("fill", "free", "hub_kill", "hub_backup", "hub_restore"),
    }
    assert {step.get("trouble") for step in steps} == {None, "cut", "asking", "opening", "hub"}
    assert {"finding", "remark", "file"} <= {key for step in steps for line in step.get("lines", ()) for key in line}


def fails_with(*needed: str) -> Callable[[Plan], bool]:
    """Stands for living through a plan: it fails while all these lines and steps are in it."""

    def fails(plan: Plan) -> bool:
        there = {line["id"] for step in plan.steps for line in step.get("lines", ())}
        return {*needed} <= there | {step["do"] for step in plan.steps}

    return fails


def test_what_is_not_needed_to_fail_is_left_out() -> None:
    plan = next(one for one in map(generate, range(200)) if fails_with("d9", "hub_restore")(one))
    short = shortened(plan, fails_with("d9", "hub_restore"), 60)
    assert sorted(step["do"] for step in short.steps) == ["hub_restore", "record"]
    assert [line["id"] for step in short.steps for line in step.get("lines", ())] == ["d9"]


def test_shortening_ends_with_its_time() -> None:
    ticks = iter(range(1_000))
    tried: list[Plan] = []

    def fails(plan: Plan) -> bool:
        tried.append(plan)
        return True

    shortened(generate(1), fails, 3, lambda: float(next(ticks)))
    assert len(tried) == 2


def test_a_failing_plan_is_kept_with_what_failed(tmp_path: Path) -> None:
    plan = generate(3)

    def lives(candidate: Plan) -> Lived:
        return Lived("d1 is gone" if candidate.steps else None)

    file = keep(plan, 60, lives, tmp_path)
    assert len(read(file).steps) == 1
    assert json.loads(file.read_text("utf-8"))["failure"] == "d1 is gone"
