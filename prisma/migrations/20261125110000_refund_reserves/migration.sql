-- The ledger's part of refunds and disputes: credit is set aside by lot, and then either goes for good or comes back to the lots it came
-- from. Set aside, it is in no balance, so nothing can spend it.

ALTER TABLE "ledger_account"
    DROP CONSTRAINT "ledger_account_kind",
    ADD CONSTRAINT "ledger_account_kind" CHECK (
        "kind" IN ('paid', 'granted', 'revenue', 'grants', 'payments', 'overrun', 'refunds', 'disputes'));

ALTER TABLE "ledger_entry"
    DROP CONSTRAINT "ledger_entry_kind",
    ADD CONSTRAINT "ledger_entry_kind" CHECK (
        "kind" IN ('grant', 'order', 'adjust', 'capture', 'overrun', 'refund', 'dispute'));

INSERT INTO "ledger_account" ("id", "kind") VALUES ('house:refunds', 'refunds'), ('house:disputes', 'disputes');

-- An order brings one lot.
CREATE UNIQUE INDEX "credit_lot_order_id_key" ON "credit_lot"("order_id");

CREATE TABLE "credit_reserve" (
    "key" TEXT NOT NULL,
    "lot_id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "amount_nano_usd" BIGINT NOT NULL,

    CONSTRAINT "credit_reserve_pkey" PRIMARY KEY ("key", "lot_id"),
    CONSTRAINT "credit_reserve_amount" CHECK ("amount_nano_usd" > 0),
    CONSTRAINT "credit_reserve_key" CHECK (starts_with("key", 'refund:') OR starts_with("key", 'dispute:'))
);

CREATE INDEX "credit_reserve_lot_id_idx" ON "credit_reserve"("lot_id");

-- Sets aside up to p_amount in all under p_key (`refund:<id>`, `dispute:<id>`; p_kind is the word before the colon), out of what is available:
-- the order's own lot first and then, where p_beyond, all others, granted before paid and oldest first.
-- p_whole: all of it out of the order's lot at once, or nothing. Else as much as there is; asked again, it takes what has come free since.
-- reserved | duplicate (p_whole: it was set aside before) | insufficient (p_whole: the lot has less left) | in_use (p_whole: the lot would do,
-- but it is held) | frozen (p_whole) | ended (it was settled or cancelled before). `reserved` is what stands aside in all.
CREATE FUNCTION ledger_reserve(
    p_key text, p_kind text, p_organization text, p_order text, p_amount bigint, p_whole boolean, p_beyond boolean, p_actor text,
    OUT result text, OUT reserved bigint
) LANGUAGE plpgsql AS $$
DECLARE
    v_balance balance;
    v_want bigint;
    v_left bigint;
    v_taken bigint;
    v_leg integer;
BEGIN
    IF p_amount <= 0 THEN
        RAISE EXCEPTION 'a reserve must be above zero' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    v_balance := ledger_open(p_organization);
    SELECT coalesce(sum(amount_nano_usd), 0) INTO reserved FROM credit_reserve WHERE key = p_key;
    IF EXISTS (SELECT FROM ledger_entry WHERE key IN (p_key || ':settled', p_key || ':cancelled')) THEN
        result := 'ended';
        RETURN;
    END IF;
    v_want := LEAST(p_amount - reserved, v_balance.posted_nano_usd - v_balance.held_nano_usd);
    IF p_whole THEN
        SELECT left_nano_usd INTO v_left FROM credit_lot WHERE order_id = p_order AND organization_id = p_organization;
        result := CASE
            WHEN reserved > 0 THEN 'duplicate'
            WHEN v_balance.frozen_at IS NOT NULL THEN 'frozen'
            WHEN coalesce(v_left, 0) < p_amount THEN 'insufficient'
            WHEN v_want < p_amount THEN 'in_use' END;
        IF result IS NOT NULL THEN
            RETURN;
        END IF;
    END IF;
    result := 'reserved';
    IF v_want <= 0 THEN
        RETURN;
    END IF;
    SELECT coalesce(max(leg) + 1, 0) INTO v_leg FROM ledger_entry WHERE key = p_key || ':reserved';
    WITH lot AS (
        SELECT l.id, l.kind, l.left_nano_usd, (sum(l.left_nano_usd) OVER (
            ORDER BY l.order_id IS NOT DISTINCT FROM p_order DESC, l.kind, l.created_at, l.id))::bigint AS upto
        FROM credit_lot l
        WHERE l.organization_id = p_organization AND l.left_nano_usd > 0 AND (p_beyond OR l.order_id = p_order)
    ), used AS (
        SELECT id, kind, LEAST(left_nano_usd, v_want - (upto - left_nano_usd)) AS amount
        FROM lot WHERE upto - left_nano_usd < v_want
    ), changed AS (
        UPDATE credit_lot c SET left_nano_usd = c.left_nano_usd - used.amount FROM used WHERE c.id = used.id
    ), noted AS (
        INSERT INTO credit_reserve AS r (key, lot_id, organization_id, amount_nano_usd)
        SELECT p_key, id, p_organization, amount FROM used
        ON CONFLICT (key, lot_id) DO UPDATE SET amount_nano_usd = r.amount_nano_usd + excluded.amount_nano_usd
    ), entered AS (
        INSERT INTO ledger_entry (key, leg, kind, organization_id, debit_account, credit_account, amount_nano_usd, actor)
        SELECT p_key || ':reserved', v_leg + (row_number() OVER (ORDER BY kind))::integer - 1, p_kind, p_organization,
               'customer:' || p_organization || ':' || kind, 'house:' || p_kind || 's', sum(amount), p_actor
        FROM used GROUP BY kind
        RETURNING amount_nano_usd
    )
    SELECT coalesce(sum(amount_nano_usd), 0) INTO v_taken FROM entered;
    reserved := reserved + v_taken;
    UPDATE balance SET posted_nano_usd = posted_nano_usd - v_taken, version = version + 1
    WHERE organization_id = p_organization;
