from __future__ import annotations

import pytest

from inspector.domain.errors import Refused
from inspector.system.halves import join, split

KEY = bytes(range(32))


def test_both_halves_are_the_key() -> None:
    one, other = split(KEY)
    assert join(one, other) == join(other.lower(), one.replace("-", " ")) == KEY


def test_a_half_is_never_the_same() -> None:
    assert split(KEY)[0] != split(KEY)[0]


def test_a_wrong_group_is_named() -> None:
    one, other = split(KEY)
    groups = one.split("-")
    groups[2] = ("0" if groups[2][0] != "0" else "1") + groups[2][1:]
    with pytest.raises(Refused) as found:
        join("-".join(groups), other)
    assert (found.value.code, found.value.params["groups"]) == ("half-mistyped", "3")


def test_a_missing_group_is_told() -> None:
    one, other = split(KEY)
    with pytest.raises(Refused) as found:
        join(one[5:], other)
    assert found.value.code == "half-mistyped"


def test_halves_of_two_keys_are_told_apart() -> None:
    with pytest.raises(Refused) as found:
        join(split(KEY)[0], split(bytes(32))[1])
    assert found.value.code == "halves-not-of-one-key"
