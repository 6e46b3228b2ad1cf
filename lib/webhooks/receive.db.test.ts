import { and, eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { database } from '@/db/client';
import { senders } from '@/db/schema/senders';
import { parkedWebhooks } from '@/db/schema/webhooks';
import { sealSenderSecret } from '@/lib/senders/secrets';
import { countCounters, countRows, placeRecipient } from '@/tests/support/receipts';
import { createCampaign, createWorkspace, recipientsOf } from '@/tests/support/rows';
import { createSignedSender, numberWebhook, postWebhook, signBody, statusOf } from '@/tests/support/webhooks';
import { forgetKnownSenders } from './known-senders';
import { receiveWebhook } from './receive';

const ACCEPTED = `attempt = 1, pending = false, state = 'accepted', accepted_at = now()`;

beforeEach(forgetKnownSenders);

async function sent(options: { count?: number; phoneNumberId?: string; secret?: string } = {}) {
  const { workspaceId, userId } = await createWorkspace();
  const { count = 1, secret = 'right', phoneNumberId } = options;
  const sender = await createSignedSender(
    workspaceId,
    userId,
    secret,
    phoneNumberId ? { phoneNumberId } : {},
  );
  const campaign = await createCampaign(workspaceId, userId, { count, senderId: sender.id });
  const rows = await recipientsOf(campaign);
  for (const { id } of rows) await placeRecipient(campaign, id, ACCEPTED);
  const statuses = async () => {
    expect(await countCounters(campaign)).toEqual(await countRows(campaign));
    return (await recipientsOf(campaign)).map(({ status }) => status);
  };
  const parked = () =>
    database().db.select().from(parkedWebhooks).where(eq(parkedWebhooks.workspaceId, workspaceId));
  return { workspaceId, userId, sender, campaign, ids: rows.map(({ id }) => id), statuses, parked };
}

describe('a signed webhook', () => {
  it('has its statuses applied when it is answered 200, and twice is once', async () => {
    const { sender, campaign, ids, statuses } = await sent({ count: 3 });
    const body = numberWebhook(sender, {
      statuses: [
        statusOf(campaign, ids[0] ?? '', 'read'),
        statusOf(campaign, ids[1] ?? '', 'delivered'),
        statusOf(campaign, ids[1] ?? '', 'sent'),
        statusOf(campaign, ids[2] ?? '', 'failed', { errors: [{ code: 131026, message: 'Undeliverable' }] }),
      ],
    });
    for (let i = 0; i < 2; i++) {
      expect(await postWebhook(body, 'right')).toBe(200);
      expect(await statuses()).toEqual(['read', 'delivered', 'failed']);
    }
  });

  it('is checked over the bytes as they came, escapes and all', async () => {
    const { sender, campaign, ids, statuses } = await sent();
    const status = statusOf(campaign, ids[0] ?? '', 'delivered');
    const body = JSON.stringify(numberWebhook(sender, { statuses: [status], note: 'NOTE' }));
    const escaped = body.replace('NOTE', String.raw`\ud83d\ude00 gr\u00fc\u00dfe \/`);
    const rewritten = JSON.stringify(JSON.parse(escaped));
    const signature = signBody(escaped, 'right');
    expect(await receiveWebhook({ rawBody: Buffer.from(rewritten), signature })).toEqual({ status: 401 });
    expect(await statuses()).toEqual(['sent']);
    expect(await receiveWebhook({ rawBody: Buffer.from(escaped), signature })).toEqual({ status: 200 });
    expect(await statuses()).toEqual(['delivered']);
  });

  it('notes that the webhook works', async () => {
    const { workspaceId, sender } = await sent({ count: 0 });
    expect(await postWebhook(numberWebhook(sender, { statuses: [] }), 'right')).toBe(200);
    const [row] = await database()
      .db.select()
      .from(senders)
      .where(and(eq(senders.workspaceId, workspaceId), eq(senders.id, sender.id)));
    expect(row?.webhookSeenAt).toBeInstanceOf(Date);
  });

  it('about a number nobody here sends from is taken by the secret of its account, and changes nothing', async () => {
    const { sender, campaign, ids, statuses } = await sent();
    const other = { wabaId: sender.wabaId, phoneNumberId: '1' };
    const body = numberWebhook(other, { statuses: [statusOf(campaign, ids[0] ?? '', 'read')] });
    expect(await postWebhook(body, 'right')).toBe(200);
    expect(await postWebhook(body, 'wrong')).toBe(401);
    expect(await statuses()).toEqual(['sent']);
  });
});

describe('an unsigned webhook', () => {
  it.each([null, '', 'sha256=00', `sha256=${'0'.repeat(64)}`])(
    'with header %s is 401 and stores nothing',
    async (signature) => {
      const { sender, campaign, ids, statuses, parked } = await sent();
      const body = numberWebhook(sender, { statuses: [statusOf(campaign, ids[0] ?? '', 'read'), {}] });
      const rawBody = Buffer.from(JSON.stringify(body));
      expect(await receiveWebhook({ rawBody, signature })).toEqual({ status: 401 });
      expect(await statuses()).toEqual(['sent']);
      expect(await parked()).toEqual([]);
    },
  );

  it('stays 401 for what is no webhook, or about nobody here', async () => {
    for (const body of [
      '',
      'null',
      '{"entry":[]}',
      JSON.stringify(numberWebhook({ wabaId: '0', phoneNumberId: '0' }, {})),
    ])
      expect(await postWebhook(body, 'right')).toBe(401);
  });

  it('is 503 when the stored secret cannot be read: nothing may be lost by our own fault', async () => {
    const { workspaceId, userId } = await createWorkspace();
    const sender = await createSignedSender(workspaceId, userId, 'right', { appSecretSealed: 'broken' });
    expect(await postWebhook(numberWebhook(sender, {}), 'right')).toBe(503);
  });

  it('is judged by a changed secret within two seconds', async () => {
    const { workspaceId, sender } = await sent();
    const body = numberWebhook(sender, { statuses: [] });
    expect(await postWebhook(body, 'right')).toBe(200);
    await database()
      .db.update(senders)
      .set({ appSecretSealed: sealSenderSecret({ workspaceId, id: sender.id }, 'app_secret', 'new') })
      .where(and(eq(senders.workspaceId, workspaceId), eq(senders.id, sender.id)));
    await expect.poll(() => postWebhook(body, 'new'), { timeout: 3_000 }).toBe(200);
    expect(await postWebhook(body, 'right')).toBe(401);
  });
});

describe('a number that two workspaces registered', () => {
  it('with secrets of their own: the signature decides whose the status is', async () => {
    const first = await sent({ secret: 'first' });
    const second = await sent({ secret: 'second', phoneNumberId: first.sender.phoneNumberId });
    const body = numberWebhook(first.sender, {
      statuses: [
        statusOf(first.campaign, first.ids[0] ?? '', 'read'),
        statusOf(second.campaign, second.ids[0] ?? '', 'read'),
      ],
    });
    expect(await postWebhook(body, 'second')).toBe(200);
    expect([await first.statuses(), await second.statuses()]).toEqual([['sent'], ['read']]);
    expect(await postWebhook(body, 'third')).toBe(401);
    expect(await postWebhook(body, 'first')).toBe(200);
    expect(await first.statuses()).toEqual(['read']);
  });

  it('with the same secret: it is both', async () => {
    const first = await sent({ secret: 'shared' });
    const second = await sent({ secret: 'shared', phoneNumberId: first.sender.phoneNumberId });
    const body = numberWebhook(first.sender, {
      statuses: [
        statusOf(first.campaign, first.ids[0] ?? '', 'delivered'),
        statusOf(second.campaign, second.ids[0] ?? '', 'read'),
      ],
    });
    expect(await postWebhook(body, 'shared')).toBe(200);
    expect([await first.statuses(), await second.statuses()]).toEqual([['delivered'], ['read']]);
  });

  it('a webhook for several numbers counts only for those whose secret signed it', async () => {
    const mine = await sent({ secret: 'mine' });
    const other = await sent({ secret: 'other' });
    const entry = [mine, other].flatMap(
      ({ sender, campaign, ids }) =>
        numberWebhook(sender, { statuses: [statusOf(campaign, ids[0] ?? '', 'read')] }).entry,
    );
    expect(await postWebhook({ entry }, 'mine')).toBe(200);
    expect([await mine.statuses(), await other.statuses()]).toEqual([['read'], ['sent']]);
  });
});

describe('a bad status in a good batch', () => {
  it('is parked with its reason, and the rest applied', async () => {
    const { sender, campaign, ids, statuses, parked } = await sent({ count: 2 });
    const body = numberWebhook(sender, {
      statuses: [
        null,
        { status: 'read' },
        statusOf(campaign, ids[0] ?? '', 'read'),
        statusOf(campaign, ids[1] ?? '', 'deleted'),
        { ...statusOf(campaign, ids[1] ?? '', 'read'), id: 'x'.repeat(100_000), 'nul\0': '\ud800' },
        statusOf(campaign, ids[1] ?? '', 'delivered', {
          biz_opaque_callback_data: 'nobody',
          id: 'wamid.nobody',
        }),
      ],
    });
    expect(await postWebhook(body, 'right')).toBe(200);
    expect(await statuses()).toEqual(['read', 'sent']);
    const reasons = (await parked()).map(({ reason }) => reason);
    expect(reasons.sort()).toEqual([
      'status without a usable id',
      'status without a usable id',
      'status without a usable shape',
    ]);
  });

  it('that only the database refuses is found among a thousand and parked; none of the others is lost', async () => {
    const { sender, campaign, ids, statuses, parked } = await sent({ count: 40 });
    // Two recipients with one wamid: the unique index refuses the second.
    const all = ids.map((id) => statusOf(campaign, id, 'read', { id: `wamid.${id}` }));
    const poison = statusOf(campaign, ids[7] ?? '', 'read', { id: `wamid.${ids[3]}` });
    const body = numberWebhook(sender, { statuses: [...all.slice(0, 7), poison, ...all.slice(8)] });
    expect(await postWebhook(body, 'right')).toBe(200);
    const after = await statuses();
    expect(after.filter((status) => status === 'read')).toHaveLength(39);
    expect(await parked()).toMatchObject([{ reason: 'the database refused it' }]);
  });

  it('of another sender changes nothing', async () => {
    const mine = await sent();
    const foreign = await sent({ secret: 'other' });
    const body = numberWebhook(mine.sender, {
      statuses: [
        statusOf(foreign.campaign, foreign.ids[0] ?? '', 'failed'),
        statusOf(mine.campaign, mine.ids[0] ?? '', 'read'),
      ],
    });
    expect(await postWebhook(body, 'right')).toBe(200);
    expect([await mine.statuses(), await foreign.statuses()]).toEqual([['read'], ['sent']]);
  });
});
