-- How long ended runs are kept: '100 runs', '30 days' or 'forever'. The index is what retention walks along.
ALTER TABLE environments ADD COLUMN retention TEXT NOT NULL DEFAULT '100 runs';
CREATE INDEX runs_kind ON runs (runbook_key, environment_key, id);

-- Machine policies. The one named Default Machine Policy always exists; a worker without one has it.
CREATE TABLE machine_policies (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,
    definition TEXT NOT NULL);
INSERT INTO machine_policies (name, name_key, definition)
VALUES ('Default Machine Policy', 'DEFAULT MACHINE POLICY', '{"name":"Default Machine Policy"}');
ALTER TABLE workers ADD COLUMN policy INTEGER;

-- Since when every check has found the worker unavailable.
ALTER TABLE workers ADD COLUMN unavailable_since INTEGER;
UPDATE workers SET unavailable_since = health_at WHERE health_status = 'Unavailable';
