import { and, eq } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { senders } from '@/db/schema/senders';
import { notFound } from '@/lib/errors';
import { clockAt, openingAt } from '@/lib/send-window/openings';
import { everyCountry, placeOfCountry } from '@/lib/send-window/places';
import type { PlaceOpening, SendWindow } from '@/lib/send-window/schema';
import type { WorkspaceId } from '@/lib/tenant';

/** When a sender may write to people; null: always. Throws AppError `not_found`. */
export async function getSendWindow(
  workspaceId: WorkspaceId,
  senderId: string,
  db: Db = database().db,
): Promise<SendWindow | null> {
  const [row] = await db
    .select({ window: senders.sendWindow })
    .from(senders)
    .where(and(eq(senders.workspaceId, workspaceId), eq(senders.id, senderId)));
  if (!row) throw notFound('sender');
  return row.window;
}

/** How it stands with the sender's window in these countries at a moment; no country: a number that belongs to none. */
export async function readOpenings(
  of: { workspaceId: WorkspaceId; senderId: string; countries: readonly string[] | undefined; at: Date },
  db: Db = database().db,
): Promise<{ send_window: SendWindow | null; places: PlaceOpening[] }> {
  const window = await getSendWindow(of.workspaceId, of.senderId, db);
  const at = of.at.getTime();
  const places = [...new Set(of.countries ?? everyCountry())].map((country): PlaceOpening => {
    if (!window) return { country, is_open: true, changes_at: null, local_time: null };
    const { zones } = placeOfCountry(country);
    const { isOpen, changesAt } = openingAt(window, zones, at);
    return {
      country,
      is_open: isOpen,
      changes_at: changesAt === null ? null : new Date(changesAt).toISOString(),
      local_time: changesAt === null ? null : clockAt(zones, changesAt),
    };
  });
  return { send_window: window, places };
}
