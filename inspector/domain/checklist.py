"""A checklist (bộ tiêu chí, phiếu kiểm tra): an immutable, versioned document named by the hash of its bytes.

Every item has a permanent key besides its numbering. Wording, order, numbers and points change from year to year; the
key says it is the same question, and is never given to another one. Points are a proposal until an office adopts them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType
from typing import Any

from inspector.domain.errors import BadInput

FORMAT = "inspector-checklist-1"


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a chosen answer and the part of the points it earns (0 to 1)."""

    value: str
    label: str
    fraction: Decimal


@dataclass(frozen=True, slots=True)
class AnswerType:
    """How an item is answered: by a choice, a ratio (numerator and denominator), a count, or counted records."""

    code: str
    label: str
    choices: tuple[Choice, ...] = ()
    asks_ratio: bool = False
    asks_count: bool = False
    from_records: bool = False


ANSWER_TYPES: Mapping[str, AnswerType] = MappingProxyType(
    {
        known.code: known
        for known in (
            AnswerType("yes_no", "Có / Không", (Choice("co", "Có", Decimal(1)), Choice("khong", "Không", Decimal(0)))),
            AnswerType(
                "yes_partial_no",
                "Đầy đủ / Một phần / Chưa",
                (
                    Choice("day_du", "Đạt đầy đủ", Decimal(1)),
                    Choice("mot_phan", "Đạt một phần", Decimal("0.5")),
                    Choice("khong", "Chưa thực hiện", Decimal(0)),
                ),
            ),
            AnswerType("percent", "Tỷ lệ %", asks_ratio=True),
            AnswerType("count", "Số lượng", asks_count=True),
            AnswerType("sample_list", "Danh sách mẫu", asks_ratio=True),
            AnswerType("sample_dossiers", "Hồ sơ mẫu", from_records=True),
            AnswerType("headcount", "Kiểm đếm có mặt", from_records=True),
        )
    }
)
"""The answer types this program can ask, show and score."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """``bound`` "min" (at least) or "max" (at most) ``value`` earns ``fraction`` (0 to 1); no value is no limit."""

    bound: str
    value: Decimal | None
    fraction: Decimal


@dataclass(frozen=True, slots=True)
class Section:
    """One of the contents of an inspection (nội dung kiểm tra): ``code`` I, II, …"""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class RatingBand:
    """From ``min`` points of 100 upwards the result is called ``label`` (xếp loại)."""

    min: Decimal
    label: str


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """A legal text. ``status`` "background" is the author's memory and never printed until an office confirmed it."""

    code: str
    title: str
    status: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One question (mục, tiêu chí). ``remedy_days`` are working days, a suggestion to be confirmed by a person."""

    key: str
    code: str
    section: str
    text: str
    answer_type: str
    max_points: Decimal
    na_allowed: bool = False
    evidence: tuple[str, ...] = ()
    legal_basis: tuple[str, ...] = ()
    finding_hint: str = ""
    remedy_days: int | None = None
    numerator_label: str = ""
    denominator_label: str = ""
    count_label: str = ""
    method: str = ""
    fields: tuple[str, ...] = ()
    row_fields: tuple[str, ...] = ()
    thresholds: tuple[Threshold, ...] = ()

    @property
    def type(self) -> AnswerType:
        """The answer type; only of a checked checklist."""
        return ANSWER_TYPES[self.answer_type]


@dataclass(frozen=True, slots=True)
class Notices:
    """What is said about a checklist where it is shown: origin, points, legal texts, bands, status."""

    about: str = ""
    points: str = ""
    legal: str = ""
    bands: str = ""
    status: str = ""


@dataclass(frozen=True)
class Checklist:
    """A checklist of one level of units. Two checklists are the same when their ``hash`` is."""

    level: str
    title: str
    version: str
    sections: tuple[Section, ...]
    items: tuple[Item, ...]
    status: str = "active"
    notices: Notices = Notices()
    rating_bands: tuple[RatingBand, ...] = ()
    legal_index: tuple[LegalBasis, ...] = ()

    def item(self, key: str) -> Item:
        """The item of that permanent key.

        Raises:
            BadInput: ``checklist-item-unknown``.
        """
        found = self._items.get(key)
        if found is None:
            raise BadInput("checklist-item-unknown", item=key, checklist=self.title)
        return found

    def items_of(self, section: str) -> tuple[Item, ...]:
        """The items of one section, in order."""
        return tuple(item for item in self.items if item.section == section)

    def legal(self, code: str) -> LegalBasis | None:
        """The legal text of that code."""
        return next((basis for basis in self.legal_index if basis.code == code), None)

    @property
    def total_points(self) -> Decimal:
        """The sum of all points, 100 in the checklists shipped with the program."""
        return sum((item.max_points for item in self.items), Decimal(0))

    @cached_property
    def canonical(self) -> bytes:
        """The one byte form of this content: UTF-8 JSON, sorted keys, decimals as text, nothing empty."""
        return json.dumps(as_data(self), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the canonical bytes, hex: the identity an inspection pins."""
        return hashlib.sha256(self.canonical).hexdigest()

    @cached_property
    def _items(self) -> dict[str, Item]:
        return {item.key: item for item in self.items}


def as_data(checklist: Checklist) -> dict[str, Any]:
    """Plain JSON values."""
    notices = {f"{name}_note": text for name, text in _filled(checklist.notices).items()}
    return {
        "format": FORMAT,
        "level": checklist.level,
        "title": checklist.title,
        "version": checklist.version,
        "status": checklist.status,
        **notices,
        "rating_bands": [_filled(band) for band in checklist.rating_bands],
        "sections": [_filled(section) for section in checklist.sections],
        "items": [_filled(item) for item in checklist.items],
        "legal_index": {basis.code: _without(_filled(basis), "code") for basis in checklist.legal_index},
    }


def _filled(value: Any) -> dict[str, Any]:
    """The fields of a value object that say something."""
    found = {}
    for known in fields(value):
        content = getattr(value, known.name)
        if known.default is MISSING or content != known.default:
            found[known.name] = _plain(content)
    return found


def _plain(content: object) -> Any:
    if isinstance(content, Decimal):
        return decimal_text(content)
    if isinstance(content, Threshold):
        value = None if content.value is None else decimal_text(content.value)
        return {content.bound: value, "fraction": decimal_text(content.fraction)}
    if isinstance(content, tuple):
        return [_plain(part) for part in content]
    return content


def _without(data: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key != name}


def decimal_text(number: Decimal) -> str:
    """The shortest plain form: "2", "0.5", never "2.0" or "2E+1"."""
    return format(number.normalize() + 0, "f")
