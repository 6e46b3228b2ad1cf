ALTER TABLE "campaigns" ADD COLUMN "variants" jsonb;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "holdback" jsonb;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "winner" smallint;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "decision" jsonb;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "test_ended_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "recipients" ADD COLUMN "variant" smallint;--> statement-breakpoint
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_winner" CHECK ("campaigns"."winner" IS NULL OR "campaigns"."holdback" IS NOT NULL);