"""What the groups of ``dev.GROUPS`` stand on is there when they run."""

from __future__ import annotations

import errno
import subprocess
from collections.abc import Callable
from pathlib import Path

import keyring
import pytest

from tests.conftest import PLACES


def test_every_part_that_makes_a_group_is_there() -> None:
    assert [str(place) for place in PLACES if not place.exists()] == []


@pytest.mark.small_disk
def test_a_small_disk_is_full_when_it_is_full(small_disk: Callable[[int], Path]) -> None:
    file = small_disk(1) / "file"
    with pytest.raises(OSError, match="No space left") as caught:
        file.write_bytes(bytes(2 << 20))
    assert caught.value.errno == errno.ENOSPC


@pytest.mark.keychain
def test_a_keychain_keeps_a_secret(keychain: None) -> None:
    keyring.set_password("inspector-test", "key", "0123456789abcdef")
    assert keyring.get_password("inspector-test", "key") == "0123456789abcdef"


@pytest.mark.power_cut
def test_every_write_can_be_recorded(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    subprocess.run(
        ["strace", "-f", "-e", "trace=write", "-o", trace, "sh", "-c", "echo lines"],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    assert 'write(1, "lines\\n", 6)' in trace.read_text(encoding="utf-8")


@pytest.mark.pages
def test_a_page_can_be_drawn(tmp_path: Path) -> None:
    source = tmp_path / "page.txt"
    source.write_text("Cộng hòa xã hội chủ nghĩa Việt Nam\n", encoding="utf-8")
    office = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    subprocess.run([*office, "--convert-to", "pdf", "--outdir", tmp_path, source], check=True, capture_output=True)
    text = subprocess.run(["pdftotext", tmp_path / "page.pdf", "-"], check=True, capture_output=True).stdout
    assert "Cộng hòa xã hội chủ nghĩa Việt Nam" in text.decode()
