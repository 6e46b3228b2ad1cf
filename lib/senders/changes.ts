import type { senders } from '@/db/schema/senders';
import { toBrakes } from '@/lib/brakes/columns';
import { isSameWindow, windowWords } from '@/lib/send-window/words';
import type { UpdateSender } from './schema';

/** What may stand in the audit log with its value; of the others only that they changed. */
const SHOWN = {
  name: 'name',
  rate_limit: 'rateLimit',
  default_country: 'defaultCountry',
  marketing_route: 'marketingRoute',
} as const;
const HIDDEN = ['access_token', 'app_secret', 'verify_token'] as const;

type Before = typeof senders.$inferSelect;

export interface SenderChanges extends Record<string, unknown> {
  /** By the names of the API. */
  fields: string[];
  from: Record<string, unknown>;
  to: Record<string, unknown>;
}

/** What a change to a sender changed. A secret that is given counts as changed, and its value is not told. */
export function changesOf(before: Before, given: UpdateSender): SenderChanges {
  const changes: SenderChanges = { fields: [], from: {}, to: {} };
  for (const field of ['name', 'rate_limit', 'default_country', 'marketing_route'] as const) {
    const [was, is] = [before[SHOWN[field]], given[field]];
    if (is === undefined || is === was) continue;
    changes.fields.push(field);
    changes.from[field] = was;
    changes.to[field] = is;
  }
  const brakes: Record<string, unknown> = toBrakes(before);
  for (const [name, is] of Object.entries(given.brakes ?? {})) {
    if (is === undefined || is === brakes[name]) continue;
    changes.fields.push(name);
    changes.from[name] = brakes[name];
    changes.to[name] = is;
  }
  const { send_window: window } = given;
  if (window !== undefined && !isSameWindow(window, before.sendWindow)) {
    changes.fields.push('send_window');
    changes.from.send_window = before.sendWindow && windowWords(before.sendWindow);
    changes.to.send_window = window && windowWords(window);
  }
  changes.fields.push(...HIDDEN.filter((field) => given[field] !== undefined));
  return changes;
}
