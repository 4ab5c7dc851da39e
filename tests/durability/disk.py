"""A disk that loses power: what may lie on it after the cut, given every write and flush of one run.

The run is recorded with strace. Bytes that were flushed are there; of the others each write is there, torn at a
sector, or missing, by chance and in any order, because that is what drives and page caches do. Names of files change
in order (the journal of the file system), and are there when the folder was flushed, or the file itself where it was
new.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512
CALLS = (
    "openat,open,creat,close,write,pwrite64,writev,pwritev,lseek,ftruncate,fsync,fdatasync,"
    "rename,renameat,renameat2,unlink,unlinkat,dup,dup2,dup3,fcntl,mkdir,mkdirat"
)
_CALL = re.compile(r"^(\d+) +(\w+)\((.*)\) += (-?\d+)")
_UNFINISHED = re.compile(r"^(\d+) +(.*) <unfinished \.\.\.>$")
_RESUMED = re.compile(r"^(\d+) +<\.\.\. \w+ resumed>(.*)$")
_STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?')


@dataclass(frozen=True)
class Call:
    """One system call that succeeded: its name, its text arguments, the bytes it named, what it returned."""

    name: str
    arguments: str
    strings: tuple[bytes, ...]
    result: int


def calls(trace: Path) -> Iterator[Call]:
    """The calls of a trace made with ``strace -f -xx -s 10000000``."""
    waiting: dict[str, str] = {}
    with trace.open(encoding="ascii", errors="replace") as lines:
        for raw in lines:
            line = raw.rstrip("\n")
            if unfinished := _UNFINISHED.match(line):
                waiting[unfinished[1]] = unfinished[2]
                continue
            if resumed := _RESUMED.match(line):
                line = f"{resumed[1]} {waiting.pop(resumed[1])}{resumed[2]}"
            found = _CALL.match(line)
            if found and int(found[4]) >= 0:
                pieces = list(_STRING.finditer(found[3]))
                if any(piece[2] for piece in pieces):
                    raise ValueError("strace shortened a string")
                strings = tuple(bytes.fromhex(piece[1].replace("\\x", "")) for piece in pieces)
                yield Call(found[2], _STRING.sub("$", found[3]), strings, int(found[4]))


@dataclass
class Change:
    """One change of bytes that is not flushed yet: ``data`` at ``offset``, or a new length."""

    offset: int
    data: bytes | None


@dataclass
class File:
    """Flushed bytes, and what was changed since."""

    flushed: bytearray = field(default_factory=bytearray)
    pending: list[Change] = field(default_factory=list)
    length: int = 0

    def write(self, offset: int, data: bytes) -> None:
        self.pending.append(Change(offset, data))
        self.length = max(self.length, offset + len(data))

    def cut(self, length: int) -> None:
        self.pending.append(Change(length, None))
        self.length = length

    def flush(self) -> None:
        for change in self.pending:
            _apply(self.flushed, change)
        self.pending.clear()

    def after_power_cut(self, chance: random.Random) -> bytes:
        left = bytearray(self.flushed)
        for change in self.pending:
            if kept := _maybe(change, chance):
                _apply(left, kept)
        return bytes(left)


def _apply(content: bytearray, change: Change) -> None:
    if change.data is None:
        del content[change.offset :]
        content.extend(bytes(max(0, change.offset - len(content))))
        return
    content.extend(bytes(max(0, change.offset - len(content))))
    content[change.offset : change.offset + len(change.data)] = change.data


def _maybe(change: Change, chance: random.Random) -> Change | None:
    kind = chance.random()
    if kind < 0.4:
        return change
    if kind < 0.75 or change.data is None:
        return None
    sectors = (len(change.data) + SECTOR - 1) // SECTOR
    first, last = sorted((chance.randint(0, sectors), chance.randint(0, sectors)))
    if first == last:
        return None
    return Change(change.offset + first * SECTOR, change.data[first * SECTOR : last * SECTOR])


@dataclass
class Open:
    """An open file description: which file, where in it."""

    path: str
    file: File | None
    position: int = 0
    append: bool = False


class Disk:
    """Replays a trace over a folder; ``said`` are the bytes the program had printed so far."""

    def __init__(self, folder: Path, copy: Path) -> None:
        self._root = str(folder)
        self._names: dict[str, File] = {}
        self._flushed_names: dict[str, File] = {}
        self._renamed: list[tuple[str, str | None, File | None]] = []
        self._descriptors: dict[int, Open] = {}
        self.said = bytearray()
        self.flushes = 0
        for path in copy.rglob("*"):
            if path.is_file():
                content = path.read_bytes()
                name = str(folder / path.relative_to(copy))
                self._names[name] = File(bytearray(content), [], len(content))
        self._flushed_names = dict(self._names)

    def do(self, call: Call) -> None:
        handler = getattr(self, f"_{call.name}", None)
        if handler:
            handler(call)

    def after_power_cut(self, chance: random.Random, target: Path) -> None:
        """Write one of the states the disk may be in into ``target``."""
        names = dict(self._flushed_names)
        for name, gone, file in self._renamed[: chance.randint(0, len(self._renamed))]:
            if gone:
                names.pop(gone, None)
            if file is None:
                names.pop(name, None)
            else:
                names[name] = file
        for name, file in names.items():
            if name.endswith("-shm"):
                continue
            path = target / os.path.relpath(name, self._root)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.after_power_cut(chance))

    def _inside(self, path: str) -> bool:
        return path == self._root or path.startswith(self._root + "/")

    def _path(self, raw: bytes) -> str:
        return os.path.normpath(raw.decode())

    def _openat(self, call: Call) -> None:
        path = self._path(call.strings[0])
        if not self._inside(path):
            self._descriptors.pop(call.result, None)
            return
        file = self._names.get(path)
        if file is None and "O_CREAT" in call.arguments:
            file = self._names[path] = File()
            self._renamed.append((path, None, file))
        if file is not None and "O_TRUNC" in call.arguments and file.length:
            file.cut(0)
        self._descriptors[call.result] = Open(path, file, append="O_APPEND" in call.arguments)

    def _creat(self, call: Call) -> None:
        self._openat(Call("openat", "O_CREAT|O_TRUNC", call.strings, call.result))

    def _close(self, call: Call) -> None:
        self._descriptors.pop(int(call.arguments), None)

    def _dup(self, call: Call) -> None:
        known = self._descriptors.get(int(call.arguments.split(",")[0]))
        if known:
            self._descriptors[call.result] = known

    _dup2 = _dup3 = _dup

    def _fcntl(self, call: Call) -> None:
        if "F_DUPFD" in call.arguments:
            self._dup(call)

    def _write(self, call: Call) -> None:
        number = int(call.arguments.split(",")[0])
        data = call.strings[0][: call.result] if call.strings else b""
        if number == 1 and number not in self._descriptors:
            self.said += data
        known = self._descriptors.get(number)
        if known and known.file:
            position = known.file.length if known.append else known.position
            known.file.write(position, data)
            known.position = position + len(data)

    def _pwrite64(self, call: Call) -> None:
        parts = call.arguments.split(",")
        known = self._descriptors.get(int(parts[0]))
        if known and known.file:
            known.file.write(int(parts[-1]), call.strings[0][: call.result])

    def _writev(self, call: Call) -> None:
        if int(call.arguments.split(",")[0]) in self._descriptors:
            raise ValueError(f"{call.name} on a file of the workspace is not modelled")

    _pwritev = _writev

    def _lseek(self, call: Call) -> None:
        known = self._descriptors.get(int(call.arguments.split(",")[0]))
        if known:
            known.position = call.result

    def _ftruncate(self, call: Call) -> None:
        number, length = call.arguments.split(",")
        known = self._descriptors.get(int(number))
        if known and known.file:
            known.file.cut(int(length))

    def _fsync(self, call: Call) -> None:
        known = self._descriptors.get(int(call.arguments))
        if known is None:
            return
        self.flushes += 1
        if known.file is None:
            self._flush_names()
            return
        known.file.flush()
        if known.path not in self._flushed_names and self._names.get(known.path) is known.file:
            self._flush_names()

    _fdatasync = _fsync

    def _flush_names(self) -> None:
        self._flushed_names = dict(self._names)
        self._renamed.clear()

    def _rename(self, call: Call) -> None:
        old, new = self._path(call.strings[0]), self._path(call.strings[1])
        if self._inside(old) and old in self._names:
            file = self._names.pop(old)
            self._names[new] = file
            self._renamed.append((new, old, file))

    _renameat = _renameat2 = _rename

    def _unlink(self, call: Call) -> None:
        path = self._path(call.strings[0])
        if self._names.pop(path, None):
            self._renamed.append((path, None, None))

    _unlinkat = _unlink
