-- What it costs to settle a request. Records arrive as columns (a list per field) and what many of them have in common, their shape,
-- arrives once. A row says what its only attempt was, so that most rows keep no attempts of their own.

-- Null: there was one attempt, and it is what the row itself says.
ALTER TABLE usage_record
    ALTER COLUMN attempts DROP NOT NULL,
    ALTER COLUMN attempts DROP DEFAULT,
    -- The id that the channel's upstream knows the model by; null where it is model_used.
    ADD COLUMN upstream_model TEXT;

DROP FUNCTION usage_record_batch(JSON);
DROP TYPE usage_tokens;

-- The daily sums follow the records, whoever writes them, once a statement.
-- They are upserted in key order, so that concurrent workers take the row locks in the same order.
-- A model name counts in the sums only where a price was found for it: names that callers make up must not grow the table.
CREATE FUNCTION usage_sum_days() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
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
        coalesce(sum(cache_write_5m), 0) + coalesce(sum(cache_write_1h), 0),
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
        charge_nano_usd = daily.charge_nano_usd + excluded.charge_nano_usd;
    RETURN NULL;
END $$;

CREATE TRIGGER usage_record_sum_days AFTER INSERT ON usage_record
    REFERENCING NEW TABLE AS recorded
    FOR EACH STATEMENT EXECUTE FUNCTION usage_sum_days();

