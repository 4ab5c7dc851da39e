from __future__ import annotations

import io
import random
from pathlib import Path

import pytest

from inspector.domain.errors import Damaged, InspectorError
from inspector.storage.salvage import salvage
from tests.storage import office
from tests.storage.office import change, field, write

PAGE = 4096


@pytest.fixture
def filled(folder: Path) -> tuple[Path, str]:
    with office.reopen(folder) as workspace:
        space = office.open_space(workspace)
        for number in range(120):
            write(workspace, space, field("finding", f"{number:03}", "content", f"phát hiện {number} " * 40))
        workspace.blobs.add(io.BytesIO(b"a photo"))
    return folder, space


def far_pages(folder: Path) -> list[int]:
    """Some pages behind those every table began with: rows of the log and of what follows from it."""
    return list(range(120, (folder / "workspace.db").stat().st_size // PAGE, 17))


def spoil(file: Path, page: int) -> None:
    data = bytearray(file.read_bytes())
    data[(page - 1) * PAGE + 100] ^= 0xFF
    file.write_bytes(data)


def test_a_spoilt_page_is_noticed_at_the_opening(filled: tuple[Path, str]) -> None:
    folder, _ = filled
    spoil(folder / "workspace.db", 12)
    with pytest.raises(Damaged) as found:
        office.reopen(folder)
    assert found.value.code == "workspace-damaged"


def test_what_other_pages_hold_is_saved(filled: tuple[Path, str]) -> None:
    folder, space = filled
    with office.reopen(folder) as workspace:
        whole = [changeset for _, changeset in workspace.change_sets(space)]
        sha256 = next(workspace.blobs.all())[0]
    for page in far_pages(folder):
        spoil(folder / "workspace.db", page)
    result = salvage(folder, office.KEY, folder.with_name("saved"), app="2", clock=office.StandingClock())
    assert result.unreadable > 0
    assert result.found + result.unreadable == len(whole)
    assert result.found > len(whole) // 2
    with office.reopen(folder.with_name("saved")) as workspace:
        saved = {changeset.hash for _, changeset in workspace.change_sets(space)}
        waiting = {waiting.changeset.hash for waiting in workspace.waiting()}
        lost = [changeset for changeset in whole if changeset.hash not in saved | waiting]
        assert [(space, changeset.stream, changeset.n) for changeset in lost] == result.missing
        assert workspace.blobs.read(sha256) == b"a photo"
        assert workspace.verify().problems == []
        workspace.accept(lost, received_from="máy khác")
        assert {changeset.hash for _, changeset in workspace.change_sets(space)} == {item.hash for item in whole}
        assert change(workspace, space, "finding", "000", "content", "tiếp").stream != whole[0].stream


def test_a_file_whose_first_page_is_gone_is_hopeless(filled: tuple[Path, str]) -> None:
    folder, _ = filled
    spoil(folder / "workspace.db", 1)
    with pytest.raises(Damaged) as found:
        salvage(folder, office.KEY, folder.with_name("saved"), app="2")
    assert found.value.code == "salvage-hopeless"
    assert not folder.with_name("saved").exists()


@pytest.mark.parametrize("seed", range(4))
def test_no_damage_to_the_file_is_more_than_an_error(filled: tuple[Path, str], seed: int) -> None:
    folder, _ = filled
    file = folder / "workspace.db"
    whole = file.read_bytes()
    chance = random.Random(seed)
    for _ in range(10):
        at = chance.randrange(len(whole))
        spoilt = chance.choice(
            (whole[:at], whole[:at] + chance.randbytes(50) + whole[at + 50 :], whole[:at] + bytes(len(whole) - at), b"")
        )
        file.write_bytes(spoilt)
        with pytest.raises(InspectorError):
            office.reopen(folder)
        assert file.read_bytes() == spoilt
    file.write_bytes(whole)
    office.reopen(folder).close()
