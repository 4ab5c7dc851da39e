"""Long random runs, by name: ``python -m tests.fuzz NAME [COUNT | --minutes MINUTES | --replay FILE] [--seed SEED]``.

A module of this folder is one name. It offers ``run(count, seed)``, which tries that many cases made from that seed,
prints what failed so that it can be run again, and returns how many failed. Where it has ``run_for(minutes, seed)``,
``--minutes`` may stand for the count, and where it has ``replay(file)``, ``--replay`` runs a case that it kept.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys
import time
from pathlib import Path


def names() -> list[str]:
    found = (module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)]))
    return sorted(name for name in found if not name.startswith("_"))


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("name", choices=names(), type=lambda name: name.replace("-", "_"))
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument("count", nargs="?", type=int, default=1000)
    ways.add_argument("--minutes", type=float)
    ways.add_argument("--replay", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args(arguments)
    module = importlib.import_module(f"tests.fuzz.{chosen.name}")
    for way in ("run_for", "replay"):
        if getattr(chosen, {"run_for": "minutes", "replay": "replay"}[way]) is not None and not hasattr(module, way):
            parser.error(f"{chosen.name} has no {way}")
    begun = time.monotonic()
    if chosen.replay is not None:
        return int(module.replay(chosen.replay))
    if chosen.minutes is not None:
        count, failed = module.run_for(chosen.minutes, chosen.seed)
    else:
        count, failed = chosen.count, module.run(chosen.count, chosen.seed)
    print(  # noqa: T201 - this is what the program is for
        f"{chosen.name}: {count} cases from seed {chosen.seed}, {failed} failed, {time.monotonic() - begun:.0f} s"
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
