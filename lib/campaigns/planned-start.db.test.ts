import { and, eq } from 'drizzle-orm';
import { afterAll, describe, expect, it } from 'vitest';
import { database } from '@/db/client';
import { workspaces } from '@/db/schema/accounts';
import { campaignEvents } from '@/db/schema/campaigns';
import { templates } from '@/db/schema/senders';
import { listDueCampaigns } from '@/lib/engine/live-campaigns';
import { createCampaign, createWorkspace } from '@/tests/support/rows';
import { updateCampaign } from './mutations';
import { getCampaign } from './queries';
import { setCampaignStatus, startScheduledCampaign } from './transitions';

afterAll(() => database().close());

const MINUTE_MS = 60_000;

/** A campaign that was planned for so many minutes ago; negative: it is still to come. */
async function plan(minutesAgo: number) {
  const actor = await createWorkspace();
  const scheduledAt = new Date(Date.now() - minutesAgo * MINUTE_MS);
  const values = { status: 'scheduled', scheduledAt, scheduledTimeZone: 'Europe/Berlin' } as const;
  const { id: campaignId } = await createCampaign(actor.workspaceId, actor.userId, { count: 3, values });
  const key = { workspaceId: actor.workspaceId, campaignId };
  return {
    actor,
    campaignId,
    key,
    read: () => getCampaign(key),
    isListed: async () => (await listDueCampaigns()).some((due) => due.campaignId === campaignId),
    events: async () =>
      database()
        .db.select({
          kind: campaignEvents.kind,
          userId: campaignEvents.userId,
          detail: campaignEvents.detail,
        })
        .from(campaignEvents)
        .where(
          and(eq(campaignEvents.workspaceId, key.workspaceId), eq(campaignEvents.campaignId, campaignId)),
        )
        .orderBy(campaignEvents.id),
  };
}

describe('a planned start', () => {
  it('begins once its time has come, by nobody, and not a moment before', async () => {
    const early = await plan(-5);
    expect(await early.isListed()).toBe(false);
    expect(await startScheduledCampaign(early.key)).toBe('not_due');
    expect(await early.read()).toMatchObject({ status: 'scheduled', started_at: null });

    const due = await plan(1);
    expect(await due.isListed()).toBe(true);
    expect(await startScheduledCampaign(due.key)).toBe('started');
    expect(await due.read()).toMatchObject({ status: 'active', start_missed_at: null });
    expect(await due.events()).toEqual([{ kind: 'started', userId: null, detail: {} }]);
    expect(await due.isListed()).toBe(false);
  });

  it('happens once, however many workers see it at once', async () => {
    const due = await plan(1);
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => startScheduledCampaign(due.key)));
    expect(outcomes.filter((outcome) => outcome === 'started')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'not_due')).toHaveLength(7);
    expect((await due.events()).map(({ kind }) => kind)).toEqual(['started']);
  });

  it('is left whole by a worker that is killed as it fires: another one does it, once', async () => {
    const due = await plan(1);
    let others: ReturnType<typeof startScheduledCampaign>[] = [];
    const killed = database().db.transaction(async (tx) => {
      expect(await startScheduledCampaign(due.key, tx)).toBe('started');
      others = [startScheduledCampaign(due.key), startScheduledCampaign(due.key)];
      // What the database sees of a killed process: its connection is gone before the commit.
      await tx.execute('SELECT pg_terminate_backend(pg_backend_pid())');
    });
    await expect(killed).rejects.toThrow();
    expect((await Promise.all(others)).sort()).toEqual(['not_due', 'started']);
    expect(await due.read()).toMatchObject({ status: 'active' });
    expect((await due.events()).map(({ kind }) => kind)).toEqual(['started']);
  });

  it('does not happen when it was moved or taken back after a worker saw it due', async () => {
    const moved = await plan(1);
    expect(await moved.isListed()).toBe(true);
    const start = { at: new Date(Date.now() + 60 * MINUTE_MS), timeZone: null };
    await updateCampaign({ ...moved, start });
    expect(await startScheduledCampaign(moved.key)).toBe('not_due');
    expect(await moved.read()).toMatchObject({ status: 'scheduled', scheduled_at: start.at.toISOString() });

    const cancelled = await plan(1);
    await updateCampaign({ ...cancelled, start: null });
    expect(await startScheduledCampaign(cancelled.key)).toBe('not_due');
    expect(await cancelled.read()).toMatchObject({ status: 'draft', scheduled_at: null });
  });

  it('is paused with the reason when not one message could be sent', async () => {
    const due = await plan(1);
    const { template_id: templateId } = await due.read();
    await database().db.update(templates).set({ status: 'PAUSED' }).where(eq(templates.id, templateId));
    expect(await startScheduledCampaign(due.key)).toBe('paused');
    const { status, paused_reason: reason } = await due.read();
    expect(status).toBe('paused');
    expect(reason).toContain('PAUSED');
  });
});

describe('a planned start that nobody was there for', () => {
  it('waits and asks once it is later than the account allows, and no worker tries again', async () => {
    const missed = await plan(125);
    expect(await startScheduledCampaign(missed.key)).toBe('missed');
    const campaign = await missed.read();
    expect(campaign).toMatchObject({ status: 'scheduled', started_at: null, pending: 3 });
    expect(campaign.start_missed_at).not.toBeNull();
    expect(await missed.events()).toEqual([
      {
        kind: 'start_missed',
        userId: null,
        detail: { scheduled_at: campaign.scheduled_at, late_minutes: 125 },
      },
    ]);
    expect(await missed.isListed()).toBe(false);
    expect(await startScheduledCampaign(missed.key)).toBe('not_due');
    expect(await missed.events()).toHaveLength(1);
  });

  it('is asked about once, however many workers come up at once', async () => {
    const missed = await plan(125);
    const outcomes = await Promise.all(Array.from({ length: 4 }, () => startScheduledCampaign(missed.key)));
    expect(outcomes.sort()).toEqual(['missed', 'not_due', 'not_due', 'not_due']);
    expect((await missed.events()).map(({ kind }) => kind)).toEqual(['start_missed']);
  });

  it('is measured by the bound of its own account', async () => {
    for (const [lateAfterMinutes, outcome] of [
      [10, 'missed'],
      [30, 'started'],
    ] as const) {
      const due = await plan(20);
      const own = eq(workspaces.id, due.key.workspaceId);
      await database().db.update(workspaces).set({ lateAfterMinutes }).where(own);
      expect(await startScheduledCampaign(due.key)).toBe(outcome);
    }
  });

  it('starts when a person says so', async () => {
    const missed = await plan(125);
    await startScheduledCampaign(missed.key);
    await setCampaignStatus({ ...missed, status: 'active' });
    expect(await missed.read()).toMatchObject({ status: 'active', start_missed_at: null });
    expect((await missed.events()).at(-1)).toMatchObject({ kind: 'started', userId: missed.actor.userId });
  });

  it('starts by itself again at a new time', async () => {
    const missed = await plan(125);
    await startScheduledCampaign(missed.key);
    const start = { at: new Date(Date.now() + 300), timeZone: 'Europe/Berlin' };
    expect(await updateCampaign({ ...missed, start })).toMatchObject({ start_missed_at: null });
    await expect.poll(missed.isListed).toBe(true);
    expect(await startScheduledCampaign(missed.key)).toBe('started');
  });
});
