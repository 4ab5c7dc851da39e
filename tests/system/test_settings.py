from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from inspector.system.settings import Settings, load_settings, save_settings


def test_no_file_is_the_defaults_without_a_notice(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "settings.json") == (Settings(), [])


def test_what_was_chosen_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    chosen = Settings("en", "dark", 150, "/nha/Văn bản", "/net/usb", "mọi cuộc", {"future": [1, 2]})
    save_settings(path, chosen)
    loaded, notices = load_settings(path)
    assert (replace(loaded, unknown={}), notices) == (replace(chosen, unknown={}), [])
    assert loaded.unknown["future"] == [1, 2]


def test_what_a_newer_program_wrote_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"v": 9, "theme": "light", "sounds": False}), encoding="utf-8")
    loaded, _ = load_settings(path)
    save_settings(path, replace(loaded, theme="dark"))
    content = json.loads(path.read_text(encoding="utf-8"))
    assert (content["v"], content["theme"], content["sounds"]) == (9, "dark", False)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("language", "fr"),
        ("theme", 5),
        ("text_scale", 79),
        ("text_scale", 201),
        ("text_scale", True),
        ("text_scale", 99.5),
        ("documents_folder", None),
        ("backup_folder", ["x"]),
    ],
)
def test_a_value_that_cannot_be_is_the_default_and_a_notice(tmp_path: Path, name: str, value: object) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"v": 1, "language": "en"} | {name: value}), encoding="utf-8")
    loaded, notices = load_settings(path)
    assert getattr(loaded, name) == getattr(Settings(), name)
    assert loaded.language == ("vi" if name == "language" else "en")
    assert [(notice.code, notice.params) for notice in notices] == [("settings-value", {"name": name})]


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\xff\xfe", b"[" * 100_000], ids=range(5))
def test_a_damaged_file_is_the_defaults_a_notice_and_kept_aside(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(data)
    loaded, notices = load_settings(path)
    assert loaded == Settings()
    assert [notice.code for notice in notices] == ["settings-damaged"]
    assert (tmp_path / "settings.json.damaged").read_bytes() == data


def test_a_file_that_cannot_be_read_is_the_defaults_and_a_notice(tmp_path: Path) -> None:
    loaded, notices = load_settings(tmp_path)
    assert loaded == Settings()
    assert [notice.code for notice in notices] == ["settings-damaged"]
