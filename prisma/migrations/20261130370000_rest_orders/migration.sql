-- What a customer wrote beside a purchase, for their own books. It is not what was sold, and is shown to nobody but them and the staff.
ALTER TABLE "order" ADD COLUMN "description" TEXT;
ALTER TABLE "order" ADD CONSTRAINT "order_description" CHECK (char_length("description") BETWEEN 1 AND 200);

-- The same key of who asks is the same refund: a script that repeats itself after a lost answer asks once.
ALTER TABLE "refund" ADD COLUMN "client_key" TEXT;
CREATE UNIQUE INDEX "refund_organization_id_client_key_key" ON "refund"("organization_id", "client_key");
