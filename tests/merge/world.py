"""A team of laptops and everything that can happen to them, one small step at a time.

A step is a name and a few numbers; any list of steps is a history, and so is any part of it: numbers are taken modulo
what is there, and a step that makes no sense now does nothing. So a failing history can be shortened by leaving out.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence

from inspector.domain.changeset import Json, hash_of, operation_id
from inspector.domain.judgement import Status
from tests.merge.oracle import Oracle, Picture, text
from tests.merge.replica import (
    ALL_RIGHTS,
    FOUNDER_ROOT,
    SPACE,
    Draft,
    Identity,
    Item,
    Place,
    Program,
    Replica,
    read,
    right_of,
)
from tests.merge.signing import public_of, verify

Step = tuple[str | int, ...]

PLACES: tuple[Place, ...] = tuple(
    ("finding", record, name)
    for record in ("1", "2")
    for name in ("content", "cause", "ruling", "position", "caption", "link", "schedule")
)
VALUES: tuple[Json, ...] = ("đạt", "không đạt", True, 1, "1", None, {"value": "3", "reason": None}, ["a"], "")
RIGHT_SETS: tuple[list[str], ...] = (ALL_RIGHTS, ["write"], ["write", "draft", "decide"], ["enrol"], [])
UNPROVEN = ("bad-signature", "bad-certificate", "no-certificate")
LIMIT_OF_REPLICAS = 6


class Violation(AssertionError):
    """What a replica shows is not what happened."""


class World:
    """``team``: one number per member, how they came by their certificate."""

    def __init__(self, team: Sequence[int], program: Program | None = None) -> None:
        self.program = program or Program()
        self.seen: dict[bytes, dict[Place, frozenset[str]]] = {}
        self.used: dict[tuple[str, int], set[bytes]] = {}
        self.packages: list[list[Item]] = []
        self.snapshots: list[tuple[int, list[Item], str]] = []
        self.count = 0
        self.replicas = [self._replica(number, kind) for number, kind in enumerate(team)]
        self.doing: dict[str, Callable[..., None]] = {
            name.removeprefix("_do_"): getattr(self, name) for name in dir(self) if name.startswith("_do_")
        }

    def do(self, step: Step) -> None:
        self.doing[str(step[0])](*step[1:])

    def _fresh_stream(self) -> str:
        self.count += 1
        return f"stream-{self.count}"

    def _replica(self, number: int, kind: int) -> Replica:
        anchored = number == 0 or kind % 4 == 0
        root = FOUNDER_ROOT if anchored else b"root %d" % (number if kind % 4 < 3 else 99)
        rights = ALL_RIGHTS if number == 0 or not anchored else RIGHT_SETS[kind // 4 % len(RIGHT_SETS)]
        return Replica(Identity(f"d{number}", root, tuple(rights)), self.program, self._fresh_stream, kind % 5 == 4)

    def at(self, number: int) -> Replica:
        return self.replicas[number % len(self.replicas)]

    # people writing

    def _do_open(self, r: int, f: int, width: int = 1) -> None:
        replica = self.at(r)
        replica.drafts.append(replica.open(_places(f, width)))

    def _do_commit(self, r: int, v: int) -> None:
        replica = self.at(r)
        if replica.drafts:
            self._commit(replica, replica.drafts.pop(0), v)

    def _do_write(self, r: int, f: int, v: int, width: int = 1) -> None:
        replica = self.at(r)
        self._commit(replica, replica.open(_places(f, width)), v)

    def _do_opendelete(self, r: int, f: int) -> None:
        replica = self.at(r)
        replica.drafts.append(_deletion(replica, f))

    def _do_delete(self, r: int, f: int, gone: int) -> None:
        replica = self.at(r)
        self._commit(replica, _deletion(replica, f), gone)

    def _do_resolve(self, r: int, f: int, v: int) -> None:
        replica = self.at(r)
        torn = [place for place in replica.known.fields(SPACE) if len(replica.known.heads(SPACE, *place)) > 1]
        if torn:
            self._commit(replica, replica.open([sorted(torn)[f % len(torn)]], why="đã hỏi lại đơn vị"), v)

    def _do_seal(self, r: int, f: int, v: int) -> None:
        replica = self.at(r)
        kinds = ("seal", "issue", "witness", "void_seal", "blob_lost", "poll")
        draft = replica.open(_places(f, 1))
        kind = kinds[v % len(kinds)]
        if kind == "poll":  # a kind of a later program, that writes as far as that program is concerned
            self._note(replica, replica.write(kind, payload={"question": "?"}))
        else:
            self._commit(replica, draft, v, kind)

    def _commit(self, replica: Replica, draft: Draft, v: int, kind: str = "write") -> None:
        values = [VALUES[(v + i) % len(VALUES)] for i in range(len(draft.places))]
        if draft.deletion:
            values = [v % 3 > 0]
        items = self._note(replica, replica.commit(draft, values, kind))
        written = draft.places[:1] if draft.deletion else draft.places
        self.seen[hash_of(items[-1][0])] = {place: frozenset(draft.seen[place]) for place in written}

    def _note(self, replica: Replica, items: list[Item]) -> list[Item]:
        """A person was told "saved": from now on this must be found again, and its number must have been free."""
        for item in items:
            changeset = read(item)
            users = self.used.setdefault((changeset.stream, changeset.n), set())
            if users and _could_know(replica, changeset.stream, changeset.n, item):
                raise Violation(f"number {changeset.n} of {changeset.stream} used again although that was known")
            users.add(changeset.hash)
        self._stored(replica, items)
        return items

    def _stored(self, replica: Replica, items: Iterable[Item]) -> None:
        for item in items:
            if replica.known.status(hash_of(item[0])) is None:
                raise Violation("a change set on the disk cannot be found")

    # things travelling

    def _do_send(self, a: int, b: int, limit: int, shuffle: int) -> None:
        sender, receiver = self.at(a), self.at(b)
        if sender is receiver:
            return
        report = sender.tip_of(receiver.stream)
        if report is not None:
            receiver.reports.append(report)
        self._receive(receiver, sender.offer(receiver.holds()), limit, shuffle)

    def _do_pack(self, a: int) -> None:
        self.packages.append(self.at(a).offer(set()))

    def _do_unpack(self, p: int, b: int, limit: int, shuffle: int) -> None:
        if self.packages:
            self._receive(self.at(b), self.packages[p % len(self.packages)], limit, shuffle)

    def _do_run(self, a: int, b: int, k: int) -> None:
        """One stream as a run, signatures of all but the last record damaged on the way."""
        sender, receiver = self.at(a), self.at(b)
        streams: dict[str, list[Item]] = {}
        for item in sender.offer(set() if k % 3 else receiver.holds()):
            streams.setdefault(read(item).stream, []).append(item)
        if streams:
            run = streams[sorted(streams)[k % len(streams)]]
            if k % 2:
                run = [(body, bytes(64)) for body, _ in run[:-1]] + run[-1:]
            if k % 5 == 4:
                random.Random(k).shuffle(run)
            receiver.receive(run, as_run=True)
            self._stored(receiver, run)

    def _receive(self, receiver: Replica, items: Sequence[Item], limit: int, shuffle: int) -> None:
        """All, or only the first; in order, or any order, some of them twice and some not at all."""
        chosen = list(items) if limit == 0 else list(items[:limit])
        if shuffle:
            chance = random.Random(shuffle)
            chance.shuffle(chosen)
            chosen = [item for item in chosen for _ in range(chance.choice((0, 1, 1, 1, 2)))]
        receiver.receive(chosen)
        self._stored(receiver, chosen)

    # accidents

    def _do_snapshot(self, r: int) -> None:
        replica = self.at(r)
        self.snapshots.append((self.replicas.index(replica), list(replica.disk), replica.stream))

    def _do_restore(self, s: int, keep_mark: int) -> None:
        if self.snapshots:
            number, disk, stream = self.snapshots[s % len(self.snapshots)]
            self.replicas[number].restore(disk, stream, keep_mark=bool(keep_mark % 2))

    def _do_clone(self, r: int) -> None:
        if len(self.replicas) < LIMIT_OF_REPLICAS:
            self.replicas.append(self.at(r).copy())

    def _do_clock(self, r: int, years: int) -> None:
        self.at(r).years = years % 61 - 30

    def _do_damage(self, a: int, b: int, k: int) -> None:
        """A record whose signature does not survive the way, or that somebody made up."""
        items = self.at(a).offer(set())
        if not items:
            return
        body, signature = items[k % len(items)]
        made_up = body.replace(b'"act":"', b'"act":"x' if k % 2 else b'"act": "', 1)
        item = (body, bytes(64)) if k % 3 else (made_up, signature)
        receiver = self.at(b)
        receiver.receive([item])
        self._stored(receiver, [item])

    def _do_oddity(self, r: int, how: int) -> None:
        replica = self.at(r)
        self._stored(replica, replica.write_oddly(how))

    # who may write

    def _do_enrol(self, r: int, target: int, rights: int) -> None:
        payload = {**self.at(target).identity.shown(), "rights": _texts(RIGHT_SETS[rights % len(RIGHT_SETS)])}
        self._control(self.at(r), "member", payload)

    def _do_adopt(self, r: int, target: int, rights: int) -> None:
        replica, identity = self.at(r), self.at(target).identity
        payload: dict[str, Json] = {"root": public_of(identity.root).hex()}
        payload["rights"] = _texts(RIGHT_SETS[rights % len(RIGHT_SETS)])
        if rights % 2:
            payload["frontier"] = _frontier(replica, identity.device, 0)
        self._control(replica, "member", payload)

    def _do_revoke(self, r: int, target: int, back: int) -> None:
        replica, device = self.at(r), self.at(target).identity.device
        self._control(replica, "revoke", {"dev": device, "frontier": _frontier(replica, device, back % 3)})

    def _do_settle(self, r: int, k: int, take: int) -> None:
        replica = self.at(r)
        arrived = replica.known.arrivals(SPACE)
        waiting = [digest for digest in arrived if _quarantined(replica, digest)] or list(arrived[-1:])
        chosen = [digest for i, digest in enumerate(waiting) if k % 4 == 0 or i == k % len(waiting)]
        self._control(replica, "settle", {"of": [digest.hex() for digest in chosen], "take": bool(take % 3)})

    def _do_nonsense(self, r: int, k: int) -> None:
        replica = self.at(r)
        shapes: list[tuple[str, dict[str, Json]]] = [("member", {}), ("revoke", {"dev": "d0"}), ("settle", {"of": []})]
        kind, payload = shapes[k % len(shapes)]
        self._control(replica, kind, payload)

    def _control(self, replica: Replica, kind: str, payload: dict[str, Json]) -> None:
        if len(replica.disk) % 4:  # otherwise the author does not say what they had seen
            payload["seen"] = _texts(replica.known.seen(SPACE))
        self._note(replica, replica.write(kind, payload=payload))

    # looking

    def _do_check(self, number: int) -> None:
        self.check(number)

    def check(self, number: int) -> None:
        """Compare what one replica shows with what its disk means."""
        replica = self.at(number)
        picture = self._picture(replica.disk, replica)
        self._compare(replica, picture, set(picture.status))
        self._check_people(replica, picture)

    def finish(self) -> None:
        """Let everybody meet everybody; then all must hold everything that survived, and show the same."""
        self.meet_all()
        union = {item for replica in self.replicas for item in replica.disk}
        pictures: dict[bool, Picture] = {}
        for replica in self.replicas:
            picture = pictures.get(replica.old_app)
            if picture is None:
                picture = pictures[replica.old_app] = self._picture(union, replica)
            alive = {digest for digest, status in picture.status.items() if status not in UNPROVEN}
            if alive != {digest.hex() for digest in replica.holds()}:
                raise Violation("a change set that survived is not everywhere")
            self._compare(replica, picture, alive)
            self._check_people(replica, picture)

    def meet_all(self) -> None:
        for _ in range(2):
            for receiver in self.replicas:
                for sender in self.replicas:
                    if sender is not receiver:
                        receiver.receive(sender.offer(receiver.holds()))

    def _picture(self, items: Iterable[Item], replica: Replica) -> Picture:
        return Oracle(items, verify, right_of, replica.rule_of).picture()

    def _compare(self, replica: Replica, picture: Picture, digests: Iterable[str]) -> None:
        known = replica.known
        shown = Picture(status={digest: _status(replica, bytes.fromhex(digest)) for digest in digests})
        for place in known.fields(SPACE):
            shown.heads[place] = [head.operation for head in known.heads(SPACE, *place)]
            shown.values[place] = text(known.value(SPACE, *place))
            shown.conflicts[place] = known.conflict(SPACE, *place) or ""
        shown.forks = {stream for _, stream in known.forked_streams()}
        for name in ("status", "heads", "values", "conflicts", "forks"):
            mine, theirs = getattr(shown, name), getattr(picture, name)
            if name == "status":
                theirs = {digest: theirs[digest] for digest in digests}
            if mine != theirs:
                raise Violation(f"{replica.identity.device}: {name} {_difference(mine, theirs)}")

    def _check_people(self, replica: Replica, picture: Picture) -> None:
        """The values that stand are those nobody replaced who had seen them, by what the people remember."""
        standing: dict[Place, set[str]] = {}
        replaced: dict[Place, set[str]] = {}
        for digest, acts in self.seen.items():
            if picture.status.get(digest.hex()) == "accepted":
                for index, (place, seen) in enumerate(acts.items()):
                    standing.setdefault(place, set()).add(operation_id(digest, index))
                    replaced.setdefault(place, set()).update(seen)
        for place, operations in standing.items():
            heads = {head.operation for head in replica.known.heads(SPACE, *place)}
            if heads != operations - replaced[place]:
                raise Violation(f"{replica.identity.device}: {place} shows a value its authors did not leave standing")


def _places(first: int, width: int) -> list[Place]:
    return [PLACES[(first + i * 3) % len(PLACES)] for i in range(1 + (width - 1) % 3)]


def _deletion(replica: Replica, f: int) -> Draft:
    record = str(1 + f % 2)
    fields = [place for place in PLACES if place[1] == record]
    return replica.open([("finding", record, "_del"), *fields], deletion=True)


def _could_know(replica: Replica, stream: str, n: int, item: Item) -> bool:
    """Whether the machine had been told of a record with this number, by its mark, its disk or a peer."""
    tips = [*replica.reports, *([replica.mark_before] if replica.mark_before else [])]
    told = any(tip.stream == stream and tip.n >= n for tip in tips)
    others = (read(other) for other in replica.disk if other != item)
    return told or any(
        other.stream == stream
        and other.n == n
        and replica.known.status(other.hash) is not None
        and other.body != item[0]
        for other in others
        if _status(replica, other.hash) not in UNPROVEN
    )


def _frontier(replica: Replica, device: str, back: int) -> list[Json]:
    """The last records of a device that are known here, or some records before these."""
    tips: dict[str, list[tuple[int, bytes]]] = {}
    for digest in replica.known.arrivals(SPACE):
        changeset = replica.known.get(digest)
        if changeset is not None and changeset.device == device:
            tips.setdefault(changeset.stream, []).append((changeset.n, digest))
    frontier: list[Json] = []
    for stream, numbered in sorted(tips.items()):
        n, digest = sorted(numbered)[-min(len(numbered), 1 + back)]
        frontier.append([stream, n, digest.hex()])
    return frontier


def _status(replica: Replica, digest: bytes) -> str:
    verdict = replica.known.status(digest)
    return "lost" if verdict is None else str(verdict.reason or verdict.status)


def _quarantined(replica: Replica, digest: bytes) -> bool:
    verdict = replica.known.status(digest)
    return verdict is not None and verdict.status is Status.QUARANTINED


def _texts(names: Iterable[str]) -> list[Json]:
    return list(names)


def _difference(mine: object, theirs: object) -> str:
    if isinstance(mine, dict) and isinstance(theirs, dict):
        keys = [key for key in {*mine, *theirs} if mine.get(key, "-") != theirs.get(key, "-")]
        return "; ".join(f"{key}: shown {mine.get(key, '-')}, meant {theirs.get(key, '-')}" for key in keys[:5])
    return f"shown {mine}, meant {theirs}"
