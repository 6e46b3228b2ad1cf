CREATE TABLE "campaign_waits" (
	"workspace_id" uuid NOT NULL,
	"campaign_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"waiting" integer NOT NULL,
	"next_at" timestamp with time zone NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	"places" jsonb NOT NULL,
	CONSTRAINT "campaign_waits_workspace_id_campaign_id_reason_pk" PRIMARY KEY("workspace_id","campaign_id","reason")
);
--> statement-breakpoint
ALTER TABLE "recipients" ADD COLUMN "waits_for" text;--> statement-breakpoint
ALTER TABLE "senders" ADD COLUMN "send_window" jsonb;--> statement-breakpoint
-- Behind the same wall as every other table of a workspace (0001_tenant_wall).
ALTER TABLE "campaign_waits" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY tenant_wall ON "campaign_waits" USING (
  (SELECT current_setting('herald.workspace', true) = '*')
  OR workspace_id = (SELECT nullif(nullif(current_setting('herald.workspace', true), ''), '*')::uuid)
) WITH CHECK (
  (SELECT current_setting('herald.workspace', true) = '*')
  OR workspace_id = (SELECT nullif(nullif(current_setting('herald.workspace', true), ''), '*')::uuid)
);
