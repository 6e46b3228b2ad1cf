import { randomBytes, randomUUID } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { asAdmin } from '@/tests/support/postgres';
import { connect } from './client';
import { migrate } from './migrate';

/** The migrations as they were before this one. */
async function migrationsBefore(tag: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'herald-migrations-'));
  await cp('db/migrations', folder, { recursive: true });
  const file = path.join(folder, 'meta/_journal.json');
  const journal = JSON.parse(await readFile(file, 'utf8')) as { entries: { tag: string }[] };
  const entries = journal.entries.slice(
    0,
    journal.entries.findIndex((entry) => entry.tag === tag),
  );
  await writeFile(file, JSON.stringify({ ...journal, entries }));
  return folder;
}

test('an upgrade counts by cause whoever has failed before it', async () => {
  const url = new URL(process.env.DATABASE_URL ?? '');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asAdmin(`CREATE DATABASE ${name} OWNER ${url.username}`);
  url.pathname = `/${name}`;
  const older = await migrationsBefore('0005_failures_by_cause');
  await migrate(url.href, older);
  const { sql, close } = connect(url.href, { max: 1 });
  const [workspaceId, campaignId] = [randomUUID(), randomUUID()];
  await sql`
    INSERT INTO recipients (workspace_id, campaign_id, id, phone, calling_code, cells, pending, state, attempt, failed_at, delivered_at, accepted_at, error_code, error_message)
    SELECT ${workspaceId}, ${campaignId}, gen_random_uuid(), '+1202555' || (1000 + n), 1, '[]', false,
      CASE WHEN n = 5 THEN 'accepted'::recipient_state ELSE 'failed' END, 1, now(),
      CASE WHEN n = 5 THEN now() END, CASE WHEN n = 5 THEN now() END, CASE WHEN n > 3 THEN 131026 END, 'No'
    FROM generate_series(1, 6) n`;
  await migrate(url.href);
  const counted = await sql`
    SELECT error_code, failed, sample FROM failure_counters
    WHERE workspace_id = ${workspaceId} AND campaign_id = ${campaignId} ORDER BY error_code`;
  // The fifth was delivered after all.
  expect(counted.map((row) => ({ ...row }))).toEqual([
    { error_code: 131026, failed: 2, sample: 'No' },
    { error_code: null, failed: 3, sample: 'No' },
  ]);
  await close();
  await rm(older, { recursive: true });
});
