-- Keys: spend limits, where and for what a key was used last, and secrets beside the one it has: an earlier one that still works for a
-- while after a rotation, and short-lived ones of the playground.

ALTER TABLE api_key
    ADD COLUMN spend_per_day_nano_usd BIGINT CHECK (spend_per_day_nano_usd > 0),
    ADD COLUMN spend_per_month_nano_usd BIGINT CHECK (spend_per_month_nano_usd > 0),
    ADD COLUMN last_model TEXT,
    ADD COLUMN last_address TEXT,
    ADD COLUMN rotated_at TIMESTAMPTZ(3);

CREATE TABLE api_key_secret (
    id TEXT NOT NULL,
    api_key_id TEXT NOT NULL,
    digest BYTEA NOT NULL,
    prefix TEXT NOT NULL,
    last4 TEXT NOT NULL,
    -- rotated: the key had it before; playground: made for one person, shown to nobody
    purpose TEXT NOT NULL CHECK (purpose IN ('rotated', 'playground')),
    user_id TEXT,
    created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    works_until TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT api_key_secret_pkey PRIMARY KEY (id),
    CONSTRAINT api_key_secret_api_key_id_fkey FOREIGN KEY (api_key_id) REFERENCES api_key (id) ON DELETE CASCADE ON UPDATE CASCADE,
    -- Whoever it was made for is somebody: without the person it would speak for nobody.
    CHECK (purpose = 'rotated' OR user_id IS NOT NULL)
);

CREATE UNIQUE INDEX api_key_secret_digest_key ON api_key_secret (digest);
CREATE INDEX api_key_secret_api_key_id_works_until_idx ON api_key_secret (api_key_id, works_until);
CREATE INDEX api_key_secret_prefix_beginning ON api_key_secret (prefix text_pattern_ops) WHERE purpose = 'rotated';

-- Use alone changes nothing a worker must know.
DROP TRIGGER api_key_change_notify ON api_key;
CREATE TRIGGER api_key_change_notify AFTER UPDATE ON api_key
    FOR EACH ROW
    WHEN ((to_jsonb(OLD) - '{last_used_at,last_model,last_address}'::TEXT[])
        IS DISTINCT FROM (to_jsonb(NEW) - '{last_used_at,last_model,last_address}'::TEXT[]))
    EXECUTE FUNCTION bridge_notify_access('key');

CREATE FUNCTION bridge_notify_key_secret() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('bridge_access', 'key:' || COALESCE(NEW.api_key_id, OLD.api_key_id));
    RETURN NULL;
END $$;

CREATE TRIGGER api_key_secret_notify AFTER INSERT OR UPDATE OR DELETE ON api_key_secret
    FOR EACH ROW EXECUTE FUNCTION bridge_notify_key_secret();
