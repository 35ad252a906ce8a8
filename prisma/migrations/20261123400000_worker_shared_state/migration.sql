-- Which shared state a worker keeps its limits in; null where it keeps them in its own process. Workers that differ must not serve together.
ALTER TABLE "worker" ADD COLUMN "shared_state" TEXT;
