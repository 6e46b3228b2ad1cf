import type { Template, TemplateParameter } from '@/lib/templates/schema';
import { BYTE_ORDER_MARK, formatCsv } from './csv-cells';
import { sanitizeText } from './params';
import { checkRecipient } from './validate';

/** Reserved for fiction; a country in a column of its own, so that no spreadsheet takes the number for a formula. */
const COUNTRY = 'US';
const PHONES = ['202 555 0143', '202 555 0144', '202 555 0145'];

/** For parameters whose example is missing, or not what a recipient could be given. */
const STAND_INS: readonly [prefix: string, value: string][] = [
  ['header_media_url', 'https://example.com/picture.jpg'],
  ['button_url_param', 'example'],
  ['button_code_param', 'SAVE20'],
  ['header_location_latitude', '37.4833'],
  ['header_location_longitude', '-122.1484'],
  ['header_location_name', 'Our shop'],
  ['header_location_address', '1 Main Street, Springfield'],
  ['offer_expires_at', '2099-12-31T23:59Z'],
  ['button_thumbnail_param', 'sku-1'],
  ['button_products_param', 'Popular: sku-1, sku-2'],
];

/**
 * A file to start from: the columns a campaign with this template needs, under the names the import knows, and
 * three rows of the template's examples (pure). Uploaded as it is, every row is taken.
 */
export function sampleCsv({
  name,
  language,
  parameters,
}: Pick<Template, 'name' | 'language' | 'parameters'>): {
  filename: string;
  chunks: AsyncIterable<Uint8Array>;
} {
  const needed = parameters.filter(({ required }) => required);
  const values = needed.map(sampleValue);
  const header = ['country_code', 'phone_number', ...needed.map(({ key }) => key)];
  const rows = PHONES.map((phone) => [COUNTRY, phone, ...values]);
  const file = `${name}-${language}`.replace(/[^A-Za-z0-9_]+/g, '-').slice(0, 100);
  return { filename: `${file}-sample.csv`, chunks: inOne(BYTE_ORDER_MARK + formatCsv([header, ...rows])) };
}

function sampleValue(parameter: TemplateParameter): string {
  const { key, example } = parameter;
  const ownKey = key.replace(/^card_\d+_/, '');
  const value = sanitizeText(example ?? '');
  const recipient = {
    phoneNumber: PHONES[0] ?? '',
    countryCode: COUNTRY,
    params: value ? { [key]: value } : {},
  };
  if (checkRecipient(recipient, { parameters: [parameter] }).ok) return value;
  const standIn = STAND_INS.find(([prefix]) => ownKey.startsWith(prefix))?.[1];
  return standIn ?? `Text ${ownKey.replace(/^(body|header)_param_/, '')}`;
}

async function* inOne(text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(new TextEncoder().encode(text));
}
