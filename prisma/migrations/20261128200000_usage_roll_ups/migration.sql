-- Usage at size: sums per hour and per day by everything that a usage page groups and narrows by, and more columns in the sums per day and
-- key, which are a quarter as many rows: they answer where neither provider nor outcome matters. The member is no column: who made a key
-- never changes, so it is looked up.

ALTER TABLE usage_daily
    ADD COLUMN cache_write_1h BIGINT NOT NULL DEFAULT 0,
    ADD COLUMN reasoning BIGINT NOT NULL DEFAULT 0,
    ADD COLUMN web_searches BIGINT NOT NULL DEFAULT 0,
    ADD COLUMN duration_ms_sum BIGINT NOT NULL DEFAULT 0,
    ADD COLUMN first_byte_ms_sum BIGINT NOT NULL DEFAULT 0,
    -- Requests that had a first byte: what the sum above is divided by.
    ADD COLUMN first_byte_count BIGINT NOT NULL DEFAULT 0;

CREATE TABLE usage_hourly (
    organization_id TEXT NOT NULL,
    hour TIMESTAMPTZ(0) NOT NULL,
    model TEXT NOT NULL,
    api_key_id TEXT NOT NULL,
    provider TEXT NOT NULL,
    outcome TEXT NOT NULL,
    requests BIGINT NOT NULL DEFAULT 0,
    errors BIGINT NOT NULL DEFAULT 0,
    input BIGINT NOT NULL DEFAULT 0,
    cache_read BIGINT NOT NULL DEFAULT 0,
    cache_write BIGINT NOT NULL DEFAULT 0,
    cache_write_1h BIGINT NOT NULL DEFAULT 0,
    output BIGINT NOT NULL DEFAULT 0,
    reasoning BIGINT NOT NULL DEFAULT 0,
    web_searches BIGINT NOT NULL DEFAULT 0,
    charge_nano_usd BIGINT NOT NULL DEFAULT 0,
    duration_ms_sum BIGINT NOT NULL DEFAULT 0,
    first_byte_ms_sum BIGINT NOT NULL DEFAULT 0,
    first_byte_count BIGINT NOT NULL DEFAULT 0,
    CONSTRAINT usage_hourly_pkey PRIMARY KEY (organization_id, hour, model, api_key_id, provider, outcome)
);

CREATE TABLE usage_daily_outcome (
    organization_id TEXT NOT NULL,
    day DATE NOT NULL,
    model TEXT NOT NULL,
    api_key_id TEXT NOT NULL,
    provider TEXT NOT NULL,
    outcome TEXT NOT NULL,
    requests BIGINT NOT NULL DEFAULT 0,
    errors BIGINT NOT NULL DEFAULT 0,
    input BIGINT NOT NULL DEFAULT 0,
    cache_read BIGINT NOT NULL DEFAULT 0,
    cache_write BIGINT NOT NULL DEFAULT 0,
    cache_write_1h BIGINT NOT NULL DEFAULT 0,
    output BIGINT NOT NULL DEFAULT 0,
    reasoning BIGINT NOT NULL DEFAULT 0,
    web_searches BIGINT NOT NULL DEFAULT 0,
    charge_nano_usd BIGINT NOT NULL DEFAULT 0,
    duration_ms_sum BIGINT NOT NULL DEFAULT 0,
    first_byte_ms_sum BIGINT NOT NULL DEFAULT 0,
    first_byte_count BIGINT NOT NULL DEFAULT 0,
    CONSTRAINT usage_daily_outcome_pkey PRIMARY KEY (organization_id, day, model, api_key_id, provider, outcome)
);

-- The running hour and day are updated five times a second: room on the page keeps those updates off the indexes.
ALTER TABLE usage_hourly SET (fillfactor = 70);
ALTER TABLE usage_daily_outcome SET (fillfactor = 70);

-- What is recorded already.
-- A model name counts in the sums only where a price was found for it: names that callers make up must not grow the table.
INSERT INTO usage_hourly (
    organization_id, hour, model, api_key_id, provider, outcome, requests, errors, input, cache_read, cache_write,
    cache_write_1h, output, reasoning, web_searches, charge_nano_usd, duration_ms_sum, first_byte_ms_sum,
    first_byte_count
)
SELECT
    organization_id,
    date_bin('1 hour', created_at, '2000-01-01Z') AS hour,
    coalesce(model_used, CASE WHEN price_id IS NULL THEN '' ELSE model_requested END) AS model,
    api_key_id,
    coalesce(provider, '') AS provider,
    outcome,
    count(*) AS requests,
    count(*) FILTER (WHERE outcome NOT IN ('completed', 'client_left')) AS errors,
    coalesce(sum(input), 0) AS input,
    coalesce(sum(cache_read), 0) AS cache_read,
    coalesce(sum(cache_write_5m), 0) + coalesce(sum(cache_write_1h), 0) AS cache_write,
    coalesce(sum(cache_write_1h), 0) AS cache_write_1h,
    coalesce(sum(output), 0) AS output,
    coalesce(sum(reasoning), 0) AS reasoning,
    coalesce(sum(web_searches), 0) AS web_searches,
    sum(charge_nano_usd) AS charge_nano_usd,
    sum(duration_ms) AS duration_ms_sum,
    coalesce(sum(first_byte_ms), 0) AS first_byte_ms_sum,
    count(first_byte_ms) AS first_byte_count