END $$;

-- What stands aside under p_key goes for good: money went back for it. p_shortfall went back for credit that was not there any more.
-- applied | duplicate | cancelled (it was given back before).
CREATE FUNCTION ledger_settle_reserve(
    p_key text, p_kind text, p_organization text, p_shortfall bigint, p_actor text
) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    PERFORM ledger_open(p_organization);
    IF EXISTS (SELECT FROM ledger_entry WHERE key = p_key || ':cancelled') THEN
        RETURN 'cancelled';
    ELSIF EXISTS (SELECT FROM ledger_entry WHERE key = p_key || ':settled') THEN
        RETURN 'duplicate';
    END IF;
    INSERT INTO ledger_entry (key, leg, kind, organization_id, debit_account, credit_account, amount_nano_usd, actor)
    SELECT p_key || ':settled', part.leg, p_kind, p_organization, part.source, 'house:payments', part.amount, p_actor
    FROM (VALUES
        (0, 'house:' || p_kind || 's', (SELECT sum(amount_nano_usd)::bigint FROM credit_reserve WHERE key = p_key)),
        (1, 'house:overrun', p_shortfall)
    ) AS part (leg, source, amount)
    WHERE part.amount > 0;
    RETURN 'applied';
END $$;

-- What stands aside under p_key comes back to the lots it came from, even where it was settled: the money did not leave after all.
-- applied | duplicate | unknown (nothing stands aside).
CREATE FUNCTION ledger_cancel_reserve(p_key text, p_kind text, p_organization text, p_actor text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    v_source text;
    v_total bigint;
BEGIN
    PERFORM ledger_open(p_organization);
    IF EXISTS (SELECT FROM ledger_entry WHERE key = p_key || ':cancelled') THEN
        RETURN 'duplicate';
    END IF;
    v_source := CASE WHEN EXISTS (SELECT FROM ledger_entry WHERE key = p_key || ':settled')
        THEN 'house:payments' ELSE 'house:' || p_kind || 's' END;
    WITH back AS (
        SELECT l.id, l.kind, r.amount_nano_usd AS amount
        FROM credit_reserve r JOIN credit_lot l ON l.id = r.lot_id WHERE r.key = p_key
    ), changed AS (
        UPDATE credit_lot c SET left_nano_usd = c.left_nano_usd + back.amount FROM back WHERE c.id = back.id
    ), entered AS (
        INSERT INTO ledger_entry (key, leg, kind, organization_id, debit_account, credit_account, amount_nano_usd, actor)
        SELECT p_key || ':cancelled', (row_number() OVER (ORDER BY kind))::integer - 1, p_kind, p_organization, v_source,
               'customer:' || p_organization || ':' || kind, sum(amount), p_actor
        FROM back GROUP BY kind
        UNION ALL
        SELECT p_key || ':cancelled', 2, p_kind, p_organization, 'house:payments', 'house:overrun', amount_nano_usd, p_actor
        FROM ledger_entry WHERE key = p_key || ':settled' AND leg = 1
        RETURNING CASE WHEN leg < 2 THEN amount_nano_usd ELSE 0 END AS amount
    )
    SELECT sum(amount) INTO v_total FROM entered;
    IF v_total IS NULL THEN
        RETURN 'unknown';
    END IF;
    UPDATE balance SET posted_nano_usd = posted_nano_usd + v_total, version = version + 1
    WHERE organization_id = p_organization;
    PERFORM pg_notify('bridge_balance', p_organization);
    RETURN 'applied';
END $$;
