"""The classes a window declares, whichever screens a run has come to so far."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import TypeVar

import inspector.ui

T = TypeVar("T")


def declared(kind: type[T]) -> set[type[T]]:
    """Every class of the window below this one."""
    for found in pkgutil.walk_packages(inspector.ui.__path__, "inspector.ui."):
        import_module(found.name)
    return {each for each in below(kind) if each.__module__.startswith("inspector.")}


def below(kind: type[T]) -> set[type[T]]:
    """Every class under this one, of any depth."""
    return set(kind.__subclasses__()).union(*(below(each) for each in kind.__subclasses__()))
