import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { connect, database } from '@/db/client';
import { countCounters, countRows, nowSeconds, placeRecipient, receiptOf } from '@/tests/support/receipts';
import { createCampaign, createWorkspace, recipientsOf } from '@/tests/support/rows';
import { applyReceipts, RECEIPT_KINDS, type Receipt, type ReceiptKind } from './receipts';

const START = nowSeconds() - 3600;
const STATES = ['sending', 'in_doubt', 'accepted', 'failed'] as const;
const ASSIGNMENTS = {
  sending: `state = 'sending', worker_id = '${randomUUID()}', claimed_at = now()`,
  in_doubt: `state = 'in_doubt', doubt_at = now()`,
  accepted: `state = 'accepted', accepted_at = now()`,
  failed: `state = 'failed', failed_at = to_timestamp(${START}), error_code = 131026`,
};

interface Event {
  who: number;
  attempt: number;
  kind: ReceiptKind;
  secondsAfter: number;
  errorCode: number;
}

const event: fc.Arbitrary<Event> = fc.record({
  who: fc.nat({ max: STATES.length - 1 }),
  attempt: fc.constantFrom(1, 2),
  kind: fc.constantFrom(...RECEIPT_KINDS),
  secondsAfter: fc.nat({ max: 5 }),
  errorCode: fc.constantFrom(131026, 131049),
});

/** The same events: in order one by one, and as they might arrive. */
const deliveries = fc.array(event, { minLength: 1, maxLength: 24 }).chain((events) =>
  fc.record({
    inOrder: fc.constant(events),
    arriving: fc
      .array(fc.constantFrom(...events), { maxLength: 12 })
      .chain((again) =>
        fc.shuffledSubarray([...events, ...again], { minLength: events.length + again.length }),
      ),
    sizes: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 }),
  }),
);

it('any order, split and repetition of the same receipts ends in the same facts, and the books balance', async () => {
  const { workspaceId, userId } = await createWorkspace();
  await fc.assert(
    fc.asyncProperty(deliveries, async ({ inOrder, arriving, sizes }) => {
      const straight = await play(inOrder, [1]);
      const shuffled = await play(arriving, sizes);
      expect(shuffled).toEqual(straight);
    }),
    { numRuns: 40 },
  );

  async function play(events: Event[], sizes: number[]) {
    const campaign = await createCampaign(workspaceId, userId, { count: STATES.length });
    const rows = await recipientsOf(campaign);
    for (const [i, state] of STATES.entries())
      await placeRecipient(
        campaign,
        rows[i]?.id ?? '',
        `attempt = 2, pending = false, ${ASSIGNMENTS[state]}`,
      );
    const receipts = events.map(({ who, attempt, kind, secondsAfter, errorCode }) =>
      receiptOf(campaign, rows[who]?.id ?? '', kind, {
        attempt,
        at: START + secondsAfter,
        ...(kind === 'failed' ? { errorCode } : {}),
      }),
    );
    for (const batch of split(receipts, sizes)) await applyReceipts(batch);
    expect(await countCounters(campaign)).toEqual(await countRows(campaign));
    return (await recipientsOf(campaign)).map(
      ({ state, status, sentAt, deliveredAt, readAt, failedAt, errorCode }) => ({
        state,
        status,
        sentAt,
        deliveredAt,
        readAt,
        failedAt,
        errorCode,
      }),
    );
  }
});

it('two connections applying the same receipts in their own order never deadlock, and count each once', async () => {
  const { workspaceId, userId } = await createWorkspace();
  const campaigns = await Promise.all([0, 1].map(() => createCampaign(workspaceId, userId, { count: 150 })));
  const receipts: Receipt[] = [];
  for (const campaign of campaigns) {
    await placeAll(campaign, ASSIGNMENTS.accepted);
    for (const { id } of await recipientsOf(campaign))
      receipts.push(
        ...(['sent', 'delivered', 'read'] as const).map((kind) =>
          receiptOf(campaign, id, kind, { attempt: 2 }),
        ),
      );
  }
  const connections = [0, 1, 2].map(() => connect(process.env.DATABASE_URL ?? '', { max: 1 }));
  await Promise.all(
    connections.map(async ({ sql }, i) => {
      const [mine] = fc.sample(fc.shuffledSubarray(receipts, { minLength: receipts.length }), {
        numRuns: 1,
        seed: i + 1,
      });
      for (const batch of split(mine ?? [], [40, 7, 90])) await applyReceipts(batch, sql);
    }),
  );
  await Promise.all(connections.map(({ close }) => close()));
  for (const campaign of campaigns) {
    expect(await countCounters(campaign)).toEqual(await countRows(campaign));
    expect(await countRows(campaign)).toMatchObject({ sent: 150, delivered: 150, read: 150 });
  }
});

async function placeAll(campaign: { workspaceId: string; id: string }, assignments: string): Promise<void> {
  await database().sql.unsafe(
    `UPDATE recipients SET attempt = 2, pending = false, ${assignments} WHERE workspace_id = $1 AND campaign_id = $2`,
    [campaign.workspaceId, campaign.id],
  );
  const [first] = await recipientsOf(campaign);
  await placeRecipient(campaign, first?.id ?? '', 'attempt = 2');
}

function split<T>(items: readonly T[], sizes: readonly number[]): T[][] {
  const batches: T[][] = [];
  for (let start = 0, turn = 0; start < items.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    batches.push(items.slice(start, start + size));
    start += size;
  }
  return batches;
}
