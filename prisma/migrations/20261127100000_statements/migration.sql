-- Monthly statements: what moved an organization's balance, summed per month (UTC). Entries are too many to be summed for every reader.
-- Ordered, granted, adjusted, refunded and disputed are signed: above zero, credit came in. Captured is what requests took from the balance,
-- overrun what the house bore of their charges.

CREATE TABLE "ledger_month" (
    "organization_id" TEXT NOT NULL,
    "month" DATE NOT NULL,
    "ordered_nano_usd" BIGINT NOT NULL DEFAULT 0,
    "granted_nano_usd" BIGINT NOT NULL DEFAULT 0,
    "adjusted_nano_usd" BIGINT NOT NULL DEFAULT 0,
    "refunded_nano_usd" BIGINT NOT NULL DEFAULT 0,
    "disputed_nano_usd" BIGINT NOT NULL DEFAULT 0,
    "captured_nano_usd" BIGINT NOT NULL DEFAULT 0,
    "overrun_nano_usd" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "ledger_month_pkey" PRIMARY KEY ("organization_id", "month"),
    CONSTRAINT "ledger_month_first_day" CHECK (extract(day FROM "month") = 1)
);

-- A row changes with every batch of captures: room on the page keeps those updates off the index.
ALTER TABLE "ledger_month" SET (fillfactor = 50);

-- What an entry does to its customer's balance; nothing where it moves between the house's own accounts.
CREATE FUNCTION ledger_effect(p_debit text, p_credit text, p_amount bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN starts_with(p_credit, 'customer:') THEN p_amount
        WHEN starts_with(p_debit, 'customer:') THEN -p_amount
        ELSE 0 END
$$;

INSERT INTO ledger_month (
    organization_id, month, ordered_nano_usd, granted_nano_usd, adjusted_nano_usd, refunded_nano_usd, disputed_nano_usd,
    captured_nano_usd, overrun_nano_usd
)
SELECT organization_id, date_trunc('month', created_at AT TIME ZONE 'UTC')::date,
    coalesce(sum(ledger_effect(debit_account, credit_account, amount_nano_usd)) FILTER (WHERE kind = 'order'), 0),
    coalesce(sum(ledger_effect(debit_account, credit_account, amount_nano_usd)) FILTER (WHERE kind = 'grant'), 0),
    coalesce(sum(ledger_effect(debit_account, credit_account, amount_nano_usd)) FILTER (WHERE kind = 'adjust'), 0),
    coalesce(sum(ledger_effect(debit_account, credit_account, amount_nano_usd)) FILTER (WHERE kind = 'refund'), 0),
    coalesce(sum(ledger_effect(debit_account, credit_account, amount_nano_usd)) FILTER (WHERE kind = 'dispute'), 0),
    coalesce(sum(amount_nano_usd) FILTER (WHERE kind = 'capture'), 0),
    coalesce(sum(amount_nano_usd) FILTER (WHERE kind = 'overrun'), 0)
FROM ledger_entry WHERE organization_id IS NOT NULL GROUP BY 1, 2;

-- The sums follow the entries, whoever writes them, once a statement. Every verb holds the balances of the organizations that it writes entries
-- of, so that nobody else is at their rows, and takes them in the balances' order.
CREATE FUNCTION ledger_sum_months() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO ledger_month AS known (
        organization_id, month, ordered_nano_usd, granted_nano_usd, adjusted_nano_usd, refunded_nano_usd, disputed_nano_usd,
        captured_nano_usd, overrun_nano_usd
    )
    SELECT
        organization_id, date_trunc('month', created_at AT TIME ZONE 'UTC')::date,
        coalesce(sum(ledger_effect(debit_account, credit_account, amount_nano_usd)) FILTER (WHERE kind = 'order'), 0),
        coalesce(sum(ledger_effect(debit_account, credit_account, amount_nano_usd)) FILTER (WHERE kind = 'grant'), 0),
        coalesce(sum(ledger_effect(debit_account, credit_account, amount_nano_usd)) FILTER (WHERE kind = 'adjust'), 0),
        coalesce(sum(ledger_effect(debit_account, credit_account, amount_nano_usd)) FILTER (WHERE kind = 'refund'), 0),
        coalesce(sum(ledger_effect(debit_account, credit_account, amount_nano_usd)) FILTER (WHERE kind = 'dispute'), 0),
        coalesce(sum(amount_nano_usd) FILTER (WHERE kind = 'capture'), 0),
        coalesce(sum(amount_nano_usd) FILTER (WHERE kind = 'overrun'), 0)
    FROM entered WHERE organization_id IS NOT NULL
    GROUP BY 1, 2
    ORDER BY 1, 2
    ON CONFLICT (organization_id, month) DO UPDATE SET
        ordered_nano_usd = known.ordered_nano_usd + excluded.ordered_nano_usd,
        granted_nano_usd = known.granted_nano_usd + excluded.granted_nano_usd,
        adjusted_nano_usd = known.adjusted_nano_usd + excluded.adjusted_nano_usd,
        refunded_nano_usd = known.refunded_nano_usd + excluded.refunded_nano_usd,
        disputed_nano_usd = known.disputed_nano_usd + excluded.disputed_nano_usd,
        captured_nano_usd = known.captured_nano_usd + excluded.captured_nano_usd,
        overrun_nano_usd = known.overrun_nano_usd + excluded.overrun_nano_usd;
    RETURN NULL;
END $$;

CREATE TRIGGER "ledger_entry_sum_months" AFTER INSERT ON "ledger_entry"
    REFERENCING NEW TABLE AS entered
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_sum_months();
