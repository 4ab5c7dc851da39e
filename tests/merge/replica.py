"""A laptop: its disk (bytes only), what it makes of them, the person at it, and the mark beside the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from inspector.domain.changeset import ChangeSet, Json, Write, compose, hash_of, next_lamport, parse
from inspector.domain.credentials import Verifier
from inspector.domain.ids import space_id
from inspector.domain.judgement import RightOf
from inspector.domain.merge import Known
from inspector.domain.registers import RuleOf
from inspector.domain.streams import Continue, NewEpoch, Tip, next_position
from tests.merge.signing import certificate, public_of, sign, verify

Item = tuple[bytes, bytes]
Place = tuple[str, str, str]

FOUNDER_ROOT = b"root 0"
NONCE = "first"
SPACE = space_id(public_of(FOUNDER_ROOT), NONCE)
ALL_RIGHTS = ["write", "draft", "decide", "plan", "enrol"]

RIGHTS = {"ruling": "decide", "schedule": "plan"}
RULES = {"position": "order", "caption": "minor", "link": "set"}


def right_of(entity: str, name: str) -> str:
    return RIGHTS.get(name, "write")


def rule_of(entity: str, name: str) -> str:
    return RULES.get(name, "decide")


def old_rule_of(entity: str, name: str) -> str:
    """The registry of a program that does not know captions yet."""
    return "decide" if name == "caption" else rule_of(entity, name)


@dataclass(frozen=True)
class Identity:
    """A device with the root that certified it; ``nonce`` is the one of the space only for those who opened it."""

    device: str
    root: bytes
    rights: tuple[str, ...] = tuple(ALL_RIGHTS)

    @property
    def secret(self) -> bytes:
        return b"key of " + self.device.encode()

    def shown(self) -> dict[str, Json]:
        return certificate(self.root, self.device, public_of(self.secret), list(self.rights))


@dataclass
class Draft:
    """What somebody began to write, with the operations their screen showed then."""

    places: list[Place]
    seen: dict[Place, tuple[str, ...]]
    deletion: bool = False
    why: str | None = None


@dataclass
class Program:
    """The parts of the program under test; a mutant replaces one of them."""

    known: Callable[[Verifier, RightOf, RuleOf], Known] = lambda v, r, c: Known(v, right_of=r, rule_of=c)
    position: Callable[..., Continue | NewEpoch] = next_position
    parents: Callable[[Known, Draft, Place], tuple[str, ...]] = lambda known, draft, place: draft.seen[place]


@lru_cache(maxsize=20_000)
def read(item: Item) -> ChangeSet:
    return parse(*item)


class Replica:
    """``disk`` is what was received, byte for byte, kept apart from what the program makes of it."""

    def __init__(self, identity: Identity, program: Program, fresh_stream: Callable[[], str], old_app: bool) -> None:
        self.identity = identity
        self.program = program
        self.old_app = old_app
        self.years = 0
        self.lamport = 0
        self.drafts: list[Draft] = []
        self.high_water: Tip | None = None
        self.mark_before: Tip | None = None
        self.reports: list[Tip] = []
        self.stream = ""
        self.disk: dict[Item, None] = {}
        self._fresh_stream = fresh_stream
        self.rule_of = old_rule_of if old_app else rule_of
        self.known = self._open()

    def _open(self) -> Known:
        known = self.program.known(verify, right_of, self.rule_of)
        for item in self.disk:
            known.add(read(item))
        return known

    # receiving

    def receive(self, items: Sequence[Item], *, as_run: bool = False) -> None:
        self.disk.update(dict.fromkeys(items))
        changesets = [read(item) for item in items]
        self.lamport = max([self.lamport, *(changeset.lamport for changeset in changesets)])
        if as_run:
            self.known.accept(changesets)
        else:
            for changeset in changesets:
                self.known.add(changeset)

    def holds(self) -> set[bytes]:
        """What this replica says it has: the known and the waiting, not what nobody vouches for."""
        return {*self.known.arrivals(SPACE), *(held.hash for held in self.known.held())}

    def offer(self, has: set[bytes]) -> list[Item]:
        """What another lacks, in order of arrival, so that every beginning of it is closed; then what waits."""
        order = (*self.known.arrivals(SPACE), *(held.hash for held in self.known.held()))
        found = [self.known.get(digest) for digest in order if digest not in has]
        return [(changeset.body, changeset.signature) for changeset in found if changeset is not None]

    def tip_of(self, stream: str) -> Tip | None:
        """The last record of a stream among those present, waiting ones included."""
        found = [changeset for changeset in map(self.known.get, self.holds()) if changeset is not None]
        tips = [Tip(stream, changeset.n, changeset.hash) for changeset in found if changeset.stream == stream]
        return max(tips, key=lambda tip: tip.n, default=None)

    # losing and copying

    def restore(self, disk: Iterable[Item], stream: str, *, keep_mark: bool) -> None:
        """The disk becomes an older copy of itself; the mark beside the database survives that or does not."""
        self.disk = dict.fromkeys(disk)
        self.stream = stream
        self.drafts = []
        self.reports = []
        self.known = self._open()
        if not keep_mark:
            self.high_water = self._tip_in_database()

    def copy(self) -> Replica:
        twin = Replica(self.identity, self.program, self._fresh_stream, self.old_app)
        twin.lamport, twin.high_water = self.lamport, self.high_water
        twin.restore(self.disk, self.stream, keep_mark=True)
        return twin

    # writing

    def open(self, places: Sequence[Place], *, deletion: bool = False, why: str | None = None) -> Draft:
        """Begin to edit: remember what the screen shows now."""
        seen = {place: tuple(head.operation for head in self.known.heads(SPACE, *place)) for place in places}
        return Draft(list(places), seen, deletion, why)

    def commit(self, draft: Draft, values: Sequence[Json], kind: str = "write") -> list[Item]:
        """Write what was begun as one act; a deletion writes only its first place and names what it saw of all."""
        parents = {place: self.program.parents(self.known, draft, place) for place in draft.places}
        if draft.deletion:
            every = tuple(parent for place in draft.places for parent in parents[place])
            writes = [Write(*draft.places[0], values[0], every)]
        else:
            writes = [Write(*place, value, parents[place]) for place, value in zip(draft.places, values, strict=True)]
        return self.write(kind, writes=writes, why=draft.why)

    def write(
        self,
        kind: str,
        *,
        writes: Sequence[Write] = (),
        payload: Mapping[str, Json] | None = None,
        why: str | None = None,
    ) -> list[Item]:
        """Sign one act, after an epoch record where the own stream may not go on; return all that was written."""
        items = []
        self.mark_before = self.high_water
        position = self._position()
        if isinstance(position, NewEpoch):
            self.stream = self._fresh_stream()
            last = position.last
            epoch: dict[str, Json] = {"reason": position.reason.value, "nonce": NONCE, **self.identity.shown()}
            epoch["last"] = None if last is None else [last.stream, last.n, last.hash.hex()]
            items.append(self._sign(1, None, "epoch", (), epoch, None))
            position = Continue(2, hash_of(items[0][0]))
            self.high_water = Tip(self.stream, 1, position.previous)
        items.append(self._sign(position.n, position.previous, kind, writes, payload, why))
        if position.n % 3 == 0:
            self.high_water = Tip(self.stream, position.n, hash_of(items[-1][0]))
        self.receive(items)
        return items

    def write_oddly(self, how: int) -> list[Item]:
        """What no sound program writes, though the device signs it: odd streams beside or behind the own one."""
        writes = [Write("finding", "1", "content", "lạ", ())]
        epoch: dict[str, Json] = {"reason": "new", "nonce": NONCE, **self.identity.shown()}
        tip = self._tip_in_database()
        revoke: dict[str, Json] = {"dev": self.identity.device, "frontier": []}
        if how % 4 == 0:
            items = [self._sign(1, None, "write", writes, None, None, self._fresh_stream())]
        elif how % 4 == 1:
            stream = self._fresh_stream()
            items = [self._sign(1, None, "epoch", (), {**epoch, "sig": "00" * 64}, None, stream)]
            items.append(self._sign(2, hash_of(items[0][0]), "write", writes, None, None, stream))
        elif how % 4 == 2:
            items = (
                [self._sign(1, None, "epoch", (), {**epoch, "last": ["again", how, ""]}, None)] if self.stream else []
            )
        elif tip is None:
            items = []
        else:
            if how % 8 > 3:
                items = [self._sign(tip.n + how, tip.hash, "revoke", (), revoke, None)]
            else:
                items = [self._sign(tip.n + how, tip.hash, "write", writes, None, None)]
            items.append(self._sign(tip.n + how + 1, hash_of(items[0][0]), "write", writes, None, None))
        self.receive(items)
        return items

    def _sign(
        self,
        n: int,
        previous: bytes | None,
        kind: str,
        writes: Sequence[Write],
        payload: Mapping[str, Json] | None,
        why: str | None,
        stream: str | None = None,
    ) -> Item:
        self.lamport = next_lamport(self.lamport)
        body = compose(
            space=SPACE,
            stream=stream or self.stream,
            n=n,
            previous=previous,
            kind=kind,
            device=self.identity.device,
            author="p-" + self.identity.device,
            app="1.0",
            registry="2025.1" if self.old_app else "2026.11",
            wall=f"{2026 + self.years}-01-01T00:00:00+07:00",
            lamport=self.lamport,
            up=(1, n),
            act=f"{self.stream}/{n}",
            writes=writes,
            why=why,
            payload=payload,
        )
        return body, sign(self.identity.secret, hash_of(body))

    def _tip_in_database(self) -> Tip | None:
        tips = [Tip(self.stream, changeset.n, changeset.hash) for changeset in self._own()]
        return max(tips, key=lambda tip: tip.n, default=None)

    def _own(self) -> list[ChangeSet]:
        """The known records of the own stream that hang together."""
        known = [(digest, self.known.get(digest)) for digest in self.known.arrivals(SPACE)]
        own = [(digest, changeset) for digest, changeset in known if changeset and changeset.stream == self.stream]
        verdicts = [(self.known.status(digest), changeset) for digest, changeset in own]
        return [
            changeset for verdict, changeset in verdicts if changeset and verdict and verdict.reason != "broken-chain"
        ]

    def _position(self) -> Continue | NewEpoch:
        numbered = {changeset.n: changeset.hash for changeset in self._own()}
        waiting = self.tip_of(self.stream)
        return self.program.position(
            self._tip_in_database(),
            self.high_water,
            [*self.reports, *([waiting] if waiting else [])],
            hash_at=numbered.get,
            forked=(SPACE, self.stream) in self.known.forked_streams(),
        )
