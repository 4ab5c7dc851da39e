"""A hub with more to do than it can: whoever comes is asked to come again (503 with Retry-After), and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from inspector.hub import app
from inspector.hub.keeping import admit
from inspector.hub.office_server import Office
from inspector.hub.place import HubPlace, make
from inspector.storage.hub import engine, lane, tables
from inspector.storage.workspace import Workspace
from inspector.sync import wire
from inspector.sync.frames import pack
from inspector.system.identity import read_certificate
from tests import postgres
from tests.hub.asking import Asking, asking

_BUSY = (503, "2")
_DATABASE_BUSY = (503, "5")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def place(request: pytest.FixtureRequest, folder: Path) -> Iterator[HubPlace]:
    with postgres.server() if request.param == "postgres" else nullcontext() as server:
        yield make(folder / "hub", "Sở Nội vụ", server.empty() if server else "")[0]


@pytest.fixture
def ask(place: HubPlace, workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Iterator[Asking]:
    # of PostgreSQL it is a sixth of the time any statement has, also where others have most of the machine
    monkeypatch.setattr(engine, "WAIT_SECONDS", 1.0 if place.settings().database else 0.2)
    admit(place, read_certificate(workspace.author.certificate).root)
    with asking(Office(place)) as found:
        yield found


@pytest.fixture
def hub(ask: Asking) -> Office:
    return ask.office


Questions = dict[str, Callable[[], httpx.Response]]


@pytest.fixture
def questions(ask: Asking, workspace: Workspace, space: str) -> Questions:
    """One request of each kind that needs the database."""
    who = ask.enter(workspace)
    at = f"/v1/spaces/{wire.segment(space)}"
    frame = pack([(one.body, one.signature) for _, one in workspace.change_sets(space)])
    with workspace.holdings(space) as mine:
        holds = wire.holds_bytes(mine.holds())
    return {
        "push": lambda: ask("POST", f"{at}/push", frame, who),
        "have": lambda: ask("POST", f"{at}/have", holds, who),
        "spaces": lambda: ask("GET", "/v1/spaces", headers=who),
        "health": lambda: ask("GET", "/v1/health"),
        "metrics": lambda: ask("GET", "/v1/metrics"),
    }


def told(questions: Questions) -> dict[str, tuple[int, str]]:
    answers = {name: ask() for name, ask in questions.items()}
    return {name: (answer.status_code, answer.headers.get("Retry-After", "")) for name, answer in answers.items()}


@contextmanager
def every_connection(hub: Office) -> Iterator[None]:
    database = hub.log.database
    held = [database.engine.connect() for _ in range(engine.READERS + database.writers)]
    try:
        yield
    finally:
        for connection in held:
            connection.close()


@contextmanager
def every_lock(hub: Office) -> Iterator[None]:
    with hub.log.database.writing() as connection:
        connection.execute(select(tables.space).with_for_update())
        yield


@pytest.mark.parametrize("taken", [every_connection, every_lock])
def test_what_is_taken_by_others_is_asked_for_again(
    hub: Office, questions: Questions, taken: Callable[[Office], AbstractContextManager[None]]
) -> None:
    assert told(questions)["push"] == (200, "")
    with taken(hub):
        found = told(questions)
    assert found["push"] == _DATABASE_BUSY
    assert set(found.values()) <= {_DATABASE_BUSY, (200, "")}
    if taken is every_connection:
        assert set(found.values()) == {_DATABASE_BUSY}
    assert set(told(questions).values()) == {(200, "")}


@pytest.mark.parametrize(
    ("where", "limit", "least"), [(app, "MOST_WAITING", 0), (app, "MOST_SECONDS", -1.0), (app, "MOST_IN_BODIES", 0)]
)
def test_a_queue_that_is_full_is_asked_again(
    questions: Questions, monkeypatch: pytest.MonkeyPatch, where: object, limit: str, least: float
) -> None:
    monkeypatch.setattr(where, limit, least)
    assert told(questions)["push"] == _BUSY
    monkeypatch.undo()
    assert told(questions)["push"] == (200, "")


def test_a_writer_with_too_much_to_do_is_asked_again(questions: Questions, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lane, "MOST_WAITING", 0)
    assert told(questions)["push"] == _DATABASE_BUSY


def test_a_connection_goes_on_after_a_refusal(questions: Questions, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new one for each laptop and refusal is most of what a busy hub would do."""
    monkeypatch.setattr(app, "MOST_WAITING", 0)
    answers = [questions["push"](), questions["health"]()]
    monkeypatch.setattr(app, "MOST_IN_BODIES", 0)
    assert [answer.headers.get("Connection") for answer in [*answers, questions["push"]()]] == [None, None, "close"]
