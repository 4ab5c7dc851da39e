"""What a checklist must keep to, and where it does not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as kept
from decimal import Decimal

from inspector.domain.checklist import ANSWER_TYPES, Checklist, Item, RatingBand, Threshold
from inspector.domain.errors import BadInput
from inspector.domain.text import fold

KEY = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")
_LEVEL = re.compile(r"[a-z][a-z_]{0,39}")

MAX_ITEMS = 2_000
MAX_TEXT = 5_000
MAX_POINTS = Decimal(1_000)


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong in a checklist and where: ``part`` info, sections, items, thresholds, bands or legal; ``index``
    counts from 0 within the part (for thresholds: the item); ``field`` names the value.
    """

    part: str
    index: int
    field: str
    code: str
    params: Mapping[str, object] = kept(default_factory=dict)


class InvalidChecklist(BadInput):
    """A readable checklist that breaks its own rules; ``flaws`` says where, the first one is the sentence."""

    def __init__(self, flaws: tuple[Flaw, ...]) -> None:
        first = flaws[0]
        params = {**first.params, "part": first.part, "index": first.index + 1, "field": first.field}
        super().__init__(first.code, **params)
        self.flaws = flaws


def checked(checklist: Checklist) -> Checklist:
    """The same checklist.

    Raises:
        InvalidChecklist: it has flaws.
    """
    flaws = tuple(flaws_of(checklist))
    if flaws:
        raise InvalidChecklist(flaws)
    return checklist


def flaws_of(checklist: Checklist) -> Iterator[Flaw]:
    """Every rule the checklist breaks, in reading order."""
    yield from _info_flaws(checklist)
    yield from _repeated("sections", "code", [s.code for s in checklist.sections], "checklist-section-repeated")
    yield from _blank("sections", "title", [s.title for s in checklist.sections])
    yield from _repeated("items", "key", [i.key for i in checklist.items], "checklist-key-repeated")
    yield from _repeated("items", "code", [i.code for i in checklist.items], "checklist-code-repeated")
    yield from _repeated("legal", "code", [b.code for b in checklist.legal_index], "checklist-legal-repeated")
    yield from _blank("legal", "title", [b.title for b in checklist.legal_index])
    for index, basis in enumerate(checklist.legal_index):
        if basis.status not in ("source", "background"):
            yield Flaw("legal", index, "status", "checklist-legal-status", {"value": basis.status})
    sections = {section.code for section in checklist.sections}
    laws = {basis.code for basis in checklist.legal_index}
    for index, item in enumerate(checklist.items):
        yield from _item_flaws(index, item, sections, laws)
    yield from _band_flaws(checklist.rating_bands)


def _info_flaws(checklist: Checklist) -> Iterator[Flaw]:
    if not _LEVEL.fullmatch(checklist.level):
        yield Flaw("info", 0, "level", "checklist-level", {"value": checklist.level})
    for name, text in (("title", checklist.title), ("version", checklist.version)):
        if not text.strip():
            yield Flaw("info", 0, name, "checklist-text-missing")
    if checklist.status not in ("active", "historical"):
        yield Flaw("info", 0, "status", "checklist-status", {"value": checklist.status})
    if not checklist.items:
        yield Flaw("items", 0, "key", "checklist-empty")
    if len(checklist.items) > MAX_ITEMS:
        yield Flaw("items", MAX_ITEMS, "key", "checklist-too-long", {"limit": MAX_ITEMS})


def _repeated(part: str, name: str, values: Iterable[str], code: str) -> Iterator[Flaw]:
    seen: set[str] = set()
    for index, value in enumerate(values):
        if not value.strip():
            yield Flaw(part, index, name, "checklist-text-missing")
        elif value in seen:
            yield Flaw(part, index, name, code, {"value": value})
        seen.add(value)


def _blank(part: str, name: str, values: Iterable[str]) -> Iterator[Flaw]:
    for index, value in enumerate(values):
        if not value.strip():
            yield Flaw(part, index, name, "checklist-text-missing")


