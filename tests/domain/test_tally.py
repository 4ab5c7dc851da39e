from dataclasses import replace
from datetime import date, time

from inspector.domain.grounds import Grounds, grounds, terms
from inspector.domain.inspection import Answer, DossierSample, Headcount, Inspection, Moment, SampleTotals
from inspector.domain.scoring import Ratio, State
from inspector.domain.tally import dossiers_of, headcounts_of, ratio_of, sample_of, scores, totals_of
from tests.domain.visits import VISIT, calendar, commune, dossier, empty, full, key

SAMPLE, HEADS, PLAIN = (commune().item(key(code)) for code in ("III.5", "V.4", "I.1"))
ON_TIME = dossier(1, "Đất đai", date(2026, 10, 6), date(2026, 10, 6))


def drawn(inspection: Inspection) -> Grounds:
    return grounds(inspection, commune(), calendar(), {})


def test_records_of_no_item_belong_to_the_first_that_asks_for_them() -> None:
    stray, head = replace(ON_TIME, item=None), Headcount("h", due=4, present=4, absent_without_reason=1)
    visit = replace(empty(), dossiers=(stray,), headcounts=(head,))
    assert dossiers_of(drawn(visit), SAMPLE) == (stray,)
    assert headcounts_of(drawn(visit), HEADS) == (head,)
    assert dossiers_of(drawn(visit), PLAIN) == ()
    assert ratio_of(drawn(visit), HEADS) == Ratio(3, 4)


def test_records_of_another_item_stay_there() -> None:
    visit = replace(empty(), dossiers=(replace(ON_TIME, item="commune.other"),))
    assert sample_of(drawn(visit), SAMPLE) is None


def test_totals_count_only_where_no_dossier_was_written_down() -> None:
    kept = {SAMPLE.key: DossierSample("s", SAMPLE.key, totals=SampleTotals(checked=10, late=4))}
    assert ratio_of(drawn(replace(empty(), samples=kept)), SAMPLE) == Ratio(6, 10)
    assert ratio_of(drawn(replace(empty(), samples=kept, dossiers=(ON_TIME,))), SAMPLE) == Ratio(1, 1)


def test_totals_nobody_typed_are_none() -> None:
    kept = {SAMPLE.key: DossierSample("s", SAMPLE.key, population=9, totals=SampleTotals())}
    assert totals_of(drawn(replace(empty(), samples=kept)), SAMPLE) is None
    assert ratio_of(drawn(replace(empty(), samples=kept)), SAMPLE) is None


def test_an_item_that_is_not_counted_has_no_ratio() -> None:
    assert ratio_of(drawn(full()), PLAIN) is None


def test_counted_records_score_their_item() -> None:
    states = {score.key: score.state for score in scores(drawn(replace(empty(), dossiers=(ON_TIME,))))}
    assert [key_ for key_, state in states.items() if state is State.CHECKED] == [SAMPLE.key]
    assert scores(grounds(full(), None, calendar(), {})) == ()


def test_an_answer_alone_leaves_a_counted_item_unchecked() -> None:
    visit = replace(empty(), answers={HEADS.key: Answer("a", HEADS.key, remark="Chưa đếm")})
    assert {score.state for score in scores(drawn(visit))} == {State.UNCHECKED}


def test_dossiers_are_judged_on_the_day_somebody_wrote_down() -> None:
    assert terms(full(), calendar()).as_of == VISIT
    opened = replace(empty(), opened=Moment(date(2026, 3, 2), time(8)))
    assert terms(opened, calendar()).as_of == date(2026, 3, 2)


def test_without_a_day_an_open_dossier_is_not_called_late() -> None:
    waiting = dossier(1, "Đất đai", date(2026, 10, 6), None)
    listed = sample_of(drawn(replace(empty(), dossiers=(waiting,))), SAMPLE)
    assert listed is not None
    assert (listed.own.checked, listed.own.late) == (1, 0)
