-- What a charge took into account besides usage and price ({ multiplierBasisPoints, forgivenTokens }; null: list price, nothing forgiven),
-- and which channels stood in a request's way ({ rejected: [{ model, channelId, reason }] }; null: none), for staff alone.
ALTER TABLE usage_record
    ADD COLUMN terms JSON,
    ADD COLUMN routing JSON;
-- A batch is charged at the multiplier that its key's group had when it was made.
ALTER TABLE upstream_batch ADD COLUMN multiplier_basis_points INTEGER NOT NULL DEFAULT 10000;

-- Writes a batch of settlement records (a JSON array) in one statement: usage records and the daily sums.
-- A request id that is already recorded changes nothing, neither within a batch nor across batches, so replay is a no-op.
-- It is written without joins on purpose: the planner cannot know how many records a batch holds, and a nested loop over
-- thousands of them would cost more than all else.
-- The sums are upserted in key order, so that concurrent workers take the row locks in the same order.
-- A model name counts in the sums only where a price was found for it: names that callers make up must not grow the table.
CREATE OR REPLACE FUNCTION usage_record_batch(records JSON) RETURNS INTEGER
LANGUAGE sql
AS $$
    WITH recorded AS (
        INSERT INTO usage_record (
            id, organization_id, api_key_id, created_at, outcome, endpoint, client_protocol, upstream_protocol, stream,
            model_requested, model_used, provider, channel_id, price_id, input, cache_read, cache_write_5m,
            cache_write_1h, output, reasoning, web_searches, rates, usage_source, charge_nano_usd, status, error_code,
            first_byte_ms, duration_ms, attempts, losses, terms, routing
        )
        SELECT
            "requestId", "organizationId", "apiKeyId", "createdAt", "outcome", "endpoint", "clientProtocol",
            "upstreamProtocol", "stream", "modelRequested", "modelUsed", "provider", "channelId", "priceId",
            ("usage")."input", ("usage")."cacheRead", ("usage")."cacheWrite5m", ("usage")."cacheWrite1h",
            ("usage")."output", ("usage")."reasoning", ("usage")."webSearches", ("usage")."rates", "usageSource",
            "chargeNanoUsd", "status", "errorCode", "firstByteMs", "durationMs", "attempts", "losses",
            "terms", "routing"
        FROM json_to_recordset(records) AS record (
            "requestId" TEXT, "organizationId" TEXT, "apiKeyId" TEXT, "createdAt" TIMESTAMPTZ, "outcome" TEXT,
            "endpoint" TEXT, "clientProtocol" TEXT, "upstreamProtocol" TEXT, "stream" BOOLEAN, "modelRequested" TEXT,
            "modelUsed" TEXT, "provider" TEXT, "channelId" TEXT, "priceId" TEXT, "usage" usage_tokens,
            "usageSource" TEXT, "chargeNanoUsd" BIGINT, "status" INTEGER, "errorCode" TEXT, "firstByteMs" INTEGER,
            "durationMs" INTEGER, "attempts" JSON, "losses" JSON, "terms" JSON, "routing" JSON
        )
        ON CONFLICT (id) DO NOTHING
        RETURNING
            organization_id, created_at, api_key_id, outcome, model_used, model_requested, price_id, input, cache_read,
            cache_write_5m, cache_write_1h, output, charge_nano_usd
    ),
    summed AS (
        INSERT INTO usage_daily AS daily (
            organization_id, day, model, api_key_id, requests, errors, input, cache_read, cache_write, output,
            charge_nano_usd
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
            coalesce(sum(coalesce(cache_write_5m, 0) + coalesce(cache_write_1h, 0)), 0),
            coalesce(sum(output), 0),
            sum(charge_nano_usd)
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
            charge_nano_usd = daily.charge_nano_usd + excluded.charge_nano_usd
    )
    SELECT count(*)::INTEGER FROM recorded
$$;