-- A batch as rows of usage_record: element i of each list belongs to record i, whose shape is element shape_of[i] of the JSON array
-- (named as in a settlement record). A list that is null is null for every record. The order of columns is the table's.
CREATE FUNCTION usage_rows(
    shapes JSON, ids TEXT[], shape_of BIGINT[], created_ms BIGINT[], input BIGINT[], cache_read BIGINT[],
    cache_write_5m BIGINT[], cache_write_1h BIGINT[], output BIGINT[], reasoning BIGINT[], web_searches BIGINT[],
    charges BIGINT[], first_byte_ms BIGINT[], duration_ms BIGINT[], attempts TEXT[]
) RETURNS SETOF usage_record LANGUAGE sql STABLE AS $$
    SELECT
        one.id, shape.organization_id, shape.api_key_id, to_timestamp(one.created_ms / 1000::FLOAT8), shape.outcome,
        shape.endpoint, shape.client_protocol, shape.upstream_protocol, shape.stream, shape.model_requested,
        shape.model_used, shape.provider, shape.channel_id, shape.price_id, one.input, one.cache_read,
        one.cache_write_5m, one.cache_write_1h, one.output, one.reasoning, shape.usage_source, one.charge,
        shape.status, shape.error_code, one.first_byte_ms::INTEGER, one.duration_ms::INTEGER, shape.losses, one.attempts::JSON,
        one.web_searches, shape.rates, shape.terms, shape.routing, shape.upstream_model
    FROM unnest(
        ids, shape_of, created_ms, input, cache_read, cache_write_5m, cache_write_1h, output, reasoning, web_searches,
        charges, first_byte_ms, duration_ms, attempts
    ) AS one (
        id, shape, created_ms, input, cache_read, cache_write_5m, cache_write_1h, output, reasoning, web_searches,
        charge, first_byte_ms, duration_ms, attempts
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

-- Writes a batch of records; a request id that is already recorded changes nothing, neither within a batch nor across batches, so
-- replay is a no-op. That is rare: so the rows are first written as if all were new, which is a third cheaper.
-- The planner does not know how many shapes there are: a nested loop over thousands of them would cost more than all else.
-- @param ids, attempts separated by line ends; attempts are JSON or empty
CREATE FUNCTION usage_record_batch(
    shapes JSON, ids TEXT, shape_of BIGINT[], created_ms BIGINT[], input BIGINT[], cache_read BIGINT[],
    cache_write_5m BIGINT[], cache_write_1h BIGINT[], output BIGINT[], reasoning BIGINT[], web_searches BIGINT[],
    charges BIGINT[], first_byte_ms BIGINT[], duration_ms BIGINT[], attempts TEXT
) RETURNS INTEGER LANGUAGE plpgsql
SET plan_cache_mode = force_custom_plan SET enable_nestloop = off SET enable_mergejoin = off SET jit = off AS $$
DECLARE
    v_ids TEXT[] := string_to_array(ids, E'\n');
    v_attempts TEXT[] := string_to_array(attempts, E'\n', '');
    v_recorded INTEGER;
BEGIN
    -- A list of another length would give records the values of others.
    IF EXISTS (
        SELECT FROM unnest(ARRAY[
            cardinality(shape_of), cardinality(created_ms), cardinality(input), cardinality(cache_read),
            cardinality(cache_write_5m), cardinality(cache_write_1h), cardinality(output), cardinality(reasoning),
            cardinality(web_searches), cardinality(charges), cardinality(first_byte_ms), cardinality(duration_ms),
            cardinality(v_attempts)
        ]) AS list (elements) WHERE list.elements <> cardinality(v_ids)
    ) THEN
        RAISE EXCEPTION 'the lists of a batch differ in length' USING ERRCODE = 'array_subscript_error';
    END IF;
    BEGIN
        INSERT INTO usage_record SELECT * FROM usage_rows(
            shapes, v_ids, shape_of, created_ms, input, cache_read, cache_write_5m, cache_write_1h, output, reasoning,
            web_searches, charges, first_byte_ms, duration_ms, v_attempts);
    EXCEPTION WHEN unique_violation THEN
        -- Of a request that stands twice in the batch the first counts: without a shape a record makes no row.
        shape_of := ARRAY(
            SELECT CASE WHEN one.place = min(one.place) OVER (PARTITION BY one.id) THEN one.shape END
            FROM unnest(v_ids, shape_of) WITH ORDINALITY AS one (id, shape, place)
            ORDER BY one.place
        );
        INSERT INTO usage_record SELECT * FROM usage_rows(
            shapes, v_ids, shape_of, created_ms, input, cache_read, cache_write_5m, cache_write_1h, output, reasoning,
            web_searches, charges, first_byte_ms, duration_ms, v_attempts)
        ON CONFLICT (id) DO NOTHING;
    END;
    GET DIAGNOSTICS v_recorded = ROW_COUNT;
    RETURN v_recorded;
END $$;

-- Captures charges, each request once for ever (the first one in a batch counts): charges[i] of the i-th request, owed by organization
-- owners[i] of the list. A charge takes the worker's lease first, then what is available; what even that cannot cover is the house's
-- overrun. All work is done on sets: a batch of thousands costs a few statements, of however many organizations.
-- Plans are made per batch, never compiled, and do not scan: the entries are millions before their statistics know.
-- @param p_requests separated by line ends
-- @param p_organizations each once
DROP FUNCTION ledger_capture(text, text[], text[], bigint[]);
CREATE FUNCTION ledger_capture(
  p_worker text, p_organizations text[], p_requests text, p_owners bigint[], p_charges bigint[],
  OUT captured integer, OUT duplicates integer, OUT overrun bigint, OUT leases text
) LANGUAGE plpgsql SET plan_cache_mode = force_custom_plan SET enable_seqscan = off SET jit = off AS $$
DECLARE
  -- One element per request to capture, in the order given.
  v_keys text[] := string_to_array('capture:' || replace(p_requests, E'\n', E'\ncapture:'), E'\n');
  v_owners bigint[] := p_owners;
  v_charges bigint[] := p_charges;
  v_known text[];
  -- One element per organization with something to capture: its place in the list, what its customer pays, and how much of that
  -- the lease covers.
  v_payers text[];
  v_places bigint[];
  v_payments bigint[];
  v_leased bigint[];
BEGIN
  IF cardinality(v_keys) <> cardinality(p_owners) OR cardinality(v_keys) <> cardinality(p_charges) THEN
    RAISE EXCEPTION 'the lists of a batch differ in length' USING ERRCODE = 'array_subscript_error';
  END IF;
  INSERT INTO balance (organization_id)
  SELECT o FROM unnest(p_organizations) o WHERE NOT EXISTS (SELECT FROM balance WHERE organization_id = o)
  ORDER BY o ON CONFLICT DO NOTHING;
  PERFORM FROM balance WHERE organization_id = ANY (p_organizations) ORDER BY organization_id FOR UPDATE;
  PERFORM FROM credit_lease WHERE worker_id = p_worker AND organization_id = ANY (p_organizations)
  ORDER BY organization_id FOR UPDATE;

  -- Asked under the locks, so that nobody else is capturing the same requests meanwhile.
  v_known := ARRAY(SELECT DISTINCT key FROM ledger_entry WHERE key = ANY (v_keys));
  IF cardinality(v_known) > 0
    OR (SELECT count(*) FROM (SELECT FROM unnest(v_keys) k GROUP BY k) different) < cardinality(v_keys)
  THEN
    SELECT array_agg(d.key ORDER BY d.place), array_agg(d.owner ORDER BY d.place), array_agg(d.charge ORDER BY d.place)
    INTO v_keys, v_owners, v_charges
    FROM (
      SELECT DISTINCT ON (u.key) u.key, u.owner, u.charge, u.place
      FROM unnest(v_keys, v_owners, v_charges) WITH ORDINALITY AS u (key, owner, charge, place)
      WHERE u.key <> ALL (v_known)
      ORDER BY u.key, u.place
    ) d;
  END IF;
  captured := coalesce(cardinality(v_keys), 0);
  duplicates := cardinality(p_owners) - captured;
  overrun := 0;
  leases := '[]';
  IF captured = 0 THEN
    RETURN;
  END IF;

  SELECT array_agg(p.owner), array_agg(p.place), array_agg(p.payment), array_agg(p.leased), sum(p.total - p.payment),
         json_agg(json_build_object('organizationId', p.owner, 'capturedNanoUsd', p.payment::text,
                                    'leaseNanoUsd', (p.lease - p.leased)::text))
  INTO v_payers, v_places, v_payments, v_leased, overrun, leases
  FROM (
    SELECT b.organization_id AS owner, t.owner AS place, t.total, c.lease, c.payment, LEAST(c.payment, c.lease) AS leased
    FROM (SELECT u.owner, sum(u.charge)::bigint AS total FROM unnest(v_owners, v_charges) AS u (owner, charge) GROUP BY u.owner) t
    JOIN balance b ON b.organization_id = p_organizations[t.owner]
    LEFT JOIN credit_lease l ON l.worker_id = p_worker AND l.organization_id = b.organization_id
    CROSS JOIN LATERAL (
      SELECT coalesce(l.amount_nano_usd, 0) AS lease,
             LEAST(t.total, coalesce(l.amount_nano_usd, 0) + b.posted_nano_usd - b.held_nano_usd) AS payment
    ) c
  ) p;

  -- Each charge is a stretch of its organization's total: first come the granted lots, then the paid ones, then the house.
  WITH payer AS MATERIALIZED (
    SELECT p.place, p.owner, 'customer:' || p.owner || ':granted' AS granted_account, 'customer:' || p.owner || ':paid' AS paid_account,
           coalesce(u.granted, 0) AS granted, coalesce(u.granted + u.paid, 0) AS funded
    FROM unnest(v_places, v_payers) AS p (place, owner)
    LEFT JOIN ledger_use_lots(v_payers, v_payments) u ON u.organization = p.owner
  ), due AS MATERIALIZED (
    SELECT s.key, s.stop - s.charge AS start, s.stop, payer.*
    FROM (
      SELECT u.key, u.owner, u.charge,
             (sum(u.charge) OVER (PARTITION BY u.owner ORDER BY u.place ROWS UNBOUNDED PRECEDING))::bigint AS stop
      FROM unnest(v_keys, v_owners, v_charges) WITH ORDINALITY AS u (key, owner, charge, place)
    ) s
    JOIN payer ON payer.place = s.owner
  )
  INSERT INTO ledger_entry (key, leg, kind, organization_id, debit_account, credit_account, amount_nano_usd)
  SELECT key, 0, 'capture', owner, granted_account, 'house:revenue', LEAST(stop, granted) - start
  FROM due WHERE start < granted
  UNION ALL
  SELECT key, 1, 'capture', owner, paid_account, 'house:revenue', LEAST(stop, funded) - GREATEST(start, granted)
  FROM due WHERE GREATEST(start, granted) < LEAST(stop, funded)
  UNION ALL
  SELECT key, 2, 'overrun', owner, 'house:overrun', 'house:revenue', stop - GREATEST(start, funded)
  FROM due WHERE funded < stop;

  UPDATE balance b
  SET posted_nano_usd = b.posted_nano_usd - p.payment, held_nano_usd = b.held_nano_usd - p.leased, version = b.version + 1
  FROM unnest(v_payers, v_payments, v_leased) AS p (owner, payment, leased)
  WHERE b.organization_id = p.owner AND p.payment > 0;
  UPDATE credit_lease l SET amount_nano_usd = l.amount_nano_usd - p.leased
  FROM unnest(v_payers, v_leased) AS p (owner, leased)
  WHERE l.worker_id = p_worker AND l.organization_id = p.owner AND p.leased > 0;
END $$;
