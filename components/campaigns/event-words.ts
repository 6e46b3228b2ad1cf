import { countOf, formatCount, formatShare } from '@/components/ui/numbers';
import { lateWords, zoneWord } from '@/components/schedule/start-words';
import { FOLLOW_UP_AUDIENCES } from '@/lib/follow-ups/audiences';
import { audienceWords } from '@/lib/follow-ups/words';
import type { CampaignEventEntry } from '@/lib/campaigns/timeline-schema';
import { localWords } from '@/lib/schedule/local-start';
import { localTimeAt } from '@/lib/schedule/zone';

/** What happened, as a person would say it after a name: "Ana paused it". */
export function eventWords(event: CampaignEventEntry): string {
  const { detail, user } = event;
  const text = (key: string) => (typeof detail[key] === 'string' ? detail[key] : null);
  const number = (key: string) => (typeof detail[key] === 'number' ? detail[key] : null);
  switch (event.kind) {
    case 'created':
      return createdWords(detail.follows);
    case 'edited':
      return editedWords(text('name'), text('unconfirmed_policy'), detail.auto_retry);
    case 'started':
      return user ? 'started sending' : 'started sending, as planned';
    case 'resumed':
      return 'resumed it';
    case 'scheduled':
      return plannedWords(text('scheduled_at'), text('time_zone'));
    case 'unscheduled':
      return 'took the planned start back';
    case 'start_missed':
      return `did not start it: ${lateWords((number('late_minutes') ?? 0) * 60_000)}, as nothing was running at its time`;
    case 'start_held':
      return `holds the planned start: ${text('reason') ?? 'no reason was recorded'}`;
    case 'paused':
      return user ? 'paused it' : `paused it: ${text('reason') ?? 'no reason was recorded'}`;
    case 'stopped':
      return 'stopped it for good';
    case 'completed':
      return 'sent the last message';
    case 'reopened':
      return 'took it up again';
    case 'retried':
      return retriedWords(number('retried') ?? 0, text('policy'));
    case 'followed_up':
      return `made a follow-up for ${countOf(number('recipients') ?? 0, 'recipient')}${audienceIn(detail)}`;
    case 'speed_changed':
      return speedWords(number('rateLimit'), number('workerCount'));
    case 'test_sent':
      return 'sent the test to the last of its people';
    case 'winner_chosen':
      return `chose message ${text('variant') ?? '?'} for ${countOf(number('waiting') ?? 0, 'person', 'people')} who waited${sharesWords(detail.shares)}`;
    default:
      return event.kind.replaceAll('_', ' ');
  }
}

/** What the choice was made by, at that moment: “ (A 31%, B 42.5%)”. */
function sharesWords(shares: unknown): string {
  if (!Array.isArray(shares)) return '';
  const words = shares.flatMap((share: unknown) =>
    isRecord(share) &&
    typeof share.key === 'string' &&
    typeof share.count === 'number' &&
    typeof share.of === 'number'
      ? [`${share.key} ${formatShare(share.count, share.of)}`]
      : [],
  );
  return words.length > 0 ? ` (${words.join(', ')})` : '';
}

function plannedWords(at: string | null, timeZone: string | null): string {
  if (at === null || timeZone === null) return 'planned the start';
  const { local } = localTimeAt(Date.parse(at), timeZone);
  return `planned the start for ${localWords(local)}, ${zoneWord(timeZone)}`;
}

function createdWords(follows: unknown): string {
  if (!isRecord(follows) || typeof follows.name !== 'string') return 'created the campaign';
  return `created the campaign to follow up “${follows.name}”${audienceIn(follows)}`;
}

/** In brackets; nothing for an audience of a later version. */
function audienceIn({ audience, error_code: code }: Record<string, unknown>): string {
  const known = FOLLOW_UP_AUDIENCES.find((each) => each === audience);
  if (!known) return '';
  const words = audienceWords({
    audience: known,
    ...((typeof code === 'number' || code === null) && { error_code: code }),
  });
  return ` (${words})`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function editedWords(name: string | null, policy: string | null, autoRetry: unknown): string {
  const parts = [
    name && `renamed it to “${name}”`,
    policy &&
      `set unconfirmed messages to ${policy === 'resend' ? 'be sent again by themselves' : 'wait for a decision'}`,
    autoRetry === null && 'set failed messages to wait for a decision',
    isRecord(autoRetry) && 'set some failed messages to be sent again by themselves',
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(' and ') : 'edited it';
}

function retriedWords(retried: number, policy: string | null): string {
  const put = `put ${countOf(retried, 'recipient')} back in the queue`;
  if (policy === null) return put;
  return policy === 'resend'
    ? `${put}: they had been unconfirmed for 15 minutes`
    : `${put}: they had failed for a cause that goes again by itself`;
}

function speedWords(rateLimit: number | null, workerCount: number | null): string {
  const parts = [
    rateLimit !== null && `${formatCount(rateLimit)} a second`,
    workerCount !== null && `${formatCount(workerCount)} at once`,
  ].filter(Boolean);
  return parts.length > 0 ? `set the speed to ${parts.join(', ')}` : 'changed the speed';
}
