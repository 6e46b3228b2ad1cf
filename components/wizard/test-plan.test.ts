import { expect, test } from 'vitest';
import { holdbackWords, planTest, testNews, twinsAmong } from './test-plan';

const messages = [
  { key: 'A', share: 60 },
  { key: 'B', share: 40 },
] as const;
const holdback = { percent: 20, decide_by: 'read', after_minutes: 240 } as const;

test('the people are divided by the shares, and with a hold-back only those of the test', () => {
  expect(planTest({ people: 5_000, messages, holdback: null })).toEqual({
    groups: [
      { key: 'A', people: 3_000 },
      { key: 'B', people: 2_000 },
    ],
    waiting: 0,
  });
  expect(planTest({ people: 5_000, messages, holdback })).toEqual({
    groups: [
      { key: 'A', people: 600 },
      { key: 'B', people: 400 },
    ],
    waiting: 4_000,
  });
});

test('a test that can tell nothing is said to, and one that can says how much', () => {
  const newsFor = (people: number) => testNews(planTest({ people, messages, holdback: null }));
  expect(newsFor(240)).toMatchObject({
    look: 'warn',
    title: 'Too few people to tell the messages apart: about 96 people for message B',
  });
  expect(newsFor(240).message).not.toContain('refused');
  expect(newsFor(10).message).toContain('then the campaign is refused');
  expect(newsFor(5_000)).toMatchObject({
    look: 'plain',
    title: 'Differences of less than about 2.8 percentage points may be chance',
  });
  // A tenth of the people shows differences about three times as large.
  const held = planTest({ people: 5_000, messages, holdback: { ...holdback, percent: 10 } });
  expect(testNews(held).title).toContain('about 9 percentage points');
});

test('what becomes of those who wait is said, by time and by hand', () => {
  expect(holdbackWords(holdback, 4_000)).toBe(
    'About 4,000 others wait. 4 hours after the test was sent, the message that more people read goes to them by itself, even if the difference may be chance; you may choose before.',
  );
  expect(holdbackWords({ ...holdback, decide_by: 'reply', after_minutes: 90 }, 1)).toContain(
    'About 1 other waits. 90 minutes after the test was sent, the message that more people replied to',
  );
  expect(holdbackWords({ ...holdback, after_minutes: null }, 40)).toBe(
    'About 40 others wait until you choose a message on the campaign’s page; nothing goes to them before.',
  );
});

test('two messages that are the same to everybody are found, whatever the order of what fills them', () => {
  const filled = { body_param_1: { column: 'Name' }, body_param_2: { text: 'x' } };
  const turned = { body_param_2: { text: 'x' }, body_param_1: { column: 'Name' } };
  const of = (key: 'A' | 'B' | 'C', templateId: number, mapping: object) => ({ key, templateId, mapping });
  expect(twinsAmong([of('A', 1, filled), of('B', 2, filled), of('C', 1, turned)])).toEqual(['A', 'C']);
  expect(twinsAmong([of('A', 1, filled), of('B', 1, { ...turned, body_param_2: { text: 'y' } })])).toBeNull();
});
