ALTER TABLE "campaigns" ADD COLUMN "active_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "senders" ADD COLUMN "brake_failure_percent" smallint DEFAULT 25;--> statement-breakpoint
ALTER TABLE "senders" ADD COLUMN "brake_failure_window" integer DEFAULT 200 NOT NULL;--> statement-breakpoint
ALTER TABLE "senders" ADD COLUMN "brake_on_red_quality" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "senders" ADD COLUMN "brake_on_category_change" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "senders" ADD CONSTRAINT "senders_brakes" CHECK ("senders"."brake_failure_percent" BETWEEN 1 AND 100 AND "senders"."brake_failure_window" BETWEEN 20 AND 100000);