CREATE TABLE "campaign_countries" (
	"workspace_id" uuid NOT NULL,
	"campaign_id" uuid NOT NULL,
	"calling_code" smallint NOT NULL,
	"country" text,
	"people" integer NOT NULL,
	CONSTRAINT "campaign_countries_key" UNIQUE NULLS NOT DISTINCT("workspace_id","campaign_id","calling_code","country")
);
--> statement-breakpoint
CREATE TABLE "campaign_hours" (
	"workspace_id" uuid NOT NULL,
	"campaign_id" uuid NOT NULL,
	"computed_at" timestamp with time zone NOT NULL,
	"took_ms" integer NOT NULL,
	"hours" jsonb NOT NULL,
	CONSTRAINT "campaign_hours_workspace_id_campaign_id_pk" PRIMARY KEY("workspace_id","campaign_id")
);
--> statement-breakpoint
CREATE TABLE "cost_counters" (
	"workspace_id" uuid NOT NULL,
	"campaign_id" uuid NOT NULL,
	"slot" smallint NOT NULL,
	"calling_code" smallint NOT NULL,
	"country" text,
	"pricing" text NOT NULL,
	"messages" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "cost_counters_key" UNIQUE NULLS NOT DISTINCT("workspace_id","campaign_id","slot","calling_code","country","pricing")
);
--> statement-breakpoint
CREATE TABLE "message_rates" (
	"workspace_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"user_id" uuid NOT NULL,
	"country" text NOT NULL,
	"category" text NOT NULL,
	"currency" text NOT NULL,
	"amount" numeric(12, 6) NOT NULL,
	"valid_from" date NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "message_rates_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "message_rates_key" UNIQUE("workspace_id","country","category","valid_from"),
	CONSTRAINT "message_rates_amount" CHECK ("message_rates"."amount" >= 0)
);
--> statement-breakpoint
ALTER TABLE "recipients" ADD COLUMN "country" text;--> statement-breakpoint
ALTER TABLE "recipients" ADD COLUMN "priced" text;--> statement-breakpoint
-- Behind the same wall as every other table of a workspace (0001_tenant_wall).
DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['message_rates', 'campaign_countries', 'cost_counters', 'campaign_hours'] LOOP
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
$$;--> statement-breakpoint
-- Of earlier campaigns only the calling code is known. What WhatsApp has priced so far was not kept.
SELECT set_config('herald.workspace', '*', true);--> statement-breakpoint
INSERT INTO campaign_countries (workspace_id, campaign_id, calling_code, people)
SELECT workspace_id, campaign_id, calling_code, count(*) FROM recipients GROUP BY workspace_id, campaign_id, calling_code;
