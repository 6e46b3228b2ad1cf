import { expect, test } from '@playwright/test';
import { answerOf, signUp } from './support/api';
import {
  createCampaign,
  goodPhone,
  isCompleted,
  openShop,
  send,
  specialPhone,
  untilCampaign,
} from './support/campaigns';
import { changeSandbox, ledger, sandbox } from './support/sandbox';
import type { Recipient } from './support/shapes';

interface End {
  status: Recipient['status'] | 'delivered or read';
  code?: number;
  posts: number;
  attempts?: number;
}

/** docs/sandbox.md's agreed digits, and where the contract (§6, promise 6) says each must end. */
const ends: Record<string, End> = {
  '0001': { status: 'failed', code: 131026, posts: 1 },
  '0002': { status: 'failed', code: 131026, posts: 1 },
  '0003': { status: 'delivered', posts: 1 },
  '0004': { status: 'failed', code: 131049, posts: 1 },
  '0005': { status: 'delivered or read', posts: 1 },
  '0006': { status: 'unconfirmed', posts: 1 },
  '0007': { status: 'delivered or read', posts: 1 },
  '0008': { status: 'delivered or read', posts: 1 },
  '0009': { status: 'unconfirmed', posts: 1 },
  '0010': { status: 'failed', code: 130472, posts: 1 },
  '0011': { status: 'sent', posts: 1 },
  '0012': { status: 'delivered or read', posts: 1 },
  '0015': { status: 'failed', code: 131050, posts: 1 },
  '0016': { status: 'delivered or read', posts: 3, attempts: 1 },
  '0017': { status: 'delivered or read', posts: 1 },
  '0018': { status: 'delivered or read', posts: 1 },
  '0020': { status: 'read', posts: 1 },
  '0023': { status: 'read', posts: 1 },
  '0025': { status: 'delivered or read', posts: 2, attempts: 1 },
  '0026': { status: 'delivered or read', posts: 1 },
  '0027': { status: 'unconfirmed', posts: 1 },
  '0028': { status: 'unconfirmed', posts: 1 },
  '0030': { status: 'unconfirmed', posts: 1 },
  '0031': { status: 'unconfirmed', posts: 1 },
  '0032': { status: 'delivered or read', posts: 1 },
  '0035': { status: 'failed', code: 131030, posts: 1 },
};

test('every class of answer ends where the contract says, and nobody is written to twice', async ({
  request,
}) => {
  const account = await signUp(request);
  const { api } = account;
  const shop = await openShop(account);
  const number = shop.sender.phone_number_id;
  // Good ones in between: a row of lost answers alone would, rightly, pause the campaign.
  const special = Object.keys(ends);
  const phones = special.flatMap((digits, i) => [
    specialPhone(digits),
    goodPhone(2 * i),
    goodPhone(2 * i + 1),
  ]);
  const id = await createCampaign(account, shop, { phones, template: 'hello_world' });
  await send(account, id, { rate_limit: 40, worker_count: 20 });
  await untilCampaign(account, id, isCompleted, 45_000);

  const isThere = ({ status }: Recipient, want: End['status']) =>
    want === 'delivered or read' ? status === 'delivered' || status === 'read' : status === want;
  await expect
    .poll(
      async () => {
        const recipients = await api.recipients(id);
        return special.filter((digits) => {
          const recipient = recipients.find(({ to }) => to === specialPhone(digits));
          return !recipient || !isThere(recipient, (ends[digits] as End).status);
        });
      },
      { timeout: 15_000, intervals: [250] },
    )
    .toEqual([]);

  const recipients = await api.recipients(id);
  const entries = await ledger(number);
  for (const [digits, end] of Object.entries(ends)) {
    const to = specialPhone(digits);
    const recipient = recipients.find((each) => each.to === to);
    const posts = entries.filter((entry) => `+${entry.to}` === to);
    expect(posts.length, `requests for …${digits}`).toBe(end.posts);
    expect(recipient?.attempts, `attempts for …${digits}`).toBe(end.attempts ?? 1);
    expect(recipient?.error_code ?? null, digits).toBe(end.code ?? recipient?.error_code ?? null);
    if (end.status !== 'failed') continue;
    expect(recipient?.error_message?.length, digits).toBeGreaterThan(10);
    expect(recipient?.error_remedy?.length, digits).toBeGreaterThan(10);
    expect(recipient?.failed_at, digits).not.toBeNull();
  }
  expect(await api.campaign(id)).toMatchObject({
    status: 'completed',
    pending: 0,
    failed: 6,
    unconfirmed: 6,
  });

  const failed = await (await api.get(`/api/campaigns/${id}/recipients.csv?status=failed`)).text();
  expect(failed.trimEnd().split('\r\n')).toHaveLength(7);
  expect(failed).toContain('131049');
});

