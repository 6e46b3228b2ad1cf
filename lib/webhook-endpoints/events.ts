/** What an endpoint can ask to be told, with its words for a person (browser-safe). */
export const WEBHOOK_EVENTS = [
  {
    type: 'campaign.started',
    word: 'A campaign starts',
    hint: 'Also when it goes on after a pause, or sends again after it was finished.',
  },
  {
    type: 'campaign.paused',
    word: 'A campaign is paused',
    hint: 'By a person, or by Herald with its reason.',
  },
  {
    type: 'campaign.finished',
    word: 'A campaign is finished',
    hint: 'Nobody is left to send to, or it was stopped.',
  },
  {
    type: 'message.failed',
    word: 'A message failed',
    hint: 'One event for each person, with WhatsApp’s code and words.',
  },
  {
    type: 'message.replied',
    word: 'Somebody writes to you',
    hint: 'With the text and, where known, the campaign.',
  },
  {
    type: 'contact.opted_out',
    word: 'A number is put on the do-not-contact list',
    hint: 'However it gets there; the event says how.',
  },
] as const;

export type WebhookEventType = (typeof WEBHOOK_EVENTS)[number]['type'];

export const WEBHOOK_EVENT_TYPES = WEBHOOK_EVENTS.map(({ type }) => type) as [
  WebhookEventType,
  ...WebhookEventType[],
];

/** Sent only when somebody asks for it; tried once. */
export const TEST_EVENT = 'webhook.test';
