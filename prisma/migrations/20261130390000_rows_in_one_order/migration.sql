-- A batch as rows of usage_record: element i of each list belongs to record i, whose shape is element shape_of[i] of the JSON array
-- (named as in a settlement record). A list that is null is null for every record. The order of columns is the table's; rows come by id,
-- as every batch takes its ids in this order: two that share some, in whatever order, wait for each other instead of deadlocking.
CREATE OR REPLACE FUNCTION usage_rows(
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
    ORDER BY one.id COLLATE "C"
$$;
