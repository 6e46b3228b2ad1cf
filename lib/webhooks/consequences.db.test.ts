import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { database } from '@/db/client';
import { senders, templates } from '@/db/schema/senders';
import { inboundMessages, optOuts } from '@/db/schema/webhooks';
import { listOptOuts } from '@/lib/opt-outs/list';
import { isOptedOut } from '@/lib/opt-outs/queries';
import { atWork } from '@/tests/support/at-work';
import { placeRecipient } from '@/tests/support/receipts';
import { recipientsOf } from '@/tests/support/rows';
import { accountWebhook, numberWebhook, statusOf } from '@/tests/support/webhooks';
import { forgetKnownSenders } from './known-senders';

beforeEach(forgetKnownSenders);

describe('a failure that concerns more than its recipient', () => {
  const failed = (t: Awaited<ReturnType<typeof atWork>>, code: number) =>
    numberWebhook(t.sender, {
      statuses: [statusOf(t.first, t.recipient.id, 'failed', { errors: [{ code }] })],
    });

  it('131050: the number goes on the do-not-contact list, and the campaign goes on', async () => {
    const t = await atWork();
    expect(await t.post(failed(t, 131050))).toBe(200);
    expect(await isOptedOut({ workspaceId: t.workspaceId, phone: t.recipient.phone })).toBe(true);
    expect(await t.states()).toEqual(['active', 'active']);
    expect((await recipientsOf(t.first))[0]).toMatchObject({ status: 'failed', errorCode: 131050 });
  });

  it('132015: the campaign of that template pauses and says why; a replay does not pause it again', async () => {
    const t = await atWork();
    expect(await t.post(failed(t, 132015))).toBe(200);
    expect(await t.states()).toEqual(['paused', 'active']);
    expect(await t.reason()).toMatch(/paused this template/);
    await t.resume();
    expect(await t.post(failed(t, 132015))).toBe(200);
    expect(await t.states()).toEqual(['active', 'active']);
  });

  it('131042: all campaigns of the sender pause', async () => {
    const t = await atWork();
    expect(await t.post(failed(t, 131042))).toBe(200);
    expect(await t.states()).toEqual(['paused', 'paused']);
  });

  it('131026 is the recipient’s alone', async () => {
    const t = await atWork();
    expect(await t.post(failed(t, 131026))).toBe(200);
    expect(await t.states()).toEqual(['active', 'active']);
    expect((await listOptOuts({ workspaceId: t.workspaceId, limit: 10 })).opt_outs).toEqual([]);
  });

  it('without a message: an error of the account pauses what it dooms', async () => {
    const t = await atWork();
    expect(await t.post(numberWebhook(t.sender, { errors: [{ code: 131026 }, null] }))).toBe(200);
    expect(await t.states()).toEqual(['active', 'active']);
    expect(await t.post(numberWebhook(t.sender, { errors: [{ code: 131031, message: 'Locked' }] }))).toBe(
      200,
    );
    expect(await t.states()).toEqual(['paused', 'paused']);
  });
});

