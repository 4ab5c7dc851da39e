"""Exchanges of real workspaces: what people are told, whom nobody lets in, what is damaged on the way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from inspector.domain.errors import BadInput, Refused
from inspector.domain.exchange import Holds, check_code
from inspector.domain.streams import EpochReason
from inspector.storage.holdings import Place
from inspector.storage.workspace import Workspace
from inspector.sync.exchange import Exchange, Report
from inspector.sync.frames import pack
from inspector.sync.host import Host
from inspector.sync.messages import Hello, Kept, Page, Request, Result
from inspector.sync.store import WorkspaceStore
from tests.storage import office
from tests.storage.office import change

AN, BINH = Hello("máy An", "An"), Hello("máy Bình", "Bình")


@pytest.fixture
def twin(folder: Path, workspace: Workspace, space: str) -> Iterator[Workspace]:
    """The same laptop as it was earlier, put back from an image."""
    change(workspace, space, "finding", "f", "content", "chung")
    office.copy(folder / "an", folder / "twin")
    with office.reopen(folder / "twin") as opened:
        yield opened


def host(answering: Workspace, *spaces: str) -> Host:
    """A laptop that answers An."""
    made = Host(WorkspaceStore(answering), BINH, spaces)
    made.hello(AN)
    return made


def meet(asking: Workspace, answering: Workspace, space: str) -> Report:
    return Exchange(WorkspaceStore(asking), AN, host(answering, space)).run(space)


def unreadable(workspace: Workspace) -> list[tuple[str, bytes, str]]:
    with workspace.database.reading() as sql:
        return list(sql.run("SELECT reason, bytes, received_from FROM quarantine_file").fetchall())


@pytest.mark.parametrize("asked", [True, False])
def test_both_get_everything_whoever_asks(workspace: Workspace, space: str, other: Workspace, asked: bool) -> None:
    for number in range(5):
        change(workspace, space, "finding", f"f{number}", "content", str(number))
    report = meet(other, workspace, space) if asked else meet(workspace, other, space)
    assert (report.received if asked else report.sent).counts == {Kept.STORED: 6}
    assert other.position(space).root == workspace.position(space).root
    assert (report.matched, report.waiting) == (True, 0)
    assert report.code == check_code(bytes.fromhex(workspace.position(space).root))
    assert workspace.verify().problems == other.verify().problems == []


def test_both_count_what_the_other_has(workspace: Workspace, space: str, other: Workspace) -> None:
    change(workspace, space, "finding", "f", "content", "một")
    meet(workspace, other, space)
    assert workspace.copies(space).only_here == other.copies(space).only_here == 0
    change(workspace, space, "finding", "f", "content", "hai")
    assert workspace.copies(space).only_here == 1
    assert [peer.name for peer in other.peers()] == ["An"]


def test_a_laptop_presents_itself_with_its_person(workspace: Workspace) -> None:
    assert WorkspaceStore(workspace).hello() == Hello(workspace.author.device, "Nguyễn Văn An")


def test_an_exchange_without_news_sends_nothing(workspace: Workspace, space: str, other: Workspace) -> None:
    meet(workspace, other, space)
    report = meet(workspace, other, space)
    assert (report.matched, report.sent.counts, report.received.counts) == (True, {}, {})


def test_what_counts_for_nothing_is_said_with_its_reason(workspace: Workspace, space: str, other: Workspace) -> None:
    made = [changeset for _, changeset in workspace.change_sets(space)]
    answering = host(other, space)
    forged = (made[0].body, bytes(64))
    assert answering.push(space, pack([forged])) == [Result(made[0].hash, Kept.QUARANTINED, "bad-signature")]
    change(workspace, space, "finding", "f", "content", "một")
    later = change(workspace, space, "finding", "f", "content", "hai")
    assert answering.push(space, pack([(later.body, later.signature)])) == [Result(later.hash, Kept.HELD)]
    assert meet(workspace, other, space).matched


def test_other_inspections_are_neither_told_nor_taken(workspace: Workspace, space: str, other: Workspace) -> None:
    hidden = office.open_space(workspace)
    answering = host(workspace, space)
    for ask in (
        lambda: answering.have(hidden, Holds()),
        lambda: answering.push(hidden, pack([])),
        lambda: answering.fetch(hidden, Request(), Place()),
        lambda: answering.hashes(hidden, "x"),
        lambda: answering.blobs_have(hidden, []),
    ):
        with pytest.raises(Refused, match="exchange-not-shared"):
            ask()
    (_, opened), *_ = workspace.change_sets(hidden)
    results = host(other, space).push(space, pack([(opened.body, opened.signature)]))
    assert results == [Result(opened.hash, Kept.FOREIGN)]
    assert other.change_set(opened.hash) is None


def test_nobody_is_answered_without_a_name(workspace: Workspace, space: str) -> None:
    with pytest.raises(BadInput, match="exchange-no-hello"):
        Host(WorkspaceStore(workspace), AN, {space}).have(space, Holds())
    assert workspace.peers() == []


def test_what_is_no_change_set_is_kept_and_the_rest_goes_on(workspace: Workspace, space: str, other: Workspace) -> None:
    made = [(one.body, one.signature) for _, one in workspace.change_sets(space)]
    broken = (b"{}", bytes(64))
    answering = host(other, space)
    for _ in range(2):
        results = answering.push(space, pack([broken, *made]))
    assert [result.kept for result in results] == [Kept.DUPLICATE]
    assert unreadable(other) == [("changeset-malformed", b"{}" + bytes(64), "An")]


def test_a_damaged_frame_is_kept_and_refused(workspace: Workspace, space: str, other: Workspace) -> None:
    with pytest.raises(BadInput, match="frame-damaged"):
        host(other, space).push(space, b"not a frame")
    assert unreadable(other) == [("frame-damaged", b"not a frame", "An")]
    assert meet(workspace, other, space).matched


class Forgetful(Host):
    """Keeps nothing of what it is given."""

    def push(self, space: str, frame: bytes) -> list[Result]:
        return []


class Endless(Host):
    """Never comes to an end of what it gives."""

    def fetch(self, space: str, request: Request, place: Place) -> Page:
        return Page(super().fetch(space, request, place).frame, Place(1))


def test_they_match_only_when_they_do(workspace: Workspace, space: str, other: Workspace) -> None:
    peer = Forgetful(WorkspaceStore(other), BINH, {space})
    assert not Exchange(WorkspaceStore(workspace), AN, peer).run(space).matched


def test_a_peer_that_never_ends_ends(workspace: Workspace, space: str, other: Workspace) -> None:
    peer = Endless(WorkspaceStore(workspace), AN, {space})
    assert Exchange(WorkspaceStore(other), BINH, peer).run(space).matched


def test_two_laptops_of_one_image_are_told(workspace: Workspace, space: str, twin: Workspace) -> None:
    change(workspace, space, "finding", "a", "content", "máy thứ nhất")
    change(twin, space, "finding", "b", "content", "máy thứ hai")
    exchange = Exchange(WorkspaceStore(workspace), AN, Host(WorkspaceStore(twin), AN, {space}))
    report = exchange.run(space)
    assert (report.matched, report.same_device, report.own) == (True, True, EpochReason.CLONED)
    assert twin.epoch_reason is EpochReason.CLONED
    assert workspace.position(space).root == twin.position(space).root


@pytest.mark.parametrize("asked", [True, False])
def test_a_laptop_that_was_set_back_gets_its_records_and_begins_anew(
    workspace: Workspace, space: str, other: Workspace, twin: Workspace, asked: bool
) -> None:
    lost = change(workspace, space, "finding", "g", "content", "sau ảnh đĩa")
    meet(workspace, other, space)
    report = meet(twin, other, space) if asked else meet(other, twin, space)
    assert (report.matched, report.own) == (True, EpochReason.RESTORED if asked else None)
    assert twin.change_set(lost.hash) is not None
    assert twin.epoch_reason is EpochReason.RESTORED
    after = change(twin, space, "finding", "g", "content", "viết tiếp")
    assert after.stream != lost.stream
    assert meet(twin, other, space).matched
    assert twin.verify().problems == other.verify().problems == []


class Closed(Host):
    """Takes everything and lets An read nothing."""

    def __init__(self, answering: Workspace) -> None:
        super().__init__(WorkspaceStore(answering), BINH, (), takes_all=True)


def test_who_may_not_read_still_gives_and_learns_only_of_its_own(
    workspace: Workspace, space: str, other: Workspace
) -> None:
    office.admit(workspace, space, other)
    meet(workspace, other, space)
    written = change(other, space, "finding", "g", "content", "không cho An biết")
    own = change(workspace, space, "finding", "f", "content", "của An")
    peer = Closed(other)
    report = Exchange(WorkspaceStore(workspace), AN, peer).run(space)
    assert (report.matched, report.closed, report.sent.counts) == (False, True, {Kept.STORED: 1})
    assert other.change_set(own.hash) is not None
    assert workspace.change_set(written.hash) is None
    again = Exchange(WorkspaceStore(workspace), AN, peer).run(space)
    assert (again.sent.counts, again.received.counts) == ({}, {})
    with pytest.raises(Refused, match="exchange-not-shared"):
        peer.fetch(space, Request(), Place())


def test_who_may_not_read_gives_what_parted_whole(
    workspace: Workspace, space: str, other: Workspace, twin: Workspace
) -> None:
    meet(workspace, other, space)
    change(workspace, space, "finding", "a", "content", "máy thứ nhất")
    meet(workspace, other, space)
    change(twin, space, "finding", "b", "content", "máy thứ hai")
    report = Exchange(WorkspaceStore(twin), AN, Closed(other)).run(space)
    assert report.sent[Kept.STORED] == 1
    assert {one.hash for _, one in twin.change_sets(space)} <= {one.hash for _, one in other.change_sets(space)}


def test_taking_without_giving(workspace: Workspace, space: str, other: Workspace) -> None:
    office.admit(workspace, space, other)
    meet(workspace, other, space)
    change(workspace, space, "finding", "a", "content", "của An")
    change(other, space, "finding", "b", "content", "của Bình")
    report = Exchange(WorkspaceStore(other), BINH, Host(WorkspaceStore(workspace), AN, {space})).run(space, gives=False)
    assert (report.matched, report.sent.counts, report.received[Kept.STORED]) == (False, {}, 1)


def test_an_exchange_stops_between_two_messages(workspace: Workspace, space: str, other: Workspace) -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    exchange = Exchange(WorkspaceStore(other), BINH, host(workspace, space), pause=stop)
    with pytest.raises(KeyboardInterrupt):
        exchange.run(space)


def test_more_hashes_than_may_be_asked_for_come_in_rounds(
    workspace: Workspace, space: str, other: Workspace, twin: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inspector.sync.exchange.MOST_ASKED", 3)
    for number in range(5):
        change(workspace, space, "finding", f"a{number}", "content", "máy thứ nhất")
        change(twin, space, "finding", f"b{number}", "content", "máy thứ hai")
    meet(workspace, other, space)
    asked: list[int] = []

    class Counting(Host):
        def fetch(self, space: str, request: Request, place: Place) -> Page:
            asked.append(len(request.hashes))
            return super().fetch(space, request, place)

    report = Exchange(WorkspaceStore(twin), AN, Counting(WorkspaceStore(other), BINH, {space})).run(space)
    assert (report.matched, asked) == (True, [3, 2])
