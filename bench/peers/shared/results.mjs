import { settings } from './settings.mjs';

const MOST_ROWS = 500;

/** What stores one result, by itself or with others: `RESULTS=batched`. */
export function resultsAsSet(pool) {
  return settings.resultsBatched ? makeResults(pool) : (id, wamid) => storeResult(pool, id, wamid);
}

/** One statement a result. */
async function storeResult(pool, id, wamid) {
  await pool.query({
    name: 'store_result',
    text: 'UPDATE bench_recipients SET wamid = $2, accepted_at = clock_timestamp() WHERE id = $1',
    values: [id, wamid],
  });
}

/**
 * Stores results in bench_recipients. Whatever came while one statement was under way goes with the next, so that
 * nobody waits for a timer and a busy queue writes large batches.
 */
function makeResults(pool) {
  let waiting = [];
  let busy = false;

  async function drain() {
    busy = true;
    while (waiting.length > 0) {
      const batch = waiting.slice(0, MOST_ROWS);
      waiting = waiting.slice(MOST_ROWS);
      try {
        await storeResults(pool, batch);
        for (const { done } of batch) done();
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    busy = false;
  }

  /** Resolves when the result is committed. */
  return (id, wamid) =>
    new Promise((done, failed) => {
      waiting.push({ id, wamid, done, failed });
      if (!busy) void drain();
    });
}

/** One statement for all of them. */
export async function storeResults(pool, results) {
  await pool.query({
    name: 'store_results',
    text: `UPDATE bench_recipients r SET wamid = v.wamid, accepted_at = clock_timestamp()
      FROM unnest($1::bigint[], $2::text[]) AS v (id, wamid) WHERE r.id = v.id`,
    values: [results.map(({ id }) => id), results.map(({ wamid }) => wamid)],
  });
}
