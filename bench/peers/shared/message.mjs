const CAMPAIGN = '019ab000-0000-7000-8000-000000000000';

/** The body Herald sends for the bench's campaign, byte for byte but for the ids; its callback data names the row. */
export function messageFor({ id, phone }) {
  const recipient = `019ab000-0000-7000-9000-${String(id).padStart(12, '0')}`;
  const parameters = [
    { type: 'text', text: 'Ana' },
    { type: 'text', text: 'Ana' },
  ];
  return JSON.stringify({
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    to: phone,
    type: 'template',
    biz_opaque_callback_data: `${CAMPAIGN}.${recipient}.1`,
    template: {
      name: 'delivery_on_its_way',
      language: { code: 'en_US' },
      components: [{ type: 'body', parameters }],
    },
  });
}

/** Consecutive plain numbers, as the bench's campaign has them. */
export const phoneOf = (index) => `+1${2_020_000_000 + index * 10_000 + 9_000}`;
