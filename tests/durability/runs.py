"""A recorded afternoon: a workspace that was begun, and the lines of ``record`` that fill one inspection."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from inspector.services.door import Newcomer, Ways, begin, home_of

ROOT = Path(__file__).resolve().parents[2]


def begun(folder: Path) -> tuple[Path, Path]:
    """A new workspace and the key file that opens it."""
    home, key_file = folder / "home", folder / "key"
    ways = Ways(key_file=key_file, recovery_code=None, passphrase="mười hai con giáp")  # noqa: S106 - of a test
    begin(home_of(home), Newcomer("Nguyễn Văn Thử", "Sở Nội vụ", "Tỉnh Thử"), ways)
    return home, key_file


def opening(identity: str = "mo") -> dict[str, object]:
    """The line that opens an inspection of a commune."""
    return {
        "id": identity,
        "act": "open_inspection",
        "with": {"unit": "28360", "form": "on_site", "visit_date": "2026-11-26"},
    }


def afternoon(findings: int, attachments: Sequence[Path] = ()) -> list[dict[str, object]]:
    """Lines of one inspection: findings, each with a recommendation, and some files."""
    lines: list[dict[str, object]] = [opening()]
    for number in range(findings):
        text = f"Hồ sơ thứ {number} trễ hẹn, chưa có văn bản xin lỗi. " * (1 + number % 7)
        with_ = {"kind": "shortcoming", "content": text}
        lines.append({"id": f"p{number}", "act": "add_finding", "inspection": "@mo", "with": with_})
        advice = {"finding": f"@p{number}", "content": "Xin lỗi, hẹn lại ngày trả.", "responsible": "Trung tâm PVHCC"}
        lines.append({"id": f"k{number}", "act": "add_recommendation", "inspection": "@mo", "with": advice})
    for number, path in enumerate(attachments):
        to = {"path": str(path), "finding": f"@p{number % findings}"}
        lines.append({"id": f"t{number}", "act": "attach_file", "inspection": "@mo", "with": to})
    return lines


def write_lines(path: Path, lines: Sequence[dict[str, object]]) -> Path:
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
    return path


def command(home: Path, key_file: Path, *words: str, module: str = "inspector") -> list[str]:
    return [sys.executable, "-m", module, "--home", str(home), "--key-file", str(key_file), *words]


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}


def run(home: Path, key_file: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(home, key_file, *words),
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment(),
        check=False,
    )


def receipts(printed: str | bytes) -> dict[str, dict[str, object]]:
    """The whole receipts in what was printed, by the caller's id; a line cut off in the middle is not a receipt."""
    text = printed if isinstance(printed, str) else printed.decode("utf-8", "ignore")
    whole = text[: text.rfind("\n") + 1].splitlines()
    return {str(receipt["id"]): receipt for receipt in map(json.loads, whole)}
