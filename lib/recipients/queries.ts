import { and, asc, eq, getTableColumns, gt, isNotNull, isNull, sql, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import { database, type Db } from '@/db/client';
import { campaigns } from '@/db/schema/campaigns';
import { recipientResponses, recipients } from '@/db/schema/recipients';
import { AppError, notFound } from '@/lib/errors';
import type { WorkspaceId } from '@/lib/tenant';
import { keyOfVariant, numberOfVariant } from '@/lib/variants/keys';
import { mappingOfVariant, type StoredVariants } from '@/lib/variants/stored';
import { remedyFor } from '@/lib/whatsapp/errors';
import { ERASED_DIGITS, isErased } from './erased';
import { isRowHeld } from './held';
import { paramsOf, type Mapping } from './params';
import type { Recipient, RecipientPage } from './schema';
import { matchesSearch } from './search';
import type { VariantKey } from '@/lib/variants/keys';
import type { RecipientResponse, RecipientStatus } from './status';

export interface RecipientFilter {
  status?: RecipientStatus;
  /** Only the failed ones with this code of WhatsApp; null: those without a code. */
  errorCode?: number | null;
  /** Only those who did this after the message. */
  response?: RecipientResponse;
  /** A phone in any form, or text of the row. */
  search?: string;
  /** Only those who get this message of a test. */
  variant?: VariantKey;
}

export interface ListRecipients extends RecipientFilter {
  workspaceId: WorkspaceId;
  campaignId: string;
  limit: number;
  /** From the page before. */
  cursor?: string;
}

/** One page of a campaign's recipients, in upload order; throws 404. */
export async function listRecipients(input: ListRecipients, db: Db = database().db): Promise<RecipientPage> {
  const { workspaceId, campaignId, limit, cursor } = input;
  const campaign = await getImportedColumns({ workspaceId, campaignId }, db);
  const rows = await db
    .select(WITH_RESPONSE)
    .from(recipients)
    .leftJoin(recipientResponses, ofRecipient)
    .where(
      and(
        ofCampaign({ workspaceId, campaignId }),
        matchesFilter(input, { workspaceId, campaignId }),
        cursor ? gt(recipients.id, parseCursor(cursor)) : undefined,
      ),
    )
    .orderBy(asc(recipients.id))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    recipients: page.map(({ response, ...row }) =>
      toRecipient(row, mappingOfVariant(campaign, row.variant), response),
    ),
    next_cursor: last ? Buffer.from(last.id).toString('base64url') : null,
  };
}

/** A recipient's row with what the person did; null: nothing. */
export const WITH_RESPONSE = { ...getTableColumns(recipients), response: recipientResponses };

/** What a recipient did, by its key. */
export const ofRecipient = and(
  eq(recipientResponses.workspaceId, recipients.workspaceId),
  eq(recipientResponses.campaignId, recipients.campaignId),
  eq(recipientResponses.recipientId, recipients.id),
);

export interface ImportedColumns {
  name: string;
  columns: string[];
  templateId: number;
  mapping: Mapping;
  /** Its messages with what fills each; null: there is one. */
  variants: StoredVariants | null;
  trackClicks: boolean;
}

/** The upload's columns and what they fill; throws 404. */
export async function getImportedColumns(
  { workspaceId, campaignId }: { workspaceId: WorkspaceId; campaignId: string },
  db: Db = database().db,
): Promise<ImportedColumns> {
  const [campaign] = await db
    .select({
      name: campaigns.name,
      columns: campaigns.columns,
      templateId: campaigns.templateId,
      mapping: campaigns.mapping,
      variants: campaigns.variants,
      trackClicks: sql<boolean>`${campaigns.trackClicks} IS NOT NULL`,
    })
    .from(campaigns)
    .where(and(eq(campaigns.workspaceId, workspaceId), eq(campaigns.id, campaignId)));
  if (!campaign) throw notFound('campaign');
  return campaign;
}

export interface OfCampaign {
  workspaceId: WorkspaceId;
  campaignId: string;
}

