-- Plans, orders, payments, refunds, disputes, codes and corrections, and what of them moves money in the ledger.

ALTER TABLE "plan"
    ADD COLUMN "display_name" TEXT,
    ADD COLUMN "active_from" TIMESTAMPTZ(3),
    ADD COLUMN "active_until" TIMESTAMPTZ(3),
    ADD COLUMN "display_order" INTEGER NOT NULL DEFAULT 0,
    ADD CONSTRAINT "plan_tokens" CHECK ("tokens" > 0 AND "bonus_tokens" >= 0),
    ADD CONSTRAINT "plan_amount" CHECK ("amount_minor" >= 0),
    ADD CONSTRAINT "plan_currency" CHECK ("currency" ~ '^[a-z]{3}$');

CREATE TABLE "order" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "client_key" TEXT NOT NULL,
    "created_by_user_id" TEXT,
    "plan_id" TEXT,
    "title" TEXT NOT NULL,
    "tokens" BIGINT NOT NULL,
    "bonus_tokens" BIGINT NOT NULL,
    "credit_nano_usd" BIGINT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "provider" TEXT NOT NULL,
    "livemode" BOOLEAN NOT NULL,
    "session_id" TEXT,
    "checkout_url" TEXT,
    "payment_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "paid_at" TIMESTAMPTZ(3),
    "next_look_at" TIMESTAMPTZ(3),
    "failures" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT,

    CONSTRAINT "order_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "order_state" CHECK (
        "state" IN ('pending', 'paid', 'expired', 'canceled', 'partially_refunded', 'refunded', 'disputed')),
    CONSTRAINT "order_paid" CHECK (("paid_at" IS NULL) = ("state" IN ('pending', 'expired', 'canceled'))),
    CONSTRAINT "order_tokens" CHECK ("tokens" > 0 AND "bonus_tokens" >= 0),
    -- One plan token is 1,000 nano-USD of list price.
    CONSTRAINT "order_credit" CHECK ("credit_nano_usd" = ("tokens" + "bonus_tokens") * 1000),
    CONSTRAINT "order_amount" CHECK ("amount_minor" > 0),
    CONSTRAINT "order_currency" CHECK ("currency" ~ '^[a-z]{3}$'),
    CONSTRAINT "order_provider" CHECK ("provider" IN ('stripe', 'sandbox'))
);

-- The same key of a buyer is the same order: a second click, a second tab, a retry.
CREATE UNIQUE INDEX "order_organization_id_client_key_key" ON "order"("organization_id", "client_key");
CREATE UNIQUE INDEX "order_session_id_key" ON "order"("session_id");
CREATE UNIQUE INDEX "order_payment_id_key" ON "order"("payment_id");
CREATE INDEX "order_organization_id_created_at_idx" ON "order"("organization_id", "created_at");
CREATE INDEX "order_next_look_at_idx" ON "order"("next_look_at");

-- What was sold, to whom, and by which payment stays as it was written, whoever changes the row.
CREATE FUNCTION order_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.organization_id, NEW.client_key, NEW.plan_id, NEW.title, NEW.tokens, NEW.bonus_tokens, NEW.credit_nano_usd,
        NEW.amount_minor, NEW.currency, NEW.provider, NEW.livemode, NEW.created_at)
        IS DISTINCT FROM
       (OLD.id, OLD.organization_id, OLD.client_key, OLD.plan_id, OLD.title, OLD.tokens, OLD.bonus_tokens, OLD.credit_nano_usd,
        OLD.amount_minor, OLD.currency, OLD.provider, OLD.livemode, OLD.created_at)
       OR (OLD.session_id IS NOT NULL AND NEW.session_id IS DISTINCT FROM OLD.session_id)
       OR (OLD.payment_id IS NOT NULL AND NEW.payment_id IS DISTINCT FROM OLD.payment_id)
       OR (OLD.paid_at IS NOT NULL AND NEW.paid_at IS DISTINCT FROM OLD.paid_at)
    THEN
        RAISE EXCEPTION 'what an order sold cannot change' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER "order_immutable" BEFORE UPDATE ON "order" FOR EACH ROW EXECUTE FUNCTION order_refuse_change();

