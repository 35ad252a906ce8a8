-- The books watch themselves. What the entries of each account add up to is kept up to a moment, so that the check of every minute reads
-- only the entries since; the whole of them is read once a day.

CREATE TABLE "ledger_checkpoint" (
    "account" TEXT NOT NULL,
    "amount_nano_usd" BIGINT NOT NULL,

    CONSTRAINT "ledger_checkpoint_pkey" PRIMARY KEY ("account")
);

CREATE TABLE "ledger_watermark" (
    "is_only" BOOLEAN NOT NULL DEFAULT true,
    "up_to" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ledger_watermark_pkey" PRIMARY KEY ("is_only"),
    CONSTRAINT "ledger_watermark_only" CHECK ("is_only")
);

-- Pages that no summary covers are read by every check: they are summarized as they fill rather than when the table is vacuumed.
ALTER INDEX "ledger_entry_created_at_idx" SET (autosummarize = on);

CREATE TABLE "books_check" (
    "kind" TEXT NOT NULL,
    "claimed_until" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "duration_ms" INTEGER,
    "entries_read" BIGINT,
    "findings" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "books_check_pkey" PRIMARY KEY ("kind"),
    CONSTRAINT "books_check_kind" CHECK ("kind" IN ('recent', 'whole'))
);

-- Its customer called it off: nobody can pay it any more once its checkout is closed.
ALTER TABLE "order" ADD COLUMN "canceled_at" TIMESTAMPTZ(3);
