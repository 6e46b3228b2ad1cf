ALTER TABLE "campaigns" ADD COLUMN "follows" jsonb;--> statement-breakpoint
CREATE INDEX "inbound_messages_sender" ON "inbound_messages" USING btree ("workspace_id","sender_id","received_at");