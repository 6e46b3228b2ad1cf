ALTER TABLE "campaigns" ADD COLUMN "start_asked_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "daily_limits" ADD COLUMN "revision" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "senders" ADD COLUMN "portfolio_id" text;