"""``exchange``: two programs of two people, each a process or a command of its own, bring each other up to date."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from inspector.cli import exchanging
from inspector.hub.place import HubPlace
from inspector.services.diagnosis import Cause, Way
from inspector.system.network import own_addresses
from tests.cli.conftest import Office
from tests.cli.run import lines, run
from tests.cli.test_process import begin
from tests.hub.test_office_server import served

OPENED = {"unit": "82/construction", "form": "on_site", "visit_date": "2026-09-15"}


@pytest.fixture
def colleague(fast_tmp: Path) -> Office:
    """Another laptop, begun alone by somebody else."""
    made = Office(fast_tmp / "colleague", fast_tmp / "colleague.key")
    begun = made.run(
        "start", "--name", "Trần Thị Bình", "--agency", "Sở Tư pháp", "--office", "UBND tỉnh",
        "--recovery-to", fast_tmp / "colleague.txt",
    )  # fmt: skip
    assert begun.code == 0, begun.err
    return made


def visit(office: Office, key: str) -> None:
    act = {"id": key, "act": "open_inspection", "with": OPENED}
    assert office.run("record", source=lines(act)).code == 0


@contextmanager
def opened(office: Office, *words: str, says: bytes = b"") -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A process that holds an exchange point open: the address to reach it here."""
    process = begin(office, "exchange", "open", "--port", "0", *words)
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(says)
        process.stdin.flush()
        port = re.search(r":(\d+)\n$|cổng (\d+)", process.stdout.readline().decode())
        assert port is not None
        yield f"127.0.0.1:{port[1] or port[2]}", process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.communicate()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal to send to one process")
def test_two_processes_exchange_by_command(office: Office, colleague: Office) -> None:
    visit(office, "kt")
    visit(colleague, "cua-binh")
    with opened(office, "--inspection", "@kt", says=b"co\n") as (address, process):
        met = colleague.run("exchange", "with", address, "--inspection", "@cua-binh", "--json", answers=["có"])
        assert met.code == 0, met.err
        (outcome,) = met.data
        again = colleague.run("exchange", "with", address)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate()
    assert (outcome["name"], outcome["agency"], outcome["cut"]) == ("Nguyễn Văn An", "Sở Nội vụ", None)
    assert [(row["matched"], row["problem"]) for row in outcome["inspections"]] == [(True, None)] * 2
    moved = {(len(row["sent"]), len(row["received"])) for row in outcome["inspections"]}
    assert moved == {(0, 1), (1, 0)}
    (code,) = set(re.findall(r"Mã so sánh: (\d{3} \d{3})", met.err))
    assert f"Mã so sánh: {code}" in err.decode()
    assert "Máy của Trần Thị Bình (Sở Tư pháp) chưa có tên trong đoàn" in err.decode()
    codes = {row["code"] for row in outcome["inspections"]}
    assert set(re.findall(r"đã khớp, mã ([0-9A-Z]{4}-[0-9A-Z]{2})", out.decode())) == codes
    assert "Đã đóng điểm đồng bộ." in out.decode()
    assert process.returncode == 0
    assert (again.code, again.err) == (0, "")
    assert again.out.startswith(f"Đã trao đổi với máy của Nguyễn Văn An (Sở Nội vụ) ở {address}.\n")
    assert again.out.count("gửi 0, nhận 0 thay đổi. Đã khớp, mã ") == 2
    assert len(office.run("list", "inspections", "--json").data) == 2
    assert len(colleague.run("list", "inspections", "--json").data) == 2


def test_nobody_there_is_said(office: Office) -> None:
    met = office.run("exchange", "with", "127.0.0.1:9")
    assert (met.code, met.out) == (1, "")
    assert met.err.startswith("Không có máy nào trả lời ở 127.0.0.1:9.")
    assert met.err.endswith("[peer-no-answer]\n")


def test_why_it_does_not_work_is_said_with_the_ways_that_are_left(office: Office) -> None:
    met = office.run("exchange", "diagnose", "127.0.0.1:9")
    assert (met.code, met.err) == (1, "")
    assert "Máy kia có trong mạng nhưng chưa mở điểm trao đổi ở đó." in met.out
    assert "Dùng USB: inspector package write" in met.out
    assert office.run("exchange", "diagnose", "127.0.0.1:9", "--json").data == {
        "address": "127.0.0.1:9",
        "name": None,
        "own": own_addresses(),
        "causes": ["closed"],
        "ways": ["again", "here", "stick"],
    }


def test_every_cause_and_way_has_its_sentence() -> None:
    assert (set(exchanging._CAUSES), set(exchanging._WAYS)) == (set(Cause), set(Way))


@pytest.mark.parametrize("words", [("open", "10.0.0.1"), ("find", "10.0.0.1"), ("meet",), ()])
def test_wrong_use_is_said(office: Office, words: tuple[str, ...]) -> None:
    met = office.run("exchange", *words)
    assert (met.code, met.err.endswith("[wrong-use]\n")) == (2, True)


def test_where_nobody_answers_nobody_is_found(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("inspector.services.exchanging.look_around", list)
    monkeypatch.setattr("inspector.services.exchanging.gateways", list)
    for words in (("find",), ("with",)):
        met = office.run("exchange", *words)
        assert (met.code, met.err.endswith("[no-point-around]\n")) == (1, True)
    assert office.run("exchange", "find", "--json").data == []


def test_everything_goes_to_the_office_by_command(office: Office, tmp_path: Path) -> None:
    visit(office, "kt")
    made = run("hub", "init", tmp_path / "hub", "--name", "Sở Nội vụ", "--halves-to", tmp_path)
    pin = re.search(r"Mã khóa TLS: ([0-9a-f]{64})", made.out)
    assert pin is not None
    assert office.run("sync").err.endswith("[hub-unknown]\n")
    with served(HubPlace(tmp_path / "hub")) as address:
        assert office.run("sync", "--hub", address, "--pin", "00" * 32).err.endswith("[hub-not-agreed]\n")
        unknown = office.run("sync", "--hub", address, "--pin", pin[1])
        root = re.search(r"khóa gốc ([0-9a-f]{64}) để chạy: inspector hub admit", unknown.err)
        assert root is not None
        assert run("hub", "admit", tmp_path / "hub", root[1]).code == 0
        assert office.run("sync", "--hub", address, answers=["không"]).err.endswith("[hub-not-agreed]\n")
        met = office.run("sync", "--hub", address, answers=["có"])
        assert (met.code, pin[1] in met.err) == (0, True)
        assert re.fullmatch(
            rf"Đã trao đổi với máy chủ Sở Nội vụ ở {address}\.\n"
            r"Sở Xây dựng: gửi 2, nhận 0 thay đổi\. Đã khớp, mã [0-9A-Z]{4}-[0-9A-Z]{2}\.\n",
            met.out,
        )
        (again,) = office.run("sync", "--json").data
    assert [(row["matched"], row["sent"], row["received"]) for row in again["inspections"]] == [(True, {}, {})]
    gone = office.run("sync")
    assert (gone.code, gone.err.endswith("[peer-no-answer]\n")) == (1, True)
