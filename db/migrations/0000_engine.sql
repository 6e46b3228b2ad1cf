CREATE TYPE "public"."campaign_status" AS ENUM('draft', 'scheduled', 'active', 'paused', 'completed', 'stopped');--> statement-breakpoint
CREATE TYPE "public"."recipient_state" AS ENUM('queued', 'sending', 'accepted', 'failed', 'in_doubt', 'skipped');--> statement-breakpoint
CREATE TYPE "public"."recipient_status" AS ENUM('pending', 'sending', 'sent', 'delivered', 'read', 'failed', 'skipped', 'unconfirmed');--> statement-breakpoint
CREATE TYPE "public"."unconfirmed_policy" AS ENUM('ask', 'resend');--> statement-breakpoint
CREATE TABLE "auth_sessions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"user_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "http_rate_limits" (
	"key" text PRIMARY KEY NOT NULL,
	"points" integer DEFAULT 0 NOT NULL,
	"expire" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"workspace_id" uuid NOT NULL,
	"endpoint" text NOT NULL,
	"key" text NOT NULL,
	"request_hash" text,
	"status_code" integer,
	"body" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "idempotency_keys_workspace_id_endpoint_key_pk" PRIMARY KEY("workspace_id","endpoint","key")
);
--> statement-breakpoint
CREATE TABLE "refresh_tokens" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"session_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"email" text NOT NULL,
	"name" text,
	"password_hash" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "workspaces" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "campaign_counters" (
	"workspace_id" uuid NOT NULL,
	"campaign_id" uuid NOT NULL,
	"slot" smallint NOT NULL,
	"pending" integer DEFAULT 0 NOT NULL,
	"sent" integer DEFAULT 0 NOT NULL,
	"delivered" integer DEFAULT 0 NOT NULL,
	"read" integer DEFAULT 0 NOT NULL,
	"failed" integer DEFAULT 0 NOT NULL,
	"skipped" integer DEFAULT 0 NOT NULL,
	"unconfirmed" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "campaign_counters_workspace_id_campaign_id_slot_pk" PRIMARY KEY("workspace_id","campaign_id","slot")
);
--> statement-breakpoint
CREATE TABLE "campaign_events" (
	"workspace_id" uuid NOT NULL,
	"id" bigserial NOT NULL,
	"campaign_id" uuid NOT NULL,
	"user_id" uuid,
	"kind" text NOT NULL,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "campaign_events_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "campaigns" (
	"workspace_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"user_id" uuid NOT NULL,
	"sender_id" uuid NOT NULL,
	"template_id" integer NOT NULL,
	"name" text NOT NULL,
	"status" "campaign_status" DEFAULT 'draft' NOT NULL,
	"total_recipients" integer DEFAULT 0 NOT NULL,
	"import_rows" integer DEFAULT 0 NOT NULL,
	"import_invalid" integer DEFAULT 0 NOT NULL,
	"import_duplicates" integer DEFAULT 0 NOT NULL,
	"import_suppressed" integer DEFAULT 0 NOT NULL,
	"columns" jsonb NOT NULL,
	"mapping" jsonb NOT NULL,
	"worker_count" integer DEFAULT 10 NOT NULL,
	"rate_limit" integer DEFAULT 50 NOT NULL,
	"unconfirmed_policy" "unconfirmed_policy" DEFAULT 'ask' NOT NULL,
	"scheduled_at" timestamp with time zone,
	"paused_reason" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp with time zone,
	"completed_at" timestamp with time zone,
	CONSTRAINT "campaigns_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "campaigns_worker_count" CHECK ("campaigns"."worker_count" BETWEEN 1 AND 100),
	CONSTRAINT "campaigns_rate_limit" CHECK ("campaigns"."rate_limit" BETWEEN 1 AND 1000),
	CONSTRAINT "campaigns_completed_at" CHECK (("campaigns"."status" = 'completed') = ("campaigns"."completed_at" IS NOT NULL)),
	CONSTRAINT "campaigns_scheduled_at" CHECK ("campaigns"."status" <> 'scheduled' OR "campaigns"."scheduled_at" IS NOT NULL)
);
--> statement-breakpoint
CREATE TABLE "rejected_rows" (
	"workspace_id" uuid NOT NULL,
	"campaign_id" uuid NOT NULL,
	"row_number" integer NOT NULL,
	"code" text NOT NULL,
	"reason" text NOT NULL,
	"cells" jsonb NOT NULL,
	CONSTRAINT "rejected_rows_workspace_id_campaign_id_row_number_pk" PRIMARY KEY("workspace_id","campaign_id","row_number")
);
--> statement-breakpoint
CREATE TABLE "campaign_permits" (
	"workspace_id" uuid NOT NULL,
	"campaign_id" uuid NOT NULL,
	"worker_id" uuid NOT NULL,
	"permits" smallint NOT NULL,
	CONSTRAINT "campaign_permits_workspace_id_campaign_id_worker_id_pk" PRIMARY KEY("workspace_id","campaign_id","worker_id")
);
--> statement-breakpoint
CREATE TABLE "rate_limits" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"rate" real NOT NULL,
	"factor" real DEFAULT 1 NOT NULL,
	"tat" timestamp with time zone DEFAULT now() NOT NULL,
	"blocked_until" timestamp with time zone DEFAULT now() NOT NULL,
	"adjusted_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "rate_limits_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "rate_limits_rate" CHECK ("rate_limits"."rate" > 0 AND "rate_limits"."factor" > 0 AND "rate_limits"."factor" <= 1)
);
--> statement-breakpoint
CREATE TABLE "workers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"hostname" text NOT NULL,
	"pid" integer NOT NULL,
	"version" text NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"lease_until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "recipients" (
	"workspace_id" uuid NOT NULL,
	"campaign_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"seq" bigserial NOT NULL,
	"phone" text NOT NULL,
	"calling_code" smallint NOT NULL,
	"pending" boolean DEFAULT true NOT NULL,
	"state" "recipient_state" DEFAULT 'queued' NOT NULL,
	"attempt" smallint DEFAULT 0 NOT NULL,
	"failed_attempt" smallint DEFAULT 0 NOT NULL,
	"pair_refusals" smallint DEFAULT 0 NOT NULL,
	"retry_at" timestamp with time zone,
	"worker_id" uuid,
	"claimed_at" timestamp with time zone,
	"wamid" text,
	"error_code" integer,
	"error_message" text,
	"accepted_at" timestamp with time zone,
	"sent_at" timestamp with time zone,
	"delivered_at" timestamp with time zone,
	"read_at" timestamp with time zone,
	"failed_at" timestamp with time zone,
	"doubt_at" timestamp with time zone,
	"status" "recipient_status" GENERATED ALWAYS AS (CASE
          WHEN read_at IS NOT NULL THEN 'read'::recipient_status
          WHEN delivered_at IS NOT NULL THEN 'delivered'::recipient_status
          WHEN failed_at IS NOT NULL THEN 'failed'::recipient_status
          WHEN state = 'accepted' THEN 'sent'::recipient_status
          WHEN state = 'in_doubt' THEN 'unconfirmed'::recipient_status
          WHEN state = 'skipped' THEN 'skipped'::recipient_status
          WHEN state = 'sending' THEN 'sending'::recipient_status
          ELSE 'pending'::recipient_status END) STORED NOT NULL,
	"cells" jsonb NOT NULL,
	CONSTRAINT "recipients_workspace_id_campaign_id_id_pk" PRIMARY KEY("workspace_id","campaign_id","id"),
	CONSTRAINT "recipients_pending" CHECK (("recipients"."state" = 'queued') = ("recipients"."pending" OR "recipients"."retry_at" IS NOT NULL)),
	CONSTRAINT "recipients_sending" CHECK ("recipients"."state" <> 'sending' OR ("recipients"."worker_id" IS NOT NULL AND "recipients"."claimed_at" IS NOT NULL)),
	CONSTRAINT "recipients_accepted" CHECK ("recipients"."state" <> 'accepted' OR "recipients"."accepted_at" IS NOT NULL),
	CONSTRAINT "recipients_failed_at" CHECK ("recipients"."state" <> 'failed' OR "recipients"."failed_at" IS NOT NULL),
	CONSTRAINT "recipients_doubt_at" CHECK ("recipients"."state" <> 'in_doubt' OR "recipients"."doubt_at" IS NOT NULL)
);
--> statement-breakpoint
CREATE TABLE "senders" (
	"workspace_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"user_id" uuid NOT NULL,
	"name" text NOT NULL,
	"sandbox" boolean DEFAULT false NOT NULL,
	"phone_number_id" text NOT NULL,
	"waba_id" text NOT NULL,
	"access_token_sealed" text NOT NULL,
	"app_secret_sealed" text NOT NULL,
	"verify_token" text NOT NULL,
	"rate_limit" integer DEFAULT 80 NOT NULL,
	"display_phone_number" text,
	"verified_name" text,
	"quality_rating" text,
	"throughput_level" text,
	"messaging_limit" text,
	"status" text DEFAULT 'UNKNOWN' NOT NULL,
	"synced_at" timestamp with time zone,
	"webhook_seen_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "senders_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "senders_rate_limit" CHECK ("senders"."rate_limit" BETWEEN 1 AND 1000)
);
--> statement-breakpoint
CREATE TABLE "templates" (
	"workspace_id" uuid NOT NULL,
	"id" integer GENERATED ALWAYS AS IDENTITY (sequence name "templates_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"sender_id" uuid NOT NULL,
	"meta_id" text NOT NULL,
	"name" text NOT NULL,
	"language" text NOT NULL,
	"category" text NOT NULL,
	"status" text NOT NULL,
	"parameter_format" text DEFAULT 'POSITIONAL' NOT NULL,
	"components" jsonb NOT NULL,
	"quality_score" text,
	"rejected_reason" text,
	"synced_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "templates_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "inbound_messages" (
	"workspace_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"sender_id" uuid NOT NULL,
	"wamid" text NOT NULL,
	"phone" text,
	"user_ref" text,
	"kind" text NOT NULL,
	"body" text,
	"context_wamid" text,
	"raw" jsonb NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "inbound_messages_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "opt_outs" (
	"workspace_id" uuid NOT NULL,
	"phone" text NOT NULL,
	"source" text NOT NULL,
	"reason" text NOT NULL,
	"sender_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "opt_outs_workspace_id_phone_pk" PRIMARY KEY("workspace_id","phone")
);
--> statement-breakpoint
CREATE TABLE "parked_webhooks" (
	"workspace_id" uuid NOT NULL,
	"id" bigserial NOT NULL,
	"sender_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"raw" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "parked_webhooks_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "past_attempts" (
	"workspace_id" uuid NOT NULL,
	"campaign_id" uuid NOT NULL,
	"recipient_id" uuid NOT NULL,
	"attempt" smallint NOT NULL,
	"wamid" text,
	"outcome" text NOT NULL,
	"error_code" integer,
	"error_message" text,
	"claimed_at" timestamp with time zone,
	"ended_at" timestamp with time zone NOT NULL,
	CONSTRAINT "past_attempts_workspace_id_campaign_id_recipient_id_attempt_pk" PRIMARY KEY("workspace_id","campaign_id","recipient_id","attempt")
);
--> statement-breakpoint
ALTER TABLE "auth_sessions" ADD CONSTRAINT "auth_sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refresh_tokens" ADD CONSTRAINT "refresh_tokens_session_id_auth_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."auth_sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "auth_sessions_user" ON "auth_sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "idempotency_keys_created" ON "idempotency_keys" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "refresh_tokens_session" ON "refresh_tokens" USING btree ("session_id");--> statement-breakpoint
CREATE UNIQUE INDEX "users_email" ON "users" USING btree (lower("email"));--> statement-breakpoint
CREATE INDEX "campaign_events_campaign" ON "campaign_events" USING btree ("workspace_id","campaign_id","id");--> statement-breakpoint
CREATE INDEX "campaigns_newest" ON "campaigns" USING btree ("workspace_id","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "campaigns_live" ON "campaigns" USING btree ("status") WHERE "campaigns"."status" IN ('active', 'scheduled');--> statement-breakpoint
CREATE INDEX "campaigns_sender" ON "campaigns" USING btree ("workspace_id","sender_id");--> statement-breakpoint
CREATE UNIQUE INDEX "recipients_phone" ON "recipients" USING btree ("workspace_id","campaign_id","phone") WHERE "recipients"."calling_code" > 0;--> statement-breakpoint
CREATE INDEX "recipients_claim" ON "recipients" USING btree ("workspace_id","campaign_id","seq") WHERE "recipients"."pending";--> statement-breakpoint
CREATE INDEX "recipients_in_flight" ON "recipients" USING btree ("workspace_id","campaign_id","worker_id") WHERE "recipients"."state" = 'sending';--> statement-breakpoint
CREATE INDEX "recipients_retry" ON "recipients" USING btree ("workspace_id","campaign_id","retry_at") WHERE "recipients"."retry_at" IS NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "recipients_wamid" ON "recipients" USING btree ("workspace_id","wamid") WHERE "recipients"."wamid" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "recipients_failed" ON "recipients" USING btree ("workspace_id","campaign_id","id") WHERE "recipients"."failed_at" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "recipients_in_doubt" ON "recipients" USING btree ("workspace_id","campaign_id","id") WHERE "recipients"."state" = 'in_doubt';--> statement-breakpoint
CREATE UNIQUE INDEX "senders_phone_number" ON "senders" USING btree ("workspace_id","phone_number_id");--> statement-breakpoint
CREATE INDEX "senders_by_phone_number" ON "senders" USING btree ("phone_number_id");--> statement-breakpoint
CREATE INDEX "senders_by_waba" ON "senders" USING btree ("waba_id");--> statement-breakpoint
CREATE UNIQUE INDEX "templates_meta" ON "templates" USING btree ("workspace_id","sender_id","meta_id");--> statement-breakpoint
CREATE UNIQUE INDEX "inbound_messages_wamid" ON "inbound_messages" USING btree ("workspace_id","sender_id","wamid");--> statement-breakpoint
CREATE INDEX "parked_webhooks_created" ON "parked_webhooks" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "past_attempts_wamid" ON "past_attempts" USING btree ("workspace_id","wamid");--> statement-breakpoint
-- Room on each page for HOT updates (claim, answer and three receipts rewrite every row), and a vacuum that
-- keeps up with them.
ALTER TABLE "recipients" SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.1);--> statement-breakpoint
ALTER TABLE "campaign_counters" SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);--> statement-breakpoint
ALTER TABLE "rate_limits" SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);--> statement-breakpoint
ALTER TABLE "workers" SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);
