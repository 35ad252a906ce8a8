-- Other names that a model answers to.
ALTER TABLE "model" ADD COLUMN "aliases" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];
