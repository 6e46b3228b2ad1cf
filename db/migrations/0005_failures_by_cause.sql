CREATE TABLE "failure_counters" (
	"workspace_id" uuid NOT NULL,
	"campaign_id" uuid NOT NULL,
	"slot" smallint NOT NULL,
	"error_code" integer,
	"failed" integer DEFAULT 0 NOT NULL,
	"sample" text,
	"last_failed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "failure_counters_key" UNIQUE NULLS NOT DISTINCT("workspace_id","campaign_id","slot","error_code")
);
--> statement-breakpoint
CREATE INDEX "recipients_failed_code" ON "recipients" USING btree ("workspace_id","campaign_id","error_code","id") WHERE "recipients"."failed_at" IS NOT NULL;--> statement-breakpoint
-- Behind the same wall as every other table of a workspace (0001_tenant_wall).
ALTER TABLE "failure_counters" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant_wall ON "failure_counters" USING (
  (SELECT current_setting('herald.workspace', true) = '*')
  OR workspace_id = (SELECT nullif(nullif(current_setting('herald.workspace', true), ''), '*')::uuid)
) WITH CHECK (
  (SELECT current_setting('herald.workspace', true) = '*')
  OR workspace_id = (SELECT nullif(nullif(current_setting('herald.workspace', true), ''), '*')::uuid)
);--> statement-breakpoint
-- What has failed so far. Nobody must send meanwhile: an older worker would fail recipients without counting them here.
SELECT set_config('herald.workspace', '*', true);--> statement-breakpoint
LOCK TABLE recipients IN SHARE MODE;--> statement-breakpoint
INSERT INTO failure_counters (workspace_id, campaign_id, slot, error_code, failed, sample, last_failed_at)
SELECT workspace_id, campaign_id, 0, error_code, count(*), min(error_message), max(failed_at)
FROM recipients WHERE failed_at IS NOT NULL AND status = 'failed'
GROUP BY workspace_id, campaign_id, error_code;
