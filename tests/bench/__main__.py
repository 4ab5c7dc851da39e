"""``python -m tests.bench [NAME[:SIZE] …]``: run the measurements and print what was found beside what was aimed at."""

import importlib
import sys

NAMES = ("act", "search", "rebuild", "open", "minutes", "start", "saving", "window", "exchange", "hub", "sync")


def main() -> int:
    chosen = sys.argv[1:] or NAMES
    for name in (one.partition(":")[0] for one in chosen):
        if name not in NAMES:
            print(f"bench: {name} is not one of {', '.join(NAMES)}", file=sys.stderr)  # noqa: T201
            return 2
    for one in chosen:
        name, _, size = one.partition(":")
        for line in importlib.import_module(f"tests.bench.{name}").run(*([int(size)] if size else [])):
            print(f"{name:8} {line}", flush=True)  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
