import { summarizeLedger } from '../ledger-summary';
import type { Sandbox } from '../runtime';
import { AdminError, findNumber, ok, type AdminAnswer, type AdminCall } from './shapes';

const USUAL_LIMIT = 1000;
const LARGEST_LIMIT = 100_000;

function wholeNumber(text: string | null, fallback: number, name: string): number {
  if (text === null) return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new AdminError(400, `${name} must be a whole number.`);
  return value;
}

/** The truth about what arrived: the POSTs themselves, a page at a time, or a summary. */
export function showLedger(call: AdminCall): AdminAnswer {
  const { box, query } = call;
  const numberId = query.get('phone_number_id') ?? undefined;
  if (query.get('summary') === '1') return ok(summarize(box, numberId));
  const limit = Math.min(wholeNumber(query.get('limit'), USUAL_LIMIT, 'limit'), LARGEST_LIMIT);
  const after = wholeNumber(query.get('after'), -1, 'after');
  const to = query.get('to')?.replace(/^\+/, '');
  const rows: number[] = [];
  let more = false;
  box.ledger.scan(numberId, (row) => {
    if (row <= after || more) return;
    if (to !== undefined && box.ledger.read(row).to !== to) return;
    if (rows.length < limit) rows.push(row);
    else more = true;
  });
  const entries = rows.map((row) => ({ row, ...box.ledger.read(row) }));
  return ok({ entries, next: more ? (rows.at(-1) ?? null) : null });
}

function summarize(box: Sandbox, numberId: string | undefined): object {
  const numbers = numberId === undefined ? [...box.state.numbers.values()] : [findNumber(box, numberId)];
  let [planned, answered, givenUp] = [0, 0, 0];
  for (const number of numbers) {
    const { statuses } = box.runtimeOf(number);
    planned += statuses.planned;
    answered += statuses.answered;
    givenUp += statuses.givenUp;
  }
  const [only] = numbers;
  const maxInFlight = numberId === undefined || !only ? box.maxInFlight : box.runtimeOf(only).maxInFlight;
  return {
    ...summarizeLedger(box.ledger, numberId),
    max_in_flight: maxInFlight,
    statuses: { planned, answered, given_up: givenUp, pending: planned - answered - givenUp },
  };
}

export function clearLedger({ box, query }: AdminCall): AdminAnswer {
  box.clear(query.get('phone_number_id') ?? undefined);
  return ok({ success: true });
}
