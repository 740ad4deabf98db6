-- Times are UTC ticks of 100 ns since 0001-01-01. Names have a second column folded for comparing without case.
-- Numbers are never used twice: hence AUTOINCREMENT.
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE settings (name TEXT PRIMARY KEY COLLATE NOCASE, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE environments (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,
    description TEXT NOT NULL);

CREATE TABLE pools (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,
    description TEXT NOT NULL,
    is_default INTEGER NOT NULL);
CREATE UNIQUE INDEX pools_default ON pools (is_default) WHERE is_default = 1;

CREATE TABLE workers (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,
    connection TEXT NOT NULL,
    tags TEXT NOT NULL,
    state TEXT NOT NULL,
    health_status TEXT NOT NULL,
    health_at INTEGER,
    health_message TEXT NOT NULL,
    capabilities TEXT NOT NULL);

CREATE TABLE pool_members (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    pool INTEGER NOT NULL,
    worker INTEGER NOT NULL,
    UNIQUE (pool, worker));
CREATE INDEX pool_members_worker ON pool_members (worker);

CREATE TABLE runbooks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,
    definition TEXT NOT NULL,
    changed INTEGER NOT NULL);

-- What a list of runs shows; what was asked for is beside it, so that a list never reads it. A run has ended when its time of end is set.
CREATE TABLE runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    runbook INTEGER NOT NULL,
    runbook_name TEXT NOT NULL,
    runbook_key TEXT NOT NULL,
    environment INTEGER NOT NULL,
    environment_name TEXT NOT NULL,
    environment_key TEXT NOT NULL,
    status TEXT NOT NULL,
    created INTEGER NOT NULL,
    started INTEGER,
    ended INTEGER,
    created_by TEXT NOT NULL,
    parent INTEGER,
    error TEXT,
    waiting_for TEXT,
    owner TEXT,
    fencing_token INTEGER NOT NULL,
    slot_machine TEXT,
    token TEXT);
CREATE UNIQUE INDEX runs_token ON runs (token) WHERE token IS NOT NULL;
CREATE INDEX runs_unfinished ON runs (id) WHERE ended IS NULL;
CREATE INDEX runs_slot ON runs (slot_machine) WHERE slot_machine IS NOT NULL;
CREATE INDEX runs_parent ON runs (parent) WHERE parent IS NOT NULL;

CREATE TABLE run_requests (run INTEGER PRIMARY KEY, request TEXT NOT NULL);

CREATE TABLE run_events (
    run INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    PRIMARY KEY (run, seq)) WITHOUT ROWID;

CREATE TABLE log_chunks (
    run INTEGER NOT NULL,
    first_cursor INTEGER NOT NULL,
    line_count INTEGER NOT NULL,
    step INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    first_number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    level TEXT NOT NULL,
    continues INTEGER NOT NULL,
    text BLOB NOT NULL);
CREATE UNIQUE INDEX log_chunks_cursor ON log_chunks (run, first_cursor);

CREATE TABLE output_cursors (
    run INTEGER NOT NULL,
    step INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    out_offset INTEGER NOT NULL,
    error_offset INTEGER NOT NULL,
    next_line INTEGER NOT NULL,
    partial_out BLOB NOT NULL,
    partial_error BLOB NOT NULL,
    PRIMARY KEY (run, step, attempt)) WITHOUT ROWID;

CREATE TABLE pool_cursors (
    pool INTEGER NOT NULL,
    runbook INTEGER NOT NULL,
    worker INTEGER NOT NULL,
    worker_name TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (pool, runbook)) WITHOUT ROWID;

CREATE TABLE leases (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    run INTEGER NOT NULL,
    key TEXT NOT NULL,
    pool INTEGER NOT NULL,
    worker INTEGER NOT NULL,
    worker_name TEXT NOT NULL,
    since INTEGER NOT NULL);
CREATE INDEX leases_run ON leases (run);
CREATE INDEX leases_worker ON leases (worker);

CREATE TABLE cancel_requests (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    run INTEGER NOT NULL,
    by TEXT NOT NULL,
    reason TEXT NOT NULL,
    at INTEGER NOT NULL);
CREATE INDEX cancel_requests_run ON cancel_requests (run);

CREATE TABLE pending_cleanups (
    worker INTEGER NOT NULL,
    run INTEGER NOT NULL,
    tickets TEXT NOT NULL,
    PRIMARY KEY (worker, run)) WITHOUT ROWID;
