import { describe, expect, it } from 'vitest';
import { database } from '@/db/client';
import { pastAttempts } from '@/db/schema/webhooks';
import { countCounters, countRows, nowSeconds, placeRecipient, receiptOf } from '@/tests/support/receipts';
import { createCampaign, createSender, createWorkspace, recipientsOf } from '@/tests/support/rows';
import { settleRecipients } from './settle';
import { applyReceipts, applyReceiptsWithin, type ReceiptKind } from './receipts';

async function oneRecipient(assignments?: string) {
  const { workspaceId, userId } = await createWorkspace();
  const campaign = await createCampaign(workspaceId, userId, { count: 1 });
  const [recipient] = await recipientsOf(campaign);
  if (!recipient) throw new Error('no recipient');
  if (assignments) await placeRecipient(campaign, recipient.id, assignments);
  const reload = async () => {
    const [row] = await recipientsOf(campaign);
    if (!row) throw new Error('no recipient');
    expect(await countCounters(campaign)).toEqual(await countRows(campaign));
    return row;
  };
  return { campaign, id: recipient.id, workspaceId, userId, reload };
}

// Rows as the engine leaves them after two attempts.
const STATES = {
  queued: `attempt = 2, pending = true`,
  waiting: `attempt = 2, pending = false, retry_at = now() + interval '1 hour', error_code = 131016`,
  waitingFailed: `attempt = 2, failed_attempt = 2, pending = false, retry_at = now() + interval '1 hour'`,
  skipped: `attempt = 2, pending = false, state = 'skipped'`,
  sending: `attempt = 2, pending = false, state = 'sending', worker_id = gen_random_uuid(), claimed_at = now()`,
  in_doubt: `attempt = 2, pending = false, state = 'in_doubt', doubt_at = now(), error_message = 'timed out'`,
  accepted: `attempt = 2, pending = false, state = 'accepted', accepted_at = now(), wamid = 'wamid.' || id || '.2'`,
  failed: `attempt = 2, pending = false, state = 'failed', failed_at = now(), error_code = 131026`,
} as const;

type StateName = keyof typeof STATES;

/** state, attempt of the receipt, kind → state, shown status, and which fact was recorded. */
const TABLE: [StateName, number, ReceiptKind, string, string, boolean][] = [
  ['queued', 2, 'sent', 'accepted', 'sent', true],
  ['queued', 2, 'delivered', 'accepted', 'delivered', true],
  ['queued', 2, 'read', 'accepted', 'read', true],
  ['queued', 2, 'failed', 'queued', 'pending', false],
  ['queued', 1, 'sent', 'accepted', 'sent', false],
  ['queued', 1, 'delivered', 'accepted', 'delivered', true],
  ['queued', 1, 'failed', 'queued', 'pending', false],
  ['waiting', 2, 'sent', 'accepted', 'sent', true],
  ['waiting', 1, 'read', 'accepted', 'read', true],
  ['waiting', 2, 'failed', 'queued', 'pending', false],
  ['waitingFailed', 2, 'sent', 'queued', 'pending', false],
  ['waitingFailed', 1, 'sent', 'queued', 'pending', false],
  ['waitingFailed', 2, 'delivered', 'accepted', 'delivered', true],
  ['waitingFailed', 1, 'read', 'accepted', 'read', true],
  ['skipped', 2, 'sent', 'accepted', 'sent', true],
  ['skipped', 1, 'delivered', 'accepted', 'delivered', true],
  ['skipped', 2, 'failed', 'skipped', 'skipped', false],
  ['sending', 2, 'sent', 'accepted', 'sent', true],
  ['sending', 2, 'delivered', 'accepted', 'delivered', true],
  ['sending', 2, 'read', 'accepted', 'read', true],
  ['sending', 2, 'failed', 'accepted', 'failed', true],
  ['sending', 1, 'sent', 'sending', 'sending', false],
  ['sending', 1, 'delivered', 'sending', 'delivered', true],
  ['sending', 1, 'read', 'sending', 'read', true],
  ['sending', 1, 'failed', 'sending', 'sending', false],
  ['in_doubt', 2, 'sent', 'accepted', 'sent', true],
  ['in_doubt', 2, 'delivered', 'accepted', 'delivered', true],
  ['in_doubt', 2, 'read', 'accepted', 'read', true],
  ['in_doubt', 2, 'failed', 'accepted', 'failed', true],
  ['in_doubt', 1, 'sent', 'accepted', 'sent', false],
  ['in_doubt', 1, 'delivered', 'accepted', 'delivered', true],
  ['in_doubt', 1, 'failed', 'in_doubt', 'unconfirmed', false],
  ['accepted', 2, 'sent', 'accepted', 'sent', true],
  ['accepted', 2, 'delivered', 'accepted', 'delivered', true],
  ['accepted', 2, 'read', 'accepted', 'read', true],
  ['accepted', 2, 'failed', 'accepted', 'failed', true],
  ['accepted', 1, 'sent', 'accepted', 'sent', false],
  ['accepted', 1, 'delivered', 'accepted', 'delivered', true],
  ['accepted', 1, 'failed', 'accepted', 'sent', false],
  ['failed', 2, 'sent', 'failed', 'failed', true],
  ['failed', 2, 'delivered', 'failed', 'delivered', true],
  ['failed', 1, 'sent', 'failed', 'failed', false],
  ['failed', 1, 'read', 'failed', 'read', true],
  // A database restored from a backup knows less than WhatsApp.
  ['queued', 3, 'sent', 'accepted', 'sent', true],
  ['queued', 3, 'failed', 'queued', 'pending', false],
  ['sending', 3, 'delivered', 'accepted', 'delivered', true],
  ['accepted', 3, 'failed', 'accepted', 'sent', false],
];

