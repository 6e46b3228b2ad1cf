import type { Behaviour, Step } from './behaviour';

export interface Scenario extends Behaviour {
  /** One sentence; docs/sandbox.md has the same ones, and a test holds the two against each other. */
  meaning: string;
}

const SENT: Step = { status: 'sent', afterMs: [50, 300] };
const DELIVERED: Step = { status: 'delivered', afterMs: [400, 1500] };
const READ: Step = { status: 'read', afterMs: [2000, 4000] };

const failsWith = (code: number): Step[] => [{ status: 'failed', afterMs: [200, 900], code }];

/** The last four digits of the recipient decide. Every other number behaves well. */
export const SCENARIOS: ReadonlyMap<string, Scenario> = new Map<string, Scenario>([
  ['0001', { meaning: 'Taken, then reported failed with 131026 (undeliverable).', steps: failsWith(131026) }],
  ['0002', { meaning: 'Refused at once with 131026.', refuse: { kind: 'error', code: 131026 } }],
  ['0003', { meaning: 'Delivered, never read.', steps: [SENT, DELIVERED] }],
  [
    '0004',
    {
      meaning: 'Taken, then reported failed with 131049 (per-user marketing cap).',
      steps: failsWith(131049),
    },
  ],
  ['0005', { meaning: 'Taken, the answer is lost (connection closed); statuses come.', answer: 'destroy' }],
  ['0006', { meaning: 'Taken, the answer is lost, and no status ever comes.', answer: 'destroy', steps: [] }],
  ['0007', { meaning: 'Taken, answered after 5 seconds.', delayMs: 5000 }],
  ['0008', { meaning: 'Taken, answered with HTTP 500; statuses come.', answer: 'plain_500' }],
  ['0009', { meaning: 'Not taken, answered with HTTP 500.', refuse: { kind: 'plain_500' } }],
  [
    '0010',
    { meaning: 'Refused at once with 130472 (experiment holdout).', refuse: { kind: 'error', code: 130472 } },
  ],
  ['0011', { meaning: 'Taken, but no status ever comes.', steps: [] }],
  ['0012', { meaning: 'The first status arrives before the HTTP answer.', answer: 'after_webhook' }],
  [
    '0013',
    {
      meaning: 'Delivered and read, then the person writes STOP.',
      steps: [SENT, DELIVERED, READ],
      reaction: 'stop_text',
    },
  ],
  [
    '0014',
    {
      meaning: 'Delivered, then the person stops marketing in WhatsApp (user_preferences).',
      steps: [SENT, DELIVERED],
      reaction: 'stop_preference',
    },
  ],
  [
    '0015',
    {
      meaning: 'Taken, then reported failed with 131050 (stopped your marketing).',
      steps: failsWith(131050),
    },
  ],
  [
    '0016',
    {
      meaning: 'Refused with 131056 (pair rate) the first two times, then taken.',
      refuse: { kind: 'error', code: 131056 },
      refuseTimes: 2,
    },
  ],
  ['0017', { meaning: 'Taken, the 200 is cut off in the middle of its body.', answer: 'truncate' }],
  [
    '0018',
    {
      meaning: 'Held for quality assessment, released after about 5 seconds.',
      messageStatus: 'held_for_quality_assessment',
      steps: [
        { status: 'sent', afterMs: [4500, 5500] },
        { status: 'delivered', afterMs: [5600, 6500] },
        { status: 'read', afterMs: [7000, 9000] },
      ],
    },
  ],
  [
    '0019',
    {
      meaning: 'Both delivered and failed (131026) are reported, in either order.',
      steps: [
        SENT,
        { status: 'delivered', afterMs: [300, 1500] },
        { status: 'failed', afterMs: [300, 1500], code: 131026 },
      ],
    },
  ],
  [
    '0020',
    {
      meaning: 'Read is reported before delivered, sent last.',
      steps: [
        { status: 'read', afterMs: [200, 500] },
        { status: 'delivered', afterMs: [700, 1000] },
        { status: 'sent', afterMs: [1200, 1500] },
      ],
    },
  ],
  [
    '0021',
    {
      meaning: "Delivered and read, then the person presses the template's last quick-reply button.",
      steps: [SENT, DELIVERED, READ],
      reaction: 'button',
    },
  ],
  [
    '0022',
    {
      meaning: 'Delivered and read, then the person writes back (accents, Arabic, an emoji).',
      steps: [SENT, DELIVERED, READ],
      reaction: 'text',
    },
  ],
  [
    '0023',
    { meaning: 'Every status is reported twice.', steps: [SENT, SENT, DELIVERED, DELIVERED, READ, READ] },
  ],
  [
    '0024',
    {
      meaning: 'Sent at once, delivered only after 30 seconds.',
      steps: [SENT, { status: 'delivered', afterMs: [29_000, 31_000] }],
    },
  ],
  [
    '0025',
    {
      meaning: 'Refused with 130429 (throughput) the first time, then taken.',
      refuse: { kind: 'error', code: 130429 },
      refuseTimes: 1,
    },
  ],
  ['0026', { meaning: 'Statuses come without biz_opaque_callback_data.', omitCallbackData: true }],
  [
    '0027',
    {
      meaning: 'Not taken, answered with HTTP 500 and code 131000.',
      refuse: { kind: 'error', code: 131000 },
    },
  ],
  [
    '0028',
    {
      meaning: 'Answered with HTTP 503 and code 2 the first time (not taken), then taken.',
      refuse: { kind: 'error', code: 2 },
      refuseTimes: 1,
    },
  ],
  ['0029', { meaning: 'Taken, never answered; statuses come.', answer: 'stall' }],
  [
    '0030',
    {
      meaning: 'Not taken, a gateway answers with HTTP 502 and a page of HTML.',
      refuse: { kind: 'html_502' },
    },
  ],
  ['0031', { meaning: 'Not taken, the connection is reset.', refuse: { kind: 'reset' } }],
  ['0032', { meaning: 'Statuses come without recipient_id.', omitRecipient: true }],
  [
    '0033',
    {
      meaning: 'Taken, then reported failed with 131053 (media could not be fetched).',
      steps: failsWith(131053),
    },
  ],
  [
    '0034',
    {
      meaning: 'Held for quality assessment, then reported failed with 132015 (template paused).',
      messageStatus: 'held_for_quality_assessment',
      steps: [{ status: 'failed', afterMs: [4500, 5500], code: 132015 }],
    },
  ],
  [
    '0035',
    {
      meaning: 'Refused at once with 131030 (not on the allow list of a test number).',
      refuse: { kind: 'error', code: 131030 },
    },
  ],
  [
    '0041',
    {
      meaning: 'Delivered, free: the person wrote within 24 hours (free_customer_service).',
      steps: [SENT, DELIVERED],
      free: 'free_customer_service',
    },
  ],
  [
    '0042',
    {
      meaning: 'Read at once, never delivered; free: the person came by an ad (free_entry_point).',
      steps: [SENT, READ],
      free: 'free_entry_point',
    },
  ],
]);

/** How the recipient behaves; undefined: well. */
export function scenarioFor(waId: string): Scenario | undefined {
  return waId.charCodeAt(waId.length - 4) === 48 ? SCENARIOS.get(waId.slice(-4)) : undefined;
}
