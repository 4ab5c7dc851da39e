"""The exchange point (điểm đồng bộ) of a laptop: open until it is closed, for its team and whom its person admits."""

from __future__ import annotations

import queue
import secrets
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import TYPE_CHECKING

from inspector.domain.exchange import Holds, check_code
from inspector.hub.app import Routes, Watch, application
from inspector.hub.laptop import Laptop
from inspector.hub.serving import EVERYBODY, Serving
from inspector.hub.sessions import Sessions, Visitor
from inspector.hub.strangers import Asked, Strangers
from inspector.services.exchanging import transport_key
from inspector.services.space_titles import unit_of
from inspector.sync.discovery import Beacon
from inspector.sync.line import PORT
from inspector.sync.messages import Answer, Kept, Result
from inspector.system.network import own_addresses

if TYPE_CHECKING:
    from inspector.services.desk import Desk


@dataclass
class With:
    """What there was with one laptop in one space: ``name`` is its person, ``taken`` what came of it.

    ``matched`` is what both last said; ``closed``: it may give and not read.
    """

    device: str
    name: str
    space: str
    title: str = ""
    taken: Counter[Kept] = field(default_factory=Counter)
    matched: bool = False
    closed: bool = False
    code: str = ""


Event = Asked | With
"""Somebody to let in or not, or a space about which there is news."""


class ExchangePoint(Watch):
    """Made open; ``news`` tells what happens, ``close`` ends it. Use it with ``with``."""

    def __init__(
        self, desk: Desk, shown: Collection[str] = (), *, address: str = EVERYBODY, port: int = PORT, beacon: int = PORT
    ) -> None:
        """``shown``: the inspections that laptops get which were let in by a code. ``beacon``: port of the broadcast.

        Raises ``Unavailable`` (``port-refused``).
        """
        workspace = desk.workspace
        self._desk = desk
        self._news: queue.Queue[Event] = queue.Queue()
        self._spaces: dict[tuple[str, str], With] = {}
        key, device = transport_key(workspace), workspace.author.device
        laptop = Laptop(workspace, shown)
        self._strangers = Strangers(device, key.pin, laptop.agree, self._news.put)
        routes = Routes(laptop, Sessions(device, key.pin, laptop, secrets.token_bytes(32)), key.pin, self)
        app = application([*routes.routes(), *self._strangers.routes()], routes.close)
        self._serving = Serving(app, key, workspace.places.temporary, address=address, port=port)
        self._beacon = Beacon(device, self._serving.port, port=beacon)

    @property
    def addresses(self) -> list[str]:
        """What is typed on the other laptops; none where this one is in no network."""
        port = self._serving.port
        return [own if port == PORT else f"{own}:{port}" for own in own_addresses()]

    @property
    def port(self) -> int:
        return self._serving.port

    def news(self, seconds: float) -> Event | None:
        """The next thing to tell, None where nothing happens for so long."""
        try:
            return self._news.get(timeout=seconds)
        except queue.Empty:
            return None

    def answer(self, asked: Asked, agreed: bool) -> None:
        """Lets somebody in, or not."""
        self._strangers.answer(asked.ticket, agreed)

    def so_far(self) -> list[With]:
        """Every laptop that was here, with every space."""
        return sorted(self._spaces.values(), key=lambda one: (one.name, one.device, one.title))

    def close(self) -> None:
        """May be called again."""
        self._beacon.close()
        self._serving.close()

    def __enter__(self) -> ExchangePoint:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def compared(self, who: Visitor, space: str, theirs: Holds, answer: Answer) -> None:
        one = self._with(who, space)
        before = (one.matched, one.code, one.closed)
        root = answer.holds.vector.root()
        one.closed = answer.closed
        one.matched = not answer.closed and root == theirs.vector.root()
        one.code = check_code(root) if one.matched else ""
        if (one.matched or one.closed) and before != (one.matched, one.code, one.closed):
            one.title = unit_of(self._desk, space)
            self._news.put(one)

    def took(self, who: Visitor, space: str, results: Sequence[Result]) -> None:
        self._with(who, space).taken.update(result.kept for result in results)

    def _with(self, who: Visitor, space: str) -> With:
        hello = who.hello
        return self._spaces.setdefault((hello.device, space), With(hello.device, hello.name, space, space[:8]))
