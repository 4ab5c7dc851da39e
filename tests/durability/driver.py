"""The command line with the flush at commit switched off: the mutant that the power-cut test must catch."""

import sys

from inspector.storage import engine


def main() -> int:
    engine.SYNCHRONOUS = "NORMAL"
    from inspector.app import main as inspector

    return inspector(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
