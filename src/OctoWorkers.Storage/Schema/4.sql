-- The queue: what decides who of the queued runs goes next. wants_slot is the machine in whose line a run stands since wants_since.
ALTER TABLE runs ADD COLUMN priority INTEGER NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN queue_top INTEGER NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN concurrency_tag TEXT;
ALTER TABLE runs ADD COLUMN queue_expires INTEGER;
ALTER TABLE runs ADD COLUMN wants_slot TEXT;
ALTER TABLE runs ADD COLUMN wants_since INTEGER;
ALTER TABLE runs ADD COLUMN parent_waits INTEGER NOT NULL DEFAULT 0;
CREATE INDEX runs_line ON runs (wants_slot, queue_top DESC, priority DESC, id) WHERE wants_slot IS NOT NULL;
CREATE INDEX runs_tag ON runs (concurrency_tag) WHERE concurrency_tag IS NOT NULL AND ended IS NULL;
CREATE INDEX runs_awaited ON runs (parent) WHERE parent_waits = 1 AND ended IS NULL;
UPDATE runs SET parent_waits = 1
WHERE ended IS NULL AND parent IS NOT NULL AND id IN (SELECT run FROM run_requests WHERE json_extract(request, '$.parentWaits') = 1);

-- What a run waits for is no longer words, but kinds, times and holders.
ALTER TABLE runs RENAME COLUMN waiting_for TO waits;
UPDATE runs SET waits = NULL;

-- One row while the queue is paused.
CREATE TABLE queue_pause (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    by TEXT NOT NULL,
    reason TEXT NOT NULL,
    since INTEGER NOT NULL);

ALTER TABLE pools ADD COLUMN policy TEXT NOT NULL DEFAULT 'RoundRobin';
ALTER TABLE pools ADD COLUMN max_steps INTEGER;
ALTER TABLE workers ADD COLUMN max_steps INTEGER;
ALTER TABLE workers ADD COLUMN drain_deadline INTEGER;
ALTER TABLE workers ADD COLUMN drain_cancels INTEGER NOT NULL DEFAULT 0;
ALTER TABLE workers ADD COLUMN drain_by TEXT;

-- The running steps of workers and pools, and those that wait for a place among them, in the order in which they came.
CREATE TABLE places (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    run INTEGER NOT NULL,
    step INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    worker INTEGER NOT NULL,
    pool INTEGER NOT NULL,
    state TEXT NOT NULL,
    since INTEGER NOT NULL,
    UNIQUE (run, step, attempt));
CREATE INDEX places_worker ON places (worker);
CREATE INDEX places_pool ON places (pool);
CREATE INDEX places_waiting ON places (id) WHERE state = 'Waiting';
