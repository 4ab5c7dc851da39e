DROP INDEX log_stream;
CREATE INDEX log_stream ON log (stream, n, lseq);
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
