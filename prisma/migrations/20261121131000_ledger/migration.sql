-- The ledger's rules, where no caller can go around them: constraints, an append-only journal of entries, and one
-- function per verb. packages/ledger is the only caller.
--
-- Lock order, the same in every function, so that workers never deadlock: balance rows sorted by organization, then
-- lease rows sorted by (organization, worker), then worker rows sorted by id. Rows that are missing are made, in the
-- same order, before the first lock. A balance row's lock guards its organization's lots, entries and leased amounts.
-- So a transaction calls verbs of one organization only, or one verb that sorts many by itself.
--
-- A hosted database that gives the app a role of its own takes the rest away from it as well:
--   REVOKE UPDATE, DELETE, TRUNCATE ON ledger_entry FROM app_role
--   GRANT SELECT, INSERT ON ledger_entry TO app_role
-- The triggers below hold for every role, the table's owner included.

ALTER TABLE "ledger_account"
  ADD CONSTRAINT "ledger_account_kind" CHECK ("kind" IN ('paid', 'granted', 'revenue', 'grants', 'payments', 'overrun'));

ALTER TABLE "ledger_entry"
  -- Keys are compared as bytes: a database's own collation would make each comparison several times dearer.
  ALTER COLUMN "key" TYPE TEXT COLLATE "C",
  ADD CONSTRAINT "ledger_entry_amount" CHECK ("amount_nano_usd" > 0),
  ADD CONSTRAINT "ledger_entry_accounts" CHECK ("debit_account" <> "credit_account"),
  ADD CONSTRAINT "ledger_entry_kind" CHECK ("kind" IN ('grant', 'order', 'adjust', 'capture', 'overrun')),
  -- Nobody can use up a capture's key with another fact.
  ADD CONSTRAINT "ledger_entry_key" CHECK (("kind" IN ('capture', 'overrun')) = starts_with("key", 'capture:'));

ALTER TABLE "balance"
  ADD CONSTRAINT "balance_posted" CHECK ("posted_nano_usd" >= 0),
  ADD CONSTRAINT "balance_held" CHECK ("held_nano_usd" >= 0),
  ADD CONSTRAINT "balance_available" CHECK ("posted_nano_usd" - "held_nano_usd" >= 0);

ALTER TABLE "credit_lot"
  ADD CONSTRAINT "credit_lot_kind" CHECK ("kind" IN ('granted', 'paid')),
  ADD CONSTRAINT "credit_lot_amount" CHECK ("amount_nano_usd" > 0),
  ADD CONSTRAINT "credit_lot_left" CHECK ("left_nano_usd" BETWEEN 0 AND "amount_nano_usd");

ALTER TABLE "credit_lease" ADD CONSTRAINT "credit_lease_amount" CHECK ("amount_nano_usd" >= 0);

-- These rows change many times a second in columns that no index covers: room on the page keeps the updates in place.
ALTER TABLE "balance" SET (fillfactor = 50);
ALTER TABLE "credit_lease" SET (fillfactor = 50);
ALTER TABLE "credit_lot" SET (fillfactor = 70);

-- A customer's statement shows what moved besides the captures, which are millions.
CREATE INDEX "ledger_entry_statement" ON "ledger_entry" ("organization_id", "sequence") WHERE "kind" <> 'capture';

CREATE FUNCTION ledger_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'ledger_entry is append-only: % refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER "ledger_entry_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "ledger_entry"
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
ALTER TABLE "ledger_entry" ENABLE ALWAYS TRIGGER "ledger_entry_append_only";

INSERT INTO "ledger_account" ("id", "kind")
VALUES ('house:revenue', 'revenue'), ('house:grants', 'grants'), ('house:payments', 'payments'), ('house:overrun', 'overrun');

-- Makes an organization's balance and accounts on first use and locks the balance.
CREATE FUNCTION ledger_open(p_organization text) RETURNS balance LANGUAGE plpgsql AS $$
DECLARE
  v_balance balance;
BEGIN
  INSERT INTO balance (organization_id) VALUES (p_organization) ON CONFLICT DO NOTHING;
  INSERT INTO ledger_account (id, organization_id, kind)
  VALUES (format('customer:%s:granted', p_organization), p_organization, 'granted'),
         (format('customer:%s:paid', p_organization), p_organization, 'paid')
  ON CONFLICT DO NOTHING;
  SELECT * INTO v_balance FROM balance WHERE organization_id = p_organization FOR UPDATE;
  RETURN v_balance;
