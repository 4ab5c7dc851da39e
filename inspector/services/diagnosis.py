"""Why two laptops do not exchange over the network (chẩn đoán), as far as is seen from here, and what to do instead.

The addresses say whether there is a common network, a try to connect whether somebody is there and listens, the
greeting who it is. What cannot be told apart from here, such as a firewall and a network that keeps its guests apart,
is named together.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from inspector.domain.errors import InspectorError
from inspector.services.exchanging import answers_at, knows, look_for_points
from inspector.services.known_points import find_point, known_points
from inspector.sync.greeting import Point
from inspector.sync.https import greet
from inspector.sync.line import Line, whole_address
from inspector.sync.sharing import SharedSpaces
from inspector.system.identity import read_certificate
from inspector.system.network import Reached, own_addresses, reach

if TYPE_CHECKING:
    from inspector.services.desk import Desk

SECONDS = 5.0
"""How long a try to connect waits: a laptop that is not there is told by the system after three."""


class Cause(StrEnum):
    """Why it does not work, or that it does (``FINE``)."""

    FINE = "fine"
    NO_NETWORK = "no-network"
    """This laptop is in no network."""
    OTHER_NETWORK = "other-network"
    """The address belongs to another network than this laptop's."""
    NOBODY = "nobody"
    """No address was named, and nobody answers around."""
    OWN = "own"
    """The address is this laptop's own."""
    NO_NAME = "no-name"
    CLOSED = "closed"
    """The laptop is there, and no exchange point is open on it."""
    FIREWALL = "firewall"
    ISOLATION = "isolation"
    """The network keeps its guests apart, or no such laptop is in it."""
    NOT_OURS = "not-ours"
    """Something else answers there."""
    OTHER_KEY = "other-key"
    """A known laptop with another key, or somebody between the two."""
    OTHER_LAPTOP = "other-laptop"
    """Somebody else has the address now."""
    OTHER_PROVINCE = "other-province"
    UNKNOWN = "unknown"
    """The two do not know each other yet: people compare the code."""
    NEWER = "newer"
    FAILED = "failed"
    """It answers, and what it says is not understood or is an error."""


class Way(StrEnum):
    """What to do instead, or besides."""

    AGAIN = "again"
    HERE = "here"
    """Open the point on this laptop and let the other one come."""
    HOTSPOT = "hotspot"
    CABLE = "cable"
    STICK = "stick"


@dataclass(frozen=True, slots=True)
class Facts:
    """What was seen. ``host``: what was tried, empty where no address was named; ``around``: who answered then.

    ``error``: the code with which the greeting failed. The rest is about the one who greeted: whether it is this laptop
    itself, known, of this office, the one remembered at that address, under the key that was agreed on.
    """

    own: tuple[str, ...]
    host: str = ""
    reached: Reached | None = None
    around: int = 0
    error: str = ""
    itself: bool = False
    known: bool = True
    same_office: bool = True
    same_laptop: bool = True
    same_key: bool = True


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """``causes``, the likeliest first; ``name`` of who answered, ``own`` addresses of this laptop."""

    address: str
    name: str
    organisation: str
    own: tuple[str, ...]
    causes: tuple[Cause, ...]
    ways: tuple[Way, ...]

    @property
    def is_fine(self) -> bool:
        return self.causes == (Cause.FINE,)


_BY_ERROR = {
    "peer-not-ours": Cause.NOT_OURS,
    "peer-not-secure": Cause.NOT_OURS,
    "peer-not-proven": Cause.OTHER_KEY,
    "peer-key-differs": Cause.OTHER_KEY,
    "peer-newer": Cause.NEWER,
}
_ALL_WAYS = (Way.HOTSPOT, Way.CABLE, Way.STICK)
_WAYS = {
    Cause.FINE: (Way.AGAIN,),
    Cause.CLOSED: (Way.AGAIN, Way.HERE, Way.STICK),
    Cause.OWN: (Way.AGAIN, Way.STICK),
    Cause.NOT_OURS: (Way.AGAIN, Way.HERE, Way.STICK),
    Cause.OTHER_LAPTOP: (Way.AGAIN, Way.STICK),
    Cause.OTHER_PROVINCE: (Way.AGAIN, Way.STICK),
    Cause.UNKNOWN: (Way.AGAIN, Way.STICK),
    Cause.NO_NAME: (Way.AGAIN, Way.STICK),
    Cause.NEWER: (Way.AGAIN, Way.STICK),
    Cause.OTHER_KEY: _ALL_WAYS,
    Cause.NO_NETWORK: _ALL_WAYS,
    Cause.FAILED: (Way.AGAIN, Way.HERE, Way.STICK),
}
"""By the first cause; a network that does not let two laptops meet leaves all."""


