ALTER TABLE "senders" ADD COLUMN "health" text;--> statement-breakpoint
ALTER TABLE "senders" ADD COLUMN "health_reason" text;