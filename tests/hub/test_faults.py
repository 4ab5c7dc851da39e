"""Every way in which the way fails has its own code, nothing is told to whoever is not meant, and all goes on after."""

from __future__ import annotations

import contextlib
import random
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from inspector.domain.errors import BadInput, InspectorError, Refused, Unavailable
from inspector.hub.laptop import Laptop
from inspector.hub.problems import problem, status_of
from inspector.hub.serving import Serving
from inspector.services.exchanging import credentials_of
from inspector.storage.workspace import Workspace
from inspector.sync.blobs import Blobs, exchange_blobs
from inspector.sync.chunks import FIRST, LEAST, MOST, Chunks
from inspector.sync.exchange import Exchange
from inspector.sync.frames import pack
from inspector.sync.greeting import Point
from inspector.sync.https import HttpsPeer, greet
from inspector.sync.line import PATIENCE, Line, whole_address
from inspector.sync.messages import Kept
from inspector.sync.store import WorkspaceStore
from inspector.system.tls import TlsKey, new_tls_key, pin_of, server_context, tls_key_bytes, tls_key_from
from tests.hub import points
from tests.hub.test_app import attach, join, meet
from tests.storage import office
from tests.storage.office import change


class Between:
    """Something on the way that answers some requests itself."""

    def __init__(self, answer: Callable[[Scope], Response | None]) -> None:
        self.answer = answer
        self.app: ASGIApp | None = None

    def __call__(self, app: ASGIApp) -> ASGIApp:
        async def between(scope: Scope, receive: Receive, send: Send) -> None:
            response = self.answer(scope) if scope["type"] == "http" else None
            await (app if response is None else response)(scope, receive, send)

        return between


def code(ask: Callable[[], object]) -> str:
    with pytest.raises(InspectorError) as caught:
        ask()
    return caught.value.code


def greeted(address: str, pin: str = "", expected: str = "") -> object:
    with Line(address, pin, wait=points.no_wait) as line:
        return greet(line, expected)


@contextmanager
def listening(talk: Callable[[socket.socket], object]) -> Iterator[str]:
    """Somebody who takes one connection and talks in another way."""
    with socket.create_server((points.LOOPBACK, 0)) as server:

        def answer() -> None:
            with contextlib.suppress(OSError):
                taken, _ = server.accept()
                with taken:
                    talk(taken)

        thread = threading.Thread(target=answer)
        thread.start()
        yield f"{points.LOOPBACK}:{server.getsockname()[1]}"
        server.close()
        thread.join()


def test_nobody_there() -> None:
    with socket.create_server((points.LOOPBACK, 0)) as taken:
        port = taken.getsockname()[1]
    assert code(lambda: greeted(f"{points.LOOPBACK}:{port}")) == "peer-no-answer"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("192.168.1.20", "192.168.1.20:47811"), (" https://MAY-An:8443/ ", "may-an:8443"), ("10.0.0.1:1", "10.0.0.1:1")],
)
def test_addresses_as_people_type_them(typed: str, meant: str) -> None:
    assert whole_address(typed) == meant


@pytest.mark.parametrize("typed", ["", "không phải địa chỉ", "[1:2", "a:0", "a:99999", "http://a", "a/b", "a@b", "-a"])
def test_what_is_no_address(typed: str) -> None:
    assert code(lambda: whole_address(typed)) == "address-malformed"


def test_another_key_than_the_one_known(workspace: Workspace) -> None:
    with points.point(workspace) as address:
        assert code(lambda: greeted(address, new_tls_key().pin)) == "peer-key-differs"
        greeted(address, points.KEY.pin)


def test_a_program_without_tls_1_3(tmp_path: Path) -> None:
    context = server_context(points.KEY, tmp_path)
    context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_2

    def old(taken: socket.socket) -> None:
        with contextlib.suppress(ssl.SSLError):
            context.wrap_socket(taken, server_side=True).close()

    with listening(old) as address:
        assert code(lambda: greeted(address)) == "peer-not-secure"


