import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import * as undici from 'undici';
import { Meter } from '../shared/meter.mjs';
import { recipientPages } from '../shared/pages.mjs';
import { resultsAsSet } from '../shared/results.mjs';
import { makeSender } from '../shared/sender.mjs';
import { installedVersion, settings } from '../shared/settings.mjs';

// The same job on BullMQ: jobs added in bulk, one worker with the concurrency asked for, finished jobs removed as its
// guide for production says; each result a statement in PostgreSQL, for its jobs come one by one.

const QUEUE = 'send';

const connection = new Redis(process.env.REDIS_URL ?? 'redis://127.0.0.1:6379', {
  maxRetriesPerRequest: null,
});
connection.on('error', (error) => console.error(error));
const pool = new pg.Pool({ connectionString: settings.databaseUrl, max: 20 });
pool.on('error', (error) => console.error(error));
if (process.argv[2] === 'enqueue') await enqueue();
else await send();
await pool.end();
connection.disconnect();

async function enqueue() {
  const queue = new Queue(QUEUE, { connection });
  const opts = { removeOnComplete: true, removeOnFail: 1000 };
  for await (const page of recipientPages(pool)) {
    await queue.addBulk(page.map(({ id, phone }) => ({ name: QUEUE, data: { id, phone }, opts })));
  }
  await queue.close();
}

async function send() {
  const meter = new Meter(settings.recipients);
  const sender = makeSender(undici, settings, meter.begin);
  const store = resultsAsSet(pool);
  const worker = new Worker(
    QUEUE,
    async ({ data }) => {
      await store(data.id, await sender.send(data));
      meter.count();
    },
    { connection, concurrency: settings.concurrency },
  );
  worker.on('error', (error) => console.error(error));
  await meter.finished;
  meter.print('bullmq', installedVersion(new URL('.', import.meta.url), 'bullmq'));
  await worker.close();
  await sender.close();
}
