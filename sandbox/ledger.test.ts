import { describe, expect, test } from 'vitest';
import { Ledger, type LedgerInput } from './ledger';
import { busiestWindow, summarizeLedger } from './ledger-summary';

const entry = (over: Partial<LedgerInput> = {}): LedgerInput => ({
  atMs: 1000,
  numberId: '111',
  to: '14155550123',
  callbackData: 'data',
  code: 0,
  answer: 'answered',
  sequence: 1,
  ...over,
});

describe('busiest second', () => {
  const busiest = (...times: number[]): unknown => busiestWindow(Float64Array.from(times), 1000);

  test('the window is half open: two starts exactly one second apart are not in the same one', () => {
    expect(busiest(0, 1000)).toEqual({ count: 1, from: 0 });
    expect(busiest(0, 999.999)).toEqual({ count: 2, from: 0 });
  });

  test('it slides: a burst across a full second is found', () => {
    expect(busiest(0, 900, 950, 1100, 1200, 1899, 1901, 3000)).toEqual({ count: 5, from: 900 });
  });

  test('it agrees with counting every window, on random times', () => {
    let seed = 7;
    const times = Array.from({ length: 400 }, () => (seed = (seed * 48_271) % 2_147_483_647) % 10_000).sort(
      (a, b) => a - b,
    );
    const slow = Math.max(...times.map((t) => times.filter((u) => u >= t && u < t + 1000).length));
    expect(busiest(...times)).toMatchObject({ count: slow });
  });

  test('nothing at all has no busiest second', () => {
    expect(busiest()).toEqual({ count: 0, from: null });
  });
});

test('an entry comes back as it was, microseconds, odd recipients and any script included', () => {
  const ledger = new Ledger();
  const at = 1_795_000_000_123.456;
  ledger.record(entry({ atMs: at, callbackData: 'κλειδί/🎉' }));
  ledger.record(
    entry({ to: 'not a number', sequence: 0, code: 131009, callbackData: null, answer: 'answered' }),
  );
  ledger.record(entry({ to: '', sequence: 0, answer: 'aborted' }));
  const [first, second, third] = [ledger.read(0), ledger.read(1), ledger.read(2)];
  expect(Math.abs(first.at - at)).toBeLessThan(0.001);
  expect(first).toMatchObject({
    phone_number_id: '111',
    to: '14155550123',
    biz_opaque_callback_data: 'κλειδί/🎉',
    taken: true,
  });
  expect(first.wamid).toMatch(/^wamid\.HB/);
  expect(second).toMatchObject({
    to: 'not a number',
    taken: false,
    code: 131009,
    wamid: null,
    biz_opaque_callback_data: null,
  });
  expect(third).toMatchObject({ to: '', answer: 'aborted' });
});

test('many entries cross the edges of the columns and of the text store unharmed', () => {
  const ledger = new Ledger();
  const total = 140_000;
  for (let i = 0; i < total; i++) {
    ledger.record(entry({ to: String(14_150_000_000 + i), callbackData: `attempt-${i}`, sequence: i + 1 }));
  }
  for (const row of [0, 65_535, 65_536, 131_071, 131_072, total - 1]) {
    expect(ledger.read(row)).toMatchObject({
      to: String(14_150_000_000 + row),
      biz_opaque_callback_data: `attempt-${row}`,
    });
  }
  expect(summarizeLedger(ledger)).toMatchObject({
    posts: total,
    accepted: total,
    duplicate_recipients: 0,
    duplicate_callback_data: 0,
  });
});

test('the summary counts who was taken twice, which attempt came twice, and why others were refused', () => {
  const ledger = new Ledger();
  ledger.record(entry({ sequence: 1, callbackData: 'a1' }));
  ledger.record(entry({ sequence: 2, callbackData: 'a2', atMs: 1500 }));
  ledger.record(entry({ sequence: 3, callbackData: 'b1', to: '14155550124', atMs: 1600 }));
  ledger.record(entry({ sequence: 4, callbackData: 'b1', to: '14155550124', atMs: 1700 }));
  ledger.record(entry({ sequence: 0, code: 130429, to: '14155550125', atMs: 4000 }));
  ledger.record(entry({ sequence: 0, answer: 'plain_500', to: '14155550125', atMs: 5000 }));
  ledger.record(entry({ numberId: '222', sequence: 5, callbackData: 'c1' }));
  expect(summarizeLedger(ledger, '111')).toMatchObject({
    posts: 6,
    accepted: 4,
    refused: { 130429: 1, 0: 1 },
    answers: { answered: 5, plain_500: 1 },
    duplicates: [
      { to: '14155550123', accepted: 2 },
      { to: '14155550124', accepted: 2 },
    ],
    duplicate_recipients: 2,
    duplicate_callback_data: 1,
    busiest_second: { count: 4, from: 1000 },
    first_at: 1000,
    last_at: 5000,
  });
  expect(summarizeLedger(ledger)).toMatchObject({ posts: 7, accepted: 5 });
  expect(summarizeLedger(ledger, '333')).toMatchObject({ posts: 0 });
});

test("clearing one number's part leaves the others'; clearing all leaves nothing", () => {
  const ledger = new Ledger();
  ledger.record(entry());
  ledger.record(entry({ numberId: '222' }));
  ledger.clear('111');
  ledger.record(entry({ sequence: 9 }));
  expect(summarizeLedger(ledger, '111')).toMatchObject({ posts: 1, accepted: 1 });
  expect(summarizeLedger(ledger, '222')).toMatchObject({ posts: 1 });
  ledger.clear();
  expect(ledger.size).toBe(0);
  expect(summarizeLedger(ledger)).toMatchObject({ posts: 0, busiest_second: { count: 0, from: null } });
});
