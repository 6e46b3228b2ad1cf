import { and, eq, inArray, isNull, ne, or, sql, type SQL } from 'drizzle-orm';
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core';
import { database, type Db } from '@/db/client';
import { campaignCounters, campaigns } from '@/db/schema/campaigns';
import { rateLimits } from '@/db/schema/engine';
import { forgetFileOfCampaign } from '@/lib/drafts/forget-file';
import { AppError, notFound } from '@/lib/errors';
import { publishCampaignChange } from '@/lib/events/publish';
import type { Actor, WorkspaceId } from '@/lib/tenant';
import { recordCampaignEvents, type CampaignEventKind } from './events';
import { readDueness, type PlannedStart } from './planned-start';
import { assertStartable } from './startable';
import { mayDo, statesAllowing, type CampaignAction } from './status';

// Every write to a campaign's status is in this file and in lib/engine (complete, reopen), always under the
// campaign's row lock, so that two commands at once are one after the other.

export type Campaign = typeof campaigns.$inferSelect;

interface Command {
  actor: Actor;
  campaignId: string;
}

interface BrakePull {
  workspaceId: WorkspaceId;
  /** Shown to people as it stands. */
  reason: string;
  /**
   * How long ago began what tells of the trouble, ms: a campaign that became active since then goes on, because whoever
   * started it may have mended what that request met. Without it, the trouble is of now.
   */
  begunMsAgo?: number | undefined;
}

interface Speed {
  /** Requests under way at once, 1–100. */
  workerCount?: number;
  /** Messages a second, 1–1000. */
  rateLimit?: number;
}

/** Starts a draft or resumes a paused campaign; 409 from any other state. Returns the speeds in force. */
export async function startCampaign(
  command: Command & Speed,
  db: Db = database().db,
): Promise<{ workerCount: number; rateLimit: number }> {
  return db.transaction(async (tx) => {
    const campaign = await lockCampaign(command.actor.workspaceId, command.campaignId, tx);
    const updated = await activate(campaign, 'send', command, tx);
    return { workerCount: updated.workerCount, rateLimit: updated.rateLimit };
  });
}

/** What `POST /api/campaigns/:id/status` does; 409 where the state machine forbids it. */
export async function setCampaignStatus(
  command: Command & { status: 'active' | 'paused' | 'stopped' },
  db: Db = database().db,
): Promise<void> {
  await db.transaction(async (tx) => {
    const campaign = await lockCampaign(command.actor.workspaceId, command.campaignId, tx);
    if (command.status === 'active') await activate(campaign, 'activate', command, tx);
    else {
      const [action, status] =
        command.status === 'paused' ? (['pause', 'paused'] as const) : (['stop', 'stopped'] as const);
      const detail = { pending: await countPending(campaign, tx) };
      await move(campaign, action, { status, pausedReason: null }, status, command.actor, tx, detail);
    }
  });
}

/** Plans the start of a draft, moves it, or (null) takes it back; 409 once it has started, 422 in the past. */
export async function scheduleCampaign(
  command: Command & { start: PlannedStart | null },
  db: Db = database().db,
): Promise<void> {
  const { actor, start } = command;
  await db.transaction(async (tx) => {
    const campaign = await lockCampaign(actor.workspaceId, command.campaignId, tx);
    if (start === null) {
      if (campaign.status === 'draft') return;
      const back = {
        status: 'draft',
        scheduledAt: null,
        scheduledTimeZone: null,
        pausedReason: null,
      } as const;
      await move(campaign, 'unschedule', back, 'unscheduled', actor, tx);
      return;
    }
    if (start.at.getTime() <= Date.now())
      throw new AppError(
        'invalid',
        'scheduled_in_the_past',
        'The start time is in the past; choose a later one, or send it now.',
      );
    assertMayDo('schedule', campaign);
    await assertStartable(campaign, tx);
    const planned = { scheduledAt: start.at, scheduledTimeZone: start.timeZone };
    const asksNoMore = { startMissedAt: null, startAskedUntil: null, pausedReason: null };
    const changes = { status: 'scheduled' as const, ...planned, ...asksNoMore };
    await move(campaign, 'schedule', changes, 'scheduled', actor, tx, {
      scheduled_at: start.at.toISOString(),
      time_zone: start.timeZone,
    });
  });
}

