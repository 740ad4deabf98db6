-- A witness of every transaction: what was given to whom, and who else stood there at that moment. A row of kind 'broken' is a rule that was broken.
CREATE TABLE witness (id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, run INTEGER, data TEXT NOT NULL);

CREATE TRIGGER witness_slot AFTER UPDATE OF slot_machine ON runs WHEN NEW.slot_machine IS NOT NULL AND OLD.slot_machine IS NULL
BEGIN
    INSERT INTO witness (kind, run, data) VALUES ('slot', NEW.id, json_object(
        'cap', CAST((SELECT value FROM settings WHERE name = 'taskCap') AS INTEGER), 'caps', (SELECT count(*) FROM witness WHERE kind = 'cap'),
        'highest', (SELECT max(cap) FROM (SELECT CAST(value AS INTEGER) AS cap FROM settings WHERE name = 'taskCap' UNION ALL SELECT CAST(data AS INTEGER) FROM witness WHERE kind = 'cap')),
        'paused', EXISTS (SELECT 1 FROM queue_pause),
        'runs', json((SELECT json_group_array(json_object(
            'run', id, 'begun', status <> 'Queued', 'owner', owner, 'tag', concurrency_tag, 'holds', slot_machine IS NOT NULL AND id <> NEW.id,
            'wants', wants_slot IS NOT NULL OR id = NEW.id, 'top', queue_top, 'priority', priority)) FROM runs WHERE ended IS NULL))));
END;

-- What the cap was before it was changed.
CREATE TRIGGER witness_cap AFTER UPDATE OF value ON settings WHEN NEW.name = 'taskCap' AND OLD.value <> NEW.value
BEGIN INSERT INTO witness (kind, run, data) VALUES ('cap', NULL, OLD.value); END;

CREATE TRIGGER witness_status AFTER UPDATE OF status ON runs WHEN NEW.status <> OLD.status
BEGIN
    INSERT INTO witness (kind, run, data) VALUES ('status', NEW.id, json_object('from', OLD.status, 'to', NEW.status));
    INSERT INTO witness (kind, run, data)
    SELECT 'broken', NEW.id, 'began while run ' || id || ' of the same tag was under way' FROM runs
    WHERE NEW.status = 'Executing' AND id <> NEW.id AND concurrency_tag = NEW.concurrency_tag AND status IN ('Executing', 'Cancelling');
END;

CREATE TRIGGER witness_event AFTER INSERT ON run_events
BEGIN
    INSERT INTO witness (kind, run, data) VALUES ('event', NEW.run, json_object(
        'kind', NEW.kind, 'lost', json_extract(NEW.payload, '$.lost'), 'child', json_extract(NEW.payload, '$.child'), 'step', json_extract(NEW.payload, '$.step')));
    INSERT INTO witness (kind, run, data)
    SELECT 'broken', NEW.run, 'begins step ' || json_extract(NEW.payload, '$.step') || ' without a task slot' FROM runs
    WHERE NEW.kind = 'attemptIntended' AND id = NEW.run AND slot_machine IS NULL AND json_extract(NEW.payload, '$.worker') IS NOT NULL;
    INSERT INTO witness (kind, run, data)
    SELECT 'broken', NEW.run, 'begins step ' || json_extract(NEW.payload, '$.step') || ' on worker ' || json_extract(NEW.payload, '$.worker') || ' without a lease'
    WHERE NEW.kind = 'attemptIntended' AND json_extract(NEW.payload, '$.worker') IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM workers WHERE id = json_extract(NEW.payload, '$.worker') AND environments IS NOT NULL)
        AND NOT EXISTS (SELECT 1 FROM leases WHERE run = NEW.run AND worker = json_extract(NEW.payload, '$.worker'));
    INSERT INTO witness (kind, run, data)
    SELECT 'broken', NEW.run, 'begins step ' || json_extract(NEW.payload, '$.step') || ' without the lock of its worker'
    WHERE NEW.kind = 'attemptIntended' AND json_extract(NEW.payload, '$.worker') IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM machine_locks WHERE run = NEW.run AND step = json_extract(NEW.payload, '$.step') AND acquires = 0 AND held = 1);
    INSERT INTO witness (kind, run, data)
    SELECT 'broken', NEW.run, 'wrote ' || NEW.kind || ' after its end' WHERE EXISTS (SELECT 1 FROM runs WHERE id = NEW.run AND ended IS NOT NULL);
END;
CREATE TRIGGER witness_event_stays BEFORE UPDATE ON run_events
BEGIN INSERT INTO witness (kind, run, data) VALUES ('broken', OLD.run, 'an event of its journal was changed'); END;
CREATE TRIGGER witness_event_remains BEFORE DELETE ON run_events
BEGIN INSERT INTO witness (kind, run, data) VALUES ('broken', OLD.run, 'an event of its journal was removed'); END;

