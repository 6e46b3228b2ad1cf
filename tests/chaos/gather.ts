import { database } from '@/db/client';
import type { Evidence, Post, Row } from './evidence';
import type { World } from './world';

/** Reads everything the verdict rests on, once all has ended; the sampler ends with it. */
export async function gatherEvidence(world: World): Promise<Evidence> {
  const { id, phoneNumberId } = world.campaign;
  const { sql } = database();
  const [campaign] = await sql<Evidence['campaign'][]>`
    SELECT total_recipients AS total, status, rate_limit AS "rateLimit", worker_count AS "workerCount"
    FROM campaigns WHERE id = ${id}`;
  const rows = await sql<Row[]>`
    SELECT id, status, state, attempt, wamid, extract(epoch FROM sent_at)::float8 AS sent,
      extract(epoch FROM delivered_at)::float8 AS delivered, extract(epoch FROM read_at)::float8 AS read,
      extract(epoch FROM failed_at)::float8 AS failed
    FROM recipients WHERE campaign_id = ${id}`;
  const [counted] = await sql<Record<string, number>[]>`
    SELECT sum(pending)::int AS pending, sum(sent)::int AS sent, sum(delivered)::int AS delivered,
      sum(read)::int AS read, sum(failed)::int AS failed, sum(skipped)::int AS skipped,
      sum(unconfirmed)::int AS unconfirmed
    FROM campaign_counters WHERE campaign_id = ${id}`;
  const ledger = `/ledger?phone_number_id=${phoneNumberId}&limit=100000`;
  const { entries: posts } = (await world.herd.sandbox('GET', ledger)) as { entries: Post[] };
  const { max_in_flight: maxInFlight } = await world.herd.ledger(world.campaign);
  if (!campaign || !counted || !world.sampler) throw new Error('there is no campaign to judge');
  const looked = await world.sampler.stop();
  const { statuses } = world.witness;
  return { campaign, rows, posts, statuses, counted, maxInFlight, asked: world.asked, ...looked };
}
