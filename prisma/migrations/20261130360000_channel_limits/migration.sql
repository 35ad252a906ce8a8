-- What an operator's account with an upstream allows: limits of single channels, and what each channel's requests cost by day.

ALTER TABLE channel
    -- { concurrency?, rpm?, tpm? }
    ADD COLUMN limits JSONB NOT NULL DEFAULT '{}',
    ADD COLUMN spend_per_day_nano_usd BIGINT CHECK (spend_per_day_nano_usd > 0),
    ADD COLUMN spend_per_month_nano_usd BIGINT CHECK (spend_per_month_nano_usd > 0);

ALTER TABLE channel_state
    -- Null: the channel has no limits, so nobody counts.
    ADD COLUMN requests_last_minute INTEGER,
    ADD COLUMN tokens_last_minute BIGINT;

CREATE TABLE channel_day (
    channel_id TEXT NOT NULL,
    day DATE NOT NULL,
    -- Who wrote it, roughly: workers that settle at once do not wait for each other's row.
    shard SMALLINT NOT NULL,
    requests BIGINT NOT NULL DEFAULT 0,
    cost_nano_usd BIGINT NOT NULL DEFAULT 0,
    CONSTRAINT channel_day_pkey PRIMARY KEY (channel_id, day, shard)
);
-- The running day is updated five times a second.
ALTER TABLE channel_day SET (fillfactor = 70);

-- What is recorded already.
INSERT INTO channel_day (channel_id, day, shard, requests, cost_nano_usd)
SELECT channel_id, (created_at AT TIME ZONE 'UTC')::DATE, 0, count(*), coalesce(sum(cost_nano_usd), 0)
FROM usage_record WHERE channel_id IS NOT NULL GROUP BY 1, 2;

CREATE FUNCTION usage_sum_channels() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO channel_day AS sums (channel_id, day, shard, requests, cost_nano_usd)
    SELECT
        channel_id, (created_at AT TIME ZONE 'UTC')::DATE, pg_backend_pid() % 64, count(*),
        coalesce(sum(cost_nano_usd), 0)
    FROM recorded WHERE channel_id IS NOT NULL
    GROUP BY 1, 2
    ORDER BY 1, 2
    ON CONFLICT (channel_id, day, shard) DO UPDATE SET
        requests = sums.requests + excluded.requests,
        cost_nano_usd = sums.cost_nano_usd + excluded.cost_nano_usd;
    RETURN NULL;
END $$;

CREATE TRIGGER usage_record_sum_channels AFTER INSERT ON usage_record
    REFERENCING NEW TABLE AS recorded
    FOR EACH STATEMENT EXECUTE FUNCTION usage_sum_channels();
