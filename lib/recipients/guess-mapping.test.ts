import { describe, expect, it } from 'vitest';
import type { TemplateParameter } from '@/lib/templates/schema';
import { guessMapping } from './guess-mapping';

function parameter(key: string, example: string | null = null): TemplateParameter {
  const component = key.startsWith('header') ? 'header' : key.startsWith('button') ? 'button' : 'body';
  return { key, component, required: true, example };
}

function guess(
  columns: string[],
  sample: string[][] = [],
  parameters: TemplateParameter[] = [],
  leadIns?: Record<string, string>,
) {
  const found = guessMapping({ columns, sample, parameters, leadIns });
  return Object.fromEntries(Object.entries(found).map(([key, { column }]) => [key, column]));
}

describe('a guess of the columns', () => {
  it('knows the shop’s own export', () => {
    const columns = ['First name', 'Last name', 'Country code', 'Mobile', 'Discount', 'Offer code'];
    const sample = [
      ['Léa', 'Nguyen', '+44', '01134960808', '25%', 'lea-25-432'],
      ['Leo', 'van Dijk', '+61', '(02) 5550 8080', '40%', 'leo-40-047'],
    ];
    const parameters = [
      parameter('header_param_1', 'Ana'),
      parameter('body_param_1', 'Ana'),
      parameter('body_param_2', '25%'),
      parameter('button_url_param', 'ana-25'),
    ];
    expect(guess(columns, sample, parameters, { header_param_1: 'For you, ', body_param_1: 'Hi ' })).toEqual({
      phone_number: 'Mobile',
      country_code: 'Country code',
      header_param_1: 'First name',
      body_param_1: 'First name',
      body_param_2: 'Discount',
      button_url_param: 'Offer code',
    });
  });

  it.each([
    ['Téléphone portable', 'Tel. portable'],
    ['Handynummer', 'Handynummer'],
    ['Número de teléfono', 'Número de teléfono'],
    ['celular', 'celular'],
    ['رقم الهاتف', 'رقم الهاتف'],
    ['मोबाइल नंबर', 'मोबाइल नंबर'],
    ['手机号码', '手机号码'],
    ['phoneNumber', 'phoneNumber'],
    ['Phone_Number', 'Phone_Number'],
    ['Mobile 1', 'Mobile 1'],
    ['WhatsApp', 'WhatsApp'],
  ])('finds the phone number called “%s”', (_, header) => {
    expect(guess(['Id', header], [['1', '+49 151 23456789']])).toEqual({ phone_number: header });
  });

  it('does not take order numbers for phone numbers, nor a phone column that holds none', () => {
    expect(guess(['Order', 'Name'], [['20250001234', 'Ana']])).toEqual({});
    expect(guess(['Phone'], [['yes'], ['no']])).toEqual({});
  });

  it('takes an unnamed column of international numbers, but of two alike asks', () => {
    expect(guess(['Column 1', 'Column 2'], [['Ana', '+49 151 23456789']])).toEqual({
      phone_number: 'Column 2',
    });
    expect(guess(['A', 'B'], [['+4915123456789', '+4915123456780']])).toEqual({});
    expect(guess(['Phone', 'Phone_1'], [['+4915123456789', '+4915123456780']])).toEqual({
      phone_number: 'Phone',
    });
  });

  it('fills parameters that bear a column’s name', () => {
    const columns = ['phone_number', 'body_param_1', 'order_id', 'First Name'];
    const parameters = [
      parameter('body_param_1'),
      parameter('body_param_order_id'),
      parameter('body_param_first_name'),
    ];
    expect(guess(columns, [], parameters)).toEqual({
      phone_number: 'phone_number',
      body_param_1: 'body_param_1',
      body_param_order_id: 'order_id',
      body_param_first_name: 'First Name',
    });
  });

  it('takes links for media only where every cell is one', () => {
    const media = [parameter('header_media_url')];
    const link = 'https://example.com/a.jpg';
    expect(guess(['phone', 'Picture'], [['+4915123456789', link]], media).header_media_url).toBe('Picture');
    expect(guess(['phone', 'Picture'], [['+4915123456789', 'a.jpg']], media)).not.toHaveProperty(
      'header_media_url',
    );
  });

  it('asks where it is not sure: positional parameters that nothing tells apart', () => {
    const columns = ['phone', 'Item', 'Shop'];
    const sample = [['+4915123456789', 'Lamp', 'Berlin']];
    expect(guess(columns, sample, [parameter('body_param_1', 'Lamp'), parameter('body_param_2')])).toEqual({
      phone_number: 'phone',
    });
  });

  it('takes a column of country codes by its cells, not one of country names', () => {
    const columns = ['phone', 'Country'];
    expect(guess(columns, [['15123456789', 'DE']]).country_code).toBe('Country');
    expect(guess(columns, [['15123456789', 'Germany']])).toEqual({ phone_number: 'phone' });
  });
});
