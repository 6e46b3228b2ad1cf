import { z } from 'zod';
import { log } from '@/lib/log';
import { receiveAccountErrors } from './account-errors';
import { receiveAccountUpdate } from './account-updates';
import { isPoison } from './database-failure';
import type { Change } from './envelope';
import type { KnownSender } from './known-senders';
import { receiveMessages } from './messages';
import { receiveCapability, receiveNumberQuality } from './number-updates';
import { parkWebhooks } from './park';
import { receivePreferences } from './preferences';
import { receiveStatuses } from './statuses';
import { receiveTemplateCategory, receiveTemplateQuality, receiveTemplateStatus } from './template-updates';

type Receive = (value: unknown, sender: KnownSender) => Promise<void>;

const list = z.array(z.unknown()).optional();
const messagesSchema = z.object({ statuses: list, messages: list, errors: list });
const preferencesSchema = z.object({ user_preferences: z.array(z.unknown()) });

/** What is done about each `field`; reference §5. A field that is not here is none of ours. */
const RECEIVERS: Record<string, Receive | undefined> = {
  messages: async (value, sender) => {
    const { statuses, messages, errors } = messagesSchema.parse(value);
    // Nearly always there is one list, and thousands come a second: nothing is begun for the others.
    await Promise.all([
      statuses && receiveStatuses(statuses, sender),
      messages && receiveMessages(messages, sender),
      errors && receiveAccountErrors(errors, sender),
    ]);
  },
  user_preferences: async (value, sender) =>
    receivePreferences(preferencesSchema.parse(value).user_preferences, sender),
  message_template_status_update: receiveTemplateStatus,
  message_template_quality_update: receiveTemplateQuality,
  template_category_update: receiveTemplateCategory,
  message_template_components_update: async (_, sender) =>
    log.info({ senderId: sender.id }, 'a template was edited: sync the templates'),
  phone_number_quality_update: receiveNumberQuality,
  business_capability_update: receiveCapability,
  account_update: receiveAccountUpdate,
  account_alerts: keepNotice,
  account_review_update: keepNotice,
};

/** Applies one change for one sender whose secret signed it; resolves when its effects are committed. */
export async function applyChange({ field, value }: Change, sender: KnownSender): Promise<void> {
  const receive = Object.hasOwn(RECEIVERS, field) ? RECEIVERS[field] : undefined;
  if (!receive) {
    log.debug({ senderId: sender.id, field }, 'a webhook of no concern');
    return;
  }
  try {
    await receive(value, sender);
  } catch (error) {
    const reason = whyUnusable(field, error);
    if (!reason) throw error;
    log.error({ err: error, senderId: sender.id, field }, 'a webhook could not be applied');
    await parkWebhooks([{ workspaceId: sender.workspaceId, senderId: sender.id, reason, raw: value }]);
  }
}

/** What would fail again however often Meta came; null for what passes by itself. */
function whyUnusable(field: string, error: unknown): string | null {
  if (error instanceof z.ZodError)
    return `${field} without a usable ${error.issues[0]?.path.join('.') || 'value'}`;
  return isPoison(error) ? `the database refused a ${field}` : null;
}

/** Meta's notices to the account's owner: kept, and told in the log. */
async function keepNotice(value: unknown, sender: KnownSender): Promise<void> {
  const { workspaceId, id: senderId } = sender;
  await parkWebhooks([
    { workspaceId, senderId, reason: 'notice from WhatsApp about the account', raw: value },
  ]);
}