def conclude(facts: Facts) -> tuple[tuple[Cause, ...], tuple[Way, ...]]:
    """The causes, the likeliest first, and the ways that are left."""
    causes = _causes(facts)
    return causes, _WAYS.get(causes[0], (Way.AGAIN, Way.HERE, *_ALL_WAYS))


def diagnose(desk: Desk, address: str = "") -> Diagnosis:
    """Looks, connects and greets; sends nothing of what is in the workspace. Takes some seconds.

    Raises:
        BadInput: ``address-malformed``.
    """
    own = tuple(own_addresses())
    if not address:
        around = 0 if not own else sum(1 for one in look_for_points(desk) if answers_at(one) is not None)
        return _told(Facts(own, around=around), "", None)
    where = whole_address(address)
    host, _, port = where.rpartition(":")
    reached = reach(host, int(port), SECONDS)
    if reached is not Reached.ANSWERED:
        return _told(Facts(own, host, reached), where, None)
    try:
        with Line(where, connect_seconds=SECONDS) as line:
            point = greet(line)
    except InspectorError as error:
        return _told(Facts(own, host, reached, error=error.code), where, None)
    return _told(_of(desk, own, host, where, point), where, point)


def _of(desk: Desk, own: tuple[str, ...], host: str, where: str, point: Point) -> Facts:
    """What is known of who greeted."""
    workspace = desk.workspace
    shared = SharedSpaces(workspace, point.id, point.certificate.key, point.signed)
    agreed = find_point(workspace, point.id)
    before = next((one.id for one in known_points(workspace) if one.address == where), point.id)
    mine = read_certificate(workspace.author.certificate)
    known = any(knows(workspace, read_certificate(signed), shared) for signed in point.signed)
    return Facts(
        own,
        host,
        Reached.ANSWERED,
        itself=point.id == workspace.author.device,
        known=known or (agreed is not None and agreed.pin == point.pin),
        same_office=point.certificate.organisation.casefold() == mine.organisation.casefold(),
        same_laptop=before == point.id,
        same_key=agreed is None or agreed.pin in ("", point.pin),
    )


def _told(facts: Facts, address: str, point: Point | None) -> Diagnosis:
    causes, ways = conclude(facts)
    name = "" if point is None else point.certificate.person.name
    organisation = "" if point is None else point.certificate.organisation
    return Diagnosis(address, name, organisation, facts.own, causes, ways)


def _causes(facts: Facts) -> tuple[Cause, ...]:
    if facts.itself or facts.host in facts.own:
        return (Cause.OWN,)
    if facts.reached is Reached.ANSWERED:
        return (_of_greeting(facts),)
    if facts.reached is Reached.REFUSED:
        return (Cause.CLOSED,)
    if not facts.own:
        return (Cause.NO_NETWORK,)
    if not facts.host:
        return (Cause.FINE,) if facts.around else (Cause.NOBODY, Cause.ISOLATION, Cause.FIREWALL)
    if facts.reached is Reached.NO_NAME:
        return (Cause.NO_NAME,)
    if not shares_network(facts.own, facts.host):
        return (Cause.OTHER_NETWORK,)
    if facts.reached is Reached.ABSENT:
        return (Cause.ISOLATION,)
    return Cause.FIREWALL, Cause.ISOLATION


def _of_greeting(facts: Facts) -> Cause:
    if facts.error:
        return _BY_ERROR.get(facts.error, Cause.FAILED)
    if not facts.same_key:
        return Cause.OTHER_KEY
    if not facts.known:
        return Cause.UNKNOWN if facts.same_office else Cause.OTHER_PROVINCE
    return Cause.FINE if facts.same_laptop else Cause.OTHER_LAPTOP


def shares_network(own: tuple[str, ...], host: str) -> bool:
    """Whether an address may be in a network of this laptop, by its first three figures; true for names."""
    try:
        there = ipaddress.ip_address(host)
    except ValueError:
        return True
    networks = (ipaddress.ip_network(f"{one}/24", strict=False) for one in own)
    return any(there in network for network in networks)
