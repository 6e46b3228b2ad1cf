import { expect, test } from 'vitest';
import type { Evidence, Post, Row } from './evidence';
import { judge } from './oracle';

const post = (id: string, attempt: number, values: Partial<Post> = {}): Post => ({
  at: 1_000_000,
  biz_opaque_callback_data: `campaign.${id}.${attempt}`,
  taken: true,
  code: 0,
  answer: 'answered',
  wamid: `wamid.${id}.${attempt}`,
  ...values,
});

const row = (id: string, values: Partial<Row> = {}): Row => ({
  id,
  status: 'sent',
  state: 'accepted',
  attempt: 1,
  wamid: null,
  sent: null,
  delivered: null,
  read: null,
  failed: null,
  ...values,
});

const status = (id: string, kind: string, at: number, isAcknowledged = true) => ({
  wamid: `wamid.${id}.1`,
  kind,
  at,
  isAcknowledged,
});

/** A campaign of one that went well, but for what is given. */
function evidence(values: Partial<Evidence> = {}): Evidence {
  const rows = values.rows ?? [row('a')];
  const among = (...names: string[]) => rows.filter((one) => names.includes(one.status)).length;
  return {
    campaign: { total: rows.length, status: 'completed', rateLimit: 10, workerCount: 5 },
    rows,
    posts: [post('a', 1)],
    statuses: [],
    counted: {
      pending: among('pending', 'sending'),
      sent: among('sent', 'delivered', 'read'),
      delivered: among('delivered', 'read'),
      read: among('read'),
      failed: among('failed'),
      skipped: among('skipped'),
      unconfirmed: among('unconfirmed'),
    },
    maxInFlight: 1,
    sampling: { looks: 9, unbalanced: [], backwards: [], mostUnconfirmed: 0 },
    stalledMs: 0,
    asked: new Map(),
    ...values,
  };
}

const broken = (values: Partial<Evidence>) => judge(evidence(values)).violations.map(({ rule }) => rule);

test('a campaign that went well breaks no rule', () => {
  expect(judge(evidence())).toMatchObject({ violations: [], posts: 1, twice: 0, lost: 0, unconfirmed: 0 });
});

test('a second POST needs a refusal in WhatsApp’s own words, or a person', () => {
  const rows = [row('a', { attempt: 2 })];
  const after = (first: Partial<Post>, asked = 0) =>
    broken({
      rows,
      posts: [post('a', 1, first), post('a', 2, { at: 1_000_100 })],
      asked: new Map([['a', asked]]),
    });
  const twice = ['nobody twice', 'a new attempt only after a refusal'];
  expect(after({})).toEqual(twice);
  expect(after({ answer: 'destroy' })).toEqual(twice);
  expect(after({ taken: false, answer: 'reset' })).toEqual(twice);
  expect(after({ taken: false, code: 131000 })).toEqual(twice);
  expect(after({ taken: false, code: 130429 })).toEqual([]);
  expect(after({}, 1)).toEqual([]);
});

test('whoever is still under way, gone, or shown as sent without a message is lost', () => {
  expect(broken({ rows: [row('a', { status: 'sending' })] })).toEqual(['nobody lost']);
  expect(broken({ posts: [] })).toEqual(['nobody lost']);
  expect(broken({ rows: [row('a', { status: 'failed', failed: 1 })], posts: [] })).toEqual(['nobody lost']);
  expect(broken({ campaign: { total: 2, status: 'completed', rateLimit: 10, workerCount: 5 } })).toEqual([
    'nobody lost',
  ]);
  expect(broken({ rows: [row('a', { status: 'unconfirmed' })], posts: [] })).toEqual([]);
});

test('what was answered 200 must be there, what nobody said must not, and each time is the one reported', () => {
  const read = row('a', { status: 'read', read: 9 });
  expect(broken({ rows: [read], statuses: [status('a', 'read', 9)] })).toEqual([]);
  expect(broken({ rows: [row('a')], statuses: [status('a', 'read', 9)] })).toEqual([
    'no acknowledged status is lost',
  ]);
  const refused = status('a', 'read', 9, false);
  const unanswered = 'every status is answered 200 in the end';
  expect(broken({ rows: [row('a')], statuses: [refused] })).toEqual([unanswered]);
  expect(broken({ rows: [read], statuses: [refused, status('a', 'read', 9)] })).toEqual([]);
  expect(broken({ rows: [read] })).toEqual(['facts are what WhatsApp said']);
  expect(broken({ rows: [read], statuses: [status('a', 'read', 8)] })).toEqual([
    'facts are what WhatsApp said',
  ]);
  expect(broken({ rows: [{ ...read, status: 'sent' }], statuses: [status('a', 'read', 9)] })).toEqual([
    'the shown status follows from the facts',
  ]);
});

test('counters that are off at the end or were at any moment, and a status that fell back, are seen', () => {
  expect(broken({ counted: { sent: 2 } })).toEqual(['counters = rows, at the end']);
  const sampling = { looks: 9, unbalanced: ['x'], backwards: ['y'], mostUnconfirmed: 0 };
  expect(broken({ sampling })).toEqual(['no status falls back', 'counters = rows, all along']);
});

test('a campaign that nobody could look at proves nothing', () => {
  const sampling = { looks: 2, unbalanced: [], backwards: [], mostUnconfirmed: 0 };
  expect(broken({ sampling })).toEqual(['it was watched']);
});

test('too many in one second, or at once, is seen; a stall of the machine is allowed for', () => {
  const posts = (count: number) => Array.from({ length: count }, (_, i) => post('b', 1, { at: 999 + i }));
  const rows = [row('b')];
  const allowed = { taken: false, code: 130429 };
  const crowd = posts(20).map((one, i) => (i < 19 ? { ...one, ...allowed } : one));
  expect(broken({ rows, posts: crowd })).toEqual(['the rate is kept']);
  expect(broken({ rows, posts: crowd, stalledMs: 800 })).toEqual([]);
  expect(broken({ maxInFlight: 6 })).toEqual(['worker_count is kept']);
});
