"""The only room that knows all the others: builds them and wires them."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

_OPTIONS = {"--home": "home", "--key-file": "key_file"}
_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def main(arguments: Sequence[str] | None = None) -> int:
    """Start the program and return its exit code: 0 yes, 1 no, 2 wrong use.

    Without a command the window opens; ``--home`` and ``--key-file`` count for it as for every command.
    """
    words = sys.argv[1:] if arguments is None else arguments
    options = window_options(words)
    if options is None:
        from inspector.cli.main import main as command_line

        return command_line(words)
    return open_window(options)


def window_options(words: Sequence[str]) -> dict[str, str] | None:
    """The options of the window; None where the words are a command, or wrong."""
    found: dict[str, str] = {}
    left = list(words)
    while left:
        name, given, value = left.pop(0).partition("=")
        if name not in _OPTIONS or (not given and not left):
            return None
        found[_OPTIONS[name]] = value if given else left.pop(0)
    return found


def open_window(options: dict[str, str]) -> int:
    """The window on the workspace these options and the environment name; without a screen, a sentence."""
    from inspector.domain.errors import InspectorError, Unavailable

    try:
        if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in _SCREENS):
            raise Unavailable("no-screen")
        from inspector.services.door import home_of
        from inspector.system.folders import key_file_from, resources_dir

        home, key_file = home_of(options.get("home")), key_file_from(options.get("key_file"))
        _need_qt()
        from inspector.ui.shell.program import run

        return run(resources_dir(), home, key_file)
    except InspectorError as error:
        from inspector.cli.console import standard_console

        standard_console().complain(error)
        return 1


def _need_qt() -> None:
    """Qt comes with the program, what it is linked to does not. Raises ``Unavailable``."""
    from inspector.domain.errors import Unavailable

    try:
        import PySide6.QtWidgets  # noqa: F401  -- only whether it can be
    except ImportError as error:
        raise Unavailable("no-qt", detail=str(error)[:200]) from error
