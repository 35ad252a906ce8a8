-- People's own accounts: addresses that are confirmed, links that are good once, second factors, sign-in by others, throttling.

ALTER TABLE "user" ADD COLUMN "email_verified_at" TIMESTAMPTZ(3);

ALTER TABLE "session" ADD COLUMN "method" TEXT NOT NULL DEFAULT 'password';

-- Something random that its holder may use once. The table knows its hash alone.
CREATE TABLE "ticket" (
    "hash" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "method" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "used_from" TEXT,

    CONSTRAINT "ticket_pkey" PRIMARY KEY ("hash"),
    CONSTRAINT "ticket_purpose" CHECK ("purpose" IN ('verify_email', 'change_email', 'reset_password', 'second_factor')),
    CONSTRAINT "ticket_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE INDEX "ticket_user_id_idx" ON "ticket"("user_id");
CREATE INDEX "ticket_expires_at_idx" ON "ticket"("expires_at");

CREATE TABLE "two_factor" (
    "user_id" TEXT NOT NULL,
    "secret_sealed" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "confirmed_at" TIMESTAMPTZ(3),
    "last_step" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "two_factor_pkey" PRIMARY KEY ("user_id"),
    CONSTRAINT "two_factor_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE "recovery_code" (
    "user_id" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "recovery_code_pkey" PRIMARY KEY ("user_id", "hash"),
    CONSTRAINT "recovery_code_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE "identity" (
    "provider" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "identity_pkey" PRIMARY KEY ("provider", "subject"),
    CONSTRAINT "identity_provider" CHECK ("provider" IN ('github', 'google')),
    CONSTRAINT "identity_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- One identity of a provider to a person.
CREATE UNIQUE INDEX "identity_user_id_provider_key" ON "identity"("user_id", "provider");

CREATE TABLE "throttle" (
    "key" TEXT NOT NULL,
    "tries" INTEGER NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "blocked_until" TIMESTAMPTZ(3),

    CONSTRAINT "throttle_pkey" PRIMARY KEY ("key")
);

CREATE INDEX "throttle_last_at_idx" ON "throttle"("last_at");
