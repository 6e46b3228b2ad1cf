import type { ContactCampaign } from '@/lib/contacts/schema';

type Origin = Pick<ContactCampaign, 'list_source' | 'list_name' | 'added_by' | 'attested' | 'is_test'>;

/** How a number came into a campaign, and whether its consent was confirmed; empty where that was not kept (pure). */
export function originWords(origin: Origin): string {
  const { list_source: source, added_by: by, attested, is_test: isTest } = origin;
  if (source === null) return '';
  const added = [isTest ? 'Typed in for a test' : sourceWords(origin), by && `by ${by}`];
  const consent = attested ? 'Consent confirmed.' : 'Consent not confirmed.';
  return [`${added.filter(Boolean).join(', ')}.`, !isTest && consent].filter(Boolean).join(' ');
}

/** Who confirmed the consent, and of which list; the time follows (pure). */
export function consentWords({ added_by: by, list_name: name }: Origin): string {
  const who = by ?? 'Somebody who is no member any more';
  const whose = name === null ? 'the people of a list' : `the people of the list “${name}”`;
  return `${who} confirmed that ${whose} agreed to be written to, on`;
}

function sourceWords({ list_source: source, list_name: name }: Origin): string {
  if (source === 'api') return 'Sent through the API';
  return name === null ? 'From an uploaded file' : `From the file “${name}”`;
}
