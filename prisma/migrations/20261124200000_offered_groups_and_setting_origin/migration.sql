-- Customers choose among the groups that are offered to them; a group that nobody offered stays the operator's to give.
ALTER TABLE "channel_group" ADD COLUMN "offered" BOOLEAN NOT NULL DEFAULT false;
UPDATE "channel_group" SET "offered" = true WHERE "id" = 'default';
ALTER TABLE "channel_group" ADD CONSTRAINT "channel_group_default_offered" CHECK ("offered" OR "id" <> 'default');

-- Whose word a setting is: what the configuration file names is changed there alone. The next start, which applies the file, fills it in.
ALTER TABLE "setting" ADD COLUMN "origin" TEXT NOT NULL DEFAULT 'system' CHECK ("origin" IN ('system', 'config', 'console'));
