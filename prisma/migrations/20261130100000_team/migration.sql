-- Teams: who is asked to join an organization, what each member's keys may spend together, and which organization a sign-in works in.

CREATE TABLE "invitation" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    -- Normalised, as in "user".
    "email" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    -- SHA-256 in hex of what the mail's link carries; the latest mail's alone is good.
    "token_hash" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "invited_by_user_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "accepted_at" TIMESTAMPTZ(3),
    "accepted_by_user_id" TEXT,
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "invitation_role" CHECK ("role" IN ('owner', 'billing', 'developer', 'viewer')),
    CONSTRAINT "invitation_ended_once" CHECK ("accepted_at" IS NULL OR "withdrawn_at" IS NULL),
    CONSTRAINT "invitation_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE UNIQUE INDEX "invitation_token_hash_key" ON "invitation"("token_hash");
CREATE INDEX "invitation_organization_id_created_at_idx" ON "invitation"("organization_id", "created_at");
CREATE INDEX "invitation_email_idx" ON "invitation"("email");
-- An address is asked once at a time: asked again, the same invitation is sent anew.
CREATE UNIQUE INDEX "invitation_open" ON "invitation"("organization_id", "email") WHERE "accepted_at" IS NULL AND "withdrawn_at" IS NULL;

-- What all keys that a member made may be charged together, by UTC day and month; null: no cap.
ALTER TABLE "member"
    ADD COLUMN "spend_per_day_nano_usd" BIGINT,
    ADD COLUMN "spend_per_month_nano_usd" BIGINT,
    ADD CONSTRAINT "member_spend_per_day" CHECK ("spend_per_day_nano_usd" > 0),
    ADD CONSTRAINT "member_spend_per_month" CHECK ("spend_per_month_nano_usd" > 0);

-- Workers keep those limits with the keys that they found: they look up the organization's keys again.
CREATE FUNCTION "bridge_notify_member"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('bridge_access', 'organization:' || COALESCE(NEW."organization_id", OLD."organization_id"));
  RETURN NULL;
END $$;

CREATE TRIGGER "member_notify" AFTER INSERT OR DELETE ON "member"
  FOR EACH ROW EXECUTE FUNCTION "bridge_notify_member"();
CREATE TRIGGER "member_limits_notify" AFTER UPDATE OF "spend_per_day_nano_usd", "spend_per_month_nano_usd" ON "member"
  FOR EACH ROW EXECUTE FUNCTION "bridge_notify_member"();

-- The organization that a sign-in works in; counts only where its person is a member. Null: the one they joined first.
ALTER TABLE "session" ADD COLUMN "organization_id" TEXT;
