CREATE TABLE "recipient_responses" (
	"workspace_id" uuid NOT NULL,
	"campaign_id" uuid NOT NULL,
	"recipient_id" uuid NOT NULL,
	"replied_at" timestamp with time zone,
	"opted_out_at" timestamp with time zone,
	"clicked_at" timestamp with time zone,
	"clicks" integer DEFAULT 0 NOT NULL,
	"last_clicked_at" timestamp with time zone,
	CONSTRAINT "recipient_responses_workspace_id_campaign_id_recipient_id_pk" PRIMARY KEY("workspace_id","campaign_id","recipient_id"),
	CONSTRAINT "recipient_responses_clicks" CHECK (("recipient_responses"."clicks" > 0) = ("recipient_responses"."clicked_at" IS NOT NULL))
);
--> statement-breakpoint
ALTER TABLE "campaign_counters" ADD COLUMN "replied" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "campaign_counters" ADD COLUMN "opted_out" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "campaign_counters" ADD COLUMN "clicked" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "campaign_counters" ADD COLUMN "clicks" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "track_clicks" jsonb;--> statement-breakpoint
ALTER TABLE "inbound_messages" ADD COLUMN "campaign_id" uuid;--> statement-breakpoint
ALTER TABLE "inbound_messages" ADD COLUMN "recipient_id" uuid;--> statement-breakpoint
ALTER TABLE "inbound_messages" ADD COLUMN "matched_by" text;--> statement-breakpoint
ALTER TABLE "inbound_messages" ADD COLUMN "opts_out" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "inbound_messages_campaign" ON "inbound_messages" USING btree ("workspace_id","campaign_id","recipient_id","received_at") WHERE "inbound_messages"."campaign_id" IS NOT NULL;--> statement-breakpoint
-- Behind the same wall as every other table of a workspace (0001_tenant_wall).
ALTER TABLE "recipient_responses" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant_wall ON "recipient_responses" USING (
  (SELECT current_setting('herald.workspace', true) = '*')
  OR workspace_id = (SELECT nullif(nullif(current_setting('herald.workspace', true), ''), '*')::uuid)
) WITH CHECK (
  (SELECT current_setting('herald.workspace', true) = '*')
  OR workspace_id = (SELECT nullif(nullif(current_setting('herald.workspace', true), ''), '*')::uuid)
);--> statement-breakpoint
-- What has come in so far, by the rule of lib/replies/attribute.ts as it was when this was written.
SELECT set_config('herald.workspace', '*', true);--> statement-breakpoint
LOCK TABLE inbound_messages IN SHARE ROW EXCLUSIVE MODE;--> statement-breakpoint
UPDATE inbound_messages i SET campaign_id = f.campaign_id, recipient_id = f.recipient_id, matched_by = f.matched_by,
  -- The entry was made in the transaction that stored the message, hence at the same now().
  opts_out = EXISTS (SELECT 1 FROM opt_outs o WHERE o.workspace_id = i.workspace_id AND o.phone = f.phone
    AND o.source = 'stop_word' AND o.created_at = i.created_at)
FROM (
  SELECT m.workspace_id, m.id, c.id AS campaign_id, r.id AS recipient_id, r.phone,
    CASE WHEN m.context_wamid IS NULL THEN 'time' ELSE 'context' END AS matched_by
  FROM inbound_messages m
    LEFT JOIN LATERAL (
      SELECT r.campaign_id, r.id FROM recipients r
      WHERE r.workspace_id = m.workspace_id AND r.wamid = m.context_wamid AND r.wamid IS NOT NULL LIMIT 1
    ) w ON true
    LEFT JOIN LATERAL (
      SELECT a.campaign_id, a.recipient_id AS id FROM past_attempts a
      WHERE w.id IS NULL AND a.workspace_id = m.workspace_id AND a.wamid = m.context_wamid ORDER BY a.attempt LIMIT 1
    ) p ON true
    LEFT JOIN LATERAL (
      SELECT k.id AS campaign_id, r.id
      FROM campaigns k CROSS JOIN LATERAL (
        SELECT r.id, date_trunc('second', least(r.accepted_at, r.sent_at)) AS went_out FROM recipients r
        WHERE r.workspace_id = k.workspace_id AND r.campaign_id = k.id AND r.phone = m.phone AND r.calling_code > 0 LIMIT 1
      ) r
      WHERE m.context_wamid IS NULL AND k.workspace_id = m.workspace_id AND k.sender_id = m.sender_id
        AND m.received_at >= r.went_out AND m.received_at < r.went_out + interval '7 days'
      ORDER BY r.went_out DESC, k.id DESC LIMIT 1
    ) t ON true
    JOIN campaigns c ON c.workspace_id = m.workspace_id AND c.sender_id = m.sender_id
      AND c.id = coalesce(w.campaign_id, p.campaign_id, t.campaign_id)
    JOIN recipients r ON r.workspace_id = c.workspace_id AND r.campaign_id = c.id AND r.id = coalesce(w.id, p.id, t.id)
  WHERE m.kind <> 'system'
) f
WHERE i.workspace_id = f.workspace_id AND i.id = f.id;--> statement-breakpoint
INSERT INTO recipient_responses (workspace_id, campaign_id, recipient_id, replied_at, opted_out_at)
SELECT workspace_id, campaign_id, recipient_id, min(received_at), min(received_at) FILTER (WHERE opts_out)
FROM inbound_messages WHERE campaign_id IS NOT NULL GROUP BY workspace_id, campaign_id, recipient_id;--> statement-breakpoint
INSERT INTO campaign_counters AS k (workspace_id, campaign_id, slot, replied, opted_out)
SELECT workspace_id, campaign_id, 0, count(*), count(opted_out_at) FROM recipient_responses GROUP BY workspace_id, campaign_id
ON CONFLICT (workspace_id, campaign_id, slot) DO UPDATE SET replied = k.replied + excluded.replied, opted_out = k.opted_out + excluded.opted_out;
