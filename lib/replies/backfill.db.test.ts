import { readFileSync } from 'node:fs';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { database } from '@/db/client';
import { inboundMessages, optOuts } from '@/db/schema/webhooks';
import { getCampaign } from '@/lib/campaigns/queries';
import { findUnbalancedCampaigns } from '@/lib/stats/audit';
import { useFreshDatabase } from '@/tests/support/fresh-database';
import { placeRecipient } from '@/tests/support/receipts';
import { createCampaign, createWorkspace, recipientsOf } from '@/tests/support/rows';

// It goes over every workspace's messages: this file needs a database of its own.
await useFreshDatabase();

/** What the migration does to the rows that are there, statement by statement. */
function backfill(): string[] {
  const statements = readFileSync('db/migrations/0015_engagement.sql', 'utf8').split(
    '--> statement-breakpoint',
  );
  const from = statements.findIndex((statement) => statement.includes('LOCK TABLE inbound_messages'));
  if (from < 0) throw new Error('the migration has no backfill');
  return statements.slice(from);
}

test('messages from before the upgrade are attributed and counted as those that come after it', async () => {
  const { db, sql } = database();
  const { workspaceId, userId } = await createWorkspace();
  const campaign = await createCampaign(workspaceId, userId, { count: 3 });
  const [ana, ben, cleo] = await recipientsOf(campaign);
  if (!ana || !ben || !cleo) throw new Error('no recipients');
  for (const { id } of [ana, ben, cleo])
    await placeRecipient(
      campaign,
      id,
      `attempt = 1, pending = false, state = 'accepted', accepted_at = now() - interval '1 hour', wamid = 'wamid.${id}'`,
    );
  const message = (
    wamid: string,
    phone: string | null,
    more: Partial<typeof inboundMessages.$inferInsert> = {},
  ) => ({
    workspaceId,
    senderId: campaign.senderId,
    wamid,
    phone,
    kind: 'text',
    body: 'Hello',
    raw: {},
    receivedAt: new Date(),
    ...more,
  });
  await db
    .insert(inboundMessages)
    .values([
      message('a', null, { contextWamid: `wamid.${ana.id}` }),
      message('c', cleo.phone, { kind: 'system' }),
      message('d', ana.phone, { contextWamid: 'wamid.unknown' }),
      message('e', '+12025559999'),
    ]);
  await db.transaction(async (tx) => {
    await tx.insert(inboundMessages).values(message('b', ben.phone, { body: 'STOP' }));
    const entry = { source: 'stop_word' as const, reason: 'They wrote a stop word.' };
    await tx.insert(optOuts).values({ workspaceId, phone: ben.phone, ...entry });
  });
  await sql.begin(async (tx) => {
    for (const statement of backfill()) await tx.unsafe(statement);
  });
  const rows = await db
    .select()
    .from(inboundMessages)
    .where(eq(inboundMessages.workspaceId, workspaceId))
    .orderBy(inboundMessages.wamid);
  expect(rows.map((row) => [row.wamid, row.recipientId, row.matchedBy, row.optsOut])).toEqual([
    ['a', ana.id, 'context', false],
    ['b', ben.id, 'time', true],
    ['c', null, null, false],
    ['d', null, null, false],
    ['e', null, null, false],
  ]);
  const of = { workspaceId, campaignId: campaign.id };
  expect(await getCampaign(of)).toMatchObject({ replied: 2, opted_out: 1 });
  expect(await findUnbalancedCampaigns({ onlyCampaignId: campaign.id })).toEqual([]);
});
