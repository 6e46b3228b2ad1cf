import type { Behaviour } from './behaviour';
import { escapedJson } from './escaped-json';
import { errorBody, failure, type GraphFailure } from './graph-errors';
import { wamidOf } from './identifiers';
import type { LedgerAnswer } from './ledger';
import { peopleOfTier } from './limits';
import type { SendTarget } from './send-target';
import type { NumberRuntime, TakenMessage } from './number-runtime';
import type { Sandbox } from './runtime';
import { scenarioFor } from './scenarios';
import { settingsOfTemplate } from './settings';
import type { SandboxNumber } from './state';
import { planReaction, planStatuses, plansTap, type PlannedStatus } from './status-plan';
import { checkMessage, type CheckedMessage } from './validate-message';

/** What was decided about one POST, before anything is answered. */
export interface Decision {
  status: number;
  body: string;
  answer: LedgerAnswer;
  delayMs: number;
  code: number;
  sequence: number;
  to: string;
  callbackData: string | null;
  /** Posts the first status; the answer waits for it. */
  before?: () => Promise<void>;
}

export interface Claims {
  to: string;
  callbackData: string | null;
}

/** What becomes of one body that came with the number's own token. */
export function decide(
  box: Sandbox,
  runtime: NumberRuntime,
  { graphVersion, edge }: Pick<SendTarget, 'graphVersion' | 'edge'>,
  body: unknown,
  claimed: Claims,
): Decision {
  const { number } = runtime;
  const blocked = refuseByNumber(number);
  if (blocked) return refused(blocked, claimed);
  const message = checkMessage(body, {
    graphVersion,
    edge,
    senderDigits: number.digits,
    senderCountryCode: number.country_code,
    isKnownMedia: (id, type) => box.media.knows(id, { numberId: number.id, type }),
    findTemplate: (name, language) => box.state.findTemplate(number.waba_id, name, language),
  });
  if ('code' in message) return refused(message, claimed);
  const behaviour = behaviourFor(box, runtime, message);
  return (
    refuseOnPurpose(behaviour, runtime, message) ??
    refuseByRate(box, runtime, message) ??
    take(box, runtime, message, behaviour)
  );
}

/** A number that is not connected takes nothing, whatever the message. */
function refuseByNumber(number: SandboxNumber): GraphFailure | null {
  if (number.can_send_message === 'BLOCKED' || number.status === 'BANNED') return failure(131031);
  if (number.status === 'RESTRICTED') return failure(131048);
  return ['CONNECTED', 'FLAGGED'].includes(number.status) ? null : failure(133010);
}

function behaviourFor(box: Sandbox, runtime: NumberRuntime, message: CheckedMessage): Behaviour | undefined {
  const settings = box.settings.of(runtime.number.id);
  const { waId, dialled, impossible } = message.recipient;
  const ordered = box.faults.find(runtime.number.id, dialled);
  if (ordered) return ordered;
  const agreed = settings.digits ? scenarioFor(dialled) : undefined;
  if (agreed) return agreed;
  if (impossible) return failsWith(131026);
  const marketing = message.shape.template.category === 'MARKETING';
  if (settings.us_marketing_block && marketing && waId.startsWith('1')) return failsWith(131049);
  return message.mediaLink?.includes('unreachable') ? failsWith(131053) : undefined;
}

const failsWith = (code: number): Behaviour => ({ steps: [{ status: 'failed', afterMs: [200, 900], code }] });

function refuseOnPurpose(
  behaviour: Behaviour | undefined,
  runtime: NumberRuntime,
  message: CheckedMessage,
): Decision | null {
  const refusal = behaviour?.refuse;
  if (!refusal) return null;
  const { dialled } = message.recipient;
  if (behaviour.refuseTimes !== undefined) {
    const before = runtime.refusals.get(dialled) ?? 0;
    if (before >= behaviour.refuseTimes) return null;
    runtime.refusals.set(dialled, before + 1);
  }
  const claims = { to: dialled, callbackData: message.callbackData };
  const delayMs = behaviour.delayMs ?? 0;
  if (refusal.kind === 'error') {
    return { ...refused(failure(refusal.code, undefined, refusal.httpStatus), claims), delayMs };
  }
  return { status: 0, body: '', answer: refusal.kind, delayMs, code: 0, sequence: 0, ...claims };
}

function refuseByRate(box: Sandbox, runtime: NumberRuntime, message: CheckedMessage): Decision | null {
  const { dialled, waId } = message.recipient;
  const claims = { to: dialled, callbackData: message.callbackData };
  const now = performance.now();
  if (!runtime.throughput.take(now)) return refused(failure(130429), claims);
  const { pair_limit: isPaired, messaging_limit_code: code } = box.settings.of(runtime.number.id);
  if (isPaired && !runtime.pairs.take(waId, now)) return refused(failure(131056), claims);
  const { messaging_limit: tier, waba_id: wabaId } = runtime.number;
  const most = peopleOfTier(tier);
  if (most === null || box.peopleOf(box.state.portfolioOf(wabaId)).take(waId, most, now)) return null;
  return refused(failure(code), claims);
}

function take(
  box: Sandbox,
  runtime: NumberRuntime,
  message: CheckedMessage,
  behaviour: Behaviour | undefined,
): Decision {
  const { recipient } = message;
  const settings = settingsOfTemplate(box.settings.of(runtime.number.id), message.shape.template.name);
  const sequence = ++box.sequence;
  const wamid = wamidOf(sequence, recipient.dialled);
  const taken: TakenMessage = {
    runtime,
    wamid,
    waId: recipient.waId,
    callbackData: behaviour?.omitCallbackData ? null : message.callbackData,
    shape: message.shape,
    byMarketing: message.byMarketing,
    omitRecipient: behaviour?.omitRecipient ?? false,
    takenAt: Date.now(),
  };
  const planned = planStatuses(behaviour, settings, box.random);
  const reaction = planReaction(behaviour, planned, settings, box.random);
  const tapped = plansTap(behaviour, planned, settings, box.random) ? message.link : null;
  const early = behaviour?.answer === 'after_webhook' ? planned.shift() : undefined;
  box.reporter.schedule(taken, planned, { reaction, tapped });
  const [shortest, longest] = settings.latency_ms;
  return {
    status: 200,
    body: acceptedBody(recipient.input, recipient.waId, wamid, behaviour?.messageStatus ?? 'accepted'),
    answer: behaviour?.answer ?? 'answered',
    delayMs: behaviour?.delayMs ?? (longest > 0 ? box.random.between(shortest, longest) : 0),
    code: 0,
    sequence,
    to: recipient.dialled,
    callbackData: message.callbackData,
    ...(early ? { before: () => reportEarly(box, taken, early) } : {}),
  };
}

/** The status is posted, and answered, while the sender still waits for the answer to its request. */
async function reportEarly(box: Sandbox, taken: TakenMessage, status: PlannedStatus): Promise<void> {
  taken.runtime.statuses.planned += 1;
  await taken.runtime.outbox.postNow([box.reporter.updateFor(taken, { ...status, happensMs: 0 })]);
}

function acceptedBody(input: string, waId: string, wamid: string, status: string): string {
  return `{"messaging_product":"whatsapp","contacts":[{"input":${escapedJson(input)},"wa_id":"${waId}"}],"messages":[{"id":"${wamid}","message_status":"${status}"}]}`;
}

export function refused(refusal: GraphFailure, claims: Claims): Decision {
  return {
    status: refusal.httpStatus,
    body: errorBody(refusal),
    answer: 'answered',
    delayMs: 0,
    code: refusal.code,
    sequence: 0,
    ...claims,
  };
}
