import { eq, sql } from 'drizzle-orm';
import { afterAll, describe, expect, it } from 'vitest';
import { database } from '@/db/client';
import { campaignCounters, campaigns } from '@/db/schema/campaigns';
import { importRecipients } from '@/lib/recipients/import';
import { applyReceipts } from '@/lib/recipients/receipts';
import { placeRecipient, receiptOf } from '@/tests/support/receipts';
import { variantSlot } from '@/lib/stats/counters';
import { createCampaign, createTemplate, createWorkspace, recipientsOf } from '@/tests/support/rows';
import { getCampaignCost } from './campaign-cost';
import { createRate } from './rates';

afterAll(() => database().close());

const PEOPLE = [
  ['+919876543210', 91],
  ['+919876543211', 91],
  ['+447400123456', 44],
  ['+12025550001', 1],
  ['+14165550001', 1],
  ['+88213123456', 882],
] as const;

async function setUp() {
  const actor = await createWorkspace();
  const { workspaceId, userId } = actor;
  const campaign = await createCampaign(workspaceId, userId, {
    values: { startedAt: new Date('2026-03-31T23:00:00Z'), status: 'active' },
  });
  const rows = PEOPLE.map(([phone, callingCode], i) => ({
    row: i + 2,
    cells: [phone, 'Ana'],
    phone,
    callingCode,
  }));
  await database().db.transaction(async (tx) => {
    await importRecipients({ workspaceId, campaignId: campaign.id, rows, leaveOutSuppressed: true }, tx);
    await importRecipients({ workspaceId, campaignId: campaign.id, rows, leaveOutSuppressed: true }, tx);
  });
  const rate = { category: 'utility' as const, currency: 'USD' };
  await createRate(actor, { ...rate, country: 'IN', amount: '0.01', valid_from: '2026-01-01' });
  await createRate(actor, { ...rate, country: 'IN', amount: '5', valid_from: '2026-04-01' });
  await createRate(actor, { ...rate, country: 'CA', amount: '0.5', valid_from: '2026-01-01' });
  return { campaign, key: { workspaceId, campaignId: campaign.id } };
}

describe('getCampaignCost', () => {
  it('estimates by the countries the import has found, each person once, at the rates of the first day', async () => {
    const { key } = await setUp();
    const { estimate } = await getCampaignCost(key);
    expect(estimate).toMatchObject({
      on: '2026-03-31',
      totals: [{ currency: 'USD', amount: '0.52' }],
      billed: 6,
      unknown: 3,
    });
    expect(estimate.lines.map((line) => [line.country, line.messages, line.amount, line.no_amount])).toEqual([
      ['IN', 2, '0.02', null],
      ['CA', 1, '0.5', null],
      [null, 1, null, 'no_country'],
      ['GB', 1, null, 'no_rate'],
      ['US', 1, null, 'no_rate'],
    ]);
  });

  it('of a test prices each message with its own category; who waits goes by the shares, then by the choice', async () => {
    const { campaign, key } = await setUp();
    const other = await createTemplate(key.workspaceId, campaign.senderId, { category: 'MARKETING' });
    const message = { share: 50, mapping: {} };
    const set = (values: Partial<typeof campaigns.$inferInsert>) =>
      database().db.update(campaigns).set(values).where(eq(campaigns.id, campaign.id));
    await set({
      totalRecipients: 6,
      variants: [
        { template_id: campaign.templateId, ...message },
        { template_id: other.id, ...message },
      ],
      holdback: { percent: 50, decide_by: 'read', after_minutes: null },
    });
    // Two of each message, and two who wait.
    await database().db.delete(campaignCounters).where(eq(campaignCounters.campaignId, campaign.id));
    await database()
      .db.insert(campaignCounters)
      .values(
        [0, 1, 2].map((variant) => ({
          ...key,
          slot: sql`${sql.raw(variantSlot('0', String(variant)))}`,
          pending: 2,
        })),
      );
    const byCategory = async () => {
      const { lines } = (await getCampaignCost(key)).estimate;
      const count = (category: string) =>
        lines.filter((line) => line.category === category).reduce((sum, { messages }) => sum + messages, 0);
      return [count('utility'), count('marketing')];
    };
    expect(await byCategory()).toEqual([3, 3]);
    await set({ winner: 1 });
    expect(await byCategory()).toEqual([4, 2]);
  });

  it('counts what was priced by country, and says what was delivered without a price', async () => {
    const { campaign, key } = await setUp();
    const rows = await recipientsOf(campaign);
    for (const { id } of rows)
      await placeRecipient(
        campaign,
        id,
        `state = 'accepted', attempt = 1, pending = false, accepted_at = now()`,
      );
    const [indian, other, british] = rows.map(({ id }) => id);
    const of = (id = '', pricing: string | null = null) => receiptOf(campaign, id, 'delivered', { pricing });
    await applyReceipts([
      of(indian, 'b regular utility'),
      of(other, 'f free_customer_service utility'),
      of(british),
    ]);
    const { actual } = await getCampaignCost(key);
    expect(actual).toMatchObject({
      billed: 1,
      free: 1,
      unknown: 0,
      without_pricing: 1,
      totals: [{ currency: 'USD', amount: '0.01' }],
    });
    expect(actual.lines).toMatchObject([
      { country: 'IN', type: 'regular', amount: '0.01' },
      { country: 'IN', type: 'free_customer_service', no_amount: 'free' },
    ]);
  });

  it('is a 404 for another workspace', async () => {
    const { key } = await setUp();
    const { workspaceId } = await createWorkspace();
    await expect(getCampaignCost({ ...key, workspaceId })).rejects.toMatchObject({ kind: 'not_found' });
  });
});
