"""A day on which everything always happens: without it no picture is the same twice, and no fault is found again.

What stands in the program of ``datetime`` and ``date`` is replaced, module by module, and put back.
"""

from __future__ import annotations

import pkgutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, tzinfo
from importlib import import_module
from typing import Any

import inspector

MOMENT = datetime(2026, 11, 24, 14, 17)
"""The day of the inspection that is going on in the demonstration."""


class _LikeMoments(type(datetime)):  # type: ignore[misc]  # typeshed does not know that datetime has a plain metaclass
    def __instancecheck__(cls, thing: object) -> bool:
        return isinstance(thing, datetime)


class _LikeDays(type(date)):  # type: ignore[misc]  # as above
    def __instancecheck__(cls, thing: object) -> bool:
        return isinstance(thing, date)


class StillMoment(datetime, metaclass=_LikeMoments):
    """Every moment is an ordinary one; now is ``MOMENT``."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Any:
        return MOMENT if tz is None else MOMENT.astimezone(tz)


class StillDay(date, metaclass=_LikeDays):
    """Every day is an ordinary one; today is that of ``MOMENT``."""

    @classmethod
    def today(cls) -> Any:
        return MOMENT.date()


@contextmanager
def standing_still() -> Iterator[None]:
    """Until it is left, the whole program believes in ``MOMENT``."""
    for found in pkgutil.walk_packages(inspector.__path__, "inspector."):
        if not found.name.endswith("__main__"):
            import_module(found.name)
    replaced = [
        (module, name, thing)
        for module in [module for name, module in sys.modules.items() if name.startswith("inspector.")]
        for name, thing in vars(module).copy().items()
        if thing is datetime or thing is date
    ]
    for module, name, thing in replaced:
        setattr(module, name, StillMoment if thing is datetime else StillDay)
    try:
        yield
    finally:
        for module, name, thing in replaced:
            setattr(module, name, thing)
