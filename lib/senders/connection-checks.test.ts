import { describe, expect, it } from 'vitest';
import type { GraphPhoneNumber } from '@/lib/whatsapp/graph';
import { checksOf, untriedChecks } from './connection-checks';
import type { Findings, Read, Unread } from './findings';

const good = <T>(value: T): Read<T> => ({ ok: true, value });
const bad = (code: string, metaCode: number | null = null): Unread => ({
  ...{ ok: false, code, metaCode },
  message: `words of ${code}`,
});
const refusedToken = bad('whatsapp_token_invalid', 190);
const unknownObject = bad('whatsapp_object_unknown', 100);
const unreachable = bad('whatsapp_unreachable');

const number = (more: Partial<GraphPhoneNumber> = {}): GraphPhoneNumber => ({
  quality_rating: 'GREEN',
  status: 'CONNECTED',
  throughput: { level: 'STANDARD' },
  whatsapp_business_manager_messaging_limit: 'TIER_1K',
  health_status: { can_send_message: 'AVAILABLE', entities: [] },
  display_phone_number: '+1 555-010-0001',
  verified_name: 'Shop',
  ...more,
});

const WEBHOOK = { url: 'https://herald.example/api/webhooks/whatsapp', verifyToken: 'vt-1', seenAtMs: null };

const findings = (more: Partial<Findings> = {}): Findings => ({
  phoneNumberId: '111',
  sandbox: false,
  number: good(number()),
  numbers: good([{ id: '111', display_phone_number: '+1 555-010-0001' }]),
  templates: good(true),
  apps: good(1),
  proof: good(undefined),
  webhook: WEBHOOK,
  nowMs: 10_000_000,
  ...more,
});

/** `key: result` of all of them, and the message of one. */
const results = (more: Partial<Findings>) =>
  Object.fromEntries(checksOf(findings(more)).map(({ key, result }) => [key, result]));
const messageOf = (key: string, more: Partial<Findings>) =>
  checksOf(findings(more)).find((check) => check.key === key)?.message;

it('a connection that is right passes, but for a webhook that nobody has called yet', () => {
  expect(checksOf(findings())).toEqual([
    { key: 'token', result: 'pass', message: 'WhatsApp accepts the access token.' },
    { key: 'number', result: 'pass', message: '+1 555-010-0001 (Shop) is connected and may send.' },
    { key: 'account', result: 'pass', message: 'The account can be read and holds this number.' },
    { key: 'templates', result: 'pass', message: 'The templates can be read.' },
    {
      key: 'webhook',
      result: 'unknown',
      message:
        'Nothing was reported yet: in the Meta app open WhatsApp → Configuration, enter https://herald.example/api/webhooks/whatsapp with verify token vt-1, and subscribe to “messages”.',
    },
  ]);
});

describe('the token', () => {
  const all = (read: Unread) => ({ number: read, numbers: read, templates: read, apps: read, proof: read });

  it('that is refused is the one fault told; the rest was not seen', () => {
    expect(results(all(refusedToken))).toEqual({
      ...{ token: 'fail', number: 'unknown', account: 'unknown', templates: 'unknown', webhook: 'unknown' },
    });
  });

  it('is good where Graph looked at the object, even if it knew none', () => {
    expect(results(all(unknownObject))).toMatchObject({ token: 'pass', number: 'fail', account: 'fail' });
  });

  it('is neither good nor bad when WhatsApp did not answer, and the cause is told', () => {
    expect(results(all(unreachable))).toMatchObject({ token: 'unknown', number: 'unknown' });
    expect(messageOf('token', all(unreachable))).toBe('words of whatsapp_unreachable');
  });
});

