import { and, eq, sql } from 'drizzle-orm';
import { database, type Db, type Sql } from '@/db/client';
import { workspaces } from '@/db/schema/accounts';
import { campaigns } from '@/db/schema/campaigns';
import { AppError } from '@/lib/errors';
import { instantWords, judgeStart, type StartProblem } from '@/lib/schedule/local-start';
import type { LocalStart } from '@/lib/schedule/schema';
import type { WorkspaceId } from '@/lib/tenant';

/** How long WhatsApp may be asked before a start: twice as long as is waited for its answer (lib/brakes/before-start.ts), and some. */
const ASKS_S = 6;

/** When a campaign is to start by itself. */
export interface PlannedStart {
  at: Date;
  /** By whose clocks it was said (IANA name); null: it was said as an instant. */
  timeZone: string | null;
}

/**
 * The start a request asks for: an instant, a time on the clocks of a zone, null to take it back, or undefined where
 * it says nothing of it. Throws 422 for a time that the zone's clocks skip, or show twice without saying which.
 */
export function readPlannedStart(asked: {
  scheduled_at?: string | null;
  schedule?: LocalStart;
}): PlannedStart | null | undefined {
  const { scheduled_at: instant, schedule } = asked;
  if (schedule) {
    const verdict = judgeStart(schedule);
    if (!verdict.ok) throw toAppError(verdict.problem);
    return { at: new Date(verdict.reading.at), timeZone: schedule.time_zone };
  }
  return typeof instant === 'string' ? { at: new Date(instant), timeZone: null } : instant;
}

/** For a program each choice is an issue of its own, with its offset and its instant. */
function toAppError({ code, field, message, choices }: StartProblem): AppError {
  const issues = choices.map((choice) => ({
    path: `schedule.${field}`,
    message: `${instantWords(choice)} is ${new Date(choice.at).toISOString()}.`,
  }));
  return new AppError('invalid', code, message, { issues });
}

/**
 * Whether it is this worker that asks WhatsApp before a start that is due; the others leave it alone for that long. One
 * that dies or freezes over it hands it on by that. The start itself is decided under the row's lock, whoever comes to it.
 */
export async function takeStart(
  { workspaceId, campaignId }: { workspaceId: WorkspaceId; campaignId: string },
  sql: Sql = database().sql,
): Promise<boolean> {
  const taken = await sql`
    UPDATE campaigns SET start_asked_until = clock_timestamp() + make_interval(secs => ${ASKS_S})
    WHERE workspace_id = ${workspaceId} AND id = ${campaignId} AND status = 'scheduled'
      AND scheduled_at <= clock_timestamp() AND start_missed_at IS NULL
      AND (start_asked_until IS NULL OR start_asked_until <= clock_timestamp())
    RETURNING 1`;
  return taken.length > 0;
}

/** How its planned time stands to now, by the database's clock; the caller holds the campaign's row lock. */
export async function readDueness(
  campaign: { workspaceId: string; id: string },
  tx: Db,
): Promise<{ isDue: boolean; isLate: boolean; lateMinutes: number }> {
  const [row] = await tx
    .select({
      isDue: sql<boolean>`${campaigns.scheduledAt} <= clock_timestamp()`,
      isLate: sql<boolean>`${campaigns.scheduledAt} < clock_timestamp() - make_interval(mins => ${workspaces.lateAfterMinutes})`,
      lateMinutes: sql<number>`floor(extract(epoch FROM clock_timestamp() - ${campaigns.scheduledAt}) / 60)::int`,
    })
    .from(campaigns)
    .innerJoin(workspaces, eq(workspaces.id, campaigns.workspaceId))
    .where(and(eq(campaigns.workspaceId, campaign.workspaceId), eq(campaigns.id, campaign.id)));
  return row ?? { isDue: false, isLate: false, lateMinutes: 0 };
}
