from __future__ import annotations

import hashlib
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector.domain.errors import Damaged
from inspector.system.blob_cipher import CHUNK_BYTES, blob_file_name, decrypt_stream, encrypt_stream
from inspector.system.keys import blob_keys

KEYS = blob_keys(bytes(range(32)))
HEAD = 24
STORED_CHUNK = CHUNK_BYTES + 16


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def encrypted(content: bytes) -> bytes:
    target = io.BytesIO()
    assert encrypt_stream(KEYS, digest(content), io.BytesIO(content), target) == len(content)
    return target.getvalue()


def decrypted(stored: bytes, sha256: str) -> bytes:
    target = io.BytesIO()
    size = decrypt_stream(KEYS, sha256, io.BytesIO(stored), target)
    assert size == len(target.getvalue())
    return target.getvalue()


@pytest.mark.parametrize("size", [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES])
def test_content_of_any_size_comes_back(size: int) -> None:
    content = bytes(index * 7 % 251 for index in range(size))
    assert decrypted(encrypted(content), digest(content)) == content


def test_the_stored_form_is_as_small_as_the_tags_allow_and_never_the_same() -> None:
    content = b"x" * (2 * CHUNK_BYTES)
    first, second = encrypted(content), encrypted(content)
    assert len(first) == HEAD + 2 * STORED_CHUNK
    assert first[8:] != second[8:]
    assert b"xxxx" not in first


class Trickle(io.BytesIO):
    """A source that gives less than it is asked for, as pipes do."""

    def read(self, size: int | None = -1) -> bytes:
        return super().read(min(size, 1000) if size is not None and size > 0 else size)


def test_a_source_that_gives_little_at_a_time_makes_no_difference() -> None:
    content = bytes(range(256)) * 600
    target = io.BytesIO()
    encrypt_stream(KEYS, digest(content), Trickle(content), target)
    assert len(target.getvalue()) == HEAD + len(content) + 3 * 16
    back = io.BytesIO()
    decrypt_stream(KEYS, digest(content), Trickle(target.getvalue()), back)
    assert back.getvalue() == content


def refused(stored: bytes, sha256: str) -> None:
    with pytest.raises(Damaged) as caught:
        decrypted(stored, sha256)
    assert (caught.value.code, caught.value.params) == ("blob-damaged", {"sha256": sha256})


def test_every_flipped_byte_shows() -> None:
    stored = encrypted(b"minh chung")
    for place in range(len(stored)):
        flipped = bytearray(stored)
        flipped[place] ^= 0x40
        refused(bytes(flipped), digest(b"minh chung"))


def test_every_truncation_shows() -> None:
    stored = encrypted(b"minh chung")
    for length in range(len(stored)):
        refused(stored[:length], digest(b"minh chung"))


CONTENT = b"a" * CHUNK_BYTES + b"b" * CHUNK_BYTES + b"c" * 100
STORED = encrypted(CONTENT)


def chunk(number: int) -> bytes:
    return STORED[HEAD + number * STORED_CHUNK :][:STORED_CHUNK]


@pytest.mark.parametrize(
    "stored",
    [
        pytest.param(STORED[:HEAD] + chunk(0) + chunk(1), id="cut at a chunk"),
        pytest.param(STORED[:HEAD] + chunk(1) + chunk(0) + chunk(2), id="swapped"),
        pytest.param(STORED[:HEAD] + chunk(0) + chunk(2), id="left out"),
        pytest.param(STORED[:HEAD] + chunk(0) + chunk(0) + chunk(1) + chunk(2), id="repeated"),
        pytest.param(STORED + b"x", id="appended"),
        pytest.param(STORED + chunk(2), id="last chunk twice"),
        pytest.param(encrypted(CONTENT)[:HEAD] + STORED[HEAD:], id="head of another"),
    ],
)
def test_chunks_stay_where_they_were(stored: bytes) -> None:
    refused(stored, digest(CONTENT))


def test_one_blob_cannot_stand_in_for_another() -> None:
    refused(encrypted(b"one"), digest(b"other"))


def test_another_key_opens_nothing() -> None:
    with pytest.raises(Damaged, match="blob-damaged"):
        decrypt_stream(blob_keys(b"\1" * 32), digest(b"one"), io.BytesIO(encrypted(b"one")), io.BytesIO())


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_foreign_bytes_are_damage_and_nothing_else(stored: bytes) -> None:
    refused(stored, digest(b""))
    refused(b"CCHCBLB1" + stored, digest(b""))


def test_file_names_are_fixed_by_the_key_and_hide_the_hash() -> None:
    name = blob_file_name(KEYS, digest(b"one"))
    assert name == blob_file_name(KEYS, digest(b"one"))
    assert len(name) == 64
    assert name not in (digest(b"one"), blob_file_name(KEYS, digest(b"two")))
    assert name != blob_file_name(blob_keys(b"\1" * 32), digest(b"one"))
