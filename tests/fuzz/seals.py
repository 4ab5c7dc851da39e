"""Tampering with a sealed inspection: values, files, roster, order, paper; every one has to be found out."""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from pathlib import Path

from inspector.system.folders import Workspace as Places
from inspector.system.slot_secrets import Demonstration
from inspector.system.slots import create_slots
from tests.services.furnished import furnish
from tests.services.laptops import Laptop
from tests.services.sealed import sealed_inspection
from tests.services.tampering import problems, tampered
from tests.storage import office


def run(count: int, seed: int) -> int:
    """Try ``count`` changes with the seeds from ``seed`` on; print each that nobody noticed."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        office.create(place / "laptop").close()
        create_slots(Places(place / "laptop"), office.KEY, [Demonstration()])
        (place / "files").mkdir()
        laptop = Laptop.open(place / "laptop")
        with laptop.workspace:
            sealed, keys = sealed_inspection(furnish(laptop, place / "files"), place)
    if problems(sealed):
        raise AssertionError(problems(sealed))
    failed, tried = 0, Counter[str]()
    for number in range(seed, seed + count):
        kind, changed = tampered(sealed, random.Random(number), keys)
        tried[kind] += 1
        if not problems(changed):
            failed += 1
            print(f"seed {number}: {kind} was not noticed")  # noqa: T201 - this is what the program is for
    print(", ".join(f"{number} times {kind}" for kind, number in sorted(tried.items())))  # noqa: T201 - as above
    return failed
