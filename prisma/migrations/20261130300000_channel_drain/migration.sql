-- A channel can be drained: it takes no new requests, and what runs on it ends by itself.
ALTER TABLE "channel" ADD COLUMN "draining_since" TIMESTAMPTZ(3);
