import { expect, test } from 'vitest';
import type { Outcome } from '@/lib/whatsapp/types';
import { Brake, type Braking } from './brake';

const accepted: Outcome = { kind: 'accepted', wamid: 'w', held: false };

function rejected(code: number): Outcome {
  return {
    kind: 'rejected',
    suppress: false,
    error: { code, message: 'no', details: null, httpStatus: 400 },
  };
}

const lost: Outcome = {
  kind: 'ambiguous',
  error: { code: null, message: 'No answer came in time.', details: null, httpStatus: null },
};

function times<T>(n: number, value: T): T[] {
  return Array.from({ length: n }, () => value);
}

function observe(brake: Brake, outcomes: Outcome[]): Braking['kind'][] {
  return outcomes.map((outcome) => brake.observe(outcome).kind);
}

test('lost answers in a row first slow the sender, then pause the campaign and say why', () => {
  const kinds = observe(new Brake(), times(20, lost));
  expect(kinds).toEqual([...times(4, 'none'), ...times(15, 'probe'), 'pause']);
  const brake = new Brake();
  observe(brake, times(19, lost));
  const braking = brake.observe(lost);
  expect(braking.kind === 'pause' && braking.reason).toContain('20 messages in a row');
});

test('one accepted message ends the run', () => {
  const brake = new Brake();
  observe(brake, [...times(19, lost), accepted]);
  expect(brake.observe(lost).kind).toBe('none');
});

test('the same parameter fault twenty times in a row is the campaign, not the recipients', () => {
  expect(observe(new Brake(), times(20, rejected(132000))).at(-1)).toBe('pause');
});

test('numbers that are not on WhatsApp do not stop a campaign until a hundred have failed in a row', () => {
  const kinds = observe(new Brake(), times(100, rejected(131026)));
  expect(kinds.indexOf('pause')).toBe(99);
});

test('throttling is no trouble', () => {
  const throttled: Outcome = {
    kind: 'throttled',
    scope: 'sender',
    error: { code: 130429, message: '', details: null, httpStatus: 400 },
  };
  expect(observe(new Brake(), times(500, throttled)).every((kind) => kind === 'none')).toBe(true);
});
