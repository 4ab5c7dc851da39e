"""Two workspaces through real HTTPS: everything arrives, nobody reads what is not theirs, faults have their names."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from inspector.domain.changeset import Json
from inspector.domain.errors import Refused, Unavailable
from inspector.storage.workspace import Workspace
from inspector.sync import wire
from inspector.sync.blobs import Blobs, exchange_blobs
from inspector.sync.chunks import Chunks
from inspector.sync.exchange import Exchange, Report
from inspector.sync.frames import pack
from inspector.sync.https import HttpsPeer
from inspector.sync.messages import Kept
from inspector.sync.store import WorkspaceStore
from inspector.system.tls import PinnedContext
from tests.hub import points
from tests.storage import office
from tests.storage.office import change


@pytest.fixture
def address(workspace: Workspace) -> Iterator[str]:
    with points.point(workspace) as found:
        yield found


def meet(asking: Workspace, peer: HttpsPeer, space: str, *, gives: bool = True) -> Report:
    store = WorkspaceStore(asking)
    return Exchange(store, store.hello(), peer, peer.room).run(space, gives=gives)


def join(workspace: Workspace, space: str, other: Workspace) -> None:
    """Takes a laptop into the team of an inspection, with its person."""
    office.admit(workspace, space, other)
    change(workspace, space, "team_member", other.author.person, "person", other.author.person)


def test_a_member_gets_the_inspection_and_gives_its_own(
    workspace: Workspace, space: str, other: Workspace, address: str
) -> None:
    join(workspace, space, other)
    for number in range(30):
        change(workspace, space, "finding", f"f{number}", "content", f"phát hiện {number}")
    with points.peer(address, other) as peer:
        assert peer.spaces() == [space]
        report = meet(other, peer, space)
        written = change(other, space, "finding", "g", "content", "của Bình")
        again = meet(other, peer, space)
    assert (report.matched, report.received[Kept.STORED], again.matched, again.sent[Kept.STORED]) == (True, 33, True, 2)
    assert workspace.change_set(written.hash) is not None
    assert workspace.position(space).root == other.position(space).root
    assert [peer.name for peer in workspace.peers()] == ["Nguyễn Văn An"]


def test_photos_go_both_ways_in_pieces(workspace: Workspace, space: str, other: Workspace, address: str) -> None:
    join(workspace, space, other)
    photo = bytes(range(256)) * 2_000
    sha256 = attach(workspace, space, photo)
    with points.peer(address, other, Chunks(most=64 * 1024)) as peer:
        meet(other, peer, space)
        own = attach(other, space, photo[::-1] * 3)
        meet(other, peer, space)
        report = exchange_blobs(Blobs(other), peer, peer.hello(WorkspaceStore(other).hello()), space)
    assert (report.received, report.sent, report.damaged) == (1, 1, 0)
    assert other.blobs.read(sha256) == photo
    assert workspace.blobs.read(own) == photo[::-1] * 3


def attach(workspace: Workspace, space: str, content: bytes) -> str:
    sha256, size = workspace.blobs.add(io.BytesIO(content))
    name(workspace, space, sha256, size)
    return sha256


def name(workspace: Workspace, space: str, sha256: str, size: int) -> None:
    file: dict[str, Json] = {"hash": sha256, "name": "anh.jpg", "mime": "image/jpeg", "size": size}
    change(workspace, space, "evidence", sha256[:8], "file", file)


def test_a_revoked_laptop_still_gives_and_reads_nothing(
    workspace: Workspace, space: str, other: Workspace, address: str
) -> None:
    join(workspace, space, other)
    with points.peer(address, other) as peer:
        meet(other, peer, space)
        office.revoke(workspace, space, other)
        late = change(other, space, "finding", "late", "content", "sau khi bị thu hồi")
        assert peer.spaces() == []
        report = meet(other, peer, space)
        with pytest.raises(Refused, match="exchange-not-shared"):
            peer.hashes(space, "x")
    assert (report.matched, report.closed, report.sent[Kept.QUARANTINED]) == (False, True, 2)
    assert workspace.change_set(late.hash) is not None


def test_an_inspection_nobody_there_knows_is_taken(
    workspace: Workspace, space: str, other: Workspace, address: str
) -> None:
    join(workspace, space, other)
    own = office.open_space(other)
    office.admit(other, own, workspace)
    change(other, own, "finding", "f", "content", "mở ngoài hiện trường")
    with points.peer(address, other) as peer:
        meet(other, peer, space)
        report = meet(other, peer, own)
    assert (report.matched, report.sent[Kept.STORED]) == (True, 3)
    assert workspace.position(own).root == other.position(own).root


def test_strangers_are_not_let_in(other: Workspace, address: str, space: str) -> None:
    with points.peer(address, other) as peer, pytest.raises(Refused, match="device-unknown"):
        peer.spaces()


@pytest.fixture
def client(address: str) -> Iterator[httpx.Client]:
    """Somebody with an ordinary HTTP program."""
    with httpx.Client(base_url=f"https://{address}", verify=PinnedContext(points.KEY.pin)) as made:
        yield made


WRONG = [
    ("GET", "/v1/hello", 400, "message-damaged"),
    ("GET", "/v1/nowhere", 404, "page-unknown"),
    ("DELETE", "/v1/hello", 405, "method-unknown"),
    ("HEAD", "/v1/hello", 405, ""),
    ("GET", "/v1/spaces", 401, "session-ended"),
    ("POST", "/v1/spaces/x/push", 401, "session-ended"),
    ("PATCH", "/v1/spaces/x/blobs/x", 401, "session-ended"),
    ("PUT", "/v1/session", 400, "message-damaged"),
]


def test_what_is_wrong_is_said_as_a_problem(client: httpx.Client) -> None:
    for method, path, status, code in WRONG:
        answer = client.request(method, path)
        assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), path
        assert code == (answer.json()["code"] if code else "")
        assert "server" not in answer.headers


def test_a_problem_has_a_sentence(client: httpx.Client) -> None:
    problem = client.get("/v1/nowhere").json()
    assert problem["title"].startswith("Máy chủ không có địa chỉ này.")


def token_of(peer: HttpsPeer) -> dict[str, str]:
    peer.enter()
    return {"Authorization": f"Bearer {peer._token}"}


def test_bodies_are_refused_as_soon_as_they_are_too_large(
    workspace: Workspace, space: str, other: Workspace, address: str, client: httpx.Client
) -> None:
    join(workspace, space, other)
    with points.peer(address, other) as peer:
        token = token_of(peer)
    sent: list[int] = []

    def endless() -> Iterator[bytes]:
        for number in range(10_000):
            sent.append(number)
            yield bytes(64 * 1024)

    with suppress(httpx.TransportError):  # it cut the line while more was coming
        assert client.post(f"/v1/spaces/{space}/push", headers=token, content=endless()).status_code == 413
    assert len(sent) < 2_000  # of 640 MB what the limit and the buffers of both sides hold
    assert client.post(f"/v1/spaces/{space}/have", headers=token, content=bytes(1 << 20)).status_code == 400
    assert client.post(f"/v1/spaces/{space}/have", headers=token, content=bytes((1 << 20) + 1)).status_code == 413


def test_pieces_of_a_blob_say_where_they_belong(
    workspace: Workspace, space: str, other: Workspace, address: str, client: httpx.Client
) -> None:
    join(workspace, space, other)
    with points.peer(address, other) as peer:
        token = token_of(peer)
    sha256 = attach(workspace, space, b"0123456789")
    path = f"/v1/spaces/{space}/blobs/{sha256}"
    state = client.head(path, headers=token)
    assert (state.headers["upload-offset"], state.headers["upload-length"]) == ("10", "10")
    part = client.get(path, headers={**token, "Range": "bytes=3-5"})
    assert (part.status_code, part.content, part.headers["content-range"]) == (206, b"345", "bytes 3-5/10")
    assert client.get(path, headers={**token, "Range": "bytes=10-12"}).status_code == 416
    for wanted in ("", "bytes=5-3", "bytes=-5", "lines=1-2"):
        assert client.get(path, headers={**token, "Range": wanted}).status_code == 400
    assert (
        client.get(f"/v1/spaces/{space}/blobs/{'0' * 64}", headers={**token, "Range": "bytes=0-1"}).status_code == 403
    )
    assert client.get(f"/v1/spaces/{space}/blobs/x", headers={**token, "Range": "bytes=0-1"}).status_code == 400
    missing = "b" * 64
    name(workspace, space, missing, 3)
    upload = {"Upload-Offset": "0", "Upload-Length": "3"}
    wrong = client.patch(f"/v1/spaces/{space}/blobs/{missing}", headers={**token, **upload}, content=b"abc")
    assert (wrong.status_code, wrong.json()["code"]) == (400, "message-damaged")
    upload["Upload-Checksum"] = "sha256 ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    whole = client.patch(f"/v1/spaces/{space}/blobs/{missing}", headers={**token, **upload}, content=b"abc")
    assert (whole.status_code, whole.json()["code"]) == (460, "blob-not-whole")
    upload["Upload-Offset"] = "5"
    late = client.patch(f"/v1/spaces/{space}/blobs/{missing}", headers={**token, **upload}, content=b"abc")
    assert (late.status_code, late.headers["upload-offset"]) == (409, "0")


def test_a_forged_change_set_is_taken_and_counts_for_nothing(
    workspace: Workspace, space: str, other: Workspace, address: str
) -> None:
    join(workspace, space, other)
    (_, opened), *_ = workspace.change_sets(space)
    mine = office.open_space(other)
    (_, made), *_ = other.change_sets(mine)
    with points.peer(address, other) as peer:
        results = peer.push(mine, pack([(made.body, bytes(64))]))
        again = peer.push(space, pack([(opened.body, bytes(64)), (made.body, made.signature)]))
    assert [(result.kept, result.reason) for result in results] == [(Kept.QUARANTINED, "bad-signature")]
    assert [result.kept for result in again] == [Kept.DUPLICATE, Kept.FOREIGN]


def test_a_bug_is_a_problem_without_contents(
    workspace: Workspace, space: str, other: Workspace, address: str, monkeypatch: pytest.MonkeyPatch,
    expected_logs: object,
) -> None:  # fmt: skip
    join(workspace, space, other)
    contents: dict[str, str] = {}
    monkeypatch.setattr(WorkspaceStore, "take_in", lambda *unused: contents["bí mật"])
    expected_logs.expect("inspector.hub", "KeyError at ")  # type: ignore[attr-defined]  # the fixture has no type here
    with points.peer(address, other) as peer, pytest.raises(Unavailable, match="peer-failed"):
        peer.push(space, _frame(workspace, space))


def _frame(workspace: Workspace, space: str) -> bytes:
    return pack([(one.body, one.signature) for _, one in workspace.change_sets(space)])


def test_the_greeting_is_small_and_proved(client: httpx.Client, workspace: Workspace) -> None:
    answer = client.get("/v1/hello", params={"nonce": "0" * 64})
    said = json.loads(answer.content)
    assert len(answer.content) < 8 * wire.KIB
    assert (said["id"], said["oldest"], said["newest"]) == (workspace.author.device, 1, 1)


def test_the_key_of_the_server_is_never_left_on_the_disk(workspace: Workspace, address: str) -> None:
    assert [path for path in Path(workspace.places.temporary).rglob("*") if path.is_file()] == []
