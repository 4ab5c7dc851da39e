"""From the material to lines of ``record``: one visit at a time, the same lines for the same seed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from random import Random

from inspector.domain.changeset import Json
from inspector.domain.checklist import Checklist, Item
from inspector.domain.dossiers import Totals
from inspector.domain.wording import count
from inspector.services.demonstration.material import GoodAnswer, Material, Season, Shortcoming, Visit
from inspector.services.demonstration.sampling import Row, dossiers, figures

Line = dict[str, Json]
SEED = 2026
_APOLOGIES = "reception.apologies"
"""Answered from the sample, so that the two never contradict each other."""

_WEAK = {"yes_no": "khong", "yes_partial_no": "mot_phan"}
_GOOD = {"yes_no": "co", "yes_partial_no": "day_du"}


@dataclass
class Script:
    """The lines of one visit, and the pictures they attach: file name → scene."""

    visit: str
    lines: list[Line] = field(default_factory=list)
    pictures: dict[str, str] = field(default_factory=dict)

    def add(self, act: str, arguments: Mapping[str, Json], *, inside: bool = True, key: str = "") -> str:
        """One line; returns the reference to what it is about. Empty arguments are left out."""
        identity = f"{self.visit}.{key or len(self.lines)}" if inside else f"{self.visit}{key}"
        line: Line = {"id": identity, "act": act}
        if inside:
            line["inspection"] = f"@{self.visit}"
        line["with"] = {name: value for name, value in arguments.items() if value not in (None, "", [], {})}
        self.lines.append(line)
        return f"@{identity}"

    def picture(self, scene: str) -> str:
        """The name under which a picture of that scene will be drawn."""
        name = f"{self.visit}-{len(self.pictures) + 1:02d}.png"
        self.pictures[name] = scene
        return name


def season_lines(name: str, season: Season) -> list[Line]:
    """What an office prepares before the first visit of a season."""
    script = Script(name)
    script.add("save_letterhead", _texts(season.letterhead), inside=False, key="-letterhead")
    for member in season.team:
        person = {part: member[part] for part in ("name", "title", "agency")} | {"contents": member.get("contents")}
        script.add("save_person", person, inside=False, key=f"-person-{member['key']}")
    return script.lines


@dataclass
class Teller:
    """Tells one visit. Every part draws its numbers apart, so that a change here leaves the others as they are."""

    told: Material
    visit: Visit
    seed: int = SEED

    def before_minutes(self) -> Script:
        """Everything up to the printing of the minutes."""
        script = Script(self.visit.key)
        self._open(script)
        if self.visit.state in ("planned", "cancelled"):
            script.add("change_status", {"status": self.visit.state, "reason": self.visit.reason})
            return script
        self._people(script)
        self._answers(script)
        self._records(script)
        found = {key: self._shortcoming(script, self.told.shortcomings[key]) for key in self.visit.shortcomings}
        self._strengths(script)
        self._evidence(script, found)
        self._paper(script)
        return script

    def after_minutes(self) -> Script:
        """Signing, and what became known afterwards."""
        script = Script(f"{self.visit.key}.s")
        if self.visit.state == "signed":
            scan = script.picture("paper")
            script.add("sign_minutes", {"date": self.visit.date, "scan": scan})
        if self.visit.supplement:
            script.add("add_supplement", _texts(self.visit.supplement))
        for line in script.lines:
            line["inspection"] = f"@{self.visit.key}"
        return script

    def _open(self, script: Script) -> None:
        visit, season = self.visit, self.season
        notice = visit.notice and {**visit.notice, "issuer": "Đoàn kiểm tra", "abstract": "Lịch kiểm tra công tác CCHC"}
        given: dict[str, Json] = {"unit": visit.unit, "form": visit.form, "visit_date": visit.date}
        given |= {"planned": visit.form != "surprise", "period": _texts(season.period)}
        given |= {"plan_reference": _texts(season.plan_reference), "team_decision": _texts(season.team_decision)}
        script.add("open_inspection", given | {"visit_notice": _texts(notice or {})}, inside=False)
        script.add("use_letterhead", {"name": str(season.letterhead["name"])})
        opened: Json = {"date": visit.date, "time": visit.open} if visit.open else None
        closed: Json = {"date": visit.date, "time": visit.close} if visit.close else None
        paper: dict[str, Json] = {"number": visit.number, "venue": visit.venue, "opened": opened, "closed": closed}
        if any(paper.values()):
            script.add("edit_inspection", paper)

    def _people(self, script: Script) -> None:
        visit = self.visit
        for order, member in enumerate(self.season.team, 1):
            key = str(member["key"])
            if (visit.team and key not in visit.team) or (visit.form == "remote" and member["role"] == "invited"):
                continue
            given = {name: member.get(name) for name in ("name", "title", "agency", "role", "contents")}
            script.add("add_member", given | {"person": key, "order": str(order), "attendance": self._attendance(key)})
        if visit.substitute:
            absent = next(member for member in self.season.team if member["key"] == visit.substitute["for"])
            given = {name: visit.substitute[name] for name in ("name", "title", "agency")}
            given |= {"role": "member", "contents": absent["contents"], "substitute_for": absent["name"]}
            script.add("add_member", given | {"person": "substitute", "attendance": {"present": True}, "order": "50"})
        for order, (name, title, room) in enumerate(visit.people, 1):
            person: dict[str, Json] = {"name": name, "title": title, "department": room, "order": str(order)}
            script.add("add_unit_person", person | {"attendance": {"present": True}})

    def _attendance(self, member: str) -> Json:
        """Nobody attends a desk review."""
        if self.visit.form == "remote":
            return None
        reason = self.visit.absent.get(member)
        return {"present": False, "reason": reason} if reason else {"present": True}

    def _answers(self, script: Script) -> None:
        weak = {shortcoming.item: shortcoming for shortcoming in self._shortcomings}
        for item in self._items:
            name = _short(item)
            if name in self.visit.skip:
                if item.na_allowed:
                    reason: Json = {"not_applicable": True, "reason": self.visit.skip_reason}
                    script.add("answer_item", {"item": item.key, "result": reason})
            elif item.type.from_records:
                continue
            elif name in weak:
                self._weak_answer(script, item, weak[name])
            elif name == _APOLOGIES and self._figures.late:
                told = {"numerator": self._figures.late_with_apology, "denominator": self._figures.late}
                given: dict[str, Json] = {"item": item.code, "result": {**told}, "figures_from": self._source("")}
                script.add("answer_item", given)
            else:
                self._good_answer(script, item, self.told.good[name])
        if self.visit.unchecked:
            script.add("settle_unchecked", {"unchecked_reason": self.visit.unchecked})

    def _weak_answer(self, script: Script, item: Item, shortcoming: Shortcoming) -> None:
        numbers = self._numbers(shortcoming)
        result: dict[str, Json] = {}
        if "count" in shortcoming.answer:
            result["count"] = numbers[shortcoming.answer["count"]]
        elif "of" in shortcoming.answer:
            whole = numbers[shortcoming.answer["of"]]
            part = shortcoming.answer.get("part")
            result["numerator"] = numbers[part] if part else whole - numbers[shortcoming.answer["wrong"]]
            result["denominator"] = whole
        else:
            result["value"] = _WEAK[item.answer_type]
        given: dict[str, Json] = {"item": item.code, "result": result}
        if item.type.asks_ratio or item.type.asks_count:
            given["figures_from"] = self._source(self.told.good[_short(item)].system)
        if self.visit.scored:
            given["self_score"] = str(item.max_points)
        script.add("answer_item", given)
        if self.visit.scored:
            half = (item.max_points / 2).quantize(Decimal("0.01"))
            script.add("score_item", {"item": item.code, "final_score": str(half)})

    def _good_answer(self, script: Script, item: Item, good: GoodAnswer) -> None:
        rng = self._rng(item.key)
        result: dict[str, Json] = {}
        if item.type.asks_ratio:
            whole = rng.randint(*good.of)
            result = {"numerator": min(whole, round(whole * rng.uniform(*good.rate) + 0.49)), "denominator": whole}
        elif item.type.asks_count:
            result = {"count": good.count}
        else:
            result = {"value": _GOOD[item.answer_type]}
        words = self._words | {"n": count(rng.randint(*good.n))}
        given: dict[str, Json] = {"item": item.code, "result": result, "remark": good.remark.format(**words)}
        if item.type.asks_ratio or item.type.asks_count:
            given["figures_from"] = self._source(good.system)
        if self.visit.scored:
            given["self_score"] = str(item.max_points)
        script.add("answer_item", given)
        if good.seen:
            script.add("see_evidence", {"item": item.code, "evidence_seen": [t.format(**words) for t in good.seen]})
        if good.document:
            script.add("cite_document", {"item": item.code, "document": self._document(good.document, rng)})

    def _source(self, system: str) -> Json:
        """Figures come out of a system on the day, or out of what the unit reported before."""
        if system:
            return {"source": system, "extracted_at": f"{self.visit.date}T08:45"}
        return {"source": f"báo cáo của {self.visit.short}"}

    def _document(self, wanted: Mapping[str, Json], rng: Random) -> Json:
        year, month = self.season.year, int(str(wanted["month"]))
        number = f"{rng.randint(4, 30) * month:02d}/{wanted['symbol']}-{self.visit.mark}"
        day = date(year, month, rng.randint(4, 26)).isoformat()
        abstract = str(wanted["abstract"]).format(**self._words)
        return {"number": number, "date": day, "issuer": self.visit.short, "abstract": abstract}

    def _records(self, script: Script) -> None:
        if (wanted := self.visit.sample) is not None:
            for row in self._dossiers:
                script.add("add_dossier", row)
            totals: Json = dict(wanted.totals) if wanted.totals else None
            drawn: dict[str, Json] = {"population": wanted.population, "method": wanted.method, "totals": totals}
            script.add("describe_sample", drawn | {"chosen_by": self._member("land" if self._has("land") else "lead")})
            figure: Json = {
                "name": "Hồ sơ giải quyết trong kỳ",
                "value": str(wanted.population),
                "unit": "hồ sơ",
                "source": "Hệ thống thông tin giải quyết TTHC tỉnh",
                "extracted_at": f"{self.visit.date}T08:40",
            }
            item = next(item for item in self._checklist.items if item.answer_type == "sample_dossiers")
            script.add("note_figure", {"item": item.code, "figure": figure})
        for place, hour, *counts, note in self.visit.heads:
            names = ("due", "present", "absent_with_reason", "absent_without_reason", "without_badge")
            counted: Json = dict(zip(names, counts, strict=True))
            given: dict[str, Json] = {"place": place, "at": f"{self.visit.date}T{hour}", "counts": counted}
            script.add("count_heads", given | {"note": note})

    def _shortcoming(self, script: Script, told: Shortcoming) -> str:
        words = self._words | {name: count(number) for name, number in self._numbers(told).items()}
        given: dict[str, Json] = {"kind": "shortcoming", "item": self._key(told.item), "severity": told.severity}
        given |= {"content": told.content.format(**words), "facts": told.facts.format(**words)}
        given |= {"cause_internal": told.internal, "cause_external": told.external}
        laws: Json = [self.season.laws[name] for name in told.law if name in self.season.laws]
        finding = script.add("add_finding", given | {"legal_bases": laws}, key=told.key)
        for wanted in told.recommend:
            who, what = str(wanted["who"]).format(**words), str(wanted["text"]).format(**words)
            asked: dict[str, Json] = {"finding": finding, "content": what, "responsible": who}
            script.add("add_recommendation", asked | {"deadline": self._deadline(wanted), "report_to": "Sở Nội vụ"})
        if told.opinion and self.visit.form != "remote":
            script.add("state_opinion_on", {"finding": finding, "unit_opinion": told.opinion})
        return finding

    def _deadline(self, wanted: Mapping[str, Json]) -> Json:
        if "days" in wanted:
            return {"working_days": wanted["days"], "confirmed": True}
        last = self.told.calendar.add_working_days(date.fromisoformat(self.visit.date), int(str(wanted["date"])))
        return {"date": last.isoformat(), "confirmed": True}

    def _strengths(self, script: Script) -> None:
        for key in (*self.visit.strengths, *self.visit.practices):
            told = self.told.strengths[key]
            given: dict[str, Json] = {"kind": told.kind, "section": told.section, "facts": told.facts}
            script.add("add_finding", given | {"content": told.content.format(**self._words)}, key=key)

    def _evidence(self, script: Script, found: Mapping[str, str]) -> None:
        for key, who, text, hour in self.visit.statements:
            said: Json = {"said_by": who, "text": text, "at": f"{self.visit.date}T{hour}"}
            script.add("note_statement", {"finding": found[key], "statement": said})
        for key, text in self.visit.comments:
            script.add("add_comment", {"entity": "finding", "subject": found[key], "text": text})
        for scene, caption, place, hour in self.visit.photos:
            self._photo(script, scene, {"caption": caption, "place": place}, hour)
        if self.visit.form == "remote":
            return
        for minute, (key, finding) in enumerate(found.items(), 31):
            if photo := self.told.shortcomings[key].photo:
                about = {name: photo[name].format(**self._words) for name in ("caption", "place")}
                self._photo(script, photo["scene"], about | {"finding": finding}, f"09:{minute}")

    def _photo(self, script: Script, scene: str, about: Mapping[str, str], hour: str) -> None:
        taken: dict[str, Json] = {"path": script.picture(scene), "taken_at": f"{self.visit.date}T{hour}"}
        script.add("attach_file", taken | dict(about))

    def _paper(self, script: Script) -> None:
        visit = self.visit
        if visit.conclusion:
            body: Json = {"text": visit.conclusion}
            script.add("write_section", {"section": "conclusion", "body": body})
        if visit.opinion:
            script.add("state_opinion", {"unit_opinion": visit.opinion})
        for order, (side, position, capacity, name, *outcome) in enumerate(visit.signers, 1):
            signer: dict[str, Json] = {"side": side, "position": position, "capacity": capacity, "name": name}
            signed: Json = {"state": outcome[0], "reason": outcome[1]} if outcome else {"state": "signed"}
            script.add("add_signer", signer | {"order": str(order), "outcome": signed})
        if visit.state != "open":
            script.add("change_status", {"status": "finished"})

    @property
    def season(self) -> Season:
        return self.told.seasons[self.visit.season]

    @cached_property
    def _checklist(self) -> Checklist:
        return self.told.checklists[self.visit.level]

    @cached_property
    def _items(self) -> Sequence[Item]:
        """The items that were checked or left out with a reason."""
        wanted = [item for item in self._checklist.items if not self.visit.only or _short(item) in self.visit.only]
        return [item for item in wanted if not self.visit.sections or item.section in self.visit.sections]

    @cached_property
    def _shortcomings(self) -> Sequence[Shortcoming]:
        return [self.told.shortcomings[key] for key in self.visit.shortcomings]

    @cached_property
    def _dossiers(self) -> list[Row]:
        return dossiers(self.told, self.visit, self._rng("dossiers"))

    @cached_property
    def _words(self) -> dict[str, str]:
        place = self.season.places[self.visit.level]
        return {"unit": self.visit.short, "head": self.visit.head, "year": str(self.season.year), **place}

    def _numbers(self, told: Shortcoming) -> dict[str, int]:
        if told.source == "dossiers":
            return self._dossier_numbers()
        if told.source == "heads":
            return self._head_numbers()
        rng = self._rng(told.key)
        return {name: rng.randint(*bounds) for name, bounds in told.numbers.items()}

    @cached_property
    def _figures(self) -> Totals:
        return figures(self.told, self.visit, self._dossiers)

    def _dossier_numbers(self) -> dict[str, int]:
        found = self._figures
        silent = found.late - found.late_with_apology
        numbers = {"checked": found.checked, "late": found.late, "longest": found.longest_delay, "silent": silent}
        return numbers | {"no_slip": found.no_control_slip}

    def _head_numbers(self) -> dict[str, int]:
        columns = ("due_heads", "present", "excused", "gone", "no_badge")
        return {name: sum(int(row[2 + place]) for row in self.visit.heads) for place, name in enumerate(columns)}

    def _key(self, short: str) -> str:
        return f"{self.visit.level}.{short}"

    def _has(self, member: str) -> bool:
        if self.visit.team:
            return member in self.visit.team
        return any(row["key"] == member for row in self.season.team) and member not in self.visit.absent

    def _member(self, key: str) -> str:
        return str(next(row["name"] for row in self.season.team if row["key"] == key))

    def _rng(self, part: str) -> Random:
        return Random(f"{self.seed}/{self.visit.key}/{part}")  # noqa: S311  -- a story, not a secret


def _short(item: Item) -> str:
    """The item's key without its level: the same question at every level."""
    return item.key.split(".", 1)[1]


def _texts(row: Mapping[str, object]) -> dict[str, Json]:
    return {name: value for name, value in row.items() if isinstance(value, str | int | list)}


def scripts(told: Material, seed: int = SEED) -> Iterator[Teller]:
    """The visits in the order in which they took place."""
    return (Teller(told, visit, seed) for visit in told.visits)
