-- A sandbox payment can be refused, as a bank refuses one.
ALTER TABLE "sandbox_payment" DROP CONSTRAINT "sandbox_payment_status";
ALTER TABLE "sandbox_payment"
  ADD CONSTRAINT "sandbox_payment_status" CHECK ("status" IN ('open', 'paid', 'declined', 'expired'));
