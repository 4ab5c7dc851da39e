"""What the first tab shows of an inspection: every item with its sign, every content with its progress.

Made anew from every reading; nothing here computes points, they come from the domain.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum

from inspector.domain.checklist import Item, Section
from inspector.domain.inspection import Answer, Inspection, TeamMember
from inspector.domain.phrases import percent, short_code
from inspector.domain.readiness import lacking_evidence
from inspector.domain.scoring import ItemScore, Ratio, State, Total, total
from inspector.domain.tally import ratio_of
from inspector.domain.text import fold
from inspector.domain.wording import number
from inspector.services.signed_in import Me
from inspector.ui.pages.workspace.open_inspection import OpenInspection
from inspector.ui.painting import Mark


class Saved(Enum):
    """The saved filters."""

    UNCHECKED = "unchecked"
    DISAGREED = "disagreed"
    MINE = "mine"
    BARE = "bare"
    """Answered, and without the evidence that is asked for."""


@dataclass(frozen=True)
class Line:
    """One item as a list shows it. ``figures`` are numerator, denominator and rate of an item answered by numbers."""

    key: str
    code: str
    section: str
    text: str
    mark: Mark
    words: str
    """The result in the checklist's own words; empty for none."""
    points: str
    opinions: int
    """How many values stand against each other, 0 where all agree."""
    attachments: int
    choices: tuple[Mark, ...]
    figures: tuple[str, str, str] | None
    is_count: bool
    """Only the first of the figures is asked for."""
    is_fed: bool
    """Dossiers or headcounts make the figures."""
    is_bare: bool
    is_mine: bool
    folded: str
    """What the filter looks into."""


@dataclass(frozen=True)
class ContentLine:
    """One content: how many items have which sign."""

    code: str
    title: str
    counts: Mapping[Mark, int]
    total: int

    @property
    def checked(self) -> int:
        return self.total - self.counts.get(Mark.UNCHECKED, 0)


@dataclass(frozen=True)
class Board:
    """``points`` is None where the office did not adopt them."""

    lines: tuple[Line, ...] = ()
    contents: tuple[ContentLine, ...] = ()
    whole: ContentLine = ContentLine("", "", {}, 0)
    points: Total | None = None
    member: TeamMember | None = None
    """Who of the team sits here."""

    def of(self, saved: Saved) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if _BELONGS[saved](line))

    def of_content(self, code: str) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.section == code)

    def line(self, key: str) -> Line | None:
        return next((line for line in self.lines if line.key == key), None)


_BELONGS: dict[Saved, Callable[[Line], bool]] = {
    Saved.UNCHECKED: lambda line: line.mark is Mark.UNCHECKED,
    Saved.DISAGREED: lambda line: line.mark is Mark.DISAGREED,
    Saved.MINE: lambda line: line.is_mine,
    Saved.BARE: lambda line: line.is_bare,
}


def board_of(opened: OpenInspection, me: Me | None, known: Known | None = None) -> Board:
    """``me`` is whoever sits here, None until that is known; ``known`` lines are made again only where they changed."""
    inspection, checklist = opened.inspection, opened.checklist
    if checklist is None:
        return Board()
    member = member_of(opened, me) if me is not None else None
    making = _Making(opened, member, Known() if known is None else known)
    scores = {score.key: score for score in opened.scores}
    lines = tuple(making.line(item, scores[item.key]) for item in checklist.items)
    contents = tuple(_content(section, lines) for section in checklist.sections)
    whole = _counted("", "", lines)
    points = total(opened.scores, checklist.rating_bands) if inspection.scored else None
    return Board(lines, contents, whole, points, member)


def member_of(opened: OpenInspection, me: Me) -> TeamMember | None:
    """Who of the team sits here: by person, else by name, since on site a team is often typed."""
    team = opened.inspection.team
    records = opened.sight.records.get("team_member", ())
    known = {record.id for record in records if record.values.get("person") == me.person}
    named = (member for member in team if fold(member.name or "") == fold(me.name))
    return next((member for member in team if member.id in known), None) or next(named, None)


def owners(inspection: Inspection, section: str) -> tuple[TeamMember, ...]:
    """Who answers for a content."""
    return tuple(member for member in inspection.team if section in member.contents)


def mark_of(score: ItemScore) -> Mark:
    """The sign of an item about which nobody disagrees."""
    if score.state is State.NOT_APPLICABLE:
        return Mark.NOT_APPLICABLE
    if score.state is State.UNCHECKED:
        return Mark.UNCHECKED
    if score.fraction is not None:
        return mark_of_fraction(score.fraction)
    given = score.appraised if score.appraised is not None else score.final
    return mark_of_fraction(Decimal(1) if given == score.max_points else Decimal(0) if not given else Decimal("0.5"))


