"""Taking in a package that was checked: frame by frame, each in one transaction, then the blobs by hash.

Where it stops in between, what is in stays, and the next import completes it. What the sender held is noted last: it
is worth something only with the records it speaks of.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from inspector.domain.streams import EpochReason
from inspector.storage.packages import Passed, Recipient, Way
from inspector.storage.workspace import Workspace
from inspector.sync.blobs import Blobs
from inspector.sync.intake import take_in
from inspector.sync.messages import Hello, Tally
from inspector.sync.package.manifest import Manifest
from inspector.sync.package.reading import Checked
from inspector.sync.package.writing import Progress
from inspector.sync.store import WorkspaceStore
from inspector.system.identity import Certificate


@dataclass
class Report:
    """What a package brought. ``own``: it had records of this laptop that were lost here, and they are back."""

    received: Tally = field(default_factory=Tally)
    blobs: int = 0
    own: EpochReason | None = None


def sender_of(certificate: Certificate) -> Hello:
    """The laptop that wrote a package or a receipt, as an exchange names it."""
    return Hello(certificate.device, certificate.person.name)


def apply(workspace: Workspace, checked: Checked, progress: Progress | None = None) -> Report:
    """Takes in what is lacking here. Raises ``Unavailable`` (``disk-full`` …) and what ``progress`` raises."""
    opened, manifest = checked.opened, checked.manifest
    store, peer = WorkspaceStore(workspace), sender_of(opened.sender)
    report = Report(own=_compare_own(workspace, manifest))
    done = 0
    for part, frame in checked.frames():
        report.received.add(take_in(store, part.space, frame, peer))
        done += part.size
        if progress is not None:
            progress(done, manifest.size)
    report.blobs = _take_blobs(workspace, checked, done, progress)
    if peer.device != workspace.author.device:
        _note(workspace, checked, peer)
    return report


def _compare_own(workspace: Workspace, manifest: Manifest) -> EpochReason | None:
    """Ends the own streams where the sender has records of them that are lost here; says how that came about."""
    known = {space.id for space in workspace.spaces()}
    with workspace.unit_of_work() as unit:
        reasons = [unit.compare_own(space, holds.vector) for space, holds in manifest.holds.items() if space in known]
        unit.commit()
    return next((reason for reason in reasons if reason is not None), None)


def _take_blobs(workspace: Workspace, checked: Checked, done: int, progress: Progress | None) -> int:
    blobs, taken = Blobs(workspace), 0
    named = {sha256 for space in checked.manifest.holds for sha256 in workspace.named_blobs(space)}
    for part, pieces in checked.blobs():
        if part.sha256 in named and not blobs.is_whole(part.sha256):
            workspace.blobs.add_whole(part.sha256, pieces)
            taken += 1
        done += part.size
        if progress is not None:
            progress(done, checked.manifest.size)
    return taken


def _note(workspace: Workspace, checked: Checked, peer: Hello) -> None:
    """What the sender had when it wrote, its key, and that this package was read."""
    manifest, person = checked.manifest, checked.opened.sender.person
    blobs = [*(part.sha256 for part in manifest.blobs), *manifest.whole]
    with workspace.unit_of_work() as unit:
        for space, holds in manifest.holds.items():
            unit.note_late(space, peer.device, peer.name, holds)
        unit.note_blobs(peer.device, peer.name, has=blobs)
        unit.note_age_key(Recipient(peer.device, person.name, person.agency, manifest.age))
        unit.note_package(Passed(manifest.id, Way.READ, checked.opened.stem, peer.name, workspace.clock.wall()))
        unit.commit()
