"""A person at a desk who does random valid things, and a model that says what must come of them."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from inspector.domain.errors import Refused
from inspector.domain.ids import natural_id
from tests.services.expected import GONE, Expected
from tests.services.laptops import VISIT, Laptop

ITEMS = ("X-I.1", "X-I.3", "X-I.5", "X-III.5")
WORDS = ("Kế hoạch", "chậm", "so với", "Ủy ban", "đường đất", "Hoà", "Thuỷ", "20/02", "&", "<b>", '"x"', "😀")


class Player:
    """Plays on one inspection of one laptop."""

    def __init__(self, laptop: Laptop, seed: int) -> None:
        self.chance = random.Random(seed)
        self.laptop = laptop
        self.inspection = laptop.begin()
        self.begun = laptop.read(self.inspection)
        assert self.begun.checklist is not None
        checklist = laptop.desk.library.checklist(self.begun.checklist.hash)
        self.items = {item.code: item for item in checklist.items if item.code in ITEMS}
        self.model = Expected()
        for name, value in (("status", "open"), ("planned", True)):
            self.model.write("begun", "inspection", self.inspection, {name: value})
        self.done: list[tuple[str, dict[str, Any]]] = []
        self.ids: list[str] = []
        self.calls: list[tuple[str, str, dict[str, Any], Callable[[str, str], None]]] = []

    def play(self, steps: int) -> None:
        for _ in range(steps):
            self.chance.choice(_MOVES)(self)

    def expected(self) -> Any:
        return self.model.inspection(self.begun)

    # what is typed

    def text(self) -> str:
        return " ".join(self.chance.choices(WORDS, k=self.chance.randint(1, 12)))

    def lines(self) -> list[str]:
        return [self.text() for _ in range(self.chance.randint(1, 3))]

    def maybe(self, **given: Callable[[], Any]) -> dict[str, Any]:
        """Some of the arguments, now and then one that empties its field."""
        chosen = {name: made for name, made in given.items() if self.chance.random() < 0.6}
        return {name: None if self.chance.random() < 0.1 else made() for name, made in chosen.items()}

    def one_of(self, *values: Any) -> Callable[[], Any]:
        return lambda: self.chance.choice(values)

    def order(self) -> str:
        return self.chance.choice(("0", "1", "2.5", "-1", "10"))

    def moment(self) -> dict[str, str]:
        return {"date": VISIT, "time": f"{self.chance.randint(7, 17):02}:30"}

    def pick(self, entity: str) -> str | None:
        return self.chance.choice(self.model.standing(entity) or [None])

    # what is done

    def act(self, name: str, given: dict[str, Any], model: Callable[[str, str], None]) -> None:
        """Do it for real, then in the model, which is told the act's id and the record."""
        act = f"act-{len(self.done)}"
        self.done.append((name, given))
        receipt = self.laptop.act(name, given, self.inspection, act=act)
        self.ids.append(act)
        model(act, receipt.ref)
        self.calls.append((act, name, given, model))

    def undo_last(self) -> None:
        self.undo(self.ids[-1] if self.ids else None)

    def undo_and_repeat(self) -> None:
        """Take the last thing back and do it again by hand."""
        if self.calls:
            self.undo(self.calls[-1][0])
            self.repeat(1)

    def repeat(self, of_last: int = 3) -> None:
        """Something done lately, once more with the same words, as long as what it names is there."""
        if not self.calls:
            return
        _, name, given, model = self.chance.choice(self.calls[-of_last:])
        named = {value for value in given.values() if isinstance(value, str)}
        gone = {record for kind, record in self.model.records if self.model.get(kind, record, GONE)}
        full = name == "add_signer" and len(self.model.standing("signer")) >= 6
        if not (named & gone or full or name == "restore_record" or name.startswith("remove_")):
            self.act(name, given, model)

    def put(self, name: str, entity: str, given: dict[str, Any], *, named: str = "", fixed: Any = None) -> None:
        """An act that writes what it is given to one record; ``named`` is the argument that names the record."""
        values = {key: value for key, value in given.items() if key != named} | (fixed or {})
        self.act(name, given, lambda act, ref: self.model.again(act, entity, ref, values))

    def undo(self, undone: str | None = None) -> None:
        undone = undone or self.chance.choice(self.ids or ["nothing"])
        act = f"act-{len(self.done)}"
        self.done.append(("undo", {"undone": undone}))
        expected = self.model.undo(act, undone)
        try:
            self.laptop.act("undo", {"undone": undone}, self.inspection, act=act)
            found = None
            self.ids.append(act)
        except Refused as refusal:
            found = refusal.code
        assert found == expected, (undone, found, expected)

    def remove(self) -> None:
        act, entity, named = self.chance.choice(_REMOVABLE)
        if (record := self.pick(entity)) is not None:
            self.act(act, {named: record}, lambda id_, ref: self.model.write(id_, entity, record, {GONE: True}))

    def restore(self) -> None:
        gone = [(kind, record) for kind, record in self.model.records if self.model.values.get((kind, record, GONE))]
        if gone:
            entity, record = self.chance.choice(gone)
            given = {"entity": entity, "record": record}
            self.act("restore_record", given, lambda act, ref: self.model.write(act, entity, record, {GONE: False}))

    def edit_inspection(self) -> None:
        given = self.maybe(
            superior_body=self.text, team_name=self.text, number=self.text, symbol=self.text, place=self.text,
            venue=self.text, summary=self.text, legal_bases=self.lines, recipients=self.lines, copies=self.one_of(1, 4),
            pages=self.one_of(5), opened=self.moment, closed=self.moment,
            visit_notice=lambda: {"number": self.text(), "date": VISIT},
        )  # fmt: skip
        self.put("edit_inspection", "inspection", given)

    def small_fields(self) -> None:
        name, field, value = self.chance.choice(
            (
                ("state_opinion", "unit_opinion", self.text()),
                ("settle_unchecked", "unchecked_reason", self.text()),
                ("adopt_scoring_here", "scored", self.chance.random() < 0.5),
                ("change_status", "status", self.chance.choice(("planned", "open", "finished"))),
            )
        )
        self.put(name, "inspection", {field: value})

    def member(self) -> None:
        given = self.maybe(
            title=self.text, agency=self.text, contents=self.lines, substitute_for=self.text, order=self.order,
            attendance=lambda: {"present": False, "reason": self.text()},
        )  # fmt: skip
        given = {name: value for name, value in given.items() if value is not None}
        given |= {"name": self.text(), "role": self.chance.choice(("lead", "member", "secretary"))}
        person = self.chance.choice(("p1", "p2", "p3", None))
        if person is not None:
            given["person"] = person
        self.act("add_member", given, lambda act, ref: self._member(act, ref, given))

    def _member(self, act: str, ref: str, given: dict[str, Any]) -> None:
        known = ("team_member", ref) in self.model.records and not self.model.get("team_member", ref, GONE)
        order = {} if known else {"order": self.model.last_place("team_member")}
        self.model.again(act, "team_member", ref, {**order, **given})

    def edit_member(self) -> None:
        if (record := self.pick("team_member")) is not None:
            given = {"member": record, **self.maybe(title=self.text, agency=self.text, order=self.order)}
            self.put("edit_member", "team_member", given, named="member")

    def unit_person(self) -> None:
        given = {"name": self.text(), "order": self.order(), "title": self.text()}
        self.put("add_unit_person", "unit_person", given)

    def answer(self) -> None:
        code = self.chance.choice(list(self.items))
        item = self.items[code]
        if item.na_allowed and self.chance.random() < 0.3:
            result: dict[str, Any] = {"not_applicable": True, "reason": self.text()}
        elif item.type.choices:
            result = {"value": self.chance.choice(item.type.choices).value}
        elif item.type.asks_count:
            result = {"count": self.chance.randint(0, 9)}
        else:
            result = {"numerator": self.chance.randint(0, 9), "denominator": 9}
        if self.chance.random() < 0.3:
            result |= {"appraised_score": "0.5", "appraised_reason": self.text()}
        given = self.maybe(
            result=lambda: result, remark=self.text, self_score=self.one_of("1", "0.25"),
            figures_from=lambda: {"source": self.text(), "extracted_at": "2026-11-26T09:10:00"},
        )  # fmt: skip
        self.put("answer_item", "answer", {"item": code, **given}, fixed={"item": item.key})

    def remark(self) -> None:
        code = self.chance.choice(list(self.items))
        given = {"item": code, "remark": self.text()}
        self.put("remark_item", "answer", given, fixed={"item": self.items[code].key})

    def dossier(self) -> None:
        given = self.maybe(
            procedure=self.text, area=self.text, received=self.one_of("2026-10-01"), due=self.moment,
            returned=self.moment, apology=self.one_of(True, False), control_slip=self.one_of(True, False),
            extra_papers=self.one_of(True, False), origin=self.one_of("own", "handed_over"), note=self.text,
        )  # fmt: skip
        given["code"] = self.chance.choice(("0001", "0002", "0003"))
        self.put("add_dossier", "dossier", given, fixed={"item": self.items["X-III.5"].key})

    def sample(self) -> None:
        given = self.maybe(
            population=self.one_of(100, 320), method=self.text, chosen_by=self.text,
            totals=lambda: {"checked": 30, "late": self.chance.randint(0, 5)},
        )  # fmt: skip
        self.put("describe_sample", "dossier_sample", given, fixed={"item": self.items["X-III.5"].key})

    def headcount(self) -> None:
        given: dict[str, Any] = {
            "place": self.chance.choice(("Một cửa", "Phòng Kinh tế")),
            "at": self.chance.choice(("2026-11-26T08:15:00", "2026-11-26T13:30:00")),
            "counts": {"due": 9, "present": self.chance.randint(0, 9)},
            "note": self.text(),
        }
        self.put("count_heads", "headcount", given, fixed={"item": self.count_item})

    @property
    def count_item(self) -> str | None:
        checklist = self.laptop.desk.library.checklist(self.begun.checklist.hash)  # type: ignore[union-attr]  # it has one
        return next(item.key for item in checklist.items if item.answer_type == "headcount")

    def finding(self) -> None:
        given = self.maybe(
            content=self.text, facts=self.text, severity=self.one_of("minor", "serious"), legal_bases=self.lines,
            cause_internal=self.text, cause_external=self.text, order=self.order, section=self.one_of("I", "III"),
        )  # fmt: skip
        kind = {"kind": self.chance.choice(("strength", "good_practice", "shortcoming"))}
        self.put("add_finding", "finding", given | kind)

    def edit_finding(self) -> None:
        if (record := self.pick("finding")) is not None:
            given = {"finding": record, **self.maybe(content=self.text, facts=self.text, order=self.order)}
            self.put("edit_finding", "finding", given, named="finding")

    def opinion_on(self) -> None:
        if (record := self.pick("finding")) is not None:
            given = {"finding": record, "unit_opinion": self.text()}
            self.put("state_opinion_on", "finding", given, named="finding")

    def recommendation(self) -> None:
        if (record := self.pick("finding")) is not None:
            given = self.maybe(content=self.text, responsible=self.text, report_to=self.text, order=self.order)
            given |= {"finding": record, "deadline": self.chance.choice(({"date": "2026-12-20"}, {"working_days": 10}))}
            self.put("add_recommendation", "recommendation", given)

    def evidence(self) -> None:
        act, argument, kind, value = self.chance.choice(
            (
                ("cite_document", "document", "document", {"number": self.text(), "date": VISIT}),
                ("note_figure", "figure", "figure", {"name": self.text(), "value": "12"}),
                ("note_statement", "statement", "statement", {"text": self.text(), "said_by": self.text()}),
            )
        )
        to = {name: record for name in ("finding", "dossier") if (record := self.pick(name))}

        def model(id_: str, ref: str) -> None:
            self.model.write(id_, "evidence", ref, {"kind": kind, argument: value})
            for entity, subject in to.items():
                self._link(id_, ref, entity, subject, True)

        self.act(act, {argument: value, **to}, model)

    def link(self) -> None:
        piece, finding = self.pick("evidence"), self.pick("finding")
        if piece is not None and finding is not None:
            linked = self.chance.random() < 0.5
            name = "link_evidence" if linked else "unlink_evidence"
            given = {"evidence": piece, "finding": finding}
            self.act(name, given, lambda act, ref: self._link(act, piece, "finding", finding, linked))

    def _link(self, act: str, piece: str, entity: str, subject: str, linked: bool) -> None:
        link = natural_id(self.inspection, "evidence_link", piece, entity, subject)
        values = {"evidence": piece, "entity": entity, "subject": subject, "linked": linked}
        self.model.again(act, "evidence_link", link, values)

    def turn(self) -> None:
        if (record := self.pick("evidence")) is not None:
            given = {"evidence": record, "rotation": self.chance.choice((0, 90, 180, 270))}
            self.put("rotate_photo", "evidence", given, named="evidence")

    def section(self) -> None:
        given = {
            "section": self.chance.choice(("scope", "method")),
            "body": {"text": self.text(), "proposal": self.text()},
        }
        self.put("write_section", "minutes_section", given)

    def signer(self) -> None:
        if len(self.model.standing("signer")) < 6:
            given = {"side": self.chance.choice(("team", "unit")), "position": self.text(), "name": self.text()}
            given |= self.maybe(capacity=self.text, outcome=lambda: {"state": "absent", "reason": self.text()})
            self.put("add_signer", "signer", {name: value for name, value in given.items() if value is not None})


_REMOVABLE = (
    ("remove_member", "team_member", "member"),
    ("remove_unit_person", "unit_person", "unit_person"),
    ("remove_dossier", "dossier", "dossier"),
    ("remove_headcount", "headcount", "headcount"),
    ("remove_finding", "finding", "finding"),
    ("remove_recommendation", "recommendation", "recommendation"),
    ("remove_evidence", "evidence", "evidence"),
    ("remove_signer", "signer", "signer"),
)

_MOVES: tuple[Callable[[Player], None], ...] = (
    Player.undo, Player.undo_last, Player.undo_last, Player.undo_and_repeat, Player.undo_and_repeat, Player.repeat,
    Player.repeat, Player.remove, Player.restore, Player.edit_inspection, Player.small_fields, Player.member,
    Player.edit_member, Player.unit_person, Player.answer, Player.answer, Player.remark, Player.dossier, Player.sample,
    Player.headcount, Player.finding, Player.finding, Player.edit_finding, Player.opinion_on, Player.recommendation,
    Player.evidence, Player.evidence, Player.link, Player.turn, Player.section, Player.signer,
)  # fmt: skip
