import { eq } from 'drizzle-orm';
import { database, type Sql } from '@/db/client';
import { senders } from '@/db/schema/senders';
import { openLedger, releasePlaces } from '@/lib/daily-limit/ledger';
import { readDailyLimit, type DailyLimit } from '@/lib/daily-limit/use';
import type { ActiveCampaign } from './engine';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The daily limit of a portfolio, and a memory of its own of who was written to when. Time passes by the hour. */
export class WorldLimit {
  private readonly sent: { phone: string; at: number }[] = [];
  private passedMs = 0;

  private constructor(
    private readonly campaign: ActiveCampaign,
    private readonly portfolio: string,
    private limit: number,
  ) {}

  static async create(campaign: ActiveCampaign & { portfolio: string }, limit: number): Promise<WorldLimit> {
    const { portfolio } = campaign;
    await openLedger({ ...campaign, portfolio });
    const one = new WorldLimit(campaign, portfolio, limit);
    await one.set(limit);
    return one;
  }

  /** Meta raises or lowers it. */
  async set(limit: number): Promise<void> {
    this.limit = limit;
    await database()
      .db.update(senders)
      .set({ messagingLimit: `TIER_${limit}` })
      .where(eq(senders.wabaId, this.portfolio));
  }

  /** As a worker reads it before its claims. */
  async read(): Promise<DailyLimit | undefined> {
    return (await readDailyLimit(this.campaign)) ?? undefined;
  }

  /** Hours go by: everything in the ledger is so much older. */
  async pass(hours: number): Promise<void> {
    this.passedMs += hours * HOUR_MS;
    await database().sql`
      UPDATE daily_recipients SET last_at = last_at - make_interval(hours => ${hours}::int)
      WHERE workspace_id = ${this.campaign.workspaceId}`;
  }

  async release(sql?: Sql): Promise<void> {
    await releasePlaces({ ...this.campaign, portfolio: this.portfolio }, sql);
  }

  /** Notes who was claimed; says what was wrong with it. */
  judge(phones: readonly string[]): string[] {
    const at = Date.now() + this.passedMs;
    const wrong: string[] = [];
    for (const phone of phones) {
      const lately = new Set(this.sent.filter((one) => one.at > at - DAY_MS).map((one) => one.phone));
      const people = lately.size + 1;
      if (!lately.has(phone) && people > this.limit)
        wrong.push(`over the daily limit: ${people} of ${this.limit} people within 24 hours`);
      this.sent.push({ phone, at });
    }
    return wrong;
  }

  /** The counter against the rows it counts. */
  async judgeLedger(): Promise<string[]> {
    const [row] = await database().sql<{ used: number; entries: number }[]>`
      SELECT used, (SELECT count(*)::int FROM daily_recipients d
        WHERE d.workspace_id = l.workspace_id AND d.portfolio = l.portfolio) AS entries
      FROM daily_limits l WHERE workspace_id = ${this.campaign.workspaceId} AND portfolio = ${this.portfolio}`;
    return row?.used === row?.entries ? [] : [`the ledger does not balance: ${JSON.stringify(row)}`];
  }
}
