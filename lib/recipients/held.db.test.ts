import { afterAll, expect, it } from 'vitest';
import { database } from '@/db/client';
import { getCampaign } from '@/lib/campaigns/queries';
import {
  assertBalanced,
  claimSome,
  createActiveCampaign,
  createWorker,
  settlementOf,
} from '@/tests/support/engine';
import { receiptOf } from '@/tests/support/receipts';
import { applyReceipts, type ReceiptKind } from './receipts';
import { settleRecipients } from './settle';
import { getRecipient } from './timeline';

afterAll(() => database().close());

/** One recipient whose message WhatsApp took and holds. */
async function held() {
  const campaign = await createActiveCampaign(1);
  const { workspaceId, senderId, id: campaignId } = campaign;
  const worker = await createWorker();
  const [recipient] = await claimSome(campaign, worker, 1);
  if (!recipient) throw new Error('no recipient');
  const settle = () =>
    settleRecipients([
      settlementOf(campaign, worker, recipient, {
        kind: 'accepted',
        wamid: `wamid.${recipient.id}`,
        held: true,
      }),
    ]);
  const report = (kind: ReceiptKind, errorCode?: number) =>
    applyReceipts([
      receiptOf({ workspaceId, id: campaignId, senderId }, recipient.id, kind, {
        ...(errorCode && { errorCode }),
      }),
    ]);
  const shown = async () => {
    await assertBalanced(campaign);
    const { sent, failed, held } = await getCampaign({ workspaceId, campaignId });
    const one = await getRecipient({ workspaceId, campaignId, recipientId: recipient.id });
    expect(one.held).toBe(held === 1);
    return { sent, failed, held, steps: one.timeline.map(({ kind }) => kind) };
  };
  return { settle, report, shown };
}

it('is counted until WhatsApp releases it, whatever it reports first, and however often', async () => {
  for (const kind of ['sent', 'delivered', 'read'] as const) {
    const { settle, report, shown } = await held();
    await settle();
    expect(await shown()).toMatchObject({ sent: 1, held: 1, steps: ['begun', 'accepted', 'held'] });
    await settle();
    await report(kind);
    await report(kind);
    expect(await shown()).toMatchObject({ sent: 1, held: 0 });
  }
});

it('is a failure once WhatsApp drops it', async () => {
  const { settle, report, shown } = await held();
  await settle();
  await report('failed', 132015);
  expect(await shown()).toMatchObject({ sent: 0, failed: 1, held: 0 });
});

it('is not held any more where the release was reported before the answer was written', async () => {
  const { settle, report, shown } = await held();
  await report('sent');
  await settle();
  expect(await shown()).toMatchObject({ sent: 1, held: 0 });
});
