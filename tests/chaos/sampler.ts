import postgres from 'postgres';
import type { Sampling } from './evidence';

const EVERY_MS = 250;
const RANKS: Record<string, number> = { sent: 1, failed: 2, delivered: 3, read: 4 };

interface Look {
  counted: string;
  actual: string;
  ranks: string;
}

/**
 * Looks at the database while things break: the counters beside the rows, in one snapshot, and the status of each
 * recipient beside the one before. A look that fails, because the database is away, is no look.
 */
export class Sampler {
  private readonly sampling: Sampling = { looks: 0, unbalanced: [], backwards: [], mostUnconfirmed: 0 };
  private readonly sql: postgres.Sql;
  private readonly statuses = new Map<string, { rank: number; status: string }>();
  private readonly forgiven = new Set<string>();
  private stopped = false;
  private stalledMs = 0;
  private readonly running: Promise<void>;
  private readonly stallTimer: NodeJS.Timeout;

  constructor(
    url: string,
    private readonly campaignId: string,
  ) {
    this.sql = postgres(url, { max: 1, connect_timeout: 2, onnotice: () => undefined });
    let due = performance.now() + 20;
    this.stallTimer = setInterval(() => {
      this.stalledMs = Math.max(this.stalledMs, performance.now() - due);
      due = performance.now() + 20;
    }, 20);
    this.running = this.run();
  }

  /** A person sends these again: their status may begin anew. */
  forgive(ids: readonly string[]): void {
    for (const id of ids) this.forgiven.add(id);
  }

  async stop(): Promise<{ sampling: Sampling; stalledMs: number }> {
    this.stopped = true;
    clearInterval(this.stallTimer);
    await this.running;
    await this.sql.end({ timeout: 1 });
    return { sampling: this.sampling, stalledMs: this.stalledMs };
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      const began = performance.now();
      await this.look().catch(() => undefined);
      // A big campaign is looked at less often: the looking must not be the load.
      const pauseMs = Math.max(EVERY_MS, 4 * (performance.now() - began));
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }

  private async look(): Promise<void> {
    const [look] = await this.sql<Look[]>`
      WITH mine AS (SELECT id, status FROM recipients WHERE campaign_id = ${this.campaignId})
      SELECT
        (SELECT json_build_array(sum(pending), sum(sent), sum(delivered), sum(read), sum(failed), sum(skipped), sum(unconfirmed))
         FROM campaign_counters WHERE campaign_id = ${this.campaignId})::text AS counted,
        (SELECT json_build_array(
          count(*) FILTER (WHERE status IN ('pending', 'sending')),
          count(*) FILTER (WHERE status IN ('sent', 'delivered', 'read')),
          count(*) FILTER (WHERE status IN ('delivered', 'read')),
          count(*) FILTER (WHERE status = 'read'), count(*) FILTER (WHERE status = 'failed'),
          count(*) FILTER (WHERE status = 'skipped'), count(*) FILTER (WHERE status = 'unconfirmed')) FROM mine)::text AS actual,
        (SELECT json_object_agg(id, status) FROM mine WHERE status IN ('sent', 'failed', 'delivered', 'read'))::text AS ranks`;
    if (!look) return;
    this.sampling.looks += 1;
    if (look.counted !== look.actual)
      this.sampling.unbalanced.push(`counted ${look.counted}, there were ${look.actual}`);
    const unconfirmed = (JSON.parse(look.actual) as number[])[6] ?? 0;
    this.sampling.mostUnconfirmed = Math.max(this.sampling.mostUnconfirmed, unconfirmed);
    this.compare((JSON.parse(look.ranks) ?? {}) as Record<string, string>);
  }

  private compare(now: Record<string, string>): void {
    for (const [id, { status, rank }] of this.statuses) {
      const isBack = (RANKS[now[id] ?? ''] ?? 0) < rank;
      if (isBack && !this.forgiven.has(id))
        this.sampling.backwards.push(`${id}: ${status}, then ${now[id] ?? 'not even sent'}`);
    }
    for (const [id, status] of Object.entries(now))
      this.statuses.set(id, { status, rank: RANKS[status] ?? 0 });
  }
}
