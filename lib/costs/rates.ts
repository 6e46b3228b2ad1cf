import { and, asc, desc, eq, sql, type SQL } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { messageRates } from '@/db/schema/costs';
import { recordAudit } from '@/lib/audit/record';
import { AppError, notFound } from '@/lib/errors';
import type { Actor, WorkspaceId } from '@/lib/tenant';
import { countryNameOf } from './country';
import { fromMicros, toMicros } from './money';
import type { Rate, RateBody } from './schema';

/** Every country, five categories, and some years of changes; the whole card is read at once. */
export const MAX_RATES = 10_000;

interface RateKey {
  workspaceId: WorkspaceId;
  rateId: string;
}

/** The workspace's rates: by country and category, the newest first of each. */
export async function listRates(workspaceId: WorkspaceId, db: Db = database().db): Promise<Rate[]> {
  const rows = await db
    .select()
    .from(messageRates)
    .where(eq(messageRates.workspaceId, workspaceId))
    .orderBy(asc(messageRates.country), asc(messageRates.category), desc(messageRates.validFrom));
  return rows.map(toRate);
}

/** One rate; throws 404. */
export async function getRate(key: RateKey, db: Db = database().db): Promise<Rate> {
  const [row] = await db.select().from(messageRates).where(isRate(key));
  if (!row) throw notFound('rate');
  return toRate(row);
}

/** Adds a rate. Throws 409 where country, category and day have one, or the card is full. */
export async function createRate(actor: Actor, body: RateBody, db: Db = database().db): Promise<Rate> {
  return db.transaction(async (tx) => {
    await requireRoom(actor.workspaceId, 1, tx);
    const [row] = await tx
      .insert(messageRates)
      .values({ workspaceId: actor.workspaceId, userId: actor.userId, ...toColumns(body) })
      .onConflictDoNothing()
      .returning();
    if (!row) throw taken(body);
    await recordAudit([{ ...actor, kind: 'rate_added', subject: subjectOf(row), detail: detailOf(row) }], tx);
    return toRate(row);
  });
}

/** Changes what is named. Throws 404, 409. */
export async function updateRate(
  { actor, rateId, changes }: { actor: Actor; rateId: string; changes: Partial<RateBody> },
  db: Db = database().db,
): Promise<Rate> {
  const key = { workspaceId: actor.workspaceId, rateId };
  return db.transaction(async (tx) => {
    // Two changes of one card wait for each other: what is checked still holds when it is written.
    await lockCard(actor.workspaceId, tx);
    const before = await getRate(key, tx);
    const { id: _id, country_name: _name, updated_at: _at, ...old } = before;
    const next = { ...old, ...changes } as RateBody;
    const other = await tx
      .select({ id: messageRates.id })
      .from(messageRates)
      .where(
        and(
          eq(messageRates.workspaceId, actor.workspaceId),
          eq(messageRates.country, next.country),
          eq(messageRates.category, next.category),
          eq(messageRates.validFrom, next.valid_from),
          sql`${messageRates.id} <> ${rateId}`,
        ),
      );
    if (other.length > 0) throw taken(next);
    const [row] = await tx
      .update(messageRates)
      .set({ ...toColumns(next), userId: actor.userId, updatedAt: sql`now()` })
      .where(isRate(key))
      .returning();
    if (!row) throw notFound('rate');
    const detail = { ...detailOf(row), before: `${before.currency} ${before.amount}` };
    await recordAudit([{ ...actor, kind: 'rate_changed', subject: subjectOf(row), detail }], tx);
    return toRate(row);
  });
}

/** Takes a rate away: what was sent in its days has no amount any more. Throws 404. */
export async function deleteRate(
  { actor, rateId }: { actor: Actor; rateId: string },
  db: Db = database().db,
): Promise<void> {
  await db.transaction(async (tx) => {
    const [row] = await tx
      .delete(messageRates)
      .where(isRate({ workspaceId: actor.workspaceId, rateId }))
      .returning();
    if (!row) throw notFound('rate');
    await recordAudit(
      [{ ...actor, kind: 'rate_deleted', subject: subjectOf(row), detail: detailOf(row) }],
      tx,
    );
  });
}

/** Waits for whoever else changes this workspace's rates, until the transaction ends. */
export async function lockCard(workspaceId: WorkspaceId, tx: Db): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`rates ${workspaceId}`}, 0))`);
}

/** Throws 409 where `more` rates would be too many. */
export async function requireRoom(workspaceId: WorkspaceId, more: number, tx: Db): Promise<void> {
  await lockCard(workspaceId, tx);
  const there = await tx.$count(messageRates, eq(messageRates.workspaceId, workspaceId));
  if (there + more <= MAX_RATES) return;
  const message = `A workspace holds ${MAX_RATES} rates at most; there are ${there}. Remove old ones first.`;
  throw new AppError('conflict', 'too_many_rates', message);
}

/** A body in the table's columns. */
export function toColumns({ country, category, currency, amount, valid_from: validFrom }: RateBody) {
  return { country, category, currency, amount, validFrom };
}

function isRate({ workspaceId, rateId }: RateKey): SQL | undefined {
  return and(eq(messageRates.workspaceId, workspaceId), eq(messageRates.id, rateId));
}

type Row = typeof messageRates.$inferSelect;

function toRate(row: Row): Rate {
  return {
    id: row.id,
    country: row.country,
    country_name: countryNameOf(row.country),
    category: row.category,
    currency: row.currency,
    // PostgreSQL writes every decimal of the column: 0.013700.
    amount: fromMicros(toMicros(row.amount)),
    valid_from: row.validFrom,
    updated_at: row.updatedAt.toISOString(),
  };
}

function subjectOf({ country, category }: Row): string {
  return `${countryNameOf(country)}, ${category.replaceAll('_', ' ')}`;
}

function detailOf({ currency, amount, validFrom }: Row): Record<string, unknown> {
  return { amount: `${currency} ${fromMicros(toMicros(amount))}`, valid_from: validFrom };
}

function taken({ country, category, valid_from: from }: RateBody): AppError {
  const words = `${countryNameOf(country)} has a rate for ${category.replaceAll('_', ' ')} from ${from} already: change that one, or choose another day.`;
  return new AppError('conflict', 'rate_exists', words);
}