def test_a_server_of_another_sort(tmp_path: Path) -> None:
    with listening(lambda taken: taken.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")) as address:
        assert code(lambda: greeted(address)) == "peer-not-ours"

    async def page(request: object) -> Response:
        return HTMLResponse("<h1>Modem</h1>")

    for path in ("/v1/hello", "/"):
        with Serving(
            Starlette(routes=[Route(path, page)]), points.KEY, tmp_path, address=points.LOOPBACK, port=0
        ) as served:
            assert code(partial(greeted, f"{points.LOOPBACK}:{served.port}")) == "peer-not-ours"


def test_another_server_than_the_one_meant(workspace: Workspace) -> None:
    with points.point(workspace) as address:
        assert code(lambda: greeted(address, expected="máy chủ tỉnh")) == "peer-other-hub"
        greeted(address, expected=workspace.author.device)


def test_somebody_in_the_middle_cannot_prove_the_key(workspace: Workspace) -> None:
    with points.point(workspace, pin="ab" * 32) as address:
        assert code(lambda: greeted(address)) == "peer-not-proven"


def test_a_signature_made_for_another_key_begins_no_session(workspace: Workspace, space: str, other: Workspace) -> None:
    join(workspace, space, other)
    with points.point(workspace) as address, Line(address) as line:
        found = greet(line)
        middle = Point(found.certificate, found.signed, "cd" * 32, "", "")
        assert code(HttpsPeer(line, middle, credentials_of(other)).enter) == "session-not-proven"


class Dropping:
    """Cuts every connection at the request that brings ``left`` to nought, before it is answered or after."""

    def __init__(self, *, answered: bool) -> None:
        self.left = 0
        self.answered = answered
        self.serving: Serving | None = None

    def __call__(self, app: ASGIApp) -> ASGIApp:
        async def dropping(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http":
                await app(scope, receive, send)
                return
            self.left -= 1
            if self.left != 0:
                await app(scope, receive, send)
                return
            if self.answered:
                await app(scope, receive, _nowhere)
            assert self.serving is not None
            for connection in list(self.serving.server.server_state.connections):
                connection.transport.abort()

        return dropping


async def _nowhere(message: object) -> None:
    """What was answered is lost."""


@pytest.mark.parametrize(
    "answered",
    [
        pytest.param(False, id="the question is lost", marks=pytest.mark.many_meetings),
        pytest.param(True, id="the answer is lost"),
    ],
)
def test_a_line_cut_at_every_request_loses_nothing(
    workspace: Workspace, space: str, other: Workspace, answered: bool
) -> None:
    join(workspace, space, other)
    for number in range(4):
        change(workspace, space, "finding", f"f{number}", "content", "của An")
    with points.point(workspace) as address, points.peer(address, other) as peer:
        meet(other, peer, space)
    cuts, laptop, store = 0, Laptop(workspace), WorkspaceStore(other)
    dropping = Dropping(answered=answered)
    with points.serving(laptop, laptop, workspace.places.temporary, around=dropping) as served:
        dropping.serving = served
        address = f"{points.LOOPBACK}:{served.port}"
        for at in range(2, 40):
            change(workspace, space, "finding", f"a{at}", "content", "của An")
            change(other, space, "finding", f"b{at}", "content", "của Bình")
            dropping.left = at
            with contextlib.suppress(Unavailable), points.peer(address, other) as peer:
                Exchange(store, store.hello(), peer, lambda: 600).run(space)
            was_cut = dropping.left <= 0
            dropping.left = 0
            with points.peer(address, other) as peer:
                assert Exchange(store, store.hello(), peer, lambda: 600).run(space).matched
            if not was_cut:
                break
            cuts += 1
    assert cuts >= 6
    assert workspace.position(space).root == other.position(space).root
    assert workspace.verify().problems == other.verify().problems == []


def test_the_server_ends_in_the_middle(workspace: Workspace, space: str, other: Workspace) -> None:
    join(workspace, space, other)
    laptop = Laptop(workspace)
    with (
        points.serving(laptop, laptop, workspace.places.temporary) as served,
        points.peer(f"{points.LOOPBACK}:{served.port}", other) as peer,
    ):
        peer.spaces()
        served.close()
        assert code(lambda: meet(other, peer, space)) in ("peer-no-answer", "way-cut")


def test_a_full_disk_over_there(
    workspace: Workspace, space: str, other: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    join(workspace, space, other)
    own = office.open_space(other)

    def full(*unused: object) -> None:
        raise Unavailable("disk-full", place="/")

    with points.point(workspace) as address, points.peer(address, other) as peer:
        with monkeypatch.context() as patched:
            patched.setattr(WorkspaceStore, "take_in", full)
            assert code(lambda: meet(other, peer, own)) == "peer-disk-full"
        assert other.copies(own).only_here == 1
        meet(other, peer, own)
        assert other.copies(own).only_here == 0


def busy(times: int, answer: Response | None = None) -> Between:
    left = [times]
    refusal = answer or Response(status_code=503, headers={"Retry-After": "7"})

    def some(scope: Scope) -> Response | None:
        left[0] -= 1
        return refusal if left[0] >= 0 else None

    return Between(some)


def test_a_busy_server_is_asked_again_after_what_it_said(workspace: Workspace) -> None:
    waits: list[float] = []
    with points.point(workspace, around=busy(3)) as address, Line(address, wait=waits.append) as line:
        greet(line)
    assert len(waits) == 3
    assert all(7 <= wait <= 10.5 for wait in waits)
    assert len(set(waits)) == 3


def test_a_server_that_stays_busy_is_left_alone(workspace: Workspace) -> None:
    waits: list[float] = []
    with points.point(workspace, around=busy(1_000)) as address, Line(address, wait=waits.append) as line:
        assert code(lambda: greet(line)) == "peer-busy"
    assert sum(waits) <= PATIENCE


def test_too_many_at_once_are_asked_to_come_again() -> None:
    answer = problem(Unavailable("server-busy"))
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
    assert status_of(Unavailable("workspace-busy")) == 503
    assert status_of(Unavailable("disk-full")) == 507


def narrow(most: int) -> Between:
    """A proxy that takes no body over so many bytes, as they come out of the box."""

    def refuse(scope: Scope) -> Response | None:
        length = dict(scope["headers"]).get(b"content-length", b"0")
        return HTMLResponse("<h1>413</h1>", 413) if int(length) > most else None

    return Between(refuse)


def test_a_proxy_that_takes_little_gets_less(workspace: Workspace, space: str, other: Workspace) -> None:
    join(workspace, space, other)
    own = office.open_space(other)
    office.admit(other, own, workspace)
    for number in range(12):
        change(other, own, "finding", f"f{number}", "content", random_text(number))
    photo = bytes(range(256)) * 1_000
    sha256 = attach(other, own, photo)
    chunks = Chunks()
    with points.point(workspace, around=narrow(120_000)) as address, points.peer(address, other, chunks) as peer:
        assert meet(other, peer, own).matched
        store = WorkspaceStore(other)
        exchange_blobs(Blobs(other), peer, peer.hello(store.hello()), own)
    assert workspace.blobs.read(sha256) == photo
    assert chunks.most == LEAST


def random_text(number: int) -> str:
    """What cannot be made smaller."""
    return random.Random(number).randbytes(15_000).hex()


def test_what_is_too_narrow_for_one_change_set_is_said(
    workspace: Workspace, space: str, other: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    join(workspace, space, other)
    own = office.open_space(other)
    frame = pack([(one.body, one.signature) for _, one in other.change_sets(own)])
    narrowest = narrow(len(frame) - 1)
    with points.point(workspace, around=narrowest) as address, points.peer(address, other) as peer:
        monkeypatch.setattr(peer, "_token", "of an earlier session")  # a proof is larger than this
        assert code(lambda: peer.push(own, frame)) == "way-too-narrow"


def test_chunks_grow_while_it_goes_fast_and_stop_where_they_were_refused() -> None:
    chunks = Chunks()
    assert chunks.size == FIRST
    for _ in range(10):
        chunks.took(0.1)
    assert chunks.size == MOST
    chunks.took(3.0)
    chunks.failed()
    assert (chunks.size, chunks.most) == (MOST // 2, MOST)
    assert chunks.refused()
    chunks.took(0.1)
    assert chunks.size == chunks.most == MOST // 4
    for _ in range(20):
        chunks.refused()
    assert (chunks.size, chunks.refused()) == (LEAST, False)


def test_a_session_that_ended_is_begun_again(
    workspace: Workspace, space: str, other: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    join(workspace, space, other)
    with points.point(workspace) as address, points.peer(address, other) as peer:
        peer.spaces()
        for token in ("", "AAAA", "A=A", peer._token[:-8] + "AAAAAAAA", "A" * 400):
            peer._token = token
            assert peer.spaces() == [space]


def test_what_a_server_says_is_believed_only_as_far_as_it_is_understood(workspace: Workspace) -> None:
    strange = Response(b'{"code":"new-thing","title":"H\xc3\xa3y l\xc3\xa0m kh\xc3\xa1c."}', 400)
    strange.headers["content-type"] = "application/problem+json"
    for answer, wanted in (
        (strange, "peer-refused"),
        (Response(b"", 502), "peer-failed"),
        (Response(b"x" * 100_000, 200), "message-too-large"),
        (Response(b"not json", 200), "peer-not-ours"),
    ):
        with points.point(workspace, around=busy(1, answer)) as address, Line(address) as line:
            try:
                greet(line)
            except (BadInput, Unavailable, Refused) as error:
                assert wanted in (error.code, getattr(error.__cause__, "code", ""))  # noqa: PT017 - the cause counts too
            else:
                pytest.fail("believed")


def test_one_key_in_a_database_is_one_key_on_the_wire(tmp_path: Path) -> None:
    key: TlsKey = tls_key_from(tls_key_bytes(points.KEY))
    assert key == points.KEY
    assert len(key.pin) == 64
    assert pin_of(b"no certificate") == ""
    server_context(key, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_every_change_set_comes_once_whatever_came_before(workspace: Workspace, space: str, other: Workspace) -> None:
    join(workspace, space, other)
    own = office.open_space(other)
    frame = pack([(one.body, one.signature) for _, one in other.change_sets(own)])
    with points.point(workspace) as address, points.peer(address, other) as peer:
        first, second = peer.push(own, frame), peer.push(own, frame)
    assert ([one.kept for one in first], [one.kept for one in second]) == ([Kept.STORED], [Kept.DUPLICATE])