test('who writes STOP, or stops marketing, is skipped by the next campaign, in this workspace only', async ({
  request,
}) => {
  const account = await signUp(request);
  const other = await signUp(request);
  const shop = await openShop(account);
  const stopping = ['0013', '0014', '0015'].map((digits) => specialPhone(digits));
  const writing = specialPhone('0022');
  const phones = [...stopping, writing];
  const template = 'black_friday';
  const first = await createCampaign(account, shop, { phones, template });
  await send(account, first);
  await untilCampaign(
    account,
    first,
    ({ status, delivered, failed }) => status === 'completed' && delivered === 3 && failed === 1,
  );

  // The answer to a message is on its way some time after its last receipt.
  await expect
    .poll(
      async () => {
        const again = await createCampaign(account, shop, { phones, template });
        await send(account, again);
        const end = await untilCampaign(account, again, isCompleted);
        return { skipped: end.skipped, sent: end.sent };
      },
      { timeout: 30_000, intervals: [500] },
    )
    .toEqual({ skipped: 3, sent: 1 });
  const [latest] = (await answerOf(await account.api.get('/api/campaigns?limit=1'), 200)) as { id: string }[];
  const skipped = await account.api.recipients(String(latest?.id), '&status=skipped');
  expect(skipped.map(({ to, attempts }) => [to, attempts])).toEqual(stopping.map((to) => [to, 0]));

  const otherShop = await openShop(other);
  const elsewhere = await createCampaign(other, otherShop, { phones, template });
  await send(other, elsewhere);
  expect(await untilCampaign(other, elsewhere, isCompleted)).toMatchObject({ skipped: 0 });
});

test('an upload leaves numbers on the do-not-contact list out, and says so', async ({ request }) => {
  const account = await signUp(request);
  const shop = await openShop(account);
  await sandbox('POST', '/inbound', {
    phone_number_id: shop.sender.phone_number_id,
    from: goodPhone(7),
    text: ' Stop! ',
  });
  const text = `phone_number\n${goodPhone(7)}\n${goodPhone(8)}\n`;
  const file = { name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from(text) };
  const template_id = String(shop.template('hello_world').id);
  const made = await answerOf(await account.api.upload({ name: 'x', template_id, file }), 201);
  expect(made).toMatchObject({ rows: 2, imported: 1, suppressed: 1, invalid: 0, duplicates: 0 });
});

test('what dooms every message pauses the campaign in plain words, and fails nobody', async ({ request }) => {
  const account = await signUp(request);
  const { api } = account;
  const shop = await openShop(account);
  const number = shop.sender.phone_number_id;
  const phones = Array.from({ length: 60 }, (_, i) => goodPhone(i));
  const id = await createCampaign(account, shop, { phones });
  await sandbox('PATCH', `/numbers/${number}`, { token_expired: true });
  await send(account, id, { rate_limit: 20 });
  const paused = await untilCampaign(account, id, ({ status }) => status === 'paused');
  expect(paused.paused_reason).toMatch(/token/i);
  expect(paused).toMatchObject({ failed: 0, sent: 0, unconfirmed: 0, pending: 60 });

  await sandbox('PATCH', `/numbers/${number}`, { token_expired: false });
  await send(account, id, { rate_limit: 1000 });
  const finished = await untilCampaign(account, id, isCompleted);
  expect(finished).toMatchObject({ sent: 60, failed: 0, paused_reason: null });
  expect(await api.recipients(id, '&status=failed')).toEqual([]);
});

test('an outage turns no list into doubt: after some lost answers the campaign pauses and says so', async ({
  request,
}) => {
  const account = await signUp(request);
  const shop = await openShop(account);
  const phones = Array.from({ length: 300 }, (_, i) => goodPhone(i));
  const id = await createCampaign(account, shop, { phones });
  const fault = {
    phone_number_id: shop.sender.phone_number_id,
    rules: [{ match: {}, action: '500_before' }],
  };
  await sandbox('POST', '/faults', fault);
  await send(account, id, { rate_limit: 100, worker_count: 10 });
  const paused = await untilCampaign(account, id, ({ status }) => status === 'paused', 40_000);
  expect(paused.paused_reason?.length).toBeGreaterThan(20);
  expect(paused.unconfirmed).toBeLessThanOrEqual(40);
  expect(paused.failed).toBe(0);
});

test('throttling fails nobody and burns no attempt', async ({ request }) => {
  const account = await signUp(request);
  const shop = await openShop(account);
  const number = shop.sender.phone_number_id;
  const phones = Array.from({ length: 60 }, (_, i) => goodPhone(i));
  const id = await createCampaign(account, shop, { phones });
  const rules = [{ match: { after_n: 10, first_n: 30 }, action: 'throttle' }];
  await sandbox('POST', '/faults', { phone_number_id: number, rules });
  await changeSandbox(number, { latency_ms: [20, 20] });
  await send(account, id, { rate_limit: 50 });
  expect(await untilCampaign(account, id, isCompleted, 45_000)).toMatchObject({
    sent: 60,
    failed: 0,
    unconfirmed: 0,
  });
  const recipients = await account.api.recipients(id);
  expect(Math.max(...recipients.map(({ attempts }) => attempts))).toBe(1);
});
