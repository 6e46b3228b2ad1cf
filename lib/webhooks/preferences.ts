import { and, desc, eq, isNotNull } from 'drizzle-orm';
import { z } from 'zod';
import { database } from '@/db/client';
import { inboundMessages } from '@/db/schema/webhooks';
import { addOptOuts } from '@/lib/opt-outs/mutations';
import type { KnownSender } from './known-senders';
import { toPhone } from './message-schema';
import { parkWebhooks } from './park';

const preferenceSchema = z.object({
  wa_id: z
    .union([z.string(), z.number().transform(String)])
    .optional()
    .catch(undefined),
  user_id: z.string().max(200).optional().catch(undefined),
  value: z.string(),
});

const REASON = 'They switched your marketing messages off in WhatsApp.';

/**
 * `user_preferences`: a stop puts the number on the do-not-contact list. A resume takes nothing off it: who
 * told this business to stop has not been asked again.
 */
export async function receivePreferences(
  preferences: readonly unknown[],
  sender: KnownSender,
): Promise<void> {
  const { workspaceId, id: senderId } = sender;
  const phones: string[] = [];
  for (const raw of preferences) {
    const parsed = preferenceSchema.safeParse(raw);
    if (parsed.success && parsed.data.value !== 'stop') continue;
    const phone = parsed.success
      ? (toPhone(parsed.data.wa_id) ?? (await findPhone(parsed.data.user_id, sender)))
      : null;
    if (phone) phones.push(phone);
    else
      await parkWebhooks([{ workspaceId, senderId, reason: 'user preference without a known number', raw }]);
  }
  await addOptOuts({ workspaceId, phones, source: 'user_preference', reason: REASON, senderId });
}

/** A person named only by their business-scoped id, if they have written from a number before. */
async function findPhone(
  userRef: string | undefined,
  { workspaceId, id }: KnownSender,
): Promise<string | null> {
  if (!userRef || userRef.includes('\0')) return null;
  const [row] = await database()
    .db.select({ phone: inboundMessages.phone })
    .from(inboundMessages)
    .where(
      and(
        eq(inboundMessages.workspaceId, workspaceId),
        eq(inboundMessages.senderId, id),
        eq(inboundMessages.userRef, userRef),
        isNotNull(inboundMessages.phone),
      ),
    )
    .orderBy(desc(inboundMessages.receivedAt))
    .limit(1);
  return row?.phone ?? null;
}
