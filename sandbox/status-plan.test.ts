import { describe, expect, test } from 'vitest';
import { seededRandom } from './random';
import { DEFAULT_SETTINGS, type Settings } from './settings';
import { planStatuses, type PlannedStatus } from './status-plan';

const RUNS = 4000;

function plans(settings: Partial<Settings>): PlannedStatus[][] {
  const random = seededRandom(42);
  return Array.from({ length: RUNS }, () =>
    planStatuses(undefined, { ...DEFAULT_SETTINGS, ...settings }, random),
  );
}

const share = (list: PlannedStatus[][], holds: (plan: PlannedStatus[]) => boolean): number =>
  list.filter(holds).length / list.length;

const orderly = { duplicate_share: 0, reorder_share: 0, skip_delivered_share: 0 };

describe('a recipient who behaves well', () => {
  test('is reported sent, then delivered, and in 70 % of cases read, within the agreed times', () => {
    const list = plans(orderly);
    expect(share(list, (plan) => plan.length === 3)).toBeCloseTo(0.7, 1);
    for (const [sent, delivered, read] of list) {
      expect(sent?.status).toBe('sent');
      expect(sent?.reportMs).toBeGreaterThanOrEqual(50);
      expect(sent?.reportMs).toBeLessThan(300);
      expect(delivered?.status).toBe('delivered');
      expect(delivered?.reportMs).toBeGreaterThan(sent?.reportMs ?? Infinity);
      if (read) expect(read.reportMs).toBeGreaterThan(delivered?.reportMs ?? Infinity);
    }
  });

  test('times scale, down to nothing', () => {
    expect(
      plans({ ...orderly, delay_scale: 0 })
        .flat()
        .every((status) => status.reportMs === 0),
    ).toBe(true);
    expect(
      Math.min(
        ...plans({ ...orderly, delay_scale: 10 })
          .flat()
          .map((s) => s.reportMs),
      ),
    ).toBeGreaterThan(499);
  });

  test('disorder, repetition and skipped deliveries have their shares', () => {
    const swapped = plans({ ...orderly, reorder_share: 0.2 });
    expect(share(swapped, ([a, b]) => (a?.reportMs ?? 0) > (b?.reportMs ?? 0))).toBeCloseTo(0.2, 1);
    const twice = plans({ ...orderly, read_share: 0, duplicate_share: 0.1 });
    expect(share(twice, (plan) => plan.length > 2)).toBeCloseTo(0.19, 1);
    const skipped = plans({ ...orderly, read_share: 1, skip_delivered_share: 0.5 });
    expect(share(skipped, (plan) => plan.length === 2 && plan[1]?.status === 'read')).toBeCloseTo(0.5, 1);
  });

  test('a swap changes when things are reported, not when they happened', () => {
    for (const [sent, delivered] of plans({ ...orderly, reorder_share: 1 })) {
      expect(sent?.happensMs).toBeLessThan(delivered?.happensMs ?? 0);
      expect(sent?.reportMs).toBeGreaterThan(delivered?.reportMs ?? Infinity);
    }
  });

  test('with statuses off nothing is planned', () => {
    expect(plans({ statuses: false }).flat()).toEqual([]);
  });
});

test('the same seed plans the same', () => {
  expect(plans({})).toEqual(plans({}));
});

describe('the price', () => {
  test('is said with sent and with one of delivered and read, however they are reported', () => {
    for (const plan of plans({ read_share: 1, skip_delivered_share: 0.5, duplicate_share: 0 })) {
      const priced = plan.filter(({ pricing }) => pricing === 'regular').map(({ status }) => status);
      const delivered = plan.some(({ status }) => status === 'delivered');
      expect(priced.sort()).toEqual([delivered ? 'delivered' : 'read', 'sent']);
    }
  });

  test('is why it is free, where the number is agreed to be', () => {
    const free = { free: 'free_entry_point' as const };
    const plan = planStatuses(free, { ...DEFAULT_SETTINGS, ...orderly, read_share: 0 }, seededRandom(1));
    expect(plan.map(({ pricing }) => pricing)).toEqual(['free_entry_point', 'free_entry_point']);
  });
});
