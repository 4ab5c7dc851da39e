"""The only room that knows all the others: builds them and wires them."""

from __future__ import annotations

import sys


def main(arguments: list[str] | None = None) -> int:
    """Start the program and return its exit code: 0 yes, 1 no, 2 wrong use."""
    words = sys.argv[1:] if arguments is None else arguments
    sys.stderr.write("Bản này chưa có lệnh nào" + (f": {' '.join(words)}\n" if words else ".\n"))
    return 2
