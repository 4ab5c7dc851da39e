"""Streams of many laptops in one space, with signatures that cost little, for whoever needs thousands of records."""

from __future__ import annotations

from collections.abc import Iterator

from inspector.domain.changeset import ChangeSet, Write, compose, parse
from inspector.storage.resolve import Rules
from tests.merge.replica import FOUNDER_ROOT, NONCE, SPACE, Identity, right_of, rule_of
from tests.merge.signing import sign, verify

RULES = Rules(verify, right_of, rule_of)


def stream(device: str, count: int, text: str = "đạt") -> Iterator[ChangeSet]:
    """``count`` records of a laptop of the founder's root, each chained to the one before; all are accepted."""
    identity = Identity(device, FOUNDER_ROOT)
    previous: ChangeSet | None = None
    for n in range(1, count + 1):
        body = compose(
            space=SPACE, stream=f"stream of {device}", n=n, previous=previous.hash if previous else None,
            kind="write" if previous else "epoch", device=device, author="p-" + device, app="1", registry="1",
            wall="", lamport=n, up=(1, n), act=f"{device} {n}",
            writes=[Write("finding", f"{device} {n}", "content", text, ())] if previous else (),
            payload=None if previous else {**identity.shown(), "nonce": NONCE, "kind": "inspection"},
        )  # fmt: skip
        previous = parse(body, bytes(64))
        previous = parse(body, sign(identity.secret, previous.hash))
        yield previous
