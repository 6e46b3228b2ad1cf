import { and, eq, exists, isNotNull, ne, sql } from 'drizzle-orm';
import { database, type Db } from '@/db/client';
import { campaigns } from '@/db/schema/campaigns';
import { senders, templates } from '@/db/schema/senders';
import type { WorkspaceId } from '@/lib/tenant';
import type { Checklist } from './schema';

/** Read from what is there, never ticked off: a step undone (the sender deleted) is open again. */
export async function readChecklist(workspaceId: WorkspaceId, db: Db = database().db): Promise<Checklist> {
  const one = { one: sql`1` };
  const started = (isTest: boolean) =>
    exists(
      db
        .select(one)
        .from(campaigns)
        .where(
          and(
            eq(campaigns.workspaceId, workspaceId),
            eq(campaigns.isTest, isTest),
            isNotNull(campaigns.startedAt),
          ),
        ),
    );
  const [row] = await db.execute<Record<keyof Checklist, boolean>>(sql`SELECT
    ${exists(db.select(one).from(senders).where(eq(senders.workspaceId, workspaceId)))} AS sender,
    ${exists(
      db
        .select(one)
        .from(templates)
        .where(and(eq(templates.workspaceId, workspaceId), ne(templates.status, 'DELETED'))),
    )} AS templates,
    ${started(true)} AS test,
    ${started(false)} AS campaign`);
  return row ?? { sender: false, templates: false, test: false, campaign: false };
}
