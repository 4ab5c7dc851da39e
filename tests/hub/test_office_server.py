"""An office's hub over HTTPS: who is let in, what they get, and what it says of itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from inspector.domain.errors import BadInput, Refused, Unavailable
from inspector.hub.keeping import admit
from inspector.hub.office_server import Office, office_application, serve
from inspector.hub.place import HubPlace, make
from inspector.hub.serving import Serving
from inspector.storage.hub.receipts import PREFIX
from inspector.storage.workspace import Workspace
from inspector.sync import wire
from inspector.sync.exchange import Exchange
from inspector.sync.line import Line
from inspector.sync.store import WorkspaceStore
from inspector.system.identity import read_certificate
from inspector.system.keys import verify
from tests.hub.points import LOOPBACK, peer
from tests.sync.test_sharing import admit as admit_member
from tests.sync.test_sharing import name_in_team


@pytest.fixture
def place(folder: Path) -> HubPlace:
    return make(folder / "hub", "Sở Nội vụ")[0]


@contextmanager
def served(place: HubPlace) -> Iterator[str]:
    keys = place.keys()
    app = office_application(Office(place), keys.tls.pin)
    with Serving(app, keys.tls, place.temporary, address=LOOPBACK, port=0) as found:
        yield f"{LOOPBACK}:{found.port}"


def send(address: str, workspace: Workspace, space: str) -> bool:
    store = WorkspaceStore(workspace)
    with peer(address, workspace) as hub:
        return Exchange(store, store.hello(), hub).run(space).matched


def test_the_office_brings_an_inspection_and_a_member_fetches_it(
    place: HubPlace, workspace: Workspace, other: Workspace, space: str
) -> None:
    admit_member(workspace, other, space, "write")
    name_in_team(workspace, other, space)
    with served(place) as address:
        with pytest.raises(Refused, match="device-unknown"):
            send(address, workspace, space)
        admit(place, read_certificate(workspace.author.certificate).root)
        assert send(address, workspace, space)
        with peer(address, other) as hub:
            assert hub.spaces() == [space]
        assert send(address, other, space)
    with workspace.holdings(space) as mine, other.holdings(space) as theirs:
        assert mine.vector().root() == theirs.vector().root()


def test_a_receipt_is_signed_by_the_hub(place: HubPlace, workspace: Workspace, space: str) -> None:
    admit(place, read_certificate(workspace.author.certificate).root)
    with served(place) as address:
        send(address, workspace, space)
        with peer(address, workspace) as hub:
            reply = wire.Small(hub._ask("POST", f"/v1/spaces/{wire.segment(space)}/receipt").body)
            with pytest.raises(Refused, match="exchange-not-shared"):
                hub._ask("POST", f"/v1/spaces/{wire.segment('other')}/receipt")
    body, signature = reply.text("receipt").encode(), reply.bytes("signature", 64)
    assert verify(read_certificate(place.keys().certificate).key, signature, PREFIX + body)


def test_it_tells_how_much_there_is_and_of_whom_nothing(place: HubPlace, workspace: Workspace, space: str) -> None:
    admit(place, read_certificate(workspace.author.certificate).root)
    with served(place) as address:
        send(address, workspace, space)
        with Line(address) as line:
            assert line.ask("GET", "/v1/health").body == b'{"status":"ok"}'
            found = line.ask("GET", "/v1/metrics").body.decode()
    assert "inspector_hub_spaces 1\n" in found
    person = read_certificate(workspace.author.certificate).person
    assert not any(word in found for word in (person.name, person.agency, space, workspace.author.device))


def test_a_certificate_of_a_proxy_has_to_be_one(place: HubPlace) -> None:
    with pytest.raises(BadInput) as found:
        serve(place, address=LOOPBACK, port=0, proxy_certificate=place.settings_file, ready=print)
    assert found.value.code == "proxy-certificate-unreadable"


def test_a_hub_that_is_not_there_is_not_served(folder: Path) -> None:
    with pytest.raises(Unavailable) as found:
        Office(HubPlace(folder / "none"))
    assert found.value.code == "hub-missing"
