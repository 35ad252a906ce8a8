-- What requests cost the operator, beside what they were charged.

ALTER TABLE channel
    -- What its upstream asks of the operator, of list price: 10000 = all of it, 0 = nothing.
    ADD COLUMN cost_basis_points INTEGER NOT NULL DEFAULT 10000,
    ADD CONSTRAINT channel_cost_basis_points CHECK (cost_basis_points BETWEEN 0 AND 100000);
UPDATE channel SET cost_basis_points = 0 WHERE origin = 'demo';

-- Null: nobody knows. The requests before this were recorded without.
ALTER TABLE usage_record ADD COLUMN cost_nano_usd BIGINT;
ALTER TABLE usage_daily ADD COLUMN cost_nano_usd BIGINT;

-- The sums of all organizations are read by day.
CREATE INDEX usage_daily_day_idx ON usage_daily (day);

CREATE OR REPLACE FUNCTION usage_sum_days() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO usage_daily AS daily (
        organization_id, day, model, api_key_id, requests, errors, input, cache_read, cache_write, output,
        charge_nano_usd, cost_nano_usd
    )
    SELECT
        organization_id,
        (created_at AT TIME ZONE 'UTC')::DATE,
        coalesce(model_used, CASE WHEN price_id IS NULL THEN '' ELSE model_requested END),
        api_key_id,
        count(*),
        count(*) FILTER (WHERE outcome NOT IN ('completed', 'client_left')),
        coalesce(sum(input), 0),
        coalesce(sum(cache_read), 0),
        coalesce(sum(cache_write_5m), 0) + coalesce(sum(cache_write_1h), 0),
        coalesce(sum(output), 0),
        sum(charge_nano_usd),
        sum(cost_nano_usd)
    FROM recorded
    GROUP BY 1, 2, 3, 4
    ORDER BY 1, 2, 3, 4
    ON CONFLICT (organization_id, day, model, api_key_id) DO UPDATE SET
        requests = daily.requests + excluded.requests,
        errors = daily.errors + excluded.errors,
        input = daily.input + excluded.input,
        cache_read = daily.cache_read + excluded.cache_read,
        cache_write = daily.cache_write + excluded.cache_write,
        output = daily.output + excluded.output,
        charge_nano_usd = daily.charge_nano_usd + excluded.charge_nano_usd,
        cost_nano_usd = coalesce(daily.cost_nano_usd + excluded.cost_nano_usd, daily.cost_nano_usd, excluded.cost_nano_usd);
    RETURN NULL;
END $$;

DROP FUNCTION usage_record_batch(
    JSON, TEXT, BIGINT[], BIGINT[], BIGINT[], BIGINT[], BIGINT[], BIGINT[], BIGINT[], BIGINT[], BIGINT[], BIGINT[], BIGINT[],
    BIGINT[], TEXT);
DROP FUNCTION usage_rows(
    JSON, TEXT[], BIGINT[], BIGINT[], BIGINT[], BIGINT[], BIGINT[], BIGINT[], BIGINT[], BIGINT[], BIGINT[], BIGINT[],
    BIGINT[], BIGINT[], TEXT[]);

-- A batch as rows of usage_record: element i of each list belongs to record i, whose shape is element shape_of[i] of the JSON array
-- (named as in a settlement record). A list that is null is null for every record. The order of columns is the table's.
CREATE FUNCTION usage_rows(
    shapes JSON, ids TEXT[], shape_of BIGINT[], created_ms BIGINT[], input BIGINT[], cache_read BIGINT[],
    cache_write_5m BIGINT[], cache_write_1h BIGINT[], output BIGINT[], reasoning BIGINT[], web_searches BIGINT[],
    charges BIGINT[], first_byte_ms BIGINT[], duration_ms BIGINT[], attempts TEXT[], costs BIGINT[]
) RETURNS SETOF usage_record LANGUAGE sql STABLE AS $$
    SELECT
        one.id, shape.organization_id, shape.api_key_id, to_timestamp(one.created_ms / 1000::FLOAT8), shape.outcome,
        shape.endpoint, shape.client_protocol, shape.upstream_protocol, shape.stream, shape.model_requested,
        shape.model_used, shape.provider, shape.channel_id, shape.price_id, one.input, one.cache_read,
        one.cache_write_5m, one.cache_write_1h, one.output, one.reasoning, shape.usage_source, one.charge,
        shape.status, shape.error_code, one.first_byte_ms::INTEGER, one.duration_ms::INTEGER, shape.losses, one.attempts::JSON,
        one.web_searches, shape.rates, shape.terms, shape.routing, shape.upstream_model, one.cost
    FROM unnest(
        ids, shape_of, created_ms, input, cache_read, cache_write_5m, cache_write_1h, output, reasoning, web_searches,
        charges, first_byte_ms, duration_ms, attempts, costs
    ) AS one (
        id, shape, created_ms, input, cache_read, cache_write_5m, cache_write_1h, output, reasoning, web_searches,
        charge, first_byte_ms, duration_ms, attempts, cost
    )
    JOIN ROWS FROM (
        json_to_recordset(shapes) AS (
            "organizationId" TEXT, "apiKeyId" TEXT, "outcome" TEXT, "endpoint" TEXT, "clientProtocol" TEXT,
            "upstreamProtocol" TEXT, "stream" BOOLEAN, "modelRequested" TEXT, "modelUsed" TEXT, "upstreamModel" TEXT,
            "provider" TEXT, "channelId" TEXT, "priceId" TEXT, "usageSource" TEXT, "rates" TEXT[], "status" INTEGER,
            "errorCode" TEXT, "losses" JSON, "terms" JSON, "routing" JSON
        )
    ) WITH ORDINALITY AS shape (
        organization_id, api_key_id, outcome, endpoint, client_protocol, upstream_protocol, stream, model_requested,
        model_used, upstream_model, provider, channel_id, price_id, usage_source, rates, status, error_code, losses,
        terms, routing, place
    ) ON shape.place = one.shape
