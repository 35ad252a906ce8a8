-- What the operator tells people: announcements, incidents, terms and privacy, and the site's own picture.

CREATE TABLE "announcement" (
    "id" TEXT NOT NULL,
    "title_zh" TEXT NOT NULL DEFAULT '',
    "title_en" TEXT NOT NULL DEFAULT '',
    "body_zh" TEXT NOT NULL DEFAULT '',
    "body_en" TEXT NOT NULL DEFAULT '',
    "audience" TEXT NOT NULL,
    "importance" TEXT NOT NULL,
    "is_pinned" BOOLEAN NOT NULL DEFAULT false,
    "active_from" TIMESTAMPTZ(3),
    "active_until" TIMESTAMPTZ(3),
    "state" TEXT NOT NULL DEFAULT 'draft',
    "published_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "announcement_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "announcement_audience" CHECK ("audience" IN ('everyone', 'customers', 'staff')),
    CONSTRAINT "announcement_importance" CHECK ("importance" IN ('notice', 'warning')),
    CONSTRAINT "announcement_state" CHECK ("state" IN ('draft', 'published', 'withdrawn')),
    CONSTRAINT "announcement_published" CHECK ("state" <> 'published' OR "published_at" IS NOT NULL),
    CONSTRAINT "announcement_active" CHECK ("active_until" > "active_from")
);
CREATE INDEX "announcement_state_published_at_idx" ON "announcement" ("state", "published_at");

CREATE TABLE "incident" (
    "id" TEXT NOT NULL,
    "title_zh" TEXT NOT NULL DEFAULT '',
    "title_en" TEXT NOT NULL DEFAULT '',
    "models" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
    "providers" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
    "state" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "resolved_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "incident_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "incident_state" CHECK ("state" IN ('investigating', 'identified', 'monitoring', 'resolved')),
    CONSTRAINT "incident_resolved" CHECK (("state" = 'resolved') = ("resolved_at" IS NOT NULL))
);
CREATE INDEX "incident_started_at_idx" ON "incident" ("started_at");

CREATE TABLE "incident_update" (
    "id" TEXT NOT NULL,
    "incident_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL,
    "text_zh" TEXT NOT NULL DEFAULT '',
    "text_en" TEXT NOT NULL DEFAULT '',
    CONSTRAINT "incident_update_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "incident_update_state" CHECK ("state" IN ('investigating', 'identified', 'monitoring', 'resolved')),
    CONSTRAINT "incident_update_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incident" ("id")
        ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "incident_update_incident_id_at_idx" ON "incident_update" ("incident_id", "at");

-- Each version is kept as it was: what somebody agreed to can be read later.
CREATE TABLE "legal_text" (
    "document" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "text_zh" TEXT NOT NULL,
    "text_en" TEXT NOT NULL,
    "created_by_user_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "legal_text_pkey" PRIMARY KEY ("document", "version"),
    CONSTRAINT "legal_text_document" CHECK ("document" IN ('terms', 'privacy'))
);

-- One row a picture; at present the logo alone.
CREATE TABLE "site_image" (
    "id" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "digest" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "site_image_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "site_image_media_type" CHECK ("media_type" IN ('image/png', 'image/webp'))
);

-- The history of each setting is its rows of the audit log.
CREATE INDEX "audit_log_action_id_idx" ON "audit_log" ("action", "id");
