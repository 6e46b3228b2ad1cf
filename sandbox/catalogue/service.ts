import {
  body,
  buttons,
  footer,
  mediaHeader,
  namedBody,
  quickReply,
  template,
  textHeader,
  urlButton,
} from './parts';

export const serviceTemplates = [
  template('hello_world', 'UTILITY', [
    textHeader('Hello World'),
    body(
      'Welcome and congratulations!! This message demonstrates your ability to send a message notification.',
    ),
    footer('WhatsApp Business Platform sample message'),
  ]),
  template('order_confirmation', 'UTILITY', [
    body(
      'Thank you, {{1}}. Order {{2}} of {{3}} is confirmed: {{4}} in total, with you by {{5}}.',
      'Maria',
      '#10234',
      '20 November',
      '$84.50',
      'Tuesday',
    ),
    buttons(
      urlButton('Track order', 'https://shop.example.com/orders/{{1}}', '10234'),
      urlButton('Get help', 'https://shop.example.com/help'),
    ),
  ]),
  template('invoice_ready', 'UTILITY', [
    mediaHeader('DOCUMENT', 'invoice.pdf'),
    body(
      'Dear {{1}}, your invoice {{2}} over {{3}} is attached. Please pay by {{4}}.',
      'Maria',
      'A-204',
      '€310',
      '1 December',
    ),
  ]),
  template(
    'appointment_reminder',
    'UTILITY',
    [
      namedBody('Hi {{name}}, this is a reminder of your appointment on {{date}} at {{time}}.', {
        name: 'Maria',
        date: '24 November',
        time: '10:30',
      }),
      buttons(quickReply('I will be there'), quickReply('I need another time')),
    ],
    { parameter_format: 'NAMED' },
  ),
  template(
    'order_confirmation',
    'UTILITY',
    [
      body(
        'Gracias, {{1}}. El pedido {{2}} del {{3}} está confirmado: {{4}} en total, en tu casa el {{5}}.',
        'María',
        '#10234',
        '20 de noviembre',
        '84,50 €',
        'martes',
      ),
      buttons(
        urlButton('Seguir el pedido', 'https://tienda.example.com/pedidos/{{1}}', '10234'),
        urlButton('Ayuda', 'https://tienda.example.com/ayuda'),
      ),
    ],
    { language: 'es' },
  ),
  template('opening_hours', 'UTILITY', [
    body('Our opening hours change on Monday. You can find the new ones with the button below.'),
    buttons(
      { type: 'PHONE_NUMBER', text: 'Call us', phone_number: '+15550100100' },
      urlButton('Opening hours', 'https://shop.example.com/hours'),
    ),
  ]),
  template('delivery_on_its_way', 'UTILITY', [
    textHeader('Your parcel is on its way'),
    body('{{1}} will be with you {{2}}.', 'Order #10234', 'between 14:00 and 16:00'),
  ]),
  template(
    'login_code',
    'AUTHENTICATION',
    [
      {
        type: 'BODY',
        text: '*{{1}}* is your verification code. For your security, do not share this code.',
        add_security_recommendation: true,
        example: { body_text: [['123456']] },
      },
      { type: 'FOOTER', text: 'This code expires in 10 minutes.', code_expiration_minutes: 10 },
      buttons({
        type: 'URL',
        text: 'Copy code',
        url: 'https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code_expiration_minutes=10&code=otp{{1}}',
        example: [
          'https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code_expiration_minutes=10&code=otp123456',
        ],
      }),
    ],
    { message_send_ttl_seconds: 600 },
  ),
];
