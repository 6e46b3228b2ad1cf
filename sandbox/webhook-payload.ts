import { escapedJson } from './escaped-json';
import type { SandboxNumber } from './state';

/** One update, ready to go into an envelope. */
export interface WebhookUpdate {
  field: string;
  /** A status joins others of its kind in one `statuses[]`. */
  status?: object;
  contact?: object;
  failed?: boolean;
  /** Anything else is a change by itself. */
  value?: object;
  /** Called once: the receiver has answered 200 (true), or it was given up (false). */
  settled?: (accepted: boolean) => void;
}

const ENVELOPE_BYTES = 3 * 1024 * 1024 - 4096;

function statusChange(updates: WebhookUpdate[], number: SandboxNumber): object {
  const contacts = updates.flatMap((update) => (update.contact ? [update.contact] : []));
  return {
    value: {
      messaging_product: 'whatsapp',
      metadata: { display_phone_number: number.digits, phone_number_id: number.id },
      ...(contacts.length > 0 ? { contacts } : {}),
      statuses: updates.map((update) => update.status),
    },
    field: 'messages',
  };
}

/**
 * Meta's envelope around updates of one number. `spread`: each status a change by itself, as Meta also does;
 * failed ones are always apart, for they have no contacts.
 */
export function writeEnvelope(
  updates: readonly WebhookUpdate[],
  number: SandboxNumber,
  spread: boolean,
): string {
  const changes: object[] = [];
  const well = updates.filter((update) => update.status && !update.failed);
  const failed = updates.filter((update) => update.status && update.failed);
  for (const group of spread ? [...well, ...failed].map((update) => [update]) : [well, failed]) {
    if (group.length > 0) changes.push(statusChange(group, number));
  }
  for (const { value, field } of updates) if (value) changes.push({ value, field });
  return escapedJson({
    object: 'whatsapp_business_account',
    entry: [{ id: number.waba_id, changes }],
  });
}

/** How many of the first `wanted` updates fit into Meta's 3 MB. */
export function countFitting(updates: readonly WebhookUpdate[], wanted: number): number {
  if (wanted <= 500) return wanted;
  let bytes = 0;
  for (let i = 0; i < wanted; i++) {
    // Escaped and wrapped as a change by itself, with room to spare.
    bytes += escapedJson(updates[i]).length + 256;
    if (bytes > ENVELOPE_BYTES) return Math.max(1, i);
  }
  return wanted;
}
