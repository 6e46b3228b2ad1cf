import { type ApiClient } from './api';
import { StartError } from '../product/steps';

/** The slowest receipt of a well-behaved number comes within seconds; after this long in silence none will. */
const SILENCE_MS = 8000;
const DEADLINE_MS = 5 * 60_000;
const LOOK_EVERY_MS = 250;
/** Without a terminal that can redraw a line, one line each so often. */
const PLAIN_EVERY_MS = 2000;

export interface Campaign {
  name: string;
  status: string;
  total_recipients: number;
  sent: number;
  delivered: number;
  read: number;
  failed: number;
  pending: number;
  skipped: number;
  unconfirmed: number;
  paused_reason: string | null;
}

/**
 * Shows the campaign's counts until it is completed and the receipts have come: until every sent one is read,
 * or nothing has changed for a while.
 */
export async function followCampaign(api: ApiClient, id: string, signal: AbortSignal): Promise<Campaign> {
  const startedAt = performance.now();
  let changedAt = startedAt;
  let shownAt = 0;
  let last = '';
  for (;;) {
    signal.throwIfAborted();
    const campaign = await api.get<Campaign>(`/api/campaigns/${id}`);
    checkBooks(campaign);
    const now = performance.now();
    const line = describe(campaign);
    if (line !== last) changedAt = now;
    if (process.stdout.isTTY || (line !== last && now - shownAt > PLAIN_EVERY_MS)) {
      process.stdout.write(process.stdout.isTTY ? `\r\x1b[K${line}` : `${line}\n`);
      shownAt = now;
    }
    last = line;
    if (campaign.status === 'paused')
      throw new StartError(`The campaign paused: ${campaign.paused_reason ?? ''}`);
    const isQuiet = now - changedAt > SILENCE_MS || campaign.read === campaign.sent;
    if (campaign.status === 'completed' && isQuiet) {
      process.stdout.write(process.stdout.isTTY ? '\n' : `${line}\n`);
      return campaign;
    }
    if (now - startedAt > DEADLINE_MS) {
      throw new StartError(`The campaign did not end within ${DEADLINE_MS / 60_000} minutes: ${line}`);
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

function describe(c: Campaign): string {
  const done = c.total_recipients - c.pending;
  const share = c.total_recipients ? Math.floor((100 * done) / c.total_recipients) : 100;
  const parts = [`sent ${c.sent}`, `delivered ${c.delivered}`, `read ${c.read}`, `failed ${c.failed}`];
  const rest = [`skipped ${c.skipped}`, `unconfirmed ${c.unconfirmed}`, `pending ${c.pending}`];
  return `${c.status.padEnd(9)} ${String(share).padStart(3)} %  ${[...parts, ...rest].join('  ')}`;
}

/** The contract's sum, in every answer. Throws when the books do not balance. */
export function checkBooks(c: Campaign): void {
  const sum = c.sent + c.failed + c.pending + c.skipped + c.unconfirmed;
  if (sum === c.total_recipients && c.sent >= c.delivered && c.delivered >= c.read) return;
  throw new StartError(`The books do not balance: ${JSON.stringify(c)}`);
}

/** Counts the recipients one by one, over the API, and holds them against the campaign's counts. */
export async function recount(api: ApiClient, id: string, campaign: Campaign): Promise<void> {
  const by: Record<string, number> = {};
  let cursor: string | null = '';
  do {
    const query = `limit=500${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`;
    const page: { recipients: { status: string }[]; next_cursor: string | null } = await api.get(
      `/api/campaigns/${id}/recipients?${query}`,
    );
    for (const { status } of page.recipients) by[status] = (by[status] ?? 0) + 1;
    cursor = page.next_cursor;
  } while (cursor);
  const count = (...statuses: string[]) => statuses.reduce((sum, status) => sum + (by[status] ?? 0), 0);
  const counted = {
    sent: count('sent', 'delivered', 'read'),
    delivered: count('delivered', 'read'),
    read: count('read'),
    failed: count('failed'),
    pending: count('pending', 'sending'),
    skipped: count('skipped'),
    unconfirmed: count('unconfirmed'),
  };
  for (const [name, number] of Object.entries(counted)) {
    if (campaign[name as keyof typeof counted] !== number) {
      throw new StartError(
        `The counts differ from the recipients: ${name} says ${campaign[name as keyof typeof counted]}, there are ${number}.`,
      );
    }
  }
}
