import pg from 'pg';
import PgBoss from 'pg-boss';
import * as undici from 'undici';
import { Meter } from '../shared/meter.mjs';
import { recipientPages } from '../shared/pages.mjs';
import { storeResults } from '../shared/results.mjs';
import { makeSender } from '../shared/sender.mjs';
import { installedVersion, settings } from '../shared/settings.mjs';

// The same job on pg-boss: batches of jobs to a handler, a batch's results in one statement, and the next batch at
// once (notifyWorker) instead of at the next poll. Two workers, so that requests go on while one of them fetches; no
// job has a priority, which saves a sort. The numbers are the best of those tried.

const QUEUE = 'send';
const WORKERS = 2;
const OPTIONS = { batchSize: 500, pollingIntervalSeconds: 0.5, priority: false };

const pool = new pg.Pool({ connectionString: settings.databaseUrl, max: 4 });
pool.on('error', (error) => console.error(error));
const boss = new PgBoss({ connectionString: settings.databaseUrl, schema: 'bench_pgboss' });
boss.on('error', (error) => console.error(error));
await boss.start();
if (process.argv[2] === 'enqueue') await enqueue();
else await send();
await boss.stop({ graceful: true, timeout: 5_000, wait: true });
await pool.end();

async function enqueue() {
  await boss.createQueue(QUEUE);
  for await (const page of recipientPages(pool)) {
    await boss.insert(page.map(({ id, phone }) => ({ name: QUEUE, data: { id, phone } })));
  }
}

async function send() {
  const meter = new Meter(settings.recipients);
  const sender = makeSender(undici, settings, meter.begin);
  const share = Math.max(1, Math.floor(settings.concurrency / WORKERS));
  for (let i = 0; i < WORKERS; i++) {
    const id = await boss.work(QUEUE, OPTIONS, async (jobs) => {
      const results = await sendAll(jobs, share, sender);
      await storeResults(pool, results);
      meter.count(results.length);
      boss.notifyWorker(id);
    });
  }
  await meter.finished;
  meter.print('pg-boss', installedVersion(new URL('.', import.meta.url), 'pg-boss'));
  await sender.close();
}

async function sendAll(jobs, atOnce, sender) {
  const results = [];
  let next = 0;
  const one = async () => {
    while (next < jobs.length) {
      const { data } = jobs[next++];
      results.push({ id: data.id, wamid: await sender.send(data) });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  return results;
}
