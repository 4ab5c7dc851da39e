"""The only room that knows all the others: builds them and wires them."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Start the program and return its exit code: 0 yes, 1 no, 2 wrong use."""
    from inspector.cli.main import main as command_line

    return command_line(sys.argv[1:] if arguments is None else arguments)
