import { afterAll, describe, expect, it } from 'vitest';
import { database } from '@/db/client';
import type { CsvRecord } from '@/lib/recipients/csv';
import { createWorkspace } from '@/tests/support/rows';
import { createRate, deleteRate, listRates, updateRate } from './rates';
import { importRates } from './rates-csv';
import type { RateBody } from './schema';

afterAll(() => database().close());

const body: RateBody = {
  country: 'IN',
  category: 'marketing',
  currency: 'USD',
  amount: '0.0137',
  valid_from: '2026-01-01',
};

const HEADER = ['Country', 'category', 'amount', 'currency', 'valid from'];

async function* recordsOf(...rows: string[][]): AsyncGenerator<CsvRecord[]> {
  yield rows.map((cells, i) => ({ row: i + 1, cells, malformed: false }));
}

const importRows = (actor: Awaited<ReturnType<typeof createWorkspace>>, ...rows: string[][]) =>
  importRates(actor, { records: recordsOf(HEADER, ...rows), fileName: 'rates.csv' });

describe('the rate card', () => {
  it('keeps a rate as it was entered, to the last decimal', async () => {
    const actor = await createWorkspace();
    await createRate(actor, { ...body, amount: '0.000001' });
    expect(await listRates(actor.workspaceId)).toMatchObject([
      { country: 'IN', country_name: 'India', amount: '0.000001', valid_from: '2026-01-01' },
    ]);
  });

  it('has one rate a country, category and day, also when two are added at once', async () => {
    const actor = await createWorkspace();
    const made = await Promise.allSettled([createRate(actor, body), createRate(actor, body)]);
    expect(made.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const later = await createRate(actor, { ...body, valid_from: '2026-04-01' });
    const move = { actor, rateId: later.id, changes: { valid_from: '2026-01-01' } };
    await expect(updateRate(move)).rejects.toMatchObject({ code: 'rate_exists' });
    expect(await listRates(actor.workspaceId)).toHaveLength(2);
  });

  it("does not reach another workspace's", async () => {
    const [mine, theirs] = [await createWorkspace(), await createWorkspace()];
    const { id } = await createRate(theirs, body);
    const changes = { amount: '9' };
    await expect(updateRate({ actor: mine, rateId: id, changes })).rejects.toMatchObject({
      kind: 'not_found',
    });
    await expect(deleteRate({ actor: mine, rateId: id })).rejects.toMatchObject({ kind: 'not_found' });
    expect(await listRates(theirs.workspaceId)).toMatchObject([{ amount: '0.0137' }]);
  });
});

describe('a file of rates', () => {
  it('adds, replaces and leaves what is the same', async () => {
    const actor = await createWorkspace();
    await createRate(actor, body);
    await createRate(actor, { ...body, country: 'BR' });
    const counts = await importRows(
      actor,
      ['IN', 'marketing', '0.02', 'USD', '2026-01-01'],
      ['BR', 'marketing', '0.01370', 'USD', '2026-01-01'],
      ['de', 'Authentication international', '1', 'eur', '2026-01-01'],
      ['', '', '', '', ''],
    );
    expect(counts).toEqual({ success: true, rows: 3, added: 1, changed: 1, unchanged: 1 });
    expect((await listRates(actor.workspaceId)).map(({ country, amount }) => [country, amount])).toEqual([
      ['BR', '0.0137'],
      ['DE', '1'],
      ['IN', '0.02'],
    ]);
  });

  it.each([
    ['a country nobody has', ['XX', 'marketing', '1', 'USD', '2026-01-01']],
    ['a price with a comma', ['IN', 'marketing', '0,02', 'USD', '2026-01-01']],
    ['a day that is none', ['IN', 'marketing', '0.02', 'USD', '2026-02-30']],
    ['the same twice', ['BR', 'marketing', '2', 'USD', '2026-01-01']],
  ])('with %s leaves nothing, and names the row', async (_, row) => {
    const actor = await createWorkspace();
    const rows = [['BR', 'marketing', '1', 'USD', '2026-01-01'], row];
    await expect(importRows(actor, ...rows)).rejects.toMatchObject({
      code: 'rates_invalid',
      issues: [{ path: 'rows[3]' }],
    });
    expect(await listRates(actor.workspaceId)).toEqual([]);
  });

  it('without a column says which', async () => {
    const actor = await createWorkspace();
    const records = recordsOf(['country', 'amount'], ['IN', '1']);
    await expect(importRates(actor, { records, fileName: '' })).rejects.toThrow(
      'no column category, currency, valid_from',
    );
  });
});
