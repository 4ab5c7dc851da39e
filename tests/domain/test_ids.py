from __future__ import annotations

import uuid

import pytest

from inspector.domain.ids import natural_id, new_id, space_id

SPACE = "8500cf7e-0e70-5943-83a2-c1eabe80cf51"


def test_new_ids_sort_as_they_were_made() -> None:
    made = [new_id() for _ in range(5_000)]
    assert sorted(made) == made
    assert len(set(made)) == len(made)


def test_a_clock_put_back_changes_nothing_in_the_order() -> None:
    before = new_id()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("inspector.domain.ids.time.time_ns", lambda: 0)
        assert new_id() > before


def test_a_new_id_is_a_uuid_of_version_7() -> None:
    made = uuid.UUID(new_id())
    assert (made.version, made.variant) == (7, uuid.RFC_4122)


def test_two_people_arrive_at_one_natural_id() -> None:
    assert natural_id(SPACE, "answer", "commune.x") == natural_id(SPACE, "answer", "commune.x")
    assert natural_id(SPACE, "answer", "a", "b") != natural_id(SPACE, "answer", "ab")


def test_the_id_of_a_space_is_that_of_its_root_and_nonce() -> None:
    assert space_id(b"a" * 32, "n") == space_id(b"a" * 32, "n") != space_id(b"b" * 32, "n")
