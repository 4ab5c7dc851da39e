"""No number of a stream is used twice knowingly."""

from __future__ import annotations

import pytest

from inspector.domain.streams import Continue, EpochReason, NewEpoch, Tip, next_position


def tip(n: int, mark: bytes = b"own", stream: str = "s1") -> Tip:
    return Tip(stream, n, mark + bytes([n]))


def own(n: int) -> bytes | None:
    return b"own" + bytes([n]) if n <= 7 else None


def test_a_machine_that_never_wrote_here_begins() -> None:
    assert next_position(None, None) == NewEpoch(EpochReason.NEW)


@pytest.mark.parametrize("mark", [None, tip(7), tip(4)])
def test_the_stream_goes_on_where_mark_and_database_agree(mark: Tip | None) -> None:
    assert next_position(tip(7), mark, [tip(2), tip(7)], hash_at=own) == Continue(8, b"own\x07")


def test_a_lost_database_begins_again_and_says_what_was_there() -> None:
    assert next_position(None, tip(5), [tip(6)]) == NewEpoch(EpochReason.REINSTALLED, tip(6))


@pytest.mark.parametrize(("mark", "peers"), [(tip(9), []), (tip(6), [tip(9)]), (None, [tip(8), tip(9)])])
def test_a_database_older_than_its_mark_or_a_peer_was_restored(mark: Tip | None, peers: list[Tip]) -> None:
    assert next_position(tip(7), mark, peers, hash_at=own) == NewEpoch(EpochReason.RESTORED, tip(9))


def test_a_mark_of_a_later_stream_means_restored() -> None:
    assert next_position(tip(7), tip(2, stream="s2"), hash_at=own) == NewEpoch(EpochReason.RESTORED, tip(7))


@pytest.mark.parametrize("peer", [tip(7, b"other"), tip(3, b"other")])
def test_another_record_under_an_own_number_means_cloned(peer: Tip) -> None:
    assert next_position(tip(7), tip(7), [peer], hash_at=own) == NewEpoch(EpochReason.CLONED, tip(7))


def test_a_mark_on_another_branch_means_cloned() -> None:
    assert next_position(tip(7), tip(6, b"other"), hash_at=own) == NewEpoch(EpochReason.CLONED, tip(7))


def test_a_forked_stream_is_left() -> None:
    assert next_position(tip(7), tip(7), hash_at=own, forked=True) == NewEpoch(EpochReason.CLONED, tip(7))