$$;

-- Writes a batch of records and returns the ids of those that were new, or null where all were: a request id that is already recorded
-- changes nothing, neither within a batch nor across batches, so replay is a no-op. That is rare: so the rows are first written as if all
-- were new, which is a third cheaper.
-- The planner does not know how many shapes there are: a nested loop over thousands of them would cost more than all else.
-- @param ids, attempts separated by line ends; attempts are JSON or empty
-- @param costs left out by workers that know of none
CREATE FUNCTION usage_record_batch(
    shapes JSON, ids TEXT, shape_of BIGINT[], created_ms BIGINT[], input BIGINT[], cache_read BIGINT[],
    cache_write_5m BIGINT[], cache_write_1h BIGINT[], output BIGINT[], reasoning BIGINT[], web_searches BIGINT[],
    charges BIGINT[], first_byte_ms BIGINT[], duration_ms BIGINT[], attempts TEXT, costs BIGINT[] DEFAULT NULL
) RETURNS TEXT[] LANGUAGE plpgsql
SET plan_cache_mode = force_custom_plan SET enable_nestloop = off SET enable_mergejoin = off SET jit = off AS $$
DECLARE
    v_ids TEXT[] := string_to_array(ids, E'\n');
    v_attempts TEXT[] := string_to_array(attempts, E'\n', '');
    v_recorded TEXT[];
BEGIN
    -- A list of another length would give records the values of others.
    IF EXISTS (
        SELECT FROM unnest(ARRAY[
            cardinality(shape_of), cardinality(created_ms), cardinality(input), cardinality(cache_read),
            cardinality(cache_write_5m), cardinality(cache_write_1h), cardinality(output), cardinality(reasoning),
            cardinality(web_searches), cardinality(charges), cardinality(first_byte_ms), cardinality(duration_ms),
            cardinality(v_attempts), cardinality(costs)
        ]) AS list (elements) WHERE list.elements <> cardinality(v_ids)
    ) THEN
        RAISE EXCEPTION 'the lists of a batch differ in length' USING ERRCODE = 'array_subscript_error';
    END IF;
    BEGIN
        INSERT INTO usage_record SELECT * FROM usage_rows(
            shapes, v_ids, shape_of, created_ms, input, cache_read, cache_write_5m, cache_write_1h, output, reasoning,
            web_searches, charges, first_byte_ms, duration_ms, v_attempts, costs);
    EXCEPTION WHEN unique_violation THEN
        -- Of a request that stands twice in the batch the first counts: without a shape a record makes no row.
        shape_of := ARRAY(
            SELECT CASE WHEN one.place = min(one.place) OVER (PARTITION BY one.id) THEN one.shape END
            FROM unnest(v_ids, shape_of) WITH ORDINALITY AS one (id, shape, place)
            ORDER BY one.place
        );
        WITH recorded AS (
            INSERT INTO usage_record SELECT * FROM usage_rows(
                shapes, v_ids, shape_of, created_ms, input, cache_read, cache_write_5m, cache_write_1h, output, reasoning,
                web_searches, charges, first_byte_ms, duration_ms, v_attempts, costs)
            ON CONFLICT (id) DO NOTHING
            RETURNING id
        )
        SELECT coalesce(array_agg(id), '{}') INTO v_recorded FROM recorded;
    END;
    RETURN v_recorded;
END $$;
