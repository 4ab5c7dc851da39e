"""What one peer is given: the spaces of this laptop that it may read, worked out anew whenever the log has grown."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from inspector.domain.credentials import Certificate, parse_certificate
from inspector.domain.errors import InspectorError
from inspector.storage.packages import Recipient
from inspector.storage.workspace import Workspace
from inspector.system.identity import SignedCertificate, read_certificate


class SharedSpaces(Collection[str]):
    """The ``spaces`` of a ``Host``, for the peer that proved to hold the key of a device.

    ``shown``: certificates the peer brings along, for one that nobody has met yet; those of another device or key,
    and what is no certificate, count for nothing. What the log knows of the device is looked up besides.
    """

    def __init__(self, workspace: Workspace, device: str, key: bytes, shown: Sequence[SignedCertificate] = ()) -> None:
        self._workspace = workspace
        self._device = (device, key)
        self._shown = frozenset(found for signed in shown for found in _read(signed) if self._is_peers(found))
        self._answers: dict[str, tuple[tuple[int, int], bool]] = {}

    def __contains__(self, space: object) -> bool:
        if not isinstance(space, str):
            return False
        grown = self._workspace.reach(space)
        known = self._answers.get(space)
        if known is None or known[0] != grown:
            certificates = self._shown | self._workspace.certificates_of(*self._device)
            known = self._answers[space] = grown, self._workspace.may_read(space, certificates)
        return known[1]

    def __iter__(self) -> Iterator[str]:
        return (space.id for space in self._workspace.spaces() if space.id in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _is_peers(self, certificate: Certificate) -> bool:
        return (certificate.device, certificate.key) == self._device


def may_be_given(workspace: Workspace, space: str, laptop: Recipient) -> bool:
    """Whether a package that is locked to a laptop's key may hold a space, as an exchange with it would."""
    return workspace.may_read(space, workspace.certificates_for(laptop.device, laptop.public))


def _read(signed: SignedCertificate) -> Iterator[Certificate]:
    try:
        read_certificate(signed)
        yield parse_certificate(signed.body.decode())
    except (InspectorError, UnicodeDecodeError):
        return
