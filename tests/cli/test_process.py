"""The command line as a process of its own: pipes, signals, encodings."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Office

ROOT = Path(__file__).resolve().parents[2]
# A shell's background jobs ignore Ctrl+C, and so would what they start.
START = "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); from inspector.app import main; "
START += "sys.exit(main())"


def begin(office: Office, *words: str, encoding: str = "cp1252") -> subprocess.Popen[bytes]:
    """A process whose streams would take the code page of an old Windows if nobody cared."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    options = ["--home", str(office.home), "--key-file", str(office.key_file)]
    return subprocess.Popen(
        [sys.executable, "-c", START, *options, *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    )


def saved(name: str) -> bytes:
    return json.dumps({"id": name, "act": "save_person", "with": {"name": name}}).encode() + b"\n"


def send(process: subprocess.Popen[bytes], line: bytes) -> dict[str, object]:
    """One line in, and its receipt out while the process goes on waiting."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(line)
    process.stdin.flush()
    receipt: dict[str, object] = json.loads(process.stdout.readline())
    return receipt


def test_a_receipt_comes_before_the_next_line_is_sent(office: Office) -> None:
    process = begin(office, "record")
    assert send(process, saved("An"))["ok"] is True
    assert send(process, saved("Bình"))["ok"] is True
    out, err = process.communicate()
    assert (process.returncode, out) == (0, b"")
    assert err.decode() == "Đã lưu 2 dòng, 0 dòng không ghi được.\n"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal to send to one process")
def test_stopped_by_keyboard_it_says_so_and_keeps_what_it_acknowledged(office: Office) -> None:
    process = begin(office, "record")
    send(process, saved("An"))
    process.send_signal(signal.SIGINT)
    _, err = process.communicate()
    assert (process.returncode, err.decode()) == (1, "Đã dừng theo yêu cầu. Những gì đã báo lưu thì vẫn còn.\n")
    assert [person["name"] for person in office.run("list", "people", "--json").data] == ["An"]


def test_when_the_reader_goes_away_it_ends_without_a_word(office: Office) -> None:
    process = begin(office, "record")
    send(process, saved("An"))
    assert process.stdout is not None
    assert process.stdin is not None
    process.stdout.close()
    process.stdin.write(saved("Bình"))
    process.stdin.close()
    assert process.stderr is not None
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 1


def test_redirected_output_is_utf_8_with_line_feeds(office: Office) -> None:
    process = begin(office, "list", "acts")
    out, err = process.communicate()
    assert (process.returncode, err) == (0, b"")
    assert "Ghi kết quả mục\n".encode() in out
    assert b"\r" not in out
