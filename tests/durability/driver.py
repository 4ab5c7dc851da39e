"""The command line with the flush at commit switched off: the mutant that the power-cut test must catch."""

import sys
from pathlib import Path
from typing import Any

from inspector.storage import engine


def main() -> int:
    flushing = engine.open_driver

    def not_flushing(file: Path, key: bytes) -> Any:
        driver = flushing(file, key)
        driver.execute("PRAGMA synchronous = NORMAL")
        return driver

    engine.open_driver = not_flushing
    from inspector.app import main as inspector

    return inspector(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
