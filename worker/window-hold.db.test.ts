import { eq } from 'drizzle-orm';
import { afterAll, expect, test, vi } from 'vitest';
import { database } from '@/db/client';
import { senders } from '@/db/schema/senders';
import { completeIfDrained } from '@/lib/engine/complete';
import { wakeDueRecipients } from '@/lib/recipients/queue';
import { sendWindowSchema, type SendWindow } from '@/lib/send-window/schema';
import { createActiveCampaign, type ActiveCampaign } from '@/tests/support/engine';
import { WindowHold } from './window-hold';

afterAll(() => database().close());

const HOUR_MS = 3_600_000;

/** What the clocks in India, always 5½ hours ahead, show some hours from now; Japan is 3½ hours ahead of it. */
const inIndia = (hours: number) => new Date(Date.now() + (5.5 + hours) * HOUR_MS).toISOString().slice(11, 16);
const indiaAlone = () => sendWindowSchema.parse({ from: inIndia(-1), to: inIndia(1) });
const both = () => sendWindowSchema.parse({ from: inIndia(-1), to: inIndia(5) });
const neither = () => sendWindowSchema.parse({ from: inIndia(-3), to: inIndia(-1) });

const of = ({ workspaceId, id, senderId }: ActiveCampaign) => ({ workspaceId, campaignId: id, senderId });

/** Ten people in India and ten in Japan. */
async function twoCountries(): Promise<ActiveCampaign> {
  const campaign = await createActiveCampaign(0);
  await database().sql`
    INSERT INTO recipients (workspace_id, campaign_id, id, phone, calling_code, cells)
    SELECT ${campaign.workspaceId}, ${campaign.id}, gen_random_uuid(),
      CASE n % 2 WHEN 1 THEN '+91' ELSE '+81' END || (9000000000 + n), CASE n % 2 WHEN 1 THEN 91 ELSE 81 END, '[]'
    FROM generate_series(1, 20) n`;
  return campaign;
}

/** As the runner does it: the sender's row says so, then the hold hears of it. */
async function setWindow(
  campaign: ActiveCampaign,
  hold: WindowHold,
  sendWindow: SendWindow | null,
): Promise<void> {
  await database().db.update(senders).set({ sendWindow }).where(eq(senders.id, campaign.senderId));
  await hold.set(sendWindow);
}

/** How many of each country are in the queue, those woken whose wait is over. */
async function queued(campaign: ActiveCampaign): Promise<string> {
  await wakeDueRecipients(of(campaign));
  const [row] = await database().sql<{ india: number; japan: number }[]>`
    SELECT count(*) FILTER (WHERE calling_code = 91)::int AS india, count(*) FILTER (WHERE calling_code = 81)::int AS japan
    FROM recipients WHERE campaign_id = ${campaign.id} AND pending`;
  return `${row?.india} in India, ${row?.japan} in Japan`;
}

const until = (campaign: ActiveCampaign, state: string) =>
  vi.waitFor(async () => expect(await queued(campaign)).toBe(state), { timeout: 10_000, interval: 50 });

async function counted(campaign: ActiveCampaign): Promise<number> {
  const [row] = await database().sql<{ waiting: number }[]>`
    SELECT waiting FROM campaign_waits WHERE campaign_id = ${campaign.id}`;
  return row?.waiting ?? 0;
}

test('people wait while the window is closed where they are; a change acts on those who wait and those who do not', async () => {
  const campaign = await twoCountries();
  const hold = new WindowHold(of(campaign));
  hold.counts = true;
  await setWindow(campaign, hold, indiaAlone());
  expect(hold.closed?.prefixes).toContain('+81');
  expect(hold.closed?.prefixes).not.toContain('+91');
  await until(campaign, '10 in India, 0 in Japan');
  await vi.waitFor(async () => expect(await counted(campaign)).toBe(10), { timeout: 5_000 });
  await setWindow(campaign, hold, neither());
  await until(campaign, '0 in India, 0 in Japan');
  expect(await completeIfDrained(of(campaign))).toBe(false);
  await setWindow(campaign, hold, both());
  await until(campaign, '10 in India, 10 in Japan');
  await setWindow(campaign, hold, indiaAlone());
  await until(campaign, '10 in India, 0 in Japan');
  await setWindow(campaign, hold, null);
  expect(hold.closed).toBeUndefined();
  await until(campaign, '10 in India, 10 in Japan');
  await vi.waitFor(async () => expect(await counted(campaign)).toBe(0), { timeout: 5_000 });
  await hold.stop();
});

test('what was changed while no worker ran is found by the next one, and who came to the queue since waits too', async () => {
  const campaign = await twoCountries();
  const first = new WindowHold(of(campaign));
  await setWindow(campaign, first, neither());
  await until(campaign, '0 in India, 0 in Japan');
  await first.stop();

  await database()
    .db.update(senders)
    .set({ sendWindow: indiaAlone() })
    .where(eq(senders.id, campaign.senderId));
  const second = new WindowHold(of(campaign));
  await second.set(indiaAlone());
  await until(campaign, '10 in India, 0 in Japan');
  // As a retry that comes due.
  await database().sql`
    UPDATE recipients SET retry_at = now(), waits_for = NULL WHERE campaign_id = ${campaign.id} AND calling_code = 81`;
  expect(await queued(campaign)).toBe('10 in India, 10 in Japan');
  await until(campaign, '10 in India, 0 in Japan');
  await second.stop();

  await database().db.update(senders).set({ sendWindow: null }).where(eq(senders.id, campaign.senderId));
  const third = new WindowHold(of(campaign));
  await third.set(null);
  await until(campaign, '10 in India, 10 in Japan');
  await third.stop();
});

test('a campaign whose sender has no window and in which nobody waits is not looked at', async () => {
  const campaign = await twoCountries();
  const hold = new WindowHold(of(campaign));
  await hold.set(null);
  await hold.refresh();
  expect(hold.closed).toBeUndefined();
  expect(await queued(campaign)).toBe('10 in India, 10 in Japan');
  await hold.stop();
});