FROM usage_record
GROUP BY 1, 2, 3, 4, 5, 6;

INSERT INTO usage_daily_outcome (
    organization_id, day, model, api_key_id, provider, outcome, requests, errors, input, cache_read, cache_write,
    cache_write_1h, output, reasoning, web_searches, charge_nano_usd, duration_ms_sum, first_byte_ms_sum,
    first_byte_count
)
SELECT
    organization_id, (hour AT TIME ZONE 'UTC')::DATE, model, api_key_id, provider, outcome, sum(requests),
    sum(errors), sum(input), sum(cache_read), sum(cache_write), sum(cache_write_1h), sum(output), sum(reasoning),
    sum(web_searches), sum(charge_nano_usd), sum(duration_ms_sum), sum(first_byte_ms_sum), sum(first_byte_count)
FROM usage_hourly
GROUP BY 1, 2, 3, 4, 5, 6;

UPDATE usage_daily AS daily SET
    cache_write_1h = known.cache_write_1h,
    reasoning = known.reasoning,
    web_searches = known.web_searches,
    duration_ms_sum = known.duration_ms_sum,
    first_byte_ms_sum = known.first_byte_ms_sum,
    first_byte_count = known.first_byte_count
FROM (
    SELECT
        organization_id, day, model, api_key_id, sum(cache_write_1h) AS cache_write_1h, sum(reasoning) AS reasoning,
        sum(web_searches) AS web_searches, sum(duration_ms_sum) AS duration_ms_sum,
        sum(first_byte_ms_sum) AS first_byte_ms_sum, sum(first_byte_count) AS first_byte_count
    FROM usage_daily_outcome
    GROUP BY 1, 2, 3, 4
) AS known
WHERE daily.organization_id = known.organization_id AND daily.day = known.day AND daily.model = known.model
    AND daily.api_key_id = known.api_key_id;

-- They say in which hours the few requests of a rarely used key, model or provider are.
CREATE INDEX usage_hourly_organization_id_api_key_id_hour_idx ON usage_hourly (organization_id, api_key_id, hour);
CREATE INDEX usage_hourly_organization_id_model_hour_idx ON usage_hourly (organization_id, model, hour);
CREATE INDEX usage_hourly_organization_id_provider_hour_idx ON usage_hourly (organization_id, provider, hour);

-- From here on all sums follow the records, whoever writes them, once a statement: a batch is grouped by hour, and its hours by day. Each
-- is upserted in key order, so that concurrent workers take the row locks in the same order.
DROP TRIGGER usage_record_sum_days ON usage_record;
DROP FUNCTION usage_sum_days();

