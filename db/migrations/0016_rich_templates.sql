CREATE TABLE "media_files" (
	"workspace_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"user_id" uuid NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"mime_type" text NOT NULL,
	"bytes" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "media_files_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "media_files_kind" CHECK ("media_files"."kind" IN ('image', 'video', 'document'))
);
--> statement-breakpoint
CREATE TABLE "media_parts" (
	"workspace_id" uuid NOT NULL,
	"media_id" uuid NOT NULL,
	"part" integer NOT NULL,
	"data" "bytea" NOT NULL,
	CONSTRAINT "media_parts_workspace_id_media_id_part_pk" PRIMARY KEY("workspace_id","media_id","part")
);
--> statement-breakpoint
CREATE TABLE "media_uploads" (
	"workspace_id" uuid NOT NULL,
	"media_id" uuid NOT NULL,
	"sender_id" uuid NOT NULL,
	"graph_id" text,
	"uploaded_at" timestamp with time zone,
	"lease_token" uuid,
	"lease_until" timestamp with time zone,
	CONSTRAINT "media_uploads_workspace_id_sender_id_media_id_pk" PRIMARY KEY("workspace_id","sender_id","media_id"),
	CONSTRAINT "media_uploads_uploaded" CHECK (("media_uploads"."graph_id" IS NULL) = ("media_uploads"."uploaded_at" IS NULL))
);
--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "media_ids" uuid[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "senders" ADD COLUMN "marketing_route" text DEFAULT 'messages' NOT NULL;--> statement-breakpoint
CREATE INDEX "media_files_newest" ON "media_files" USING btree ("workspace_id","created_at" DESC NULLS LAST,"id");--> statement-breakpoint
ALTER TABLE "senders" ADD CONSTRAINT "senders_marketing_route" CHECK ("senders"."marketing_route" IN ('messages', 'marketing_messages', 'marketing_messages_strict'));--> statement-breakpoint
-- Behind the same wall as every other table of a workspace (0001_tenant_wall).
DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['media_files', 'media_parts', 'media_uploads'] LOOP
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
