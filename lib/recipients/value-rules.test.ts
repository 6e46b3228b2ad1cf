import { describe, expect, it } from 'vitest';
import { valueProblem } from './value-rules';

const problem = (key: string, value: string) => valueProblem({ key }, value);

describe('a value is refused before it is sent, in words', () => {
  it.each([
    ['header_location_latitude', '37.4833', '91'],
    ['header_location_longitude', '-180', '-180.1'],
    ['header_location_latitude', '-0.5', '37,48'],
    ['offer_expires_at', '2099-11-30T23:59+01:00', '2099-11-30 23:59'],
    ['offer_expires_at', '4100000000', '30.11.2099'],
    ['offer_expires_at', '2099-11-30 23:59:00 Z', '2020-11-30T23:59Z'],
    ['button_code_param', 'SAVE20', 'SAVE-20'],
    ['button_flow_data_param', '{"a":1}', '[1]'],
    ['button_products_param', 'A: 1, 2; B: 3', 'A: 1; 2'],
    ['button_products_param', '1, 2', 'A:'],
    ['button_products_param', '[{"title":"A","product_items":[{"product_retailer_id":"1"}]}]', '[{}]'],
    ['header_media_url', 'media:0d7f2a52-2c3f-4f0e-9d36-0a2e7b6f9a11', 'media:1'],
    ['card_2_header_media_url', 'https://e.com/a.jpg', 'a.jpg'],
    ['card_10_button_code_param', 'A', 'x'.repeat(21)],
  ])('%s: %s is taken, %s is not', (key, good, bad) => {
    expect(problem(key, good)).toBeNull();
    expect(problem(key, bad)).toEqual(expect.any(String));
  });

  it('thirty products in ten sections are the most', () => {
    const ids = (n: number) => Array.from({ length: n }, (_, i) => i).join(',');
    expect(problem('button_products_param', ids(30))).toBeNull();
    expect(problem('button_products_param', ids(31))).toContain('30 products');
    expect(problem('button_products_param', 'A: 1;'.repeat(11))).toContain('10 sections');
  });

  it('where WhatsApp takes less, that is the bound', () => {
    expect(valueProblem({ key: 'body_param_1', max_chars: 15 }, '1'.repeat(15))).toBeNull();
    expect(valueProblem({ key: 'body_param_1', max_chars: 15 }, '1'.repeat(16))).toContain('at most 15');
  });
});
