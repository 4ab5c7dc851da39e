"""A package that came on a stick: checked whole, shown to a person, and taken in only when they say so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from inspector.domain.changeset import ChangeSet
from inspector.domain.credentials import origin_of
from inspector.domain.errors import Refused
from inspector.domain.judgement import Status
from inspector.domain.merge import Known
from inspector.domain.registers import ConflictClass
from inspector.domain.registry import ENTITIES
from inspector.domain.wording import moment_of
from inspector.services.packages import Cancelled, Progress
from inspector.services.space_titles import SHARED

if TYPE_CHECKING:
    from inspector.services.desk import Desk
    from inspector.sync.package.reading import Checked

_WEIGHTY = (ConflictClass.C2, ConflictClass.C3)


@dataclass(frozen=True, slots=True)
class Visit:
    """An inspection in a package; ``is_new``: this laptop does not have it yet."""

    id: str
    unit: str
    day: date | None
    is_new: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """What taking a package in will do. ``made`` is what the clock of the sender's laptop showed.

    ``disagreements`` are the places where people will disagree that did not before; ``waiting`` change sets need
    something that is neither here nor in the package; ``without_effect`` are those nobody here vouches for. ``read_at``
    is when this same package was taken in before. ``other_office``: its sender belongs to another province or office.
    ``besides``: what the sender's office shares that is no inspection, in words.
    """

    name: str
    sender: str
    agency: str
    organisation: str
    other_office: bool
    own: bool
    made: datetime | None
    files: int
    size: int
    visits: tuple[Visit, ...]
    besides: tuple[str, ...]
    new_changes: int
    known_changes: int
    new_photos: int
    disagreements: tuple[str, ...]
    waiting: int
    without_effect: int
    read_at: datetime | None

    @property
    def brings_nothing(self) -> bool:
        return not self.new_changes and not self.new_photos


@dataclass(frozen=True, slots=True)
class Taken:
    """What came in: change sets, photos; ``restored``: some were this laptop's own, lost here and back now."""

    changes: int
    photos: int
    waiting: int
    quarantined: int
    restored: bool


class Incoming:
    """A checked package on this laptop's disk until ``close``; nothing of it is in the log before ``take``."""

    def __init__(self, desk: Desk, checked: Checked) -> None:
        self._desk = desk
        self._checked = checked
        self.preview = _preview(desk, checked)

    def take(self, progress: Progress | None = None, cancelled: Cancelled | None = None) -> Taken:
        """Take it in, frame by frame. Where it stops, what is in stays, and doing it again completes it.

        Raises:
            Refused: ``package-read-stopped``.
            Unavailable: the disk is full.
        """
        from inspector.sync.messages import Kept
        from inspector.sync.package.applying import apply

        report = apply(self._desk.workspace, self._checked, _told(progress, cancelled))
        self._desk.library.forget()
        held, hidden = report.received[Kept.HELD], report.received[Kept.QUARANTINED]
        changes = report.received[Kept.STORED] + held + hidden
        return Taken(changes, report.blobs, held, hidden, report.own is not None)

    def write_receipt(self, folder: Path | None = None) -> Path:
        """Write what this laptop now holds, beside the package or into ``folder``; returns the file."""
        from inspector.sync.package.receipts import write_receipt

        return write_receipt(self._desk.workspace, self._checked.opened, folder or self._checked.opened.folder)

    def close(self) -> None:
        """Forget the decrypted copy."""
        self._checked.close()


def asks_code(place: Path) -> bool:
    """Whether a package opens by a code. Raises as ``look_into``."""
    from inspector.sync.package.reading import asks_passphrase, find

    return asks_passphrase(find(place))


def packages_at(place: Path) -> tuple[Path, ...]:
    """The packages a person can mean by a folder or a file, the latest first. Raises as ``look_into``."""
    from inspector.sync.package.names import packages_in
    from inspector.sync.package.reading import find
    from inspector.system.files import disk_errors

    with disk_errors(place):
        found = tuple(packages_in(place)) if place.is_dir() else ()
    return found or (find(place),)


