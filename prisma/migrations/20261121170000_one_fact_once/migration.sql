-- A fact moves money once, whichever way: a correction downwards that came out of paid credit alone has no leg 0, so that a correction
-- upwards under the same key found nothing in its way. The balance is locked before the key is looked for.
CREATE OR REPLACE FUNCTION ledger_credit(
  p_key text, p_kind text, p_organization text, p_amount bigint, p_from_account text, p_credit_kind text,
  p_order text, p_lot text, p_reason text, p_actor text
) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  PERFORM ledger_open(p_organization);
  IF EXISTS (SELECT FROM ledger_entry WHERE key = p_key) THEN
    RETURN false;
  END IF;
  INSERT INTO ledger_entry (key, leg, kind, organization_id, debit_account, credit_account, amount_nano_usd, reason, actor)
  VALUES (p_key, 0, p_kind, p_organization, p_from_account, format('customer:%s:%s', p_organization, p_credit_kind),
          p_amount, p_reason, p_actor)
  ON CONFLICT (key, leg) DO NOTHING;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  INSERT INTO credit_lot (id, organization_id, kind, order_id, amount_nano_usd, left_nano_usd)
  VALUES (p_lot, p_organization, p_credit_kind, p_order, p_amount, p_amount);
  UPDATE balance SET posted_nano_usd = posted_nano_usd + p_amount, version = version + 1
  WHERE organization_id = p_organization;
  PERFORM pg_notify('bridge_balance', p_organization);
  RETURN true;
END $$;
