from __future__ import annotations

from inspector.domain.errors import BadInput
from inspector.services.wording import said, sentence


def test_a_sentence_is_filled() -> None:
    assert sentence(BadInput("file-empty", field="path", path="a.txt")) == (
        "Tệp “a.txt” rỗng, chưa dùng được. Chép lại tệp rồi thử lại."
    )


def test_what_a_hostile_name_says_can_be_printed() -> None:
    told = sentence(BadInput("file-empty", field="path", path="a\ud800\x1b[2J\x00.txt"))
    assert told.startswith("Tệp “a[2J.txt”")
    told.encode()


def test_a_code_without_a_sentence_is_shown_as_it_is() -> None:
    assert said("no-such-code", {"a": 1}) == "no-such-code {'a': 1}"
