"""Long random runs, by name: ``python -m tests.fuzz NAME [COUNT] [--seed SEED]``.

A module of this folder is one name. It offers ``run(count, seed)``, which tries that many cases made from that seed,
prints what failed so that it can be run again, and returns how many failed.
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
    parser.add_argument("name", choices=names())
    parser.add_argument("count", nargs="?", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args(arguments)
    begun = time.monotonic()
    failed: int = importlib.import_module(f"tests.fuzz.{chosen.name}").run(chosen.count, chosen.seed)
    print(  # noqa: T201 - this is what the program is for
        f"{chosen.name}: {chosen.count} cases from seed {chosen.seed}, {failed} failed, "
        f"{time.monotonic() - begun:.0f} s"
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
