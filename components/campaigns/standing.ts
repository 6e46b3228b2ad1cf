import { countOf, formatCount } from '@/components/ui/numbers';
import type { Campaign } from '@/lib/campaigns/schema';
import { waitingCount } from './progress';

/** Where a campaign stands at this moment, and why. */
export interface Standing {
  kind: 'idle' | 'planned' | 'sending' | 'waiting' | 'stalled' | 'paused' | 'over';
  title: string;
  /** The cause, or what comes next; with `at` it ends where the time follows. */
  detail: string | null;
  /** ISO 8601. */
  at: string | null;
}

export interface Observed {
  /** Worker processes alive; null: not known. */
  workers: number | null;
  /** Since the count last rose while somebody looked, ms. */
  idleMs: number;
  /** Messages that ended after the campaign was paused or stopped; null: not known. */
  handedOver: number | null;
}

/** Waits between attempts are seconds: silence of this length while one is planned is that wait. */
const RETRY_PAUSE_MS = 3_000;
/** The slowest answers take ten seconds; what is silent for longer does not move. */
const STALLED_MS = 15_000;

/** What holds a campaign, in words with their cause; pure. */
export function standingOf(campaign: Campaign, observed: Observed): Standing {
  switch (campaign.status) {
    case 'draft':
      return say('idle', 'Not sent yet', 'Nothing goes out before you send it.');
    case 'scheduled':
      return campaign.start_missed_at
        ? say('paused', 'Waiting for you', 'It starts when you say so, or at the time you set.')
        : say('planned', 'Planned', 'It starts by itself on', campaign.scheduled_at);
    case 'active':
      return whileActive(campaign, observed);
    case 'paused':
      return say('paused', 'Paused', pausedWords(campaign, observed));
    case 'completed':
      return say('over', 'Finished', 'Reports may still arrive, up to a few days after the last message.');
    case 'stopped':
      return say(
        'over',
        'Stopped',
        `${countOf(campaign.pending, 'message')} will never be sent. Reports may still arrive, up to a few days after the last message.`,
      );
  }
}

function whileActive(campaign: Campaign, { workers, idleMs }: Observed): Standing {
  const { in_flight: inFlight } = campaign;
  if (workers === 0)
    return say('stalled', 'No worker is running', 'Messages wait until one is started; nothing is lost.');
  if (campaign.throttled_until)
    return say(
      'waiting',
      'Waiting: rate limit',
      'WhatsApp asked to slow down. Sending goes on by itself at',
      campaign.throttled_until,
    );
  if (waitsForChoice(campaign))
    return say(
      'waiting',
      'Waiting for a choice',
      'The test has been sent. Everybody else waits until one of its messages is chosen.',
    );
  if (allWait(campaign, idleMs)) return heldWords(campaign);
  if (campaign.pending > 0 && idleMs > RETRY_PAUSE_MS && inFlight === 0 && campaign.next_retry_at)
    return say(
      'waiting',
      'Waiting for retries',
      'WhatsApp could not take the rest yet. The next one goes again at',
      campaign.next_retry_at,
    );
  if (campaign.pending > 0 && idleMs > STALLED_MS) return stalled(inFlight, idleMs);
  if (campaign.rate_factor < 1)
    return say(
      'waiting',
      'Slowed down by WhatsApp',
      `Sending at ${Math.max(Math.round(campaign.rate_factor * 100), 1)}% of the sender’s speed; it rises again by itself.`,
    );
  return say('sending', 'Sending', sendingWords(campaign));
}

/** What the last ones wait for; with both reasons it is the window, for the other has a line of its own below. */
function heldWords({ waits }: Campaign): Standing {
  if (waits.every(({ reason }) => reason === 'daily_limit'))
    return say(
      'waiting',
      'Waiting: today’s limit is used',
      'WhatsApp allows no more people in 24 hours. Sending goes on by itself as places come free.',
    );
  return say(
    'waiting',
    'Waiting for the send window',
    'It is closed where everybody left to send to is. Sending goes on by itself.',
  );
}

/** Whether nobody is left but who waits for the better message of a test. */
function waitsForChoice({ holdback, pending }: Campaign): boolean {
  return holdback !== null && holdback.winner === null && holdback.waiting > 0 && holdback.waiting >= pending;
}

/** Whether nobody is left but who waits, as far as was counted; a count may be some seconds old. */
function allWait(campaign: Campaign, idleMs: number): boolean {
  const waiting = waitingCount(campaign);
  if (waiting === 0 || campaign.in_flight > 0) return false;
  return waiting >= campaign.pending || (idleMs > RETRY_PAUSE_MS && campaign.next_retry_at === null);
}

function stalled(inFlight: number, idleMs: number): Standing {
  const since = `for ${Math.round(idleMs / 1000)} seconds`;
  if (inFlight > 0)
    return say(
      'stalled',
      'WhatsApp does not answer',
      `${countOf(inFlight, 'request')} under way, and no answer ${since}. Herald goes on by itself as soon as one comes.`,
    );
  return say(
    'stalled',
    'Stalled',
    `No message has gone out ${since}, and no cause is known: look at the worker’s log. Nothing is lost.`,
  );
}

function sendingWords(campaign: Campaign): string {
  const own = campaign.sender_rate_limit;
  if (own !== null && own < campaign.rate_limit)
    return `The sender’s own limit holds: ${countOf(own, 'message')} a second over all its campaigns.`;
  return `At most ${countOf(campaign.rate_limit, 'message')} a second.`;
}

function pausedWords(campaign: Campaign, { handedOver }: Observed): string {
  const { in_flight: inFlight } = campaign;
  if (inFlight > 0) return `${countOf(inFlight, 'request')} still under way; no new one starts.`;
  const handed =
    handedOver !== null && handedOver > 0 ? `${formatCount(handedOver)} already handed to WhatsApp. ` : '';
  return `${handed}${countOf(campaign.pending, 'message')} wait until you resume.`;
}

function say(kind: Standing['kind'], title: string, detail: string, at: string | null = null): Standing {
  return { kind, title, detail, at };
}
