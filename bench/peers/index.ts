import { execFileSync } from 'node:child_process';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { Herd } from '@/tests/support/herd';
import { startTestPostgres } from '@/tests/support/postgres';
import '@/tests/support/env';
import { cpuSecondsOf } from '../process-usage';
import { writeResults } from '../results';
import { comparison } from './comparison';
import type { Order, Run } from './contestant';
import { postgresVersion } from '../database-work';
import { runHerald } from './herald';
import { runPeer, type PeerNumber } from './peer';
import { preparePrograms, type Program } from './programs';
import { startRedis, type Redis } from './redis';

// npm run bench:peers: the same job done by Herald, by what a team would otherwise use, and by the bare HTTP loop;
// one after the other against the same sandbox and the same PostgreSQL, in rounds. See bench/peers/README.md.

const { values } = parseArgs({
  options: {
    recipients: { type: 'string', default: '20000' },
    concurrency: { type: 'string', default: '100' },
    rounds: { type: 'string', default: '3' },
    /** Names, with commas; all unless given. */
    only: { type: 'string', default: '' },
    /** Into bench/RESULTS.md. */
    write: { type: 'boolean', default: false },
  },
});
const order: Order = { recipients: Number(values.recipients), concurrency: Number(values.concurrency) };
const loadBefore = (loadavg()[0] ?? 0).toFixed(1);
const wanted = values.only.split(',').filter(Boolean);

execFileSync(process.execPath, ['scripts/build.mjs', '--processes'], { stdio: 'inherit' });
const programs = preparePrograms(wanted);
const stopPostgres = await startTestPostgres();
const herd = await Herd.start({ built: true });
const redis = programs.some(({ needsRedis }) => needsRedis) ? await tryRedis() : null;
try {
  await herd.sandbox('POST', '/settings', { digits: 'off', statuses: 'off' });
  const number = await makeNumber();
  const runs: Run[] = [];
  for (let round = 0; round < Number(values.rounds); round++) runs.push(...(await runAll(number)));
  const rows = comparison(runs);
  console.table(rows);
  if (values.write) {
    writeResults('Side by side', rows, {
      command: `npm run bench:peers -- --recipients ${order.recipients} --concurrency ${order.concurrency} --rounds ${values.rounds} --write`,
      postgres: await postgresVersion(),
      notes: [
        `${order.recipients} recipients a run, ${order.concurrency} requests under way at most; the median of ${values.rounds} rounds by rate. "Herald ÷ it" above 1: Herald is faster.`,
        'The sandbox answers at once and reports no statuses; it takes one core, as the sender does. PostgreSQL flushes every commit, as in production.',
        `The machine's load when it began was ${loadBefore}: whatever else ran had its part of the cores.`,
      ],
    });
  }
  if (runs.some(({ fault }) => fault !== null)) process.exitCode = 1;
} finally {
  await redis?.stop();
  await herd.stop();
  await stopPostgres();
}

async function runAll(number: PeerNumber): Promise<Run[]> {
  const runs: Run[] = [];
  if (wanted.length === 0 || wanted.includes('herald')) runs.push(await told(runHerald(herd, order)));
  for (const program of programs) {
    if (program.needsRedis && !redis) continue;
    const run = await runOne(program, number);
    if (run) runs.push(run);
  }
  return runs;
}

/** A peer that fails is named and left out; the others go on. */
async function runOne(program: Program, number: PeerNumber): Promise<Run | null> {
  const redisCpu = redis ? cpuSecondsOf(redis.pid) : 0;
  try {
    const run = await told(runPeer(herd, program, number, order, redis ? { REDIS_URL: redis.url } : {}));
    if (!program.needsRedis || !redis || !run.database) return run;
    const cpuSeconds = run.database.cpuSeconds + cpuSecondsOf(redis.pid) - redisCpu;
    return { ...run, database: { ...run.database, cpuSeconds } };
  } catch (error) {
    console.error(`${program.name}: ${String(error)}`);
    process.exitCode = 1;
    return null;
  }
}

async function told(running: Promise<Run>): Promise<Run> {
  const run = await running;
  const rate = Math.round(run.recipients / run.seconds);
  console.log(`${run.peer}: ${rate}/s${run.fault ? `; does not count: ${run.fault}` : ''}`);
  return run;
}

async function tryRedis(): Promise<Redis | null> {
  try {
    return await startRedis();
  } catch (error) {
    console.error(`BullMQ is left out, there is no Redis: ${String(error)}`);
    return null;
  }
}

async function makeNumber(): Promise<PeerNumber> {
  return (await herd.sandbox('POST', '/numbers', {
    callback_url: `http://127.0.0.1:${process.env.PORT}/api/webhooks/whatsapp`,
    verify_token: 'bench',
    messages_per_second: 1_000_000,
  })) as PeerNumber;
}
