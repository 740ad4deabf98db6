-- Feeds of packages; the built-in one has no row and the number 0.
CREATE TABLE feeds (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,
    path TEXT NOT NULL,
    description TEXT NOT NULL);

-- What the bytes of packages were when they were last looked at.
CREATE TABLE known_packages (
    feed INTEGER NOT NULL,
    id_key TEXT NOT NULL,
    version_key TEXT NOT NULL,
    hash TEXT NOT NULL,
    size INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    PRIMARY KEY (feed, id_key, version_key)) WITHOUT ROWID;

-- The lines for machines' locks, in the order in which their members came. Who holds one without a run is a process. A lock has begun with its step's attempt.
CREATE TABLE machine_locks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    machine TEXT NOT NULL,
    machine_name TEXT NOT NULL,
    holder TEXT NOT NULL,
    run INTEGER,
    owner TEXT NOT NULL,
    step INTEGER NOT NULL,
    acquires INTEGER NOT NULL,
    mode TEXT NOT NULL,
    held INTEGER NOT NULL,
    begun INTEGER NOT NULL DEFAULT 0,
    since INTEGER NOT NULL,
    UNIQUE (machine, holder, step, acquires));
CREATE INDEX machine_locks_run ON machine_locks (run) WHERE run IS NOT NULL;
