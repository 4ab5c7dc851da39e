"""What was promised, and whether it is there: knows receipts and records as text, and nothing of the program's rules.

A receipt promises that its record is on the disk of the laptop that printed it. It may go with that disk where a disk
is set back and no other has it; else it ends on every laptop of its inspection and on the hub, once, word for word,
and is shown until somebody who may have known it wrote in its place.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.ends.looking import Seen
from tests.ends.plans import HUB, Step
from tests.ends.programs import Violation


@dataclass(frozen=True)
class Line:
    """An act somebody sent to ``record``: ``words`` stand in its record and nowhere else; ``knew``: lines that may have
    been on that laptop then.
    """

    id: str
    place: str
    words: str
    blob: str | None
    knew: frozenset[str]


@dataclass
class Oracle:
    lines: dict[str, Line] = field(default_factory=dict)
    promised: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Line and inspection by the hash of a receipt."""
    receipts: dict[str, str] = field(default_factory=dict)
    """Hash by line."""
    forgiven: set[str] = field(default_factory=set)
    """What went with a disk: hashes and photos."""
    known: dict[str, set[str]] = field(default_factory=dict)
    """By place, the lines that may be there."""
    decided: dict[str, frozenset[str]] = field(default_factory=dict)
    """By the hash of a decision, the lines whoever decided may have known."""

    def sends(self, place: str, line: Step, words: str, blob: str | None) -> None:
        mine = self.known.setdefault(place, set())
        self.lines.setdefault(line["id"], Line(line["id"], place, words, blob, frozenset(mine)))
        mine.add(line["id"])

    def decides(self, place: str, digest: str) -> None:
        self.decided[digest] = frozenset(self.known[place])

    def meets(self, *places: str) -> None:
        """They may know afterwards what either knew."""
        together = set().union(*(self.known.get(place, set()) for place in places))
        for place in places:
            self.known[place] = set(together)

    def hears(self, printed: Iterable[str]) -> None:
        """Receipts, as printed."""
        for receipt in map(json.loads, printed):
            if receipt["ok"] and receipt["id"] in self.lines:
                digest, line = receipt["hash"], receipt["id"]
                if self.receipts.setdefault(line, digest) != digest:
                    raise Violation(f"{line} was given two receipts, {self.receipts[line]} and {digest}")
                self.promised[digest] = line, receipt["space"]

    # ------------------------------------------------------------ while it goes on

    def goes(self, before: Seen, after: Mapping[str, Seen]) -> None:
        """A disk was set back: what only it had is forgiven, what was on no disk before is not."""
        left = set().union(*(seen.hashes for seen in after.values()))
        gone = self.promised.keys() - self.forgiven - left
        if gone - before.hashes:
            raise Violation(f"gone without a disk that was set back: {self._named(gone - before.hashes)}")
        self.forgiven |= gone
        blobs = {blob for line in self.lines.values() if (blob := line.blob)}
        self.forgiven |= blobs - set().union(*(seen.blobs for seen in after.values()))

    def same(self, one: tuple[str, Seen], other: tuple[str, Seen], spaces: Iterable[str]) -> None:
        """Both said that they hold the same."""
        for space in spaces:
            apart = {*one[1].log.get(space, ())} ^ {*other[1].log.get(space, ())}
            if apart:
                raise Violation(f"{one[0]} and {other[0]} said they match; not on both: {self._named(apart)}")

    # ------------------------------------------------------------ at the end

    def judge(self, seen: Mapping[str, Seen], spaces: Mapping[str, set[str]]) -> None:
        """``spaces``: the places of every inspection."""
        for space, places in spaces.items():
            here = {place: seen[place].log.get(space, {}) for place in places}
            self._alike(space, here, {place: seen[place].roots.get(space, "") for place in places})
            for place, log in here.items():
                self._kept(space, place, log, seen[place].blobs)
            log = next(iter(here.values()))
            heads, killers = _fold(log)
            self._once(log)
            self._not_unseen(log, killers)
            for place in places - {HUB}:
                self._shown(place, seen[place].shown.get(space, ""), heads)

    def _alike(self, space: str, here: Mapping[str, Mapping[str, object]], roots: Mapping[str, str]) -> None:
        union = set().union(*here.values())
        for place, log in here.items():
            if union - log.keys():
                raise Violation(f"{place} lacks {self._named(union - log.keys())}")
        if len(set(roots.values()) - {""}) > 1:
            raise Violation(f"other roots of {space}: {roots}")

    def _kept(self, space: str, place: str, log: Mapping[str, tuple[int, str]], blobs: set[str]) -> None:
        for digest, (line, where) in self.promised.items():
            if where != space or digest in self.forgiven:
                continue
            if digest not in log:
                raise Violation(f"{line} was promised and is not at {place}")
            status, body = log[digest]
            if status != 0:
                raise Violation(f"{line} at {place} has status {status}")
            if self.lines[line].words not in _texts(json.loads(body)):
                raise Violation(f"{line} at {place} says something else: {body}")
            blob = self.lines[line].blob
            if blob and blob not in blobs | self.forgiven:
                raise Violation(f"the file of {line} is not at {place}")
        for digest, (_, body) in log.items():
            if hashlib.sha256(b"CCHC-CS-1\0" + body.encode()).hexdigest() != digest:
                raise Violation(f"{digest} at {place} is not what its name says")

    def _once(self, log: Mapping[str, tuple[int, str]]) -> None:
        found: dict[str, str] = {}
        for digest, (_, body) in log.items():
            act = json.loads(body)["act"]
            if act in self.lines and found.setdefault(act, digest) != digest:
                raise Violation(f"{act} is there twice: {found[act]} and {digest}")

    def _not_unseen(self, log: Mapping[str, tuple[int, str]], killers: Mapping[str, set[str]]) -> None:
        """Whoever replaced a value may have known it."""
        for digest, by in killers.items():
            line = json.loads(log[digest][1])["act"]
            for killer in by if line in self.lines else ():
                act = json.loads(log[killer][1])["act"]
                knew = self.lines[act].knew if act in self.lines else self.decided.get(killer)
                if knew is not None and line not in knew:
                    raise Violation(f"{act} replaced {line}, which its author cannot have seen")

    def _shown(self, place: str, shown: str, heads: Mapping[str, list[str]]) -> None:
        for texts in heads.values():
            for line in self.lines.values():
                if line.words in texts and json.dumps(line.words, ensure_ascii=False) not in shown:
                    raise Violation(f"{line.id} stands and is not shown at {place}")

    def _named(self, hashes: Iterable[str]) -> str:
        return ", ".join(sorted(self.promised.get(one, (one, ""))[0] for one in hashes))


def _fold(log: Mapping[str, tuple[int, str]]) -> tuple[dict[str, list[str]], dict[str, set[str]]]:
    """The texts that stand, by record; and by record, those that replaced one of its values."""
    bodies = {digest: json.loads(body) for digest, (status, body) in log.items() if status == 0}
    short = {base64.b32encode(bytes.fromhex(digest)[:20]).decode().lower().rstrip("="): digest for digest in bodies}
    dead: set[str] = set()
    killers: dict[str, set[str]] = {}
    for digest, body in bodies.items():
        for write in body.get("w", ()):
            dead.update(write["p"])
            for parent in write["p"]:
                if (of := short.get(parent.split(".")[0])) is not None:
                    killers.setdefault(of, set()).add(digest)
    standing = {
        digest: [
            text
            for index, write in enumerate(bodies[digest].get("w", ()))
            if f"{name}.{index}" not in dead
            for text in _texts(write["x"])
        ]
        for name, digest in short.items()
    }
    return standing, killers


def _texts(value: Any) -> list[str]:
    """Every text in it."""
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for part in parts for text in _texts(part)]
