"""Sealing (niêm phong): the terms of a seal, what is under it, and the inspection as it stood then."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from inspector.domain import seal as sealed
from inspector.domain.changeset import ChangeSet
from inspector.domain.errors import Refused
from inspector.domain.inspection import Inspection, SealFact
from inspector.domain.merge import Known
from inspector.domain.registry import DELETED, ENTITIES
from inspector.domain.seal import Content, Excluded, Standing, Terms

if TYPE_CHECKING:
    from inspector.storage.blobs import BlobStore
    from inspector.storage.reading import Reading, Record


def known_of(changesets: Iterable[ChangeSet]) -> Known:
    """The pure state of exactly these records."""
    from inspector.storage.intake import runs
    from inspector.storage.resolve import REGISTRY

    known = Known(REGISTRY.verify, right_of=REGISTRY.right_of, rule_of=REGISTRY.rule_of)
    for run in runs(sorted(changesets, key=lambda one: (one.stream, one.n, one.hash))):
        known.accept(run)
    return known


def terms_now(
    reading: Reading, blobs: BlobStore, inspection: str, excluded: tuple[Excluded, ...], template: str
) -> Terms:
    """What a seal of everything that is here would say."""
    with reading.holdings(inspection) as holdings:
        frontier = tuple((tip.stream, tip.n, tip.hash) for tip in holdings.vector().tips())
    absent = tuple(sorted(sha256 for sha256 in reading.named_blobs(inspection) if not blobs.has(sha256)))
    return Terms(frontier, excluded, template, absent)


def content_of(reading: Reading, inspection: str, terms: Terms) -> Content:
    """What is under these terms, from the log."""
    inside, _ = sealed.within((one for _, one in reading.change_sets(inspection)), terms)
    return sealed.content_of(known_of(inside), inspection, terms)


def seals(reading: Reading, inspection: str) -> tuple[Standing, ...]:
    """The seals of an inspection, void ones too."""
    return sealed.standing_seals(reading.of_kinds(inspection, sealed.KINDS))


def sealed_view(reading: Reading, found: Inspection, fact: SealFact) -> Inspection:
    """The inspection as it stands under a seal, whatever came since.

    Raises:
        Refused: ``seal-records-missing``.
    """
    from inspector.services.reading import RECORDED, inspection_of

    standing = next(one for one in seals(reading, found.id) if one.seal.changeset.hash.hex() == fact.id)
    changesets = (one for _, one in reading.change_sets(found.id))
    inside, missing = sealed.within(changesets, standing.seal.terms)
    if missing:
        raise Refused("seal-records-missing", count=len(missing))
    records = _records(known_of(inside), found.id)
    papers = {name: reading.records(found.id, name) for name in ("issued_document", "signature", "supplement")}
    view = {**{name: records.get(name, []) for name in RECORDED}, **papers}
    return inspection_of(found.id, view, found.seals)


def _records(known: Known, space: str) -> dict[str, list[Record]]:
    """The records that stand, as the tables would give them."""
    from inspector.services.reading import readable_record
    from inspector.storage.reading import Record

    fields: dict[tuple[str, str], list[str]] = {}
    for entity, record, field in known.fields(space):
        fields.setdefault((entity, record), []).append(field)
    found: dict[str, list[Record]] = {}
    for (entity, record), names in sorted(fields.items()):
        values = {name: known.value(space, entity, record, name) for name in names}
        gone = values.get(DELETED) and known.conflict(space, entity, record, DELETED) is None
        if entity in ENTITIES and not gone:
            filled = {name: value for name, value in values.items() if value is not None}
            shown = Record(space, entity, record, filled, False, (), 0, None)  # type: ignore[arg-type]  # its heads are not asked for
            found.setdefault(entity, []).append(readable_record(shown))
    return found
