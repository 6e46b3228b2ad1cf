import { and, eq, sql } from 'drizzle-orm';
import type { Db } from '@/db/client';
import { templates } from '@/db/schema/senders';
import type { WorkspaceId } from '@/lib/tenant';
import { MAX_NAMED_CHANGES, type TemplateChanges, type TemplateName } from './schema';

/** A sender's templates as they stand, to be compared with how they stood. */
export type Snapshot = ReadonlyMap<
  string,
  TemplateName & { id: number; category: string; deleted: boolean; fingerprint: string }
>;

/**
 * Of everything a page shows of a template. The link to a header's example is left out: Meta signs it anew at
 * every reading, so that nothing would ever count as unchanged.
 */
const FINGERPRINT = sql<string>`md5(concat_ws(chr(31),
  ${templates.name}, ${templates.language}, ${templates.category}, ${templates.status}, ${templates.parameterFormat},
  coalesce(${templates.qualityScore}, ''), coalesce(${templates.rejectedReason}, ''),
  regexp_replace(${templates.components}::text, '"header_handle": \\[[^\\]]*\\]', '', 'g')))`;

/** Reads the sender's templates within the sync's transaction; some 6,000 fingerprints at most. */
export async function readSnapshot(
  { workspaceId, senderId }: { workspaceId: WorkspaceId; senderId: string },
  tx: Db,
): Promise<Snapshot> {
  const rows = await tx
    .select({
      metaId: templates.metaId,
      id: templates.id,
      category: templates.category,
      name: templates.name,
      language: templates.language,
      status: templates.status,
      fingerprint: FINGERPRINT,
    })
    .from(templates)
    .where(and(eq(templates.workspaceId, workspaceId), eq(templates.senderId, senderId)));
  return new Map(
    rows.map(({ metaId, status, ...row }) => [metaId, { ...row, deleted: status === 'DELETED' }]),
  );
}

/** What came, changed and went between two snapshots: by name, the first of each kind, and how many there are. */
export function compareSnapshots(before: Snapshot, after: Snapshot): TemplateChanges {
  const found = { added: [] as TemplateName[], changed: [] as TemplateName[], removed: [] as TemplateName[] };
  for (const [metaId, { name, language, deleted, fingerprint }] of after) {
    const was = before.get(metaId);
    const wasHere = was !== undefined && !was.deleted;
    if (!wasHere && !deleted) found.added.push({ name, language });
    else if (wasHere && deleted) found.removed.push({ name, language });
    else if (wasHere && was.fingerprint !== fingerprint) found.changed.push({ name, language });
  }
  return {
    added: firstByName(found.added),
    changed: firstByName(found.changed),
    removed: firstByName(found.removed),
    totals: {
      added: found.added.length,
      changed: found.changed.length,
      removed: found.removed.length,
    },
  };
}

function firstByName(names: TemplateName[]): TemplateName[] {
  const sorted = names.sort((a, b) => compare(a.name, b.name) || compare(a.language, b.language));
  return sorted.slice(0, MAX_NAMED_CHANGES);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
