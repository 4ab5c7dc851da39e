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