export function ofCampaign(key: OfCampaign): SQL | undefined {
  return and(eq(recipients.workspaceId, key.workspaceId), eq(recipients.campaignId, key.campaignId));
}

/** For the list and the export alike. */
export function matchesFilter(
  { status, errorCode, response, search, variant }: RecipientFilter,
  of: OfCampaign,
): SQL | undefined {
  return and(
    response ? hasDone(response, of) : undefined,
    status ? hasStatus(status) : undefined,
    variant ? eq(recipients.variant, numberOfVariant(variant)) : undefined,
    errorCode === undefined ? undefined : failedWith(errorCode),
    search ? matchesSearch(search) : undefined,
  );
}

function failedWith(code: number | null): SQL | undefined {
  return and(
    hasStatus('failed'),
    code === null ? isNull(recipients.errorCode) : eq(recipients.errorCode, code),
  );
}

const DONE_AT = {
  replied: 'replied_at',
  opted_out: 'opted_out_at',
  clicked: 'clicked_at',
} satisfies Record<RecipientResponse, string>;

/** From the few who did something to their rows, by the primary keys of both. */
function hasDone(response: RecipientResponse, { workspaceId, campaignId }: OfCampaign): SQL {
  return sql`${recipients.id} = ANY(ARRAY(
    SELECT d.recipient_id FROM recipient_responses d
    WHERE d.workspace_id = ${workspaceId}::uuid AND d.campaign_id = ${campaignId}::uuid AND d.${sql.raw(DONE_AT[response])} IS NOT NULL))`;
}

/** The second condition is implied by the first: it opens the partial index of that list. */
function hasStatus(status: RecipientStatus): SQL | undefined {
  const shown = eq(recipients.status, status);
  if (status === 'failed') return and(shown, isNotNull(recipients.failedAt));
  if (status === 'unconfirmed') return and(shown, eq(recipients.state, 'in_doubt'));
  if (status === 'sending') return and(shown, eq(recipients.state, 'sending'));
  return shown;
}

/** A row in its outside shape. */
export function toRecipient(
  row: typeof recipients.$inferSelect,
  mapping: Mapping,
  response: typeof recipientResponses.$inferSelect | null,
): Recipient {
  const phone = isErased(row.phone) ? `+${row.callingCode}${ERASED_DIGITS}` : row.phone;
  return {
    id: row.id,
    to: phone,
    country_code: `+${row.callingCode}`,
    phone_number: phone.slice(1 + String(row.callingCode).length),
    status: row.status,
    held: isRowHeld(row),
    waits_for: row.retryAt === null ? null : (row.waitsFor ?? 'retry'),
    waits_until: row.waitsFor === 'winner' ? null : (row.retryAt?.toISOString() ?? null),
    variant: keyOfVariant(row.variant),
    message_id: row.wamid,
    attempts: row.attempt,
    error_code: row.errorCode,
    error_message: row.errorMessage,
    error_remedy: row.status === 'failed' && row.errorCode !== null ? remedyFor(row.errorCode) : null,
    sent_at: (row.sentAt ?? row.acceptedAt)?.toISOString() ?? null,
    delivered_at: row.deliveredAt?.toISOString() ?? null,
    read_at: row.readAt?.toISOString() ?? null,
    failed_at: row.failedAt?.toISOString() ?? null,
    replied_at: response?.repliedAt?.toISOString() ?? null,
    opted_out_at: response?.optedOutAt?.toISOString() ?? null,
    clicks: response?.clicks ?? 0,
    clicked_at: response?.clickedAt?.toISOString() ?? null,
    params: paramsOf(row.cells, mapping),
  };
}

function parseCursor(text: string): string {
  const id = z.uuid().safeParse(Buffer.from(text, 'base64url').toString('utf8'));
  if (id.success) return id.data;
  throw new AppError(
    'malformed',
    'invalid_cursor',
    'The cursor is not one this list gave out: leave it away to start from the first page.',
  );
}
