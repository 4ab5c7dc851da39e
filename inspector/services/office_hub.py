"""Bringing everything home: the exchange with the office's server (máy chủ của văn phòng), which takes all there is.

The server is known by its id and the key it is met under, from the invitation or from the first time somebody looked
at them and said yes. Another server at the same address gets nothing.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from inspector.domain.errors import BadInput, Refused
from inspector.services.accepting import accepted
from inspector.services.exchanging import Met, Outcome, Visit
from inspector.services.office_receipts import fetch_receipt
from inspector.sync.https import greet
from inspector.sync.line import Line, whole_address

if TYPE_CHECKING:
    from inspector.services.desk import Desk

_OWN = "hub"


@dataclass(frozen=True, slots=True)
class Hub:
    """The office's server: its id, where it is, the pin of the key it is met under, what it is called."""

    id: str
    address: str
    pin: str
    name: str = ""


def office_hub(desk: Desk) -> Hub | None:
    """The server of this laptop's office: the one it was at, else that of its latest invitation, else None."""
    data = desk.workspace.own(_OWN)
    if data is not None:
        return Hub(**json.loads(data))
    invited = [one.hub for one in accepted(desk) if one.hub is not None]
    return Hub(invited[-1].id, invited[-1].address, invited[-1].pin) if invited else None


def sync_with_office(
    desk: Desk,
    address: str | None,
    agrees: Callable[[Hub], bool],
    *,
    wait: Callable[[float], object] = time.sleep,
    pause: Callable[[], object] = lambda: None,
    told: Callable[[Met], object] = lambda met: None,
) -> Outcome:
    """Exchanges every space with the office's server, and keeps its receipt of each that is the same on both sides.

    ``address``: where it is, where that is new. ``agrees`` is asked once, about a server nobody told this laptop of.

    Raises:
        Refused: ``hub-unknown`` (no address yet), ``hub-not-agreed``, ``hub-knows-not`` (the server does not know this
            laptop), ``hub-invitation-used``, ``hub-invitation-revoked``, ``too-many-tries``, ``peer-key-differs``,
            ``peer-other-hub``.
        Unavailable: nobody answers; later faults stand in ``Outcome.cut``.
    """
    known = office_hub(desk)
    if address is None and known is None:
        raise Refused("hub-unknown")
    where = whole_address(address or (known.address if known else ""))
    with Line(where, known.pin if known else "", wait=wait) as line:
        point = greet(line, known.id if known else "")
        hub = Hub(point.id, where, point.pin, point.certificate.person.name)
        if known is None and not agrees(hub):
            raise Refused("hub-not-agreed")
        everything = [space.id for space in desk.workspace.spaces()]
        visit = Visit(desk, line, point, everything, pause)
        _enter(desk, visit)
        if hub != known:
            _remember(desk, hub)
        outcome = visit.run(told)
        for met in outcome.met:
            if met.is_done:
                fetch_receipt(desk, visit.peer, point, met.space)
        return outcome


def _enter(desk: Desk, visit: Visit) -> None:
    """As a laptop the server knows, else with an invitation of that server."""
    try:
        visit.enter_as_agreed()
    except Refused as error:
        if error.code != "device-unknown":
            raise
        try:
            visit.join()
        except (Refused, BadInput) as other:
            if other.code not in ("hub-invitation-unknown", "page-unknown", "peer-refused"):
                raise
            raise Refused("hub-knows-not", root=desk.workspace.author.root.hex()) from error
        visit.enter_as_agreed()


def _remember(desk: Desk, hub: Hub) -> None:
    with desk.workspace.unit_of_work() as unit:
        unit.put_own(_OWN, json.dumps(asdict(hub), ensure_ascii=False).encode())
        unit.commit()
