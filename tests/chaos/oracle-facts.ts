import type { Evidence, Post, Row } from './evidence';
import type { Violation } from './oracle';
import type { SeenStatus } from './witness';

const SHOWN = 3;

interface Said {
  kind: string;
  at: number;
  attempt: number;
  isAcknowledged: boolean;
}

/**
 * Holds the facts of every recipient against what WhatsApp said about it: nothing that was acknowledged is missing,
 * nothing stands there that nobody said, each time is the one reported, and the shown status follows from them.
 */
export function findFactViolations(evidence: Evidence, history: Map<string, Post[]>): Violation[] {
  const said = statusesByRecipient(evidence.statuses, history);
  const rules: [string, (row: Row, said: Said[]) => string | undefined][] = [
    ['no acknowledged status is lost', missingFact],
    ['facts are what WhatsApp said', wrongFact],
    ['the shown status follows from the facts', wrongStatus],
  ];
  const violations = rules.map(([rule, check]) => {
    const wrong = evidence.rows.flatMap((row) => {
      const reason = check(row, said.get(row.id) ?? []);
      return reason === undefined ? [] : [`${row.id} (${row.status}): ${reason}`];
    });
    return { rule, wrong };
  });
  violations.push({ rule: 'every status is answered 200 in the end', wrong: unanswered(evidence.statuses) });
  return violations.flatMap(({ rule, wrong }) => {
    if (wrong.length === 0) return [];
    const more = wrong.length > SHOWN ? ` … and ${wrong.length - SHOWN} more` : '';
    return [{ rule, detail: wrong.slice(0, SHOWN).join('; ') + more }];
  });
}

/** What came, perhaps many times, and was never acknowledged: WhatsApp would go on for days, and then it is gone. */
function unanswered(statuses: SeenStatus[]): string[] {
  const name = ({ wamid, kind }: SeenStatus) => `${kind} of ${wamid}`;
  const acknowledged = new Set(statuses.filter(({ isAcknowledged }) => isAcknowledged).map(name));
  return [...new Set(statuses.map(name))].filter((one) => !acknowledged.has(one));
}

function statusesByRecipient(statuses: SeenStatus[], history: Map<string, Post[]>): Map<string, Said[]> {
  const messages = new Map<string, { id: string; attempt: number }>();
  for (const [id, posts] of history)
    for (const { wamid, biz_opaque_callback_data: key } of posts)
      if (wamid !== null) messages.set(wamid, { id, attempt: Number(key?.split('.')[2] ?? 0) });
  const said = new Map<string, Said[]>();
  for (const { wamid, ...status } of statuses) {
    const message = messages.get(wamid);
    if (!message) continue;
    said.set(message.id, [...(said.get(message.id) ?? []), { ...status, attempt: message.attempt }]);
  }
  return said;
}

const factOf = (row: Row, kind: string): number | null =>
  kind === 'sent' || kind === 'delivered' || kind === 'read' || kind === 'failed' ? row[kind] : null;

/** Of the statuses that bear on the row as it is: a `sent` or `failed` of an earlier attempt does not. */
function bearing(row: Row, said: Said[], kind: string): Said[] {
  const isOfMessage = kind === 'delivered' || kind === 'read';
  return said.filter((one) => one.kind === kind && (isOfMessage || one.attempt === row.attempt));
}

function missingFact(row: Row, said: Said[]): string | undefined {
  for (const kind of ['sent', 'delivered', 'read', 'failed']) {
    const acknowledged = bearing(row, said, kind).some(({ isAcknowledged }) => isAcknowledged);
    if (acknowledged && factOf(row, kind) === null) return `${kind} was answered 200 and is not there`;
  }
  return row.status === 'unconfirmed' && said.some(({ isAcknowledged }) => isAcknowledged)
    ? 'WhatsApp has reported on it'
    : undefined;
}

function wrongFact(row: Row, said: Said[]): string | undefined {
  for (const kind of ['sent', 'delivered', 'read', 'failed']) {
    const fact = factOf(row, kind);
    const times = bearing(row, said, kind).map(({ at }) => at);
    // A refusal in the API's own answer is a failure that no status speaks of.
    if (fact === null || (kind === 'failed' && times.length === 0)) continue;
    if (times.length === 0) return `nobody said ${kind}`;
    if (fact !== Math.min(...times)) return `${kind} at ${fact}, WhatsApp said ${Math.min(...times)}`;
  }
  return undefined;
}

function wrongStatus(row: Row): string | undefined {
  const { status, read, delivered, failed } = row;
  if (read !== null) return status === 'read' ? undefined : 'it was read';
  if (delivered !== null) return status === 'delivered' ? undefined : 'it was delivered';
  if (failed !== null) return status === 'failed' ? undefined : 'it has failed';
  return ['read', 'delivered', 'failed'].includes(status) ? 'no fact says so' : undefined;
}
