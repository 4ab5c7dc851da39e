"""Change sets as they travel, for tests that do not look into them."""

from __future__ import annotations

from inspector.domain.changeset import Write, compose
from inspector.sync.frames import Item


def item(n: int = 2, text: str = "đạt") -> Item:
    body = compose(
        space="s", stream="t", n=n, previous=bytes(32), kind="write", device="d", author="a", app="1", registry="1",
        wall="", lamport=n, up=(1, n), act=f"act {n}", writes=[Write("finding", "f", "content", text, ())],
    )  # fmt: skip
    return body, bytes([n % 256]) * 64
