import ast
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from string import Formatter

import pytest

from inspector.domain import readiness as module
from inspector.domain.checklist import LegalBasis
from inspector.domain.grounds import Grounds, grounds
from inspector.domain.inspection import (
    Attendance,
    Cited,
    DossierRow,
    Finding,
    Headcount,
    Inspection,
    Recommendation,
    SectionText,
    Signer,
    TeamMember,
)
from inspector.domain.readiness import Condition, Group, Place, readiness
from tests.domain.visits import answer, answers, calendar, commune, dossier, empty, full, key, remote, surprise

MESSAGES = json.loads((Path(__file__).parents[2] / "resources" / "messages" / "paper.json").read_text(encoding="utf-8"))


def drawn(inspection: Inspection, **law: LegalBasis) -> Grounds:
    return grounds(inspection, commune(), calendar(), law)


def codes(inspection: Inspection, group: Group) -> list[str]:
    return [condition.code for condition in readiness(drawn(inspection)).of(group)]


def one(inspection: Inspection, code: str, **problems: str) -> Condition:
    found = [each for each in readiness(drawn(inspection), photo_problems=problems).conditions if each.code == code]
    assert len(found) == 1, [each.code for each in readiness(drawn(inspection)).conditions]
    return found[0]


def test_an_empty_inspection_names_all_that_must_be_done() -> None:
    assert codes(empty(), Group.MUST) == [
        "minutes-unit-missing",
        "minutes-form-missing",
        "minutes-date-missing",
        "minutes-items-unchecked",
        "minutes-lead-missing",
        "minutes-team-signer-missing",
        "minutes-unit-signer-missing",
    ]
    assert codes(empty(), Group.DONE) == []
    assert not readiness(drawn(empty())).open


def test_without_a_checklist_it_is_asked_for() -> None:
    found = readiness(grounds(full(), None, calendar(), {})).of(Group.MUST)
    assert [(each.code, each.places) for each in found] == [
        ("minutes-checklist-missing", (Place("inspection", "visit", "checklist"),))
    ]


def test_a_full_inspection_waits_only_for_its_unchecked_items() -> None:
    visit = full()
    assert codes(visit, Group.MUST) == ["minutes-items-unchecked"]
    assert codes(visit, Group.LOOK) == [
        "minutes-evidence-missing",
        "minutes-source-missing",
        "minutes-copies-missing",
        "minutes-law-unconfirmed",
        "minutes-deadline-unconfirmed",
    ]
    assert codes(visit, Group.DONE) == [
        "minutes-people-complete",
        "minutes-signers-complete",
        "minutes-dossiers-complete",
        "minutes-headcounts-complete",
        "minutes-photos-complete",
    ]


def test_one_reason_of_the_lead_settles_unchecked_items() -> None:
    visit = replace(full(), unchecked_reason="Hết thời gian.")
    found = one(visit, "minutes-unchecked-explained")
    assert readiness(drawn(visit)).open
    assert found.params == {"count": 39, "items": "I.5, I.6, I.7, I.8, I.10, …", "reason": "Hết thời gian"}
    assert found.places[0] == Place("item", key("I.5"))


def test_nothing_but_an_answer_or_counted_records_checks_an_item() -> None:
    visit = replace(
        empty(), answers=answers(answer("I.1", remark="Xem sau"), answer("I.5", not_applicable=True, reason="không"))
    )
    counted = replace(visit, headcounts=(Headcount("h", due=4, present=4, absent_without_reason=0),))
    assert one(visit, "minutes-items-unchecked").params["count"] == 49
    assert one(counted, "minutes-items-unchecked").params["count"] == 48


def test_disagreements_keep_the_minutes_closed_and_lead_to_their_fields() -> None:
    found = one(replace(full(), undecided=("answer/a1/result", "finding/f1/content")), "minutes-disagreements")
    assert found.group is Group.MUST
    assert found.places == (Place("answer", "a1", "result"), Place("finding", "f1", "content"))


def test_a_remote_inspection_needs_nobody_of_the_unit() -> None:
    found = [*codes(remote(), Group.MUST), *codes(remote(), Group.LOOK)]
    assert not {"minutes-unit-signer-missing", "minutes-unit-people-missing", "minutes-opinion-missing"} & set(found)
    with_unit = replace(remote(), signers=full().signers)
    assert one(with_unit, "minutes-unit-signer-remote").places == (Place("signer", "s1"),)


