-- What each worker says of itself every few seconds, for staff to see. Lost with a crash of the database, and written again at once.
CREATE UNLOGGED TABLE "worker_report" (
    "worker_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "version" TEXT NOT NULL,
    "is_draining" BOOLEAN NOT NULL,
    "requests_per_second" DOUBLE PRECISION NOT NULL,
    "requests_open" INTEGER NOT NULL,
    "attempts_open" INTEGER NOT NULL,
    "unsettled" INTEGER NOT NULL,
    "oldest_unsettled_at" TIMESTAMPTZ(3),
    "dead_letters" INTEGER NOT NULL,
    "journal_bytes" BIGINT NOT NULL,
    "journal_max_bytes" BIGINT NOT NULL,
    "journal_oldest_at" TIMESTAMPTZ(3),
    "journal_state" TEXT NOT NULL CHECK ("journal_state" IN ('open', 'full', 'failed')),
    "journal_write_ms" DOUBLE PRECISION,
    "settle_ms" DOUBLE PRECISION,
    "redis" TEXT NOT NULL CHECK ("redis" IN ('unused', 'reachable', 'away')),
    "redis_ms" DOUBLE PRECISION,
    "memory_bytes" BIGINT NOT NULL,

    CONSTRAINT "worker_report_pkey" PRIMARY KEY ("worker_id")
);

-- Requests that each worker took in each minute, and how they ended.
CREATE UNLOGGED TABLE "worker_minute" (
    "worker_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "requests" BIGINT NOT NULL,
    "succeeded" BIGINT NOT NULL,
    "refused" BIGINT NOT NULL,
    "failed" BIGINT NOT NULL,

    CONSTRAINT "worker_minute_pkey" PRIMARY KEY ("worker_id", "at")
);

-- Errors of the last hour by cause: most requests end well, so the index holds the others alone.
CREATE INDEX "usage_record_failures" ON "usage_record"("created_at") WHERE "outcome" NOT IN ('completed', 'client_left');

-- When a payment provider was last heard of.
CREATE INDEX "payment_event_provider_received_at_idx" ON "payment_event"("provider", "received_at");
