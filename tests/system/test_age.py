"""Locked to keys or to a passphrase, in the one format every program of its kind reads."""

from __future__ import annotations

import io

import pyrage
import pytest

from inspector.domain.errors import BadInput, Damaged, Refused
from inspector.system import age
from inspector.system.age import AgeKey

KEY = AgeKey.generate()
TEXT = "Biên bản số 12, xã Cái Bè. ".encode() * 9_000
CODE = "7K2M-QX4T-9FHD-R3WA"


def locked(*keys: AgeKey) -> bytes:
    target = io.BytesIO()
    age.encrypt(io.BytesIO(TEXT), target, [key.public for key in keys or (KEY,)])
    return target.getvalue()


def opened(data: bytes, key: AgeKey = KEY) -> bytes:
    target = io.BytesIO()
    age.decrypt(io.BytesIO(data), target, key)
    return target.getvalue()


def test_each_of_the_keys_opens_it() -> None:
    second = AgeKey.generate()
    data = locked(KEY, second)
    assert opened(data) == TEXT == opened(data, AgeKey(second.secret))
    assert TEXT[:20] not in data


def test_another_key_does_not() -> None:
    with pytest.raises(Refused) as refused:
        opened(locked(), AgeKey.generate())
    assert refused.value.code == "age-not-for-here"


@pytest.mark.parametrize("at", [0, 30, 150, 240, 5_000, -1])
def test_a_changed_byte_is_found(at: int) -> None:
    data = bytearray(locked())
    data[at] ^= 1
    with pytest.raises((Damaged, Refused)):
        opened(bytes(data))


@pytest.mark.parametrize("data", [b"", b"junk", locked()[:-1], locked() + b"x", locked()[:70_000]])
def test_what_is_not_whole_is_damaged(data: bytes) -> None:
    with pytest.raises(Damaged):
        opened(data)


def test_nobody_is_no_recipient() -> None:
    with pytest.raises(ValueError, match="nobody"):
        age.encrypt(io.BytesIO(b""), io.BytesIO(), [])


class Broken(io.BytesIO):
    """A disk that is pulled out."""

    def read(self, size: int | None = -1, /) -> bytes:
        raise OSError(5, "gone")

    def write(self, data: object, /) -> int:
        raise OSError(28, "full")


def test_what_the_disk_says_is_what_is_raised() -> None:
    for source, target, number in ((Broken(), io.BytesIO(), 5), (io.BytesIO(TEXT), Broken(), 28)):
        with pytest.raises(OSError, match=r"gone|full") as caught:
            age.encrypt(source, target, [KEY.public])
        assert caught.value.errno == number
    with pytest.raises(OSError, match="full"):
        age.decrypt(io.BytesIO(locked()), Broken(), KEY)


@pytest.mark.parametrize("data", [b"", b"short", TEXT[: 64 * 1024], TEXT])
def test_a_passphrase_opens_what_it_locked_in_any_program(data: bytes) -> None:
    found = age.lock(data, CODE)
    assert age.has_passphrase(found)
    assert pyrage.passphrase.decrypt(found, CODE) == data == age.unlock(found, CODE)


def test_another_passphrase_does_not() -> None:
    with pytest.raises(Refused) as refused:
        age.unlock(age.lock(b"x", CODE), CODE.lower())
    assert refused.value.code == "age-code-wrong"


def test_what_a_passphrase_locked_and_was_damaged_shows() -> None:
    data = bytearray(age.lock(TEXT, CODE))
    data[-70_000] ^= 1
    with pytest.raises(Damaged):
        age.unlock(bytes(data), CODE)
    assert not age.has_passphrase(locked())
    with pytest.raises(Damaged):
        age.unlock(locked(), CODE)


def test_nobody_can_make_this_laptop_work_for_hours() -> None:
    heavy = age.lock(b"x", CODE).replace(f" {age.WORK}\n".encode(), b" 30\n", 1)
    with pytest.raises(BadInput) as refused:
        age.unlock(heavy, CODE)
    assert refused.value.code == "age-too-heavy"


def test_public_halves_are_told_from_other_texts() -> None:
    assert age.is_public(KEY.public)
    assert not any(map(age.is_public, ("", KEY.secret, KEY.public[:-1] + "b", KEY.public.upper(), "age1" + "q" * 58)))


def test_a_secret_is_not_printed() -> None:
    assert KEY.secret not in repr(KEY)