describe('a template webhook', () => {
  it.each(['PAUSED', 'DISABLED', 'REJECTED', 'PENDING_DELETION', 'FLAGGED', 'SOMETHING_NEW'])(
    '%s pauses the campaigns using it, and those only',
    async (event) => {
      const t = await atWork();
      const { metaId } = await t.template();
      const value = {
        event,
        message_template_id: Number(metaId),
        message_template_language: 'en-US',
        reason: 'NONE',
      };
      expect(await t.post(accountWebhook(t.sender, 'message_template_status_update', value))).toBe(200);
      expect(await t.states()).toEqual(['paused', 'active']);
      expect(await t.reason()).toContain('order_update');
      expect(await t.template()).toMatchObject({ status: event, rejectedReason: null });
    },
  );

  it.each(['APPROVED', 'REINSTATED', 'UNARCHIVED'])(
    '%s makes it sendable again and pauses nothing',
    async (event) => {
      const t = await atWork();
      const value = { event, message_template_id: (await t.template()).metaId };
      await database()
        .db.update(templates)
        .set({ status: 'PAUSED' })
        .where(eq(templates.id, t.first.templateId));
      expect(await t.post(accountWebhook(t.sender, 'message_template_status_update', value))).toBe(200);
      expect(await t.states()).toEqual(['active', 'active']);
      expect((await t.template()).status).toBe('APPROVED');
    },
  );

  it('quality: YELLOW warns, RED pauses', async () => {
    const t = await atWork();
    const message_template_id = Number((await t.template()).metaId);
    const update = (new_quality_score: string) =>
      t.post(
        accountWebhook(t.sender, 'message_template_quality_update', {
          message_template_id,
          new_quality_score,
        }),
      );
    expect(await update('YELLOW')).toBe(200);
    expect(await t.states()).toEqual(['active', 'active']);
    expect(await update('RED')).toBe(200);
    expect(await t.states()).toEqual(['paused', 'active']);
    expect((await t.template()).qualityScore).toBe('RED');
  });

  it.each([
    ['pauses the campaigns using it', true, ['paused', 'active']],
    ['pauses none where the sender does not want that', false, ['active', 'active']],
  ])('category: is kept and %s', async (_, brakeOnCategoryChange, states) => {
    const t = await atWork();
    await database().db.update(senders).set({ brakeOnCategoryChange }).where(eq(senders.id, t.sender.id));
    const value = {
      message_template_id: Number((await t.template()).metaId),
      previous_category: 'UTILITY',
      new_category: 'MARKETING',
    };
    expect(await t.post(accountWebhook(t.sender, 'template_category_update', value))).toBe(200);
    expect((await t.template()).category).toBe('MARKETING');
    expect(await t.states()).toEqual(states);
    if (brakeOnCategoryChange) expect(await t.reason()).toContain('from utility to marketing');
    // Told twice, it is no news any more: a campaign that was resumed goes on.
    await t.resume();
    expect(await t.post(accountWebhook(t.sender, 'template_category_update', value))).toBe(200);
    expect(await t.states()).toEqual(['active', 'active']);
  });

  it('components edited, or a template never synced: taken, nothing happens', async () => {
    const t = await atWork();
    const value = { message_template_id: 1, event: 'DISABLED' };
    expect(await t.post(accountWebhook(t.sender, 'message_template_status_update', value))).toBe(200);
    expect(await t.post(accountWebhook(t.sender, 'message_template_components_update', value))).toBe(200);
    expect(await t.states()).toEqual(['active', 'active']);
  });

  it('without an id is parked', async () => {
    const t = await atWork();
    expect(
      await t.post(accountWebhook(t.sender, 'message_template_status_update', { event: 'PAUSED' })),
    ).toBe(200);
    expect((await t.parked()).map(({ reason }) => reason)).toEqual([
      'message_template_status_update without a usable message_template_id',
    ]);
  });
});

