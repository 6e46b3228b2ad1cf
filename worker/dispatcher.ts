import { database } from '@/db/client';
import { listActiveCampaigns } from '@/lib/engine/live-campaigns';
import { CAMPAIGN_CHANNEL } from '@/lib/events/publish';
import { log } from '@/lib/log';
import type { Lease } from './lease';
import { Limits } from './limits';
import { every, type Loop } from './loop';
import { CampaignRunner } from './runner';
import type { Settler } from './settler';

const SCAN_MS = 1000;

/** Keeps one runner for each campaign that is sending. */
export class Dispatcher {
  private readonly runners = new Map<string, CampaignRunner>();
  private readonly limits = new Limits();
  private readonly loop: Loop;
  private unlisten: (() => Promise<void>) | undefined;

  constructor(
    private readonly lease: Lease,
    private readonly settler: Settler,
  ) {
    this.loop = every(SCAN_MS, () => this.scan(), 'dispatcher');
    void this.listen();
  }

  /** No new request starts from now on; see CampaignRunner.stop. */
  async stop(withinMs: number): Promise<void> {
    await this.loop.stop();
    await Promise.all([...this.runners.values()].map((runner) => runner.stop(withinMs)));
    await this.unlisten?.().catch(() => undefined);
  }

  private async scan(): Promise<void> {
    const active = await listActiveCampaigns();
    this.limits.forgetAllBut(new Set([...this.runners.keys(), ...active.map((one) => one.senderId)]));
    for (const campaign of active) {
      if (this.runners.has(campaign.id)) continue;
      const runner = new CampaignRunner(campaign, this.lease, this.settler, this.limits);
      this.runners.set(campaign.id, runner);
      void runner.finished.then(() => this.runners.delete(campaign.id));
    }
  }

  /** A hint that saves the wait for the next scan; without it everything still works. */
  private async listen(): Promise<void> {
    try {
      const listening = await database().sql.listen(CAMPAIGN_CHANNEL, (campaignId) => {
        this.runners.get(campaignId)?.wake();
        this.loop.wake();
      });
      this.unlisten = () => listening.unlisten();
    } catch (error) {
      log.warn({ err: error }, 'not listening for changes; polling alone will find them');
    }
  }
}
