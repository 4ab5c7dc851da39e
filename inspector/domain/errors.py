"""The errors of the program, sorted by whose doing they are.

Every error carries a stable ``code`` and plain parameters. The sentence a person reads (what happened, where, what to
do next) is looked up by code in ``resources/messages``. Anything that is not an ``InspectorError`` is a bug.

    InspectorError
    ├── Refused       a person asked for something the rules of an inspection do not allow
    ├── BadInput      a file, line or value from outside cannot be taken as it is
    ├── Unavailable   the machine cannot do it now (disk full, keychain locked, opened twice)
    └── Damaged       stored data does not match its own hash, signature or key
"""

from __future__ import annotations


class InspectorError(Exception):
    """An expected failure: ``code`` is stable, ``params`` fill the sentence of that code."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        detail = ", ".join(f"{name}={value!r}" for name, value in self.params.items())
        return f"{self.code} ({detail})" if detail else self.code


class Refused(InspectorError):
    """The act breaks a rule of the inspection, or this person may not do it."""


class BadInput(InspectorError):
    """What came from outside is not usable; ``params`` say where: ``sheet``, ``row``, ``cell``, ``line``, ``field``."""


class Unavailable(InspectorError):
    """The machine cannot do it now; nothing was changed."""


class Damaged(InspectorError):
    """Stored bytes are not what was written."""