def look_into(
    desk: Desk,
    place: Path,
    code: str = "",
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Incoming:
    """Bring a package to this laptop's disk, check all of it, and say what taking it in would do; ``close`` it.

    Raises:
        Unavailable: ``package-missing``, ``package-no-room``, the disk is full.
        Refused: ``package-half``, ``package-not-for-here``, ``age-code-wrong``, ``package-read-stopped``.
        BadInput: ``package-several``, ``package-not-one``, ``package-newer``.
        Damaged: ``package-cut``, ``package-file-damaged``, ``package-damaged``, ``package-signature``.
    """
    from inspector.services.packages import meant
    from inspector.sync.package.reading import check, find, open_package

    workspace = desk.workspace
    opened = open_package(find(place), workspace.age_key(), meant(code))
    checked = check(workspace, opened, _told(progress, cancelled))
    try:
        return Incoming(desk, checked)
    except BaseException:
        checked.close()
        raise


@contextmanager
def looking_into(desk: Desk, place: Path, code: str = "") -> Iterator[Incoming]:
    """``look_into`` for as long as a block lasts."""
    incoming = look_into(desk, place, code)
    try:
        yield incoming
    finally:
        incoming.close()


def _told(progress: Progress | None, cancelled: Cancelled | None) -> Progress:
    def told(done: int, total: int) -> None:
        if cancelled is not None and cancelled():
            raise Refused("package-read-stopped")
        if progress is not None:
            progress(done, total)

    return told


def _preview(desk: Desk, checked: Checked) -> Preview:
    from inspector.storage.packages import Way
    from inspector.sync.blobs import Blobs
    from inspector.system.identity import read_certificate

    workspace, manifest, sender = desk.workspace, checked.manifest, checked.opened.sender
    trials = [_Trial(desk, space) for space in manifest.holds]
    _try_out(checked, trials)
    blobs = Blobs(workspace)
    mine = read_certificate(workspace.author.certificate)
    read = workspace.package(manifest.id, Way.READ)
    return Preview(
        name=checked.opened.stem,
        sender=sender.person.name,
        agency=sender.person.agency,
        organisation=sender.organisation,
        other_office=sender.organisation.casefold() != mine.organisation.casefold(),
        own=sender.device == workspace.author.device,
        made=moment_of(manifest.made),
        files=checked.opened.files,
        size=checked.opened.size,
        visits=tuple(trial.visit() for trial in trials if trial.kind not in SHARED),
        besides=tuple(dict.fromkeys(SHARED[trial.kind] for trial in trials if trial.kind in SHARED)),
        new_changes=sum(trial.new for trial in trials),
        known_changes=sum(trial.known for trial in trials),
        new_photos=sum(1 for part in manifest.blobs if not blobs.is_whole(part.sha256)),
        disagreements=tuple(words for trial in trials for words in trial.disagreements()),
        waiting=sum(trial.waiting() for trial in trials),
        without_effect=sum(trial.without_effect for trial in trials),
        read_at=None if read is None else moment_of(read.at),
    )


def _try_out(checked: Checked, trials: list[_Trial]) -> None:
    """Merges the package with what is here, in memory, one space after the other."""
    from inspector.sync.frames import unpack

    for trial in trials:
        trial.begin()
        for _, frame in checked.frames(trial.space):
            trial.add([one for one in unpack(frame).changesets if one.space == trial.space])
        trial.end()


class _Trial:
    """One space of a package merged with what this laptop has of it, by the pure merge."""

    def __init__(self, desk: Desk, space: str) -> None:
        self.space = space
        self.new = self.known = self.without_effect = 0
        self._desk = desk
        self._merged = self._nothing()
        self.kind = next((known.kind for known in desk.workspace.spaces() if known.id == space), None) or ""
        self._is_here = any(known.id == space for known in desk.workspace.spaces())
        self._before: set[tuple[str, str, str]] = set()
        self._after: set[tuple[str, str, str]] = set()
        self._waited = 0
        self._facts: tuple[str, date | None] = ("", None)

    def begin(self) -> None:
        workspace = self._desk.workspace
        here = [changeset for _, changeset in workspace.change_sets(self.space)]
        here += [waiting.changeset for waiting in workspace.waiting(self.space)]
        self._accept(sorted(here, key=lambda one: (one.stream, one.n)))
        self._before, self._waited = self._apart(), len(self._merged.held())

    def add(self, changesets: list[ChangeSet]) -> None:
        fresh = [one for one in changesets if self._merged.get(one.hash) is None]
        self.kind = next(filter(None, map(_opens, fresh)), self.kind)
        self.known += len(changesets) - len(fresh)
        self.new += len(fresh)
        self._accept(fresh)
        statuses = (self._merged.status(one.hash) for one in fresh)
        self.without_effect += sum(found is not None and found.status is Status.QUARANTINED for found in statuses)

    def end(self) -> None:
        self._after = self._apart() - self._before
        self._waited = max(0, len(self._merged.held()) - self._waited)
        self._facts = self._read_facts()
        self._merged = self._nothing()

    def waiting(self) -> int:
        return self._waited

    def visit(self) -> Visit:
        return Visit(self.space, *self._facts, not self._is_here)

    def disagreements(self) -> Iterator[str]:
        from inspector.services.deciding import checklist_of
        from inspector.services.recorded_words import field_words, record_words

        if not self._after:
            return
        inspection = self._desk.inspection(self.space) if self._is_here else None
        checklist = None if inspection is None else checklist_of(self._desk, inspection)
        for entity, record, field in sorted(self._after):
            label = ENTITIES[entity].label if entity in ENTITIES else entity
            named = label if inspection is None else record_words(inspection, checklist, entity, record)
            yield f"{named}: {field_words(entity, field)}"

    @staticmethod
    def _nothing() -> Known:
        from inspector.storage.resolve import REGISTRY

        return Known(REGISTRY.verify, right_of=REGISTRY.right_of, rule_of=REGISTRY.rule_of)

    def _accept(self, changesets: list[ChangeSet]) -> None:
        from inspector.storage.intake import runs

        for run in runs(changesets):
            self._merged.accept(run)

    def _apart(self) -> set[tuple[str, str, str]]:
        fields = self._merged.fields(self.space)
        return {place for place in fields if self._merged.conflict(self.space, *place) in _WEIGHTY}

    def _read_facts(self) -> tuple[str, date | None]:
        unit = self._merged.value(self.space, "inspection", self.space, "unit")
        day = self._merged.value(self.space, "inspection", self.space, "visit_date")
        name = str(unit.get("body_name") or unit.get("name") or "") if isinstance(unit, dict) else ""
        try:
            return name, date.fromisoformat(day) if isinstance(day, str) else None
        except ValueError:
            return name, None


def _opens(changeset: ChangeSet) -> str:
    """The kind of space a record opens, nothing where it opens none."""
    from inspector.storage.resolve import REGISTRY

    kind = changeset.payload.get("kind")
    return kind if isinstance(kind, str) and origin_of(changeset, REGISTRY.verify).anchored else ""
