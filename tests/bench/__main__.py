"""``python -m tests.bench [NAME …]``: run the measurements and print what was found beside what was aimed at."""

import importlib
import sys

NAMES = ("act", "search", "rebuild", "open", "minutes", "start", "saving", "window", "exchange", "hub")


def main() -> int:
    chosen = sys.argv[1:] or NAMES
    for name in chosen:
        if name not in NAMES:
            print(f"bench: {name} is not one of {', '.join(NAMES)}", file=sys.stderr)  # noqa: T201
            return 2
    for name in chosen:
        for line in importlib.import_module(f"tests.bench.{name}").run():
            print(f"{name:8} {line}", flush=True)  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
