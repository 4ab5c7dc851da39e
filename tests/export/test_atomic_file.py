"""A file is put into place whole, or the one that was there stays."""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path

import pytest

from inspector.domain.errors import Unavailable
from inspector.export import atomic_file
from inspector.export.atomic_file import replace_file, safe_name


def test_what_lies_there_has_the_hash_told(tmp_path: Path) -> None:
    out = tmp_path / "a.docx"
    assert replace_file(out, b"bytes") == hashlib.sha256(out.read_bytes()).hexdigest()


def test_others_may_read_the_file_as_any_other(tmp_path: Path) -> None:
    usual, out = tmp_path / "usual", tmp_path / "a.docx"
    usual.write_bytes(b"")
    replace_file(out, b"x")
    assert out.stat().st_mode == usual.stat().st_mode


FAILURES = [
    (PermissionError(errno.EACCES, "denied"), "export-file-open"),
    (OSError(errno.ENOSPC, "No space left on device"), "export-disk-full"),
    (OSError(errno.EIO, "Input/output error"), "export-cannot-write"),
]


@pytest.mark.parametrize(("failure", "code"), FAILURES)
def test_a_failure_leaves_the_old_file_and_nothing_beside_it(
    failure: OSError, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "a.docx"
    out.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise failure

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(Unavailable) as caught:
        replace_file(out, b"new")
    assert caught.value.code == code
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.docx", b"old")]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(Unavailable) as caught:
        replace_file(tmp_path / "khong" / "a.docx", b"x")
    assert (caught.value.code, caught.value.params["folder"]) == ("export-no-folder", str(tmp_path / "khong"))


def test_bytes_that_read_back_otherwise_are_not_put_into_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "read_bytes", lambda _: b"other")
    with pytest.raises(Unavailable, match="export-cannot-write"):
        replace_file(tmp_path / "a.docx", b"x")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Biên bản 05/BB-ĐKT: xã Gò Sen?", "Biên bản 05-BB-ĐKT- xã Gò Sen"),
        ("  ...  ", "bien-ban"),
        ("a" * 300, "a" * 120),
    ],
)
def test_names_are_such_as_windows_takes(text: str, name: str) -> None:
    assert safe_name(text) == name
    assert atomic_file.safe_name(name) == name