describe('the number', () => {
  it.each([
    [{ status: 'PENDING' }, 'fail', /PENDING, not CONNECTED/],
    [{ status: null }, 'unknown', /does not say whether/],
    [{ status: 'FLAGGED' }, 'pass', /may send/],
    [{ health_status: { can_send_message: 'BLOCKED', entities: [] } }, 'fail', /open WhatsApp Manager/],
    [{ health_status: { can_send_message: 'LIMITED', entities: [] } }, 'pass', /limits what it sends/],
  ])('as %j is %s', (more, result, words) => {
    const seen = { number: good(number(more)) };
    expect(results(seen).number).toBe(result);
    expect(messageOf('number', seen)).toMatch(words);
  });

  it("that is blocked tells WhatsApp's reason and its advice", () => {
    const entity = (errors: { error_description: string; possible_solution: string }[]) => ({
      ...{ entity_type: 'WABA', id: '1' },
      errors,
    });
    const errors = [{ error_description: 'No payment method.', possible_solution: 'Add one.' }];
    const health_status = { can_send_message: 'BLOCKED', entities: [entity([]), entity(errors)] };
    const message = messageOf('number', { number: good(number({ health_status })) });
    expect(message).toMatch(/: No payment method\. Add one\.$/);
  });

  it('with a wrong id is answered with the ids that the account has', () => {
    const numbers = good([{ id: '222', display_phone_number: '+44 20 7946 0000' }]);
    const message = messageOf('number', { number: unknownObject, numbers });
    expect(message).toContain('+44 20 7946 0000 (id 222)');
  });
});

it('an account that holds other numbers fails, and names at most three of them', () => {
  const numbers = good(['2', '3', '4', '5'].map((id) => ({ id, display_phone_number: null })));
  expect(results({ numbers }).account).toBe('fail');
  expect(messageOf('account', { numbers })).toContain('id 2, id 3, id 4, 1 more');
});

it('templates that may not be read fail with the reason; none at all is no fault', () => {
  const missing = bad('whatsapp_permission_missing', 200);
  expect(results({ templates: missing })).toMatchObject({ token: 'pass', templates: 'fail' });
  expect(results({ templates: good(false) }).templates).toBe('pass');
  expect(messageOf('templates', { templates: good(false) })).toMatch(/none yet/);
});

describe('the webhook', () => {
  it('that was called passes and says when', () => {
    const webhook = { ...WEBHOOK, seenAtMs: 10_000_000 - 180_000 };
    expect(messageOf('webhook', { webhook })).toBe('The last report came 3 min ago.');
    expect(results({ webhook }).webhook).toBe('pass');
  });

  it('fails with the secret of another app, but only where the number is readable without it', () => {
    const seen = { proof: unknownObject, webhook: { ...WEBHOOK, seenAtMs: 1 } };
    expect(results(seen).webhook).toBe('fail');
    expect(messageOf('webhook', seen)).toMatch(/app secret/);
    expect(results({ proof: unknownObject, number: unknownObject }).webhook).toBe('unknown');
  });

  it('fails when no app is subscribed, and when Meta could never reach it', () => {
    expect(results({ apps: good(0) }).webhook).toBe('fail');
    const webhook = { ...WEBHOOK, url: 'http://127.0.0.1:3000/api/webhooks/whatsapp' };
    expect(messageOf('webhook', { webhook })).toMatch(/PUBLIC_URL/);
    expect(results({ webhook }).webhook).toBe('fail');
    expect(results({ webhook, sandbox: true }).webhook).toBe('unknown');
  });

  it('promises the verify token for after saving while there is none', () => {
    expect(messageOf('webhook', { webhook: { ...WEBHOOK, verifyToken: null } })).toMatch(/after saving/);
  });
});

it('a connection that could not be tried fails once, with the reason', () => {
  const checks = untriedChecks('The key was changed.');
  expect(checks.map(({ key }) => key)).toEqual(checksOf(findings()).map(({ key }) => key));
  expect(checks.filter(({ result }) => result === 'fail')).toMatchObject([
    { key: 'token', message: 'The key was changed.' },
  ]);
});
