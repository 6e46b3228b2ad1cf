import { expect, test } from 'vitest';
import { parameterWord } from './parameter-word';

test.each([
  ['header_param_1', 'Header'],
  ['header_param_shop', 'Header {{shop}}'],
  ['body_param_2', 'Text {{2}}'],
  ['body_param_first_name', 'Text {{first_name}}'],
  ['button_url_param', 'End of the link button’s address'],
  ['button_url_param_2', 'End of the link of button 2'],
  ['button_payload_param_3', 'Payload of button 3'],
  ['offer_expires_at', 'When the offer ends'],
  ['card_2_body_param_1', 'Card 2: text {{1}}'],
  ['something_new', 'something_new'],
])('%s is said in words', (key, word) => {
  expect(parameterWord(key)).toBe(word);
});
