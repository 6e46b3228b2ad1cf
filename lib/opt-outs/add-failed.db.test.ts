import { and, eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { database } from '@/db/client';
import { auditEvents } from '@/db/schema/accounts';
import { optOuts } from '@/db/schema/webhooks';
import { settleRecipients } from '@/lib/recipients/settle';
import { claimSome, createActiveCampaign, createWorker, settlementOf } from '@/tests/support/engine';
import { createWorkspace } from '@/tests/support/rows';
import { addFailedToOptOuts } from './add-failed';

/** Three recipients: two failed with 131026, one with 131049. */
async function setUp() {
  const campaign = await createActiveCampaign(3);
  const worker = await createWorker();
  const rows = await claimSome(campaign, worker, 3);
  const codes = [131026, 131026, 131049];
  await settleRecipients(
    rows.map((row, i) =>
      settlementOf(campaign, worker, row, {
        kind: 'failed',
        errorCode: codes[i] ?? null,
        errorMessage: 'No',
      }),
    ),
  );
  return campaign;
}

test('who failed because they are not on WhatsApp goes on the list once, with the campaign and who did it', async () => {
  const campaign = await setUp();
  const { workspaceId } = campaign;
  const actor = { workspaceId, userId: (await createWorkspace()).userId };
  const order = { campaignId: campaign.id, errorCode: 131026 };
  expect(await addFailedToOptOuts(actor, order)).toEqual({ success: true, added: 2, already: 0 });
  expect(await addFailedToOptOuts(actor, order)).toEqual({ success: true, added: 0, already: 2 });
  const { db } = database();
  const listed = await db.select().from(optOuts).where(eq(optOuts.workspaceId, workspaceId));
  expect(listed).toHaveLength(2);
  for (const entry of listed) {
    expect(entry).toMatchObject({ source: 'whatsapp_error', userId: actor.userId });
    expect(entry.reason).toMatch(/^Could not be reached on WhatsApp in the campaign “.+” \(code 131026\)\.$/);
  }
  const told = await db
    .select()
    .from(auditEvents)
    .where(and(eq(auditEvents.workspaceId, workspaceId), eq(auditEvents.kind, 'opt_out_added')));
  expect(told.map(({ subject }) => subject).sort()).toEqual(listed.map(({ phone }) => phone).sort());
  expect(told[0]?.detail).toEqual({ source: 'whatsapp_error', reason: listed[0]?.reason });
});

test('a code that says nothing about the number, and a campaign of another workspace, add nobody', async () => {
  const campaign = await setUp();
  const stranger = await createWorkspace();
  const owner = { workspaceId: campaign.workspaceId, userId: stranger.userId };
  const own = addFailedToOptOuts(owner, { campaignId: campaign.id, errorCode: 131049 });
  await expect(own).rejects.toMatchObject({ kind: 'invalid', code: 'code_not_suppressible' });
  const foreign = addFailedToOptOuts(stranger, { campaignId: campaign.id, errorCode: 131026 });
  await expect(foreign).rejects.toMatchObject({ kind: 'not_found' });
  expect(await database().db.$count(optOuts, eq(optOuts.workspaceId, campaign.workspaceId))).toBe(0);
});
