"""Blobs of a hub: from wherever a piece came last, and believed when the hash was seen."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path

import pytest

from inspector.domain.errors import Damaged, Unavailable
from inspector.storage.hub.blobs import PART_DAYS, HubBlobFiles

DATA = bytes(range(256)) * 40
SHA256 = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def files(tmp_path: Path) -> HubBlobFiles:
    return HubBlobFiles(tmp_path / "blobs")


def test_pieces_become_the_whole(files: HubBlobFiles, tmp_path: Path) -> None:
    assert files.add(SHA256, 0, DATA[:4000], len(DATA)) == 4000
    other = HubBlobFiles(tmp_path / "blobs")  # another process
    assert (other.come(SHA256), other.size(SHA256)) == (4000, None)
    assert other.add(SHA256, 4000, DATA[4000:], len(DATA)) == len(DATA)
    assert (files.size(SHA256), files.read_part(SHA256, 250, 10)) == (len(DATA), DATA[250:260])
    assert (list(files.all()), files.come(SHA256)) == ([SHA256], 0)


def test_bytes_that_do_not_follow_are_not_taken(files: HubBlobFiles) -> None:
    files.add(SHA256, 0, DATA[:100], len(DATA))
    assert files.add(SHA256, 200, DATA[200:300], len(DATA)) == 100
    assert files.add(SHA256, 0, DATA[:100], len(DATA)) == 100


def test_another_content_is_thrown_away(files: HubBlobFiles) -> None:
    with pytest.raises(Damaged) as found:
        files.add(SHA256, 0, DATA[::-1], len(DATA))
    assert (found.value.code, files.size(SHA256), files.come(SHA256)) == ("blob-not-whole", None, 0)


def test_a_size_that_cannot_be_begins_anew(files: HubBlobFiles) -> None:
    files.add(SHA256, 0, DATA[:100], len(DATA))
    assert files.add(SHA256, 100, DATA[100:], 101) == 0
    assert files.add(SHA256, 0, DATA, len(DATA)) == len(DATA)


def test_what_is_cut_off_before_the_end_is_finished_later(files: HubBlobFiles) -> None:
    files.add(SHA256, 0, DATA, len(DATA) + 1)
    assert files.add(SHA256, len(DATA), b"", len(DATA)) == len(DATA)
    assert files.size(SHA256) == len(DATA)


def test_what_lies_unfinished_too_long_is_given_up(files: HubBlobFiles) -> None:
    files.add(SHA256, 0, DATA[:100], len(DATA))
    assert files.sweep() == 0
    assert files.sweep(time.time() + (PART_DAYS + 1) * 86400) == 1
    assert files.come(SHA256) == 0


def test_rot_is_seen(files: HubBlobFiles) -> None:
    files.add(SHA256, 0, DATA, len(DATA))
    assert files.is_whole(SHA256)
    os.truncate(files.path(SHA256), 10)
    assert not files.is_whole(SHA256)


def test_what_is_not_here_cannot_be_read(files: HubBlobFiles) -> None:
    with pytest.raises(Unavailable) as found:
        files.read_part(SHA256, 0, 1)
    assert found.value.code == "blob-missing"