/**
 * Starts a campaign whose time has come; one that is later than its account allows, or of which not one message could be
 * sent, stays as it is and asks. Called by every worker: whoever gets the row lock first does it, and the others find it
 * done, or moved to another time.
 */
export async function startScheduledCampaign(
  due: { workspaceId: WorkspaceId; campaignId: string },
  db: Db = database().db,
): Promise<'started' | 'missed' | 'held' | 'not_due'> {
  return db.transaction(async (tx) => {
    const campaign = await lockCampaign(due.workspaceId, due.campaignId, tx);
    if (campaign.status !== 'scheduled' || campaign.startMissedAt) return 'not_due';
    const { isDue, isLate, lateMinutes } = await readDueness(campaign, tx);
    if (!isDue) return 'not_due';
    if (isLate) {
      await askForStart(campaign, lateMinutes, tx);
      return 'missed';
    }
    const reason = await reasonNotToStart(campaign, tx);
    if (reason) {
      await brakeWhere({ workspaceId: due.workspaceId, reason }, eq(campaigns.id, campaign.id), tx);
      return 'held';
    }
    await move(campaign, 'activate', { status: 'active', startedAt: sql`now()` }, 'started', null, tx);
    return 'started';
  });
}

/** Changes the speeds, also while it runs: the next claim (≤ 100 ms) reads them. */
export async function changeCampaignSpeed(command: Command & Speed, db: Db = database().db): Promise<void> {
  await db.transaction(async (tx) => {
    const campaign = await lockCampaign(command.actor.workspaceId, command.campaignId, tx);
    const speed = withoutUndefined({ workerCount: command.workerCount, rateLimit: command.rateLimit });
    if (Object.keys(speed).length === 0) return;
    await tx
      .update(campaigns)
      .set({ ...speed, updatedAt: sql`clock_timestamp()` })
      .where(isCampaign(campaign));
    await setLimiterRate(campaign, command.rateLimit, tx);
    await recordCampaignEvents(
      [
        {
          workspaceId: command.actor.workspaceId,
          campaignId: campaign.id,
          userId: command.actor.userId,
          kind: 'speed_changed',
          detail: speed,
        },
      ],
      tx,
    );
    await publishCampaignChange(campaign.id, tx);
  });
}

/**
 * The brake: pauses an active campaign with a reason in plain words. One that is planned stays so, but no longer starts by
 * itself: it asks for a start or a new time, as one that was missed does. No effect in other states.
 */
export async function pauseCampaign(
  brake: BrakePull & { campaignId: string },
  db: Db = database().db,
): Promise<boolean> {
  const ids = await brakeWhere(brake, eq(campaigns.id, brake.campaignId), db);
  return ids.length > 0;
}

/** The same for all campaigns of a sender, or those of one template. Returns the ids of those it acted on. */
export async function pauseCampaignsOfSender(
  brake: BrakePull & { senderId: string; templateId?: number },
  db: Db = database().db,
): Promise<string[]> {
  const ofTemplate = brake.templateId === undefined ? undefined : sendsTemplate(brake.templateId);
  return brakeWhere(brake, and(eq(campaigns.senderId, brake.senderId), ofTemplate), db);
}

/** It, or one of its messages. */
function sendsTemplate(templateId: number): SQL | undefined {
  const isOne = JSON.stringify([{ template_id: templateId }]);
  return or(eq(campaigns.templateId, templateId), sql`${campaigns.variants} @> ${isOne}::text::jsonb`);
}

