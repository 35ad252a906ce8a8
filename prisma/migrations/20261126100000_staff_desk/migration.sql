-- Staff edit plans as well as the configuration file does: each plan says whose it is.

ALTER TABLE "plan"
    ADD COLUMN "origin" TEXT NOT NULL DEFAULT 'console',
    ADD CONSTRAINT "plan_origin" CHECK ("origin" IN ('console', 'config')),
    ADD CONSTRAINT "plan_active" CHECK ("active_until" > "active_from");

-- Until now only a file made plans; one that a file gave up is the staff's.
UPDATE "plan" SET "origin" = 'config' WHERE "enabled";

-- The staff's comparison of requests with the books reads the last days of both.
CREATE INDEX "usage_record_created_at_idx" ON "usage_record" USING BRIN ("created_at");
CREATE INDEX "ledger_entry_created_at_idx" ON "ledger_entry" USING BRIN ("created_at");
