-- Prices and multipliers begin at a date, and one that has not begun can be withdrawn: written down beside it, never deleted.

-- What the configuration file says of a model (price, fallback, enabled ...): changed there alone.
ALTER TABLE "model" ADD COLUMN "file_fields" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];

ALTER TABLE "price"
    ADD COLUMN "withdrawn_at" TIMESTAMPTZ(3),
    ADD COLUMN "withdrawn_by_user_id" TEXT,
    ADD CONSTRAINT "price_withdrawn_before" CHECK ("withdrawn_at" < "valid_from");

-- A multiplier of a group, as of a date. The one in force is that of the latest date that has come, of one date the highest version.
CREATE TABLE "group_multiplier" (
    "group_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL CHECK ("version" > 0),
    "valid_from" TIMESTAMPTZ(3) NOT NULL,
    "multiplier_basis_points" INTEGER NOT NULL CHECK ("multiplier_basis_points" >= 0),
    "source" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "withdrawn_at" TIMESTAMPTZ(3),
    "withdrawn_by_user_id" TEXT,

    CONSTRAINT "group_multiplier_pkey" PRIMARY KEY ("group_id", "version"),
    CONSTRAINT "group_multiplier_withdrawn_before" CHECK ("withdrawn_at" < "valid_from")
);
ALTER TABLE "group_multiplier" ADD CONSTRAINT "group_multiplier_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "channel_group"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

INSERT INTO "group_multiplier" ("group_id", "version", "valid_from", "multiplier_basis_points", "source", "created_at")
SELECT "id", 1, "created_at", "multiplier_basis_points", "origin", "created_at" FROM "channel_group";

ALTER TABLE "channel_group" DROP COLUMN "multiplier_basis_points";

-- A batch is charged long after it was made, by the multiplier of its making: which one that was.
ALTER TABLE "upstream_batch"
    ADD COLUMN "group_id" TEXT,
    ADD COLUMN "multiplier_version" INTEGER;

-- What was ever charged by stays readable as it was: a changed figure is a new version. All that may change is that what has not begun
-- is withdrawn, once.
CREATE OR REPLACE FUNCTION bridge_refuse_price_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF OLD."withdrawn_at" IS NULL AND NEW."withdrawn_at" IS NOT NULL AND OLD."valid_from" > clock_timestamp()
      AND to_jsonb(NEW) - 'withdrawn_at' - 'withdrawn_by_user_id' = to_jsonb(OLD) - 'withdrawn_at' - 'withdrawn_by_user_id'
    THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'prices are immutable: add a new version instead' USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER group_multiplier_immutable BEFORE UPDATE OR DELETE ON "group_multiplier"
  FOR EACH ROW EXECUTE FUNCTION bridge_refuse_price_change();
CREATE TRIGGER group_multiplier_immutable_truncate BEFORE TRUNCATE ON "group_multiplier"
  FOR EACH STATEMENT EXECUTE FUNCTION bridge_refuse_price_change();
CREATE TRIGGER group_multiplier_notify AFTER INSERT OR UPDATE ON "group_multiplier"
  FOR EACH STATEMENT EXECUTE FUNCTION bridge_notify_catalog();

-- The history of a model or group is read by what it is about.
CREATE INDEX "audit_log_target_id_idx" ON "audit_log"("target", "id");
