import { open, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { asc, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { database } from '@/db/client';
import { auditEvents } from '@/db/schema/accounts';
import { optOuts } from '@/db/schema/webhooks';
import { exportOptOuts } from '@/lib/opt-outs/export';
import { openImport, stageNumbers, storeStagedNumbers } from '@/lib/opt-outs/import-batch';
import { addOptOuts } from '@/lib/opt-outs/mutations';
import type { Actor } from '@/lib/tenant';
import { createWorkspace } from '@/tests/support/rows';
import { importOptOuts } from './import-opt-outs';

async function importCsv(actor: Actor, csv: string, fields: Record<string, string> = {}) {
  const directory = await mkdtemp(path.join(tmpdir(), 'herald-test-opt-outs-'));
  const file = await open(path.join(directory, 'a.csv'), 'w+');
  try {
    await file.write(csv);
    return await importOptOuts(actor, { file, fileName: 'stop.csv', encoding: 'utf-8', fields });
  } finally {
    await file.close();
    await rm(directory, { recursive: true });
  }
}

const entriesOf = ({ workspaceId }: Actor) =>
  database()
    .db.select()
    .from(optOuts)
    .where(eq(optOuts.workspaceId, workspaceId))
    .orderBy(asc(optOuts.phone));
const auditOf = ({ workspaceId }: Actor) =>
  database().db.select().from(auditEvents).where(eq(auditEvents.workspaceId, workspaceId));

describe('an imported file', () => {
  it('adds its numbers with their reasons, names the wrong rows, and leaves entries that are there', async () => {
    const actor = await createWorkspace();
    const { workspaceId } = actor;
    await addOptOuts({ workspaceId, phones: ['+12025550009'], source: 'stop_word', reason: 'Stop' });
    const csv = [
      'Phone_Number;Country_Code;Reason',
      "'+12025550001;;Complained",
      '020 7946 0000;GB;',
      '9.19E+11;;',
      '+12025550009;;New reason',
      '(202) 555-0001;1;Once more',
      '030 901820;;',
    ].join('\n');
    const result = await importCsv(actor, csv, { default_country: 'de', reason: 'Old list' });
    expect(result).toEqual({
      success: true,
      rows: 6,
      added: 3,
      already: 1,
      duplicates: 1,
      invalid: 1,
      issues: [{ path: 'rows[4]', message: expect.stringContaining('Excel') as string }],
    });
    expect((await entriesOf(actor)).map(({ phone, source, reason }) => [phone, source, reason])).toEqual([
      ['+12025550001', 'import', 'Complained'],
      ['+12025550009', 'stop_word', 'Stop'],
      ['+442079460000', 'import', 'Old list'],
      ['+4930901820', 'import', 'Old list'],
    ]);
    const events = (await auditOf(actor)).filter(({ userId }) => userId === actor.userId);
    expect(events).toMatchObject([
      {
        kind: 'opt_out_added',
        subject: 'stop.csv',
        detail: { source: 'import', rows: 6, added: 3, invalid: 1 },
      },
    ]);
  });

  it('of one column needs no mapping; a mapping names any other; without a reason the file is the reason', async () => {
    const actor = await createWorkspace();
    await importCsv(actor, 'Handy\n+12025550001\n');
    await importCsv(actor, 'Name,Cell\nAna,+12025550002\n', { mapping: '{"phone_number": "cell"}' });
    expect((await entriesOf(actor)).map(({ phone, reason }) => [phone, reason])).toEqual([
      ['+12025550001', 'Imported from stop.csv.'],
      ['+12025550002', 'Imported from stop.csv.'],
    ]);
  });

  it('that was exported adds nothing and changes nothing', async () => {
    const actor = await createWorkspace();
    await importCsv(actor, 'phone_number,reason\n+12025550001,=1+1\n+12025550002,x\n');
    const before = await entriesOf(actor);
    let csv = '';
    for await (const chunk of exportOptOuts(actor).chunks) csv += Buffer.from(chunk).toString('utf8');
    expect(await importCsv(actor, csv)).toMatchObject({ rows: 2, added: 0, already: 2, invalid: 0 });
    expect(await entriesOf(actor)).toEqual(before);
    const copy = await createWorkspace();
    await importCsv(copy, csv);
    expect((await entriesOf(copy)).map(({ reason }) => reason)).toEqual(['=1+1', 'x']);
  });

  it('of many batches counts a number that comes in two of them once', async () => {
    const actor = await createWorkspace();
    const rows = Array.from({ length: 42_000 }, (_, i) => `+1202${String(5_000_000 + (i % 41_000))}`);
    const result = await importCsv(actor, `phone\n${rows.join('\n')}\n`);
    expect(result).toMatchObject({ rows: 42_000, added: 41_000, already: 0, duplicates: 1_000 });
    expect(await entriesOf(actor)).toHaveLength(41_000);
  });

  it('lets a stop word through while it is being read', async () => {
    const actor = await createWorkspace();
    const { workspaceId } = actor;
    const phones = ['+12025550001'];
    await database().db.transaction(async (tx) => {
      // All of the file up to the list itself: nothing of it is locked yet.
      await openImport(tx);
      await stageNumbers([{ phone: '+12025550001', reason: 'In the file' }], tx);
      expect(await addOptOuts({ workspaceId, phones, source: 'stop_word', reason: 'Stop' })).toBe(1);
      expect(await storeStagedNumbers(actor, tx)).toBe(0);
    });
    expect(await entriesOf(actor)).toMatchObject([{ source: 'stop_word', reason: 'Stop' }]);
  });
});

describe('nothing is added', () => {
  const good = Array.from({ length: 6_000 }, (_, i) => `+1202555${String(i).padStart(4, '0')}`).join('\n');

  it.each([
    ['when the file ends in open quotes', `phone\n${good}\n"+1202`, 'csv_open_quote'],
    ['when no row holds a number', 'phone\nAna\nBob\n', 'no_valid_rows'],
    ['when there is only a header', 'phone\n', 'no_valid_rows'],
    ['when no column is the number’s', 'Name,Town\nAna,Bonn\n', 'mapping_invalid'],
    ['when the header is missing', '+12025550001\n+12025550002\n', 'mapping_invalid'],
  ])('%s', async (_, csv, code) => {
    const actor = await createWorkspace();
    await expect(importCsv(actor, csv)).rejects.toMatchObject({ kind: 'invalid', code });
    expect([await entriesOf(actor), await auditOf(actor)]).toEqual([[], []]);
  });

  it.each<[Record<string, string>, string]>([
    [{ mapping: '{"phone": "x"}' }, 'mapping'],
    [{ mapping: '{"phone_number": "Cell"}' }, 'mapping.phone_number'],
    [{ default_country: 'XX' }, 'default_country'],
    [{ reason: 'x' }, 'reason'],
    [{ colour: 'red' }, 'colour'],
  ])('when a field of the form is wrong: %j', async (fields, at) => {
    const actor = await createWorkspace();
    const refused = importCsv(actor, 'phone\n+12025550001\n', fields);
    await expect(refused).rejects.toMatchObject({ kind: 'invalid', issues: [{ path: at }] });
    expect(await entriesOf(actor)).toEqual([]);
  });
});
