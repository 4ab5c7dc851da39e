"""How a command comes to its workspace: the folder, the key, and whom to ask where the keychain has forgotten it."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from inspector.cli.console import Console, Nobody, Prompter

if TYPE_CHECKING:
    from inspector.services.desk import Desk
    from inspector.services.door import Ways

RECOVERY = "INSPECTOR_RECOVERY_CODE"
PASSPHRASE = "INSPECTOR_PASSPHRASE"  # noqa: S105  -- the name of a variable


@contextmanager
def opened(arguments: Namespace, console: Console, *, may_ask: bool = True) -> Iterator[Desk]:
    """The desk of the workspace named by the arguments; ``may_ask`` is false where standard input is data."""
    from inspector.services.door import home_of, open_desk

    prompter = console.prompter if may_ask else Nobody()
    with open_desk(home_of(arguments.home), ways(arguments), lambda: recovery_code(prompter)) as desk:
        yield desk


def ways(arguments: Namespace) -> Ways:
    """The way in that was named; none means that what needs no person is tried."""
    from inspector.services.door import Ways

    return Ways(passphrase=os.environ.get(PASSPHRASE), key_file=key_file(arguments))


def key_file(arguments: Namespace) -> Path | None:
    """``--key-file``, else ``INSPECTOR_KEY_FILE``."""
    named = arguments.key_file or os.environ.get("INSPECTOR_KEY_FILE")
    return Path(named) if named else None


def recovery_code(prompter: Prompter) -> str | None:
    """The recovery code: from the environment of an automated run, else from the person."""
    given = os.environ.get(RECOVERY)
    question = "Kho khóa của máy không còn giữ khóa của dữ liệu. Gõ mã khôi phục đã in lúc thiết lập:"
    return given or prompter.ask(question)
