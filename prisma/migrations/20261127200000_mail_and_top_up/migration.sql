-- Mail that is on its way, what customers are told of their balance, and buying again by itself.

CREATE TABLE "mail" (
    "id" TEXT NOT NULL,
    "fact" TEXT NOT NULL,
    "to_address" TEXT NOT NULL,
    "organization_id" TEXT,
    "locale" TEXT NOT NULL,
    "template" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "text" TEXT,
    "html" TEXT,
    "is_sensitive" BOOLEAN NOT NULL DEFAULT false,
    "state" TEXT NOT NULL DEFAULT 'queued',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3),
    "last_error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "mail_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "mail_state" CHECK ("state" IN ('queued', 'sent', 'kept', 'failed')),
    CONSTRAINT "mail_locale" CHECK ("locale" IN ('zh', 'en')),
    CONSTRAINT "mail_queued" CHECK (("state" = 'queued') = ("next_attempt_at" IS NOT NULL)),
    CONSTRAINT "mail_ended" CHECK (("state" = 'queued') = ("ended_at" IS NULL)),
    -- A secret is readable here while it is on its way, or where there is no other mailbox than ours; never after it has left.
    CONSTRAINT "mail_secret_gone" CHECK (
        NOT "is_sensitive" OR "state" IN ('queued', 'kept') OR ("text" IS NULL AND "html" IS NULL)),
    CONSTRAINT "mail_body" CHECK (("text" IS NULL) = ("html" IS NULL) AND ("is_sensitive" OR "text" IS NOT NULL))
);

-- One fact is told to one person once, for ever.
CREATE UNIQUE INDEX "mail_fact_to_address_key" ON "mail"("fact", "to_address");
CREATE INDEX "mail_state_next_attempt_at_idx" ON "mail"("state", "next_attempt_at");
CREATE INDEX "mail_to_address_id_idx" ON "mail"("to_address", "id");

CREATE TABLE "balance_alert" (
    "organization_id" TEXT NOT NULL,
    "thresholds_nano_usd" BIGINT[],
    "alerted_nano_usd" BIGINT,
    "alerted_at" TIMESTAMPTZ(3),
    "alerts" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "balance_alert_pkey" PRIMARY KEY ("organization_id"),
    CONSTRAINT "balance_alert_thresholds" CHECK (
        cardinality("thresholds_nano_usd") <= 3 AND 0 < ALL ("thresholds_nano_usd"))
);

CREATE TABLE "payment_method" (
    "organization_id" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "livemode" BOOLEAN NOT NULL,
    "customer_id" TEXT NOT NULL,
    "method_id" TEXT,
    "brand" TEXT,
    "last4" TEXT,
    "saved_at" TIMESTAMPTZ(3),
    "setup_id" TEXT,

    CONSTRAINT "payment_method_pkey" PRIMARY KEY ("organization_id", "provider", "livemode"),
    CONSTRAINT "payment_method_provider" CHECK ("provider" IN ('stripe', 'sandbox')),
    CONSTRAINT "payment_method_saved" CHECK (("method_id" IS NULL) = ("saved_at" IS NULL))
);

CREATE UNIQUE INDEX "payment_method_setup_id_key" ON "payment_method"("setup_id");

CREATE TABLE "auto_top_up" (
    "organization_id" TEXT NOT NULL,
    "is_on" BOOLEAN NOT NULL,
    "below_nano_usd" BIGINT NOT NULL,
    "plan_id" TEXT,
    "agreed_amount_minor" BIGINT NOT NULL,
    "agreed_currency" TEXT NOT NULL,
    "max_per_month" INTEGER NOT NULL,
    "declines" INTEGER NOT NULL DEFAULT 0,
    "off_reason" TEXT,
    "set_by_user_id" TEXT,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "auto_top_up_pkey" PRIMARY KEY ("organization_id"),
    CONSTRAINT "auto_top_up_below" CHECK ("below_nano_usd" > 0),
    CONSTRAINT "auto_top_up_agreed" CHECK ("agreed_amount_minor" > 0 AND "agreed_currency" ~ '^[a-z]{3}$'),
    CONSTRAINT "auto_top_up_max" CHECK ("max_per_month" BETWEEN 1 AND 31),
    CONSTRAINT "auto_top_up_off" CHECK ("off_reason" IS NULL OR NOT "is_on")
);

CREATE TABLE "top_up" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "method_id" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "failure" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "top_up_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "top_up_state" CHECK ("state" IN ('open', 'paid', 'failed')),
    CONSTRAINT "top_up_ended" CHECK (
        ("state" = 'open') = ("ended_at" IS NULL) AND ("state" = 'open') = ("next_attempt_at" IS NOT NULL)),
    CONSTRAINT "top_up_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "order"("id")
        ON DELETE RESTRICT ON UPDATE CASCADE
);

CREATE UNIQUE INDEX "top_up_order_id_key" ON "top_up"("order_id");
CREATE INDEX "top_up_organization_id_created_at_idx" ON "top_up"("organization_id", "created_at");
CREATE INDEX "top_up_next_attempt_at_idx" ON "top_up"("next_attempt_at");
-- One at a time: however many processes see a low balance, one of them buys.
CREATE UNIQUE INDEX "top_up_one_open" ON "top_up"("organization_id") WHERE "state" = 'open';

CREATE TABLE "sandbox_card" (
    "setup_id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "kind" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sandbox_card_pkey" PRIMARY KEY ("setup_id"),
    CONSTRAINT "sandbox_card_kind" CHECK ("kind" IN ('good', 'declined', 'authentication_required'))
);

ALTER TABLE "sandbox_payment" ADD COLUMN "failure" TEXT;