CREATE TABLE "payment_event" (
    "id" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "object_type" TEXT NOT NULL,
    "object_id" TEXT NOT NULL,
    "livemode" BOOLEAN NOT NULL,
    "account" TEXT,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "state" TEXT NOT NULL DEFAULT 'received',
    "reason" TEXT,
    "applied_at" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "error" TEXT,

    CONSTRAINT "payment_event_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "payment_event_state" CHECK ("state" IN ('received', 'applied', 'set_aside', 'failed')),
    CONSTRAINT "payment_event_applied" CHECK (("applied_at" IS NOT NULL) = ("state" = 'applied'))
);

CREATE INDEX "payment_event_state_next_attempt_at_idx" ON "payment_event"("state", "next_attempt_at");

CREATE TABLE "refund" (
    "id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "credit_nano_usd" BIGINT NOT NULL,
    "taken_nano_usd" BIGINT NOT NULL DEFAULT 0,
    "reason" TEXT,
    "decision_reason" TEXT,
    "requested_by_user_id" TEXT,
    "approved_by_user_id" TEXT,
    "second_approved_by_user_id" TEXT,
    "provider_refund_id" TEXT,
    "provider_status" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "reserved_at" TIMESTAMPTZ(3),
    "first_submitted_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3),
    "last_error" TEXT,

    CONSTRAINT "refund_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "refund_origin" CHECK ("origin" IN ('request', 'provider')),
    CONSTRAINT "refund_state" CHECK (
        "state" IN ('requested', 'reserved', 'submitted', 'succeeded', 'failed', 'cancelled')),
    CONSTRAINT "refund_amount" CHECK ("amount_minor" > 0),
    CONSTRAINT "refund_credit" CHECK ("credit_nano_usd" >= 0),
    CONSTRAINT "refund_taken" CHECK ("taken_nano_usd" BETWEEN 0 AND "credit_nano_usd"),
    CONSTRAINT "refund_reserved" CHECK ("origin" = 'provider' OR (
        ("state" = 'requested') <= ("taken_nano_usd" = 0)
        AND ("state" IN ('reserved', 'submitted', 'succeeded')) <= ("taken_nano_usd" = "credit_nano_usd"))),
    CONSTRAINT "refund_ended" CHECK (("ended_at" IS NOT NULL) = ("state" IN ('succeeded', 'failed', 'cancelled'))),
    -- Money leaves only by the word of somebody who did not ask for it, and a second word is another person's.
    CONSTRAINT "refund_approved" CHECK (
        "origin" = 'provider' OR "state" IN ('requested', 'cancelled') OR "approved_by_user_id" IS NOT NULL),
    CONSTRAINT "refund_approver" CHECK ("approved_by_user_id" <> "requested_by_user_id"),
    CONSTRAINT "refund_second_approver" CHECK (
        "second_approved_by_user_id" IS NULL
        OR ("approved_by_user_id" IS NOT NULL AND "second_approved_by_user_id" <> "approved_by_user_id"
            AND "second_approved_by_user_id" IS DISTINCT FROM "requested_by_user_id")),
    CONSTRAINT "refund_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "order"("id")
        ON DELETE RESTRICT ON UPDATE CASCADE
);

CREATE UNIQUE INDEX "refund_provider_refund_id_key" ON "refund"("provider_refund_id");
CREATE INDEX "refund_order_id_idx" ON "refund"("order_id");
CREATE INDEX "refund_organization_id_created_at_idx" ON "refund"("organization_id", "created_at");
CREATE INDEX "refund_state_next_attempt_at_idx" ON "refund"("state", "next_attempt_at");
-- One refund of an order is under way at a time. What a provider made by itself is a fact, and not held up by it.
CREATE UNIQUE INDEX "refund_one_open" ON "refund"("order_id")
    WHERE "origin" = 'request' AND "state" IN ('requested', 'reserved', 'submitted');

CREATE TABLE "dispute" (
    "id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "provider_status" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "reason" TEXT,
    "credit_nano_usd" BIGINT NOT NULL,
    "frozen_nano_usd" BIGINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "dispute_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "dispute_state" CHECK ("state" IN ('inquiry', 'open', 'won', 'lost')),
    CONSTRAINT "dispute_amount" CHECK ("amount_minor" >= 0),
    CONSTRAINT "dispute_frozen" CHECK ("frozen_nano_usd" BETWEEN 0 AND "credit_nano_usd"),
    CONSTRAINT "dispute_ended" CHECK (("ended_at" IS NOT NULL) = ("state" IN ('won', 'lost'))),
    CONSTRAINT "dispute_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "order"("id")
        ON DELETE RESTRICT ON UPDATE CASCADE
);

