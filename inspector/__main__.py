"""``python -m inspector``."""

from __future__ import annotations

import sys

from inspector.app import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
