"""The pages that are shown hold every word of the document in its order, and break where Word breaks."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Any

import docx
import pytest

from inspector.domain.errors import BadInput, Refused
from inspector.domain.minutes import Shortcoming
from inspector.domain.pages import Image, Page, Stroke, Word
from inspector.export.layout_profile import Profile
from inspector.export.minutes_docx import Composed, compose_minutes
from inspector.export.preview import preview
from tests.export.conftest import rewritten
from tests.export.test_minutes_docx import SAMPLES
from tests.samples import minutes_samples

MM = 72 / 25.4
CUT = "awkward"
"""The sample with rows higher than a page: their cells go on side by side, not one after the other."""


def words_of(data: bytes) -> list[str]:
    """Every word of the text as python-docx reads it, cell after cell of the tables."""
    document = docx.Document(io.BytesIO(data))
    return " ".join(_texts(document)).split()


def _texts(holder: Any) -> Iterator[str]:
    for block in holder.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                for cell in dict.fromkeys(row._tr.tc_lst):
                    if cell.vMerge != "continue":
                        yield from (text.text for text in cell.iter() if text.tag.endswith("}t"))
        else:
            yield block.text


def shown(pages: tuple[Page, ...]) -> list[str]:
    words = (mark for page in pages for mark in page.marks if isinstance(mark, Word) and not mark.added)
    return "".join(word.text for word in words).split() or [word.text for word in words]


def joined(words: list[str]) -> str:
    return "".join(words)


@pytest.fixture(scope="module")
def pages(composed: Callable[[str], Composed], profile: Profile) -> Callable[[str], tuple[Page, ...]]:
    """The pages of a sample by its name; each is set once."""
    return cache(lambda name: preview(composed(name).data, profile))


@pytest.mark.parametrize("name", [name for name in SAMPLES if name != CUT])
def test_every_word_is_shown_once_and_in_order(
    name: str, composed: Callable[[str], Composed], pages: Callable[[str], tuple[Page, ...]]
) -> None:
    assert joined(shown(pages(name))) == joined(words_of(composed(name).data))


def test_rows_that_are_cut_between_pages_lose_no_letter(
    composed: Callable[[str], Composed], pages: Callable[[str], tuple[Page, ...]]
) -> None:
    assert Counter(joined(shown(pages(CUT)))) == Counter(joined(words_of(composed(CUT).data)))


@pytest.mark.parametrize(("name", "count"), [("full", 17), ("scored", 11)])
def test_there_are_as_many_pages_as_libreoffice_makes(
    name: str, count: int, pages: Callable[[str], tuple[Page, ...]]
) -> None:
    assert len(pages(name)) == count


@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_stands_outside_the_margins(name: str, pages: Callable[[str], tuple[Page, ...]]) -> None:
    for page in pages(name):
        for mark in page.marks:
            if isinstance(mark, Word | Image) and not getattr(mark, "added", False):
                assert mark.x >= 30 * MM - 7, mark
                assert mark.x + mark.width <= page.width - 15 * MM + 7, mark
                assert mark.y <= page.height - 20 * MM + 1, mark


def test_the_first_page_has_no_number_and_the_next_ones_count(pages: Callable[[str], tuple[Page, ...]]) -> None:
    heads = [
        [mark.text for mark in page.marks if isinstance(mark, Word) and mark.y < 20 * MM]
        for page in pages("no_finding")
    ]
    assert heads[:3] == [[], ["2"], ["3"]]


def test_headings_have_the_numbers_word_gives_them(pages: Callable[[str], tuple[Page, ...]]) -> None:
    text = "\n".join(page.text() for page in pages("full"))
    for heading in ("I. THÀNH PHẦN", "1. Đoàn kiểm tra", "2. Đơn vị được kiểm tra", "III. KẾT QUẢ KIỂM TRA"):
        assert heading in text.splitlines()


def test_the_head_of_a_long_table_comes_again_on_every_page(pages: Callable[[str], tuple[Page, ...]]) -> None:
    read = [page.text().splitlines() for page in pages("full")]
    heads = [page for page in read if "Mã Nội dung kiểm tra Kết quả Nhận xét" in page]
    assert len(heads) > 2


def test_a_heading_never_stands_alone_at_the_foot(pages: Callable[[str], tuple[Page, ...]]) -> None:
    for name in ("full", "scored", "many"):
        for page, following in pairwise(pages(name)):
            last = page.text().splitlines()[-1]
            assert not last.startswith(("I. ", "II. ", "III. ", "IV. ", "V. ", "VI. ", "VIII. ")), (last, following)


def test_justified_lines_end_at_the_margin(pages: Callable[[str], tuple[Page, ...]]) -> None:
    page = pages("full")[0]
    words = [mark for mark in page.marks if isinstance(mark, Word)]
    first = next(place for place, word in enumerate(words) if word.text == "Hôm")
    foot = words[first].y
    last = [word for word in words[first:] if word.y == foot][-1]
    assert last.x + last.width == pytest.approx(page.width - 15 * MM, abs=0.2)


def test_photos_are_there_with_the_words_for_them(pages: Callable[[str], tuple[Page, ...]]) -> None:
    pictures = [mark for page in pages("full") for mark in page.marks
                if isinstance(mark, Image)]  # fmt: skip
    assert len(pictures) == 5
    assert all(picture.data.startswith(b"\xff\xd8") and picture.words.startswith("Ảnh ") for picture in pictures)


def test_tables_have_their_lines(pages: Callable[[str], tuple[Page, ...]]) -> None:
    page = pages("full")[2]
    strokes = [mark for mark in page.marks if isinstance(mark, Stroke)]
    assert any(line.x1 == line.x2 for line in strokes)
    assert any(line.y1 == line.y2 for line in strokes)


def test_a_text_longer_than_a_page_goes_on_on_the_next(profile: Profile, template: bytes) -> None:
    told = " ".join(f"từ{number}" for number in range(2000))
    minutes = replace(minutes_samples.one_finding(), shortcomings=(Shortcoming(1, content=told),))
    data = compose_minutes(minutes, template, profile).data
    assert joined(shown(preview(data, profile))) == joined(words_of(data))


def test_a_file_that_is_no_document_is_refused(profile: Profile) -> None:
    with pytest.raises(BadInput, match="docx-not-zip"):
        preview(b"no document", profile)


def test_it_stops_when_nobody_waits_any_more(composed: Callable[[str], Composed], profile: Profile) -> None:
    with pytest.raises(Refused, match="export-cancelled"):
        preview(composed("full").data, profile, lambda: True)


def test_an_order_to_begin_a_page_is_followed(composed: Callable[[str], Composed], profile: Profile) -> None:
    data = composed("no_finding").data
    broken = rewritten(data, {"word/document.xml": lambda xml: xml.replace(
        '<w:t xml:space="preserve">BIÊN BẢN</w:t>', '<w:br w:type="page"/><w:t>BIÊN BẢN</w:t>', 1)})  # fmt: skip
    assert preview(broken, profile)[1].text().splitlines()[1] == "BIÊN BẢN"
