"""The least a hub could be: ``python -m tests.bench.bare_hub FOLDER PORT`` stores rows and gives them back again.

Starlette and SQLite with FULL; no signatures, no judgement, no encryption, no TLS: what they cost shows beside it.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sqlite3
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


class BareHub:
    """Rows of an id and a text, numbered as they arrive."""

    def __init__(self, file: Path) -> None:
        self._database = sqlite3.connect(file, check_same_thread=False, isolation_level=None)
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = FULL")
        self._database.execute("CREATE TABLE record (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body TEXT)")
        self._disk = ThreadPoolExecutor(1)

    async def push(self, request: Request) -> Response:
        rows = json.loads(await request.body())
        stored = await asyncio.get_running_loop().run_in_executor(self._disk, self._store, rows)
        return Response(json.dumps({"stored": stored}))

    def _store(self, rows: list[list[str]]) -> int:
        self._database.execute("BEGIN IMMEDIATE")
        stored = self._database.executemany("INSERT OR IGNORE INTO record (id, body) VALUES (?, ?)", rows).rowcount
        self._database.execute("COMMIT")
        return stored

    async def pull(self, request: Request) -> Response:
        after, most = int(request.query_params["after"]), int(request.query_params["most"])
        return Response(await asyncio.get_running_loop().run_in_executor(self._disk, self._rows, after, most))

    def _rows(self, after: int, most: int) -> str:
        asked = "SELECT seq, id, body FROM record WHERE seq > ? ORDER BY seq LIMIT ?"
        return json.dumps(self._database.execute(asked, (after, most)).fetchall(), ensure_ascii=False)

    def application(self) -> Starlette:
        return Starlette(routes=[Route("/push", self.push, methods=["POST"]), Route("/pull", self.pull)])


if __name__ == "__main__":
    app = BareHub(Path(sys.argv[1]) / "bare.db").application()
    with contextlib.suppress(KeyboardInterrupt):
        uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[2]), log_level="critical")
