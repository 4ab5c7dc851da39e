"""The tables of a workspace that do not depend on the registry, and the stamps that say which ones a file holds.

Three sorts of tables. The log is the truth: insert-only, guarded by triggers, its bytes are what was signed. Derived
tables (``op``, ``dead``, the projections, the search index) follow from the log alone and can be dropped at any time.
Local tables (``draft``, ``act``, ``blob``, ``own``, ``quarantine_file``, ``peer`` and what peers hold, ``package``,
``age_key``) never leave this laptop.

``held_by`` has the ends of streams a peer reported after its last commit, whether or not they are known here; an end
stands for all its predecessors too, unless it is held there and stands ``alone``.

Inside the file spaces, streams and change sets go by small numbers; their ids and hashes stand once, in ``space``,
``stream`` and ``log``. A write is named by ``(seq, idx)``, which is its operation id with the hash looked up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inspector.storage.engine import Sql

VERSION = 3
"""The number of these tables; one higher for every step in ``migrations``."""

ACCEPTED, HELD, QUARANTINED = 0, 1, 2

LOG_AND_LOCAL = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE own (name TEXT PRIMARY KEY, bytes BLOB NOT NULL) WITHOUT ROWID;

CREATE TABLE space (
    pk INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT,
    nonce TEXT
);
CREATE TABLE stream (
    pk INTEGER PRIMARY KEY,
    space INTEGER NOT NULL REFERENCES space,
    id TEXT NOT NULL,
    forked INTEGER NOT NULL DEFAULT 0,
    UNIQUE (id, space)
);
CREATE TABLE own_stream (
    space INTEGER PRIMARY KEY REFERENCES space,
    stream INTEGER NOT NULL REFERENCES stream,
    ended TEXT,
    last_n INTEGER,
    last_hash BLOB
);
CREATE TABLE log (
    seq INTEGER PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE,
    stream INTEGER NOT NULL REFERENCES stream,
    n INTEGER NOT NULL,
    space INTEGER NOT NULL REFERENCES space,
    lseq INTEGER,
    status INTEGER NOT NULL,
    reason TEXT,
    kind TEXT NOT NULL,
    lc INTEGER NOT NULL,
    body BLOB NOT NULL,
    sig BLOB NOT NULL,
    recv_at TEXT,
    recv_from TEXT
);
CREATE INDEX log_stream ON log (stream, n, lseq);
CREATE UNIQUE INDEX log_arrival ON log (space, lseq, lc) WHERE lseq IS NOT NULL;
CREATE INDEX log_unsettled ON log (space, status) WHERE status <> 0;
CREATE INDEX log_control ON log (space, lseq) WHERE kind IN ('member', 'revoke', 'settle');
CREATE TRIGGER log_is_written_once BEFORE UPDATE OF seq, hash, stream, n, space, kind, lc, body ON log
BEGIN SELECT raise(ABORT, 'the log is written once'); END;
CREATE TRIGGER log_signature_is_kept BEFORE UPDATE OF sig ON log WHEN OLD.lseq IS NOT NULL
BEGIN SELECT raise(ABORT, 'the log is written once'); END;
CREATE TRIGGER log_is_never_deleted BEFORE DELETE ON log
BEGIN SELECT raise(ABORT, 'the log is never deleted'); END;

CREATE TABLE pending (
    seq INTEGER NOT NULL REFERENCES log,
    missing TEXT NOT NULL,
    PRIMARY KEY (seq, missing)
) WITHOUT ROWID;

CREATE TABLE draft (
    space TEXT NOT NULL,
    entity TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    field TEXT NOT NULL,
    author TEXT NOT NULL,
    text TEXT NOT NULL,
    seen TEXT NOT NULL,
    updated TEXT NOT NULL,
    PRIMARY KEY (space, entity, entity_id, field)
) WITHOUT ROWID;
CREATE TABLE act (id TEXT PRIMARY KEY, digest BLOB NOT NULL, receipt TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE blob (
    sha256 BLOB PRIMARY KEY,
    size INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('known', 'partial', 'present', 'verified', 'damaged')),
    added TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE quarantine_file (
    id INTEGER PRIMARY KEY,
    reason TEXT NOT NULL,
    bytes BLOB NOT NULL,
    received_from TEXT,
    at TEXT NOT NULL
);
CREATE TABLE peer (
    pk INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    last_ok TEXT NOT NULL
);
CREATE TABLE held_by (
    space INTEGER NOT NULL REFERENCES space,
    peer INTEGER NOT NULL REFERENCES peer,
    hash BLOB NOT NULL,
    alone INTEGER NOT NULL,
    PRIMARY KEY (space, peer, hash)
) WITHOUT ROWID;
CREATE TABLE blob_held_by (
    sha256 BLOB NOT NULL,
    peer INTEGER NOT NULL REFERENCES peer,
    PRIMARY KEY (sha256, peer)
) WITHOUT ROWID;
CREATE TABLE package (
    id TEXT NOT NULL,
    way TEXT NOT NULL CHECK (way IN ('written', 'read')),
    name TEXT NOT NULL,
    party TEXT NOT NULL,
    at TEXT NOT NULL,
    confirmed TEXT,
    PRIMARY KEY (id, way)
) WITHOUT ROWID;
CREATE TABLE age_key (
    device TEXT PRIMARY KEY,
    public TEXT NOT NULL,
    name TEXT NOT NULL,
    agency TEXT NOT NULL
) WITHOUT ROWID;
"""

DERIVED = """
CREATE TABLE op (
    space INTEGER NOT NULL,
    entity TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    field TEXT NOT NULL,
    seq INTEGER NOT NULL,
    idx INTEGER NOT NULL,
    live INTEGER NOT NULL,
    PRIMARY KEY (space, entity, entity_id, field, seq, idx)
) WITHOUT ROWID;
CREATE TABLE dead (
    parent_seq INTEGER NOT NULL,
    parent_idx INTEGER NOT NULL,
    by_seq INTEGER NOT NULL,
    by_idx INTEGER NOT NULL,
    PRIMARY KEY (parent_seq, parent_idx, by_seq, by_idx)
) WITHOUT ROWID;
CREATE TABLE conflict (
    space INTEGER NOT NULL,
    entity TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    field TEXT NOT NULL,
    class TEXT NOT NULL,
    PRIMARY KEY (space, entity, entity_id, field)
) WITHOUT ROWID;
CREATE VIEW head AS SELECT space, entity, entity_id, field, seq, idx FROM op WHERE live;
"""


def run(sql: Sql, script: str) -> None:
    """Runs the statements of ``script`` inside the caller's transaction; a trigger's body counts as one statement."""
    statement: list[str] = []
    for line in script.strip().splitlines():
        statement.append(line)
        text = "\n".join(statement).strip()
        if text.endswith(";") and (not text.upper().startswith("CREATE TRIGGER") or text.upper().endswith("END;")):
            sql.run(text)
            statement = []


def get_meta(sql: Sql, name: str) -> str | None:
    row = sql.run("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return None if row is None else str(row[0])


def set_meta(sql: Sql, name: str, value: str) -> None:
    sql.run("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", (name, value))
