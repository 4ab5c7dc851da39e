"""A laptop's workspace behind the routes of an exchange point (điểm đồng bộ)."""

from __future__ import annotations

import threading
from collections.abc import Collection
from typing import TYPE_CHECKING

from inspector.hub.sessions import Together
from inspector.services.exchanging import credentials_of, knows
from inspector.sync.blobs import Blobs
from inspector.sync.messages import Hello
from inspector.sync.sharing import SharedSpaces
from inspector.sync.store import WorkspaceStore
from inspector.system.identity import Certificate, SignedCertificate, read_certificate

if TYPE_CHECKING:
    from inspector.storage.workspace import Workspace


class Laptop:
    """The workspace as what stands behind the routes (``app.Behind``), and the gate to it (``sessions.Gate``).

    ``shown``: the inspections that laptops get which no team knows, after two people compared their codes.
    """

    threads = 1

    def __init__(self, workspace: Workspace, shown: Collection[str] = ()) -> None:
        self.store = WorkspaceStore(workspace)
        self.blobs = Blobs(workspace)
        self.credentials = credentials_of(workspace)
        self._workspace = workspace
        self._shown = frozenset(shown)
        self._agreed: set[tuple[str, bytes]] = set()
        self._lock = threading.Lock()

    def hello(self) -> Hello:
        return self.store.hello()

    def incarnation(self) -> str:
        """A laptop that is set back finds out by its own streams, so there is nothing to tell apart."""
        return ""

    def time(self) -> str:
        return self._workspace.clock.wall()

    def agree(self, who: Certificate) -> None:
        """Lets a laptop in that nobody knew, until the point is closed."""
        with self._lock:
            self._agreed.add((who.device, who.key))

    def spaces_for(self, who: SignedCertificate) -> Collection[str] | None:
        certificate = read_certificate(who)
        shared = SharedSpaces(self._workspace, certificate.device, certificate.key, [who])
        with self._lock:
            is_agreed = (certificate.device, certificate.key) in self._agreed
        if is_agreed:
            return Together([shared, self._shown])
        return shared if knows(self._workspace, certificate, shared) else None
