import { and, asc, desc, eq, gt, gte, like, lte, sql, type SQL } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { users } from '@/db/schema/accounts';
import { optOuts } from '@/db/schema/webhooks';
import { lastWithPrefix, readPhoneSearch } from '@/lib/recipients/phone-search';
import type { WorkspaceId } from '@/lib/tenant';
import { formatOptOutCursor, parseOptOutCursor } from './cursor';
import type { OptOut, OptOutPage } from './schema';
import { SOURCE_WORDS, type OptOutSource } from './sources';

export interface OptOutFilter {
  workspaceId: WorkspaceId;
  /** A phone in any form, or a part of one. */
  search?: string;
  source?: OptOutSource;
}

const shown = {
  phone: optOuts.phone,
  source: optOuts.source,
  reason: optOuts.reason,
  senderId: optOuts.senderId,
  addedBy: sql<string | null>`coalesce(nullif(${users.name}, ''), ${users.email})`,
  createdAt: optOuts.createdAt,
  position: sql<string>`${optOuts.createdAt}::text`,
};

const addedBy = and(eq(users.workspaceId, optOuts.workspaceId), eq(users.id, optOuts.userId));

/** One page of the list, newest first (index opt_outs_newest, read backwards). */
export async function listOptOuts(
  { limit, cursor, ...filter }: OptOutFilter & { limit: number; cursor?: string },
  db: Db = database().db,
): Promise<OptOutPage> {
  const after = cursor === undefined ? undefined : parseOptOutCursor(cursor);
  const rows = await db
    .select(shown)
    .from(optOuts)
    .leftJoin(users, addedBy)
    .where(
      and(
        matches(filter),
        after &&
          sql`(${optOuts.createdAt}, ${optOuts.phone}) < (${after.createdAt}::timestamptz, ${after.phone})`,
      ),
    )
    .orderBy(desc(optOuts.createdAt), desc(optOuts.phone))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    opt_outs: page.map(toOptOut),
    next_cursor: last ? formatOptOutCursor({ createdAt: last.position, phone: last.phone }) : null,
    total: after ? null : await db.$count(optOuts, matches(filter)),
  };
}

/** The entry of one number (E.164), or null. */
export async function findOptOut(
  { workspaceId, phone }: { workspaceId: WorkspaceId; phone: string },
  db: Db = database().db,
): Promise<OptOut | null> {
  const [row] = await db
    .select(shown)
    .from(optOuts)
    .leftJoin(users, addedBy)
    .where(and(eq(optOuts.workspaceId, workspaceId), eq(optOuts.phone, phone)));
  return row ? toOptOut(row) : null;
}

/** All that match, by number, a batch at a time: reads on only as fast as it is taken. */
export async function* readOptOuts(
  { batch, ...filter }: OptOutFilter & { batch: number },
  db: Db = database().db,
): AsyncGenerator<OptOut[]> {
  let after: string | undefined;
  for (;;) {
    const rows = await db
      .select(shown)
      .from(optOuts)
      .leftJoin(users, addedBy)
      .where(and(matches(filter), after === undefined ? undefined : gt(optOuts.phone, after)))
      .orderBy(asc(optOuts.phone))
      .limit(batch);
    yield rows.map(toOptOut);
    after = rows.at(-1)?.phone;
    if (rows.length < batch) return;
  }
}

function matches({ workspaceId, search, source }: OptOutFilter): SQL | undefined {
  return and(
    eq(optOuts.workspaceId, workspaceId),
    source ? eq(optOuts.source, source) : undefined,
    search ? matchesPhone(search) : undefined,
  );
}

/** The beginning of a number is a range of the primary key; digits of one are looked for in all of them. */
function matchesPhone(search: string): SQL | undefined {
  const wanted = readPhoneSearch(search);
  if (wanted === undefined) return undefined;
  if (wanted.kind === 'text') return sql`false`;
  if (wanted.kind === 'digits') return like(optOuts.phone, `%${wanted.digits}%`);
  return and(gte(optOuts.phone, wanted.prefix), lte(optOuts.phone, lastWithPrefix(wanted.prefix)));
}

function toOptOut(row: {
  phone: string;
  source: OptOutSource;
  reason: string;
  senderId: string | null;
  addedBy: string | null;
  createdAt: Date;
}): OptOut {
  return {
    phone: row.phone,
    source: row.source,
    source_words: SOURCE_WORDS[row.source].sentence,
    reason: row.reason,
    sender_id: row.senderId,
    added_by: row.addedBy,
    created_at: row.createdAt.toISOString(),
  };
}
