"""Frames of any origin: the sound ones come back as they were, the others are refused in bounded memory."""

from __future__ import annotations

import random
import tracemalloc

import pytest
import zstandard

from inspector.domain.errors import BadInput
from inspector.sync import frames
from inspector.sync.frames import fill, pack, unpack
from tests.fuzz import frames as frames_fuzz
from tests.sync.items import item


def framed(content: bytes) -> bytes:
    return zstandard.ZstdCompressor(write_checksum=True).compress(content)


def refusal(frame: bytes) -> str:
    with pytest.raises(BadInput) as refused:
        unpack(frame)
    return refused.value.code


def test_what_was_packed_comes_back_byte_for_byte_and_in_order() -> None:
    items = [item(n, "Bốn hồ sơ trễ hạn " * n) for n in range(2, 50)]
    found = unpack(pack(items))
    assert [(changeset.body, changeset.signature) for changeset in found.changesets] == items
    assert found.unreadable == []


def test_an_empty_frame_is_a_frame() -> None:
    assert unpack(pack([])).changesets == []


def test_bytes_that_are_no_change_set_come_back_beside_the_others() -> None:
    broken = (b'{"v":1', bytes(64))
    too_long = (b" " * (256 * 1024) + b"{}", bytes(64))
    found = unpack(pack([item(2), broken, too_long, item(3)]))
    assert [changeset.n for changeset in found.changesets] == [2, 3]
    assert found.unreadable == [broken[0] + broken[1], too_long[0] + too_long[1]]


def test_a_frame_that_was_cut_or_goes_on_is_refused_at_every_place() -> None:
    frame = pack([item(2), item(3)])
    assert {refusal(frame[:at]) for at in range(len(frame))} == {"frame-damaged"}
    assert refusal(frame + b"\0") == refusal(frame + frame) == "frame-damaged"


def test_content_that_ends_inside_an_item_is_refused() -> None:
    body, signature = item()
    whole = len(body).to_bytes(4, "big") + body + signature
    assert {refusal(framed(whole[:at])) for at in range(1, len(whole), 7)} == {"frame-damaged"}
    assert refusal(framed(b"\xff\xff\xff\xff" + body)) == "frame-damaged"


def test_mutated_frames_are_refused_or_mean_the_same() -> None:
    assert frames_fuzz.run(500, 5) == 0


def test_a_bomb_is_seen_before_it_is_big() -> None:
    bomb = framed(bytes(300 * 1024 * 1024))
    assert len(bomb) < 64 * 1024
    tracemalloc.start()
    assert refusal(bomb) == "frame-too-large"
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 64 * 1024 * 1024


def test_more_bytes_or_change_sets_than_allowed_are_refused() -> None:
    assert refusal(bytes(frames.MOST_PACKED + 1)) == "frame-too-large"
    one = item()
    assert len(unpack(pack([one] * frames.MOST_ITEMS)).changesets) == frames.MOST_ITEMS
    assert refusal(pack([one] * (frames.MOST_ITEMS + 1))) == "frame-too-large"


def test_frames_are_filled_up_to_their_limits_and_say_whether_there_is_more() -> None:
    numbered = [(n, item(n)) for n in range(2, frames.MOST_ITEMS + 12)]
    taken, more = fill(numbered)
    assert ([n for n, _ in taken], more) == (list(range(2, frames.MOST_ITEMS + 2)), True)
    assert [n for n, _ in fill(numbered, room=1)[0]] == [2]
    assert fill(numbered[-10:]) == (numbered[-10:], False)


def test_what_cannot_be_made_smaller_still_fits() -> None:
    chance = random.Random(3)
    dense = [(n, (chance.randbytes(200_000), bytes(64))) for n in range(30)]
    taken, more = fill(dense)
    assert more
    assert len(pack([one for _, one in taken])) <= frames.MOST_PACKED
