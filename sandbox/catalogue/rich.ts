import {
  body,
  buttons,
  carousel,
  copyCode,
  footer,
  locationHeader,
  mediaHeader,
  offer,
  quickReply,
  template,
  urlButton,
} from './parts';

const lamp = (file: string, text: string, example: string, path: string) => [
  mediaHeader('IMAGE', file),
  body(text, example),
  buttons(
    urlButton('See it', `https://shop.example.com/lamps/${path}/{{1}}`, 'maria'),
    quickReply('Remind me'),
  ),
];

/** One of each kind whose parts are more than texts and links. */
export const richTemplates = [
  template('courier_nearby', 'UTILITY', [
    locationHeader(),
    body('Hi {{1}}, your order {{2}} waits for you here until {{3}}.', 'Maria', '#10234', '18:00'),
    footer('Bring the code from your e-mail'),
  ]),
  template('weekend_offer', 'MARKETING', [
    mediaHeader('IMAGE', 'weekend-offer.jpg'),
    offer('Weekend only'),
    body('Hi {{1}}, take {{2}} off everything with this code, while the offer lasts.', 'Maria', '25%'),
    buttons(copyCode('WEEKEND25'), urlButton('Shop now', 'https://shop.example.com/weekend/{{1}}', 'maria')),
  ]),
  template('lamp_carousel', 'MARKETING', [
    body('Hi {{1}}, three lamps we think you will like.', 'Maria'),
    carousel(
      lamp('desk-lamp.jpg', 'The desk lamp, now {{1}}.', '$39', 'desk'),
      lamp('floor-lamp.jpg', 'The floor lamp, now {{1}}.', '$89', 'floor'),
      lamp('night-lamp.jpg', 'The night lamp, now {{1}}.', '$19', 'night'),
    ),
  ]),
  template('browse_catalogue', 'MARKETING', [
    body('Hi {{1}}, everything we sell is in our catalogue.', 'Maria'),
    footer('Reply STOP to opt out'),
    buttons({ type: 'CATALOG', text: 'View catalog' }),
  ]),
  template('picked_for_you', 'MARKETING', [
    body('Hi {{1}}, we picked these for you.', 'Maria'),
    buttons({ type: 'MPM', text: 'View items' }),
  ]),
  template('book_a_visit', 'UTILITY', [
    body('Hi {{1}}, choose when we may come by.', 'Maria'),
    buttons({
      type: 'FLOW',
      text: 'Choose a time',
      flow_id: '1160871482345671',
      flow_action: 'navigate',
      navigate_screen: 'VISIT',
    }),
  ]),
  template(
    'sign_in_code',
    'AUTHENTICATION',
    [
      {
        type: 'BODY',
        text: '*{{1}}* is your verification code.',
        example: { body_text: [['123456']] },
      },
      { type: 'FOOTER', text: 'This code expires in 5 minutes.', code_expiration_minutes: 5 },
      buttons({
        type: 'OTP',
        otp_type: 'ONE_TAP',
        text: 'Copy code',
        autofill_text: 'Autofill',
        supported_apps: [{ package_name: 'com.example.shop', signature_hash: 'K8a%2FAINcGX7' }],
      }),
    ],
    { message_send_ttl_seconds: 300 },
  ),
];
