import { expect, test } from 'vitest';
import { createLog } from './log';

const API_KEY = `hrld_${'canary-_'.repeat(5)}xyz`;
const CANARIES = [
  '+14155550123',
  'EAAcanarytokencanarytoken',
  'hunter2',
  'Dear Ana',
  'canary-secret',
  API_KEY,
];

function capture(write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  const log = createLog({ write: (line) => lines.push(line) });
  log.level = 'info';
  write(log);
  return lines.join('');
}

test('no token, secret, phone number or message text gets into a line, wherever it stands', () => {
  const out = capture((log) => {
    log.info({ access_token: 'canary-secret', nested: { deep: { app_secret: 'canary-secret' } } }, 'sync');
    log.info({ request: { headers: { authorization: 'Bearer canary-secret' } } }, 'in');
    log.info({ to: '+14155550123', template: { components: [{ text: 'Dear Ana' }] } }, 'sent');
    log.warn({ statuses: [{ recipient_phone: '+14155550123' }] }, 'number +14155550123 failed');
    log.error({ err: new Error('POST with EAAcanarytokencanarytoken to +14155550123 failed') }, 'send');
    log.error(new Error('connect postgres://herald:hunter2@db/herald failed'));
    const dbError = Object.assign(new Error('duplicate key'), {
      code: '23505',
      detail: 'Key (phone)=(+14155550123) already exists.',
      parameters: ['+14155550123', 'Dear Ana'],
    });
    log.error({ err: new Error('import failed', { cause: dbError }) });
    log.child({ phone: '+14155550123' }).info('bound');
    log.info('token is %s', 'Bearer canary-secret');
    log.warn({ header: [API_KEY], err: new Error(`no such key: ${API_KEY}`) }, `refused ${API_KEY}`);
  });
  expect(out.split('\n').filter(Boolean)).toHaveLength(10);
  for (const canary of CANARIES) expect(out).not.toContain(canary);
});

test('what an operator needs stays: level, time, ids, codes, stacks', () => {
  const error = Object.assign(new Error('boom'), { code: 'ECONNREFUSED' });
  const line = capture((log) =>
    log.error({ err: error, campaignId: '0199-a', phone_number_id: '123456789012345' }, 'sending failed'),
  );
  expect(JSON.parse(line)).toMatchObject({
    level: 'error',
    msg: 'sending failed',
    campaignId: '0199-a',
    phone_number_id: '123456789012345',
    err: { message: 'boom', code: 'ECONNREFUSED' },
  });
  expect(line).toContain('log.test.ts');
  expect(line).toMatch(/"time":"\d{4}-\d{2}-\d{2}T/);
});

test('a circle in an object does not stop the log', () => {
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  expect(capture((log) => log.info({ circle }, 'still here'))).toContain('still here');
});
