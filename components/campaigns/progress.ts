import type { Campaign } from '@/lib/campaigns/schema';
import { mayDo } from '@/lib/campaigns/status';

/** Recipients whose fate is known for now: everybody but those waiting. */
export function settledCount(campaign: Campaign): number {
  return campaign.total_recipients - campaign.pending;
}

/** Those of the pending ones who wait for something other than their turn, as counted last. */
export function waitingCount(campaign: Campaign): number {
  const counted = campaign.waits.reduce((sum, { waiting }) => sum + waiting, 0);
  return Math.min(counted, campaign.pending);
}

/** 0–1; an empty campaign is as far as it will get. */
export function settledShare(campaign: Campaign): number {
  return campaign.total_recipients === 0 ? 1 : settledCount(campaign) / campaign.total_recipients;
}

/** Disjoint parts of the total, in the order they are drawn; they sum to 1 minus those waiting. */
export function progressParts(campaign: Campaign): { share: number; className: string }[] {
  const total = Math.max(campaign.total_recipients, 1);
  return [
    { share: campaign.sent / total, className: 'fill-bar' },
    { share: campaign.unconfirmed / total, className: 'fill-warn' },
    { share: campaign.failed / total, className: 'fill-danger' },
    { share: campaign.skipped / total, className: 'fill-line-strong' },
  ];
}

/** Whether its numbers may move by themselves. */
export function isMoving(campaign: Campaign): boolean {
  return campaign.status === 'active' || campaign.status === 'scheduled';
}

/** Not begun, and nobody waits: a start would end at once. What has begun may be resumed to its end. */
export function hasNobodyToSendTo({ status, started_at, pending }: Campaign): boolean {
  return pending === 0 && started_at === null && mayDo('activate', status);
}