def test_a_surprise_needs_no_notice_and_says_when_there_is_one() -> None:
    assert one(surprise(), "minutes-notice-of-surprise").group is Group.LOOK
    announced = replace(surprise(), visit_notice=Cited())
    assert not {code for code in codes(announced, Group.LOOK) if "notice" in code or "plan" in code}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"header": replace(full().header, number=" ")}, "minutes-number-missing"),
        ({"header": replace(full().header, venue=None, place=None)}, "minutes-head-incomplete"),
        ({"header": replace(full().header, recipients=())}, "minutes-recipients-missing"),
        ({"team_decision": Cited("412/QĐ-UBND")}, "minutes-decision-incomplete"),
        ({"plan_reference": Cited()}, "minutes-plan-incomplete"),
        ({"visit_notice": Cited()}, "minutes-notice-incomplete"),
        ({"period_end": None}, "minutes-period-missing"),
        ({"period_end": date(2025, 1, 1)}, "minutes-period-reversed"),
        ({"opened": replace(full().opened, time=None)}, "minutes-opening-missing"),
        ({"closed": replace(full().closed, date=None)}, "minutes-closing-missing"),
        ({"unit_opinion": None}, "minutes-opinion-missing"),
        ({"unit_people": ()}, "minutes-unit-people-missing"),
        ({"team": full().team[:1]}, "minutes-secretary-missing"),
        ({"signers": (*full().signers, Signer("s4", "other"))}, "minutes-signer-incomplete"),
        (
            {"signers": (*full().signers[1:], replace(full().signers[0], outcome="refused"))},
            "minutes-refusal-unexplained",
        ),
        ({"findings": (Finding("f", "strength"),)}, "minutes-finding-empty"),
        ({"findings": (Finding("f", "shortcoming", "Sai"),)}, "minutes-finding-without-task"),
        ({"answers": answers(answer("I.2", numerator=21, denominator=20))}, "minutes-figures-odd"),
        ({"headcounts": (Headcount("h", due=4),)}, "minutes-headcount-incomplete"),
        ({"headcounts": (Headcount("h", due=38, present=37),)}, "minutes-headcount-odd"),
        ({"dossiers": (DossierRow("d", code="H1"),)}, "minutes-dossiers-incomplete"),
        (
            {"dossiers": (replace(dossier(1, "", date(2026, 1, 9), date(2026, 1, 9)), received=date(2026, 2, 1)),)},
            "minutes-dossiers-odd",
        ),
        ({"dossiers": (dossier(1, "", date(2031, 1, 9), date(2031, 2, 9)),)}, "minutes-calendar-missing"),
        (
            {"team": (*full().team, TeamMember("m9", "Trần Văn Bé"))},
            "minutes-attendance-open",
        ),
        (
            {"team": (*full().team, TeamMember("m9", attendance=Attendance(False)))},
            "minutes-absence-unexplained",
        ),
    ],
)
def test_what_will_be_printed_as_dots_or_reads_oddly_is_worth_a_look(change: dict[str, object], code: str) -> None:
    assert code not in codes(full(), Group.LOOK)
    found = one(replace(full(), **change), code)  # type: ignore[arg-type]  # fields of Inspection, as typed
    assert found.group is Group.LOOK
    assert found.places or code == "minutes-calendar-missing"


@pytest.mark.parametrize(
    ("task", "code"),
    [
        (Recommendation("r", responsible="A", deadline=date(2026, 12, 1)), "minutes-task-empty"),
        (Recommendation("r", "Làm", deadline=date(2026, 12, 1)), "minutes-task-without-doer"),
        (Recommendation("r", "Làm", "A"), "minutes-deadline-missing"),
        (Recommendation("r", "Làm", "A", working_days=15), "minutes-deadline-unconfirmed"),
    ],
)
def test_a_recommendation_is_asked_for_what_it_lacks(task: Recommendation, code: str) -> None:
    visit = replace(full(), findings=(Finding("f", "shortcoming", "Sai", recommendations=(task,)),))
    assert [c.code for c in readiness(drawn(visit)).of(Group.LOOK) if "task" in c.code or "deadline" in c.code] == [
        code
    ]
    assert one(visit, code).places[0].id == "r"


def test_findings_are_complete_once_every_deadline_is_confirmed() -> None:
    task = Recommendation("r", "Làm", "A", working_days=15, confirmed=True)
    visit = replace(full(), findings=(Finding("f", "shortcoming", "Sai", recommendations=(task,)),))
    assert one(visit, "minutes-findings-complete").params == {"count": 1, "tasks": 1}


def test_photos_that_cannot_be_printed_are_named() -> None:
    found = readiness(drawn(full()), photo_problems={"photo-1": "blob-missing", "photo-2": "picture-damaged"})
    told = {each.code: each.params for each in found.of(Group.LOOK) if "photos" in each.code}
    assert told == {
        "minutes-photos-missing": {"count": 1, "total": 2, "names": "Hồ sơ H20.52-261001 trên hệ thống"},
        "minutes-photos-damaged": {"count": 1, "total": 2, "names": "Quầy số 3"},
    }


def test_a_law_is_no_longer_held_back_once_it_was_confirmed() -> None:
    found = one(full(), "minutes-law-unconfirmed")
    assert found.params["laws"] == "Luật Cán bộ, công chức (bản năm 2025 và văn bản hướng dẫn hiện hành)"
    assert found.places == (Place("finding", "f3", "legal_bases"),)
    confirmed = drawn(full(), LCBCC=LegalBasis("LCBCC", "Luật Cán bộ, công chức", "confirmed"))
    assert "minutes-law-unconfirmed" not in {each.code for each in readiness(confirmed).conditions}


def test_a_section_edited_before_more_was_recorded_is_named() -> None:
    visit = replace(full(), sections={"strengths": SectionText("strengths", "Viết lại.", "- Điều cũ.")})
    found = one(visit, "minutes-section-behind")
    assert (found.params, found.places) == (
        {"count": 1, "names": "Ưu điểm"},
        (Place("minutes_section", "strengths"),),
    )


def test_every_condition_has_a_sentence_that_its_parameters_fill() -> None:
    tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    assert {text for text in texts if text.startswith("minutes-")} == set(MESSAGES)
    visits = (empty(), full(), remote(), surprise(), replace(full(), unchecked_reason="x", conflicts=("a/b/c",)))
    for visit in visits:
        for condition in readiness(drawn(visit)).conditions:
            names = {name for _, name, _, _ in Formatter().parse(MESSAGES[condition.code]) if name}
            assert names <= set(condition.params), condition.code
