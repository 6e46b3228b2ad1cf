CREATE TABLE "api_keys" (
	"workspace_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"user_id" uuid NOT NULL,
	"name" text NOT NULL,
	"access" text DEFAULT 'full' NOT NULL,
	"prefix" text NOT NULL,
	"key_hash" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone,
	"last_used_at" timestamp with time zone,
	"last_used_ip" text,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "api_keys_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "api_keys_access" CHECK ("api_keys"."access" IN ('full', 'read'))
);
--> statement-breakpoint
CREATE TABLE "audit_events" (
	"workspace_id" uuid NOT NULL,
	"id" bigserial NOT NULL,
	"user_id" uuid,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "audit_events_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "campaign_draft_files" (
	"workspace_id" uuid NOT NULL,
	"draft_id" uuid NOT NULL,
	"part" integer NOT NULL,
	"data" "bytea" NOT NULL,
	CONSTRAINT "campaign_draft_files_workspace_id_draft_id_part_pk" PRIMARY KEY("workspace_id","draft_id","part")
);
--> statement-breakpoint
CREATE TABLE "campaign_drafts" (
	"workspace_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"user_id" uuid NOT NULL,
	"name" text DEFAULT '' NOT NULL,
	"contents" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"revision" integer DEFAULT 0 NOT NULL,
	"file_name" text,
	"file_bytes" integer,
	"campaign_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "campaign_drafts_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "preferences" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "is_test" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "senders" ADD COLUMN "access_token_hint" text;--> statement-breakpoint
ALTER TABLE "senders" ADD COLUMN "app_secret_hint" text;--> statement-breakpoint
ALTER TABLE "senders" ADD COLUMN "default_country" text;--> statement-breakpoint
ALTER TABLE "opt_outs" ADD COLUMN "user_id" uuid;--> statement-breakpoint
CREATE UNIQUE INDEX "api_keys_hash" ON "api_keys" USING btree ("key_hash");--> statement-breakpoint
CREATE INDEX "audit_events_subject" ON "audit_events" USING btree ("workspace_id","subject","id");--> statement-breakpoint
CREATE INDEX "campaign_drafts_open" ON "campaign_drafts" USING btree ("workspace_id","updated_at") WHERE "campaign_drafts"."campaign_id" IS NULL;--> statement-breakpoint
CREATE INDEX "opt_outs_newest" ON "opt_outs" USING btree ("workspace_id","created_at","phone");--> statement-breakpoint
-- Behind the same wall as every other table of a workspace (0001_tenant_wall).
DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['api_keys', 'audit_events', 'campaign_drafts', 'campaign_draft_files'] LOOP
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
--> statement-breakpoint
-- A parameter's source was the index of its column; now it also may have a text.
SELECT set_config('herald.workspace', '*', true);--> statement-breakpoint
UPDATE campaigns SET mapping = coalesce(
  (SELECT jsonb_object_agg(key, jsonb_build_object('column', value, 'text', '')) FROM jsonb_each(mapping)), '{}'
);
