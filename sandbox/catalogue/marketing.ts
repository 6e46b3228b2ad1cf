import {
  body,
  buttons,
  copyCode,
  footer,
  mediaHeader,
  namedBody,
  namedTextHeader,
  quickReply,
  template,
  textHeader,
  urlButton,
} from './parts';

export const marketingTemplates = [
  template('black_friday', 'MARKETING', [
    textHeader('{{1}}, Black Friday is here', 'Maria'),
    body(
      'Hi {{1}}, today only you get {{2}} off everything in the shop. Your basket is waiting for you.',
      'Maria',
      '40%',
    ),
    footer('Reply STOP to opt out'),
    buttons(urlButton('Shop now', 'https://shop.example.com/black-friday/{{1}}', 'maria-40')),
  ]),
  template('spring_collection', 'MARKETING', [
    mediaHeader('IMAGE', 'spring-collection.jpg'),
    body('Hello {{1}}, the spring collection has arrived. See what is new this week.', 'Ana'),
    footer('Reply STOP to opt out'),
    buttons(quickReply('Show me more'), quickReply('Stop promotions')),
  ]),
  template('product_film', 'MARKETING', [
    mediaHeader('VIDEO', 'product-film.mp4'),
    body('Hi {{1}}, here is {{2}} in one minute.', 'Sam', 'the new kettle'),
    buttons(urlButton('Watch it in full', 'https://shop.example.com/films/kettle')),
  ]),
  template('coupon_drop', 'MARKETING', [
    body(
      '{{1}}, here is {{2}} off your next order. The code works until {{3}}.',
      'Lee',
      '15%',
      '30 November',
    ),
    footer('One use a customer'),
    buttons(copyCode('SAVE15NOW'), urlButton('Go to the shop', 'https://shop.example.com/')),
  ]),
  template(
    'loyalty_points',
    'MARKETING',
    [
      namedTextHeader('Your {{tier}} points', { tier: 'Gold' }),
      namedBody('Hi {{first_name}}, you have {{points}} points. They are yours until {{expiry_date}}.', {
        first_name: 'Noor',
        points: '1,250',
        expiry_date: '31 December',
      }),
      footer('Reply STOP to opt out'),
    ],
    { parameter_format: 'NAMED' },
  ),
  template(
    'oferta_de_verano',
    'MARKETING',
    [
      textHeader('¡El verano ya está aquí, {{1}}!', 'José'),
      body(
        'Hola {{1}}, llévate un {{2}} de descuento en toda la tienda hasta el {{3}}.',
        'José',
        '25 %',
        'domingo',
      ),
      footer('Responde BAJA para no recibir más ofertas'),
      buttons(
        urlButton('Ver ofertas', 'https://tienda.example.com/verano/{{1}}', 'jose'),
        urlButton('Encontrar tienda', 'https://tienda.example.com/cerca/{{1}}', '28013'),
      ),
    ],
    { language: 'es', quality_score: { score: 'YELLOW', date: 1_761_955_200 } },
  ),
  template(
    'eid_greeting',
    'MARKETING',
    [
      textHeader('عيد مبارك'),
      body('مرحباً {{1}}، بمناسبة العيد نهديك خصم {{2}} على طلبك القادم.', 'ليلى', '20٪'),
      footer('أرسل STOP لإلغاء الاشتراك'),
      buttons(urlButton('تسوّق الآن', 'https://shop.example.com/ar/{{1}}', 'eid20')),
    ],
    { language: 'ar', quality_score: { score: 'UNKNOWN', date: 1_761_955_200 } },
  ),
  template(
    'flash_sale',
    'MARKETING',
    [body('Hi {{1}}, everything is {{2}} off for the next three hours.', 'Ana', '30%')],
    { status: 'PENDING', quality_score: { score: 'UNKNOWN' } },
  ),
  template(
    'win_big_now',
    'MARKETING',
    [
      body(
        'CONGRATULATIONS {{1}}! Send us your card number to claim your prize of {{2}} today.',
        'Ana',
        '$500',
      ),
    ],
    { status: 'REJECTED', rejected_reason: 'SCAM', quality_score: { score: 'UNKNOWN' } },
  ),
  template(
    'weekly_deals',
    'MARKETING',
    [body('Hi {{1}}, this week: {{2}}. Come and have a look.', 'Ana', 'garden chairs')],
    { status: 'PAUSED', quality_score: { score: 'RED', date: 1_763_596_800 } },
  ),
  template(
    'daily_deals',
    'MARKETING',
    [body('Hi {{1}}, today: {{2}}. Come and have a look.', 'Ana', 'lamps')],
    { status: 'DISABLED', quality_score: { score: 'RED', date: 1_763_596_800 } },
  ),
];
