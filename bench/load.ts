import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { numberWebhook, signBody } from '@/tests/support/webhooks';
import { quantile, round, type Measurement } from './measurement';
import { upload, withShop, writeList, type Shop } from './shop';
import { postRequest, Wire } from './wire';

/** Single-status webhooks, POSTs a second, while the worker sends at this many messages a second. */
const WEBHOOKS = 3_050;
const SENDING = 1_000;
const SECONDS = 30;
/** The same load before that, uncounted: a process just started has compiled nothing yet. */
const WARM_UP_SECONDS = 5;
/** Messages whose statuses are reported. */
const REPORTED = 40_000;
const CONNECTIONS = 512;
/** Meta's most in one webhook. */
const BATCH = 1_000;
const BATCH_CONNECTIONS = 4;
const BATCH_SECONDS = 10;
const BARE_SECONDS = 5;
const LIST_EVERY_MS = 200;

interface Message {
  wamid: string;
  to: string;
  biz_opaque_callback_data: string;
}

/** The product's own port under Meta's load, while it sends and while somebody looks at the list of campaigns. */
export async function measureLoad(): Promise<Measurement> {
  const folder = await mkdtemp(path.join(tmpdir(), 'herald-load-'));
  try {
    return await withShop((shop) => load(shop, folder));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function load(shop: Shop, folder: string): Promise<Measurement> {
  await shop.sandbox('POST', '/settings', { statuses: 'off' });
  const messages = await sendAndList(shop, path.join(folder, 'first.csv'));
  const list = path.join(folder, 'second.csv');
  await writeList(list, SENDING * (SECONDS + 20), 1_000_000);
  const { campaign_id: running } = await upload(shop, list, 'Running');

  const webhook = await Target.open(shop.url);
  // Signed before: Meta's servers do not do it on this machine either.
  const ready = [...singles(shop, messages)];
  const bare = await bareLimit(ready.values());
  await start(shop, running);
  const posts = ready.values();
  await beside(shop, () => webhook.atRate(posts, WEBHOOKS, WARM_UP_SECONDS));
  const [sent, [listTimes, single]] = await sending(shop, () =>
    beside(shop, () => webhook.atRate(posts, WEBHOOKS, SECONDS)),
  );
  const unreported = (await messagesOf(shop)).slice(messages.length);
  const [batchListTimes, batches] = await beside(shop, () =>
    webhook.asFastAsItTakes(inBatches(shop, unreported), BATCH_CONNECTIONS, BATCH_SECONDS),
  );
  webhook.close();
  return {
    section: 'Webhooks while sending',
    rows: [
      {
        what: 'bare node:http that reads and answers 200, POSTs a second',
        value: Math.round(bare),
        promised: '',
      },
      {
        what: `single-status POSTs answered a second, of ${WEBHOOKS} made`,
        value: Math.round(single.perSecond),
        promised: '≥ 3000',
      },
      { what: 'of them not answered 200', value: single.refused, promised: '0' },
      { what: 'answered within, p50 ms', value: round(quantile(single.times, 0.5)), promised: '' },
      { what: 'answered within, p99 ms', value: round(quantile(single.times, 0.99)), promised: '< 250' },
      { what: 'messages sent a second meanwhile', value: Math.round(sent), promised: `${SENDING}` },
      {
        what: 'GET /api/campaigns meanwhile, p95 ms',
        value: round(quantile(listTimes, 0.95)),
        promised: '< 200',
      },
      {
        what: `statuses a second in batches of ${BATCH}, while still sending`,
        value: Math.round(batches.perSecond * BATCH),
        promised: '',
      },
      {
        what: 'GET /api/campaigns meanwhile, p95 ms',
        value: round(quantile(batchListTimes, 0.95)),
        promised: '',
      },
    ],
    notes: [
      `Every status is signed, of a message that was sent, and changes its recipient. Times are from when a POST was due, so waiting counts. ${SECONDS} s after ${WARM_UP_SECONDS} s that are not counted, ${CONNECTIONS} connections; the load, the sandbox, the worker, the web process and PostgreSQL share the machine.`,
    ],
  };
}

/** Sends a first list, and reads what became of it from the other side's ledger. */
async function sendAndList(shop: Shop, file: string): Promise<Message[]> {
  await writeList(file, REPORTED);
  const { campaign_id: id } = await upload(shop, file, 'Reported');
  await start(shop, id);
  for (;;) {
    const { status } = await shop.api.get<{ status: string }>(`/api/campaigns/${id}`);
    if (status === 'completed') break;
    await sleep(500);
  }
  return messagesOf(shop);
}

/** All that have left so far, the oldest first. */
async function messagesOf({ sandbox, sender }: Shop): Promise<Message[]> {
  const messages: Message[] = [];
  for (let after: number | null = 0; after !== null;) {
    const query: string = after === 0 ? '' : `&after=${after}`;
    const page = (await sandbox(
      'GET',
      `/ledger?phone_number_id=${sender.phone_number_id}&limit=1000${query}`,
    )) as { entries: Message[]; next: number | null };
    messages.push(...page.entries);
    after = page.next;
  }
  return messages;
}

async function start({ api }: Shop, id: string): Promise<void> {
  await api.post(`/api/campaigns/${id}/send`, { rate_limit: SENDING, worker_count: 100 });
}

async function sentSoFar({ sandbox, sender }: Shop): Promise<number> {
  const resource = `/ledger?phone_number_id=${sender.phone_number_id}&summary=1`;
  return ((await sandbox('GET', resource)) as { posts: number }).posts;
}

/** Messages sent a second while `work` goes on. */
async function sending<T>(shop: Shop, work: () => Promise<T>): Promise<[number, T]> {
  const [before, began] = [await sentSoFar(shop), performance.now()];
  const result = await work();
  const seconds = (performance.now() - began) / 1000;
  return [((await sentSoFar(shop)) - before) / seconds, result];
}

/** Asks for the list of campaigns again and again while `work` goes on. */
async function beside<T>(shop: Shop, work: () => Promise<T>): Promise<[number[], T]> {
  const times: number[] = [];
  let isOver = false;
  const asking = (async () => {
    while (!isOver) {
      const began = performance.now();
      await shop.api.get('/api/campaigns?limit=50');
      times.push(performance.now() - began);
      await sleep(LIST_EVERY_MS);
    }
  })();
  const result = await work();
  isOver = true;
  await asking;
  return [times, result];
}

/** First all delivered, then all read, …: each changes its row. */
function* singles(shop: Shop, messages: Message[]): Generator<Buffer> {
  for (const status of ['sent', 'delivered', 'read'])
    for (const message of messages) yield sign(shop, [statusOf(message, status)]);
}

function* inBatches(shop: Shop, messages: Message[]): Generator<Buffer> {
  for (const status of ['delivered', 'read'])
    for (let i = 0; i < messages.length; i += BATCH)
      yield sign(
        shop,
        messages.slice(i, i + BATCH).map((message) => statusOf(message, status)),
      );
}

function statusOf({ wamid, to, biz_opaque_callback_data }: Message, status: string): object {
  const timestamp = String(Math.floor(Date.now() / 1000));
  return { id: wamid, recipient_id: to, status, timestamp, biz_opaque_callback_data };
}

function sign({ url, sender, appSecret }: Shop, statuses: object[]): Buffer {
  const from = { wabaId: '1', phoneNumberId: sender.phone_number_id };
  const body = JSON.stringify(numberWebhook(from, { statuses }));
  const headers = { 'content-type': 'application/json', 'x-hub-signature-256': signBody(body, appSecret) };
  return postRequest(`${url}/api/webhooks/whatsapp`, headers, body);
}

interface Answered {
  perSecond: number;
  refused: number;
  /** ms, of each POST. */
  times: number[];
}

/** A receiver of webhooks and kept-open connections to it. */
class Target {
  private constructor(private readonly wire: Wire) {}

  static async open(url: string): Promise<Target> {
    return new Target(await Wire.open(url, CONNECTIONS));
  }

  close(): void {
    this.wire.close();
  }

  /** One every 1/rate of a second, whether the earlier ones are answered or not. */
  async atRate(posts: Iterator<Buffer>, rate: number, seconds: number): Promise<Answered> {
    const result: Answered = { perSecond: 0, refused: 0, times: [] };
    const under: Promise<void>[] = [];
    const began = performance.now();
    for (let made = 0; made < rate * seconds;) {
      const due = Math.min(rate * seconds, Math.floor(((performance.now() - began) / 1000) * rate));
      for (; made < due; made += 1) {
        const { value, done } = posts.next() as IteratorResult<Buffer, undefined>;
        if (done) throw new Error('There are too few messages to report on.');
        under.push(this.post(value, began + (made / rate) * 1000, result));
      }
      await sleep(1);
    }
    await Promise.all(under);
    result.perSecond = (result.times.length - result.refused) / ((performance.now() - began) / 1000);
    return result;
  }

  async asFastAsItTakes(posts: Iterator<Buffer>, atOnce: number, seconds: number): Promise<Answered> {
    const result: Answered = { perSecond: 0, refused: 0, times: [] };
    const began = performance.now();
    const one = async () => {
      for (;;) {
        const { value, done } = posts.next() as IteratorResult<Buffer, undefined>;
        if (done || performance.now() - began > seconds * 1000) return;
        await this.post(value, performance.now(), result);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, one));
    result.perSecond = (result.times.length - result.refused) / ((performance.now() - began) / 1000);
    return result;
  }

  private async post(request: Buffer, due: number, result: Answered): Promise<void> {
    if ((await this.wire.send(request)) !== 200) result.refused += 1;
    result.times.push(performance.now() - due);
  }
}

const BARE_SERVER = `
  const server = require('node:http').createServer((request, response) => {
    request.resume().once('end', () => response.end('{"success":true}'));
  });
  server.listen(0, '127.0.0.1', () => console.log(server.address().port));`;

/** What the same load reaches at a process that reads each body, and does nothing with it. */
async function bareLimit(posts: Iterator<Buffer>): Promise<number> {
  const server = spawn(process.execPath, ['-e', BARE_SERVER], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [port] = (await once(server.stdout, 'data')) as [Buffer];
  const target = await Target.open(`http://127.0.0.1:${String(port).trim()}`);
  try {
    return (await target.asFastAsItTakes(posts, CONNECTIONS, BARE_SECONDS)).perSecond;
  } finally {
    target.close();
    server.kill();
  }
}
