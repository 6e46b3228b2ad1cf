ALTER TABLE "campaigns" ADD COLUMN "list_source" text;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "list_name" text;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "attested" boolean DEFAULT false NOT NULL;