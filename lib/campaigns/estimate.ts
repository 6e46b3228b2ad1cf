/** How long WhatsApp takes to answer one request, ms: what a worker count means in messages a second. */
export const USUAL_ANSWER_MS = 180;

export interface Speed {
  /** Requests under way at once. */
  workerCount: number;
  /** The campaign's own limit, messages a second. */
  rateLimit: number;
  /** The sender's, over all of its campaigns. */
  senderRateLimit: number;
}

export interface Estimate {
  /** What so many workers reach, were there no limit. */
  workersPerSecond: number;
  /** What will be reached. */
  perSecond: number;
  seconds: number;
  /** Which of the three is the lowest, and so the one to raise. */
  boundBy: 'workers' | 'campaign' | 'sender';
}

/** How fast a campaign will go and for how long, when nothing else uses the sender (browser-safe). */
export function estimateSending(recipients: number, speed: Speed): Estimate {
  const workersPerSecond = (speed.workerCount * 1000) / USUAL_ANSWER_MS;
  const perSecond = Math.min(workersPerSecond, speed.rateLimit, speed.senderRateLimit);
  const boundBy =
    perSecond === speed.rateLimit ? 'campaign' : perSecond === speed.senderRateLimit ? 'sender' : 'workers';
  return { workersPerSecond, perSecond, seconds: recipients / perSecond, boundBy };
}

/** The fewest workers that reach so many messages a second. */
export function workersFor(perSecond: number): number {
  return Math.min(100, Math.max(1, Math.ceil((perSecond * USUAL_ANSWER_MS) / 1000)));
}

/** `a few seconds`, `about 40 seconds`, `about 4 minutes`, `about 3 h 20 min`: as exact as an estimate may be. */
export function durationWords(seconds: number): string {
  if (seconds < 5) return 'a few seconds';
  if (seconds < 55) return `about ${Math.max(10, Math.round(seconds / 10) * 10)} seconds`;
  const minutes = Math.round(seconds / 60);
  if (minutes <= 1) return 'about a minute';
  if (minutes < 90) return `about ${minutes} minutes`;
  const hours = Math.floor(minutes / 60);
  const rest = Math.round((minutes % 60) / 10) * 10;
  if (rest === 60) return `about ${hours + 1} h`;
  return rest === 0 ? `about ${hours} h` : `about ${hours} h ${rest} min`;
}
