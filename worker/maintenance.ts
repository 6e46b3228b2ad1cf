import { purgeSessions } from '@/lib/auth/sessions';
import { releaseAllPlaces } from '@/lib/daily-limit/ledger';
import { purgeDrafts } from '@/lib/drafts/mutations';
import { rescueDeadWorkers } from '@/lib/engine/leases';
import { listAutoRetryCampaigns, retryByItself } from '@/lib/engine/auto-retry';
import { listResendCampaigns } from '@/lib/engine/live-campaigns';
import { resendSilentRecipients } from '@/lib/engine/retry';
import { purgeIdempotencyKeys } from '@/lib/http/idempotency';
import { log } from '@/lib/log';
import { findUnbalancedCampaigns } from '@/lib/stats/audit';
import { purgeDeliveries } from '@/lib/webhook-endpoints/purge';
import { FailureBrake } from './failure-brake';
import { every } from './loop';
import { startDue } from './planned-starts';
import { chooseAndRelease } from './winners';

const RESCUE_MS = 2_000;
const SCHEDULE_MS = 1_000;
const BRAKE_MS = 1_000;
const RESEND_MS = 30_000;
const AUTO_RETRY_MS = 60_000;
const WINNER_MS = 1_000;
const AUDIT_MS = 60_000;
const PURGE_MS = 10 * 60_000;

/** The chores any worker can do, and any number of them at once. Returns their end. */
export function startMaintenance(): () => Promise<void> {
  const failureBrake = new FailureBrake();
  const loops = [
    every(RESCUE_MS, rescue, 'rescue'),
    every(SCHEDULE_MS, startDue, 'schedule'),
    every(BRAKE_MS, () => failureBrake.look(), 'failure brake'),
    every(RESEND_MS, resend, 'resend'),
    every(AUTO_RETRY_MS, retryFailed, 'automatic retry'),
    every(WINNER_MS, chooseAndRelease, 'test choice'),
    every(AUDIT_MS, audit, 'audit'),
    every(PURGE_MS, purge, 'purge'),
  ];
  return async () => {
    await Promise.all(loops.map((loop) => loop.stop()));
  };
}

async function rescue(): Promise<void> {
  const rescued = await rescueDeadWorkers();
  if (rescued > 0)
    log.warn({ rescued }, 'a worker died: what it had in the air is unconfirmed until WhatsApp reports');
}

async function resend(): Promise<void> {
  for (const campaign of await listResendCampaigns()) {
    const resent = await resendSilentRecipients(campaign);
    if (resent > 0) log.info({ ...campaign, resent }, 'silent recipients go again, as the campaign asks');
  }
}

async function retryFailed(): Promise<void> {
  for (const campaign of await listAutoRetryCampaigns()) {
    const retried = await retryByItself(campaign);
    if (retried > 0) log.info({ ...campaign, retried }, 'failed recipients go again, as the campaign asks');
  }
}

/** Never repairs: a difference is a bug, and must be seen. */
async function audit(): Promise<void> {
  for (const campaign of await findUnbalancedCampaigns())
    log.error(campaign, 'the counts do not match the recipients');
}

/** Answers kept for repeated requests last a day; ended sessions a while, to recognise reuse; drafts a month; webhooks a fortnight; whom a daily limit counts a day. */
async function purge(): Promise<void> {
  await purgeIdempotencyKeys();
  await purgeSessions();
  await purgeDrafts();
  await purgeDeliveries();
  await releaseAllPlaces();
}
