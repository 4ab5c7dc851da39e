"""Widths come out as a printer would measure them, and lines wrap where Word wraps them."""

from __future__ import annotations

import unicodedata

import pytest

from inspector.export.layout_profile import Profile
from inspector.export.text_width import balanced, longest_line, text_width
from inspector.export.word import appendices, body
from inspector.export.word.markup import Column


def test_the_national_title_is_as_long_as_measured_on_paper(profile: Profile) -> None:
    assert text_width(profile, profile.national_title, 13, bold=True) == pytest.approx(95.7, abs=0.1)


def test_marks_add_no_width(profile: Profile) -> None:
    plain, marked = "DOC LAP - TU DO", "ĐỘC LẬP - TỰ DO"
    assert text_width(profile, marked, 14) > text_width(profile, plain, 14)  # ư is wider than u
    assert text_width(profile, "ấệỗ", 14) == text_width(profile, "aeo", 14)
    assert text_width(profile, unicodedata.normalize("NFD", "ấ"), 14) == text_width(profile, "ấ", 14)


def test_a_no_break_space_is_as_wide_as_a_space(profile: Profile) -> None:
    assert text_width(profile, "\u00a0", 14) == text_width(profile, " ", 14)


def test_the_longest_line_after_wrapping_counts(profile: Profile) -> None:
    text = "một hai ba bốn năm"
    whole = text_width(profile, text, 14)
    assert longest_line(profile, text, 14, 200) == pytest.approx(whole)
    assert longest_line(profile, text, 14, whole * 0.7) < whole * 0.7
    assert longest_line(profile, "x" * 200, 14, 50) == 50


def test_balanced_lines_are_about_as_long_as_each_other(profile: Profile) -> None:
    text = "ỦY BAN NHÂN DÂN TỈNH SEN HỒNG"
    assert balanced(profile, text, 13, 64) == "ỦY BAN NHÂN DÂN\nTỈNH SEN HỒNG"


def test_phrases_are_not_broken(profile: Profile) -> None:
    text = "ĐOÀN KIỂM TRA CÔNG TÁC CẢI CÁCH HÀNH CHÍNH NĂM 2026"
    assert balanced(profile, text, 13, 64.5, bold=True) == "ĐOÀN KIỂM TRA CÔNG TÁC\nCẢI CÁCH HÀNH CHÍNH\nNĂM 2026"
    assert (
        balanced(profile, "ĐẠI DIỆN ỦY BAN NHÂN DÂN XÃ GÒ SEN", 14, 79, bold=True).split("\n")[1].endswith("XÃ GÒ SEN")
    )


def test_lines_an_office_broke_stay_broken(profile: Profile) -> None:
    assert balanced(profile, "ĐOÀN KIỂM TRA\nCCHC", 13, 64) == "ĐOÀN KIỂM TRA\nCCHC"


def test_a_word_too_long_for_the_box_stays_whole(profile: Profile) -> None:
    assert balanced(profile, "x" * 200, 13, 64) == "x" * 200


@pytest.mark.parametrize(
    "columns",
    [
        body.SAMPLE_COLUMNS,
        body.HEADCOUNT_COLUMNS,
        body.RECOMMENDATION_COLUMNS,
        appendices.CHECKLIST_COLUMNS,
        appendices.DOCUMENT_COLUMNS,
        appendices.SCORED_COLUMNS,
        appendices.DOSSIER_COLUMNS,
    ],
)
def test_no_word_of_a_table_heading_is_broken(columns: tuple[Column, ...], profile: Profile) -> None:
    size = profile.elements["table_head"].size
    wide = [
        word
        for column in columns
        for word in column.heading.split()
        if text_width(profile, word, size, bold=True) > column.width - 3.1
    ]
    assert wide == []


def test_tables_fill_the_width_of_their_page(profile: Profile) -> None:
    upright = (body.SAMPLE_COLUMNS, body.HEADCOUNT_COLUMNS, body.RECOMMENDATION_COLUMNS, appendices.CHECKLIST_COLUMNS)
    across = (appendices.SCORED_COLUMNS, appendices.DOSSIER_COLUMNS)
    turned = profile.page.height - profile.page.left.use - profile.page.right.use
    assert {sum(column.width for column in columns) for columns in upright} == {profile.page.text_width}
    assert {sum(column.width for column in columns) for columns in across} == {turned}
