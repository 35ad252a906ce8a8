-- A channel that staff deleted, or that left its file, keeps its row: receipts go on naming it. One of the same name takes the row again.
ALTER TABLE "channel" ADD COLUMN "deleted_at" TIMESTAMPTZ(3);
