import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { database } from '@/db/client';
import { auditEvents } from '@/db/schema/accounts';
import { webhookDeliveries, webhookEndpoints } from '@/db/schema/webhook-endpoints';
import { addOptOuts } from '@/lib/opt-outs/mutations';
import type { Actor } from '@/lib/tenant';
import { listOf } from '@/lib/webhook-endpoints/addresses';
import { attemptDelivery } from '@/lib/webhook-endpoints/deliver';
import { listDeliveries, redeliver, sendTestDelivery } from '@/lib/webhook-endpoints/deliveries';
import { rotateWebhookSecret, updateWebhookEndpoint } from '@/lib/webhook-endpoints/mutations';
import { openPoster } from '@/lib/webhook-endpoints/post';
import { getWebhookEndpoint } from '@/lib/webhook-endpoints/queries';
import { purgeDeliveries } from '@/lib/webhook-endpoints/purge';
import { claimDeliveries, settleDelivery } from '@/lib/webhook-endpoints/queue';
import { MAX_ATTEMPTS } from '@/lib/webhook-endpoints/retries';
import { useFreshDatabase } from '@/tests/support/fresh-database';
import { addEndpoint, deliveriesOf, endpointRow, makeDue, setEndpoint } from '@/tests/support/hook-endpoints';
import { HookReceiver, isSignedBy } from '@/tests/support/hook-receiver';
import { createWorkspace } from '@/tests/support/rows';
import { startWebhooks, type Webhooks } from './webhooks';

// Workers take whatever is due: this file needs a database of its own.
await useFreshDatabase();

const WAIT = { timeout: 20_000, interval: 50 };
const loopback = listOf(['127.0.0.0/8']);
const DAY_MS = 86_400_000;
const aTime: unknown = expect.any(Date);

let receiver: HookReceiver;
let actor: Actor;
const workers: Webhooks[] = [];
let numbers = 0;

beforeEach(async () => {
  receiver = await HookReceiver.open();
  actor = await createWorkspace();
});

afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop(1_000)));
  await receiver.close();
  await database().db.update(webhookEndpoints).set({ enabled: false });
});

afterAll(() => database().close());

function startWorker(timeoutMs?: number): Webhooks {
  const worker = startWebhooks(openPoster(loopback, timeoutMs));
  workers.push(worker);
  return worker;
}

/** Something happens: `count` numbers are put on the do-not-contact list, one event each. */
async function happen(count = 1): Promise<string[]> {
  const phones = Array.from({ length: count }, () => `+1202557${String((numbers += 1)).padStart(4, '0')}`);
  await addOptOuts({ workspaceId: actor.workspaceId, phones, source: 'manual', reason: 'Asked.' });
  return phones;
}

/** What one delivery has become, once it has as many attempts behind it. */
async function afterTries(endpointId: string, tries: number) {
  return vi.waitFor(async () => {
    const [delivery] = await deliveriesOf(endpointId);
    if (!delivery || delivery.tries.length < tries || delivery.leaseToken !== null)
      throw new Error('not yet');
    return delivery;
  }, WAIT);
}

const claimOne = () => claimDeliveries({ max: 1, perEndpoint: 1, inHand: new Map() });

