import { expect, test } from 'vitest';
import { database } from './client';
import { migrate } from './migrate';
import { createCampaign, createWorkspace, recipientsOf } from '@/tests/support/rows';

test('two migrations at once both end well', async () => {
  const url = process.env.DATABASE_URL ?? '';
  await Promise.all([migrate(url), migrate(url)]);
});

test('a stored recipient is pending and claimable', async () => {
  const { workspaceId, userId } = await createWorkspace();
  const campaign = await createCampaign(workspaceId, userId, { count: 3 });
  const rows = await recipientsOf(campaign);
  expect(rows.map((r) => [r.status, r.state, r.pending])).toEqual(Array(3).fill(['pending', 'queued', true]));
  // A partitioned table stores nothing itself: its parts do.
  const stores = await database().sql<{ options: string[] }[]>`
    SELECT reloptions AS options FROM pg_class
    WHERE relkind = 'r' AND (relname = 'recipients' OR relname LIKE 'recipients_part_%')`;
  expect(stores).toHaveLength(Number(process.env.HERALD_TEST_PARTITIONS ?? 1));
  for (const { options } of stores) expect(options).toContain('fillfactor=70');
});
