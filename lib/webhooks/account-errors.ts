import { pauseCampaignsOfSender } from '@/lib/campaigns/transitions';
import { log } from '@/lib/log';
import { findError } from '@/lib/whatsapp/error-table';
import { pauseReasonFor } from '@/lib/whatsapp/errors';
import type { KnownSender } from './known-senders';
import { providerErrorSchema } from './status-schema';

/** `value.errors[]`: what is wrong with the number or the account, not with one message. */
export async function receiveAccountErrors(errors: readonly unknown[], sender: KnownSender): Promise<void> {
  for (const raw of errors) {
    const parsed = providerErrorSchema.safeParse(raw);
    if (!parsed.success) continue;
    const { code, message, title, error_data: details } = parsed.data;
    log.warn({ senderId: sender.id, code }, 'WhatsApp reported an error of the account');
    // Without a message's campaign, what dooms one campaign is not known to doom any.
    if (findError(code)?.class !== 'blocked_sender') continue;
    const reason = pauseReasonFor({ code, message: message || title, details, httpStatus: null });
    await pauseCampaignsOfSender({ workspaceId: sender.workspaceId, senderId: sender.id, reason });
  }
}