END $$;

-- Brings credit in, as one entry and one lot. False: the key was used before, nothing changed.
CREATE FUNCTION ledger_credit(
  p_key text, p_kind text, p_organization text, p_amount bigint, p_from_account text, p_credit_kind text,
  p_order text, p_lot text, p_reason text, p_actor text
) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  PERFORM ledger_open(p_organization);
  INSERT INTO ledger_entry (key, leg, kind, organization_id, debit_account, credit_account, amount_nano_usd, reason, actor)
  VALUES (p_key, 0, p_kind, p_organization, p_from_account, format('customer:%s:%s', p_organization, p_credit_kind),
          p_amount, p_reason, p_actor)
  ON CONFLICT (key, leg) DO NOTHING;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  INSERT INTO credit_lot (id, organization_id, kind, order_id, amount_nano_usd, left_nano_usd)
  VALUES (p_lot, p_organization, p_credit_kind, p_order, p_amount, p_amount);
  UPDATE balance SET posted_nano_usd = posted_nano_usd + p_amount, version = version + 1
  WHERE organization_id = p_organization;
  PERFORM pg_notify('bridge_balance', p_organization);
  RETURN true;
END $$;

-- Uses up lots, granted before paid and oldest first: p_amounts[i] of p_organizations[i], whose balances are locked.
-- One row per organization: how much came from each kind of credit.
CREATE FUNCTION ledger_use_lots(p_organizations text[], p_amounts bigint[])
RETURNS TABLE (organization text, granted bigint, paid bigint)
LANGUAGE plpgsql SET plan_cache_mode = force_custom_plan SET jit = off AS $$
BEGIN
  RETURN QUERY
  WITH want AS (
    SELECT * FROM unnest(p_organizations, p_amounts) AS w (organization_id, amount)
  ), lot AS (
    SELECT l.id, l.organization_id, l.kind, l.left_nano_usd,
           (sum(l.left_nano_usd) OVER (PARTITION BY l.organization_id ORDER BY l.kind, l.created_at, l.id))::bigint AS upto
    FROM credit_lot l
    WHERE l.organization_id = ANY (p_organizations) AND l.left_nano_usd > 0
  ), used AS (
    SELECT lot.id, lot.organization_id, lot.kind,
           LEAST(lot.left_nano_usd, want.amount - (lot.upto - lot.left_nano_usd)) AS amount
    FROM lot JOIN want USING (organization_id)
    WHERE lot.upto - lot.left_nano_usd < want.amount
  ), changed AS (
    UPDATE credit_lot c SET left_nano_usd = c.left_nano_usd - used.amount FROM used WHERE c.id = used.id
  )
  SELECT used.organization_id,
         coalesce(sum(used.amount) FILTER (WHERE used.kind = 'granted'), 0)::bigint,
         coalesce(sum(used.amount) FILTER (WHERE used.kind = 'paid'), 0)::bigint
  FROM used GROUP BY used.organization_id;
END $$;

-- Corrects a balance by hand. Up: a granted lot. Down: out of what is available, granted before paid, oldest first.
-- applied | duplicate | insufficient | in_use (the balance would do, but workers hold it).
CREATE FUNCTION ledger_adjust(
  p_key text, p_organization text, p_amount bigint, p_lot text, p_reason text, p_actor text
) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  v_balance balance;
BEGIN
  IF p_amount >= 0 THEN
    RETURN CASE
      WHEN ledger_credit(p_key, 'adjust', p_organization, p_amount, 'house:grants', 'granted', NULL, p_lot, p_reason, p_actor)
      THEN 'applied' ELSE 'duplicate' END;
  END IF;
  v_balance := ledger_open(p_organization);
  IF EXISTS (SELECT FROM ledger_entry WHERE key = p_key) THEN
    RETURN 'duplicate';
  ELSIF v_balance.posted_nano_usd < -p_amount THEN
    RETURN 'insufficient';
  ELSIF v_balance.posted_nano_usd - v_balance.held_nano_usd < -p_amount THEN
    RETURN 'in_use';
  END IF;
  INSERT INTO ledger_entry (key, leg, kind, organization_id, debit_account, credit_account, amount_nano_usd, reason, actor)
  SELECT p_key, part.leg, 'adjust', p_organization, 'customer:' || p_organization || part.credit, part.house, part.amount, p_reason, p_actor
  FROM ledger_use_lots(ARRAY[p_organization], ARRAY[-p_amount]) used
  CROSS JOIN LATERAL (VALUES
    (0, ':granted', 'house:grants', used.granted),
    (1, ':paid', 'house:payments', used.paid)
  ) AS part (leg, credit, house, amount)
  WHERE part.amount > 0;
  UPDATE balance SET posted_nano_usd = posted_nano_usd + p_amount, version = version + 1
  WHERE organization_id = p_organization;
  PERFORM pg_notify('bridge_balance', p_organization);
  RETURN 'applied';
