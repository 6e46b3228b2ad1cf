/** Meta's words for a number in a person's (browser-safe). What is not known here is shown as Meta wrote it. */

const LIMITS: Record<string, string> = {
  TIER_50: '50 people a day',
  TIER_250: '250 people a day',
  TIER_1K: '1,000 people a day',
  TIER_2K: '2,000 people a day',
  TIER_10K: '10,000 people a day',
  TIER_100K: '100,000 people a day',
  TIER_UNLIMITED: 'No limit',
};

/** How many people a day the business may write to first. */
export function limitWords(limit: string | null): string {
  if (limit === null) return 'Not known yet';
  return LIMITS[limit] ?? limit;
}

/** Messages a second Meta lets through, by level (reference §2); null where the level is not known. */
export function throughputOf(level: string | null): number | null {
  if (level === 'STANDARD') return 80;
  return level === 'HIGH' ? 1000 : null;
}

export function throughputWords(level: string | null): string {
  const perSecond = throughputOf(level);
  if (perSecond === null) return level === null || level === 'NOT_APPLICABLE' ? 'Not known yet' : level;
  const name = level === 'HIGH' ? 'High' : 'Standard';
  return `${name}, up to ${perSecond.toLocaleString('en-US')} messages a second`;
}

export type Tone = 'good' | 'careful' | 'bad' | 'unknown';

const QUALITIES: Record<string, { word: string; tone: Tone }> = {
  GREEN: { word: 'High', tone: 'good' },
  YELLOW: { word: 'Medium', tone: 'careful' },
  RED: { word: 'Low', tone: 'bad' },
};

/** How people take to what the number sends. Meta says NA or UNKNOWN until it has sent enough. */
export function qualityWords(rating: string | null): { word: string; tone: Tone } {
  return QUALITIES[rating ?? ''] ?? { word: 'Not rated yet', tone: 'unknown' };
}

const HEALTHS: Record<string, { word: string; tone: Tone }> = {
  AVAILABLE: { word: 'May send', tone: 'good' },
  LIMITED: { word: 'Limited', tone: 'careful' },
  BLOCKED: { word: 'Blocked', tone: 'bad' },
};

/** Whether WhatsApp lets the number send. */
export function healthWords(health: string | null): { word: string; tone: Tone } {
  if (health === null) return { word: 'Not known yet', tone: 'unknown' };
  return HEALTHS[health] ?? { word: health, tone: 'unknown' };
}

const STATUSES: Record<string, { word: string; tone: Tone; meaning: string | null }> = {
  CONNECTED: { word: 'Connected', tone: 'good', meaning: null },
  UNKNOWN: {
    word: 'Not synced',
    tone: 'unknown',
    meaning: 'Sync it to see what WhatsApp says of the number.',
  },
  PENDING: {
    word: 'Pending',
    tone: 'careful',
    meaning: 'The number is not registered yet: finish its set-up in WhatsApp Manager, then sync.',
  },
  FLAGGED: {
    word: 'Flagged',
    tone: 'careful',
    meaning:
      'People block or report what this number sends: send less, to those who expect it, until its quality is back.',
  },
  RESTRICTED: {
    word: 'Restricted',
    tone: 'bad',
    meaning: 'WhatsApp does not let it send for now: open WhatsApp Manager, see what it asks for, then sync.',
  },
  RATE_LIMITED: {
    word: 'Limited',
    tone: 'careful',
    meaning: 'It has reached its daily limit: it goes on by itself when the limit renews.',
  },
  BANNED: {
    word: 'Banned',
    tone: 'bad',
    meaning: 'WhatsApp banned this number: ask for a review in WhatsApp Manager, or use another number.',
  },
  DISABLED: {
    word: 'Disabled',
    tone: 'bad',
    meaning: 'WhatsApp disabled the account: ask for a review in WhatsApp Manager, or use another account.',
  },
  DISCONNECTED: {
    word: 'Disconnected',
    tone: 'bad',
    meaning: 'The number is not on the Cloud API any more: connect it again in WhatsApp Manager, then sync.',
  },
};

/** Whether the number can send, and what a person does about it when it cannot. */
export function statusWords(status: string): { word: string; tone: Tone; meaning: string | null } {
  const known = STATUSES[status];
  if (known) return known;
  const word = status.charAt(0) + status.slice(1).toLowerCase().replaceAll('_', ' ');
  return {
    word,
    tone: 'careful',
    meaning: 'Only a connected number can send: open WhatsApp Manager to see what it needs, then sync.',
  };
}

/** `about 2 min`: how long a count takes at a speed, messages a second. */
export function durationWords(messages: number, perSecond: number): string {
  const seconds = Math.ceil(messages / perSecond);
  if (seconds < 90) return `about ${seconds} second${seconds === 1 ? '' : 's'}`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `about ${minutes} minutes`;
  return `about ${(seconds / 3600).toLocaleString('en-US', { maximumFractionDigits: 1 })} hours`;
}
