import { OPT_OUT_SOURCES, SOURCE_WORDS } from '@/lib/opt-outs/sources';

const DEEDS: Record<string, string> = {
  sender_added: 'added the sender',
  sender_changed: 'changed the sender',
  sender_deleted: 'deleted the sender',
  api_key_made: 'made the API key',
  api_key_rotated: 'replaced the API key',
  api_key_revoked: 'revoked the API key',
  webhook_endpoint_added: 'added the webhook endpoint',
  webhook_endpoint_changed: 'changed the webhook endpoint',
  webhook_endpoint_deleted: 'deleted the webhook endpoint',
  webhook_secret_rotated: 'rotated the secret of the webhook endpoint',
  webhook_endpoint_switched_off: 'switched off the webhook endpoint',
  media_uploaded: 'uploaded the file',
  media_deleted: 'deleted the file',
  password_changed: 'changed the password of',
  signed_out_everywhere: 'signed out everywhere as',
  profile_changed: 'changed the profile of',
  late_starts_changed: 'changed when a planned start is late, for',
  rate_added: 'added the rate for',
  rate_changed: 'changed the rate for',
  rate_deleted: 'removed the rate for',
  rates_imported: 'imported rates from',
  opt_out_added: 'added to the do-not-contact list:',
  opt_out_removed: 'took off the do-not-contact list:',
  contact_erased: 'erased the contact',
};

/** What was done, as the middle of a sentence; of a kind not known here its own name, readable. */
export function deedWords(kind: string): string {
  return DEEDS[kind] ?? `${kind.replaceAll('_', ' ')}:`;
}

/** What the product names by a code, in plain words. */
const KNOWN: Readonly<Record<string, string>> = {
  'access=full': 'full access',
  'access=read': 'may only read',
  ...Object.fromEntries(OPT_OUT_SOURCES.map((source) => [`source=${source}`, SOURCE_WORDS[source].word])),
};

/** What else is known of a deed: "reason: asked by phone", "fields: name, rate limit". Nested things are left out. */
export function detailWords(detail: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(detail).flatMap(([key, value]) => {
    const known = KNOWN[`${key}=${String(value)}`];
    if (known !== undefined) return [known];
    const text = Array.isArray(value) ? value.map(plain).filter(Boolean).join(', ') : plain(value);
    return text === '' ? [] : [`${key.replaceAll('_', ' ')}: ${text}`];
  });
}

function plain(value: unknown): string {
  if (typeof value === 'string')
    return value.replace(/^[a-z]+(_[a-z]+)+$/, (name) => name.replaceAll('_', ' '));
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return '';
}
