-- Work that an upstream does for hours: batches, and holds that outlive the request that placed them.

CREATE TABLE "upstream_batch" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "api_key_id" TEXT NOT NULL,
    "channel_id" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "price_id" TEXT NOT NULL,
    "protocol" TEXT NOT NULL,
    "input_file_id" TEXT NOT NULL,
    "line_count" INTEGER NOT NULL,
    "certain_prompt_tokens" BIGINT NOT NULL,
    "least_line_tokens" BIGINT NOT NULL,
    "hold_nano_usd" BIGINT NOT NULL,
    "upstream_id" TEXT,
    "status" TEXT NOT NULL DEFAULT 'creating',
    "output_file_id" TEXT,
    "completed_lines" INTEGER NOT NULL DEFAULT 0,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "failing_since" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "polled_at" TIMESTAMPTZ(3),
    "next_poll_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "upstream_batch_pkey" PRIMARY KEY ("id")
);

-- One batch of an upstream is one batch of ours, and paid by one.
CREATE UNIQUE INDEX "upstream_batch_channel_id_upstream_id_key" ON "upstream_batch"("channel_id", "upstream_id");

-- What an organization has under way.
CREATE INDEX "upstream_batch_organization_id_settled_at_idx" ON "upstream_batch"("organization_id", "settled_at");

-- What is due to be looked at.
CREATE INDEX "upstream_batch_settled_at_next_poll_at_idx" ON "upstream_batch"("settled_at", "next_poll_at");

-- A hold is a lease row of its own, under the name 'hold:<key>' instead of a worker's. No worker has such a name, so no life of a worker
-- renews, tops up, recalls or ends it; ledger_capture takes from it under that name, and ledger_expire_leases frees it when its time is up.

-- Holds p_amount of what is available, whole or not at all.
-- placed | duplicate (the key holds something already) | insufficient | in_use (the balance would do, but workers lease it) | frozen.
CREATE FUNCTION ledger_place_hold(p_key text, p_organization text, p_amount bigint, p_ttl interval) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  v_balance balance;
  v_holds bigint;
BEGIN
  IF p_amount <= 0 THEN
    RAISE EXCEPTION 'a hold must be above zero' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  SELECT * INTO v_balance FROM balance WHERE organization_id = p_organization FOR UPDATE;
  IF EXISTS (SELECT FROM credit_lease WHERE worker_id = 'hold:' || p_key AND organization_id = p_organization) THEN
    RETURN 'duplicate';
  END IF;
  IF v_balance.frozen_at IS NOT NULL OR EXISTS (SELECT FROM organization WHERE id = p_organization AND status <> 'active') THEN
    RETURN 'frozen';
  END IF;
  SELECT coalesce(sum(amount_nano_usd), 0) INTO v_holds FROM credit_lease
  WHERE organization_id = p_organization AND starts_with(worker_id, 'hold:');
  IF coalesce(v_balance.posted_nano_usd, 0) - v_holds < p_amount THEN
    RETURN 'insufficient';
  ELSIF v_balance.posted_nano_usd - v_balance.held_nano_usd < p_amount THEN
    RETURN 'in_use';
  END IF;
  UPDATE balance SET held_nano_usd = held_nano_usd + p_amount, version = version + 1 WHERE organization_id = p_organization;
  INSERT INTO credit_lease (worker_id, organization_id, epoch, amount_nano_usd, expires_at)
  VALUES ('hold:' || p_key, p_organization, 0, p_amount, clock_timestamp() + p_ttl);
  RETURN 'placed';
END $$;

-- Ends a hold: what is left of it is available again. Nothing where there is none.
CREATE FUNCTION ledger_release_hold(p_key text, p_organization text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  v_released bigint;
BEGIN
  PERFORM FROM balance WHERE organization_id = p_organization FOR UPDATE;
  DELETE FROM credit_lease WHERE worker_id = 'hold:' || p_key AND organization_id = p_organization
  RETURNING amount_nano_usd INTO v_released;
  IF coalesce(v_released, 0) = 0 THEN
    RETURN 0;
  END IF;
  UPDATE balance SET held_nano_usd = held_nano_usd - v_released, version = version + 1 WHERE organization_id = p_organization;
  PERFORM pg_notify('bridge_balance', p_organization);
  RETURN v_released;
END $$;

-- Keeps a hold for at least p_ttl from now. False: there is none any more.
CREATE FUNCTION ledger_prolong_hold(p_key text, p_organization text, p_ttl interval) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  UPDATE credit_lease SET expires_at = GREATEST(expires_at, clock_timestamp() + p_ttl)
  WHERE worker_id = 'hold:' || p_key AND organization_id = p_organization;
  RETURN FOUND;
END $$;

-- As before, but held_elsewhere leaves holds out: recalling leases brings none of them back, so nobody should wait for it.
CREATE OR REPLACE FUNCTION ledger_take_lease(
  p_worker text, p_epoch bigint, p_organization text, p_want bigint, p_min bigint, p_ttl interval,
  OUT granted bigint, OUT lease bigint, OUT available bigint, OUT held_elsewhere bigint, OUT frozen boolean, OUT fenced boolean
) LANGUAGE plpgsql AS $$
DECLARE
  v_balance balance;
  v_lease credit_lease;
  v_leftover bigint := 0;
BEGIN
  IF p_want < 0 OR p_min < 0 THEN
    RAISE EXCEPTION 'a lease cannot be negative' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  SELECT * INTO v_balance FROM balance WHERE organization_id = p_organization FOR UPDATE;
  SELECT * INTO v_lease FROM credit_lease WHERE worker_id = p_worker AND organization_id = p_organization FOR UPDATE;
  fenced := p_epoch IS DISTINCT FROM (SELECT epoch FROM worker WHERE id = p_worker);
  frozen := v_balance.frozen_at IS NOT NULL
    OR EXISTS (SELECT FROM organization WHERE id = p_organization AND status <> 'active');
  granted := 0;
  lease := coalesce(v_lease.amount_nano_usd, 0);
  IF NOT fenced AND v_lease.epoch <> p_epoch THEN
    -- What an earlier life left behind is no credit of this one.
    v_leftover := lease;
    lease := 0;
  END IF;
  available := coalesce(v_balance.posted_nano_usd - v_balance.held_nano_usd, 0) + v_leftover;
  IF NOT fenced AND NOT frozen AND LEAST(p_want, available) >= p_min THEN
    granted := LEAST(p_want, available);
  END IF;
  available := available - granted;
  lease := lease + granted;
  held_elsewhere := coalesce(v_balance.held_nano_usd, 0) - v_leftover + granted - lease - (
    SELECT coalesce(sum(amount_nano_usd), 0) FROM credit_lease
    WHERE organization_id = p_organization AND starts_with(worker_id, 'hold:'));
  IF granted > 0 OR v_leftover > 0 THEN
    UPDATE balance SET held_nano_usd = held_nano_usd + granted - v_leftover, version = version + 1
    WHERE organization_id = p_organization;
    INSERT INTO credit_lease AS l (worker_id, organization_id, epoch, amount_nano_usd, expires_at)
    VALUES (p_worker, p_organization, p_epoch, lease, clock_timestamp() + p_ttl)
    ON CONFLICT (worker_id, organization_id) DO UPDATE
      SET epoch = p_epoch, amount_nano_usd = excluded.amount_nano_usd, expires_at = GREATEST(l.expires_at, excluded.expires_at);
  END IF;
END $$;
