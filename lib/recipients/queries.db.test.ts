import { and, eq, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { database } from '@/db/client';
import { recipients } from '@/db/schema/recipients';
import { asWorkspaceId } from '@/lib/tenant';
import { useFreshDatabase } from '@/tests/support/fresh-database';
import { createCampaign, createWorkspace, recipientsOf } from '@/tests/support/rows';
import { listRecipients } from './queries';
import { recipientPageSchema } from './schema';
import { RECIPIENT_STATUSES } from './status';

// Plans depend on the size of the whole table: this file needs a database of its own.
await useFreshDatabase();

type Change = Partial<typeof recipients.$inferInsert>;

async function setUp(count: number) {
  const { workspaceId, userId } = await createWorkspace();
  const campaign = await createCampaign(workspaceId, userId, { count });
  const rows = await recipientsOf(campaign);
  const change = async (index: number, values: Change) => {
    await database()
      .db.update(recipients)
      .set(values)
      .where(and(eq(recipients.workspaceId, workspaceId), eq(recipients.id, rows[index]?.id ?? '')));
  };
  const key = { workspaceId, campaignId: campaign.id };
  const list = (more: Partial<Parameters<typeof listRecipients>[0]> = {}) =>
    listRecipients({ ...key, limit: 100, ...more });
  return { campaign, rows, key, change, list };
}

const at = new Date('2026-11-23T10:00:00Z');
const accepted = { pending: false, state: 'accepted', acceptedAt: at, attempt: 1 } as const;

describe('recipients', () => {
  it('are shown in the contract’s shape', async () => {
    const { rows, change, list } = await setUp(2);
    await change(1, {
      ...accepted,
      wamid: `wamid.${rows[1]?.id ?? ''}`,
      failedAt: at,
      errorCode: 131026,
      errorMessage: 'Message undeliverable',
    });
    const page = await list();
    expect(recipientPageSchema.parse(page)).toEqual(page);
    expect(page.recipients[0]).toEqual({
      id: rows[0]?.id,
      to: '+12025550000000',
      country_code: '+1',
      phone_number: '2025550000000',
      status: 'pending',
      waits_for: null,
      waits_until: null,
      held: false,
      variant: null,
      message_id: null,
      attempts: 0,
      error_code: null,
      error_message: null,
      error_remedy: null,
      sent_at: null,
      delivered_at: null,
      read_at: null,
      failed_at: null,
      replied_at: null,
      opted_out_at: null,
      clicks: 0,
      clicked_at: null,
      params: { body_param_1: 'Person 0' },
    });
    expect(page.recipients[1]).toMatchObject({
      status: 'failed',
      attempts: 1,
      error_code: 131026,
      error_message: 'Message undeliverable',
      error_remedy: expect.stringMatching(/\w+/) as string,
      sent_at: at.toISOString(),
      failed_at: at.toISOString(),
    });
  });

  it('are paged in upload order, each once', async () => {
    const { rows, list } = await setUp(25);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list({ limit: 10, cursor });
      seen.push(...page.recipients.map(({ id }) => id));
      cursor = page.next_cursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual(rows.map(({ id }) => id));
  });

  it('a cursor nobody gave out is refused', async () => {
    const { list } = await setUp(1);
    await expect(list({ cursor: 'bm9wZQ' })).rejects.toMatchObject({
      kind: 'malformed',
      code: 'invalid_cursor',
    });
  });

  it('are found by each status that is shown', async () => {
    const { rows, change, list } = await setUp(RECIPIENT_STATUSES.length);
    const changes: Record<(typeof RECIPIENT_STATUSES)[number], Change> = {
      pending: {},
      sending: { pending: false, state: 'sending', workerId: rows[0]?.id, claimedAt: at, attempt: 1 },
      sent: accepted,
      delivered: { ...accepted, deliveredAt: at },
      read: { ...accepted, readAt: at },
      failed: { pending: false, state: 'failed', failedAt: at },
      skipped: { pending: false, state: 'skipped' },
      unconfirmed: { pending: false, state: 'in_doubt', doubtAt: at },
    };
    for (const [index, status] of RECIPIENT_STATUSES.entries())
      if (status !== 'pending') await change(index, changes[status]);
    for (const [index, status] of RECIPIENT_STATUSES.entries()) {
      const page = await list({ status });
      expect(page.recipients.map(({ id }) => id)).toEqual([rows[index]?.id]);
    }
  });

  it('are found by phone in any form, and by text of their row', async () => {
    const { rows, change, list } = await setUp(3);
    await change(0, { phone: '+447911123456', callingCode: 44, cells: ['x', '100% “Ana_Maria” \\o/'] });
    await change(1, { phone: '+966501234567', callingCode: 966, cells: ['y', 'Bob'] });
    const found = async (search: string) =>
      (await list({ search })).recipients.map(({ id }) => rows.findIndex((row) => row.id === id));
    for (const search of [
      '+447911',
      '0044 7911 123',
      '07911 123456',
      '7911-123',
      "'+44 (7911)",
      '911 123456 ',
      '٧٩١١',
    ]) {
      expect([search, await found(search)]).toEqual([search, [0]]);
    }
    expect(await found('+96650')).toEqual([1]);
    expect(await found('+9')).toEqual([1]);
    expect(await found('+50123')).toEqual([]);
    expect(await found('bob')).toEqual([1]);
    expect(await found('ana_maria” \\o/')).toEqual([0]);
    expect(await found('100%')).toEqual([0]);
    expect(await found('_')).toEqual([0]);
    expect(await found('%%%')).toEqual([]);
    expect(await found("'; DROP TABLE recipients; --")).toEqual([]);
    expect(await found(' ')).toEqual([0, 1, 2]);
  });

  it('of another workspace are not there, nor is its campaign', async () => {
    const { key, list } = await setUp(1);
    const other = await createWorkspace();
    await expect(list({ workspaceId: other.workspaceId })).rejects.toMatchObject({ kind: 'not_found' });
    await expect(list({ workspaceId: asWorkspaceId(key.campaignId) })).rejects.toMatchObject({
      kind: 'not_found',
    });
  });
});

describe('with 5,000 recipients', () => {
  it('a page, the failed ones and a phone are found by an index', async () => {
    const { key, change } = await setUp(5_000);
    await change(4_900, { pending: false, state: 'failed', failedAt: at });
    const { db } = database();
    await db.execute(sql`ANALYZE recipients`);
    const plan = async (where: ReturnType<typeof sql>) => {
      const rows = await db.execute(sql`EXPLAIN SELECT * FROM recipients
        WHERE workspace_id = ${key.workspaceId} AND campaign_id = ${key.campaignId} AND ${where}
        ORDER BY id LIMIT 101`);
      return rows.map((row) => String(row['QUERY PLAN'])).join('\n');
    };
    expect(await plan(sql`id > ${key.campaignId}`)).toContain('recipients_workspace_id_campaign_id_id_pk');
    expect(await plan(sql`status = 'failed' AND failed_at IS NOT NULL`)).toContain('recipients_failed');
    expect(
      await plan(sql`phone >= '+12025550004900' AND phone <= '+12025550004900' AND calling_code > 0`),
    ).toContain('recipients_phone');
  });
});
