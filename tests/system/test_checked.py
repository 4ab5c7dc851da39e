from __future__ import annotations

from inspector.system.checked import checked_bytes, checked_content

CONTENT = {"v": 1, "tên": "Đoàn kiểm tra", "marks": {"a": [1, "ff"]}}


def test_what_was_written_is_read() -> None:
    assert checked_content(checked_bytes(CONTENT)) == CONTENT


def test_every_flipped_bit_shows() -> None:
    data = checked_bytes(CONTENT)
    for place in range(len(data)):
        for bit in range(8):
            flipped = bytearray(data)
            flipped[place] ^= 1 << bit
            assert checked_content(bytes(flipped)) is None


def test_every_truncation_and_anything_appended_shows() -> None:
    data = checked_bytes(CONTENT)
    assert all(checked_content(data[:length]) is None for length in range(len(data)))
    assert checked_content(data + b"\n") is None
    assert checked_content(data + data) is None


def test_a_right_sum_over_something_else_is_not_content() -> None:
    assert checked_content(checked_bytes({}).replace(b"{}", b"[]")) is None
    assert checked_content(b"") is None