CREATE TRIGGER witness_first_draw AFTER INSERT ON pool_cursors
BEGIN
    INSERT INTO witness (kind, run, data) VALUES ('draw', NULL, json_object('pool', NEW.pool, 'runbook', NEW.runbook, 'from', NULL, 'to', NEW.position, 'policy', (SELECT policy FROM pools WHERE id = NEW.pool), 'members', json((
        SELECT json_group_array(json_object('position', m.position, 'worker', w.id, 'state', w.state, 'health', w.health_status, 'leases', (SELECT count(*) FROM leases l WHERE l.worker = w.id)))
        FROM pool_members m JOIN workers w ON w.id = m.worker WHERE m.pool = NEW.pool))));
END;
CREATE TRIGGER witness_draw AFTER UPDATE ON pool_cursors
BEGIN
    INSERT INTO witness (kind, run, data) VALUES ('draw', NULL, json_object('pool', NEW.pool, 'runbook', NEW.runbook, 'from', OLD.position, 'to', NEW.position, 'policy', (SELECT policy FROM pools WHERE id = NEW.pool), 'members', json((
        SELECT json_group_array(json_object('position', m.position, 'worker', w.id, 'state', w.state, 'health', w.health_status, 'leases', (SELECT count(*) FROM leases l WHERE l.worker = w.id)))
        FROM pool_members m JOIN workers w ON w.id = m.worker WHERE m.pool = NEW.pool))));
END;

CREATE TRIGGER witness_lease AFTER INSERT ON leases
BEGIN
    INSERT INTO witness (kind, run, data)
    SELECT 'broken', NEW.run, 'got a lease on worker ' || name || ', which is ' || state FROM workers
    WHERE id = NEW.worker AND state <> 'Enabled' AND environments IS NULL;
    INSERT INTO witness (kind, run, data)
    SELECT 'broken', NEW.run, 'has two leases of one key' WHERE (SELECT count(*) FROM leases WHERE run = NEW.run AND key = NEW.key AND pool = NEW.pool) > 1;
END;

CREATE TRIGGER witness_worker_gone BEFORE DELETE ON workers
BEGIN
    INSERT INTO witness (kind, run, data)
    SELECT 'broken', run, 'had a lease on worker ' || OLD.name || ' when it was removed' FROM leases WHERE worker = OLD.id;
END;

CREATE TRIGGER witness_lock AFTER UPDATE OF held ON machine_locks WHEN NEW.held = 1
BEGIN
    INSERT INTO witness (kind, run, data)
    SELECT 'broken', NEW.run, 'got the lock of ' || NEW.machine || ' (' || NEW.mode || ') beside ' || holder || ' (' || mode || ')' FROM machine_locks
    WHERE machine = NEW.machine AND holder <> NEW.holder AND held = 1 AND (mode = 'Write' OR NEW.mode = 'Write');
END;

CREATE TRIGGER witness_place AFTER INSERT ON places WHEN NEW.state <> 'Waiting'
BEGIN
    INSERT INTO witness (kind, run, data)
    SELECT 'broken', NEW.run, 'runs a step on worker ' || name || ' beyond its cap of ' || max_steps FROM workers
    WHERE id = NEW.worker AND max_steps < (SELECT count(*) FROM places WHERE worker = NEW.worker AND state = 'Running');
    INSERT INTO witness (kind, run, data)
    SELECT 'broken', NEW.run, 'runs a step in pool ' || name || ' beyond its cap of ' || max_steps FROM pools
    WHERE id = NEW.pool AND max_steps < (SELECT count(*) FROM places WHERE pool = NEW.pool AND state = 'Running');
END;
CREATE TRIGGER witness_place_begins AFTER UPDATE OF state ON places WHEN NEW.state = 'Running'
BEGIN
    INSERT INTO witness (kind, run, data)
    SELECT 'broken', NEW.run, 'runs a step on worker ' || name || ' beyond its cap of ' || max_steps FROM workers
    WHERE id = NEW.worker AND max_steps < (SELECT count(*) FROM places WHERE worker = NEW.worker AND state = 'Running');
    INSERT INTO witness (kind, run, data)
    SELECT 'broken', NEW.run, 'runs a step in pool ' || name || ' beyond its cap of ' || max_steps FROM pools
    WHERE id = NEW.pool AND max_steps < (SELECT count(*) FROM places WHERE pool = NEW.pool AND state = 'Running');
END;

CREATE TRIGGER witness_answer AFTER UPDATE OF answer ON interruptions WHEN OLD.answer IS NOT NULL
BEGIN INSERT INTO witness (kind, run, data) VALUES ('broken', NEW.run, 'interruption ' || NEW.number || ' was answered a second time'); END;

CREATE TRIGGER witness_token AFTER UPDATE OF fencing_token ON runs WHEN NEW.fencing_token < OLD.fencing_token
BEGIN INSERT INTO witness (kind, run, data) VALUES ('broken', NEW.id, 'its fencing token went back'); END;
CREATE TRIGGER witness_owner AFTER UPDATE OF owner ON runs WHEN NEW.owner IS NOT NULL AND NEW.owner IS NOT OLD.owner AND NEW.fencing_token <= OLD.fencing_token
BEGIN INSERT INTO witness (kind, run, data) VALUES ('broken', NEW.id, 'has a new owner under an old fencing token'); END;
