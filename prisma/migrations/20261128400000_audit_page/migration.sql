-- The audit log is read by who acted and by what the deed was about, newest first.
CREATE INDEX "audit_log_actor_user_id_id_idx" ON "audit_log" ("actor_user_id", "id");
CREATE INDEX "audit_log_noun" ON "audit_log" (split_part("action", '.', 1), "id");
