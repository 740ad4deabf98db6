-- Deployment targets are machines as workers are, with the same names, connections, health and policies, and in no pool; what they are in is environments: a list of
-- names, null for a worker.
ALTER TABLE workers ADD COLUMN environments TEXT;
ALTER TABLE workers ADD COLUMN bypasses_mutex INTEGER NOT NULL DEFAULT 0;

-- The deployment target that a step failed for.
ALTER TABLE interruptions ADD COLUMN target TEXT;

-- The number of the runbook's step, where step is that of its part for a deployment target.
ALTER TABLE machine_locks ADD COLUMN of_step INTEGER;
CREATE INDEX workers_targets ON workers (id) WHERE environments IS NOT NULL;
