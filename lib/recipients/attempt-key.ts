/** Which attempt at which recipient a message is: what its `biz_opaque_callback_data` says. */
export interface AttemptKey {
  campaignId: string;
  recipientId: string;
  attempt: number;
}

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const PATTERN = new RegExp(`^(${UUID})\\.(${UUID})\\.([1-9][0-9]{0,3})$`);

/** Writes the key as it travels to WhatsApp and back: `<campaign>.<recipient>.<attempt>`. */
export function formatAttemptKey(key: AttemptKey): string {
  return `${key.campaignId}.${key.recipientId}.${key.attempt}`;
}

/** Reads it back; null when it is not one of ours. */
export function parseAttemptKey(text: unknown): AttemptKey | null {
  if (typeof text !== 'string' || text.length > 100) return null;
  const [, campaignId, recipientId, attempt] = PATTERN.exec(text) ?? [];
  if (!campaignId || !recipientId || !attempt) return null;
  return { campaignId, recipientId, attempt: Number(attempt) };
}
