-- Workers keep the catalog and found keys in memory. These triggers tell them, on commit, what has changed.
-- Postgres folds equal notifications of one transaction into one.

CREATE FUNCTION bridge_notify_catalog() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('bridge_catalog', '');
  RETURN NULL;
END $$;

CREATE TRIGGER channel_notify AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "channel"
  FOR EACH STATEMENT EXECUTE FUNCTION bridge_notify_catalog();
CREATE TRIGGER model_notify AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "model"
  FOR EACH STATEMENT EXECUTE FUNCTION bridge_notify_catalog();
CREATE TRIGGER price_notify AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "price"
  FOR EACH STATEMENT EXECUTE FUNCTION bridge_notify_catalog();
CREATE TRIGGER setting_notify AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "setting"
  FOR EACH STATEMENT EXECUTE FUNCTION bridge_notify_catalog();

-- The argument is the word before the colon: key or organization.
CREATE FUNCTION bridge_notify_access() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('bridge_access', TG_ARGV[0] || ':' || COALESCE(NEW."id", OLD."id"));
  RETURN NULL;
END $$;

-- A new key is told too: a worker may remember that it did not know it.
CREATE TRIGGER api_key_notify AFTER INSERT OR DELETE ON "api_key"
  FOR EACH ROW EXECUTE FUNCTION bridge_notify_access('key');
-- Use alone changes nothing a worker must know.
CREATE TRIGGER api_key_change_notify AFTER UPDATE ON "api_key"
  FOR EACH ROW WHEN ((to_jsonb(OLD) - 'last_used_at') IS DISTINCT FROM (to_jsonb(NEW) - 'last_used_at'))
  EXECUTE FUNCTION bridge_notify_access('key');
CREATE TRIGGER organization_notify AFTER UPDATE OR DELETE ON "organization"
  FOR EACH ROW EXECUTE FUNCTION bridge_notify_access('organization');
