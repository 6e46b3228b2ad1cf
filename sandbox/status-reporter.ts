import type { Dispatcher } from 'undici';
import type { Reaction } from './behaviour';
import { statusErrors } from './graph-errors';
import { userIdOf } from './identifiers';
import { inboundUpdate, profileOf } from './inbound';
import { tapLink } from './links';
import type { TakenMessage } from './number-runtime';
import type { SettingsStore } from './settings';
import type { PlannedStatus } from './status-plan';
import { TimingWheel } from './timing-wheel';
import type { WebhookUpdate } from './webhook-payload';

type Due = { message: TakenMessage } & (
  { status: PlannedStatus } | { reaction: Reaction } | { link: string }
);

/** What the recipient does once everything is reported. */
export interface Afterwards {
  reaction: Reaction | undefined;
  /** The link that is tapped. */
  tapped: string | null;
}

/** Turns plans into webhook updates when their time comes. */
export class StatusReporter {
  private readonly wheel = new TimingWheel<Due>((due) => this.report(due));

  constructor(
    private readonly settings: SettingsStore,
    private readonly dispatcher: Dispatcher,
  ) {}

  get waiting(): number {
    return this.wheel.size;
  }

  schedule(message: TakenMessage, planned: readonly PlannedStatus[], { reaction, tapped }: Afterwards): void {
    const now = performance.now();
    message.runtime.statuses.planned += planned.length;
    for (const status of planned) this.wheel.schedule({ message, status }, now + status.reportMs);
    if (!reaction && tapped === null) return;
    const last = Math.max(0, ...planned.map((status) => status.reportMs));
    const scale = this.settings.of(message.runtime.number.id).delay_scale;
    if (tapped !== null) this.wheel.schedule({ message, link: tapped }, now + last + 200 * scale);
    if (reaction) this.wheel.schedule({ message, reaction }, now + last + 500 * scale);
  }

  /** The update of a status, ready to post. */
  updateFor(message: TakenMessage, status: PlannedStatus): WebhookUpdate {
    const settings = this.settings.of(message.runtime.number.id);
    const failed = status.status === 'failed';
    const echo = message.callbackData !== null && (!failed || settings.echo_callback_on_failed);
    const { statuses } = message.runtime;
    return {
      field: 'messages',
      failed,
      status: {
        id: message.wamid,
        status: status.status,
        timestamp: String(Math.floor((message.takenAt + status.happensMs) / 1000)),
        ...(message.omitRecipient ? {} : { recipient_id: message.waId }),
        ...(failed ? {} : { recipient_user_id: userIdOf(message.waId) }),
        ...(echo ? { biz_opaque_callback_data: message.callbackData } : {}),
        ...pricingOf(message, status),
        ...(failed ? { errors: statusErrors(status.code ?? 131000) } : {}),
      },
      ...(settings.contacts && !failed ? { contact: profileOf(message.waId) } : {}),
      settled: (accepted) => {
        if (accepted) statuses.answered += 1;
        else statuses.givenUp += 1;
      },
    };
  }

  forget(numberId?: string): void {
    this.wheel.discard(({ message }) => numberId === undefined || message.runtime.number.id === numberId);
  }

  stop(): void {
    this.wheel.stop();
  }

  private report(due: Due): void {
    const { message } = due;
    if ('link' in due) {
      void tapLink(this.dispatcher, message.runtime.number, due.link);
      return;
    }
    const update =
      'status' in due ? this.updateFor(message, due.status) : inboundUpdate(message, due.reaction);
    message.runtime.outbox.add(update);
  }
}

/** Priced by the message (PMP), in the template's category. */
function pricingOf(message: TakenMessage, { pricing: type }: PlannedStatus): object {
  if (!type) return {};
  const category = message.byMarketing ? 'marketing_lite' : message.shape.template.category.toLowerCase();
  return { pricing: { billable: type === 'regular', pricing_model: 'PMP', type, category } };
}
