-- Nothing of an unfinished line is kept, since it may be half a secret: the offsets are where it begins, and it is read again from there.
UPDATE output_cursors SET out_offset = out_offset - length(partial_out), error_offset = error_offset - length(partial_error);
ALTER TABLE output_cursors DROP COLUMN partial_out;
ALTER TABLE output_cursors DROP COLUMN partial_error;

-- What to begin with there: the level that scripts set, whether the line's beginning is stored, whether the rest of the line holds no service message,
-- and how many of the next bytes belong to a secret whose mask is stored.
ALTER TABLE output_cursors ADD COLUMN out_level TEXT NOT NULL DEFAULT 'Default';
ALTER TABLE output_cursors ADD COLUMN out_continues INTEGER NOT NULL DEFAULT 0;
ALTER TABLE output_cursors ADD COLUMN out_is_text INTEGER NOT NULL DEFAULT 0;
ALTER TABLE output_cursors ADD COLUMN out_masked INTEGER NOT NULL DEFAULT 0;
ALTER TABLE output_cursors ADD COLUMN error_level TEXT NOT NULL DEFAULT 'Default';
ALTER TABLE output_cursors ADD COLUMN error_continues INTEGER NOT NULL DEFAULT 0;
ALTER TABLE output_cursors ADD COLUMN error_is_text INTEGER NOT NULL DEFAULT 0;
ALTER TABLE output_cursors ADD COLUMN error_masked INTEGER NOT NULL DEFAULT 0;
