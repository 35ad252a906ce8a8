-- What people decide of their own data: which mails they get, and that their account ends.

ALTER TABLE "user"
    -- Kinds of mail that a person wants no more of: low_balance | orders | refunds. All others are always sent.
    ADD COLUMN "mails_off" TEXT[] NOT NULL DEFAULT '{}',
    -- Stands in the link of a mail that switches its kind off, without signing in. It can do nothing else.
    ADD COLUMN "mail_token" UUID NOT NULL DEFAULT gen_random_uuid(),
    -- The account was deleted: nothing of the person is left in this row but what books and audit log point to.
    ADD COLUMN "deleted_at" TIMESTAMPTZ(3);

CREATE UNIQUE INDEX "user_mail_token_key" ON "user"("mail_token");

-- Its last member deleted their account: nobody comes in again, its books stay.
ALTER TABLE "organization" ADD COLUMN "closed_at" TIMESTAMPTZ(3);
