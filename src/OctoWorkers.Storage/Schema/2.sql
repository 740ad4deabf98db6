-- Variable sets, tenants and script modules. The set named Default always exists.

CREATE TABLE variable_sets (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,
    definition TEXT NOT NULL);
INSERT INTO variable_sets (name, name_key, definition) VALUES ('Default', 'DEFAULT', '{"name":"Default"}');

CREATE TABLE tenants (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,
    tags TEXT NOT NULL,
    description TEXT NOT NULL);

CREATE TABLE script_modules (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,
    definition TEXT NOT NULL);

-- The tenant that a run is for; null: none.
ALTER TABLE runs ADD COLUMN tenant INTEGER;
