from __future__ import annotations

import os
from pathlib import Path

import pytest

from inspector.domain.errors import Damaged, Unavailable
from inspector.system.folders import Workspace, default_home, home_from, key_file_from, resources_dir


def test_the_option_wins_over_the_environment_and_that_over_the_default(tmp_path: Path) -> None:
    environ = {"INSPECTOR_HOME": str(tmp_path / "b")}
    assert home_from(tmp_path / "a", environ).folder == tmp_path / "a"
    assert home_from(None, environ).folder == tmp_path / "b"
    assert home_from(None, {}).folder == default_home()


def test_a_relative_home_is_made_absolute_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert home_from("du-lieu", {}).folder == tmp_path / "du-lieu"


def test_the_key_file_comes_from_the_option_or_the_environment(tmp_path: Path) -> None:
    assert key_file_from(tmp_path / "a.key", {"INSPECTOR_KEY_FILE": "b"}) == tmp_path / "a.key"
    assert key_file_from(None, {"INSPECTOR_KEY_FILE": str(tmp_path / "b.key")}) == tmp_path / "b.key"
    assert key_file_from(None, {}) is None


def test_the_demonstration_key_lies_beside_the_folder(tmp_path: Path) -> None:
    assert Workspace(tmp_path / "demo.2026").demonstration_key == tmp_path / "demo.2026.key"


def test_a_made_workspace_has_its_folders_and_is_not_yet_one(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "a" / "b")
    workspace.make()
    assert sorted(path.name for path in workspace.folder.iterdir()) == ["backups", "blobs", "logs", "tmp"]
    assert not workspace.exists()
    workspace.slots[1].write_bytes(b"")
    assert workspace.exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights by the profile's folder")
def test_the_folders_are_for_their_owner_alone(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "home")
    workspace.make()
    for folder in (workspace.folder, workspace.blobs, workspace.temporary):
        assert folder.stat().st_mode & 0o777 == 0o700


def test_a_file_in_the_way_of_the_folder_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "home").write_bytes(b"")
    with pytest.raises(Unavailable, match="disk-failed"):
        Workspace(tmp_path / "home").make()


def test_wiping_empties_the_temporary_folder_and_follows_no_link_out_of_it(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "home")
    workspace.make()
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "keep.txt").write_text("x")
    (workspace.temporary / "anh.jpg").write_bytes(b"x")
    (workspace.temporary / "deep" / "er").mkdir(parents=True)
    (workspace.temporary / "link").symlink_to(outside, target_is_directory=True)
    (workspace.folder / ".slots.json.0a1b2c3d.part").write_bytes(b"half")
    assert workspace.wipe_temporary() == 0
    assert list(workspace.temporary.iterdir()) == []
    assert sorted(path.name for path in workspace.folder.iterdir()) == ["backups", "blobs", "logs", "tmp"]
    assert (outside / "keep.txt").exists()


def test_the_resources_of_an_installed_copy_lie_in_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = tmp_path / "inspector" / "system" / "folders.py"
    monkeypatch.setattr("inspector.system.folders.__file__", str(module))
    with pytest.raises(Damaged, match="resources-missing"):
        resources_dir()
    (tmp_path / "resources").mkdir()
    assert resources_dir() == tmp_path / "resources"
    (tmp_path / "inspector" / "resources").mkdir(parents=True)
    assert resources_dir() == tmp_path / "inspector" / "resources"


def test_the_resources_of_a_checkout_lie_beside_the_package() -> None:
    assert (resources_dir() / "messages" / "system.json").is_file()
