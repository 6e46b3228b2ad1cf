import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '@/lib/errors';
import { log } from '@/lib/log';
import { giveToWhatsApp } from '@/lib/media/give-to-whatsapp';
import type { LiveCampaign } from './campaign-setup';

/** Until it is looked again while another process uploads. */
const ELSEWHERE_MS = 1_000;

/** Uploads a campaign's files beside its loop: a large one takes minutes, and the loop's steps may not. */
export class MediaGiver {
  private underWay = false;
  private failure: AppError | undefined;

  constructor(
    private readonly campaign: Pick<LiveCampaign, 'workspaceId' | 'id' | 'senderId'>,
    private readonly onEnd: () => void,
  ) {}

  get isUnderWay(): boolean {
    return this.underWay;
  }

  /** Throws once what the last upload failed with, in words for the person who resumes. */
  throwFailure(): void {
    const { failure } = this;
    this.failure = undefined;
    if (failure) throw failure;
  }

  begin(mediaIds: readonly string[]): void {
    this.underWay = true;
    const { id: campaignId } = this.campaign;
    giveToWhatsApp(this.campaign, mediaIds)
      .then(async (given) => {
        if (given === 0) await sleep(ELSEWHERE_MS, undefined, { ref: false });
      })
      .catch((error: unknown) => {
        if (error instanceof AppError) this.failure = error;
        // The database went away, perhaps: the next look begins again.
        else log.error({ err: error, campaignId }, 'a file of a campaign could not be uploaded');
      })
      .finally(() => {
        this.underWay = false;
        this.onEnd();
      });
  }
}
