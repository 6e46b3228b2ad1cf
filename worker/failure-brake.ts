import { pauseCampaign } from '@/lib/campaigns/transitions';
import { FailureShare } from '@/lib/brakes/failure-share';
import { readBrakes, readCommonestFailure, type BrakeReading } from '@/lib/brakes/readings';
import { log } from '@/lib/log';

interface Watched {
  activeSince: string;
  share: FailureShare;
}

/**
 * Pauses campaigns of whose last messages too many failed, refused at once or reported later, over all processes. Any
 * worker may do it: a campaign that is paused is not paused again.
 */
export class FailureBrake {
  private watched = new Map<string, Watched>();

  async look(): Promise<void> {
    const readings = await readBrakes();
    const live = new Map<string, Watched>();
    for (const reading of readings) live.set(reading.campaignId, this.watchOf(reading));
    this.watched = live;
    for (const reading of readings) await this.judge(reading);
  }

  /** A campaign seen for the first time, or resumed since, starts from the counts it has. */
  private watchOf(reading: BrakeReading): Watched {
    const known = this.watched.get(reading.campaignId);
    if (known?.activeSince === reading.activeSince) return known;
    return { activeSince: reading.activeSince, share: new FailureShare(reading) };
  }

  private async judge(reading: BrakeReading): Promise<void> {
    const last = this.watched.get(reading.campaignId)?.share.observe(reading, reading.window);
    if (!last || last.failed * 100 <= last.answered * reading.percent) return;
    const { workspaceId, campaignId, percent } = reading;
    const commonest = await readCommonestFailure(reading);
    const reason = [
      `Of the last ${count(last.answered)} messages ${count(last.failed)} failed; this sender pauses at more than ${percent} %.`,
      commonest && `Most failures so far: ${commonest}`,
      'See what failed, mend the list or the template, and resume: those who wait are unharmed.',
    ];
    if (await pauseCampaign({ workspaceId, campaignId, reason: reason.filter(Boolean).join(' ') }))
      log.warn({ campaignId, ...last, percent }, 'too many failed: the campaign pauses');
  }
}

function count(n: number): string {
  return n.toLocaleString('en-US');
}
