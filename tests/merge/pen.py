"""A pen writes the stream of one device, record after record, for tests that need just a few of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from inspector.domain.changeset import ChangeSet, Json, Write, compose, hash_of, name_of, operation_id, parse
from tests.merge.replica import ALL_RIGHTS, FOUNDER_ROOT, NONCE, SPACE
from tests.merge.signing import certificate, public_of, sign


def op(changeset: ChangeSet, index: int = 0) -> str:
    return operation_id(changeset.hash, index)


class Pen:
    """``tip`` is the last record; a fork is made by setting it back."""

    def __init__(
        self, device: str, root: bytes = FOUNDER_ROOT, rights: Sequence[str] = ALL_RIGHTS, stream: str = ""
    ) -> None:
        self.device = device
        self.secret = b"key of " + device.encode()
        self.certificate = certificate(root, device, public_of(self.secret), list(rights))
        self.stream = stream or "stream of " + device
        self.tip: ChangeSet | None = None

    def epoch(self, **payload: Json) -> ChangeSet:
        return self.record(
            "epoch", payload={"reason": "new", "nonce": NONCE, "last": None, **self.certificate, **payload}
        )

    def put(
        self, value: Json, *parents: str, id: str = "1", field: str = "content", why: str | None = None
    ) -> ChangeSet:
        return self.record("write", [Write("finding", id, field, value, parents)], why=why)

    def enrol(self, other: Pen, *rights: str, seen: Sequence[ChangeSet] = ()) -> ChangeSet:
        payload: dict[str, Json] = {**other.certificate, "rights": list(rights)}
        return self.record("member", payload=payload | {"seen": _names(seen)})

    def adopt(self, root: bytes, *rights: str, frontier: Sequence[ChangeSet] | None = None) -> ChangeSet:
        payload: dict[str, Json] = {"root": public_of(root).hex(), "rights": list(rights)}
        if frontier is not None:
            payload["frontier"] = _tips(frontier)
        return self.record("member", payload=payload)

    def revoke(self, other: Pen, *frontier: ChangeSet, seen: Sequence[ChangeSet] = ()) -> ChangeSet:
        payload: dict[str, Json] = {"dev": other.device, "frontier": _tips(frontier), "seen": _names(seen)}
        return self.record("revoke", payload=payload)

    def settle(self, *records: ChangeSet, take: bool, seen: Sequence[ChangeSet] = ()) -> ChangeSet:
        payload: dict[str, Json] = {"of": [r.hash.hex() for r in records], "take": take, "seen": _names(seen)}
        return self.record("settle", payload=payload)

    def record(
        self,
        kind: str,
        writes: Sequence[Write] = (),
        payload: Mapping[str, Json] | None = None,
        why: str | None = None,
        n: int | None = None,
    ) -> ChangeSet:
        tip = self.tip
        body = compose(
            space=SPACE,
            stream=self.stream,
            n=n or (tip.n + 1 if tip else 1),
            previous=tip.hash if tip else None,
            kind=kind,
            device=self.device,
            author="p-" + self.device,
            app="1.0",
            registry="2026.11",
            wall="2026-11-22T09:15:03+07:00",
            lamport=tip.lamport + 1 if tip else 1,
            up=(1, 1),
            act=f"act {tip.n if tip else 0}",
            writes=writes,
            why=why,
            payload=payload,
        )
        return self.sign(body)

    def sign(self, body: bytes) -> ChangeSet:
        self.tip = parse(body, sign(self.secret, hash_of(body)))
        return self.tip


def _names(seen: Sequence[ChangeSet]) -> list[Json]:
    return [name_of(changeset.hash) for changeset in seen]


def _tips(frontier: Sequence[ChangeSet]) -> list[Json]:
    return [[changeset.stream, changeset.n, changeset.hash.hex()] for changeset in frontier]