describe('an account webhook', () => {
  it.each([
    [
      'ACCOUNT_RESTRICTION',
      { restriction_info: [{ restriction_type: 'RESTRICTED_BIZ_INITIATED_MESSAGING', expiration: 1 }] },
      'RESTRICTED',
      true,
    ],
    [
      'ACCOUNT_RESTRICTION',
      { restriction_info: [{ restriction_type: 'RESTRICTED_ADD_PHONE_NUMBER_ACTION' }] },
      'CONNECTED',
      false,
    ],
    [
      'DISABLED_UPDATE',
      { ban_info: { waba_ban_state: 'DISABLE', waba_ban_date: 'today' } },
      'DISABLED',
      true,
    ],
    ['DISABLED_UPDATE', { ban_info: { waba_ban_state: ['SCHEDULE_FOR_DISABLE'] } }, 'CONNECTED', true],
    ['DISABLED_UPDATE', { ban_info: { waba_ban_state: 'REINSTATE' } }, 'CONNECTED', false],
    ['ACCOUNT_DELETED', {}, 'DISABLED', true],
    ['ACCOUNT_VIOLATION', { violation_info: { violation_type: 'ALCOHOL' } }, 'CONNECTED', true],
    ['ACCOUNT_OFFBOARDED', {}, 'DISCONNECTED', true],
    ['ACCOUNT_RECONNECTED', {}, 'CONNECTED', false],
    ['VERIFIED_ACCOUNT', {}, 'CONNECTED', false],
  ])('%s %j → sender %s, campaigns paused: %s', async (event, more, status, paused) => {
    const t = await atWork();
    expect(await t.post(accountWebhook(t.sender, 'account_update', { event, ...more }))).toBe(200);
    expect((await t.senderRow())?.status).toBe(status);
    expect(await t.states()).toEqual(paused ? ['paused', 'paused'] : ['active', 'active']);
    if (paused) expect(await t.reason()).toMatch(/^(WhatsApp|The|This) .*\.$/);
  });

  it.each([
    [
      'phone_number_quality_update',
      { event: 'THROUGHPUT_UPGRADE', display_phone_number: '15550001111' },
      { throughputLevel: 'HIGH' },
    ],
    [
      'phone_number_quality_update',
      { event: 'THROUGHPUT_UPGRADE', display_phone_number: '15559999999' },
      { throughputLevel: null },
    ],
    [
      'phone_number_quality_update',
      { event: 'ONBOARDING', max_daily_conversations_per_business: 'TIER_10K' },
      { messagingLimit: 'TIER_10K' },
    ],
    [
      'phone_number_quality_update',
      { event: 'UNFLAGGED', current_limit: 'TIER_2K' },
      { qualityRating: 'UNKNOWN', messagingLimit: 'TIER_2K' },
    ],
    [
      'business_capability_update',
      { max_daily_conversations_per_business: 2000 },
      { messagingLimit: 'TIER_2K' },
    ],
    [
      'business_capability_update',
      { max_daily_conversations_per_business: -1 },
      { messagingLimit: 'TIER_UNLIMITED' },
    ],
    [
      'business_capability_update',
      { max_daily_conversations_per_business: 'TIER_250' },
      { messagingLimit: 'TIER_250' },
    ],
  ])('%s %j updates the sender', async (field, value, expected) => {
    const t = await atWork();
    expect(await t.post(accountWebhook(t.sender, field, value))).toBe(200);
    expect(await t.senderRow()).toMatchObject(expected);
    expect(await t.states()).toEqual(['active', 'active']);
  });

  it.each([
    [true, ['paused', 'paused']],
    [false, ['active', 'active']],
  ])(
    'quality red pauses its campaigns once, if the sender wants that (%s)',
    async (brakeOnRedQuality, states) => {
      const t = await atWork();
      await database().db.update(senders).set({ brakeOnRedQuality }).where(eq(senders.id, t.sender.id));
      const flagged = accountWebhook(t.sender, 'phone_number_quality_update', { event: 'FLAGGED' });
      expect(await t.post(flagged)).toBe(200);
      expect((await t.senderRow())?.qualityRating).toBe('RED');
      expect(await t.states()).toEqual(states);
      await t.resume();
      expect(await t.post(flagged)).toBe(200);
      expect((await t.states())[0]).toBe('active');
    },
  );

  it('a notice is kept, and a field nobody knows is taken', async () => {
    const t = await atWork();
    expect(await t.post(accountWebhook(t.sender, 'account_alerts', { alert_severity: 'WARNING' }))).toBe(200);
    expect(await t.post(accountWebhook(t.sender, 'invented_in_2031', {}))).toBe(200);
    expect(await t.parked()).toMatchObject([{ reason: 'notice from WhatsApp about the account' }]);
  });
});

