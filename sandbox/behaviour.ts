/** How a POST that is in order is treated: what goes wrong on purpose, and what is reported afterwards. */
export interface Behaviour {
  /** Not taken; nothing is ever reported. */
  refuse?: Refusal;
  /** Refuse only this many times for one recipient, then take the message. */
  refuseTimes?: number;
  /** What becomes of the HTTP answer to a message that was taken. */
  answer?: Answer;
  /** Before the answer, in milliseconds; not scaled. */
  delayMs?: number;
  messageStatus?: 'held_for_quality_assessment' | 'paused';
  /** Reported instead of the usual sent, delivered, read. */
  steps?: readonly Step[];
  /** What the recipient does after that. */
  reaction?: Reaction;
  /** Why the message is free; it costs something unless said. */
  free?: FreeType;
  omitCallbackData?: boolean;
  omitRecipient?: boolean;
}

export type Refusal =
  | { kind: 'error'; code: number; httpStatus?: number }
  | { kind: 'destroy' | 'reset' | 'plain_500' | 'html_502' | 'stall' };

export type Answer =
  | 'destroy'
  | 'reset'
  | 'plain_500'
  | 'html_502'
  | 'truncate'
  | 'stall'
  /** The first status is posted, and answered, before the HTTP answer goes out. */
  | 'after_webhook';

export interface Step {
  status: 'sent' | 'delivered' | 'read' | 'failed';
  /** Earliest and latest moment after acceptance, in milliseconds; scaled by `delay_scale`. */
  afterMs: readonly [number, number];
  /** For `failed`. */
  code?: number;
}

export type Reaction = 'stop_text' | 'stop_preference' | 'button' | 'text' | WrittenReply;

/** What somebody happens to write back, by the settings. */
export interface WrittenReply {
  body: string;
  /** Whether it names the message it answers, as WhatsApp does when a person quotes it. */
  names: boolean;
}

export type FreeType = 'free_customer_service' | 'free_entry_point';
