import { describe, expect, test } from 'vitest';
import { faultsSchema, FaultRules } from './faults';
import { seededRandom } from './random';

function fired(match: object, posts = 12, seed = 1): number[] {
  const faults = new FaultRules(seededRandom(seed));
  faults.set(faultsSchema.parse({ all: true, rules: [{ match, action: '500_after' }] }));
  const hits: number[] = [];
  for (let i = 1; i <= posts; i++) if (faults.find('1', `1415555${1000 + i}`)) hits.push(i);
  return hits;
}

describe('a rule', () => {
  test('fires on every POST when nothing is asked, or on those asked for', () => {
    expect(fired({}, 3)).toEqual([1, 2, 3]);
    expect(fired({ first_n: 2 })).toEqual([1, 2]);
    expect(fired({ after_n: 10 })).toEqual([11, 12]);
    expect(fired({ every_nth: 5 })).toEqual([5, 10]);
    expect(fired({ after_n: 5, every_nth: 3 })).toEqual([6, 9, 12]);
    expect(fired({ to_suffix: '1004' })).toEqual([4]);
  });

  test('counts only the recipients it is about', () => {
    expect(fired({ to_suffix: '2', first_n: 1 })).toEqual([2]);
  });

  test('by chance fires as often as it says, and the same again with the same seed', () => {
    const hits = fired({ probability: 0.25 }, 2000);
    expect(hits.length / 2000).toBeCloseTo(0.25, 1);
    expect(fired({ probability: 0.25 }, 2000)).toEqual(hits);
    expect(fired({ probability: 0.25 }, 2000, 2)).not.toEqual(hits);
  });
});

test('a number has its own rules before those for all; clearing them ends it', () => {
  const faults = new FaultRules(seededRandom(1));
  faults.set(faultsSchema.parse({ all: true, rules: [{ action: 'throttle' }] }));
  faults.set(
    faultsSchema.parse({
      phone_number_id: '7',
      rules: [{ action: 'error', code: 131048, http_status: 403 }],
    }),
  );
  expect(faults.find('7', '14155550123')?.refuse).toEqual({ kind: 'error', code: 131048, httpStatus: 403 });
  expect(faults.find('8', '14155550123')?.refuse).toEqual({ kind: 'error', code: 130429 });
  faults.clear('7');
  expect(faults.find('7', '14155550123')?.refuse).toEqual({ kind: 'error', code: 130429 });
  faults.clear();
  expect(faults.find('8', '14155550123')).toBeUndefined();
});
