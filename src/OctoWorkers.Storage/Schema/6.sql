-- People: what runs wait for them for, and who did what.

-- Raised, and ended, by the events of the run's journal; assignee and answer come from any process.
CREATE TABLE interruptions (
    run INTEGER NOT NULL,
    number INTEGER NOT NULL,
    step INTEGER NOT NULL,
    step_name TEXT NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    responsible TEXT NOT NULL,
    answers TEXT NOT NULL,
    raised INTEGER NOT NULL,
    assignee TEXT,
    answer TEXT,
    answered_by TEXT,
    answered_name TEXT,
    notes TEXT NOT NULL DEFAULT '',
    answered INTEGER,
    ended INTEGER,
    PRIMARY KEY (run, number)) WITHOUT ROWID;
CREATE INDEX interruptions_open ON interruptions (run) WHERE ended IS NULL;

ALTER TABLE environments ADD COLUMN guided_failure TEXT NOT NULL DEFAULT 'Default';

-- It only grows, whoever writes to this file.
CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    run INTEGER,
    details TEXT NOT NULL);
CREATE INDEX audit_run ON audit (run) WHERE run IS NOT NULL;
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'entries of the audit are never changed'); END;
CREATE TRIGGER audit_grows BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'entries of the audit are never removed'); END;
CREATE TRIGGER audit_adds BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'entries of the audit are never replaced'); END;
