import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { database } from '@/db/client';
import { findUnbalancedCampaigns } from '@/lib/stats/audit';
import { nowSeconds, placeRecipient, receiptOf } from '@/tests/support/receipts';
import { createCampaign, createWorkspace, recipientsOf } from '@/tests/support/rows';
import { applyReceipts, RECEIPT_KINDS, type Receipt } from './receipts';

afterAll(() => database().close());

const BILLED = 'b regular marketing';
const FREE = 'f free_customer_service marketing';

async function setUp(count = 1, assignments = `state = 'accepted', accepted_at = now()`) {
  const { workspaceId, userId } = await createWorkspace();
  const campaign = await createCampaign(workspaceId, userId, { count });
  const ids = (await recipientsOf(campaign)).map(({ id }) => id);
  for (const id of ids)
    await placeRecipient(campaign, id, `attempt = 2, pending = false, country = 'US', ${assignments}`);
  return { campaign, ids, id: ids[0] ?? '' };
}

type Campaign = Awaited<ReturnType<typeof setUp>>['campaign'];

async function pricesOf({ workspaceId, id }: Campaign): Promise<Record<string, number>> {
  const rows = await database().sql<{ pricing: string; n: number }[]>`
    SELECT pricing, sum(messages)::int AS n FROM cost_counters
    WHERE workspace_id = ${workspaceId} AND campaign_id = ${id} GROUP BY pricing HAVING sum(messages) <> 0`;
  return Object.fromEntries(rows.map(({ pricing, n }) => [pricing, n]));
}

describe('what WhatsApp says of a price', () => {
  it('counts with delivered, not with sent, which may yet fail', async () => {
    const { campaign, id } = await setUp();
    await applyReceipts([receiptOf(campaign, id, 'sent', { attempt: 2, pricing: BILLED })]);
    expect(await pricesOf(campaign)).toEqual({});
    await applyReceipts([receiptOf(campaign, id, 'delivered', { attempt: 2, pricing: BILLED })]);
    expect(await pricesOf(campaign)).toEqual({ [BILLED]: 1 });
  });

  it('of a message that failed is not counted', async () => {
    const { campaign, id } = await setUp();
    await applyReceipts([
      receiptOf(campaign, id, 'sent', { attempt: 2, pricing: BILLED }),
      receiptOf(campaign, id, 'failed', { attempt: 2, pricing: BILLED }),
    ]);
    expect(await pricesOf(campaign)).toEqual({});
  });

  it('counts once, whether it comes twice in a batch, again later, or with read as well', async () => {
    const { campaign, id } = await setUp();
    const delivered = receiptOf(campaign, id, 'delivered', { attempt: 2, pricing: BILLED });
    const read = receiptOf(campaign, id, 'read', { attempt: 2, pricing: BILLED });
    await applyReceipts([delivered, delivered]);
    await applyReceipts([read, delivered]);
    await Promise.all([applyReceipts([read]), applyReceipts([delivered])]);
    expect(await pricesOf(campaign)).toEqual({ [BILLED]: 1 });
  });

  it('comes with read where delivered was skipped, and after a read without a price', async () => {
    const { campaign, ids } = await setUp(2);
    const [skipped = '', late = ''] = ids;
    await applyReceipts([receiptOf(campaign, skipped, 'read', { attempt: 2, pricing: FREE })]);
    await applyReceipts([receiptOf(campaign, late, 'read', { attempt: 2 })]);
    await applyReceipts([receiptOf(campaign, late, 'delivered', { attempt: 2, pricing: BILLED })]);
    expect(await pricesOf(campaign)).toEqual({ [FREE]: 1, [BILLED]: 1 });
  });

  it('counts each attempt that arrived, found by key or by wamid', async () => {
    const { campaign, id } = await setUp();
    await database().sql`
      INSERT INTO past_attempts (workspace_id, campaign_id, recipient_id, attempt, wamid, outcome, ended_at)
      VALUES (${campaign.workspaceId}, ${campaign.id}, ${id}, 1, 'wamid.first', 'unconfirmed', now())`;
    await applyReceipts([
      receiptOf(campaign, id, 'delivered', { attempt: 2, pricing: BILLED }),
      receiptOf(campaign, id, 'delivered', { key: null, wamid: 'wamid.first', pricing: BILLED }),
    ]);
    await applyReceipts([receiptOf(campaign, id, 'read', { attempt: 1, pricing: BILLED })]);
    expect(await pricesOf(campaign)).toEqual({ [BILLED]: 2 });
    expect((await recipientsOf(campaign))[0]?.priced).toBe(`1 ${BILLED},2 ${BILLED}`);
  });

  it("of another sender's recipient counts nothing", async () => {
    const { campaign, id } = await setUp();
    const other = await setUp();
    const receipt = receiptOf(campaign, id, 'delivered', { attempt: 2, pricing: BILLED });
    await applyReceipts([{ ...receipt, senderId: other.campaign.senderId }]);
    expect(await pricesOf(campaign)).toEqual({});
  });
});

type One = { who: number; attempt: number; kind: Receipt['kind']; pricing: string | null };

it('any order, split and repetition counts the same, and the audit agrees', async () => {
  const one: fc.Arbitrary<One> = fc.record({
    who: fc.nat({ max: 2 }),
    attempt: fc.constantFrom(1, 2, 3),
    kind: fc.constantFrom(...RECEIPT_KINDS),
    pricing: fc.constantFrom(BILLED, FREE, null),
  });
  const plays = fc.array(one, { minLength: 1, maxLength: 16 }).chain((events) =>
    fc.record({
      events: fc.constant(events),
      shuffled: fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 }),
      size: fc.integer({ min: 1, max: 7 }),
    }),
  );
  const at = nowSeconds();
  await fc.assert(
    fc.asyncProperty(plays, async ({ events, shuffled, size }) => {
      const straight = await play(events, 1);
      expect(await play(shuffled, size)).toEqual(straight);
    }),
    { numRuns: 25 },
  );

  async function play(events: readonly One[], size: number) {
    const { campaign, ids } = await setUp(3, `state = 'in_doubt', doubt_at = now()`);
    const receipts: Receipt[] = events.map(({ who, attempt, kind, pricing }) =>
      receiptOf(campaign, ids[who] ?? '', kind, { attempt, pricing, at }),
    );
    for (let start = 0; start < receipts.length; start += size)
      await applyReceipts(receipts.slice(start, start + size));
    expect(await findUnbalancedCampaigns({ onlyCampaignId: campaign.id })).toEqual([]);
    return {
      priced: (await recipientsOf(campaign)).map((row) => row.priced),
      counted: await pricesOf(campaign),
    };
  }
});