END $$;

-- Begins a new life of a worker: from here on, earlier epochs are fenced off.
CREATE FUNCTION ledger_start_worker(p_worker text, p_address text) RETURNS bigint LANGUAGE sql AS $$
  INSERT INTO worker AS w (id, epoch, address) VALUES (p_worker, 1, p_address)
  ON CONFLICT (id) DO UPDATE
    SET epoch = w.epoch + 1, heartbeat_at = clock_timestamp(), started_at = clock_timestamp(), stopped_at = NULL, address = p_address
  RETURNING epoch
$$;

-- Leases part of a balance to a worker: min(want, available) where that is at least p_min, else nothing.
-- The epoch is read without a lock: a lease that a dying life still gets in that instant is held until it expires.
CREATE FUNCTION ledger_take_lease(
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
  held_elsewhere := coalesce(v_balance.held_nano_usd, 0) - v_leftover + granted - lease;
  IF granted > 0 OR v_leftover > 0 THEN
    UPDATE balance SET held_nano_usd = held_nano_usd + granted - v_leftover, version = version + 1
    WHERE organization_id = p_organization;
    INSERT INTO credit_lease AS l (worker_id, organization_id, epoch, amount_nano_usd, expires_at)
    VALUES (p_worker, p_organization, p_epoch, lease, clock_timestamp() + p_ttl)
    ON CONFLICT (worker_id, organization_id) DO UPDATE
      SET epoch = p_epoch, amount_nano_usd = excluded.amount_nano_usd, expires_at = GREATEST(l.expires_at, excluded.expires_at);
  END IF;
END $$;

-- Gives back part of a lease, never more than it holds.
CREATE FUNCTION ledger_release_lease(
  p_worker text, p_epoch bigint, p_organization text, p_amount bigint,
  OUT released bigint, OUT lease bigint, OUT fenced boolean
) LANGUAGE plpgsql AS $$
BEGIN
  IF p_amount < 0 THEN
    RAISE EXCEPTION 'a release cannot be negative' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  PERFORM FROM balance WHERE organization_id = p_organization FOR UPDATE;
  fenced := p_epoch IS DISTINCT FROM (SELECT epoch FROM worker WHERE id = p_worker);
  lease := coalesce((
    SELECT amount_nano_usd FROM credit_lease
    WHERE worker_id = p_worker AND organization_id = p_organization AND epoch = p_epoch FOR UPDATE), 0);
  released := CASE WHEN fenced THEN 0 ELSE LEAST(p_amount, lease) END;
  lease := lease - released;
  IF released > 0 THEN
    UPDATE balance SET held_nano_usd = held_nano_usd - released, version = version + 1
    WHERE organization_id = p_organization;
    UPDATE credit_lease SET amount_nano_usd = lease WHERE worker_id = p_worker AND organization_id = p_organization;
    -- Whoever waits for credit that was leased elsewhere can have it now.
    PERFORM pg_notify('bridge_balance', p_organization);
  END IF;
END $$;

-- The heartbeat: a live worker keeps its leases. Used up ones go, so that the table stays as small as the traffic.
CREATE FUNCTION ledger_renew_leases(p_worker text, p_epoch bigint, p_ttl interval, OUT renewed integer, OUT fenced boolean)
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM credit_lease WHERE worker_id = p_worker AND epoch = p_epoch ORDER BY organization_id FOR UPDATE;
  UPDATE worker SET heartbeat_at = clock_timestamp() WHERE id = p_worker AND epoch = p_epoch;
  fenced := NOT FOUND;
  renewed := 0;
  IF NOT fenced THEN
    DELETE FROM credit_lease WHERE worker_id = p_worker AND epoch = p_epoch AND amount_nano_usd = 0;
    UPDATE credit_lease SET expires_at = clock_timestamp() + p_ttl WHERE worker_id = p_worker AND epoch = p_epoch;
    GET DIAGNOSTICS renewed = ROW_COUNT;
  END IF;
END $$;

-- Ends leases of these organizations: those of p_worker before p_before_epoch, or, without a worker, those that expired.
CREATE FUNCTION ledger_end_leases(
  p_organizations text[], p_worker text, p_before_epoch bigint, OUT ended integer, OUT released bigint
) LANGUAGE plpgsql AS $$
DECLARE
  v_now timestamptz;
  v_relieved text[];
  v_workers text[];
  v_epochs bigint[];
BEGIN
  PERFORM FROM balance WHERE organization_id = ANY (p_organizations) ORDER BY organization_id FOR UPDATE;
  PERFORM FROM credit_lease WHERE organization_id = ANY (p_organizations) ORDER BY organization_id, worker_id FOR UPDATE;
  v_now := clock_timestamp();
  WITH gone AS (
    DELETE FROM credit_lease
    WHERE organization_id = ANY (p_organizations)
      AND CASE WHEN p_worker IS NULL THEN expires_at < v_now ELSE worker_id = p_worker AND epoch < p_before_epoch END
    RETURNING worker_id, organization_id, epoch, amount_nano_usd
  ), given_back AS (
    UPDATE balance b SET held_nano_usd = b.held_nano_usd - p.amount, version = b.version + 1
    FROM (SELECT organization_id, sum(amount_nano_usd)::bigint AS amount FROM gone GROUP BY organization_id) p
    WHERE b.organization_id = p.organization_id
  )
  SELECT count(*), coalesce(sum(amount_nano_usd), 0), array_agg(DISTINCT organization_id),
         array_agg(worker_id) FILTER (WHERE amount_nano_usd > 0), array_agg(epoch) FILTER (WHERE amount_nano_usd > 0)
  INTO ended, released, v_relieved, v_workers, v_epochs FROM gone;
  PERFORM pg_notify('bridge_balance', o) FROM unnest(v_relieved) o;
  IF p_worker IS NULL THEN
    -- A life that still counts on this credit has to learn that it is over.
    PERFORM FROM worker WHERE id = ANY (v_workers) ORDER BY id FOR UPDATE;
    UPDATE worker w SET epoch = w.epoch + 1
    FROM unnest(v_workers, v_epochs) AS g (id, epoch) WHERE w.id = g.id AND w.epoch = g.epoch;
  END IF;
END $$;

-- Frees what an earlier life of a worker still holds, once its journal was replayed.
CREATE FUNCTION ledger_release_worker_leases(p_worker text, p_before_epoch bigint) RETURNS bigint LANGUAGE sql AS $$
  SELECT released FROM ledger_end_leases(
    ARRAY(SELECT organization_id FROM credit_lease WHERE worker_id = p_worker AND epoch < p_before_epoch),
    p_worker, p_before_epoch)
$$;

-- Frees the leases of workers that no longer renew them.
CREATE FUNCTION ledger_expire_leases(OUT expired integer, OUT released bigint) LANGUAGE sql AS $$
  SELECT ended, released FROM ledger_end_leases(
    ARRAY(SELECT DISTINCT organization_id FROM credit_lease WHERE expires_at < clock_timestamp()), NULL, NULL)
$$;

-- Captures charges: p_charges[i] of request p_requests[i] of p_organizations[i], each request once for ever (the first
-- one in a batch counts). A charge takes the worker's lease first, then what is available; what even that cannot cover is
-- the house's overrun. All work is done on sets: a batch of thousands costs a few statements, of however many organizations.
-- Plans are made per batch, never compiled, and do not scan: the entries are millions before their statistics know.
CREATE FUNCTION ledger_capture(
  p_worker text, p_requests text[], p_organizations text[], p_charges bigint[],
  OUT captured integer, OUT duplicates integer, OUT overrun bigint, OUT leases text
) LANGUAGE plpgsql SET plan_cache_mode = force_custom_plan SET enable_seqscan = off SET jit = off AS $$
DECLARE
  -- One element per request to capture, sorted by organization and key.
  v_keys text[];
  v_owners text[];
  v_charges bigint[];
  -- The sum of its organization's charges up to and with this one.
  v_stops bigint[];
  v_known text[];
  -- One element per organization: what its customer pays, and how much of that the lease covers.
  v_payers text[];
  v_payments bigint[];
  v_leased bigint[];
BEGIN
  v_payers := ARRAY(SELECT DISTINCT o FROM unnest(p_organizations) o ORDER BY o);
  INSERT INTO balance (organization_id)
  SELECT o FROM unnest(v_payers) o WHERE NOT EXISTS (SELECT FROM balance WHERE organization_id = o)
  ORDER BY o ON CONFLICT DO NOTHING;
  PERFORM FROM balance WHERE organization_id = ANY (v_payers) ORDER BY organization_id FOR UPDATE;
  PERFORM FROM credit_lease WHERE worker_id = p_worker AND organization_id = ANY (v_payers)
  ORDER BY organization_id FOR UPDATE;

  -- Asked under the locks, so that nobody else is capturing the same requests meanwhile.
  v_known := ARRAY(
    SELECT key FROM ledger_entry WHERE key = ANY (ARRAY(SELECT 'capture:' || r FROM unnest(p_requests) r)));
  SELECT array_agg(s.key), array_agg(s.owner), array_agg(s.charge), array_agg(s.stop)
  INTO v_keys, v_owners, v_charges, v_stops
  FROM (
    SELECT d.*, (sum(d.charge) OVER (PARTITION BY d.owner ORDER BY d.key ROWS UNBOUNDED PRECEDING))::bigint AS stop
    FROM (
      SELECT DISTINCT ON (r.owner, r.key) r.owner, r.key, r.charge
      FROM (
        SELECT ('capture:' || request) COLLATE "C" AS key, owner COLLATE "C" AS owner, charge, place
        FROM unnest(p_requests, p_organizations, p_charges) WITH ORDINALITY AS u (request, owner, charge, place)
      ) r
      WHERE r.key <> ALL (v_known)
      ORDER BY r.owner, r.key, r.place
    ) d
  ) s;
  captured := coalesce(cardinality(v_keys), 0);
  duplicates := cardinality(p_requests) - captured;
  overrun := 0;
  leases := '[]';
  IF captured = 0 THEN
    RETURN;
  END IF;

  SELECT array_agg(p.owner), array_agg(p.payment), array_agg(p.leased), sum(p.total - p.payment),
         json_agg(json_build_object('organizationId', p.owner, 'capturedNanoUsd', p.payment::text,
                                    'leaseNanoUsd', (p.lease - p.leased)::text))
  INTO v_payers, v_payments, v_leased, overrun, leases
  FROM (
    SELECT t.owner, t.total, c.lease, c.payment, LEAST(c.payment, c.lease) AS leased
    FROM (SELECT owner, max(stop) AS total FROM unnest(v_owners, v_stops) AS d (owner, stop) GROUP BY owner) t
    JOIN balance b ON b.organization_id = t.owner
    LEFT JOIN credit_lease l ON l.worker_id = p_worker AND l.organization_id = t.owner
    CROSS JOIN LATERAL (
      SELECT coalesce(l.amount_nano_usd, 0) AS lease,
             LEAST(t.total, coalesce(l.amount_nano_usd, 0) + b.posted_nano_usd - b.held_nano_usd) AS payment
    ) c
  ) p;

  -- Each charge is a stretch of its organization's total: first come the granted lots, then the paid ones, then the house.
  WITH due AS MATERIALIZED (
    SELECT s.key, s.owner, s.stop - s.charge AS start, s.stop,
           coalesce(u.granted, 0) AS granted, coalesce(u.granted + u.paid, 0) AS funded
    FROM unnest(v_keys, v_owners, v_charges, v_stops) AS s (key, owner, charge, stop)
    LEFT JOIN ledger_use_lots(v_payers, v_payments) u ON u.organization = s.owner
  )
  INSERT INTO ledger_entry (key, leg, kind, organization_id, debit_account, credit_account, amount_nano_usd)
  SELECT key, 0, 'capture', owner, 'customer:' || owner || ':granted', 'house:revenue', LEAST(stop, granted) - start
  FROM due WHERE start < granted
  UNION ALL
  SELECT key, 1, 'capture', owner, 'customer:' || owner || ':paid', 'house:revenue', LEAST(stop, funded) - GREATEST(start, granted)
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