const FACT = { sent: 'sentAt', delivered: 'deliveredAt', read: 'readAt', failed: 'failedAt' } as const;

describe('a receipt, by the state of its recipient', () => {
  it.each(TABLE)(
    '%s at attempt 2 + attempt %i %s → %s, shown %s',
    async (from, attempt, kind, state, status, fact) => {
      const { campaign, id, reload } = await oneRecipient(STATES[from]);
      const receipt = receiptOf(campaign, id, kind, { attempt, at: nowSeconds() - 60 });

      await applyReceipts([receipt]);
      const after = await reload();
      expect(after).toMatchObject({ state, status });
      expect(after[FACT[kind]]?.getTime()).toBe(fact ? Number(receipt.at) * 1000 : undefined);
      if (state === 'accepted') expect(after).toMatchObject({ pending: false, retryAt: null, doubtAt: null });
      if (status === 'sent') expect(after).toMatchObject({ errorCode: null, errorMessage: null });

      await applyReceipts([receipt, receipt]);
      expect(await reload()).toEqual(after);
    },
  );

  it('keeps the words of a failure, and tells its number once, when it turns failed', async () => {
    const { campaign, id, reload } = await oneRecipient(STATES.accepted);
    const { phone } = await reload();
    const failed = receiptOf(campaign, id, 'failed', { attempt: 2 });
    expect(await applyReceipts([failed])).toEqual([
      { index: 0, finding: 'failed', campaignId: campaign.id, phone },
    ]);
    expect(await reload()).toMatchObject({ errorCode: 131026, errorMessage: 'Message undeliverable' });
    expect(await applyReceipts([failed])).toEqual([]);
  });

  it('shows read over delivered over failed over sent when all come in one batch', async () => {
    for (const [kinds, status] of [
      [['failed', 'sent'], 'failed'],
      [['failed', 'sent', 'delivered'], 'delivered'],
      [['read', 'failed', 'delivered'], 'read'],
    ] as const) {
      const { campaign, id, reload } = await oneRecipient(STATES.sending);
      await applyReceipts(kinds.map((kind) => receiptOf(campaign, id, kind, { attempt: 2 })));
      expect(await reload()).toMatchObject({ status, state: 'accepted' });
    }
  });

  it('takes an absurd time as now', async () => {
    const { campaign, id, reload } = await oneRecipient(STATES.accepted);
    await applyReceipts([
      receiptOf(campaign, id, 'sent', { attempt: 2, at: 0 }),
      receiptOf(campaign, id, 'delivered', { attempt: 2, at: 1e15 }),
      receiptOf(campaign, id, 'read', { attempt: 2, at: null }),
    ]);
    const row = await reload();
    for (const time of [row.sentAt, row.deliveredAt, row.readAt])
      expect(Math.abs((time?.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
  });
});

describe('whose receipt it is', () => {
  it('finds the recipient by its wamid, and an earlier attempt by the wamid kept for it', async () => {
    const { campaign, id, reload, workspaceId } = await oneRecipient(STATES.accepted);
    await applyReceipts([receiptOf(campaign, id, 'delivered', { key: null, attempt: 2 })]);
    expect(await reload()).toMatchObject({ status: 'delivered' });

    const retried = await oneRecipient(STATES.queued);
    await database().db.insert(pastAttempts).values({
      workspaceId: retried.workspaceId,
      campaignId: retried.campaign.id,
      recipientId: retried.id,
      attempt: 1,
      wamid: 'wamid.first',
      outcome: 'unconfirmed',
      endedAt: new Date(),
    });
    await applyReceipts([
      receiptOf(retried.campaign, retried.id, 'read', { key: null, wamid: 'wamid.first' }),
    ]);
    expect(await retried.reload()).toMatchObject({ state: 'accepted', status: 'read' });
    expect(workspaceId).not.toBe(retried.workspaceId);
  });

  it("changes nothing for another sender's or another workspace's recipient, and says so", async () => {
    const { campaign, id, reload, workspaceId, userId } = await oneRecipient(STATES.accepted);
    const before = await reload();
    const otherSender = await createSender(workspaceId, userId);
    const stranger = await createWorkspace();
    const strangerSender = await createSender(stranger.workspaceId, stranger.userId);
    const read = receiptOf(campaign, id, 'read', { attempt: 2 });

    const findings = await applyReceipts([
      { ...read, senderId: otherSender.id },
      { ...read, workspaceId: stranger.workspaceId, senderId: strangerSender.id },
      { ...read, key: null, wamid: 'wamid.nobody' },
      { ...read, key: null, senderId: otherSender.id },
    ]);
    expect(findings.map(({ index, finding }) => [index, finding])).toEqual([
      [0, 'foreign'],
      [1, 'unknown'],
      [2, 'unknown'],
      [3, 'foreign'],
    ]);
    expect(await reload()).toEqual(before);
  });

  it('settles a message whose receipt is earlier than the answer; the late answer finds nothing to do', async () => {
    const { campaign, id, reload, workspaceId } = await oneRecipient(STATES.sending);
    const { workerId } = await reload();
    await applyReceipts([receiptOf(campaign, id, 'delivered', { attempt: 2, wamid: 'wamid.early' })]);
    const early = await reload();
    expect(early).toMatchObject({ state: 'accepted', status: 'delivered', wamid: 'wamid.early' });
    const settled = await settleRecipients([
      {
        workspaceId,
        campaignId: campaign.id,
        recipientId: id,
        attempt: 2,
        seq: early.seq,
        workerId: workerId ?? '',
        result: { kind: 'accepted', wamid: 'wamid.early' },
      },
    ]);
    expect(settled).toBe(0);
    expect(await reload()).toEqual(early);
  });

  it('runs the same inside a transaction, and is undone with it', async () => {
    const { campaign, id, reload } = await oneRecipient(STATES.accepted);
    const before = await reload();
    const undone = database().db.transaction(async (tx) => {
      const findings = await applyReceiptsWithin([receiptOf(campaign, id, 'failed', { attempt: 2 })], tx);
      expect(findings).toMatchObject([{ index: 0, finding: 'failed' }]);
      throw new Error('undo');
    });
    await expect(undone).rejects.toThrow('undo');
    expect(await reload()).toEqual(before);
  });
});
