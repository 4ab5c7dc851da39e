import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector.domain.checklist import LegalBasis
from inspector.domain.inspection import (
    DossierSample,
    Finding,
    Headcount,
    Header,
    Inspection,
    Recommendation,
    SampleTotals,
)
from inspector.domain.proposals import propose
from inspector.domain.sections import SECTIONS
from tests.domain import visits
from tests.domain.visits import answer, answers, calendar, commune, dossier, empty, full, key

SAMPLES = Path(__file__).parents[1] / "samples" / "proposals"


def proposed(inspection: Inspection, **more: object) -> dict[str, str]:
    return propose(inspection, commune(), calendar(), {}, **more)  # type: ignore[arg-type]  # keywords of propose


def as_page(texts: dict[str, str]) -> str:
    return "".join(f"[{name}]\n{text}\n\n" for name, text in texts.items() if text)


@pytest.mark.parametrize("name", ["full", "scored", "remote", "surprise"])
def test_every_form_of_inspection_reads_like_the_sample(name: str) -> None:
    assert as_page(proposed(getattr(visits, name)())) == (SAMPLES / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("form", [None, "on_site", "surprise"])
def test_nothing_recorded_proposes_nothing(form: str | None) -> None:
    assert proposed(empty(form)) == dict.fromkeys(SECTIONS, "")
    assert propose(empty(form), None, calendar(), {}) == dict.fromkeys(SECTIONS, "")


def test_a_remote_inspection_says_what_it_is_drawn_from() -> None:
    texts = proposed(empty("remote"))
    assert {name for name, text in texts.items() if text} == {"method"}
    assert texts["method"].startswith("Đoàn kiểm tra căn cứ báo cáo kết quả thực hiện công tác CCHC của đơn vị")


def test_a_surprise_cites_no_notice() -> None:
    assert "318/TB-SNV" in proposed(full())["legal_bases"]
    assert "318/TB-SNV" not in proposed(replace(full(), form="surprise"))["legal_bases"]


def test_law_from_memory_is_not_printed_until_the_office_confirmed_it() -> None:
    finding = Finding("f", "shortcoming", "Bố trí sai vị trí", legal_bases=("LCBCC", "Điều 5 Nội quy"))
    inspection = replace(empty(), header=Header(legal_bases=("LCBCC",)), findings=(finding,))
    assert proposed(inspection)["legal_bases"] == ""
    assert proposed(inspection)["shortcomings"] == "1. Bố trí sai vị trí.\nCăn cứ: Điều 5 Nội quy."
    law = {"LCBCC": LegalBasis("LCBCC", "Luật Cán bộ, công chức số 80/2025/QH15 - quyền và nghĩa vụ", "confirmed")}
    texts = propose(inspection, commune(), calendar(), law)
    assert texts["legal_bases"] == "Căn cứ Luật Cán bộ, công chức số 80/2025/QH15 về quyền và nghĩa vụ."
    assert texts["shortcomings"].endswith("Căn cứ: Luật Cán bộ, công chức số 80/2025/QH15; Điều 5 Nội quy.")


def test_dossiers_handed_over_are_told_apart_and_judged_from_the_day_of_takeover() -> None:
    rows = (
        dossier(1, "Đất đai", date(2026, 10, 6), date(2026, 10, 5)),
        dossier(2, "Đất đai", date(2025, 3, 10), date(2025, 7, 15), apology=False, origin="handed_over"),
        dossier(3, "Đất đai", date(2025, 3, 10), date(2025, 4, 15), origin="handed_over"),
    )
    told = proposed(replace(empty(), dossiers=rows), taken_over=date(2025, 7, 1))["content_3"]
    assert told == (
        "- Kiểm tra xác suất 03 hồ sơ: 01 hồ sơ không có sai sót, tỷ lệ 100 %; không có hồ sơ trễ hạn. Tính riêng"
        " 02 hồ sơ nhận bàn giao từ đơn vị cũ: 01 hồ sơ trễ hạn (trễ nhiều nhất 11 ngày làm việc kể từ khi nhận bàn"
        " giao; 01 hồ sơ chưa có văn bản xin lỗi)."
    )


def test_totals_alone_are_told_without_a_rate_nobody_can_know() -> None:
    totals = SampleTotals(checked=26, late=20, no_control_slip=4)
    samples = {key("III.5"): DossierSample("s", key("III.5"), totals=totals)}
    assert proposed(replace(empty(), samples=samples))["content_3"] == (
        "- Kiểm tra xác suất 26 hồ sơ: 20 hồ sơ trễ hạn; 04 hồ sơ thiếu phiếu kiểm soát."
    )


def test_how_a_sample_was_drawn_is_told_before_it_was_counted() -> None:
    samples = {key("III.5"): DossierSample("s", key("III.5"), population=2958)}
    assert proposed(replace(empty(), samples=samples))["content_3"] == (
        "- Kiểm tra xác suất hồ sơ trên tổng số 2.958 hồ sơ."
    )
    nothing = {key("III.5"): DossierSample("s", key("III.5"))}
    assert proposed(replace(empty(), samples=nothing))["content_3"] == ""


def test_one_headcount_is_told_with_its_hour_and_note() -> None:
    counted = Headcount("h", None, "quầy một cửa", datetime(2026, 11, 26, 7, 45), 8, 7, note="01 người đến muộn")
    assert proposed(replace(empty(), headcounts=(counted,)))["content_5"] == (
        "- Chấp hành giờ làm việc, có mặt tại quầy (đếm tại chỗ): kiểm đếm lúc 07 giờ 45 phút ngày 26/11/2026 tại quầy"
        " một cửa: được giao có mặt 08 người, có mặt 07 người. 01 người đến muộn."
    )


def test_a_half_filled_headcount_gives_no_rate() -> None:
    told = proposed(replace(empty(), headcounts=(Headcount("h", due=8, absent_without_reason=1),)))["content_5"]
    assert told.endswith("kiểm đếm: được giao có mặt 08 người, vắng không lý do 01 người.")


def test_a_figure_alone_is_told_without_a_rate() -> None:
    told = proposed(replace(empty(), answers=answers(answer("I.2", numerator=18))))
    assert told["content_1"] == "- Mức độ hoàn thành kế hoạch CCHC: số nhiệm vụ hoàn thành là 18."
    assert told["scope"] == "Kiểm tra 01 nội dung: công tác chỉ đạo, điều hành CCHC."


def test_an_answer_that_says_nothing_prints_nothing() -> None:
    assert proposed(replace(empty(), answers=answers(answer("I.1"), answer("V.4")))) == dict.fromkeys(SECTIONS, "")


def test_photos_that_cannot_be_printed_have_no_number() -> None:
    assert "ảnh số 1, 2." in proposed(full())["shortcomings"]
    told = proposed(full(), printable={"photo-2"})["shortcomings"]
    assert told.count("ảnh số 1.") == 2


def test_two_hundred_findings_are_numbered_through() -> None:
    many = tuple(
        Finding(f"f{n}", "shortcoming", f"Tồn tại loại {n}", recommendations=(Recommendation(f"r{n}"),))
        for n in range(1, 201)
    )
    texts = proposed(replace(empty(), findings=many))
    assert [line.split(".")[0] for line in texts["shortcomings"].split("\n")] == [str(n) for n in range(1, 201)]
    assert texts["conclusion"] == (
        "Qua kiểm tra, Đoàn kiểm tra chỉ ra 200 tồn tại, hạn chế; nêu 200 kiến nghị, yêu cầu khắc phục."
    )


def test_a_shortcoming_without_words_keeps_its_number_and_dots() -> None:
    assert proposed(replace(empty(), findings=(Finding("f", "shortcoming"),)))["shortcomings"] == "1. ……"


HOSTILE = 'A & B < C > "D" {{ x }} {% y %} \t 5.000 ký tự: ' + "dài " * 1250


def test_hostile_text_stays_as_it_was_typed() -> None:
    inspection = replace(
        empty(),
        answers=answers(answer("I.1", value="khong", remark=HOSTILE)),
        findings=(Finding("f", "strength", HOSTILE),),
        unit_opinion=HOSTILE,
    )
    texts = proposed(inspection)
    for name in ("content_1", "strengths"):
        assert 'A & B < C > "D" {{ x }} {% y %} 5.000 ký tự: dài dài' in texts[name]
        assert "\n" not in texts[name]
    assert texts["opinion"] == HOSTILE.strip()


NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
COUNTS = st.none() | st.integers(0, 3000)
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


def numbers(text: str) -> set[Decimal]:
    return {Decimal(found.replace(".", "").replace(",", ".")) for found in NUMBER.findall(text)}


def rate(part: int, whole: int) -> set[Decimal]:
    return {Decimal(part) * 100 / whole} if whole else set()


@st.composite
def recorded(draw: st.DrawFn) -> tuple[Inspection, set[Decimal]]:
    """An inspection, and every number that was recorded or follows from recorded ones."""
    top, bottom, late = draw(COUNTS), draw(COUNTS), draw(COUNTS)
    heads = [
        Headcount(f"h{n}", None, "quầy", None, *draw(st.tuples(*[COUNTS] * 5))) for n in range(draw(st.integers(0, 3)))
    ]
    rows = []
    for n in range(draw(st.integers(0, 4))):
        due, days, apology = draw(DAYS), draw(st.integers(-3, 90)), draw(st.none() | st.booleans())
        rows.append(dossier(n, "Đất đai", due, due + timedelta(days), apology=apology))
    findings = [Finding(f"f{n}", "shortcoming", "Sai") for n in range(draw(st.integers(0, 3)))]
    totals = {key("III.5"): DossierSample("s", key("III.5"), draw(COUNTS), totals=SampleTotals(late=late))}
    inspection = replace(
        empty(),
        answers=answers(answer("I.2", numerator=top, denominator=bottom), answer("I.3", count=draw(COUNTS))),
        headcounts=tuple(heads),
        dossiers=tuple(rows),
        samples=totals,
        findings=tuple(findings),
    )
    return inspection, follows(inspection)


def follows(inspection: Inspection) -> set[Decimal]:
    first, second = inspection.answers[key("I.2")], inspection.answers[key("I.3")]
    sample = inspection.samples[key("III.5")]
    known: list[int | None] = [first.numerator, first.denominator, second.count, sample.population]
    known += [sample.totals.late] if sample.totals else []
    judged = [(row.apology, row.due.date or date.max, row.returned.date or date.min) for row in inspection.dossiers]
    late = [row for row in judged if row[2] > row[1]]
    faultless = len(inspection.dossiers) - len(late)
    known += [len(inspection.dossiers), len(late), faultless]
    known += [sum(row[0] is said for row in late) for said in (True, False)]
    known += [calendar().working_days_between(row[1], row[2]) for row in late]
    whole = [row for row in inspection.headcounts if row.due is not None and row.present is not None]
    names = ("due", "present", "absent_with_reason", "absent_without_reason", "without_badge")
    known += [getattr(row, name) for row in inspection.headcounts for name in names]
    sums = {name: sum(getattr(row, name) or 0 for row in whole) for name in names}
    known += [*sums.values(), *range(1, len(inspection.findings) + 1), *range(1, 9)]
    rates = rate(first.numerator or 0, first.denominator or 0) | rate(faultless, len(inspection.dossiers))
    rates |= rate(max(sums["due"] - sums["absent_without_reason"], 0), sums["due"])
    return {Decimal(number) for number in known if number is not None} | rates


@settings(deadline=None, max_examples=60)
@given(recorded())
def test_every_number_was_recorded_or_follows_from_recorded_ones(case: tuple[Inspection, set[Decimal]]) -> None:
    inspection, known = case
    texts = "\n".join(proposed(inspection).values())
    invented = {number for number in numbers(texts) if not any(abs(number - each) <= Decimal("0.01") for each in known)}
    assert invented == set()
