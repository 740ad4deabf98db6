-- The tenants that a deployment target is for; null: it takes part only in runs for none.
ALTER TABLE workers ADD COLUMN tenants TEXT;
