"""Invitations to a hub: each lets in the one laptop that comes with it first.

They are known by the public half of the key that was made for each (``domain.invitation``), and stand in ``meta``.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace

from sqlalchemy import Connection, select

from inspector.domain.errors import Refused
from inspector.storage.hub.tables import get_meta, meta, set_meta

_NAME = "invited "


@dataclass(frozen=True, slots=True)
class Invited:
    """Whom an invitation is for, and which laptop came with it: ``device`` and its ``key`` (hex), empty before.

    ``root``: the public key (hex) of the invitation. ``made``, ``joined``: wall times, for people to read.
    """

    root: str
    id: str
    name: str
    agency: str
    made: str
    device: str = ""
    key: str = ""
    joined: str = ""
    revoked: bool = False


def write(connection: Connection, invited: Invited) -> None:
    set_meta(connection, _NAME + invited.root, _text(invited))


def every(connection: Connection) -> list[Invited]:
    """All of them, the oldest first."""
    texts = connection.scalars(select(meta.c.value).where(meta.c.name.startswith(_NAME)))
    return sorted((_read(text) for text in texts), key=lambda one: (one.made, one.id))


def of(connection: Connection, root: bytes) -> Invited | None:
    text = get_meta(connection, _NAME + root.hex())
    return None if text is None else _read(text)


def join(connection: Connection, root: bytes, device: str, key: bytes, at: str) -> Invited:
    """Lets a laptop in with an invitation; the same one may come again.

    Raises ``Refused``: ``hub-invitation-unknown``, ``hub-invitation-revoked``, ``hub-invitation-used`` by another.
    """
    text = get_meta(connection, _NAME + root.hex())
    if text is None:
        raise Refused("hub-invitation-unknown")
    found = _read(text)
    if found.revoked:
        raise Refused("hub-invitation-revoked")
    if not found.device:
        made = replace(found, device=device, key=key.hex(), joined=at)
        same = (meta.c.name == _NAME + root.hex()) & (meta.c.value == text)
        if connection.execute(meta.update().where(same).values(value=_text(made))).rowcount:
            return made
        found = of(connection, root) or found  # another process was faster
    if (found.device, found.key) != (device, key.hex()):
        raise Refused("hub-invitation-used", name=found.name, at=found.joined)
    return found


def _text(invited: Invited) -> str:
    return json.dumps(asdict(invited), ensure_ascii=True)


def _read(text: str) -> Invited:
    return Invited(**json.loads(text))
