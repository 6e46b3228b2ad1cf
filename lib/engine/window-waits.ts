import { database, type Sql } from '@/db/client';
import { countHeld } from '@/lib/recipients/window-hold';
import { clockAt } from '@/lib/send-window/openings';
import { placesByPrefix } from '@/lib/send-window/places';
import type { WindowWait } from '@/lib/send-window/schema';
import type { WorkspaceId } from '@/lib/tenant';

/** Places named; of the others only that they wait. */
const PLACES_NAMED = 5;

/** The database's clock, ms since 1970: the one by which windows open. */
export async function readClock(sql: Sql = database().sql): Promise<number> {
  const [row] = await sql<
    { now: number }[]
  >`SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now`;
  if (!row) throw new Error('the clock answered no row');
  return row.now;
}

/** Counts who waits for the sender's window, and keeps it for the pages; returns how many. */
export async function recordWindowWaits(
  of: { workspaceId: WorkspaceId; campaignId: string },
  sql: Sql = database().sql,
): Promise<number> {
  const places = placesOf(await countHeld(of, sql));
  const [next, last] = [places[0], places.at(-1)];
  const waiting = places.reduce((sum, place) => sum + place.waiting, 0);
  if (!next || !last) {
    await sql`
      DELETE FROM campaign_waits
      WHERE workspace_id = ${of.workspaceId} AND campaign_id = ${of.campaignId} AND reason = 'window'`;
    return 0;
  }
  const named = JSON.stringify(places.slice(0, PLACES_NAMED));
  await sql`
    INSERT INTO campaign_waits AS w (workspace_id, campaign_id, reason, waiting, next_at, last_at, places)
    VALUES (${of.workspaceId}, ${of.campaignId}, 'window', ${waiting}, ${next.until}::text::timestamptz,
      ${last.until}::text::timestamptz, ${named}::text::jsonb)
    ON CONFLICT (workspace_id, campaign_id, reason) DO UPDATE SET
      waiting = excluded.waiting, next_at = excluded.next_at, last_at = excluded.last_at, places = excluded.places
    WHERE (w.waiting, w.next_at, w.last_at, w.places) IS DISTINCT FROM
      (excluded.waiting, excluded.next_at, excluded.last_at, excluded.places)`;
  return waiting;
}

/** By country and time, the first to go on first. */
function placesOf(held: { prefix: string; opensAt: number; held: number }[]): WindowWait[] {
  const places = new Map<string, WindowWait>();
  for (const { prefix, opensAt, held: waiting } of held) {
    const { countries = [], zones = [] } = placesByPrefix().get(prefix) ?? {};
    const [country = null, ...others] = countries;
    const place: WindowWait = {
      country: others.length > 0 ? null : country,
      waiting,
      until: new Date(opensAt).toISOString(),
      local_time: country === null ? null : clockAt(zones, opensAt),
    };
    const key = `${place.country} ${place.until} ${place.local_time}`;
    const same = places.get(key);
    if (same) same.waiting += waiting;
    else places.set(key, place);
  }
  return [...places.values()].sort((a, b) => a.until.localeCompare(b.until) || b.waiting - a.waiting);
}
