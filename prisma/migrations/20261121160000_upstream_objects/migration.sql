-- Objects that upstreams keep for our organizations, each pinned to the channel that made it.
CREATE TABLE "upstream_object" (
    "organization_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "channel_id" TEXT NOT NULL,
    "api_key_id" TEXT NOT NULL,
    "model" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "upstream_object_pkey" PRIMARY KEY ("organization_id", "kind", "id")
);

-- Pages of a list.
CREATE INDEX "upstream_object_organization_id_kind_created_at_id_idx" ON "upstream_object"("organization_id", "kind", "created_at", "id");

-- What is old enough to be forgotten: rows arrive in the order of their time, so a few pages of summary do.
CREATE INDEX "upstream_object_created_at_idx" ON "upstream_object" USING BRIN ("created_at");
