"""What is written of the hub's answers is what it answers: every path, method and status, asked in memory."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator
from starlette.routing import Route

from inspector.hub import app
from inspector.hub.description import FILE, OPERATIONS, Operation, description, written
from inspector.hub.inviting import invite
from inspector.hub.keeping import admit
from inspector.hub.office_server import Office
from inspector.hub.place import HubPlace, make
from inspector.services.accepting import accept_invitation, open_invitation
from inspector.services.desk import Desk
from inspector.services.library import Library
from inspector.storage.holdings import Place
from inspector.storage.workspace import Workspace
from inspector.sync import wire
from inspector.sync.frames import pack
from inspector.sync.messages import Request
from inspector.system.identity import read_certificate
from tests.hub.asking import Asking, asking
from tests.hub.test_app import attach

ROOT = Path(__file__).parents[2]
PHOTO = b"anh hien truong" * 900


def test_the_page_is_what_the_program_says() -> None:
    assert (ROOT / FILE).read_text(encoding="utf-8") == written()


@pytest.fixture
def place(folder: Path) -> HubPlace:
    return make(folder / "hub", "Sở Nội vụ")[0]


@pytest.fixture
def ask(place: HubPlace, workspace: Workspace) -> Iterator[Asking]:
    admit(place, read_certificate(workspace.author.certificate).root)
    with asking(Office(place)) as found:
        yield found


def test_every_route_is_described(ask: Asking) -> None:
    routes = {(route.path, method.lower()) for route in ask.routes.routes() if isinstance(route, Route)
              for method in route.methods or ()}  # fmt: skip
    described = {(one.path, one.method) for one in OPERATIONS}
    extra = {(path, method) for path, method in routes - described if method != "head"}  # the library adds it to GET
    assert (extra, described - routes) == (set(), set())


class Walk:
    """Asks, and holds every answer to its description."""

    def __init__(self, ask: Asking, space: str, sha256: str) -> None:
        self.seen: set[tuple[str, str, int]] = set()
        self._ask = ask
        self._known = {"space": wire.segment(space), "stream": "x", "sha256": sha256}
        self._paths = description()["paths"]

    def __call__(
        self, one: Operation, content: bytes = b"", headers: dict[str, str] | None = None, **other: str
    ) -> httpx.Response:
        asked = other.pop("asked", "")
        path = one.path.format(**{**self._known, **other}) + asked
        answer = self._ask(one.method.upper(), path, content, headers)
        said = self._paths[one.path][one.method]["responses"].get(str(answer.status_code))
        assert said is not None, (one.method, one.path, answer.status_code, answer.text)
        self.seen.add((one.method, one.path, answer.status_code))
        missing = [name for name in said.get("headers", {}) if name not in answer.headers]
        assert not missing, (one.method, one.path, answer.status_code, missing)
        if one.method != "head":
            _fits(answer, said.get("content", {}))
        return answer


def _fits(answer: httpx.Response, content: dict[str, Any]) -> None:
    if not content:
        assert answer.content == b""
        return
    kind = answer.headers["Content-Type"].partition(";")[0]
    schema = content[kind]["schema"]
    if "$ref" in schema:
        Draft202012Validator(schema | {"components": description()["components"]}).validate(answer.json())


def test_every_answer_that_is_described_is_given(
    ask: Asking,
    place: HubPlace,
    workspace: Workspace,
    space: str,
    other: Workspace,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sha256 = attach(workspace, space, PHOTO)
    walk, by = Walk(ask, space, sha256), {(one.method, one.path): one for one in OPERATIONS}
    at = "/v1/spaces/{space}"
    blob = f"{at}/blobs/{{sha256}}"
    who = ask.enter(workspace)
    changesets = [one for _, one in workspace.change_sets(space)]
    with workspace.holdings(space) as mine:
        holds = wire.holds_bytes(mine.holds())
    piece = {**who, **_upload(PHOTO, 0, len(PHOTO))}
    good = {
        ("get", "/v1/hello"): (b"", {}, f"?nonce={'0' * 64}"),
        ("post", "/v1/session"): (wire.small_bytes({"device": "x"}), {}, ""),
        ("get", "/v1/spaces"): (b"", who, ""),
        ("post", f"{at}/push"): (pack([(one.body, one.signature) for one in changesets]), who, ""),
        ("post", f"{at}/have"): (holds, who, ""),
        ("post", f"{at}/fetch"): (wire.request_bytes(Request((), (changesets[0].hash,)), Place(0, 0), 10_000), who, ""),
        ("get", f"{at}/hashes/{{stream}}"): (b"", who, ""),
        ("post", f"{at}/receipt"): (b"", who, ""),
        ("post", f"{at}/blobs/need"): (wire.sizes_bytes({sha256: len(PHOTO)}), who, ""),
        ("post", f"{at}/blobs/have"): (wire.names_bytes([sha256]), who, ""),
        ("patch", blob): (PHOTO, piece, ""),
        ("head", blob): (b"", who, ""),
        ("get", blob): (b"", {**who, "Range": "bytes=0-9"}, ""),
        ("get", "/v1/health"): (b"", {}, ""),
        ("get", "/v1/metrics"): (b"", {}, ""),
    }
    wrong = PHOTO[:-1] + b"!"
    walk(by["post", f"{at}/push"], *good["post", f"{at}/push"][:2])
    walk(by["patch", blob], PHOTO, {**who, **_upload(PHOTO, 7, len(PHOTO) + 7)})
    walk(by["patch", blob], wrong, {**who, **_upload(wrong, 0, len(PHOTO))})
    for key, (content, headers, asked) in good.items():
        assert walk(by[key], content, headers, asked=asked).status_code == by[key].good
    walk(by["get", blob], b"", {**who, "Range": "bytes=90000000-90000001"})

    proof = by["put", "/v1/session"]
    walk(proof, ask.proof(workspace))
    walk(proof, _spoiled(ask.proof(workspace)))
    _join(walk, by["post", "/v1/join"], ask, place, [workspace, other], tmp_path)

    for one in OPERATIONS:
        content, headers, asked = good.get((one.method, one.path), (ask.proof(workspace), {}, ""))
        if one.takes:
            walk(one, bytes(one.most + 1), headers)
        if 400 in one.statuses:
            strange = {"sha256": "x"} if one.method in ("head", "get") else {}
            walk(one, b"{", headers, **strange)
        if 403 in one.statuses and one.session:
            walk(one, content, headers, space="other", asked=asked)
        if one.session:
            walk(one, content, {name: value for name, value in headers.items() if name != "Authorization"})
        if one.disk:
            with monkeypatch.context() as patch:
                patch.setattr(app, "MOST_WAITING", 0)
                walk(one, content, headers, asked=asked)
    join = by["post", "/v1/join"]
    while walk(join, b"{}").status_code != 429:
        walk(join, _spoiled(ask.proof(workspace)))
    described = {(one.method, one.path, status) for one in OPERATIONS for status in one.statuses}
    assert sorted(described - walk.seen) == []


def _join(walk: Walk, join: Operation, ask: Asking, place: HubPlace, laptops: list[Workspace], folder: Path) -> None:
    """Nobody is invited yet; then one is, and another comes with the same invitation."""
    walk(join, ask.proof(laptops[0]))
    _, code = invite(place, folder / "an.cchc-moi", "Nguyễn Văn An", "Sở Nội vụ", "127.0.0.1")
    for laptop in laptops:
        accept_invitation(Desk(laptop, Library(laptop)), open_invitation(folder / "an.cchc-moi", code))
        walk(join, ask.proof(laptop))


def _spoiled(proof: bytes) -> bytes:
    """Signed by somebody else."""
    return wire.small_bytes({**json.loads(proof), "signature": "0" * 128})


def _upload(data: bytes, offset: int, size: int) -> dict[str, str]:
    digest = hashlib.sha256(data).hexdigest()
    return {"Upload-Offset": str(offset), "Upload-Length": str(size), "Upload-Checksum": f"sha256 {digest}"}


def test_it_is_a_description_of_that_kind() -> None:
    found = json.loads(written())
    assert found["openapi"] == "3.1.0"
    for schema in found["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
