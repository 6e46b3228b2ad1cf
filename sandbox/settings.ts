import { z } from 'zod';

const share = z.number().min(0).max(1);
const onOff = z.union([z.boolean(), z.enum(['on', 'off']).transform((value) => value === 'on')]);

/** What can be set while it runs, for every number or for one; `POST /__sandbox/settings`. */
export const settingsSchema = z.strictObject({
  /** Multiplies every delay of a status; 0 reports at once. */
  delay_scale: z.number().min(0).max(1000),
  duplicate_share: share,
  reorder_share: share,
  /** Of the messages read: `delivered` is left out. */
  skip_delivered_share: share,
  read_share: share,
  /** The same for messages of one template, by its name, where it differs. */
  read_share_of: z.record(z.string(), share),
  /** Of the messages that arrive with somebody who behaves well: the person taps the link button. */
  click_share: share,
  /** Of the messages that arrive with somebody who behaves well: the person writes back. */
  reply_share: share,
  /** Of those replies: they say STOP. */
  stop_share: share,
  /** Of those replies: they name the message they answer. */
  reply_context_share: share,
  /** What the others say; one of these, by chance. */
  reply_texts: z.array(z.string().min(1).max(4096)).min(1).max(100),
  echo_callback_on_failed: onOff,
  /** `contacts[]` beside the statuses (never on failed ones). */
  contacts: onOff,
  /** Off: messages are taken and nothing is ever reported. */
  statuses: onOff,
  /** Off: the last four digits of a number mean nothing. */
  digits: onOff,
  pair_limit: onOff,
  /** Graph's code for one person too many within 24 hours: Meta documents none. */
  messaging_limit_code: z.number().int().min(1),
  /** On: marketing to +1 is reported failed with 131049, as Meta does since April 2025. */
  us_marketing_block: onOff,
  /** Most updates in one webhook POST; Meta's own bound is 1,000. */
  webhook_batch: z.number().int().min(1).max(1000),
  webhook_window_ms: z.number().int().min(0).max(10_000),
  webhook_concurrency: z.number().int().min(1).max(256),
  webhook_timeout_ms: z.number().int().min(10).max(60_000),
  /** How long a webhook that is not answered with 200 is tried again; 7 days at Meta. */
  webhook_retry_ms: z.number().int().min(0),
  /** Before every answer to a send: shortest and longest. */
  latency_ms: z.tuple([z.number().min(0), z.number().min(0)]),
  management_calls_per_hour: z.number().int().min(1),
  /** 0: cursors of template pages never expire. */
  cursor_ttl_ms: z.number().int().min(0),
  /** Most templates in a page, whatever limit was asked: Graph too may give fewer, and then a reader must go on. */
  largest_page: z.number().int().min(1).max(1000),
});

export type Settings = z.infer<typeof settingsSchema>;

export const DEFAULT_SETTINGS: Settings = {
  delay_scale: 1,
  duplicate_share: 0.03,
  reorder_share: 0.05,
  skip_delivered_share: 0.05,
  read_share: 0.7,
  read_share_of: {},
  click_share: 0,
  reply_share: 0,
  stop_share: 0.1,
  reply_context_share: 0.5,
  reply_texts: ['Thanks!', 'How much is it?', '¿Mañana también? 🙏', 'شكراً', 'No'],
  echo_callback_on_failed: true,
  contacts: true,
  statuses: true,
  digits: true,
  pair_limit: true,
  messaging_limit_code: 131_048,
  us_marketing_block: false,
  webhook_batch: 100,
  webhook_window_ms: 20,
  webhook_concurrency: 16,
  webhook_timeout_ms: 10_000,
  webhook_retry_ms: 600_000,
  latency_ms: [0, 0],
  management_calls_per_hour: 5000,
  cursor_ttl_ms: 0,
  largest_page: 10,
};

/** As they are for messages of one template. */
export function settingsOfTemplate(settings: Settings, template: string): Settings {
  const own = settings.read_share_of[template];
  return own === undefined ? settings : { ...settings, read_share: own };
}

/** Settings in force: those of one number over those for all. */
export interface SettingsStore {
  readonly all: Settings;
  of(numberId: string): Settings;
  change(patch: Partial<Settings>, numberId?: string): Settings;
  reset(numberId?: string): void;
}

export function createSettingsStore(initial: Partial<Settings> = {}): SettingsStore {
  let all: Settings = { ...DEFAULT_SETTINGS, ...initial };
  const own = new Map<string, Partial<Settings>>();
  const merged = new Map<string, Settings>();
  const of = (numberId: string): Settings => {
    if (!own.has(numberId)) return all;
    const known = merged.get(numberId) ?? { ...all, ...own.get(numberId) };
    merged.set(numberId, known);
    return known;
  };
  return {
    get all() {
      return all;
    },
    of,
    change(patch, numberId) {
      merged.clear();
      if (numberId) own.set(numberId, { ...own.get(numberId), ...patch });
      else all = { ...all, ...patch };
      return numberId ? of(numberId) : all;
    },
    reset(numberId) {
      merged.clear();
      if (numberId) own.delete(numberId);
      else {
        own.clear();
        all = { ...DEFAULT_SETTINGS, ...initial };
      }
    },
  };
}
