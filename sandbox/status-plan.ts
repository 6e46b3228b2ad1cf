import type { Behaviour, FreeType, Reaction, Step } from './behaviour';
import type { Random } from './random';
import type { Settings } from './settings';

export type StatusKind = Step['status'];

export interface PlannedStatus {
  status: StatusKind;
  /** When it happened on WhatsApp's side, in milliseconds after acceptance: its timestamp says so. */
  happensMs: number;
  /** When it is reported; never before the moment of acceptance. */
  reportMs: number;
  code?: number;
  /** It says what the message costs. */
  pricing?: 'regular' | FreeType;
}

const SENT_MS = [50, 300] as const;
const DELIVERED_AFTER_MS = [200, 1500] as const;
const READ_AFTER_MS = [500, 4000] as const;
const REPEAT_AFTER_MS = [50, 2000] as const;

/** What will be reported about one message, in no particular order. */
export function planStatuses(
  behaviour: Behaviour | undefined,
  settings: Settings,
  random: Random,
): PlannedStatus[] {
  if (!settings.statuses) return [];
  return withPrices(planSteps(behaviour, settings, random), behaviour?.free ?? 'regular');
}

/** Meta says the price on `sent` and on one of delivered and read: on delivered, where there is one. */
function withPrices(
  planned: PlannedStatus[],
  pricing: NonNullable<PlannedStatus['pricing']>,
): PlannedStatus[] {
  const arrival = planned.some(({ status }) => status === 'delivered') ? 'delivered' : 'read';
  return planned.map((each) =>
    each.status === 'sent' || each.status === arrival ? { ...each, pricing } : each,
  );
}

function planSteps(behaviour: Behaviour | undefined, settings: Settings, random: Random): PlannedStatus[] {
  const scaled = (range: readonly [number, number]): number =>
    random.between(range[0], range[1]) * settings.delay_scale;
  if (behaviour?.steps) {
    return behaviour.steps.map((step) => {
      const happensMs = scaled(step.afterMs);
      return {
        status: step.status,
        happensMs,
        reportMs: happensMs,
        ...(step.code ? { code: step.code } : {}),
      };
    });
  }
  const sent = scaled(SENT_MS);
  const delivered = sent + scaled(DELIVERED_AFTER_MS);
  const planned = [plan('sent', sent), plan('delivered', delivered)];
  if (random.chance(settings.read_share)) {
    planned.push(plan('read', delivered + scaled(READ_AFTER_MS)));
    if (random.chance(settings.skip_delivered_share)) planned.splice(1, 1);
  }
  disturb(planned, settings, random, scaled);
  return planned;
}

/** What the person does once everything is reported. Draws nothing while nobody is to reply: seeds stay what they were. */
export function planReaction(
  behaviour: Behaviour | undefined,
  planned: readonly PlannedStatus[],
  settings: Settings,
  random: Random,
): Reaction | undefined {
  if (behaviour) return behaviour.reaction;
  if (settings.reply_share === 0 || !arrives(planned) || !random.chance(settings.reply_share))
    return undefined;
  const names = random.chance(settings.reply_context_share);
  if (random.chance(settings.stop_share)) return { body: 'STOP', names };
  const body = settings.reply_texts[random.whole(0, settings.reply_texts.length - 1)] ?? 'Thanks!';
  return { body, names };
}

/** Whether the person taps the link button; draws as little. */
export function plansTap(
  behaviour: Behaviour | undefined,
  planned: readonly PlannedStatus[],
  settings: Settings,
  random: Random,
): boolean {
  if (behaviour || settings.click_share === 0 || !arrives(planned)) return false;
  return random.chance(settings.click_share);
}

const arrives = (planned: readonly PlannedStatus[]): boolean =>
  planned.some(({ status }) => status === 'delivered' || status === 'read');

const plan = (status: StatusKind, ms: number): PlannedStatus => ({ status, happensMs: ms, reportMs: ms });

/** Meta promises neither order nor that a thing is said once. */
function disturb(
  planned: PlannedStatus[],
  settings: Settings,
  random: Random,
  scaled: (range: readonly [number, number]) => number,
): void {
  const [first, second] = planned;
  if (first && second && random.chance(settings.reorder_share)) {
    [first.reportMs, second.reportMs] = [second.reportMs, first.reportMs];
  }
  for (const status of [...planned]) {
    if (random.chance(settings.duplicate_share)) {
      planned.push({ ...status, reportMs: status.reportMs + scaled(REPEAT_AFTER_MS) });
    }
  }
}