def mark_of_fraction(fraction: Decimal) -> Mark:
    """Everything is met, nothing is not met, between lies a part."""
    return Mark.MET if fraction >= 1 else Mark.NOT_MET if fraction <= 0 else Mark.PARTLY


def choice_marks(item: Item) -> dict[Mark, str]:
    """The values of an item that is answered by choosing, by their signs."""
    return {mark_of_fraction(choice.fraction): choice.value for choice in item.type.choices}


def points_text(value: Decimal | None) -> str:
    """Like "4,02", "2" or a dash where there are none."""
    return "–" if value is None else number(value.normalize() if value else Decimal(0))


class Known(dict[str, "tuple[tuple[object, ...], Line]"]):
    """The lines of former boards, each with all it was made from: one answer changes one line of hundreds."""


class _Making:
    """What every line is made from, looked up once."""

    def __init__(self, opened: OpenInspection, me: TeamMember | None, known: Known) -> None:
        self._opened = opened
        self._known = known
        self._inspection = opened.inspection
        self._bare = lacking_evidence(opened.grounds)
        self._mine = frozenset(me.contents) if me is not None else frozenset()
        self._attached = Counter(
            subject.id
            for piece in self._inspection.evidence
            for subject in piece.subjects
            if subject.entity == "answer"
        )
        self._disputed = Counter(
            place.split("/")[1] for place in self._inspection.conflicts if place.startswith("answer/")
        )

    def line(self, item: Item, score: ItemScore) -> Line:
        answer = self._inspection.answers.get(item.key)
        record = answer.id if answer is not None else ""
        disputed = self._opinions(record) if self._disputed.get(record) else 0
        attached, is_mine = self._attached.get(record, 0), item.section in self._mine
        ratio = ratio_of(self._opened.grounds, item) if item.type.from_records else None
        is_bare = score.state is State.CHECKED and item.key in self._bare
        made_from = (item, answer, score, disputed, attached, is_mine, is_bare, ratio, self._inspection.scored)
        before = self._known.get(item.key)
        if before is None or before[0] != made_from:
            line = self._make(item, score, answer, disputed, ratio)
            before = made_from, replace(line, attachments=attached, is_mine=is_mine, is_bare=is_bare)
            self._known[item.key] = before
        return before[1]

    def _make(self, item: Item, score: ItemScore, answer: Answer | None, disputed: int, ratio: Ratio | None) -> Line:
        mark = Mark.DISAGREED if disputed else mark_of(score)
        code = short_code(item.code)
        remark = (answer.remark or "") if answer is not None else ""
        return Line(
            key=item.key,
            code=code,
            section=item.section,
            text=item.text,
            mark=mark,
            words=_result_words(item, answer),
            points=f"{points_text(score.final)}/{points_text(item.max_points)}" if self._inspection.scored else "",
            opinions=disputed,
            attachments=0,
            choices=tuple(choice_marks(item)),
            figures=_figures(item, answer, ratio),
            is_count=item.type.asks_count,
            is_fed=item.type.from_records,
            is_bare=False,
            is_mine=False,
            folded=fold(f"{code} {item.text} {remark}"),
        )

    def _opinions(self, record: str) -> int:
        """The most values that stand in one field of the answer."""
        sight = self._opened.sight
        fields = [place.split("/")[2] for place in self._inspection.conflicts if place.split("/")[1] == record]
        return max((len(sight.operations("answer", record, field)) for field in fields), default=2)


def _figures(item: Item, answer: Answer | None, ratio: Ratio | None) -> tuple[str, str, str] | None:
    if item.type.from_records:
        return ("", "", "") if ratio is None else _rate(ratio.numerator, ratio.denominator)
    if item.type.asks_ratio:
        return _rate(answer.numerator, answer.denominator) if answer is not None else ("", "", "")
    if item.type.asks_count:
        return ("" if answer is None or answer.count is None else number(answer.count), "", "")
    return None


def _rate(top: int | None, bottom: int | None) -> tuple[str, str, str]:
    rate = percent(top, bottom) if top is not None and bottom else ""
    return ("" if top is None else number(top), "" if bottom is None else number(bottom), rate)


def _result_words(item: Item, answer: Answer | None) -> str:
    if answer is None or answer.not_applicable:
        return ""
    return next((choice.label for choice in item.type.choices if choice.value == answer.value), "")


def _content(section: Section, lines: tuple[Line, ...]) -> ContentLine:
    return _counted(section.code, section.title, tuple(line for line in lines if line.section == section.code))


def _counted(code: str, title: str, lines: tuple[Line, ...]) -> ContentLine:
    return ContentLine(code, title, Counter(line.mark for line in lines), len(lines))