CREATE INDEX "dispute_order_id_idx" ON "dispute"("order_id");

CREATE TABLE "payment_alarm" (
    "id" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "organization_id" TEXT,
    "detail" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "resolved_at" TIMESTAMPTZ(3),
    "resolved_by_user_id" TEXT,

    CONSTRAINT "payment_alarm_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "payment_alarm_kind_subject_key" ON "payment_alarm"("kind", "subject");

CREATE TABLE "payment_watermark" (
    "provider" TEXT NOT NULL,
    "compared_to" TIMESTAMPTZ(3) NOT NULL,
    "claimed_until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "payment_watermark_pkey" PRIMARY KEY ("provider")
);

CREATE TABLE "sandbox_payment" (
    "session_id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'open',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sandbox_payment_pkey" PRIMARY KEY ("session_id"),
    CONSTRAINT "sandbox_payment_status" CHECK ("status" IN ('open', 'paid', 'expired'))
);

CREATE UNIQUE INDEX "sandbox_payment_order_id_key" ON "sandbox_payment"("order_id");

CREATE TABLE "sandbox_refund" (
    "refund_id" TEXT NOT NULL,
    "session_id" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sandbox_refund_pkey" PRIMARY KEY ("refund_id"),
    CONSTRAINT "sandbox_refund_amount" CHECK ("amount_minor" > 0)
);

CREATE INDEX "sandbox_refund_session_id_idx" ON "sandbox_refund"("session_id");

CREATE TABLE "redeem_batch" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "codes" INTEGER NOT NULL,
    "amount_nano_usd" BIGINT NOT NULL,
    "once_per_organization" BOOLEAN NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "state" TEXT NOT NULL,
    "created_by_user_id" TEXT NOT NULL,
    "approved_by_user_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "redeem_batch_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "redeem_batch_state" CHECK ("state" IN ('proposed', 'active', 'disabled')),
    CONSTRAINT "redeem_batch_amount" CHECK ("codes" > 0 AND "amount_nano_usd" > 0),
    CONSTRAINT "redeem_batch_approver" CHECK ("approved_by_user_id" <> "created_by_user_id")
);

CREATE TABLE "redeem_code" (
    "id" TEXT NOT NULL,
    "batch_id" TEXT NOT NULL,
    "digest" BYTEA NOT NULL,
    "last4" TEXT NOT NULL,
    "amount_nano_usd" BIGINT NOT NULL,
    "once_per_organization" BOOLEAN NOT NULL,
    "redeemed_at" TIMESTAMPTZ(3),
    "organization_id" TEXT,
    "redeemed_by_user_id" TEXT,

    CONSTRAINT "redeem_code_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "redeem_code_amount" CHECK ("amount_nano_usd" > 0),
    CONSTRAINT "redeem_code_redeemed" CHECK (("redeemed_at" IS NULL) = ("organization_id" IS NULL)),
    CONSTRAINT "redeem_code_batch_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "redeem_batch"("id")
        ON DELETE RESTRICT ON UPDATE CASCADE
);

CREATE UNIQUE INDEX "redeem_code_digest_key" ON "redeem_code"("digest");
CREATE INDEX "redeem_code_batch_id_idx" ON "redeem_code"("batch_id");
CREATE UNIQUE INDEX "redeem_code_once" ON "redeem_code"("batch_id", "organization_id") WHERE "once_per_organization";

CREATE TABLE "adjustment" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "amount_nano_usd" BIGINT NOT NULL,
    "reason" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "requested_by_user_id" TEXT NOT NULL,
    "decided_by_user_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "adjustment_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "adjustment_state" CHECK ("state" IN ('proposed', 'applied', 'rejected')),
    CONSTRAINT "adjustment_amount" CHECK ("amount_nano_usd" <> 0),
    CONSTRAINT "adjustment_reason" CHECK (length("reason") > 0)
);

CREATE INDEX "adjustment_organization_id_created_at_idx" ON "adjustment"("organization_id", "created_at");
