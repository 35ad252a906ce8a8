-- Steps of the first set-up that somebody passed over; the others are done or not by what there is.
CREATE TABLE "welcome_skip" (
    "step" TEXT NOT NULL,
    "by_user_id" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "welcome_skip_pkey" PRIMARY KEY ("step")
);
