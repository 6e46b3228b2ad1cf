import { describe, expect, it } from 'vitest';
import { comparison } from './comparison';
import type { Run } from './contestant';

const run = (peer: string, seconds: number, values: Partial<Run> = {}): Run => ({
  peer,
  version: '1',
  recipients: 1_000,
  seconds,
  cpuSeconds: 0.1,
  peakMb: 100,
  database: { transactions: 500, walBytes: 300_000, cpuSeconds: 0.05 },
  fault: null,
  ...values,
});

describe('comparison', () => {
  it('has a row a contestant, by the median of its rounds, the quickest first', () => {
    const rows = comparison([
      run('herald', 0.2),
      run('go', 0.5),
      run('herald', 0.25),
      run('go', 9),
      run('go', 0.4),
      run('herald', 1),
    ]);
    expect(rows.map((row) => [row.contestant, row['messages/s'], row['Herald ÷ it']])).toEqual([
      ['herald (1)', 4_000, '1.00'],
      ['plain Go (1)', 2_000, '2.00'],
    ]);
  });

  it("compares the CPU of the sender and the database together with Herald's", () => {
    const rows = comparison([run('herald', 1), run('go', 2, { cpuSeconds: 0.25 })]);
    expect(rows.map((row) => row["its CPU ÷ Herald's"])).toEqual(['1.00', '2.00']);
  });

  it('takes the slower of two middle rounds', () => {
    expect(comparison([run('go', 1), run('go', 2)])[0]?.['messages/s']).toBe(500);
  });

  it('counts the work by message, and leaves out a database that was not there', () => {
    const [row, bare] = comparison([run('go', 1), run('bare', 2, { database: null })]);
    expect(row).toMatchObject({ 'CPU µs a message': '100', 'of the database': '50' });
    expect(row).toMatchObject({ 'transactions a message': '0.50', 'WAL bytes a message': '300' });
    expect(bare).toMatchObject({ 'of the database': '', 'WAL bytes a message': '' });
  });

  it('shows a run that does not count, rather than a good one in its place', () => {
    const rows = comparison([
      run('go', 1),
      run('go', 2, { fault: '1 recipients were sent to twice' }),
      run('go', 3),
    ]);
    expect(rows[0]?.['each exactly once']).toBe('1 recipients were sent to twice');
  });
});
