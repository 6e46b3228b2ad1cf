import { database, type Db } from '@/db/client';
import { importRecipients } from '@/lib/recipients/import';
import type { Actor } from '@/lib/tenant';
import { closeDraft, openDraft } from './campaign-draft';
import { checkRecipientRows } from './recipient-rows';
import type { CreateCampaignBody, CreatedCampaign } from './schema';

export const BATCH_ROWS = 5_000;

/**
 * A draft campaign from a list of recipients, all or nothing. A number that comes twice is stored once; one on
 * the do-not-contact list is stored, and skipped visibly when sending. Throws 404 and 422.
 */
export async function createCampaignFromJson(
  actor: Actor,
  body: CreateCampaignBody,
  db: Db = database().db,
): Promise<CreatedCampaign> {
  return db.transaction(async (tx) => {
    const draft = await openDraft(actor, body, tx);
    const messages = draft.test?.messages ?? [{ template: draft.template, mapping: undefined }];
    const { columns, mappings, rows } = await checkRecipientRows(
      body.recipients,
      messages.map(({ template, mapping }) => ({ parameters: template.parameters, mapping })),
      body.formats,
    );
    let duplicates = 0;
    for (let start = 0; start < rows.length; start += BATCH_ROWS) {
      const leftOut = await importRecipients(
        {
          workspaceId: draft.workspaceId,
          campaignId: draft.id,
          rows: rows.slice(start, start + BATCH_ROWS),
          leaveOutSuppressed: false,
          variantOf: draft.test?.variantOf,
        },
        tx,
      );
      duplicates += leftOut.length;
    }
    const tally = {
      rows: rows.length,
      imported: rows.length - duplicates,
      invalid: 0,
      duplicates,
      suppressed: 0,
    };
    return closeDraft(draft, { columns, mappings, tally, list: { source: 'api', name: null } }, tx);
  });
}
