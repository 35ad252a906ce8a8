-- A price that was ever charged by must stay readable as it was: a changed figure is a new version. What may change is
-- nothing, so that receipts can be recomputed for ever.

CREATE FUNCTION bridge_refuse_price_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'prices are immutable: add a new version instead' USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER price_immutable BEFORE UPDATE OR DELETE ON "price"
  FOR EACH ROW EXECUTE FUNCTION bridge_refuse_price_change();
CREATE TRIGGER price_immutable_truncate BEFORE TRUNCATE ON "price"
  FOR EACH STATEMENT EXECUTE FUNCTION bridge_refuse_price_change();
