import type { Evidence, Post, Row } from './evidence';
import { findFactViolations } from './oracle-facts';

export interface Violation {
  rule: string;
  detail: string;
}

export interface Verdict {
  violations: Violation[];
  posts: number;
  /** Recipients WhatsApp took a second message for, without anybody's leave. */
  twice: number;
  lost: number;
  unconfirmed: number;
  /** The most that were unconfirmed at one moment while it ran, and POSTs WhatsApp did not take: the fault's mark. */
  mostInDoubt: number;
  refused: number;
}

/** Codes that prove nothing, though WhatsApp says an error: the message may have been taken. */
const AMBIGUOUS = new Set([1, 2, 131000, 131016, 133004]);
const FINAL = new Set(['sent', 'delivered', 'read', 'failed', 'skipped', 'unconfirmed']);
/** What arrives is noted, not what starts: a busy machine makes arrivals crowd by as much as it holds one up. */
const JITTER_MS = 300;
const SHOWN = 3;
/** Fewer looks than this at the database while it ran say nothing. */
const FEWEST_LOOKS = 5;

/**
 * Judges a drained campaign as Jepsen judges a queue: everything that went in is accounted for, nothing came out
 * twice without leave, and WhatsApp's own ledger is the witness. Knows no verb and no table of Herald's.
 */
export function judge(evidence: Evidence): Verdict {
  const history = postsByRecipient(evidence.posts);
  const resent = [...history].filter(([id, posts]) => isUnlicensed(posts, evidence.asked.get(id) ?? 0));
  const lost = evidence.rows.filter((row) => isLost(row, history.get(row.id) ?? []));
  const missing = evidence.campaign.total - evidence.rows.length;
  const unexplained = evidence.rows.filter(
    (row) => row.attempt > 1 + leaves(history.get(row.id) ?? []) + (evidence.asked.get(row.id) ?? 0),
  );
  const violations = [
    ...findings(
      'nobody twice',
      resent.map(([id, posts]) => `${id}: ${posts.map(describe).join(' then ')}`),
    ),
    ...findings('nobody lost', [...lost.map(describeRow), ...(missing === 0 ? [] : [`${missing} rows`])]),
    ...findings('a new attempt only after a refusal', unexplained.map(describeRow)),
    ...findings('no status falls back', evidence.sampling.backwards),
    ...findings('counters = rows, all along', evidence.sampling.unbalanced),
    ...findings('it was watched', watched(evidence.sampling.looks)),
    ...findCountViolations(evidence),
    ...findPaceViolations(evidence),
    ...findFactViolations(evidence, history),
  ];
  return {
    violations,
    posts: evidence.posts.length,
    twice: resent.filter(([, posts]) => posts.filter(({ taken }) => taken).length > 1).length,
    lost: lost.length + missing,
    unconfirmed: evidence.rows.filter(({ status }) => status === 'unconfirmed').length,
    mostInDoubt: evidence.sampling.mostUnconfirmed,
    refused: evidence.posts.filter(({ taken }) => !taken).length,
  };
}

function findings(rule: string, details: string[]): Violation[] {
  if (details.length === 0) return [];
  const more = details.length > SHOWN ? ` … and ${details.length - SHOWN} more` : '';
  return [{ rule, detail: details.slice(0, SHOWN).join('; ') + more }];
}

const watched = (looks: number) => (looks < FEWEST_LOOKS ? [`only ${looks} looks at the database`] : []);

/** By the recipient's id, which is in the callback data, in the order of arrival. */
function postsByRecipient(posts: readonly Post[]): Map<string, Post[]> {
  const history = new Map<string, Post[]>();
  for (const post of [...posts].sort((a, b) => a.at - b.at)) {
    const [, id = 'without a key'] = post.biz_opaque_callback_data?.split('.') ?? [];
    history.set(id, [...(history.get(id) ?? []), post]);
  }
  return history;
}

/** Whether WhatsApp said, in its own words and unmistakably, that it did not take it. */
function isRefused(post: Post): boolean {
  return !post.taken && post.code > 0 && post.answer === 'answered' && !AMBIGUOUS.has(post.code);
}

const leaves = (posts: readonly Post[]) => posts.filter(isRefused).length;

/** Each further POST needs a refusal before it, or a person who asked for it. */
function isUnlicensed(posts: readonly Post[], asked: number): boolean {
  const unexplained = posts.slice(0, -1).filter((post) => !isRefused(post)).length;
  return unexplained > asked;
}

/** Nowhere, still under way after all has ended, or shown as sent though WhatsApp never took it. */
function isLost(row: Row, posts: readonly Post[]): boolean {
  if (!FINAL.has(row.status)) return true;
  const claimsToBeSent = ['sent', 'delivered', 'read'].includes(row.status);
  if (claimsToBeSent) return !posts.some(({ taken }) => taken);
  return row.status === 'failed' && posts.length === 0;
}

function findCountViolations({ campaign, counted, rows }: Evidence): Violation[] {
  const among = (...statuses: string[]) => rows.filter(({ status }) => statuses.includes(status)).length;
  const actual: Record<string, number> = {
    pending: among('pending', 'sending'),
    sent: among('sent', 'delivered', 'read'),
    delivered: among('delivered', 'read'),
    read: among('read'),
    failed: among('failed'),
    skipped: among('skipped'),
    unconfirmed: among('unconfirmed'),
  };
  const wrong = Object.entries(actual).filter(([name, count]) => counted[name] !== count);
  const details = wrong.map(([name, count]) => `${name}: counted ${counted[name] ?? 0}, there are ${count}`);
  const ended = campaign.status === 'completed' ? [] : [`the campaign is ${campaign.status}`];
  return [...findings('counters = rows, at the end', details), ...findings('it comes to its end', ended)];
}

/** At most `rate_limit` starts in any second, plus what the machine's own stalls account for. */
function findPaceViolations({ campaign, posts, maxInFlight, stalledMs }: Evidence): Violation[] {
  const times = posts.map(({ at }) => at).sort((a, b) => a - b);
  const busiest = busiestSecond(times);
  const allowed = campaign.rateLimit * (1 + (JITTER_MS + stalledMs) / 1000);
  const tooMany = busiest > allowed ? [`${busiest} in one second, ${campaign.rateLimit} allowed`] : [];
  const crowded =
    maxInFlight > campaign.workerCount ? [`${maxInFlight} at once, ${campaign.workerCount} allowed`] : [];
  return [...findings('the rate is kept', tooMany), ...findings('worker_count is kept', crowded)];
}

function busiestSecond(times: readonly number[]): number {
  let most = 0;
  let first = 0;
  for (const [i, time] of times.entries()) {
    while ((times[first] ?? 0) <= time - 1000) first += 1;
    most = Math.max(most, i - first + 1);
  }
  return most;
}

function describe({ biz_opaque_callback_data: key, taken, code, answer }: Post): string {
  const attempt = key?.split('.')[2] ?? '?';
  return `attempt ${attempt} ${taken ? 'taken' : `not taken (${code})`}, ${answer}`;
}

const describeRow = ({ id, status, attempt }: Row) => `${id}: ${status}, attempt ${attempt}`;
