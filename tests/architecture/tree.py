"""What lies in the repository, for the tests that read all of it."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@functools.cache
def files() -> tuple[Path, ...]:
    """Every file that is or could be committed (a bare machine has no git to ask)."""
    ignored = [line.rstrip("/") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").split()]
    return tuple(sorted(_walk(ROOT, [".git", *ignored])))


def _walk(folder: Path, ignored: list[str]) -> Iterator[Path]:
    for path in folder.iterdir():
        if any(fnmatch(path.name, pattern) for pattern in ignored):
            continue
        if path.is_dir():
            yield from _walk(path, ignored)
        else:
            yield path


@functools.cache
def texts() -> dict[str, str]:
    """Path from the root, with slashes → content, for every file that is text."""
    found = {}
    for path in files():
        data = path.read_bytes()
        if b"\0" not in data:
            try:
                found[path.relative_to(ROOT).as_posix()] = data.decode("utf-8")
            except UnicodeDecodeError:
                continue
    return found


def modules(room: str = "inspector") -> Iterator[tuple[str, ast.Module]]:
    """Path and syntax tree of every module under a folder such as ``inspector/domain``."""
    for path, text in texts().items():
        if path.endswith(".py") and path.startswith(f"{room}/"):
            yield path, _parsed(path, text)


@functools.cache
def _parsed(path: str, text: str) -> ast.Module:
    return ast.parse(text, path)