describe('a delivery', () => {
  it('arrives signed with the endpoint’s secret, and only with it', async () => {
    const { id, secret } = await addEndpoint(actor, receiver.url());
    const [phone] = await happen();
    startWorker();
    const delivery = await afterTries(id, 1);
    expect(delivery).toMatchObject({ state: 'delivered', attempts: 1 });
    expect(delivery.tries).toMatchObject([{ status: 204, error: null }]);
    const [hook] = receiver.received;
    if (!hook) throw new Error('nothing came');
    expect(hook.headers).toMatchObject({
      'content-type': 'application/json',
      'user-agent': 'Herald-Webhooks/1',
      'webhook-id': `msg_${delivery.eventId}`,
    });
    expect(Math.abs(Number(hook.headers['webhook-timestamp']) - Date.now() / 1_000)).toBeLessThan(60);
    expect(isSignedBy(secret, hook)).toBe(true);
    expect(isSignedBy(secret, { ...hook, body: `${hook.body} ` })).toBe(false);
    expect(receiver.events('contact.opted_out')).toMatchObject([{ data: { phone, source: 'manual' } }]);
    expect(await endpointRow(id)).toMatchObject({ failingSince: null, lastSuccessAt: aTime });
  });

  it('that is refused comes again later, with the same id and a new time, until it is taken', async () => {
    const { id } = await addEndpoint(actor, receiver.url());
    receiver.answer = (response) => response.writeHead(503).end('Busy\0');
    await happen();
    startWorker();
    const refused = await afterTries(id, 1);
    expect(refused).toMatchObject({ state: 'waiting', attempts: 1 });
    expect(refused.tries[0]).toMatchObject({ status: 503, error: 'Answered 503.', answer: 'Busy' });
    expect(refused.dueAt.getTime()).toBeGreaterThan(Date.now());
    expect(await endpointRow(id)).toMatchObject({ failuresInARow: 1, failingSince: aTime });
    receiver.answer = (response) => response.writeHead(200).end();
    await makeDue(id);
    expect(await afterTries(id, 2)).toMatchObject({ state: 'delivered', attempts: 2 });
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(await endpointRow(id)).toMatchObject({ failuresInARow: 0, failingSince: null });
  });

  it('is given up after the last attempt, and says so', async () => {
    const { id } = await addEndpoint(actor, receiver.url());
    receiver.answer = (response) => response.writeHead(500).end();
    await happen();
    startWorker();
    for (let tries = 1; tries <= MAX_ATTEMPTS; tries += 1) {
      await afterTries(id, tries);
      await makeDue(id);
    }
    const [delivery] = await deliveriesOf(id);
    expect(delivery).toMatchObject({ state: 'given_up', attempts: MAX_ATTEMPTS, endedAt: aTime });
    expect(receiver.received).toHaveLength(MAX_ATTEMPTS);
  });

  it('follows no redirect', async () => {
    const { id } = await addEndpoint(actor, receiver.url());
    const elsewhere = await HookReceiver.open();
    receiver.answer = (response) => response.writeHead(307, { location: elsewhere.url() }).end();
    await happen();
    startWorker();
    const { tries } = await afterTries(id, 1);
    expect(tries[0]?.error).toMatch(/^Answered 307: redirects are not followed/);
    expect(elsewhere.received).toEqual([]);
    await elsewhere.close();
  });

  it('waits for no answer that does not come, or does not end', async () => {
    const { id } = await addEndpoint(actor, receiver.url());
    let answers = 0;
    receiver.answer = (response) => {
      answers += 1;
      if (answers === 2) response.writeHead(200).write('ok');
    };
    await happen();
    startWorker(300);
    await afterTries(id, 1);
    await makeDue(id);
    const { tries, state } = await afterTries(id, 2);
    expect(tries.map(({ error }) => error)).toEqual(Array(2).fill('No answer within 0.3 seconds.'));
    expect(state).toBe('waiting');
  });

  it('reads no more of an answer than it keeps', async () => {
    const { id } = await addEndpoint(actor, receiver.url());
    let written = 0;
    receiver.answer = (response) => {
      response.writeHead(200);
      const more = (): void => {
        while (!response.destroyed && written < 50_000_000) {
          written += 65_536;
          if (!response.write('x'.repeat(65_536))) return void response.once('drain', more);
        }
        response.end();
      };
      more();
    };
    await happen();
    startWorker();
    const { tries, state } = await afterTries(id, 1);
    expect(state).toBe('delivered');
    expect(tries[0]?.answer).toHaveLength(500);
    expect(written).toBeLessThan(50_000_000);
  });

  it('to a place where nothing listens says what is wrong', async () => {
    const gone = await HookReceiver.open();
    const { id } = await addEndpoint(actor, gone.url());
    await gone.close();
    await happen();
    startWorker();
    const { tries } = await afterTries(id, 1);
    expect(tries[0]).toMatchObject({
      status: null,
      error: 'Nothing listens there: the connection was refused.',
    });
  });
});

test('two workers at once deliver each event once', async () => {
  const { id } = await addEndpoint(actor, receiver.url());
  const phones = await happen(150);
  startWorker();
  startWorker();
  await vi.waitFor(async () => {
    const done = await deliveriesOf(id);
    expect(done.filter(({ state }) => state === 'delivered')).toHaveLength(150);
  }, WAIT);
  const told = receiver.events('contact.opted_out').map(({ data }) => data.phone);
  expect(told.sort()).toEqual(phones.sort());
  expect(receiver.received).toHaveLength(150);
}, 60_000);

