ALTER TABLE "campaign_counters" ADD COLUMN "held" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "recipients" ADD COLUMN "held_at" timestamp with time zone;