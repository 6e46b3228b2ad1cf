import { and, eq, lte, ne, notInArray, sql } from 'drizzle-orm';
import type { PgInsertValue } from 'drizzle-orm/pg-core';
import { database, type Db } from '@/db/client';
import { senders, templates } from '@/db/schema/senders';
import { brakeForCategory } from '@/lib/brakes/notices';
import { notFound } from '@/lib/errors';
import type { WorkspaceId } from '@/lib/tenant';
import { listGraphTemplates, type GraphAccess, type GraphTemplate } from '@/lib/whatsapp/graph';
import { compareSnapshots, readSnapshot, type Snapshot } from './changes';
import type { SyncReport } from './schema';

export interface SyncTemplates {
  workspaceId: WorkspaceId;
  senderId: string;
  wabaId: string;
  access: GraphAccess;
}

const BATCH = 500;

/**
 * Makes our templates of a sender those of its WhatsApp account; how many there are, and what that changed.
 * Those gone there become DELETED here, since campaigns still name them. Reading comes first, then one
 * transaction; a failure to read changes nothing. Throws AppError in plain words.
 */
export async function syncTemplates(input: SyncTemplates, db: Db = database().db): Promise<SyncReport> {
  const readAt = await databaseNow(db);
  const found = await listGraphTemplates(input.access, input.wabaId);
  return db.transaction(async (tx) => {
    await holdSender(input, tx);
    const before = await readSnapshot(input, tx);
    await storeTemplates({ ...input, found, readAt }, tx);
    const after = await readSnapshot(input, tx);
    await brakeForCategories(input, before, after, tx);
    return { templates: found.length, ...compareSnapshots(before, after) };
  });
}

/** A webhook about a new category may have been lost: the sync acts on it all the same. */
async function brakeForCategories(
  { workspaceId, senderId }: SyncTemplates,
  before: Snapshot,
  after: Snapshot,
  tx: Db,
): Promise<void> {
  for (const [metaId, template] of before) {
    const is = after.get(metaId)?.category ?? template.category;
    if (is !== template.category) await brakeForCategory({ workspaceId, senderId, template, is }, tx);
  }
}

/** Two syncs of a sender go one after the other, and none writes templates of a sender just deleted. */
async function holdSender({ workspaceId, senderId }: SyncTemplates, tx: Db): Promise<void> {
  const [held] = await tx
    .select({ id: senders.id })
    .from(senders)
    .where(and(eq(senders.workspaceId, workspaceId), eq(senders.id, senderId)))
    .for('no key update');
  if (!held) throw notFound('sender');
}

interface StoreTemplates {
  workspaceId: WorkspaceId;
  senderId: string;
  found: readonly GraphTemplate[];
  /** When reading began, as text of the database's clock: what was written since is newer than what was read. */
  readAt: string;
}

async function storeTemplates(
  { workspaceId, senderId, found, readAt }: StoreTemplates,
  tx: Db,
): Promise<void> {
  const notNewer = lte(templates.updatedAt, sql`${readAt}::timestamptz`);
  for (let start = 0; start < found.length; start += BATCH) {
    await tx
      .insert(templates)
      .values(found.slice(start, start + BATCH).map((template) => toRow(template, { workspaceId, senderId })))
      .onConflictDoUpdate({
        target: [templates.workspaceId, templates.senderId, templates.metaId],
        set: REPLACED,
        setWhere: notNewer,
      });
  }
  await tx
    .update(templates)
    .set({ status: 'DELETED', updatedAt: sql`clock_timestamp()`, syncedAt: sql`clock_timestamp()` })
    .where(
      and(
        eq(templates.workspaceId, workspaceId),
        eq(templates.senderId, senderId),
        ne(templates.status, 'DELETED'),
        notNewer,
        notInArray(
          templates.metaId,
          found.map(({ id }) => id),
        ),
      ),
    );
}

const REPLACED = {
  name: sql`excluded.name`,
  language: sql`excluded.language`,
  category: sql`excluded.category`,
  status: sql`excluded.status`,
  parameterFormat: sql`excluded.parameter_format`,
  components: sql`excluded.components`,
  qualityScore: sql`excluded.quality_score`,
  rejectedReason: sql`excluded.rejected_reason`,
  syncedAt: sql`excluded.synced_at`,
  updatedAt: sql`excluded.updated_at`,
};

function toRow(
  template: GraphTemplate,
  owner: { workspaceId: WorkspaceId; senderId: string },
): PgInsertValue<typeof templates> {
  const clock = sql`clock_timestamp()`;
  return {
    ...owner,
    metaId: template.id,
    name: template.name,
    language: template.language,
    category: template.category,
    status: template.status,
    parameterFormat: template.parameter_format,
    components: template.components,
    qualityScore: template.quality_score?.score ?? null,
    rejectedReason: template.rejected_reason,
    syncedAt: clock,
    updatedAt: clock,
  };
}

async function databaseNow(db: Db): Promise<string> {
  const rows = await db.execute<{ now: string }>(sql`SELECT clock_timestamp()::text AS now`);
  const [row] = [...rows];
  if (!row) throw new Error('The database told no time.');
  return row.now;
}
