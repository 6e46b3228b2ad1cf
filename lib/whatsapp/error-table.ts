/** What a code does to the message, the campaign or the sender; contract §6, promise 6. */
export type ErrorClass =
  | 'rejected' // this recipient has failed
  | 'throttled_sender' // certainly not taken; the whole sender slows down
  | 'throttled_recipient' // certainly not taken; only this recipient waits
  | 'retryable' // certainly not taken, may work later
  | 'blocked_campaign' // dooms every message of the campaign
  | 'blocked_sender' // dooms every message of the sender
  | 'ambiguous'; // may have been taken

export interface ErrorEntry {
  /** Single codes, and ranges with both ends. */
  codes: readonly (number | readonly [from: number, to: number])[];
  class: ErrorClass;
  /** What happened, in plain words; a clause without a full stop. */
  meaning: string;
  /** What a campaign person does about it; a clause without a full stop. */
  remedy: string;
  /** And the number goes on the do-not-contact list. */
  suppress?: true;
  /** And a person may put the number on that list: it says something about the number itself. */
  offersSuppression?: true;
  /** As many of these in a row mean the campaign is wrong, not its recipients. */
  pauseAfter?: number;
  /** Whether sending to this person again helps. */
  retryAdvice: 'never' | 'later' | 'now';
  /** Of `later`: how long WhatsApp wants one to wait, hours. */
  retryAfterHours?: number;
}

const SAME_FOR_ALL = 20;
const CHECK_MAPPING = 'compare the columns you mapped with the template, then send to these again';
const MANAGER = 'open WhatsApp Manager';

/**
 * The one table of Meta's codes. Meanings: Meta's error pages of 2026-09; classes: our reading of Meta's
 * advice. Codes are matched, never titles, subcodes or HTTP status.
 */
