import { describe, expect, test } from 'vitest';
import { seededRandom } from './random';
import { DEFAULT_SETTINGS, settingsOfTemplate, type Settings } from './settings';
import { planReaction, planStatuses, type PlannedStatus } from './status-plan';

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

  test('reads the messages of one template more often than those of another', () => {
    const settings = {
      ...DEFAULT_SETTINGS,
      ...orderly,
      read_share: 0.5,
      read_share_of: { warm: 1, cold: 0 },
    };
    const readOf = (name: string) =>
      share(plans(settingsOfTemplate(settings, name)), (plan) =>
        plan.some(({ status }) => status === 'read'),
      );
    expect([readOf('warm'), readOf('cold')]).toEqual([1, 0]);
    expect(readOf('another')).toBeCloseTo(0.5, 1);
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

describe('whoever the message reaches', () => {
  const arrived: PlannedStatus[] = [{ status: 'delivered', happensMs: 0, reportMs: 0 }];
  const replies = (settings: Partial<Settings>, planned = arrived) => {
    const random = seededRandom(7);
    return Array.from({ length: RUNS }, () =>
      planReaction(undefined, planned, { ...DEFAULT_SETTINGS, ...settings }, random),
    );
  };

  test('writes back in the share that is set, with STOP and with the message named in theirs', () => {
    const list = replies({
      reply_share: 0.4,
      stop_share: 0.25,
      reply_context_share: 0.5,
      reply_texts: ['Hm'],
    });
    const written = list.filter((reply) => typeof reply === 'object');
    expect(written.length / RUNS).toBeCloseTo(0.4, 1);
    expect(new Set(written.map(({ body }) => body))).toEqual(new Set(['STOP', 'Hm']));
    expect(written.filter(({ body }) => body === 'STOP').length / written.length).toBeCloseTo(0.25, 1);
    expect(written.filter(({ names }) => names).length / written.length).toBeCloseTo(0.5, 1);
  });

  test('says nothing unless it is set, nor does anybody whom nothing reached', () => {
    expect(replies({})).toEqual(Array(RUNS).fill(undefined));
    const failed: PlannedStatus[] = [{ status: 'failed', happensMs: 0, reportMs: 0, code: 131026 }];
    expect(replies({ reply_share: 1 }, failed)).toEqual(Array(RUNS).fill(undefined));
  });
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
