-- Staff find a customer and see everything in one place: notes, and the indexes that searches and a customer's timeline read by.

CREATE TABLE "staff_note" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "author_user_id" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(3),
    "withdrawn_by_user_id" TEXT,

    CONSTRAINT "staff_note_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "staff_note_text" CHECK (char_length("text") BETWEEN 1 AND 4000),
    CONSTRAINT "staff_note_withdrawn" CHECK (("withdrawn_at" IS NULL) = ("withdrawn_by_user_id" IS NULL)),
    CONSTRAINT "staff_note_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE INDEX "staff_note_organization_id_created_at_id_idx" ON "staff_note"("organization_id", "created_at", "id");

-- A note says for ever what it said: it may be withdrawn, once, and nothing else of it changes.
CREATE FUNCTION bridge_refuse_note_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."withdrawn_at" IS NULL
     AND to_jsonb(OLD) - 'withdrawn_at' - 'withdrawn_by_user_id' = to_jsonb(NEW) - 'withdrawn_at' - 'withdrawn_by_user_id'
  THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'staff notes are never edited: withdraw it and write another' USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER staff_note_immutable BEFORE UPDATE ON "staff_note"
  FOR EACH ROW EXECUTE FUNCTION bridge_refuse_note_change();

-- Searches by how something begins. Prisma cannot say these operators: over an expression or a part of a table it leaves an index alone.
CREATE INDEX "user_email_beginning" ON "user"(lower("email") text_pattern_ops);
CREATE INDEX "organization_name_beginning" ON "organization"(lower("name") text_pattern_ops);
CREATE INDEX "api_key_prefix_beginning" ON "api_key"("prefix" text_pattern_ops) WHERE "prefix" <> '';

-- Lists, newest first.
CREATE INDEX "organization_created_at_id_idx" ON "organization"("created_at", "id");
CREATE INDEX "organization_suspended" ON "organization"("created_at", "id") WHERE "status" <> 'active';
CREATE INDEX "user_created_at_id_idx" ON "user"("created_at", "id");
CREATE INDEX "user_staff" ON "user"("created_at", "id") WHERE "staff_role" IS NOT NULL;
CREATE INDEX "user_suspended" ON "user"("created_at", "id") WHERE "status" <> 'active';

-- A customer's timeline. Each audit row of an organization is in one of three: its keys, who looked, everything else.
CREATE INDEX "audit_log_keys" ON "audit_log"("organization_id", "at", "id") WHERE "action" LIKE 'apiKey.%';
CREATE INDEX "audit_log_looks" ON "audit_log"("organization_id", "at", "id") WHERE "action" IN ('staff.view', 'staff.reason');
CREATE INDEX "audit_log_changes" ON "audit_log"("organization_id", "at", "id")
  WHERE "action" NOT LIKE 'apiKey.%' AND "action" NOT IN ('staff.view', 'staff.reason');
CREATE INDEX "audit_log_sign_ins" ON "audit_log"("target", "at", "id") WHERE "action" = 'session.open';
CREATE INDEX "audit_log_accounts" ON "audit_log"("target", "at", "id") WHERE "action" <> 'session.open' AND "organization_id" IS NULL;
CREATE INDEX "ledger_entry_movements" ON "ledger_entry"("organization_id", "created_at", "sequence")
  WHERE "kind" <> 'capture' AND "kind" <> 'overrun';
CREATE INDEX "mail_organization_id_created_at_id_idx" ON "mail"("organization_id", "created_at", "id");
CREATE INDEX "mail_personal" ON "mail"("to_address", "created_at", "id") WHERE "organization_id" IS NULL;
