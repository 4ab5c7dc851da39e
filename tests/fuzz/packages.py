"""Packages damaged in any way: refused with a sentence, or meaning exactly what they meant."""

from __future__ import annotations

import io
import os
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from inspector.domain.errors import InspectorError
from inspector.services.wording import sentence
from inspector.storage.workspace import Workspace
from inspector.sync.package.reading import check, find, open_package
from tests.fuzz._cores import pieces, told
from tests.storage import office
from tests.storage.office import field
from tests.storage.office import write as note
from tests.sync.sticks import send

_PIECE = 250
_VOLUME = 16 * 1024
_SECTOR = 512
Files = dict[str, bytearray]


@dataclass(frozen=True)
class Bench:
    """A laptop, two packages for it, and what the data of the first is."""

    workspace: Workspace
    first: dict[str, bytes]
    second: dict[str, bytes]
    data: bytes
    room: Path


def run(count: int, seed: int) -> int:
    """Try ``count`` packages with the seeds from ``seed`` on; print each that was accepted or went wrong."""
    return told(_failures, pieces(count, seed, _PIECE))


def _failures(seeds: range) -> list[str]:
    with bench() as made:
        return [f"seed {seed}: {told}" for seed in seeds if (told := trial(made, seed)) is not None]


@contextmanager
def bench() -> Iterator[Bench]:
    """Everything in memory, removed afterwards."""
    base = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108 - a private folder is made in it
    room = Path(tempfile.mkdtemp(prefix="inspector-packages-", dir=base))
    try:
        with office.create(room / "laptop") as workspace:
            packages = [_package(workspace, room / name) for name in ("first", "second")]
            with check(workspace, open_package(find(room / "first"), workspace.age_key())) as checked:
                data = checked.file.read_bytes()
            yield Bench(workspace, packages[0], packages[1], data, room / "stick")
    finally:
        shutil.rmtree(room)


def _package(workspace: Workspace, folder: Path) -> dict[str, bytes]:
    """A package of a few changes and photos, over several volumes; both have the same names."""
    chance = random.Random(folder.name)
    space = office.open_space(workspace)
    for number in range(12):
        note(workspace, space, field("finding", f"f{number}", "content", "nội dung " * chance.randint(1, 30)))
    for number in range(2):
        sha256, size = workspace.blobs.add(io.BytesIO(chance.randbytes(20_000)))
        note(workspace, space, field("evidence", f"e{number}", "file", {"hash": sha256, "size": size}))
    send(workspace, folder, [space], workspace, volume=_VOLUME)
    stem = find(folder).name.removesuffix("_MANIFEST.cchc")
    return {path.name.replace(stem, "CCHC_a_b_202611261038"): path.read_bytes() for path in folder.iterdir()}


def trial(made: Bench, seed: int) -> str | None:
    """What went wrong with the damage of a seed; ``None`` where it was refused, or changed nothing."""
    chance = random.Random(seed)
    files: Files = {name: bytearray(content) for name, content in sorted(made.first.items())}
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        if files:
            chance.choice(_DAMAGES)(files, made.second, chance)
    same = all(bytes(files.get(name, b"")) == content for name, content in made.first.items())
    shutil.rmtree(made.room, ignore_errors=True)
    made.room.mkdir()
    for name, content in files.items():
        (made.room / name).write_bytes(content)
    try:
        opened = open_package(find(made.room), made.workspace.age_key())
        with check(made.workspace, opened) as checked:
            data = checked.file.read_bytes()
    except InspectorError as refused:
        if same:
            return f"whole, and refused: {refused!r}"
        return None if "{" not in sentence(refused) and " " in sentence(refused) else f"no sentence: {refused!r}"
    except Exception as error:
        return repr(error)
    if list(made.workspace.places.temporary.iterdir()):
        return "something was left behind"
    return None if same and data == made.data else "accepted, and not what was written"


def _bits(files: Files, _other: dict[str, bytes], chance: random.Random) -> None:
    content = files[chance.choice(sorted(files))]
    for _ in range(chance.randint(1, 4)):
        if content:
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)


def _cut(files: Files, _other: dict[str, bytes], chance: random.Random) -> None:
    content = files[chance.choice(sorted(files))]
    del content[chance.randrange(len(content) + 1) :]


def _sector(files: Files, _other: dict[str, bytes], chance: random.Random) -> None:
    """Zeros or anything where a sector was, as a stick that dies leaves it."""
    content = files[chance.choice(sorted(files))]
    at = chance.randrange(len(content) // _SECTOR + 1) * _SECTOR
    size = len(content[at : at + _SECTOR])
    content[at : at + size] = bytes(size) if chance.random() < 0.5 else chance.randbytes(size)


def _swap(files: Files, _other: dict[str, bytes], chance: random.Random) -> None:
    one, two = chance.choice(sorted(files)), chance.choice(sorted(files))
    files[one], files[two] = files[two], files[one]


def _twice(files: Files, _other: dict[str, bytes], chance: random.Random) -> None:
    """A volume in the place of another, or one more that nobody named."""
    one, two = chance.choice(sorted(files)), chance.choice(sorted(files))
    files[two if chance.random() < 0.5 else "CCHC_a_b_202611261038_042.cchc"] = bytearray(files[one])


def _behind(files: Files, _other: dict[str, bytes], chance: random.Random) -> None:
    files[chance.choice(sorted(files))] += chance.randbytes(chance.randint(1, 2000))


def _gone(files: Files, _other: dict[str, bytes], chance: random.Random) -> None:
    del files[chance.choice(sorted(files))]


def _foreign(files: Files, other: dict[str, bytes], chance: random.Random) -> None:
    """A file of another package of the same name."""
    name = chance.choice(sorted(files.keys() & other.keys()) or sorted(files))
    files[name] = bytearray(other.get(name, b""))


def _moved(files: Files, _other: dict[str, bytes], chance: random.Random) -> None:
    """A part doubled or left out."""
    content = files[chance.choice(sorted(files))]
    at, size = chance.randrange(len(content) + 1), chance.randint(1, 3000)
    if chance.random() < 0.5:
        content[at:at] = content[at : at + size]
    else:
        del content[at : at + size]


_DAMAGES: tuple[Callable[[Files, dict[str, bytes], random.Random], None], ...] = (
    _bits, _bits, _cut, _sector, _sector, _swap, _twice, _behind, _gone, _foreign, _moved,
)  # fmt: skip