/** A finished campaign goes on, because some of its recipients were put back in the queue. */
export async function reopenCampaign(campaign: Campaign, actor: Actor | null, tx: Db): Promise<void> {
  await move(campaign, 'reopen', { status: 'active', completedAt: null }, 'reopened', actor, tx);
}

/** Nothing is left to do. The caller has checked under the row lock. */
export async function completeCampaign(campaign: Campaign, tx: Db): Promise<void> {
  await move(campaign, 'complete', { status: 'completed', completedAt: sql`now()` }, 'completed', null, tx);
}

/** Locks the row against every other command; 404 when it is not this workspace's. */
export async function lockCampaign(workspaceId: WorkspaceId, campaignId: string, tx: Db): Promise<Campaign> {
  const [campaign] = await tx
    .select()
    .from(campaigns)
    .where(and(eq(campaigns.workspaceId, workspaceId), eq(campaigns.id, campaignId)))
    .for('update');
  if (!campaign) throw notFound('campaign');
  return campaign;
}

/** 409 in words a person can act on. */
export function assertMayDo(action: CampaignAction, campaign: Campaign): void {
  if (mayDo(action, campaign.status)) return;
  const states = statesAllowing(action).join(' or ');
  throw new AppError(
    'conflict',
    'invalid_campaign_state',
    `The campaign is ${campaign.status}; this is possible only when it is ${states}.`,
  );
}

