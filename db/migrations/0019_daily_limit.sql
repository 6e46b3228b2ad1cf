CREATE TABLE "daily_limits" (
	"workspace_id" uuid NOT NULL,
	"portfolio" text NOT NULL,
	"used" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "daily_limits_workspace_id_portfolio_pk" PRIMARY KEY("workspace_id","portfolio"),
	CONSTRAINT "daily_limits_used" CHECK ("daily_limits"."used" >= 0)
);
--> statement-breakpoint
CREATE TABLE "daily_recipients" (
	"workspace_id" uuid NOT NULL,
	"portfolio" text NOT NULL,
	"phone" text NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	CONSTRAINT "daily_recipients_workspace_id_portfolio_phone_pk" PRIMARY KEY("workspace_id","portfolio","phone")
);
--> statement-breakpoint
ALTER TABLE "campaign_waits" ADD COLUMN "day_limit" integer;--> statement-breakpoint
ALTER TABLE "campaign_waits" ADD COLUMN "day_used" integer;--> statement-breakpoint
CREATE INDEX "daily_recipients_last" ON "daily_recipients" USING btree ("workspace_id","portfolio","last_at");--> statement-breakpoint
-- Behind the same wall as every other table of a workspace (0001_tenant_wall).
DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['daily_limits', 'daily_recipients'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format($policy$
      CREATE POLICY tenant_wall ON %I USING (
        (SELECT current_setting('herald.workspace', true) = '*')
        OR workspace_id = (SELECT nullif(nullif(current_setting('herald.workspace', true), ''), '*')::uuid)
      ) WITH CHECK (
        (SELECT current_setting('herald.workspace', true) = '*')
        OR workspace_id = (SELECT nullif(nullif(current_setting('herald.workspace', true), ''), '*')::uuid)
      )$policy$, tenant_table);
  END LOOP;
END
$$;
