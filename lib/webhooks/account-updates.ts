import { z } from 'zod';
import { database } from '@/db/client';
import { pauseCampaignsOfSender } from '@/lib/campaigns/transitions';
import { log } from '@/lib/log';
import type { KnownSender } from './known-senders';
import { wordSchema as word } from './storable';
import { updateSender } from './update-sender';

const accountSchema = z.object({
  event: word,
  restriction_info: z.array(z.object({ restriction_type: word.optional().catch(undefined) })).catch([]),
  // A word today, a list of one in older examples.
  ban_info: z
    .object({ waba_ban_state: z.union([word, z.tuple([word], z.unknown()).transform(([state]) => state)]) })
    .optional()
    .catch(undefined),
});

/** account_update: an account that may not start conversations any more pauses all campaigns of its numbers. */
export async function receiveAccountUpdate(value: unknown, sender: KnownSender): Promise<void> {
  const update = accountSchema.parse(value);
  const { status, pauseReason } = consequenceOf(update);
  log.warn({ senderId: sender.id, event: update.event, status }, 'WhatsApp reported on the account');
  await database().db.transaction(async (tx) => {
    const { workspaceId, id: senderId } = sender;
    if (pauseReason) await pauseCampaignsOfSender({ workspaceId, senderId, reason: pauseReason }, tx);
    if (status) await updateSender(sender, { status }, tx);
  });
}

interface Consequence {
  /** The sender's new status. */
  status?: string;
  pauseReason?: string;
}

function consequenceOf({
  event,
  restriction_info: restrictions,
  ban_info: ban,
}: z.output<typeof accountSchema>): Consequence {
  const manager = 'open WhatsApp Manager, see what it asks for, and resume when that is done';
  switch (event) {
    case 'ACCOUNT_RESTRICTION':
      if (!restrictions.some((r) => r.restriction_type === 'RESTRICTED_BIZ_INITIATED_MESSAGING')) return {};
      return {
        status: 'RESTRICTED',
        pauseReason: `WhatsApp restricted this account: it may not start conversations for now. To go on, ${manager}.`,
      };
    case 'DISABLED_UPDATE':
      if (ban?.waba_ban_state === 'REINSTATE') return { status: 'CONNECTED' };
      if (ban?.waba_ban_state === 'SCHEDULE_FOR_DISABLE')
        return { pauseReason: `WhatsApp is about to disable this account: ${manager}.` };
      return { status: 'DISABLED', pauseReason: `WhatsApp disabled this account: ${manager}.` };
    case 'ACCOUNT_DELETED':
      return {
        status: 'DISABLED',
        pauseReason: 'The WhatsApp Business Account of this sender was deleted: use another sender.',
      };
    case 'ACCOUNT_VIOLATION':
      return { pauseReason: `WhatsApp says that this account broke its policy: ${manager}.` };
    case 'ACCOUNT_OFFBOARDED':
      return {
        status: 'DISCONNECTED',
        pauseReason:
          'This account was disconnected from the Cloud API: connect it again in WhatsApp Manager, then resume.',
      };
    case 'ACCOUNT_RECONNECTED':
      return { status: 'CONNECTED' };
    default:
      return {};
  }
}
