"""An invitation (giấy mời): what lets one laptop in, offline, for one person.

Whoever has the right writes, into every space it is for, a member record that names the public half of a key made for
this invitation alone; the secret half is in the invitation. The invited laptop certifies its own device with it. The
content here is signed by the inviting laptop and locked by a code (``system.invitation_file``).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from inspector.domain.changeset import MAX_BODY, Json, Malformed, load_object
from inspector.domain.errors import BadInput

VERSION = 1
_SECRET_HEX = 64


@dataclass(frozen=True, slots=True)
class Guest:
    """A person by id, full name and agency."""

    id: str
    name: str
    agency: str


@dataclass(frozen=True, slots=True)
class Door:
    """A space an invitation lets into: its kind, what people call it, and the member record that does it."""

    space: str
    kind: str
    title: str
    body: str
    signature: str


@dataclass(frozen=True, slots=True)
class HubSeen:
    """Where the office's exchange is: address, id, pin of its key, and its public keys by purpose."""

    address: str
    id: str
    pin: str
    keys: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Invitation:
    """``secret``: the one-time key in hex. A ``spare`` one is for whomever of ``team`` needs another laptop.

    ``office``: the root (hex) of the office behind it, which may enter what the invited laptop opens. ``by``: who
    invites, with the certificate that signed this.
    """

    id: str
    guest: Guest
    organisation: str
    rights: tuple[str, ...]
    secret: str
    office: str
    by: Guest
    cert: str
    cert_signature: str
    made: str
    spare: bool = False
    team: tuple[Guest, ...] = ()
    doors: tuple[Door, ...] = ()
    hub: HubSeen | None = None


def invitation_bytes(invitation: Invitation) -> bytes:
    """The invitation as it is signed: UTF-8 JSON, written once."""
    content: dict[str, Json] = {
        "v": VERSION,
        "id": invitation.id,
        "person": _guest(invitation.guest),
        "org": invitation.organisation,
        "rights": list(invitation.rights),
        "key": invitation.secret,
        "office": invitation.office,
        "by": _guest(invitation.by),
        "cert": invitation.cert,
        "sig": invitation.cert_signature,
        "wt": invitation.made,
        "spare": invitation.spare,
        "team": [_guest(guest) for guest in invitation.team],
        "spaces": [
            {"id": door.space, "kind": door.kind, "title": door.title, "member": [door.body, door.signature]}
            for door in invitation.doors
        ],
    }
    if invitation.hub is not None:
        hub = invitation.hub
        content["hub"] = {"address": hub.address, "id": hub.id, "pin": hub.pin, "keys": dict(hub.keys)}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def parse_invitation(content: bytes) -> Invitation:
    """What ``invitation_bytes`` was given; further keys are for later versions.

    Raises ``BadInput``: ``invitation-newer``, ``invitation-damaged``.
    """
    try:
        fields: Any = load_object(content)
        if isinstance(fields.get("v"), int) and fields["v"] > VERSION:
            raise BadInput("invitation-newer")
        return _read(fields)
    except (Malformed, KeyError, TypeError, ValueError) as error:
        raise BadInput("invitation-damaged") from error


def _read(fields: Any) -> Invitation:
    if (
        fields["v"] != VERSION
        or len(_text(fields["key"])) != _SECRET_HEX
        or len(_text(fields["office"])) != _SECRET_HEX
    ):
        raise ValueError(fields["v"])
    bytes.fromhex(fields["key"] + fields["office"])
    return Invitation(
        id=_text(fields["id"]),
        guest=_read_guest(fields["person"]),
        organisation=_text(fields["org"]),
        rights=tuple(_text(right) for right in fields["rights"]),
        secret=fields["key"],
        office=fields["office"],
        by=_read_guest(fields["by"]),
        cert=_text(fields["cert"]),
        cert_signature=_text(fields["sig"]),
        made=_text(fields["wt"]),
        spare=fields["spare"] is True,
        team=tuple(_read_guest(guest) for guest in fields["team"]),
        doors=tuple(_read_door(door) for door in fields["spaces"]),
        hub=_read_hub(fields.get("hub")),
    )


def _read_door(said: Any) -> Door:
    body, signature = said["member"]
    if len(_text(body)) > MAX_BODY:
        raise ValueError(len(body))
    bytes.fromhex(signature)
    return Door(_text(said["id"]), _text(said["kind"]), _text(said["title"]), body, _text(signature))


def _read_hub(said: Any) -> HubSeen | None:
    if said is None:
        return None
    keys = tuple((_text(name), _text(key)) for name, key in said["keys"].items())
    return HubSeen(_text(said["address"]), _text(said["id"]), _text(said["pin"]), keys)


def _guest(guest: Guest) -> Json:
    return {"id": guest.id, "name": guest.name, "agency": guest.agency}


def _read_guest(said: Any) -> Guest:
    return Guest(_text(said["id"]), _text(said["name"]), _text(said["agency"]))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value
