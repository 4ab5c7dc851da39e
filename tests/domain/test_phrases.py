from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.domain.inspection import Cited
from inspector.domain.phrases import (
    at_moment,
    cited,
    clause,
    counted,
    one_line,
    percent,
    rate,
    sentence,
    short_cited,
    sourced,
)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("vào sổ chậm", "Vào sổ chậm."),
        ("Vào sổ chậm.", "Vào sổ chậm."),
        ("Vào sổ chậm;", "Vào sổ chậm."),
        ("Có vào sổ không?", "Có vào sổ không?"),
        ("Ghi “đã trả kết quả.”", "Ghi “đã trả kết quả.”"),
        ("dòng một\n\n  dòng  hai ", "Dòng một. dòng hai."),
        ("", ""),
        (None, ""),
        (" \n ", ""),
        (".", "."),
        ("đ", "Đ."),
    ],
)
def test_a_typed_text_becomes_whole_sentences(typed: str | None, printed: str) -> None:
    assert sentence(typed) == printed


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Ngẫu nhiên theo lĩnh vực.", "ngẫu nhiên theo lĩnh vực"),
        ("UBND xã chọn", "UBND xã chọn"),
        ("5 quầy", "5 quầy"),
        ("Ý kiến", "ý kiến"),
    ],
)
def test_a_clause_keeps_the_capitals_of_abbreviations(typed: str, printed: str) -> None:
    assert clause(typed) == printed


def test_lines_of_a_text_follow_each_other_as_sentences() -> None:
    assert one_line("một;\nhai,\nba") == "một. hai. ba"


@pytest.mark.parametrize(
    ("numerator", "denominator", "printed"),
    [
        (2871, 2958, "97,06 %"),
        (3, 5, "60 %"),
        (1, 8, "12,5 %"),
        (0, 7, "0 %"),
        (7, 7, "100 %"),
        (99_999, 100_000, "99,99 %"),
        (1, 100_000, "0,01 %"),
        (12, 10, "120 %"),
        (5, 1, "500 %"),
    ],
)
def test_a_rate_is_shown_to_two_places_and_never_rounded_to_all_or_nothing(
    numerator: int, denominator: int, printed: str
) -> None:
    assert percent(numerator, denominator) == printed


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_a_rate_is_within_a_hundredth_of_the_exact_one(numerator: int, denominator: int) -> None:
    assert abs(rate(numerator, denominator) - Decimal(numerator) * 100 / denominator) <= Decimal("0.01")


def test_counts_below_ten_carry_a_zero() -> None:
    assert [counted(n, "hồ sơ") for n in (0, 5, 10, 2871)] == ["0 hồ sơ", "05 hồ sơ", "10 hồ sơ", "2.871 hồ sơ"]


def test_a_decision_is_cited_in_full() -> None:
    decision = Cited("412/QĐ-UBND", date(2026, 3, 16), "Chủ tịch UBND tỉnh Đồng Tháp", "Thành lập Đoàn kiểm tra")
    assert cited(decision, "Quyết định") == (
        "Quyết định số 412/QĐ-UBND ngày 16 tháng 3 năm 2026 của Chủ tịch UBND tỉnh Đồng Tháp"
        " về việc thành lập Đoàn kiểm tra"
    )


def test_what_was_not_recorded_of_a_document_is_dotted() -> None:
    assert cited(Cited(issuer="UBND tỉnh"), "Kế hoạch") == ("Kế hoạch số …… ngày …… tháng …… năm …… của UBND tỉnh")


def test_a_document_nobody_recorded_is_not_cited() -> None:
    assert cited(Cited(number=" "), "Quyết định", "thành lập Đoàn") == ""
    assert short_cited(Cited()) == ""


def test_a_number_that_names_its_kind_is_left_as_typed() -> None:
    typed = Cited("Kế hoạch số 26/KH-UBND", date(2026, 2, 5), None, "Về kiểm tra CCHC năm 2026")
    assert cited(typed, "Kế hoạch") == "Kế hoạch số 26/KH-UBND ngày 05 tháng 02 năm 2026 về kiểm tra CCHC năm 2026"


def test_a_document_in_a_sentence_names_only_what_is_known() -> None:
    assert short_cited(Cited("Công văn số 12/UBND-NC", date(2026, 2, 5))) == "Công văn số 12/UBND-NC ngày 05/02/2026"
    assert short_cited(Cited(abstract="Báo cáo quý III")) == "Báo cáo quý III"
    assert short_cited(Cited("12/BC", None, "UBND xã")) == "văn bản số 12/BC của UBND xã"


def test_moments_are_told_in_the_hour_of_vietnam() -> None:
    assert at_moment(datetime(2026, 11, 26, 1, 30, tzinfo=UTC)) == "08 giờ 30 phút ngày 26/11/2026"
    assert at_moment(datetime(2026, 11, 26, 8, 30)) == "08 giờ 30 phút ngày 26/11/2026"


def test_a_source_is_named_with_its_moment() -> None:
    assert sourced("Hệ thống một cửa.", datetime(2026, 11, 26, 8, 5)) == (
        "nguồn: Hệ thống một cửa, trích xuất lúc 08 giờ 05 phút ngày 26/11/2026"
    )
    assert sourced(None, None) == ""
