"""From answers to points: one item, one section, one inspection.

Scoring is off until an office adopts the points; nothing here decides that. Numbers are decimals throughout. Points are
rounded to two places, half up, once per item; totals add the rounded points and are scaled to 100 by what was checked:
an item that does not apply leaves the denominator, and an item not yet checked is left out and counted apart.

Three scores of one item stand side by side: what the unit gave itself (``self``), what the team's answer is worth or
the team says instead (``appraised``), and what was decided in the end (``final``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from inspector.domain.attention import Attention
from inspector.domain.checklist import Checklist, Item, RatingBand, Threshold
from inspector.domain.errors import Refused
from inspector.domain.inspection import Answer

_CENT = Decimal("0.01")
MAX_FIGURE = 10**12


@dataclass(frozen=True, slots=True)
class Ratio:
    """``numerator`` good ones out of ``denominator`` looked at."""

    numerator: int
    denominator: int


class State(StrEnum):
    """Whether an item was checked (chưa kiểm tra, đã kiểm tra, không áp dụng)."""

    UNCHECKED = "unchecked"
    CHECKED = "checked"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class ItemScore:
    """The scores of one item. ``proposed`` follows from the answer; ``appraised`` and ``final`` fall back to it."""

    key: str
    section: str
    max_points: Decimal
    state: State
    fraction: Decimal | None = None
    proposed: Decimal | None = None
    self_score: Decimal | None = None
    appraised: Decimal | None = None
    final: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """Points over the items that have them: ``points`` of ``max_points``, and ``of_100``; ``None`` without any."""

    points: Decimal
    max_points: Decimal

    @property
    def of_100(self) -> Decimal | None:
        return rounded(self.points * 100 / self.max_points) if self.max_points else None


@dataclass(frozen=True, slots=True)
class Total:
    """A section or an inspection. ``max_points`` counts every item that applies, checked or not.

    ``unchecked`` items are in no sum ("chưa gồm N mục"); while there are any, ``band``, which rates ``final``, is
    provisional.
    """

    items: int
    max_points: Decimal
    self_score: Sum
    appraised: Sum
    final: Sum
    unchecked: int
    not_applicable: int
    band: RatingBand | None = None

    @property
    def complete(self) -> bool:
        return not self.unchecked


def rounded(points: Decimal) -> Decimal:
    """Two decimals, half up."""
    return points.quantize(_CENT, ROUND_HALF_UP)


def check_answer(item: Item, answer: Answer) -> tuple[Attention, ...]:
    """What is odd about an answer that is acceptable.

    Raises:
        Refused: the answer cannot be an answer to this item (codes ``answer-…``, ``score-…``; params name the item).
    """
    for score in (answer.self_score, answer.appraised_score, answer.final_score):
        _check_score(item, score)
    if answer.not_applicable:
        _check_not_applicable(item, answer)
        return ()
    _check_choice(item, answer)
    _check_figures(item, answer)
    return tuple(_attentions(item, answer))


def _check_score(item: Item, score: Decimal | None) -> None:
    if score is None:
        return
    if not score.is_finite() or not 0 <= score <= item.max_points:
        raise Refused("score-out-of-range", item=item.code, score=score, max=item.max_points)
    if score != rounded(score):
        raise Refused("score-too-fine", item=item.code, score=score)


def _check_not_applicable(item: Item, answer: Answer) -> None:
    if not item.na_allowed:
        raise Refused("answer-na-not-allowed", item=item.code)
    if not (answer.reason or "").strip():
        raise Refused("answer-na-needs-reason", item=item.code)


def _check_choice(item: Item, answer: Answer) -> None:
    if answer.value is None:
        return
    if not item.type.choices:
        raise Refused("answer-takes-no-choice", item=item.code, value=answer.value)
    if answer.value not in {choice.value for choice in item.type.choices}:
        known = ", ".join(choice.value for choice in item.type.choices)
        raise Refused("answer-choice-unknown", item=item.code, value=answer.value, known=known)


def _check_figures(item: Item, answer: Answer) -> None:
    ratio = (answer.numerator, answer.denominator)
    takes_ratio = item.type.asks_ratio or item.type.from_records
    if not takes_ratio and ratio != (None, None):
        raise Refused("answer-takes-no-ratio", item=item.code)
    if not item.type.asks_count and answer.count is not None:
        raise Refused("answer-takes-no-count", item=item.code)
    for figure in (*ratio, answer.count):
        if figure is not None and not 0 <= figure <= MAX_FIGURE:
            raise Refused("answer-figure-range", item=item.code, figure=figure)
    if answer.denominator == 0:
        raise Refused("answer-denominator-zero", item=item.code, label=item.denominator_label)


def _attentions(item: Item, answer: Answer) -> Iterable[Attention]:
    top, bottom = answer.numerator, answer.denominator
    if (top is None) != (bottom is None):
        yield Attention("answer-ratio-incomplete", {"item": item.code})
    if top is not None and bottom is not None and top > bottom:
        yield Attention("answer-numerator-above", {"item": item.code, "numerator": top, "denominator": bottom})
    proposed = points(item, proposed_fraction(item, answer))
    given = answer.appraised_score
    if given is not None and given != proposed and not (answer.appraised_reason or "").strip():
        yield Attention("score-appraised-without-reason", {"item": item.code, "score": given, "proposed": proposed})


def proposed_fraction(item: Item, answer: Answer, counted: Ratio | None = None) -> Decimal | None:
    """The part of the points (0 to 1) the answer earns, ``None`` while it is not answered or does not apply.

    ``counted`` is what dossiers or headcounts add up to; for items fed by records it goes before typed figures.
    """
    if answer.not_applicable:
        return None
    if item.type.choices:
        return next((c.fraction for c in item.type.choices if c.value == answer.value), None)
    if item.type.asks_count:
        if answer.count is None:
            return None
    elif _ratio(item, answer, counted) is None:
        return None
    step = reached_step(item, answer, counted)
    return step.fraction if step else Decimal(0)


def reached_step(item: Item, answer: Answer, counted: Ratio | None = None) -> Threshold | None:
    """The threshold that figures reach; ``None`` where there are no figures, or none is reached."""
    if item.type.asks_count:
        return None if answer.count is None else _count_step(item.thresholds, answer.count)
    ratio = _ratio(item, answer, counted)
    return None if ratio is None else _ratio_step(item.thresholds, ratio)


def _ratio(item: Item, answer: Answer, counted: Ratio | None) -> Ratio | None:
    found = (counted if item.type.from_records else None) or _typed_ratio(answer)
    return found if found is not None and found.denominator > 0 else None


def _typed_ratio(answer: Answer) -> Ratio | None:
    if answer.numerator is None or answer.denominator is None:
        return None
    return Ratio(answer.numerator, answer.denominator)


def _ratio_step(thresholds: Iterable[Threshold], ratio: Ratio) -> Threshold | None:
    """The best threshold reached; compared without dividing, so that nothing is rounded before it is judged."""
    reached = (t for t in thresholds if t.value is None or ratio.numerator * 100 >= t.value * ratio.denominator)
    return max(reached, key=lambda t: t.value or Decimal(0), default=None)


def _count_step(thresholds: Iterable[Threshold], count: int) -> Threshold | None:
    """The first step, in the order written, that the count meets."""
    for step in thresholds:
        if step.value is None or (count <= step.value if step.bound == "max" else count >= step.value):
            return step
    return None


def points(item: Item, fraction: Decimal | None) -> Decimal | None:
    """Points of a fraction, two decimals, half up."""
    return None if fraction is None else rounded(item.max_points * fraction)


def item_score(item: Item, answer: Answer | None, counted: Ratio | None = None) -> ItemScore:
    """The scores of one item; without an answer it is unchecked, unless records were counted for it."""
    answer = answer or Answer(id="", item=item.key)
    if answer.not_applicable:
        return ItemScore(item.key, item.section, item.max_points, State.NOT_APPLICABLE)
    fraction = proposed_fraction(item, answer, counted)
    proposed = points(item, fraction)
    appraised = proposed if answer.appraised_score is None else answer.appraised_score
    final = appraised if answer.final_score is None else answer.final_score
    state = State.UNCHECKED if final is None else State.CHECKED
    own = answer.self_score
    return ItemScore(item.key, item.section, item.max_points, state, fraction, proposed, own, appraised, final)


def score_items(
    checklist: Checklist, answers: Mapping[str, Answer], counted: Mapping[str, Ratio] | None = None
) -> tuple[ItemScore, ...]:
    """Every item of the checklist, in order; ``answers`` and ``counted`` by item key."""
    ratios = counted or {}
    return tuple(item_score(item, answers.get(item.key), ratios.get(item.key)) for item in checklist.items)


def total(scores: Iterable[ItemScore], bands: Iterable[RatingBand] = ()) -> Total:
    """What the items add up to, and how that is rated."""
    rows = tuple(scores)
    applicable = [row for row in rows if row.state is not State.NOT_APPLICABLE]
    final = _sum((row.max_points, row.final) for row in applicable)
    return Total(
        items=len(rows),
        max_points=sum((row.max_points for row in applicable), Decimal(0)),
        self_score=_sum((row.max_points, row.self_score) for row in applicable),
        appraised=_sum((row.max_points, row.appraised) for row in applicable),
        final=final,
        unchecked=sum(row.state is State.UNCHECKED for row in rows),
        not_applicable=len(rows) - len(applicable),
        band=rating(final.of_100, bands),
    )


def section_totals(checklist: Checklist, scores: Iterable[ItemScore]) -> dict[str, Total]:
    """The total of every section of the checklist, by its code, in order."""
    rows = tuple(scores)
    return {s.code: total(row for row in rows if row.section == s.code) for s in checklist.sections}


def rating(of_100: Decimal | None, bands: Iterable[RatingBand]) -> RatingBand | None:
    """The band of a result as shown, that is after rounding."""
    reached = (band for band in bands if of_100 is not None and of_100 >= band.min)
    return max(reached, key=lambda band: band.min, default=None)


def _sum(pairs: Iterable[tuple[Decimal, Decimal | None]]) -> Sum:
    given = [(top, score) for top, score in pairs if score is not None]
    return Sum(sum((score for _, score in given), Decimal(0)), sum((top for top, _ in given), Decimal(0)))
