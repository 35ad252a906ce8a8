-- Groups: what a key is bound to when it is made. A group shows some models, reaches some channels and has a multiplier of its own.
CREATE TABLE "channel_group" (
    "id" TEXT NOT NULL,
    "display_name" TEXT NOT NULL,
    "multiplier_basis_points" INTEGER NOT NULL DEFAULT 10000 CHECK ("multiplier_basis_points" >= 0),
    "models" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "origin" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "channel_group_pkey" PRIMARY KEY ("id")
);
INSERT INTO "channel_group" ("id", "display_name", "origin") VALUES ('default', 'Default', 'system');

ALTER TABLE "channel"
    ADD COLUMN "groups" TEXT[] NOT NULL DEFAULT ARRAY['default']::TEXT[],
    ADD COLUMN "egress_pool" TEXT,
    ADD COLUMN "codex_instructions" TEXT NOT NULL DEFAULT 'keep_original'
        CHECK ("codex_instructions" IN ('auto', 'force_official', 'keep_original'));

-- Proxies that channels may go out through. The URL is sealed whole: it may hold a password.
CREATE TABLE "egress_proxy" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "pool" TEXT NOT NULL,
    "scheme" TEXT NOT NULL CHECK ("scheme" IN ('http', 'https', 'socks5')),
    "host" TEXT NOT NULL,
    "url_sealed" TEXT NOT NULL,
    "allow_private" BOOLEAN NOT NULL DEFAULT false,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "origin" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "egress_proxy_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "egress_proxy_name_key" ON "egress_proxy"("name");

-- A customer's own credentials with a provider.
CREATE TABLE "own_key" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "created_by_user_id" TEXT,
    "name" TEXT NOT NULL,
    "preset" TEXT NOT NULL,
    "credential_sealed" TEXT NOT NULL,
    "last4" TEXT NOT NULL,
    "is_exclusive" BOOLEAN NOT NULL DEFAULT false,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "own_key_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "own_key_organization_id_idx" ON "own_key"("organization_id");
ALTER TABLE "own_key" ADD CONSTRAINT "own_key_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What workers see of channels and proxies just now: written by each worker for itself, worth nothing after a crash.
CREATE UNLOGGED TABLE "channel_state" (
    "worker_id" TEXT NOT NULL,
    "channel_id" TEXT NOT NULL,
    "state" TEXT NOT NULL CHECK ("state" IN ('closed', 'open', 'half_open')),
    "ejected_until" TIMESTAMPTZ(3),
    "consecutive_failures" INTEGER NOT NULL,
    "in_flight" INTEGER NOT NULL,
    "recent_attempts" INTEGER NOT NULL,
    "recent_failures" INTEGER NOT NULL,
    "first_byte_p50_ms" INTEGER,
    "first_byte_p95_ms" INTEGER,
    "last_error" TEXT,
    "last_error_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "channel_state_pkey" PRIMARY KEY ("worker_id", "channel_id")
);
CREATE UNLOGGED TABLE "egress_state" (
    "worker_id" TEXT NOT NULL,
    "proxy_id" TEXT NOT NULL,
    "is_healthy" BOOLEAN NOT NULL,
    "latency_ms" INTEGER,
    "in_flight" INTEGER NOT NULL,
    "last_error" TEXT,
    "last_error_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "egress_state_pkey" PRIMARY KEY ("worker_id", "proxy_id")
);

-- What the console asks of a worker (a real call on a channel, its list of models ...), and the answer.
CREATE TABLE "worker_task" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "input" JSONB NOT NULL DEFAULT '{}',
    "requested_by_user_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "claimed_by" TEXT,
    "claimed_at" TIMESTAMPTZ(3),
    "done_at" TIMESTAMPTZ(3),
    "result" JSONB,

    CONSTRAINT "worker_task_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "worker_task_open_idx" ON "worker_task"("created_at") WHERE "done_at" IS NULL;

-- How models did, from real traffic, in steps of five minutes: sums of what each worker saw.
-- first_byte_counts[i]: answers whose first byte came within the i-th bound of packages/usage (model-health.ts).
CREATE TABLE "model_health" (
    "at" TIMESTAMPTZ(3) NOT NULL,
    "model" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "requests" BIGINT NOT NULL DEFAULT 0,
    "failures" BIGINT NOT NULL DEFAULT 0,
    "first_byte_counts" BIGINT[] NOT NULL DEFAULT ARRAY[]::BIGINT[],

    CONSTRAINT "model_health_pkey" PRIMARY KEY ("at", "model", "provider")
);

CREATE TRIGGER channel_group_notify AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "channel_group"
  FOR EACH STATEMENT EXECUTE FUNCTION bridge_notify_catalog();
CREATE TRIGGER egress_proxy_notify AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "egress_proxy"
  FOR EACH STATEMENT EXECUTE FUNCTION bridge_notify_catalog();

-- A caller is found together with its organization's own keys.
CREATE FUNCTION bridge_notify_own_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('bridge_access', 'organization:' || COALESCE(NEW."organization_id", OLD."organization_id"));
  RETURN NULL;
END $$;
CREATE TRIGGER own_key_notify AFTER INSERT OR UPDATE OR DELETE ON "own_key"
  FOR EACH ROW EXECUTE FUNCTION bridge_notify_own_key();

CREATE FUNCTION bridge_notify_task() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('bridge_task', NEW."id");
  RETURN NULL;
END $$;
CREATE TRIGGER worker_task_notify AFTER INSERT ON "worker_task"
  FOR EACH ROW EXECUTE FUNCTION bridge_notify_task();
