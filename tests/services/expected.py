"""What an inspection should look like: a model in plain values that knows neither log, heads nor projections."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import date, datetime, time
from decimal import ROUND_FLOOR, Decimal
from typing import Any, TypeVar

from inspector.domain import inspection as said

Place = tuple[str, str, str]
"""Entity, record, field."""

T = TypeVar("T")
GONE = "_del"


@dataclass
class Done:
    """One act as the model saw it: what it changed, with the values before, and the records it began."""

    changed: dict[Place, Any] = field(default_factory=dict)
    began: set[tuple[str, str]] = field(default_factory=set)


class Expected:
    """The values of all fields and which act wrote each last."""

    def __init__(self) -> None:
        self.values: dict[Place, Any] = {}
        self.writers: dict[Place, str] = {}
        self.records: dict[tuple[str, str], str] = {}
        self.acts: dict[str, Done] = {}

    def write(self, act: str, entity: str, record: str, values: dict[str, Any]) -> None:
        """An act gives fields values; what already has its value was not changed."""
        done = self.acts.setdefault(act, Done())
        for name, value in values.items():
            place = entity, record, name
            before = self.values.get(place)
            if before == value:
                continue
            if (entity, record) not in self.records:
                self.records[entity, record] = act
                done.began.add((entity, record))
            done.changed.setdefault(place, before)
            self.values[place], self.writers[place] = value, act

    def again(self, act: str, entity: str, record: str, values: dict[str, Any]) -> None:
        """The same for a record that is named by its key: writing it brings it back."""
        if self.values.get((entity, record, GONE)):
            self.write(act, entity, record, {GONE: False})
        self.write(act, entity, record, values)

    def undo(self, act: str, undone: str) -> str | None:
        """Take an act back; the code of the refusal where it cannot be."""
        done = self.acts.get(undone)
        if done is None or not done.changed:
            return "undo-nothing"
        whole = [place for place in self.writers if place[:2] in done.began]
        single = [place for place in done.changed if place[:2] not in done.began]
        if any(self.writers[place] != undone for place in (*whole, *single)):
            return "undo-changed-since"
        for entity, record in done.began:
            self.write(act, entity, record, {GONE: True})
        own = self.acts.setdefault(act, Done())
        for place in single:
            own.changed[place] = self.values[place]
            self.values[place], self.writers[place] = done.changed[place], act
        return None

    def standing(self, entity: str) -> list[str]:
        """The records of an entity that are not deleted."""
        return [record for kind, record in self.records if kind == entity and not self.values.get((kind, record, GONE))]

    def get(self, entity: str, record: str, name: str) -> Any:
        return self.values.get((entity, record, name))

    def last_place(self, entity: str) -> str:
        orders = [Decimal(self.get(entity, record, "order") or 0) for record in self.standing(entity)]
        return str(max(orders, default=Decimal(0)).to_integral_value(ROUND_FLOOR) + 1)

    def inspection(self, begun: said.Inspection) -> said.Inspection:
        """The inspection as begun, with everything that was recorded since."""
        one = begun.id

        def of(name: str) -> Any:
            return self.get("inspection", one, name)

        header = {each.name: _tuple(of(each.name)) for each in fields(said.Header)}
        return said.Inspection(
            **{
                **{each.name: getattr(begun, each.name) for each in fields(said.Inspection)},
                "header": said.Header(**{name: value for name, value in header.items() if value is not None}),
                "status": of("status") or begun.status,
                "unit_opinion": of("unit_opinion"),
                "unchecked_reason": of("unchecked_reason"),
                "opened": _moment(of("opened")),
                "closed": _moment(of("closed")),
                "visit_notice": _cited(of("visit_notice")),
                "scored": bool(of("scored")),
                "team": self._list("team_member", self._member),
                "unit_people": self._list("unit_person", self._unit_person),
                "answers": {answer.item: answer for answer in self._list("answer", self._answer)},
                "evidence": self._list("evidence", self._evidence),
                "dossiers": self._list("dossier", self._dossier, "code"),
                "samples": {sample.item: sample for sample in self._list("dossier_sample", self._sample)},
                "headcounts": self._list("headcount", self._headcount, "at", "place"),
                "findings": self._list("finding", self._finding),
                "sections": {each.section: each for each in self._list("minutes_section", self._section) if each.text},
                "signers": self._list("signer", self._signer),
            }
        )

    def _list(self, entity: str, made: Callable[[str, Callable[[str], Any]], T], *keys: str) -> tuple[T, ...]:
        def place(record: str) -> tuple[Decimal, list[str], str]:
            order = self.get(entity, record, "order")
            named = [str(self.get(entity, record, key) or "") for key in keys]
            return Decimal(10**15 if order is None else order), named, record

        return tuple(self._made(entity, record, made) for record in sorted(self.standing(entity), key=place))

    def _made(self, entity: str, record: str, made: Callable[[str, Callable[[str], Any]], T]) -> T:
        return made(record, lambda name: self.get(entity, record, name))

    def _member(self, record: str, of: Callable[[str], Any]) -> said.TeamMember:
        plain = {name: of(name) for name in ("name", "title", "agency", "role", "substitute_for")}
        lists: dict[str, Any] = {name: tuple(of(name) or ()) for name in ("rights", "contents")}
        return said.TeamMember(id=record, **plain, **lists, attendance=said.Attendance(**(of("attendance") or {})))

    def _unit_person(self, record: str, of: Callable[[str], Any]) -> said.UnitPerson:
        plain = {name: of(name) for name in ("name", "title", "department")}
        return said.UnitPerson(id=record, **plain, attendance=said.Attendance(**(of("attendance") or {})))

    def _answer(self, record: str, of: Callable[[str], Any]) -> said.Answer:
        result, source = dict(of("result") or {}), of("figures_from") or {}
        if result.get("appraised_score") is not None:
            result["appraised_score"] = Decimal(result["appraised_score"])
        scores: dict[str, Any] = {
            name: None if of(name) is None else Decimal(of(name)) for name in ("self_score", "final_score")
        }
        return said.Answer(
            id=record,
            item=of("item"),
            remark=of("remark"),
            source=source.get("source"),
            extracted_at=_instant(source.get("extracted_at")),
            evidence_seen=tuple(of("evidence_seen") or ()),
            **result,
            **scores,
        )

    def _evidence(self, record: str, of: Callable[[str], Any]) -> said.Evidence:
        figure, statement = of("figure") or {}, of("statement") or {}
        links = [
            link for link in self.standing("evidence_link") if self.get("evidence_link", link, "evidence") == record
        ]
        linked = sorted(link for link in links if self.get("evidence_link", link, "linked"))
        subjects = [
            said.Subject(*(self.get("evidence_link", link, name) for name in ("entity", "subject"))) for link in linked
        ]
        return said.Evidence(
            id=record,
            kind=of("kind"),
            document=_cited(of("document")) if of("document") else None,
            figure_name=figure.get("name"),
            figure_value=figure.get("value"),
            figure_unit=figure.get("unit"),
            figure_source=figure.get("source"),
            figure_extracted_at=_instant(figure.get("extracted_at")),
            file=said.StoredFile(**of("file")) if of("file") else None,
            statement=statement.get("text"),
            said_by=statement.get("said_by"),
            said_at=_instant(statement.get("at")),
            caption=of("caption"),
            place=of("place"),
            taken_at=_instant(of("taken_at")),
            rotation=of("rotation") or 0,
            subjects=tuple(subjects),
        )

    def _dossier(self, record: str, of: Callable[[str], Any]) -> said.DossierRow:
        names = [each.name for each in fields(said.DossierRow)]
        plain = {name: of(name) for name in names if name not in ("id", "received", "due", "returned")}
        return said.DossierRow(
            id=record, received=_day(of("received")), due=_moment(of("due")), returned=_moment(of("returned")), **plain
        )

    def _sample(self, record: str, of: Callable[[str], Any]) -> said.DossierSample:
        totals = said.SampleTotals(**of("totals")) if of("totals") else None
        return said.DossierSample(record, of("item"), of("population"), of("method"), of("chosen_by"), totals)

    def _headcount(self, record: str, of: Callable[[str], Any]) -> said.Headcount:
        counts = of("counts") or {}
        return said.Headcount(
            id=record, item=of("item"), place=of("place"), at=_instant(of("at")), note=of("note"), **counts
        )

    def _finding(self, record: str, of: Callable[[str], Any]) -> said.Finding:
        names = [each.name for each in fields(said.Finding)]
        plain = {name: of(name) for name in names if name not in ("id", "legal_bases", "recommendations")}
        tasks = self._list("recommendation", self._recommendation)
        own = [task for task in tasks if self.get("recommendation", task.id, "finding") == record]
        return said.Finding(id=record, legal_bases=tuple(of("legal_bases") or ()), recommendations=tuple(own), **plain)

    def _recommendation(self, record: str, of: Callable[[str], Any]) -> said.Recommendation:
        deadline = of("deadline") or {}
        return said.Recommendation(
            id=record,
            content=of("content"),
            responsible=of("responsible"),
            deadline=_day(deadline.get("date")),
            working_days=deadline.get("working_days"),
            confirmed=bool(deadline.get("confirmed")),
            report_to=of("report_to"),
        )

    def _section(self, record: str, of: Callable[[str], Any]) -> said.SectionText:
        body = of("body") or {}
        return said.SectionText(of("section"), body.get("text", ""), body.get("proposal", ""))

    def _signer(self, record: str, of: Callable[[str], Any]) -> said.Signer:
        outcome = of("outcome") or {}
        plain = {name: of(name) for name in ("side", "position", "capacity", "name")}
        return said.Signer(id=record, **plain, outcome=outcome.get("state"), reason=outcome.get("reason"))


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _moment(value: dict[str, str] | None) -> said.Moment:
    given = value or {}
    hour = given.get("time")
    return said.Moment(_day(given.get("date")), None if hour is None else time.fromisoformat(hour))


def _cited(value: dict[str, str] | None) -> said.Cited:
    given: dict[str, Any] = dict(value or {})
    return said.Cited(**{**given, **({"date": _day(given["date"])} if "date" in given else {})})


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
