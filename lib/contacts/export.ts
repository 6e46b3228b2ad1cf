import { and, asc, eq, inArray, or } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { campaigns } from '@/db/schema/campaigns';
import { recipients } from '@/db/schema/recipients';
import { inboundMessages, pastAttempts } from '@/db/schema/webhooks';
import { findOptOut } from '@/lib/opt-outs/list';
import { listContactCampaigns, type ContactKey } from './campaigns';
import { listContactEvents } from './history';
import { byColumn, listLeftOutRows } from './left-out-rows';
import type { ContactCampaign, ContactExport } from './schema';
import { writtenForms } from './written-forms';

const PAGE = 500;

/** Everything this workspace holds of one person, to be handed to them. */
export async function exportContact(key: ContactKey, db: Db = database().db): Promise<ContactExport> {
  const { workspaceId, phone } = key;
  const found: ContactExport['campaigns'] = [];
  for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
    const page = await listContactCampaigns({ ...key, limit: PAGE, cursor }, db);
    found.push(...(await withRows(key, page.campaigns, db)));
    cursor = page.next_cursor ?? undefined;
  }
  return {
    phone,
    exported_at: new Date().toISOString(),
    opt_out: await findOptOut(key, db),
    history: await listContactEvents(key, db),
    campaigns: found,
    left_out_rows: await listLeftOutRows(workspaceId, writtenForms(phone).certain, db),
    messages: await listMessages(key, found, db),
  };
}

/** With the row of the upload and the attempts before the last. */
async function withRows(
  { workspaceId }: ContactKey,
  page: readonly ContactCampaign[],
  db: Db,
): Promise<ContactExport['campaigns']> {
  if (page.length === 0) return [];
  const campaignIds = page.map(({ campaign_id }) => campaign_id);
  const recipientIds = page.map(({ recipient_id }) => recipient_id);
  const rows = await db
    .select({ id: recipients.id, cells: recipients.cells, columns: campaigns.columns })
    .from(recipients)
    .innerJoin(
      campaigns,
      and(eq(campaigns.workspaceId, recipients.workspaceId), eq(campaigns.id, recipients.campaignId)),
    )
    .where(
      and(
        eq(recipients.workspaceId, workspaceId),
        inArray(recipients.campaignId, campaignIds),
        inArray(recipients.id, recipientIds),
      ),
    );
  const attempts = await db
    .select()
    .from(pastAttempts)
    .where(
      and(
        eq(pastAttempts.workspaceId, workspaceId),
        inArray(pastAttempts.campaignId, campaignIds),
        inArray(pastAttempts.recipientId, recipientIds),
      ),
    )
    .orderBy(asc(pastAttempts.attempt));
  const byId = new Map(rows.map((row) => [row.id, row]));
  return page.map((campaign) => {
    const row = byId.get(campaign.recipient_id);
    return {
      ...campaign,
      values: byColumn(row?.columns ?? [], row?.cells ?? []),
      past_attempts: attempts.filter((a) => a.recipientId === campaign.recipient_id).map(toAttempt),
    };
  });
}

function toAttempt(attempt: typeof pastAttempts.$inferSelect) {
  return {
    attempt: attempt.attempt,
    outcome: attempt.outcome,
    error_code: attempt.errorCode,
    error_message: attempt.errorMessage,
    ended_at: attempt.endedAt.toISOString(),
  };
}

async function listMessages(
  { workspaceId, phone }: ContactKey,
  found: ContactExport['campaigns'],
  db: Db,
): Promise<ContactExport['messages']> {
  const rows = await db
    .select()
    .from(inboundMessages)
    .where(
      and(
        eq(inboundMessages.workspaceId, workspaceId),
        // Also answers that came from another form of the number, or from none.
        or(
          eq(inboundMessages.phone, phone),
          and(
            inArray(
              inboundMessages.campaignId,
              found.map(({ campaign_id }) => campaign_id),
            ),
            inArray(
              inboundMessages.recipientId,
              found.map(({ recipient_id }) => recipient_id),
            ),
          ),
        ),
      ),
    )
    .orderBy(asc(inboundMessages.receivedAt));
  return rows.map((row) => ({
    received_at: row.receivedAt.toISOString(),
    kind: row.kind,
    text: row.body,
    original: row.raw,
  }));
}
