"""Headcounts (kiểm đếm có mặt): who was due and who was there, at one or several places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from inspector.domain.attention import Attention
from inspector.domain.inspection import Headcount
from inspector.domain.scoring import Ratio


@dataclass(frozen=True, slots=True)
class Presence:
    """The sum of several counts; ``counted`` places are in it, ``entering`` ones (no number due yet) are not."""

    due: int = 0
    present: int = 0
    absent_with_reason: int = 0
    absent_without_reason: int = 0
    without_badge: int = 0
    counted: int = 0
    entering: int = 0

    @property
    def ratio(self) -> Ratio | None:
        """1 − (absent without reason ÷ due), the rule of ``headcount``; ``None`` when nobody was due."""
        return Ratio(max(self.due - self.absent_without_reason, 0), self.due) if self.due else None


def presence(counts: Iterable[Headcount]) -> Presence:
    """Add up the counts that are filled in."""
    rows = tuple(counts)
    whole = [row for row in rows if is_complete(row)]
    return Presence(
        due=sum(row.due or 0 for row in whole),
        present=sum(row.present or 0 for row in whole),
        absent_with_reason=sum(row.absent_with_reason or 0 for row in whole),
        absent_without_reason=sum(row.absent_without_reason or 0 for row in whole),
        without_badge=sum(row.without_badge or 0 for row in whole),
        counted=len(whole),
        entering=len(rows) - len(whole),
    )


def is_complete(count: Headcount) -> bool:
    """Somebody was due and it is known how many were there."""
    return count.due is not None and count.present is not None


def attentions(count: Headcount) -> tuple[Attention, ...]:
    """Figures that do not agree: present and absent must add up to due, badges are missing on those present only."""
    found = []
    place = count.place or ""
    numbers = (count.due, count.present, count.absent_with_reason, count.absent_without_reason, count.without_badge)
    if any(number is not None and number < 0 for number in numbers):
        found.append(Attention("headcount-negative", {"place": place}))
    if is_complete(count):
        absent = (count.absent_with_reason or 0) + (count.absent_without_reason or 0)
        seen = (count.present or 0) + absent
        if seen != count.due:
            found.append(Attention("headcount-sum", {"place": place, "sum": seen, "due": count.due}))
        if (count.without_badge or 0) > (count.present or 0):
            found.append(
                Attention("headcount-badges", {"place": place, "badges": count.without_badge, "present": count.present})
            )
    return tuple(found)
