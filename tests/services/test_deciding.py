"""Deciding where people disagree: both texts stay until somebody who saw them chose, and both stay in the history."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from inspector.domain.changeset import Write
from inspector.domain.errors import BadInput, Refused
from inspector.domain.ids import natural_id
from inspector.domain.registers import DELETED, ConflictClass
from inspector.services.case import Case
from inspector.services.deciding import Line, lines, without_information
from tests.services.laptops import Laptop, deliver, exchange

KEY, ITEM = "commune.steering.annual_plan", "X-I.1"
Another = Callable[..., Laptop]
Pair = tuple[Laptop, Laptop]


@pytest.fixture
def pair(laptop: Laptop, inspection: str, another: Another) -> Pair:
    other = another()
    deliver(laptop, other, inspection)
    return laptop, other


def remark(laptop: Laptop, inspection: str, text: str) -> None:
    laptop.act("remark_item", {"item": ITEM, "remark": text}, inspection)


@pytest.fixture
def apart(pair: Pair, inspection: str) -> Pair:
    """Two remarks on one item, written from the same text."""
    mine, theirs = pair
    remark(mine, inspection, "Ban hành")
    exchange(mine, theirs, inspection)
    remark(mine, inspection, "Ban hành chậm")
    remark(theirs, inspection, "Ban hành đúng hạn")
    exchange(mine, theirs, inspection)
    return pair


def told(laptop: Laptop, inspection: str) -> tuple[Line, ...]:
    return without_information(lines(laptop.desk, inspection))


def only(laptop: Laptop, inspection: str) -> Line:
    (line,) = told(laptop, inspection)
    return line


def decide(laptop: Laptop, inspection: str, line: Line, **given: object) -> None:
    at = {"entity": line.at.entity, "record": line.at.id, "field": line.at.field}
    laptop.act("decide", {**at, **given}, inspection, seen=line.seen)


def standing(laptop: Laptop, inspection: str) -> list[object]:
    return list(laptop.heads(inspection, "answer", natural_id(inspection, "answer", KEY), "remark"))


# -------------------------------------------------------- what is shown


def test_one_line_has_both_texts_their_authors_and_what_both_saw(apart: Pair, inspection: str) -> None:
    line = only(apart[0], inspection)
    assert (line.at.kind, line.at.is_open, line.field, line.base) == (ConflictClass.C2, True, "Nhận xét", "Ban hành")
    assert line.record.startswith("I.1 ")
    assert [(one.letter, one.words, one.who[0].name, one.who[0].agency) for one in line.opinions] == [
        ("A", "Ban hành chậm", "Nguyễn Văn An", "Sở Nội vụ"),
        ("B", "Ban hành đúng hạn", "Trần Thị Bình", "Sở Tài chính"),
    ]
    assert {one.saw for one in line.opinions} == {"Ban hành"}


def test_everybody_sees_the_same_lines(apart: Pair, inspection: str) -> None:
    assert lines(apart[0].desk, inspection) == lines(apart[1].desk, inspection)


def test_different_beginnings_have_no_base(apart: Pair, inspection: str, another: Another) -> None:
    third = another("Lê Văn Chín")
    deliver(apart[0], third, inspection)
    third.act("remark_item", {"item": ITEM, "remark": "Chưa xem"}, inspection, seen={"remark": []})
    deliver(third, apart[0], inspection)
    line = only(apart[0], inspection)
    assert line.base is None
    assert sorted((one.words, one.saw) for one in line.opinions) == [
        ("Ban hành chậm", "Ban hành"),
        ("Ban hành đúng hạn", "Ban hành"),
        ("Chưa xem", ""),
    ]


def test_the_same_text_of_two_people_is_one_opinion(apart: Pair, inspection: str, another: Another) -> None:
    third = another("Lê Văn Chín")
    deliver(apart[0], third, inspection)
    third.act("remark_item", {"item": ITEM, "remark": "Ban hành chậm"}, inspection, seen={"remark": []})
    deliver(third, apart[0], inspection)
    line = only(apart[0], inspection)
    assert [len(one.who) for one in line.opinions] in ([2, 1], [1, 2])


def test_other_fields_of_a_record_are_information_and_no_work(pair: Pair, inspection: str) -> None:
    mine, theirs = pair
    remark(mine, inspection, "Ban hành")
    exchange(mine, theirs, inspection)
    mine.act("score_item", {"item": ITEM, "self_score": "1"}, inspection)
    remark(theirs, inspection, "Ban hành chậm")
    exchange(mine, theirs, inspection)
    (line,) = lines(mine.desk, inspection)
    assert (line.at.kind, line.at.is_open) == (ConflictClass.C1, False)
    assert {"Nhận xét: Ban hành chậm", "Điểm tự chấm: 1"} <= {one.words for one in line.opinions}


def test_a_caption_may_stay_open(pair: Pair, inspection: str) -> None:
    mine, theirs = pair
    piece = mine.act("cite_document", {"document": {"number": "1/KH"}, "item": ITEM}, inspection).ref
    exchange(mine, theirs, inspection)
    for laptop, text in ((mine, "Quầy 1"), (theirs, "Quầy 2")):
        laptop.act("edit_evidence", {"evidence": piece, "caption": text}, inspection)
    exchange(mine, theirs, inspection)
    line = only(mine, inspection)
    assert (line.at.kind, line.at.is_open) == (ConflictClass.MINOR, False)
    decide(mine, inspection, line, keep=line.opinions[0].keep)
    assert only(mine, inspection).decided == line.opinions[0].words


# -------------------------------------------------------- deciding


@pytest.mark.parametrize("kept", [0, 1])
def test_keeping_one_opinion_ends_it_everywhere(apart: Pair, inspection: str, kept: int) -> None:
    mine, theirs = apart
    line = only(mine, inspection)
    decide(mine, inspection, line, keep=line.opinions[kept].keep)
    exchange(mine, theirs, inspection)
    for laptop in apart:
        assert standing(laptop, inspection) == [line.opinions[kept].words]
        assert laptop.read(inspection).conflicts == ()
        settled = only(laptop, inspection)
        assert (settled.at.is_open, settled.decided) == (False, line.opinions[kept].words)
        assert settled.by is not None
        assert settled.by.name == "Nguyễn Văn An"
        assert [one.words for one in settled.opinions] == [one.words for one in line.opinions]


def test_a_combined_text_takes_the_place_of_both(apart: Pair, inspection: str) -> None:
    line = only(apart[0], inspection)
    decide(apart[0], inspection, line, value="Ban hành chậm 12 ngày", why="Xem dấu công văn đến")
    settled = only(apart[0], inspection)
    assert standing(apart[0], inspection) == ["Ban hành chậm 12 ngày"]
    assert (settled.decided, settled.why) == ("Ban hành chậm 12 ngày", "Xem dấu công văn đến")


def test_the_decision_names_every_value(apart: Pair, inspection: str) -> None:
    line = only(apart[0], inspection)
    decide(apart[0], inspection, line, keep=line.opinions[0].keep)
    last = apart[0].change_sets(inspection)[-1]
    assert set(last.writes[0].parents) == set(line.at.operations)
    assert last.payload == {"between": [*last.writes[0].parents]}


def test_a_group_is_combined_as_json(pair: Pair, inspection: str) -> None:
    mine, theirs = pair
    for laptop, value in ((mine, "day_du"), (theirs, "khong")):
        laptop.act("answer_item", {"item": ITEM, "result": {"value": value}}, inspection)
    exchange(mine, theirs, inspection)
    line = only(mine, inspection)
    assert [one.words for one in line.opinions] == ["đạt đầy đủ", "chưa thực hiện"]
    decide(mine, inspection, line, value='{"value": "mot_phan", "appraised_score": "1"}')
    assert mine.read(inspection).answers[KEY].value == "mot_phan"


@pytest.mark.parametrize(("value", "code"), [("mot_phan", "decide-not-json"), ('{"x": 1}', "value-unknown-member")])
def test_a_group_takes_no_other_text(pair: Pair, inspection: str, value: str, code: str) -> None:
    mine, theirs = pair
    for laptop, chosen in ((mine, "day_du"), (theirs, "khong")):
        laptop.act("answer_item", {"item": ITEM, "result": {"value": chosen}}, inspection)
    exchange(mine, theirs, inspection)
    with pytest.raises(BadInput, match=code):
        decide(mine, inspection, only(mine, inspection), value=value)


def test_an_opinion_that_comes_while_deciding_leaves_it_open(apart: Pair, inspection: str, another: Another) -> None:
    mine = apart[0]
    line = only(mine, inspection)
    third = another("Lê Văn Chín")
    deliver(mine, third, inspection)
    third.act("remark_item", {"item": ITEM, "remark": "Chưa ban hành"}, inspection, seen={"remark": []})
    deliver(third, mine, inspection)
    assert only(mine, inspection).code != line.code
    decide(mine, inspection, line, keep=line.opinions[0].keep)
    left = only(mine, inspection)
    assert left.at.is_open
    assert sorted(map(str, standing(mine, inspection))) == ["Ban hành chậm", "Chưa ban hành"]


def test_deciding_again_changes_the_decision(apart: Pair, inspection: str) -> None:
    mine = apart[0]
    first = only(mine, inspection)
    decide(mine, inspection, first, keep=first.opinions[0].keep)
    again = only(mine, inspection)
    decide(mine, inspection, again, keep=again.opinions[1].keep)
    decide(mine, inspection, only(mine, inspection), value="Ban hành ngày 20/02")
    settled = only(mine, inspection)
    assert settled.decided == "Ban hành ngày 20/02"
    assert [one.words for one in settled.opinions] == [one.words for one in first.opinions]


def test_a_decision_is_not_undone_but_made_again(apart: Pair, inspection: str) -> None:
    mine = apart[0]
    line = only(mine, inspection)
    at = {"entity": "answer", "record": line.at.id, "field": "remark", "keep": line.opinions[0].keep}
    mine.act("decide", at, inspection, act="act-1", seen=line.seen)
    with pytest.raises(Refused, match="undo-decision"):
        mine.act("undo", {"undone": "act-1"}, inspection)


def test_two_leads_who_decide_differently_disagree_again(apart: Pair, inspection: str) -> None:
    mine, theirs = apart
    for laptop, place in ((mine, 0), (theirs, 1)):
        line = only(laptop, inspection)
        decide(laptop, inspection, line, keep=line.opinions[place].keep)
    exchange(mine, theirs, inspection)
    assert only(mine, inspection).at.is_open
    assert lines(mine.desk, inspection) == lines(theirs.desk, inspection)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"field": "score"}, "decide-unknown-field"),
        ({"field": "self_score", "value": "1"}, "nothing-to-decide"),
        ({"keep": "a" * 32 + ".0"}, "seen-unknown"),
        ({}, "decide-one-way"),
    ],
)
def test_what_cannot_be_decided_is_said(apart: Pair, inspection: str, given: dict[str, str], code: str) -> None:
    line = only(apart[0], inspection)
    at = {"entity": "answer", "record": line.at.id, "field": "remark"}
    with pytest.raises((BadInput, Refused)) as caught:
        apart[0].act("decide", {**at, **given}, inspection)
    assert caught.value.code == code


def test_only_who_may_decide_decides(laptop: Laptop, inspection: str, another: Another) -> None:
    member = another("Trần Thị Bình", ("write",))
    deliver(laptop, member, inspection)
    remark(laptop, inspection, "Ban hành chậm")
    remark(member, inspection, "Ban hành đúng hạn")
    exchange(laptop, member, inspection)
    line = only(member, inspection)
    with pytest.raises(Refused, match="right-missing"):
        decide(member, inspection, line, keep=line.opinions[0].keep)
    assert only(laptop, inspection).at.is_open


def test_what_the_office_plans_is_decided_by_who_plans(laptop: Laptop, inspection: str, another: Another) -> None:
    lead = another("Lê Quốc Việt", ("write", "draft", "decide"))
    office = another("Phạm Thị Dung")
    for other in (lead, office):
        deliver(laptop, other, inspection)
    for other, day in ((laptop, "2026-11-27"), (office, "2026-11-28")):
        other.act("edit_inspection", {"visit_date": day}, inspection)
        deliver(other, lead, inspection)
    line = only(lead, inspection)
    with pytest.raises(Refused) as caught:
        decide(lead, inspection, line, keep=line.opinions[0].keep)
    assert caught.value.params["right"] == "plan"


def test_a_finished_record_is_decided_with_a_reason(apart: Pair, inspection: str) -> None:
    mine = apart[0]
    line = only(mine, inspection)
    mine.act("change_status", {"status": "finished"}, inspection)
    with pytest.raises(Refused, match="reason-needed"):
        decide(mine, inspection, line, keep=line.opinions[0].keep)
    decide(mine, inspection, line, keep=line.opinions[0].keep, why="Đã đối chiếu sổ")
    assert only(mine, inspection).why == "Đã đối chiếu sổ"


# -------------------------------------------------------- deleted by one, edited by another


@pytest.fixture
def torn(pair: Pair, inspection: str) -> tuple[Laptop, Laptop, str]:
    """A finding that one removed while the other went on writing."""
    mine, theirs = pair
    finding = mine.act("add_finding", {"kind": "shortcoming", "content": "Chậm"}, inspection).ref
    exchange(mine, theirs, inspection)
    mine.act("remove_finding", {"finding": finding}, inspection)
    theirs.act("edit_finding", {"finding": finding, "content": "Chậm 12 ngày"}, inspection)
    exchange(mine, theirs, inspection)
    return mine, theirs, finding


def test_the_edit_stays_visible_until_somebody_decided(torn: tuple[Laptop, Laptop, str], inspection: str) -> None:
    mine, _, finding = torn
    line = only(mine, inspection)
    assert (line.at.kind, line.at.field, line.at.is_open) == (ConflictClass.C3, DELETED, True)
    assert [one.words for one in line.opinions] == ["Xóa", "Nội dung: Chậm 12 ngày"]
    assert [one.content for one in mine.read(inspection).findings if one.id == finding] == ["Chậm 12 ngày"]


def test_keeping_the_edit_keeps_the_record(torn: tuple[Laptop, Laptop, str], inspection: str) -> None:
    mine, theirs, _ = torn
    line = only(mine, inspection)
    decide(mine, inspection, line, keep=line.opinions[1].keep)
    exchange(mine, theirs, inspection)
    assert [one.content for one in theirs.read(inspection).findings] == ["Chậm 12 ngày"]
    assert theirs.read(inspection).conflicts == ()
    assert only(theirs, inspection).decided == "Giữ lại"


def test_confirming_the_deletion_hides_the_record(torn: tuple[Laptop, Laptop, str], inspection: str) -> None:
    mine, theirs, finding = torn
    line = only(mine, inspection)
    decide(mine, inspection, line, keep=line.opinions[0].keep)
    exchange(mine, theirs, inspection)
    assert theirs.read(inspection).findings == ()
    assert theirs.workspace.disagreements(inspection) == []
    assert "Chậm 12 ngày" in theirs.heads(inspection, "finding", finding, "content")
    again = only(mine, inspection)
    assert again.decided == "Xóa"
    decide(mine, inspection, again, keep=again.opinions[1].keep)
    assert [one.content for one in mine.read(inspection).findings] == ["Chậm 12 ngày"]


def test_a_text_nobody_saw_is_not_deleted(torn: tuple[Laptop, Laptop, str], inspection: str) -> None:
    mine, theirs, finding = torn
    line = only(mine, inspection)
    theirs.act("edit_finding", {"finding": finding, "facts": "Sổ công văn"}, inspection)
    deliver(theirs, mine, inspection)
    decide(mine, inspection, line, keep=line.opinions[0].keep)
    assert only(mine, inspection).at.is_open
    assert [one.facts for one in mine.read(inspection).findings] == ["Sổ công văn"]


def test_a_field_of_a_torn_record_is_decided_with_it(torn: tuple[Laptop, Laptop, str], inspection: str) -> None:
    mine, _, finding = torn
    at = {"entity": "finding", "record": finding, "field": "content", "value": "Chậm"}
    with pytest.raises(Refused, match="nothing-to-decide"):
        mine.act("decide", at, inspection)


# -------------------------------------------------------- duplicates


def test_findings_merged_into_different_ones_are_decided(pair: Pair, inspection: str) -> None:
    """Nothing is lost: all three stay, and each text can be read."""
    mine, theirs = pair
    one, two, three = (
        mine.act("add_finding", {"kind": "shortcoming", "content": text}, inspection).ref for text in ("a", "b", "c")
    )
    exchange(mine, theirs, inspection)
    mine.act("merge_findings", {"finding": one, "into": two}, inspection)
    theirs.act("merge_findings", {"finding": one, "into": three}, inspection)
    exchange(mine, theirs, inspection)
    assert {finding.content for finding in mine.read(inspection).printed_findings} == {"a", "b", "c"}
    line = only(mine, inspection)
    assert sorted(opinion.words for opinion in line.opinions) == ["Phát hiện: b", "Phát hiện: c"]
    decide(mine, inspection, line, keep=line.opinions[0].keep)
    found = mine.read(inspection)
    assert len(found.printed_findings) == 2
    assert {finding.content for finding in found.findings} == {"a", "b", "c"}


# -------------------------------------------------------- the rule itself


def _names_one(self: Case, entity: str, record: str, field: str, value: object) -> None:
    self.writes.append(Write(entity, record, field, value, self.seen_of(entity, record, field)[:1]))  # type: ignore[arg-type]  # a value of the log


def _names_none(self: Case, entity: str, record: str, field: str, value: object) -> None:
    self.writes.append(Write(entity, record, field, value, ()))  # type: ignore[arg-type]  # as above


def _names_unseen(self: Case, entity: str, record: str, field: str, value: object) -> None:
    stands = tuple(head.operation for head in self.standing(entity, record))
    self.writes.append(Write(entity, record, field, value, stands))  # type: ignore[arg-type]  # as above


def _leaves_equal_alone(self: Case, entity: str, record: str, field: str, value: object) -> None:
    self.put(entity, record, {field: value} if value not in [h.value for h in self.standing(entity, record)] else {})  # type: ignore[dict-item]  # as above


MUTANTS = {
    "names one parent": _names_one,
    "names none": _names_none,
    "names what nobody saw": _names_unseen,
    "writes nothing where the value stands already": _leaves_equal_alone,
}


@contextmanager
def mutated(monkeypatch: pytest.MonkeyPatch, settle: object) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setattr(Case, "settle", settle)
        yield


@pytest.mark.parametrize("mutant", MUTANTS)
def test_mutants_of_the_rule_are_killed(
    mutant: str,
    laptop: Laptop,
    another: Another,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each of them fails one of the tests above."""
    killed = []
    with mutated(monkeypatch, MUTANTS[mutant]):
        for proof in ("apart", "torn"):
            inspection = laptop.begin()
            other = another()
            deliver(laptop, other, inspection)
            try:
                if proof == "apart":
                    test_keeping_one_opinion_ends_it_everywhere(
                        apart.__wrapped__((laptop, other), inspection),  # type: ignore[attr-defined]  # the fixture itself
                        inspection,
                        0,
                    )
                else:
                    test_a_text_nobody_saw_is_not_deleted(
                        torn.__wrapped__((laptop, other), inspection),  # type: ignore[attr-defined]  # as above
                        inspection,
                    )
            except (AssertionError, Refused, BadInput, ValueError):
                killed.append(proof)
    assert killed
