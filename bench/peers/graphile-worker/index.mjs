import { Logger, makeWorkerUtils, run } from 'graphile-worker';
import pg from 'pg';
import * as undici from 'undici';
import { Meter } from '../shared/meter.mjs';
import { recipientPages } from '../shared/pages.mjs';
import { resultsAsSet } from '../shared/results.mjs';
import { makeSender } from '../shared/sender.mjs';
import { installedVersion, settings } from '../shared/settings.mjs';

// The same job on graphile-worker, with the batching options of its page on performance: a local queue of 500 jobs,
// completions batched. One job a recipient, and its result a statement, for its jobs come one by one.

const logger = new Logger(() => (level, message) => {
  if (level === 'error') console.error(message);
});

// Quicker on two cores than the connection a job that its page has.
const MOST_CONNECTIONS = 21;
const pool = new pg.Pool({ connectionString: settings.databaseUrl, max: MOST_CONNECTIONS });
pool.on('error', (error) => console.error(error));
pool.on('connect', (client) => client.on('error', (error) => console.error(error)));
if (process.argv[2] === 'enqueue') await enqueue();
else await send();
await pool.end();

async function enqueue() {
  const utils = await makeWorkerUtils({ pgPool: pool, schema: 'bench_graphile', logger });
  await utils.migrate();
  for await (const page of recipientPages(pool)) {
    await utils.addJobs(page.map(({ id, phone }) => ({ identifier: 'send', payload: { id, phone } })));
  }
  await utils.release();
}

async function send() {
  const meter = new Meter(settings.recipients);
  const sender = makeSender(undici, settings, meter.begin);
  const store = resultsAsSet(pool);
  const runner = await run({
    pgPool: pool,
    logger,
    schema: 'bench_graphile',
    noHandleSignals: true,
    preset: {
      worker: {
        concurrentJobs: settings.concurrency,
        localQueue: { size: 500 },
        completeJobBatchDelay: 0,
        failJobBatchDelay: 0,
      },
    },
    taskList: {
      send: async ({ id, phone }) => {
        await store(id, await sender.send({ id, phone }));
        meter.count();
      },
    },
  });
  await meter.finished;
  meter.print('graphile-worker', installedVersion(new URL('.', import.meta.url), 'graphile-worker'));
  await runner.stop();
  await sender.close();
}
