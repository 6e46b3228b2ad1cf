import { and, asc, eq, inArray, isNull, like, sql } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { auditEvents } from '@/db/schema/accounts';
import { campaignDrafts, campaigns } from '@/db/schema/campaigns';
import { recipients } from '@/db/schema/recipients';
import { inboundMessages, parkedWebhooks, pastAttempts } from '@/db/schema/webhooks';
import { recordAudit } from '@/lib/audit/record';
import { eraseFromLedger } from '@/lib/daily-limit/ledger';
import { eraseFromDrafts } from '@/lib/drafts/erase-number';
import { AppError } from '@/lib/errors';
import { isOptedOut } from '@/lib/opt-outs/queries';
import { erasedPhone } from '@/lib/recipients/erased';
import type { Actor } from '@/lib/tenant';
import { eraseFromDeliveries } from '@/lib/webhook-endpoints/erase-phone';
import type { ContactKey } from './campaigns';
import { emptyCells, emptyLeftOutRows } from './left-out-rows';
import { erasedSubject } from './pseudonym';
import type { ErasedContact } from './schema';
import { writtenForms } from './written-forms';

const NAMED = 20;
const FINISHED: readonly string[] = ['completed', 'stopped'];

/**
 * Takes a person out of what is kept: their row in finished campaigns is emptied and its number replaced for good,
 * what they wrote is deleted, and no count changes; a draft's file that holds the number is removed. Who is on the
 * do-not-contact list stays there, else they would be written to again. Throws 422 unless confirmed, 409 naming the
 * campaigns that still need the number.
 */
export async function eraseContact(
  actor: Actor,
  { phone, confirm }: { phone: string; confirm: string },
  db: Db = database().db,
): Promise<ErasedContact> {
  if (confirm !== phone) throw notConfirmed();
  const key = { workspaceId: actor.workspaceId, phone };
  const erased = await eraseRows(actor, key, db);
  // After all the rest, which may be refused; files of some hundred megabytes are read without a campaign's lock.
  const removed = await eraseFromDrafts({ workspaceId: key.workspaceId, forms: writtenForms(phone).all }, db);
  return { ...erased, draft_files_removed: removed };
}

async function eraseRows(
  actor: Actor,
  key: ContactKey,
  db: Db,
): Promise<Omit<ErasedContact, 'draft_files_removed'>> {
  return db.transaction(async (tx) => {
    const held = await lockRows(key, tx);
    refuseUnfinished(held);
    await eraseRecipients(key, held, tx);
    const { all, certain } = writtenForms(key.phone);
    const counts = {
      campaigns: held.length,
      left_out_rows: await emptyLeftOutRows(key.workspaceId, all, tx),
      messages: await deleteMessages(key, { forms: certain, held }, tx),
    };
    await eraseFromDeliveries(key, tx);
    const staysOnList = await isOptedOut(key, tx);
    if (!staysOnList) await renameInAudit(key, tx);
    const { workspaceId, userId } = actor;
    const subject = erasedSubject(key);
    await recordAudit([{ workspaceId, userId, kind: 'contact_erased', subject, detail: counts }], tx);
    await eraseFromLedger(key, tx);
    const drafts = await tx.$count(
      campaignDrafts,
      and(eq(campaignDrafts.workspaceId, workspaceId), isNull(campaignDrafts.campaignId)),
    );
    return {
      success: true,
      message: summary(staysOnList),
      ...counts,
      stays_on_list: staysOnList,
      open_drafts: drafts,
    };
  });
}

interface HeldRow {
  campaign_id: string;
  name: string;
  status: string;
  recipient_id: string;
  is_under_way: boolean;
}

/** The person's rows, their campaigns locked in the order everybody locks them: none is started meanwhile. */
async function lockRows({ workspaceId, phone }: ContactKey, tx: Db): Promise<HeldRow[]> {
  const found = await tx.execute<{ campaign_id: string }>(sql`
    SELECT c.id AS campaign_id FROM campaigns c CROSS JOIN LATERAL (
      SELECT 1 FROM recipients
      WHERE workspace_id = ${workspaceId} AND campaign_id = c.id AND phone = ${phone} AND calling_code > 0 LIMIT 1
    ) r WHERE c.workspace_id = ${workspaceId}`);
  const ids = found.map(({ campaign_id }) => campaign_id);
  if (ids.length === 0) return [];
  const locked = await tx
    .select({ id: campaigns.id, name: campaigns.name, status: campaigns.status })
    .from(campaigns)
    .where(and(eq(campaigns.workspaceId, workspaceId), inArray(campaigns.id, ids)))
    .orderBy(asc(campaigns.id))
    .for('update');
  const rows: HeldRow[] = [];
  for (const { id, name, status } of locked) {
    const [row] = await tx
      .select({ id: recipients.id, state: recipients.state })
      .from(recipients)
      .where(
        and(
          eq(recipients.workspaceId, workspaceId),
          eq(recipients.campaignId, id),
          eq(recipients.phone, phone),
          sql`${recipients.callingCode} > 0`,
        ),
      )
      .for('update');
    if (!row) continue;
    rows.push({ campaign_id: id, name, status, recipient_id: row.id, is_under_way: row.state === 'sending' });
  }
  return rows;
}

