ALTER TABLE "workspaces" ADD COLUMN "late_after_minutes" integer DEFAULT 60 NOT NULL;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "scheduled_time_zone" text;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "start_missed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "workspaces" ADD CONSTRAINT "workspaces_late_after" CHECK ("workspaces"."late_after_minutes" BETWEEN 1 AND 1440);