async function reasonNotToStart(campaign: Campaign, tx: Db): Promise<string | null> {
  try {
    await assertStartable(campaign, tx);
    return null;
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
}

/** Still planned, and no worker tries it again: a person starts it, sets another time, or takes it back. */
async function askForStart(campaign: Campaign, lateMinutes: number, tx: Db): Promise<void> {
  await tx
    .update(campaigns)
    .set({ startMissedAt: sql`now()`, updatedAt: sql`clock_timestamp()` })
    .where(isCampaign(campaign));
  const workspaceId = campaign.workspaceId as WorkspaceId;
  const detail = { scheduled_at: campaign.scheduledAt?.toISOString(), late_minutes: lateMinutes };
  await recordCampaignEvents([{ workspaceId, campaignId: campaign.id, kind: 'start_missed', detail }], tx);
  await publishCampaignChange(campaign.id, tx);
}

async function activate(
  campaign: Campaign,
  action: 'send' | 'activate',
  command: Command & Speed,
  tx: Db,
): Promise<Campaign> {
  assertMayDo(action, campaign);
  await assertStartable(campaign, tx);
  const speed = withoutUndefined({ workerCount: command.workerCount, rateLimit: command.rateLimit });
  const started = {
    status: 'active' as const,
    startedAt: sql`coalesce(${campaigns.startedAt}, now())`,
    pausedReason: null,
  };
  const kind = campaign.startedAt ? 'resumed' : 'started';
  await setLimiterRate(campaign, command.rateLimit, tx);
  return move(campaign, action, { ...started, ...speed }, kind, command.actor, tx, speed);
}

async function move(
  campaign: Campaign,
  action: CampaignAction,
  changes: PgUpdateSetSource<typeof campaigns>,
  kind: CampaignEventKind,
  actor: Actor | null,
  tx: Db,
  detail: Record<string, unknown> = {},
): Promise<Campaign> {
  assertMayDo(action, campaign);
  const [updated] = await tx
    .update(campaigns)
    .set({
      ...changes,
      ...(changes.status === 'active' && { activeSince: sql`clock_timestamp()` }),
      updatedAt: sql`clock_timestamp()`,
    })
    .where(isCampaign(campaign))
    .returning();
  if (!updated) throw notFound('campaign');
  if (updated.status === 'active') await forgetIdleSlots(campaign, tx);
  const workspaceId = campaign.workspaceId as WorkspaceId;
  // There is no way back into the wizard from here.
  if (['active', 'stopped'].includes(updated.status))
    await forgetFileOfCampaign({ workspaceId, campaignId: campaign.id }, tx);
  await recordCampaignEvents(
    [{ workspaceId, campaignId: campaign.id, userId: actor?.userId, kind, detail }],
    tx,
  );
  await publishCampaignChange(campaign.id, tx);
  return updated;
}

/** How many were waiting at that moment: those fewer a little later were on their way to WhatsApp already. */
async function countPending(campaign: Campaign, tx: Db): Promise<number> {
  const [row] = await tx
    .select({ pending: sql<number>`coalesce(sum(${campaignCounters.pending}), 0)::int` })
    .from(campaignCounters)
    .where(
      and(
        eq(campaignCounters.workspaceId, campaign.workspaceId),
        eq(campaignCounters.campaignId, campaign.id),
      ),
    );
  return row?.pending ?? 0;
}

async function brakeWhere(
  { workspaceId, reason, begunMsAgo }: BrakePull,
  which: SQL | undefined,
  db: Db,
): Promise<string[]> {
  const isPlanned = sql`${campaigns.status} = 'scheduled'`;
  return db.transaction(async (tx) => {
    const braked = await tx
      .update(campaigns)
      .set({
        status: sql`CASE WHEN ${isPlanned} THEN ${campaigns.status} ELSE 'paused' END`,
        startMissedAt: sql`CASE WHEN ${isPlanned} THEN coalesce(${campaigns.startMissedAt}, now()) ELSE ${campaigns.startMissedAt} END`,
        pausedReason: reason,
        updatedAt: sql`clock_timestamp()`,
      })
      .where(
        and(
          eq(campaigns.workspaceId, workspaceId),
          which,
          inArray(campaigns.status, [...statesAllowing('pause')]),
          // One that is planned asks once.
          or(ne(campaigns.status, 'scheduled'), isNull(campaigns.pausedReason)),
          begunMsAgo === undefined ? undefined : wasActiveBefore(begunMsAgo),
        ),
      )
      .returning({ id: campaigns.id, status: campaigns.status });
    const detail = { reason };
    await recordCampaignEvents(
      braked.map(({ id, status }) => ({
        ...{ workspaceId, campaignId: id, detail },
        kind: status === 'scheduled' ? 'start_held' : 'paused',
      })),
      tx,
    );
    for (const { id } of braked) await publishCampaignChange(id, tx);
    return braked.map(({ id }) => id);
  });
}

/** By the database's clock, which active_since is by too. */
function wasActiveBefore(msAgo: number): SQL | undefined {
  const since = sql`coalesce(${campaigns.activeSince}, ${campaigns.startedAt})`;
  return or(
    ne(campaigns.status, 'active'),
    sql`${since} <= now() - make_interval(secs => ${msAgo / 1000}::float8)`,
  );
}

/**
 * Sending begins now: the slots nobody took while the campaign did not run are no credit. Spent at once they
 * would be a burst, which no second wall keeps within its second once requests travel at different speeds.
 */
async function forgetIdleSlots(campaign: Campaign, tx: Db): Promise<void> {
  await tx
    .update(rateLimits)
    .set({ tat: sql`greatest(${rateLimits.tat}, clock_timestamp())` })
    .where(and(eq(rateLimits.workspaceId, campaign.workspaceId), eq(rateLimits.id, campaign.id)));
}

async function setLimiterRate(campaign: Campaign, rateLimit: number | undefined, tx: Db): Promise<void> {
  if (rateLimit === undefined) return;
  await tx
    .update(rateLimits)
    .set({ rate: rateLimit })
    .where(and(eq(rateLimits.workspaceId, campaign.workspaceId), eq(rateLimits.id, campaign.id)));
}

function isCampaign(campaign: Campaign): SQL | undefined {
  return and(eq(campaigns.workspaceId, campaign.workspaceId), eq(campaigns.id, campaign.id));
}

function withoutUndefined<T extends Record<string, unknown>>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}
