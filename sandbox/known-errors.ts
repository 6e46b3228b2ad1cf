export interface KnownError {
  httpStatus: number;
  title: string;
  details?: string;
}

/** Code → HTTP status, title, usual details. From Meta's error reference; statuses as its table gave them. */
export const KNOWN_ERRORS: ReadonlyMap<number, KnownError> = new Map<number, KnownError>([
  [0, { httpStatus: 401, title: 'AuthException' }],
  [1, { httpStatus: 400, title: 'API Unknown' }],
  [
    2,
    {
      httpStatus: 503,
      title: 'API Service',
      details: 'Temporary due to downtime or due to being overloaded.',
    },
  ],
  [3, { httpStatus: 500, title: 'API Method' }],
  [4, { httpStatus: 400, title: 'Application request limit reached' }],
  [10, { httpStatus: 403, title: 'Application does not have permission for this action' }],
  [
    33,
    {
      httpStatus: 400,
      title: 'Parameter value is not valid',
      details: 'The business phone number has been deleted.',
    },
  ],
  [100, { httpStatus: 400, title: 'Invalid parameter' }],
  [200, { httpStatus: 403, title: 'Permission denied' }],
  [368, { httpStatus: 403, title: 'Temporarily blocked for policies violations' }],
  [
    80007,
    {
      httpStatus: 429,
      title: 'Rate limit issues',
      details: 'The WhatsApp Business Account has reached its rate limit.',
    },
  ],
  [130403, { httpStatus: 400, title: 'You have blocked this user' }],
  [
    130429,
    {
      httpStatus: 400,
      title: 'Rate limit hit',
      details:
        'Message failed to send because there were too many messages sent from this phone number in a short period of time.',
    },
  ],
  [
    130472,
    {
      httpStatus: 400,
      title: "User's number is part of an experiment",
      details: "Failed to send message because this user's phone number is part of an experiment",
    },
  ],
  [
    130497,
    { httpStatus: 403, title: 'Business account is restricted from messaging users in this country.' },
  ],
  [
    131000,
    {
      httpStatus: 500,
      title: 'Something went wrong',
      details: 'Message failed to send due to an unknown error. Try again.',
    },
  ],
  [
    131005,
    {
      httpStatus: 403,
      title: 'Access denied',
      details: 'Permission is either not granted or has been removed.',
    },
  ],
  [131008, { httpStatus: 400, title: 'Required parameter is missing' }],
  [131009, { httpStatus: 400, title: 'Parameter value is not valid' }],
  [
    131016,
    { httpStatus: 500, title: 'Service unavailable', details: 'A service is temporarily unavailable.' },
  ],
  [
    131021,
    {
      httpStatus: 400,
      title: 'Recipient cannot be sender',
      details: 'Sender and recipient phone number is the same.',
    },
  ],
  [131026, { httpStatus: 400, title: 'Message undeliverable', details: 'Message Undeliverable.' }],
  [131030, { httpStatus: 400, title: 'Recipient phone number not in allowed list' }],
  [
    131031,
    {
      httpStatus: 403,
      title: 'Business Account locked',
      details: 'The WhatsApp Business Account associated with the app has been restricted or disabled.',
    },
  ],
  [
    131037,
    {
      httpStatus: 400,
      title: 'WhatsApp provided number needs display name approval before message can be sent.',
    },
  ],
  [
    131042,
    {
      httpStatus: 400,
      title: 'Business eligibility payment issue',
      details: 'Message failed to send because there were one or more errors related to your payment method.',
    },
  ],
  [
    131045,
    {
      httpStatus: 500,
      title: 'Incorrect certificate',
      details: 'Message failed to send due to a phone number registration error.',
    },
  ],
  [
    131047,
    {
      httpStatus: 400,
      title: 'Re-engagement message',
      details:
        'Message failed to send because more than 24 hours have passed since the customer last replied to this number.',
    },
  ],
  [
    131048,
    {
      httpStatus: 400,
      title: 'Spam rate limit hit',
      details:
        'Message failed to send because there are restrictions on how many messages can be sent from this phone number.',
    },
  ],
  [
    131049,
    {
      httpStatus: 400,
      title: 'This message was not delivered to maintain healthy ecosystem engagement.',
      details: 'In order to maintain a healthy ecosystem engagement, the message failed to be delivered.',
    },
  ],
  [
    131050,
    {
      httpStatus: 400,
      title: 'User has stopped marketing messages from this business',
      details:
        'Unable to deliver the message. This recipient has chosen to stop receiving marketing messages on WhatsApp from your business.',
    },
  ],
  [131051, { httpStatus: 400, title: 'Unsupported message type' }],
  [
    131053,
    {
      httpStatus: 400,
      title: 'Media upload error',
      details: 'Unable to download the media from the given link.',
    },
  ],
  [
    131056,
    {
      httpStatus: 400,
      title: '(Business Account, Consumer Account) pair rate limit hit',
      details:
        'Message failed to send because there were too many messages sent from this phone number to the same recipient in a short period of time.',
    },
  ],
  [131057, { httpStatus: 500, title: 'Account in maintenance mode' }],
  [
    131059,
    {
      httpStatus: 400,
      title: 'Invalid cursor',
      details: 'The paging cursor is not valid or has expired. Start again without a cursor.',
    },
  ],
  [132000, { httpStatus: 400, title: 'Number of parameters does not match the expected number of params' }],
  [132001, { httpStatus: 404, title: 'Template name does not exist in the translation' }],
  [132005, { httpStatus: 400, title: 'Translated text too long' }],
  [132007, { httpStatus: 400, title: 'Template format character policy violated' }],
  [132012, { httpStatus: 400, title: 'Parameter format does not match format in the created template' }],
  [
    132015,
    {
      httpStatus: 400,
      title: 'Template is paused',
      details: 'Template is paused due to low quality so it cannot be sent in a template message.',
    },
  ],
  [
    132016,
    {
      httpStatus: 400,
      title: 'Template is disabled',
      details: 'Template has been paused too many times due to low quality and is now permanently disabled.',
    },
  ],
  [132018, { httpStatus: 400, title: "There's an issue with the parameters in your template." }],
  [133004, { httpStatus: 503, title: 'Server temporarily unavailable' }],
  [
    133010,
    {
      httpStatus: 400,
      title: 'Phone number not registered',
      details: 'Phone number not registered on the WhatsApp Business Platform.',
    },
  ],
  [
    135000,
    {
      httpStatus: 400,
      title: 'Generic user error',
      details: 'Message failed to send because of an unknown error with your request parameters.',
    },
  ],
]);
