"""What was typed is marked in what was found, marks aside."""

from __future__ import annotations

import pytest

from inspector.ui.palette.matching import around, spans


@pytest.mark.parametrize(
    ("words", "text", "marked"),
    [
        ("niem yet", "Niêm yết, công khai", ["Niêm", "yết"]),
        ("dien", "Xã Hạ Điền", ["Điền"]),
        ("tt", "Cấp TTHC và TT", ["TT", "TT"]),
        ("iem", "Niêm yết", []),
        ("", "Niêm yết", []),
        ("cong cong", "công khai", ["công"]),
        ("x-iii.2", "X-III.2 Niêm yết", ["X-III.2"]),
    ],
)
def test_matches_begin_words(words: str, text: str, marked: list[str]) -> None:
    assert [text[start:end] for start, end in spans(words, text)] == marked


def test_a_late_match_is_brought_to_the_front() -> None:
    text = "Trong kỳ kiểm tra đơn vị đã ban hành đủ các văn bản theo kế hoạch nhưng chưa\nniêm yết kết quả"
    assert around("niem", text) == "… kế hoạch nhưng chưa niêm yết kết quả"
    assert around("kỳ", text) == text.replace("\n", " ")