test('what a killed worker had in hand is delivered by another once its lease has ended, and not before', async () => {
  const { id } = await addEndpoint(actor, receiver.url());
  await happen();
  const first = startWebhooks(openPoster(loopback));
  await vi.waitFor(async () => expect(await deliveriesOf(id)).toHaveLength(1), WAIT);
  await first.stop(1_000);
  await database()
    .db.update(webhookDeliveries)
    .set({ state: 'waiting', endedAt: null, attempts: 0, tries: [] });
  await makeDue(id);
  receiver.received.length = 0;

  const [held] = await claimOne();
  if (!held) throw new Error('nothing to claim');
  expect(await claimOne()).toEqual([]);
  const [leased] = await deliveriesOf(id);
  expect(leased?.dueAt.getTime()).toBeGreaterThan(Date.now() + 15_000);
  await makeDue(id);
  startWorker();
  const delivery = await afterTries(id, 1);
  expect(delivery).toMatchObject({ state: 'delivered', attempts: 2 });
  // The first comes back from the dead: its result changes nothing any more.
  const late = { at: new Date().toISOString(), status: 500, duration_ms: 1, error: 'Late.', answer: '' };
  expect(await settleDelivery(held, { ...late, gone: false })).toBe(false);
  expect((await deliveriesOf(id))[0]).toMatchObject({ state: 'delivered', attempts: 2 });
});

test('an endpoint that takes its time leaves room for the others', async () => {
  const slow = await HookReceiver.open();
  slow.answer = () => undefined;
  const stuck = await addEndpoint(actor, slow.url());
  const { id } = await addEndpoint(actor, receiver.url());
  await happen(60);
  startWorker();
  await vi.waitFor(async () => {
    const done = await deliveriesOf(id);
    expect(done.filter(({ state }) => state === 'delivered')).toHaveLength(60);
  }, WAIT);
  expect(slow.received).toHaveLength(4);
  expect((await deliveriesOf(stuck.id)).every(({ state }) => state === 'waiting')).toBe(true);
  await slow.close();
});

describe('an endpoint is switched off, with the reason,', () => {
  it('when it has failed for days, and what waits is sent once it is on again', async () => {
    const { id } = await addEndpoint(actor, receiver.url());
    receiver.answer = (response) => response.writeHead(500).end();
    await happen();
    await setEndpoint(id, { failingSince: new Date(Date.now() - 4 * DAY_MS), failuresInARow: 30 });
    startWorker();
    await afterTries(id, 1);
    const off = await endpointRow(id);
    expect(off.enabled).toBe(false);
    expect(off.disabledReason).toMatch(
      /^Nothing has been taken since \d{4}-\d\d-\d\d; the last attempt: Answered 500\./,
    );
    const told = await database()
      .db.select()
      .from(auditEvents)
      .where(eq(auditEvents.workspaceId, actor.workspaceId));
    expect(told).toContainEqual(
      expect.objectContaining({ kind: 'webhook_endpoint_switched_off', userId: null, subject: off.url }),
    );
    await makeDue(id);
    expect(await claimOne()).toEqual([]);

    receiver.answer = (response) => response.writeHead(200).end();
    const on = await updateWebhookEndpoint({ actor, endpointId: id, changes: { enabled: true } });
    expect(on).toMatchObject({ enabled: true, disabled_reason: null, failing_since: null });
    expect(await afterTries(id, 2)).toMatchObject({ state: 'delivered' });
  });

  it('when it says that it is gone', async () => {
    const { id } = await addEndpoint(actor, receiver.url());
    receiver.answer = (response) => response.writeHead(410).end();
    await happen();
    startWorker();
    expect(await afterTries(id, 1)).toMatchObject({ state: 'given_up' });
    const off = await endpointRow(id);
    expect(off).toMatchObject({ enabled: false, disabledReason: expect.stringContaining('410') as unknown });
  });

  it('but not when it has failed for long without being asked often, nor often without long', async () => {
    const { id } = await addEndpoint(actor, receiver.url());
    receiver.answer = (response) => response.writeHead(500).end();
    await happen();
    await setEndpoint(id, { failingSince: new Date(Date.now() - 9 * DAY_MS), failuresInARow: 1 });
    startWorker();
    await afterTries(id, 1);
    await setEndpoint(id, { failingSince: new Date(), failuresInARow: 500 });
    await makeDue(id);
    await afterTries(id, 2);
    expect(await endpointRow(id)).toMatchObject({ enabled: true, failuresInARow: 501 });
  });
});

test('for a day after a rotation both secrets sign, then the new one alone', async () => {
  const { id, secret: old } = await addEndpoint(actor, receiver.url());
  const made = await rotateWebhookSecret({ actor, endpointId: id });
  expect(made.secret).not.toBe(old);
  expect(made.webhook_endpoint.old_secret_until).not.toBeNull();
  await happen();
  startWorker();
  await afterTries(id, 1);
  await setEndpoint(id, { oldSecretUntil: new Date(Date.now() - 1_000) });
  const [delivery] = await deliveriesOf(id);
  await redeliver({ workspaceId: actor.workspaceId, endpointId: id, deliveryId: delivery?.id ?? '' });
  await afterTries(id, 2);
  const [during, after] = receiver.received;
  if (!during || !after) throw new Error('not both came');
  expect([isSignedBy(old, during), isSignedBy(made.secret, during)]).toEqual([true, true]);
  expect([isSignedBy(old, after), isSignedBy(made.secret, after)]).toEqual([false, true]);
  expect(after.headers['webhook-id']).toBe(during.headers['webhook-id']);
});

