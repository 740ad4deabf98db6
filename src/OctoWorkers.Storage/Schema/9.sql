-- How long the text of a piece of a log is when it is unpacked; null where it is stored as it is.
ALTER TABLE log_chunks ADD COLUMN unpacked INTEGER;