export const ERROR_TABLE: readonly ErrorEntry[] = [
  {
    codes: [0, 104, 190],
    class: 'blocked_sender',
    meaning: "WhatsApp no longer accepts this sender's access token",
    remedy: "put a new access token in the sender's settings, then resume",
    retryAdvice: 'now',
  },
  {
    codes: [3, 10, [200, 299], 131005],
    class: 'blocked_sender',
    meaning: "The sender's access token lacks the permission to send",
    remedy:
      'give its system user the whatsapp_business_messaging permission and access to this number, then resume',
    retryAdvice: 'now',
  },
  {
    codes: [1],
    class: 'ambiguous',
    meaning: 'WhatsApp had an error of its own, and may have taken the message all the same',
    remedy: 'wait for its report; send again only if none comes',
    retryAdvice: 'later',
  },
  {
    codes: [2, 131000, 131016, 133004],
    class: 'ambiguous',
    meaning: 'WhatsApp was down or overloaded, and may have taken the message all the same',
    remedy: 'wait for its report; send again only if none comes',
    retryAdvice: 'later',
  },
  {
    codes: [4, 17, 613, 80007, 80008],
    class: 'throttled_sender',
    meaning: 'The hourly quota of calls to WhatsApp is used up',
    remedy: 'nothing to do: sending goes on more slowly by itself',
    retryAdvice: 'later',
  },
  {
    codes: [33],
    class: 'blocked_sender',
    meaning: 'WhatsApp does not know this phone number id any more',
    remedy: 'check the phone number id in WhatsApp Manager and add the sender again',
    retryAdvice: 'never',
  },
  {
    codes: [100],
    class: 'rejected',
    meaning: 'WhatsApp refused a value of this message',
    remedy: CHECK_MAPPING,
    pauseAfter: SAME_FOR_ALL,
    retryAdvice: 'now',
  },
  {
    codes: [368, 131031],
    class: 'blocked_sender',
    meaning: 'WhatsApp locked or restricted this account for breaking its rules',
    remedy: `${MANAGER}, read the notice there and appeal or correct it, then resume`,
    retryAdvice: 'never',
  },
  {
    codes: [130403],
    class: 'rejected',
    meaning: 'You blocked this person on WhatsApp',
    remedy: 'unblock them in WhatsApp first if you want to write to them',
    suppress: true,
    retryAdvice: 'never',
  },
  {
    codes: [130429],
    class: 'throttled_sender',
    meaning: 'More messages a second than WhatsApp allows this number',
    remedy: 'nothing to do: sending goes on more slowly by itself',
    retryAdvice: 'later',
  },
  {
    codes: [130472],
    class: 'rejected',
    meaning: 'WhatsApp withholds marketing from this person as part of an experiment',
    remedy: 'nothing to do: sending again gives the same result, and nothing is billed',
    retryAdvice: 'never',
  },
  {
    codes: [130497],
    class: 'rejected',
    meaning: 'This account may not message people in that country',
    remedy: 'leave these numbers out',
    pauseAfter: SAME_FOR_ALL,
    retryAdvice: 'never',
  },
  {
    codes: [131008, 131009],
    class: 'rejected',
    meaning: 'A value of this message is missing or not of the kind WhatsApp expects',
    remedy: CHECK_MAPPING,
    pauseAfter: SAME_FOR_ALL,
    retryAdvice: 'now',
  },
  {
    codes: [131021],
    class: 'rejected',
    meaning: "The number is the sender's own",
    remedy: 'leave it out',
    retryAdvice: 'never',
  },
  {
    codes: [131026],
    class: 'rejected',
    meaning: 'Could not be delivered: not on WhatsApp, an old app, or its terms not accepted',
    remedy: 'reach this person another way, and leave the number out next time',
    offersSuppression: true,
    retryAdvice: 'never',
  },
  {
    codes: [131030],
    class: 'rejected',
    meaning: "The number is not on the list of this test number's allowed recipients",
    remedy: 'add it to that list in the Meta app, or send from a real number',
    retryAdvice: 'now',
  },
  {
    codes: [131037],
    class: 'blocked_sender',
    meaning: "WhatsApp has not approved this number's display name yet",
    remedy: `${MANAGER} and have the display name approved, then resume`,
    retryAdvice: 'now',
  },
  {
    codes: [131042],
    class: 'blocked_sender',
    meaning: 'There is a payment problem on the WhatsApp account',
    remedy: `${MANAGER} and correct the payment method, then resume`,
    retryAdvice: 'now',
  },
  {
    codes: [131045, 133010],
    class: 'blocked_sender',
    meaning: 'This phone number is not registered with the Cloud API',
    remedy: `${MANAGER} and register the number, then resume`,
    retryAdvice: 'now',
  },
  {
    codes: [131047],
    class: 'rejected',
    meaning: 'This person last wrote more than 24 hours ago, and the message was not a template',
    remedy: 'send a template',
    retryAdvice: 'never',
  },
  {
    codes: [131048],
    class: 'blocked_sender',
    meaning: 'WhatsApp restricted this number because people blocked or reported it',
    remedy:
      'check its quality and its daily limit in WhatsApp Manager, and wait until the restriction ends before you resume',
    retryAdvice: 'never',
  },
  {
    codes: [131049],
    class: 'rejected',
    meaning: 'WhatsApp limits marketing to this person right now',
    remedy: 'wait at least 24 hours before you send to them again, and only if they agreed to hear from you',
    retryAdvice: 'later',
    retryAfterHours: 24,
  },
  {
    codes: [131050],
    class: 'rejected',
    meaning: 'This person asked WhatsApp to stop your marketing',
    remedy: 'respect it: they are on the do-not-contact list now',
    suppress: true,
    retryAdvice: 'never',
  },
  {
    codes: [131051],
    class: 'blocked_campaign',
    meaning: 'WhatsApp does not support this type of message',
    remedy: 'choose another template',
    retryAdvice: 'never',
  },
  {
    codes: [131052],
    class: 'rejected',
    meaning: 'WhatsApp could not fetch a file that this person had sent',
    remedy: 'ask them to send it again',
    retryAdvice: 'never',
  },
  {
    codes: [131053],
    class: 'retryable',
    meaning: "WhatsApp could not fetch the header's image, video or document",
    remedy: 'open its link in a private window: it must be public, of an allowed type and small enough',
    pauseAfter: SAME_FOR_ALL,
    retryAdvice: 'now',
  },
  {
    codes: [131055, 134100],
    class: 'blocked_campaign',
    meaning: 'Only marketing templates may be sent this way',
    remedy: 'choose a marketing template',
    retryAdvice: 'never',
  },
  {
    codes: [131056],
    class: 'throttled_recipient',
    meaning: 'Too many messages to this one person in a short time',
    remedy: 'nothing to do: it is sent a little later by itself',
    retryAdvice: 'later',
  },
  {
    codes: [131057, 2494100],
    class: 'throttled_sender',
    meaning: 'WhatsApp is doing maintenance on this number or raising its speed',
    remedy: 'nothing to do: sending goes on in a few minutes by itself',
    retryAdvice: 'later',
  },
  {
    codes: [131059],
    class: 'retryable',
    meaning: 'The list of templates changed while it was being read',
    remedy: 'sync the templates again',
    retryAdvice: 'now',
  },
  {
    codes: [131062],
    class: 'rejected',
    meaning: 'This message needs a phone number, not a WhatsApp user id',
    remedy: 'send to the phone number',
    retryAdvice: 'never',
  },
  {
    codes: [131063],
    class: 'blocked_campaign',
    meaning: 'This account may not send marketing over the ordinary Cloud API',
    remedy: 'let this sender’s marketing go by WhatsApp’s marketing messages, in its settings, then resume',
    retryAdvice: 'now',
  },
  {
    codes: [131064],
    class: 'blocked_campaign',
    meaning: 'WhatsApp limits this account because templates were put in the wrong category',
    remedy: `${MANAGER} and correct the template's category, then resume`,
    retryAdvice: 'never',
  },
  {
    codes: [132000, 132012, 132018],
    class: 'rejected',
    meaning: 'The values do not fit the template: their number, or line breaks, tabs or many spaces in them',
    remedy: CHECK_MAPPING,
    pauseAfter: SAME_FOR_ALL,
    retryAdvice: 'now',
  },
  {
    codes: [132001],
    class: 'blocked_campaign',
    meaning: 'The template does not exist in this language, or is not approved',
    remedy: 'sync the templates and choose one that is approved',
    retryAdvice: 'now',
  },
  {
    codes: [132005],
    class: 'rejected',
    meaning: "This person's values make the text longer than WhatsApp allows",
    remedy: 'shorten them, then send again',
    retryAdvice: 'now',
  },
  {
    codes: [132007],
    class: 'blocked_campaign',
    meaning: "The template breaks WhatsApp's content policy",
    remedy: `${MANAGER} and correct the template, or choose another one`,
    retryAdvice: 'never',
  },
  {
    codes: [132015],
    class: 'blocked_campaign',
    meaning: 'WhatsApp paused this template because people reported or ignored it',
    remedy: 'wait until the pause is over, or choose another template',
    retryAdvice: 'later',
  },
  {
    codes: [132016],
    class: 'blocked_campaign',
    meaning: 'WhatsApp disabled this template for good because people reported or ignored it',
    remedy: 'choose another template',
    retryAdvice: 'never',
  },
  {
    codes: [132068, 132069],
    class: 'blocked_campaign',
    meaning: "WhatsApp blocked or slowed down the template's flow",
    remedy: `${MANAGER} and look at the flow's health, then resume`,
    retryAdvice: 'later',
  },
  {
    codes: [133000, [133005, 133009], 133015, 133016],
    class: 'blocked_sender',
    meaning: 'The registration of this phone number is not complete',
    remedy: `${MANAGER} and finish the registration and its PIN, then resume`,
    retryAdvice: 'now',
  },
  {
    codes: [134011],
    class: 'blocked_sender',
    meaning: "WhatsApp's payment terms have not been accepted for this account",
    remedy: `${MANAGER} and accept the terms, then resume`,
    retryAdvice: 'now',
  },
  {
    // Certainly not taken, but all of the campaign would be asking for ten minutes: nobody's attempts are burned on it.
    codes: [134101],
    class: 'blocked_campaign',
    meaning: 'WhatsApp is still preparing this template for marketing messages',
    remedy: 'wait about ten minutes, then resume',
    retryAdvice: 'later',
  },
  {
    codes: [134102],
    class: 'blocked_campaign',
    meaning: 'This template cannot be sent as a marketing message now',
    remedy: 'wait a few minutes and resume, or choose another template',
    retryAdvice: 'later',
  },
  {
    codes: [135000],
    class: 'rejected',
    meaning: 'WhatsApp refused the values of this message without saying which',
    remedy: CHECK_MAPPING,
    pauseAfter: SAME_FOR_ALL,
    retryAdvice: 'now',
  },
  {
    codes: [137000],
    class: 'rejected',
    meaning: 'This person reinstalled WhatsApp or changed their phone since their identity was last checked',
    remedy: 'confirm who they are, then send again',
    retryAdvice: 'later',
  },
];

const singles = new Map<number, ErrorEntry>();
const ranges: { from: number; to: number; entry: ErrorEntry }[] = [];
for (const entry of ERROR_TABLE) {
  for (const code of entry.codes) {
    if (typeof code === 'number') singles.set(code, entry);
    else ranges.push({ from: code[0], to: code[1], entry });
  }
}

/** The table's row for a code; undefined for a code Meta has not documented. */
export function findError(code: number | null): ErrorEntry | undefined {
  if (code === null) return undefined;
  return singles.get(code) ?? ranges.find(({ from, to }) => code >= from && code <= to)?.entry;
}
