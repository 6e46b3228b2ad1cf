import { and, eq } from 'drizzle-orm';
import { afterAll, describe, expect, it } from 'vitest';
import { database } from '@/db/client';
import { workspaces } from '@/db/schema/accounts';
import { campaignEvents, campaigns } from '@/db/schema/campaigns';
import { templates } from '@/db/schema/senders';
import { listDueCampaigns } from '@/lib/engine/live-campaigns';
import { createCampaign, createWorkspace } from '@/tests/support/rows';
import { updateCampaign } from './mutations';
import { readPlannedStart } from './planned-start';
import { getCampaign } from './queries';
import { pauseCampaignsOfSender, setCampaignStatus, startScheduledCampaign } from './transitions';

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

  it('is held with the reason when not one message could be sent, and a person starts it or sets a new time', async () => {
    const due = await plan(1);
    const { template_id: templateId } = await due.read();
    await database().db.update(templates).set({ status: 'PAUSED' }).where(eq(templates.id, templateId));
    expect(await startScheduledCampaign(due.key)).toBe('held');
    const held = await due.read();
    expect(held).toMatchObject({ status: 'scheduled', started_at: null, pending: 3 });
    expect(held.start_missed_at).not.toBeNull();
    expect(held.paused_reason).toContain('PAUSED');
    expect(await due.isListed()).toBe(false);
    expect(await startScheduledCampaign(due.key)).toBe('not_due');
    const events = [{ kind: 'start_held', userId: null, detail: { reason: held.paused_reason } }];
    expect(await due.events()).toEqual(events);

    // As long as it is so, both are refused with the reason.
    const start = { at: new Date(Date.now() + 60 * MINUTE_MS), timeZone: null };
    await expect(updateCampaign({ ...due, start })).rejects.toThrow('PAUSED');
    await expect(setCampaignStatus({ ...due, status: 'active' })).rejects.toThrow('PAUSED');
    await database().db.update(templates).set({ status: 'APPROVED' }).where(eq(templates.id, templateId));
    const again = { start_missed_at: null, paused_reason: null };
    expect(await updateCampaign({ ...due, start })).toMatchObject({ status: 'scheduled', ...again });
    await setCampaignStatus({ ...due, status: 'active' });
    expect(await due.read()).toMatchObject({ status: 'active', ...again });
  });

  it('that a brake meets before its time is held, once, and can be started, moved or taken back', async () => {
    const planned = await plan(-60);
    const { sender_id: senderId } = await planned.read();
    const brake = { workspaceId: planned.key.workspaceId, senderId };
    expect(await pauseCampaignsOfSender({ ...brake, reason: 'The quality fell.' })).toEqual([
      planned.campaignId,
    ]);
    expect(await pauseCampaignsOfSender({ ...brake, reason: 'The quality fell again.' })).toEqual([]);
    expect(await planned.read()).toMatchObject({ status: 'scheduled', paused_reason: 'The quality fell.' });
    expect((await planned.events()).map(({ kind }) => kind)).toEqual(['start_held']);
    const { db } = database();
    const own = eq(campaigns.id, planned.campaignId);
    await db
      .update(campaigns)
      .set({ scheduledAt: new Date(Date.now() - MINUTE_MS) })
      .where(own);
    expect(await startScheduledCampaign(planned.key)).toBe('not_due');

    await updateCampaign({ ...planned, start: null });
    expect(await planned.read()).toMatchObject({
      status: 'draft',
      paused_reason: null,
      start_missed_at: null,
    });
    const start = { at: new Date(Date.now() + 300), timeZone: null };
    expect(await updateCampaign({ ...planned, start })).toMatchObject({ start_missed_at: null });
    await expect.poll(planned.isListed).toBe(true);
    expect(await startScheduledCampaign(planned.key)).toBe('started');
  });
});

describe('a start planned for a day on which clocks change', () => {
  // Berlin and New York change theirs on different days, at different hours.
  it.each([
    ['Europe/Berlin', '2037-03-29T01:59', '2037-03-29T00:59:00.000Z'],
    ['Europe/Berlin', '2037-03-29T03:00', '2037-03-29T01:00:00.000Z'],
    ['Europe/Berlin', '2037-10-25T03:00', '2037-10-25T02:00:00.000Z'],
    ['America/New_York', '2037-03-08T01:59', '2037-03-08T06:59:00.000Z'],
    ['America/New_York', '2037-03-08T03:00', '2037-03-08T07:00:00.000Z'],
    ['America/New_York', '2037-03-29T02:30', '2037-03-29T06:30:00.000Z'],
    ['America/New_York', '2037-11-01T02:00', '2037-11-01T07:00:00.000Z'],
  ])('in %s at %s is %s', async (time_zone, local_time, instant) => {
    const planned = await plan(-60);
    const start = readPlannedStart({ schedule: { local_time, time_zone } });
    const shown = { scheduled_at: instant, scheduled_time_zone: time_zone };
    expect(await updateCampaign({ ...planned, start })).toMatchObject(shown);
    expect(await planned.read()).toMatchObject(shown);
    expect(await planned.isListed()).toBe(false);
  });

  it.each([
    ['Europe/Berlin', '2037-03-29T02:30', 'local_time_skipped', {}],
    ['America/New_York', '2037-03-08T02:30', 'local_time_skipped', {}],
    ['Europe/Berlin', '2037-10-25T02:30', 'local_time_twice', { '+02:00': '00:30', '+01:00': '01:30' }],
    ['America/New_York', '2037-11-01T01:30', 'local_time_twice', { '-04:00': '05:30', '-05:00': '06:30' }],
  ])(
    'in %s at %s is asked about (%s), and the answer is taken',
    async (time_zone, local_time, code, answers) => {
      const schedule = { local_time, time_zone };
      expect(() => readPlannedStart({ schedule })).toThrow(expect.objectContaining({ code }) as Error);
      const planned = await plan(-60);
      for (const [offset, hour] of Object.entries(answers)) {
        const start = readPlannedStart({ schedule: { ...schedule, offset } });
        const scheduled_at = `${local_time.slice(0, 10)}T${hour}:00.000Z`;
        expect(await updateCampaign({ ...planned, start })).toMatchObject({ scheduled_at });
      }
    },
  );
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
