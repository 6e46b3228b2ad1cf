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

function observe(brake: Brake, outcomes: Outcome[]): Braking['kind'][] {
  return outcomes.map((outcome) => brake.observe(outcome).kind);
}

test('lost answers in a row first slow the sender, then pause the campaign and say why', () => {
  const kinds = observe(new Brake(), Array(20).fill(lost));
  expect(kinds).toEqual([...Array(4).fill('none'), ...Array(15).fill('probe'), 'pause']);
  const brake = new Brake();
  observe(brake, Array(19).fill(lost));
  expect(brake.observe(lost)).toMatchObject({
    kind: 'pause',
    reason: expect.stringContaining('20 messages in a row'),
  });
});

test('one accepted message ends the run', () => {
  const brake = new Brake();
  observe(brake, [...Array(19).fill(lost), accepted]);
  expect(brake.observe(lost).kind).toBe('none');
});

test('the same parameter fault twenty times in a row is the campaign, not the recipients', () => {
  expect(observe(new Brake(), Array(20).fill(rejected(132000))).at(-1)).toBe('pause');
});

test('numbers that are not on WhatsApp do not stop a campaign until a hundred have failed in a row', () => {
  const kinds = observe(new Brake(), Array(100).fill(rejected(131026)));
  expect(kinds.indexOf('pause')).toBe(99);
});

test('throttling is no trouble', () => {
  const throttled: Outcome = {
    kind: 'throttled',
    scope: 'sender',
    error: { code: 130429, message: '', details: null, httpStatus: 400 },
  };
  expect(observe(new Brake(), Array(500).fill(throttled)).every((kind) => kind === 'none')).toBe(true);
});
