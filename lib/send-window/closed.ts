import { openingAt } from './openings';
import { placesByPrefix, type Place } from './places';
import type { SendWindow } from './schema';

/** Looked at again at least this often, should no window change sooner. */
const LONGEST_MS = 60 * 60_000;

/** Who may not be written to at a moment, in the terms of a statement (lib/recipients/window-hold.ts). */
export interface Closed {
  window: SendWindow;
  /** What numbers begin with whose window is closed (places.ts), and when it opens, ms since 1970. */
  prefixes: string[];
  opensAt: number[];
  /** No longer true from here on, ms since 1970: somewhere a window opens or closes. */
  validUntil: number;
}

/** All over the world, at a moment of the database's clock. */
export function closedAt(window: SendWindow, at: number): Closed {
  const closed: Closed = { window, prefixes: [], opensAt: [], validUntil: at + LONGEST_MS };
  // Hundreds of prefixes are of one country.
  const openings = new Map<Place, ReturnType<typeof openingAt>>();
  for (const [prefix, place] of placesByPrefix()) {
    const opening = openings.get(place) ?? openingAt(window, place.zones, at);
    openings.set(place, opening);
    const { isOpen, changesAt } = opening;
    closed.validUntil = Math.min(closed.validUntil, changesAt ?? Infinity);
    if (isOpen) continue;
    closed.prefixes.push(prefix);
    closed.opensAt.push(changesAt ?? closed.validUntil);
  }
  return closed;
}
