"""A laptop's workspace behind the routes of an exchange point (điểm đồng bộ)."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from inspector.sync.blobs import Blobs
from inspector.sync.greeting import Credentials
from inspector.sync.messages import Hello
from inspector.sync.sharing import SharedSpaces
from inspector.sync.store import WorkspaceStore
from inspector.system.identity import SignedCertificate, read_certificate

if TYPE_CHECKING:
    from inspector.storage.workspace import Workspace


class Laptop:
    """The workspace as what stands behind the routes (``app.Behind``), and the gate to it (``sessions.Gate``)."""

    threads = 1

    def __init__(self, workspace: Workspace) -> None:
        self.store = WorkspaceStore(workspace)
        self.blobs = Blobs(workspace)
        self.credentials = credentials_of(workspace)
        self._workspace = workspace

    def hello(self) -> Hello:
        return self.store.hello()

    def incarnation(self) -> str:
        """A laptop that is set back finds out by its own streams, so there is nothing to tell apart."""
        return ""

    def time(self) -> str:
        return self._workspace.clock.wall()

    def spaces_for(self, who: SignedCertificate) -> Collection[str] | None:
        certificate = read_certificate(who)
        shared = SharedSpaces(self._workspace, certificate.device, certificate.key, [who])
        known = self._workspace.certificates_of(certificate.device, certificate.key)
        return shared if known or any(True for _ in shared) else None


def credentials_of(workspace: Workspace) -> Credentials:
    """With what this laptop proves who it is."""
    return Credentials(workspace.author.certificate, workspace.author.key)