CREATE FUNCTION usage_sum_records() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    WITH summed AS MATERIALIZED (
        SELECT
            organization_id,
            date_bin('1 hour', created_at, '2000-01-01Z') AS hour,
            coalesce(model_used, CASE WHEN price_id IS NULL THEN '' ELSE model_requested END) AS model,
            api_key_id,
            coalesce(provider, '') AS provider,
            outcome,
            count(*) AS requests,
            count(*) FILTER (WHERE outcome NOT IN ('completed', 'client_left')) AS errors,
            coalesce(sum(input), 0) AS input,
            coalesce(sum(cache_read), 0) AS cache_read,
            coalesce(sum(cache_write_5m), 0) + coalesce(sum(cache_write_1h), 0) AS cache_write,
            coalesce(sum(cache_write_1h), 0) AS cache_write_1h,
            coalesce(sum(output), 0) AS output,
            coalesce(sum(reasoning), 0) AS reasoning,
            coalesce(sum(web_searches), 0) AS web_searches,
            sum(charge_nano_usd) AS charge_nano_usd,
            sum(cost_nano_usd) AS cost_nano_usd,
            sum(duration_ms) AS duration_ms_sum,
            coalesce(sum(first_byte_ms), 0) AS first_byte_ms_sum,
            count(first_byte_ms) AS first_byte_count
        FROM recorded
        GROUP BY 1, 2, 3, 4, 5, 6
        ORDER BY 1, 2, 3, 4, 5, 6
    ),
    hours AS (
        INSERT INTO usage_hourly AS sums (
            organization_id, hour, model, api_key_id, provider, outcome, requests, errors, input, cache_read,
            cache_write, cache_write_1h, output, reasoning, web_searches, charge_nano_usd, duration_ms_sum,
            first_byte_ms_sum, first_byte_count
        )
        SELECT
            organization_id, hour, model, api_key_id, provider, outcome, requests, errors, input, cache_read,
            cache_write, cache_write_1h, output, reasoning, web_searches, charge_nano_usd, duration_ms_sum,
            first_byte_ms_sum, first_byte_count
        FROM summed
        ON CONFLICT (organization_id, hour, model, api_key_id, provider, outcome) DO UPDATE SET
            requests = sums.requests + excluded.requests,
            errors = sums.errors + excluded.errors,
            input = sums.input + excluded.input,
            cache_read = sums.cache_read + excluded.cache_read,
            cache_write = sums.cache_write + excluded.cache_write,
            cache_write_1h = sums.cache_write_1h + excluded.cache_write_1h,
            output = sums.output + excluded.output,
            reasoning = sums.reasoning + excluded.reasoning,
            web_searches = sums.web_searches + excluded.web_searches,
            charge_nano_usd = sums.charge_nano_usd + excluded.charge_nano_usd,
            duration_ms_sum = sums.duration_ms_sum + excluded.duration_ms_sum,
            first_byte_ms_sum = sums.first_byte_ms_sum + excluded.first_byte_ms_sum,
            first_byte_count = sums.first_byte_count + excluded.first_byte_count
    ),
    outcomes AS (
        INSERT INTO usage_daily_outcome AS sums (
            organization_id, day, model, api_key_id, provider, outcome, requests, errors, input, cache_read,
            cache_write, cache_write_1h, output, reasoning, web_searches, charge_nano_usd, duration_ms_sum,
            first_byte_ms_sum, first_byte_count
        )
        SELECT
            organization_id, (hour AT TIME ZONE 'UTC')::DATE, model, api_key_id, provider, outcome, sum(requests),
            sum(errors), sum(input), sum(cache_read), sum(cache_write), sum(cache_write_1h), sum(output),
            sum(reasoning), sum(web_searches), sum(charge_nano_usd), sum(duration_ms_sum), sum(first_byte_ms_sum),
            sum(first_byte_count)
        FROM summed
        GROUP BY 1, 2, 3, 4, 5, 6
        ORDER BY 1, 2, 3, 4, 5, 6
        ON CONFLICT (organization_id, day, model, api_key_id, provider, outcome) DO UPDATE SET
            requests = sums.requests + excluded.requests,
            errors = sums.errors + excluded.errors,
            input = sums.input + excluded.input,
            cache_read = sums.cache_read + excluded.cache_read,
            cache_write = sums.cache_write + excluded.cache_write,
            cache_write_1h = sums.cache_write_1h + excluded.cache_write_1h,
            output = sums.output + excluded.output,
            reasoning = sums.reasoning + excluded.reasoning,
            web_searches = sums.web_searches + excluded.web_searches,
            charge_nano_usd = sums.charge_nano_usd + excluded.charge_nano_usd,
            duration_ms_sum = sums.duration_ms_sum + excluded.duration_ms_sum,
            first_byte_ms_sum = sums.first_byte_ms_sum + excluded.first_byte_ms_sum,
            first_byte_count = sums.first_byte_count + excluded.first_byte_count
    )
    INSERT INTO usage_daily AS sums (
        organization_id, day, model, api_key_id, requests, errors, input, cache_read, cache_write, cache_write_1h,
        output, reasoning, web_searches, charge_nano_usd, cost_nano_usd, duration_ms_sum, first_byte_ms_sum,
        first_byte_count
    )
    SELECT
        organization_id, (hour AT TIME ZONE 'UTC')::DATE, model, api_key_id, sum(requests), sum(errors), sum(input),
        sum(cache_read), sum(cache_write), sum(cache_write_1h), sum(output), sum(reasoning), sum(web_searches),
        sum(charge_nano_usd), sum(cost_nano_usd), sum(duration_ms_sum), sum(first_byte_ms_sum), sum(first_byte_count)
    FROM summed
    GROUP BY 1, 2, 3, 4
    ORDER BY 1, 2, 3, 4
    ON CONFLICT (organization_id, day, model, api_key_id) DO UPDATE SET
        requests = sums.requests + excluded.requests,
        errors = sums.errors + excluded.errors,
        input = sums.input + excluded.input,
        cache_read = sums.cache_read + excluded.cache_read,
        cache_write = sums.cache_write + excluded.cache_write,
        cache_write_1h = sums.cache_write_1h + excluded.cache_write_1h,
        output = sums.output + excluded.output,
        reasoning = sums.reasoning + excluded.reasoning,
        web_searches = sums.web_searches + excluded.web_searches,
        charge_nano_usd = sums.charge_nano_usd + excluded.charge_nano_usd,
        -- Null: of none of these requests it is known.
        cost_nano_usd = coalesce(sums.cost_nano_usd + excluded.cost_nano_usd, sums.cost_nano_usd, excluded.cost_nano_usd),
        duration_ms_sum = sums.duration_ms_sum + excluded.duration_ms_sum,
        first_byte_ms_sum = sums.first_byte_ms_sum + excluded.first_byte_ms_sum,
        first_byte_count = sums.first_byte_count + excluded.first_byte_count;
    RETURN NULL;
END $$;

CREATE TRIGGER usage_record_sums AFTER INSERT ON usage_record
    REFERENCING NEW TABLE AS recorded
    FOR EACH STATEMENT EXECUTE FUNCTION usage_sum_records();
