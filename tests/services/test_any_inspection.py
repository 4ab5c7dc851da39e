"""Whatever people recorded, in whatever order and however odd: readiness and the paper are made of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from inspector.domain.grounds import grounds
from inspector.domain.inspection import (
    Answer,
    Attendance,
    Cited,
    DossierRow,
    DossierSample,
    Evidence,
    Finding,
    Headcount,
    Header,
    Inspection,
    Moment,
    Recommendation,
    SampleTotals,
    SectionText,
    Signer,
    StoredFile,
    Subject,
    Supplement,
    TeamMember,
    UnitPerson,
    UnitSnapshot,
)
from inspector.domain.minutes import Origin
from inspector.domain.readiness import Group, readiness
from inspector.domain.sections import SECTIONS
from inspector.services.minutes_paper import compose_minutes, compose_supplement
from tests.domain.visits import calendar, commune

ORIGIN = Origin("visit", datetime(2026, 11, 26, 10, tzinfo=UTC))

TEXT = st.none() | st.sampled_from(("", " ", ".", "Có & <b> {{ x }}", "một\nhai;\n", "Chữ", "“", "5", "NQ76", "LCBCC"))
TYPED = TEXT.map(lambda text: text or "")
DAY = st.none() | st.dates() | st.dates(date(2025, 6, 1), date(2026, 12, 31))
INSTANT = st.none() | st.datetimes() | st.datetimes(timezones=st.just(UTC))
COUNT = st.none() | st.integers(0, 10**12)
FLAG = st.none() | st.booleans()
ID = st.sampled_from("abc")
ITEM = st.sampled_from([item.key for item in commune().items] + ["không có"])
MOMENT = st.builds(Moment, DAY, st.none() | st.times())
CITED = st.builds(Cited, TEXT, DAY, TEXT, TEXT)
FILE = st.none() | st.builds(
    StoredFile, st.just("0" * 64), st.just("a.jpg"), st.sampled_from(("image/jpeg", "application/pdf")), st.just(1)
)
ATTENDANCE = st.builds(Attendance, FLAG, TEXT)
TASKS = st.lists(st.builds(Recommendation, ID, TEXT, TEXT, DAY, COUNT, st.booleans(), TEXT), max_size=2).map(tuple)
LAWS = st.lists(st.sampled_from(("NQ76", "LCBCC", "Nội quy")), max_size=2).map(tuple)
SUBJECT = st.builds(Subject, st.sampled_from(("answer", "finding")), ID)


def some(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(strategy, max_size=3).map(tuple)


ANSWER = st.builds(
    Answer,
    ID,
    ITEM,
    value=st.none() | st.sampled_from(("co", "khong", "day_du", "la")),
    numerator=COUNT,
    denominator=COUNT,
    count=COUNT,
    not_applicable=st.booleans(),
    reason=TEXT,
    remark=TEXT,
    source=TEXT,
    extracted_at=INSTANT,
)
DOSSIER = st.builds(
    DossierRow,
    ID,
    st.none() | ITEM,
    TEXT,
    TEXT,
    TEXT,
    DAY,
    MOMENT,
    MOMENT,
    FLAG,
    FLAG,
    FLAG,
    FLAG,
    st.sampled_from((None, "own", "handed_over")),
)
FINDING = st.builds(
    Finding,
    ID,
    st.sampled_from(("strength", "good_practice", "shortcoming")),
    TEXT,
    TEXT,
    st.sampled_from((None, "I", "XX")),
    st.none() | ITEM,
    legal_bases=LAWS,
    cause_internal=TEXT,
    unit_opinion=TEXT,
    repeats=TEXT,
    merged_into=st.none() | ID,
    recommendations=TASKS,
)
EVIDENCE = st.builds(
    Evidence,
    ID,
    st.just("file"),
    st.none() | CITED,
    TEXT,
    TEXT,
    TEXT,
    TEXT,
    INSTANT,
    FILE,
    TEXT,
    TEXT,
    INSTANT,
    TEXT,
    subjects=some(SUBJECT),
)
INSPECTION = st.builds(
    Inspection,
    st.just("visit"),
    unit=st.builds(UnitSnapshot, name=TEXT, kind=TEXT, body_name=TEXT),
    form=st.sampled_from((None, "on_site", "remote", "surprise", "other")),
    planned=FLAG,
    plan_reference=CITED,
    team_decision=CITED,
    visit_notice=CITED,
    period_start=DAY,
    period_end=DAY,
    visit_date=DAY,
    scored=st.booleans(),
    header=st.builds(Header, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT, LAWS, LAWS, COUNT, COUNT),
    opened=MOMENT,
    closed=MOMENT,
    unit_opinion=TEXT,
    unchecked_reason=TEXT,
    team=some(st.builds(TeamMember, ID, TEXT, TEXT, TEXT, st.sampled_from((None, "lead", "x")), attendance=ATTENDANCE)),
    unit_people=some(st.builds(UnitPerson, ID, TEXT, TEXT, TEXT, ATTENDANCE)),
    answers=st.lists(ANSWER, max_size=5).map(lambda given: {each.item: each for each in given}),
    evidence=some(EVIDENCE),
    dossiers=some(DOSSIER),
    samples=st.lists(
        st.builds(DossierSample, ID, ITEM, COUNT, TEXT, TEXT, st.none() | st.builds(SampleTotals, COUNT, COUNT, COUNT)),
        max_size=2,
    ).map(lambda given: {each.item: each for each in given}),
    headcounts=some(st.builds(Headcount, ID, st.none() | ITEM, TEXT, INSTANT, COUNT, COUNT, COUNT, COUNT, COUNT, TEXT)),
    findings=some(FINDING),
    sections=st.dictionaries(
        st.sampled_from([*SECTIONS, "content_IX"]), st.builds(SectionText, ID, TYPED, TYPED), max_size=2
    ),
    signers=some(st.builds(Signer, ID, st.sampled_from((None, "team", "unit", "x")), TEXT, TEXT, TEXT, TEXT, TEXT)),
    conflicts=some(st.just("answer/a/result")),
)


@settings(deadline=None, max_examples=50)
@given(INSPECTION, st.none() | st.just(date(2025, 7, 1)))
def test_a_paper_is_made_of_whatever_was_recorded(inspection: Inspection, taken_over: date | None) -> None:
    drawn = grounds(inspection, commune(), calendar(), {}, taken_over=taken_over)
    found = readiness(drawn, photo_problems={"a": "blob-missing", "b": "picture-damaged"})
    paper = compose_minutes(inspection, commune(), calendar(), {}, origin=ORIGIN, taken_over=taken_over)
    assert found.open is (not found.of(Group.MUST))
    assert len(paper.shortcomings) == len(inspection.findings_of("shortcoming"))
    assert "None" not in str(replace(paper, appendices=type(paper.appendices)()).results)


@given(INSPECTION, st.builds(Supplement, ID, TEXT, DAY, TEXT, TEXT))
@settings(deadline=None, max_examples=20)
def test_a_supplement_is_made_of_whatever_was_recorded(inspection: Inspection, supplement: Supplement) -> None:
    paper = compose_supplement(inspection, supplement, origin=ORIGIN)
    assert [section.title for section in paper.results] == ["Lý do lập biên bản bổ sung", "Nội dung bổ sung"]
