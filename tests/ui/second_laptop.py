"""A second laptop of the same team, in a folder beside the first: what is written there meets the first by exchange."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from inspector.domain.inspection import Inspection
from inspector.services.desk import Desk
from inspector.services.library import Library
from inspector.storage.workspace import Workspace
from inspector.sync.exchange import Exchange
from inspector.sync.host import Host
from inspector.sync.store import WorkspaceStore
from tests.services.laptops import ALL, colleague
from tests.storage import office


@contextmanager
def second_laptop(
    first: Desk, folder: Path, name: str = "Võ Quốc Bảo", rights: tuple[str, ...] = ALL
) -> Iterator[Desk]:
    """The desk of a colleague, certified by the same office; nothing is there yet."""
    identity = colleague(first.workspace.identity, name, rights)
    Workspace.create(folder, office.KEY, identity, app=office.APP).close()
    with Workspace.open(folder, office.KEY, app=office.APP) as workspace:
        yield Desk(workspace, Library(workspace))


def meet(one: Desk, other: Desk, space: str) -> None:
    """One exchange of a space, over memory; both hold the same afterwards."""
    mine, theirs = WorkspaceStore(one.workspace), WorkspaceStore(other.workspace)
    report = Exchange(mine, mine.hello(), Host(theirs, theirs.hello(), {space})).run(space)
    assert report.matched


def disagree(first: Desk, inspection: str, folder: Path) -> None:
    """Two members of a team in four places: a result, a long remark, a finding one of them deletes, and its cause."""
    with second_laptop(first, folder) as other:
        meet(other, first, inspection)
        found = first.inspection(inspection)
        item, finding = _item(found), next(one for one in found.findings if one.kind == "shortcoming")
        gone = next(one for one in found.findings if one.kind == "strength")
        began = "Có quyết định thành lập, quy chế làm việc; bố trí 08 quầy tiếp nhận."
        first.perform("remark_item", {"item": item, "remark": began}, inspection=inspection)
        meet(other, first, inspection)
        mine = "Có quyết định thành lập, quy chế làm việc; bố trí 08 quầy tiếp nhận, quầy số 5 chưa có người trực."
        theirs = "Có quyết định thành lập, quy chế làm việc; bố trí 08 quầy tiếp nhận, đủ người trực từ 09 giờ 30."
        for desk, text, value in ((first, mine, "khong"), (other, theirs, "mot_phan")):
            given = {"item": item, "remark": text, "result": {"value": value}}
            desk.perform("answer_item", given, inspection=inspection)
        for desk, text in ((first, "Phân công chưa rõ người."), (other, "Thiếu người do luân chuyển.")):
            desk.perform("edit_finding", {"finding": finding.id, "cause_internal": text}, inspection=inspection)
        first.perform("remove_finding", {"finding": gone.id}, inspection=inspection)
        other.perform(
            "edit_finding", {"finding": gone.id, "content": "Niêm yết đủ 100 % thủ tục."}, inspection=inspection
        )
        meet(other, first, inspection)


def seal(first: Desk, inspection: str, folder: Path) -> None:
    """Sealed by the first laptop, witnessed by a second, from which something comes late."""
    with second_laptop(first, folder) as other:
        first.perform("settle_unchecked", {"unchecked_reason": "Hết giờ làm việc"}, inspection=inspection)
        for side, position in (("team", "TRƯỞNG ĐOÀN"), ("unit", "CHỦ TỊCH")):
            first.perform("add_signer", {"side": side, "position": position}, inspection=inspection)
        meet(other, first, inspection)
        item = _item(first.inspection(inspection))
        first.perform("seal_minutes", {}, inspection=inspection)
        other.perform("remark_item", {"item": item, "remark": "Đã bổ sung sổ theo dõi."}, inspection=inspection)
        meet(other, first, inspection)
        meet(first, other, inspection)


def _item(found: Inspection) -> str:
    """An item answered by full, partly or not."""
    return next(key for key, answer in found.answers.items() if answer.value == "day_du")
