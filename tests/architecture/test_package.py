"""The installed package."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from tests.architecture.tree import ROOT, texts


def test_it_holds_the_program_its_content_and_its_licences_and_nothing_else(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    for name in ("inspector", "resources"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", "NOTICE"):
        shutil.copy(ROOT / name, source / name)
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=source, check=True, capture_output=True)
    [wheel] = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        names = packed.namelist()
    inside = {name for name in names if ".dist-info/" not in name}
    program = {path for path in texts() if path.startswith("inspector/")}
    content = {f"inspector/{path}" for path in texts() if path.startswith("resources/") and not path.endswith(".py")}
    assert program | content <= inside
    assert {name.split("/")[0] for name in inside} == {"inspector"}
    assert {name.rsplit("/", 1)[1] for name in names if "/licenses/" in name} >= {"LICENSE", "NOTICE"}
