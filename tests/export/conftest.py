"""What tests of documents share: the profile and template that are shipped, and documents made once a run."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from inspector.export.layout_profile import Profile, load_profile
from inspector.export.minutes_docx import Composed, compose_minutes
from tests.samples import minutes_samples

ROOT = Path(__file__).parents[2]

Change = Callable[[str], str]


@pytest.fixture(scope="session")
def profile() -> Profile:
    return load_profile((ROOT / "resources/layout/nd30.json").read_bytes())


@pytest.fixture(scope="session")
def template() -> bytes:
    return (ROOT / "resources/templates/mau-bien-ban.docx").read_bytes()


@pytest.fixture(scope="session")
def composed(profile: Profile, template: bytes) -> Callable[[str], Composed]:
    """The document of a sample by its name; each is made once."""
    made: dict[str, Composed] = {}

    def make(name: str) -> Composed:
        if name not in made:
            made[name] = compose_minutes(getattr(minutes_samples, name)(), template, profile)
        return made[name]

    return make


def part(data: bytes, name: str = "word/document.xml") -> str:
    """A part of a document as text."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name).decode("utf-8")


def rewritten(
    data: bytes,
    changes: dict[str, Change] | None = None,
    *,
    drop: tuple[str, ...] = (),
    add: dict[str, bytes] | None = None,
) -> bytes:
    """A document with parts changed, dropped and added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name in drop:
                continue
            content = old.read(name)
            if changes and name in changes:
                before = content.decode("utf-8")
                after = changes[name](before)
                assert after != before, f"nothing changed in {name}"
                content = after.encode("utf-8")
            new.writestr(name, content)
        for name, content in (add or {}).items():
            new.writestr(name, content)
    return out.getvalue()