function refuseUnfinished(held: readonly HeldRow[]): void {
  const unfinished = held.filter((row) => !FINISHED.includes(row.status) || row.is_under_way);
  if (unfinished.length === 0) return;
  throw new AppError(
    'conflict',
    'contact_in_use',
    'Campaigns that are not finished still hold this number: stop them, or delete the drafts, then erase it.',
    {
      issues: unfinished.slice(0, NAMED).map(({ campaign_id, name, status, is_under_way }) => ({
        path: `campaigns[${campaign_id}]`,
        message: is_under_way ? `“${name}” is sending to it right now.` : `“${name}” is ${status}.`,
      })),
    },
  );
}

/** WhatsApp's id of a message holds the number too. */
async function eraseRecipients({ workspaceId }: ContactKey, held: readonly HeldRow[], tx: Db): Promise<void> {
  for (const { campaign_id: campaignId, recipient_id: id } of held) {
    await tx
      .update(recipients)
      .set({ phone: erasedPhone(id), wamid: null, cells: emptyCells(sql`${recipients.cells}`) })
      .where(
        and(
          eq(recipients.workspaceId, workspaceId),
          eq(recipients.campaignId, campaignId),
          eq(recipients.id, id),
        ),
      );
    await tx
      .update(pastAttempts)
      .set({ wamid: null })
      .where(
        and(
          eq(pastAttempts.workspaceId, workspaceId),
          eq(pastAttempts.campaignId, campaignId),
          eq(pastAttempts.recipientId, id),
        ),
      );
  }
}

/** What the person wrote, and what of WhatsApp's reports could not be understood and names them. */
async function deleteMessages(
  { workspaceId, phone }: ContactKey,
  { forms, held }: { forms: readonly string[]; held: readonly HeldRow[] },
  tx: Db,
): Promise<number> {
  const ofWorkspace = eq(inboundMessages.workspaceId, workspaceId);
  const deleted = await tx
    .delete(inboundMessages)
    .where(and(ofWorkspace, eq(inboundMessages.phone, phone)))
    .returning({ id: inboundMessages.id });
  // Answers that came from another form of the number, or from none.
  for (const { campaign_id: campaignId, recipient_id: recipientId } of held) {
    const ofRecipient = and(
      eq(inboundMessages.campaignId, campaignId),
      eq(inboundMessages.recipientId, recipientId),
    );
    const answers = await tx
      .delete(inboundMessages)
      .where(and(ofWorkspace, ofRecipient))
      .returning({ id: inboundMessages.id });
    deleted.push(...answers);
  }
  await tx
    .delete(parkedWebhooks)
    .where(
      and(
        eq(parkedWebhooks.workspaceId, workspaceId),
        like(sql`${parkedWebhooks.raw}::text`, `%${forms[0] ?? phone}%`),
      ),
    );
  return deleted.length;
}

/** The trail of a list the number is not on any more stays, without the number and what was said of it. */
async function renameInAudit(key: ContactKey, tx: Db): Promise<void> {
  await tx
    .update(auditEvents)
    .set({ subject: erasedSubject(key), detail: {} })
    .where(and(eq(auditEvents.workspaceId, key.workspaceId), eq(auditEvents.subject, key.phone)));
}

function summary(staysOnList: boolean): string {
  return staysOnList
    ? 'Erased. The number alone stays on the do-not-contact list: this person asked not to be written to, and only the list can keep that promise.'
    : 'Erased. Nothing that names this person is left.';
}

function notConfirmed(): AppError {
  const message = 'Give the number itself in “confirm”: erasing cannot be undone.';
  return new AppError('invalid', 'not_confirmed', message, { issues: [{ path: 'confirm', message }] });
}