def _item_flaws(index: int, item: Item, sections: set[str], laws: set[str]) -> Iterator[Flaw]:
    def flaw(name: str, code: str, value: object = "") -> Flaw:
        return Flaw("items", index, name, code, {"value": value, "item": item.code})

    if item.key.strip() and not KEY.fullmatch(item.key):
        yield flaw("key", "checklist-key-shape", item.key)
    if item.section not in sections:
        yield flaw("section", "checklist-section-unknown", item.section)
    if not item.text.strip() or len(item.text) > MAX_TEXT:
        yield flaw("text", "checklist-text-too-long" if item.text.strip() else "checklist-text-missing", MAX_TEXT)
    if not (0 <= item.max_points <= MAX_POINTS) or item.max_points != round(item.max_points, 2):
        yield flaw("max_points", "checklist-points", item.max_points)
    if item.remedy_days is not None and not 1 <= item.remedy_days <= 3_650:
        yield flaw("remedy_days", "checklist-remedy-days", item.remedy_days)
    for code in (code for code in item.legal_basis if code not in laws):
        yield flaw("legal_basis", "checklist-legal-unknown", code)
    if item.answer_type not in ANSWER_TYPES:
        yield flaw("answer_type", "checklist-answer-type", item.answer_type)
    else:
        yield from _label_flaws(index, item)
        yield from _threshold_flaws(index, item)


def _label_flaws(index: int, item: Item) -> Iterator[Flaw]:
    needed = {"numerator_label": item.type.asks_ratio, "denominator_label": item.type.asks_ratio}
    needed["count_label"] = item.type.asks_count
    for name, asked in needed.items():
        if asked and not str(getattr(item, name)).strip():
            yield Flaw("items", index, name, "checklist-label-missing", {"item": item.code})


def _threshold_flaws(index: int, item: Item) -> Iterator[Flaw]:
    def flaw(name: str, code: str, value: object = "") -> Flaw:
        return Flaw("thresholds", index, name, code, {"value": value, "item": item.code})

    if item.type.choices:
        if item.thresholds:
            yield flaw("thresholds", "checklist-thresholds-not-used")
        return
    if not item.thresholds:
        yield flaw("thresholds", "checklist-thresholds-missing")
    seen: set[tuple[str, Decimal | None]] = set()
    for place, threshold in enumerate(item.thresholds):
        if (threshold.bound, threshold.value) in seen:
            yield flaw("value", "checklist-threshold-repeated", threshold.value)
        seen.add((threshold.bound, threshold.value))
        if not 0 <= threshold.fraction <= 1:
            yield flaw("fraction", "checklist-threshold-fraction", threshold.fraction)
        if not _bound_fits(item, threshold, last=place == len(item.thresholds) - 1):
            yield flaw("value", "checklist-threshold-bound", threshold.value)


def _bound_fits(item: Item, threshold: Threshold, *, last: bool) -> bool:
    """A count has "at most" or "at least" steps, the last may be open; everything else "at least" so many percent.

    A percentage between 0 and 1 is one written as a fraction by mistake (0.8 for 80).
    """
    if item.type.asks_count:
        return threshold.bound in ("min", "max") and (last if threshold.value is None else threshold.value >= 0)
    percent = threshold.value
    return threshold.bound == "min" and percent is not None and (percent == 0 or 1 <= percent <= 100)


def _band_flaws(bands: tuple[RatingBand, ...]) -> Iterator[Flaw]:
    seen: set[Decimal] = set()
    for index, band in enumerate(bands):
        if not 0 <= band.min <= 100 or band.min in seen:
            yield Flaw("bands", index, "min", "checklist-band", {"value": band.min})
        if not band.label.strip():
            yield Flaw("bands", index, "label", "checklist-text-missing")
        seen.add(band.min)
    if bands and 0 not in seen:
        yield Flaw("bands", len(bands) - 1, "min", "checklist-band-zero")


def proposed_key(text: str, taken: Iterable[str]) -> str:
    """A key for a new item of an office, from its words: ``local.<slug>``, numbered when already taken."""
    words = re.findall(r"[a-z0-9]+", fold(text))
    slug = "_".join(words)[:60].strip("_") or "muc"
    used = set(taken)
    candidates = (f"local.{slug}" if n == 1 else f"local.{slug}_{n}" for n in range(1, len(used) + 2))
    return next(key for key in candidates if key not in used)