test('secrets are stored sealed, and one that cannot be opened sends nothing', async () => {
  const { id, secret } = await addEndpoint(actor, receiver.url());
  const other = await addEndpoint(actor, receiver.url());
  const row = await endpointRow(id);
  expect(JSON.stringify(row)).not.toContain(secret.slice(6));
  // Of another row: it opens nowhere else.
  await setEndpoint(id, { secretSealed: (await endpointRow(other.id)).secretSealed });
  await setEndpoint(other.id, { enabled: false });
  await happen();
  startWorker();
  const { tries } = await afterTries(id, 1);
  expect(tries[0]?.error).toContain('rotate the secret');
  expect(receiver.received).toEqual([]);
});

test('a test is sent once, and its failure is held against nobody', async () => {
  const { id } = await addEndpoint(actor, receiver.url());
  receiver.answer = (response) => response.writeHead(400).end('No');
  await sendTestDelivery({ workspaceId: actor.workspaceId, endpointId: id });
  startWorker();
  expect(await afterTries(id, 1)).toMatchObject({ type: 'webhook.test', state: 'given_up' });
  expect(await endpointRow(id)).toMatchObject({ failuresInARow: 0, failingSince: null });
  await setEndpoint(id, { enabled: false });
  const off = sendTestDelivery({ workspaceId: actor.workspaceId, endpointId: id });
  await expect(off).rejects.toMatchObject({ kind: 'conflict', code: 'webhook_endpoint_off' });
});

test('the log pages newest first without a gap or a repeat, and shows this endpoint alone', async () => {
  const { id } = await addEndpoint(actor, receiver.url());
  await addEndpoint(actor, receiver.url());
  receiver.answer = (response) => response.writeHead(500).end();
  await happen(7);
  startWorker();
  await vi.waitFor(async () => expect(await deliveriesOf(id)).toHaveLength(7), WAIT);
  const key = { workspaceId: actor.workspaceId, endpointId: id };
  expect(await getWebhookEndpoint(key)).toMatchObject({ waiting: 7, enabled: true });
  const seen: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await listDeliveries({ workspaceId: actor.workspaceId, endpointId: id, limit: 3, cursor });
    seen.push(...page.deliveries.map((delivery) => delivery.id));
    cursor = page.next_cursor;
  }
  expect(seen.sort()).toEqual((await deliveriesOf(id)).map((delivery) => delivery.id).sort());
  const stranger = await createWorkspace();
  const foreign = listDeliveries({ workspaceId: stranger.workspaceId, endpointId: id, limit: 3 });
  await expect(foreign).rejects.toMatchObject({ kind: 'not_found' });
});

test('old deliveries go, newer ones and those under way stay', async () => {
  const { id } = await addEndpoint(actor, receiver.url());
  const { workspaceId } = actor;
  const old = new Date(Date.now() - 15 * DAY_MS);
  const common = { workspaceId, endpointId: id, type: 'webhook.test', body: '{}' };
  const [gone, stays, held] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()];
  await database()
    .db.insert(webhookDeliveries)
    .values([
      { ...common, eventId: gone, createdAt: old },
      { ...common, eventId: stays },
      { ...common, eventId: held, createdAt: old, leaseToken: held, dueAt: new Date(Date.now() + 30_000) },
    ]);
  await purgeDeliveries();
  expect((await deliveriesOf(id)).map(({ eventId }) => eventId).sort()).toEqual([stays, held].sort());
});

test('an attempt never throws, whatever is stored', async () => {
  const poster = openPoster(loopback);
  const delivery = {
    ...{ workspaceId: actor.workspaceId, id: crypto.randomUUID(), endpointId: crypto.randomUUID() },
    ...{ eventId: crypto.randomUUID(), type: 'webhook.test', body: '{}', attempts: 1 },
    ...{ leaseToken: crypto.randomUUID(), url: 'no url', secretSealed: 'no seal', oldSecretSealed: null },
  };
  expect(await attemptDelivery(delivery, poster)).toMatchObject({ status: null, gone: false });
  expect(await poster.post('no url', {}, '')).toMatchObject({
    status: null,
    error: expect.any(String) as unknown,
  });
  await poster.close();
});
