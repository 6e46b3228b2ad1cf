/** What a column fills, in words: the phone number, the country code, or a place in the message. */
export function fieldWord(key: string): string {
  if (key === 'phone_number') return 'Phone number';
  if (key === 'country_code') return 'Country code';
  if (key === 'header_media_url') return 'Header media link';
  if (key === 'button_code_param') return 'Code to copy';
  const [, kind = '', name = ''] =
    /^(header_param|body_param|button_url_param|button_payload_param)_?(.*)$/.exec(key) ?? [];
  switch (kind) {
    case 'header_param':
      return `Header {{${name}}}`;
    case 'body_param':
      return `Text {{${name}}}`;
    case 'button_url_param':
      return name ? `Link of button ${name}` : 'Link of the button';
    case 'button_payload_param':
      return `Payload of button ${name}`;
    default:
      return key;
  }
}
