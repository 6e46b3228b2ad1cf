import { inArray, or } from 'drizzle-orm';
import { database } from '@/db/client';
import { senders } from '@/db/schema/senders';
import { log } from '@/lib/log';
import { senderSecret } from '@/lib/senders/secrets';
import { asWorkspaceId, type WorkspaceId } from '@/lib/tenant';

/** A sender that a webhook may be for; whether it is, its app secret decides. */
export interface KnownSender {
  workspaceId: WorkspaceId;
  id: string;
  phoneNumberId: string;
  wabaId: string;
  /** null: cannot be read with the present ENCRYPTION_KEY. */
  appSecret: string | null;
}

/** Changed secrets and new senders act within this. */
const FRESH_MS = 2_000;
/** Numbers nobody here registered are remembered too: then the cache is emptied, not the database asked. */
const MAX_CACHED = 10_000;

interface Cached {
  askedAtMs: number;
  found: Promise<KnownSender[]>;
}
const cache = new Map<string, Cached>();

/**
 * Every sender, over all workspaces, with one of these numbers or accounts. A webhook names no workspace, so
 * this is the one statement on senders that does not either; the signature then says whose it is.
 */
export async function findKnownSenders(names: {
  phoneNumberIds: readonly string[];
  wabaIds: readonly string[];
}): Promise<KnownSender[]> {
  const keys = [
    ...names.phoneNumberIds.map((id) => `phone ${id}`),
    ...names.wabaIds.map((id) => `waba ${id}`),
  ];
  const nowMs = performance.now();
  const missing = keys.filter((key) => nowMs - (cache.get(key)?.askedAtMs ?? -Infinity) >= FRESH_MS);
  if (missing.length > 0) ask(missing, nowMs);
  const found = await Promise.all(keys.flatMap((key) => cache.get(key)?.found ?? []));
  return [...new Map(found.flat().map((sender) => [sender.id, sender])).values()];
}

/** For tests that change a secret and cannot wait. */
export function forgetKnownSenders(): void {
  cache.clear();
}

function ask(keys: string[], nowMs: number): void {
  if (cache.size + keys.length > MAX_CACHED) cache.clear();
  const loaded = loadSenders(keys);
  for (const key of keys) {
    const found = loaded.then((all) =>
      all.filter((s) => key === `phone ${s.phoneNumberId}` || key === `waba ${s.wabaId}`),
    );
    const entry = { askedAtMs: nowMs, found };
    cache.set(key, entry);
    // A failed question is asked again; whoever waits for it sees the failure.
    found.catch(() => {
      if (cache.get(key) === entry) cache.delete(key);
    });
  }
}

async function loadSenders(keys: string[]): Promise<KnownSender[]> {
  const named = (what: string) =>
    keys.flatMap((key) => (key.startsWith(what) ? [key.slice(what.length)] : []));
  const rows = await database()
    .db.select({
      workspaceId: senders.workspaceId,
      id: senders.id,
      phoneNumberId: senders.phoneNumberId,
      wabaId: senders.wabaId,
      accessTokenSealed: senders.accessTokenSealed,
      appSecretSealed: senders.appSecretSealed,
    })
    .from(senders)
    .where(or(inArray(senders.phoneNumberId, named('phone ')), inArray(senders.wabaId, named('waba '))));
  return rows.map((row) => {
    const { id, phoneNumberId, wabaId } = row;
    return {
      workspaceId: asWorkspaceId(row.workspaceId),
      id,
      phoneNumberId,
      wabaId,
      appSecret: openSecret(row),
    };
  });
}

function openSecret(row: Parameters<typeof senderSecret>[0]): string | null {
  try {
    return senderSecret(row, 'app_secret');
  } catch (error) {
    log.error({ err: error, senderId: row.id }, 'a webhook cannot be checked');
    return null;
  }
}