describe('an inbound message', () => {
  const inbound = (id: string, values: Record<string, unknown>) => ({
    id,
    from: '12025550123',
    timestamp: '1763900000',
    ...values,
  });
  const PHONE = '+12025550123';

  it('is stored once, whatever its type, and the raw kept', async () => {
    const t = await atWork();
    const messages = [
      inbound('wamid.1', { type: 'text', text: { body: 'Hi \0 \ud800' } }),
      inbound('wamid.2', { type: 'holographic', holographic: {} }),
      inbound('wamid.2', { type: 'holographic', holographic: {} }),
      { text: { body: 'no id' } },
    ];
    for (let i = 0; i < 2; i++) expect(await t.post(numberWebhook(t.sender, { messages }))).toBe(200);
    const rows = await database()
      .db.select()
      .from(inboundMessages)
      .where(eq(inboundMessages.workspaceId, t.workspaceId))
      .orderBy(inboundMessages.wamid);
    expect(rows).toMatchObject([
      { wamid: 'wamid.1', phone: PHONE, kind: 'text', body: 'Hi \uFFFD \uFFFD' },
      { wamid: 'wamid.2', kind: 'holographic', body: null, raw: { type: 'holographic' } },
    ]);
    expect(await t.parked()).toHaveLength(2);
  });

  it.each([
    [{ type: 'text', text: { body: ' Stop! ' } }, true],
    [{ type: 'button', button: { text: 'Leave me alone', payload: 'STOP' } }, true],
    [{ type: 'interactive', interactive: { button_reply: { id: 'x', title: 'Baja' } } }, true],
    [{ type: 'text', text: { body: 'Do not stop sending me this' } }, false],
  ])('%j puts the number on the do-not-contact list: %s', async (values, expected) => {
    const t = await atWork();
    expect(await t.post(numberWebhook(t.sender, { messages: [inbound('wamid.s', values)] }))).toBe(200);
    expect(await isOptedOut({ workspaceId: t.workspaceId, phone: PHONE })).toBe(expected);
  });

  it('a STOP in answer to a campaign also stops the number that was written to', async () => {
    const t = await atWork();
    await placeRecipient(t.first, t.recipient.id, `wamid = 'wamid.out.${t.recipient.id}'`);
    const stop = {
      type: 'text',
      text: { body: 'stop' },
      context: { id: `wamid.out.${t.recipient.id}` },
      from: undefined,
    };
    expect(await t.post(numberWebhook(t.sender, { messages: [inbound('wamid.s', stop)] }))).toBe(200);
    expect(await isOptedOut({ workspaceId: t.workspaceId, phone: t.recipient.phone })).toBe(true);
  });

  it('a replayed STOP does not undo what a person decided since', async () => {
    const t = await atWork();
    const body = numberWebhook(t.sender, {
      messages: [inbound('wamid.s', { type: 'text', text: { body: 'STOP' } })],
    });
    await t.post(body);
    await database().db.delete(optOuts).where(eq(optOuts.workspaceId, t.workspaceId));
    expect(await t.post(body)).toBe(200);
    expect(await isOptedOut({ workspaceId: t.workspaceId, phone: PHONE })).toBe(false);
  });

  it('a preference stops; a resume takes nothing off the list; an unknown person is parked', async () => {
    const t = await atWork();
    const preference = (values: Record<string, unknown>) =>
      t.post(
        numberWebhook(
          t.sender,
          { user_preferences: [{ category: 'marketing_messages', timestamp: 1763900000, ...values }] },
          'user_preferences',
        ),
      );
    expect(await preference({ wa_id: '12025550123', value: 'stop' })).toBe(200);
    expect(await preference({ wa_id: '12025550123', value: 'resume' })).toBe(200);
    expect((await listOptOuts({ workspaceId: t.workspaceId, limit: 10 })).opt_outs).toMatchObject([
      { phone: PHONE, source: 'user_preference', sender_id: t.sender.id },
    ]);
    expect(await preference({ user_id: 'US.1', value: 'stop' })).toBe(200);
    expect(await t.parked()).toHaveLength(1);
    await t.post(
      numberWebhook(t.sender, {
        messages: [inbound('wamid.u', { from: '12025550124', from_user_id: 'US.2', type: 'text' })],
      }),
    );
    expect(await preference({ user_id: 'US.2', value: 'stop' })).toBe(200);
    expect(await isOptedOut({ workspaceId: t.workspaceId, phone: '+12025550124' })).toBe(true);
  });
});
