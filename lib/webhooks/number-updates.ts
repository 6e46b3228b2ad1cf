import { z } from 'zod';
import { database } from '@/db/client';
import { senders } from '@/db/schema/senders';
import { brakeForQuality } from '@/lib/brakes/notices';
import { log } from '@/lib/log';
import type { KnownSender } from './known-senders';
import { wordSchema as word } from './storable';
import { isSender, updateSender } from './update-sender';

/** Meta writes it as a number in one place and as a tier in another; -1 is unlimited. */
const limit = z.union([z.int(), word]).optional().catch(undefined);

const TIERS: Record<string, string> = {
  '-1': 'TIER_UNLIMITED',
  '250': 'TIER_250',
  '1000': 'TIER_1K',
  '2000': 'TIER_2K',
  '10000': 'TIER_10K',
  '100000': 'TIER_100K',
};

const qualitySchema = z.object({
  display_phone_number: z.string().optional().catch(undefined),
  event: word,
  max_daily_conversations_per_business: limit,
  current_limit: limit,
});

const capabilitySchema = z.object({
  max_daily_conversations_per_business: limit,
  max_daily_conversation_per_phone: limit,
});

/** phone_number_quality_update: what the number may do now. FLAGGED is how older versions say low quality. */
export async function receiveNumberQuality(value: unknown, sender: KnownSender): Promise<void> {
  const update = qualitySchema.parse(value);
  if (!(await isAbout(sender, update.display_phone_number))) return;
  log.warn({ senderId: sender.id, event: update.event }, "a number's quality or throughput changed");
  const messagingLimit = toTier(update.max_daily_conversations_per_business ?? update.current_limit);
  const qualityRating = QUALITY_OF_EVENT[update.event];
  await database().db.transaction(async (tx) => {
    const { workspaceId, id: senderId } = sender;
    const [before] = await tx
      .select({ quality: senders.qualityRating })
      .from(senders)
      .where(isSender(sender));
    await brakeForQuality({ workspaceId, senderId, was: before?.quality ?? null, is: qualityRating }, tx);
    await updateSender(
      sender,
      {
        ...(messagingLimit ? { messagingLimit } : {}),
        ...(update.event === 'THROUGHPUT_UPGRADE' ? { throughputLevel: 'HIGH' } : {}),
        ...(qualityRating ? { qualityRating } : {}),
      },
      tx,
    );
  });
}

const QUALITY_OF_EVENT: Record<string, string | undefined> = { FLAGGED: 'RED', UNFLAGGED: 'UNKNOWN' };

/** business_capability_update: how many people a day the business may write to first. */
export async function receiveCapability(value: unknown, sender: KnownSender): Promise<void> {
  const update = capabilitySchema.parse(value);
  const messagingLimit = toTier(
    update.max_daily_conversations_per_business ?? update.max_daily_conversation_per_phone,
  );
  if (messagingLimit) await updateSender(sender, { messagingLimit });
}

function toTier(value: number | string | undefined): string | undefined {
  return value === undefined ? undefined : (TIERS[String(value)] ?? String(value));
}

/** Account webhooks name the number as it is displayed; without one it is about every number of the account. */
async function isAbout(sender: KnownSender, display: string | undefined): Promise<boolean> {
  const named = digits(display ?? '');
  if (named === '') return true;
  const [row] = await database()
    .db.select({ display: senders.displayPhoneNumber })
    .from(senders)
    .where(isSender(sender));
  return row?.display === null || digits(row?.display ?? '') === named;
}

function digits(text: string): string {
  return text.replace(/\D/g, '');
}
