const WORDS: Readonly<Record<string, string>> = {
  header_param_1: 'Header',
  header_media_url: 'Picture, video or document',
  header_location_latitude: 'Latitude of the place',
  header_location_longitude: 'Longitude of the place',
  header_location_name: 'Name of the place',
  header_location_address: 'Address of the place',
  offer_expires_at: 'When the offer ends',
  button_code_param: 'Code to copy',
  button_thumbnail_param: 'Product whose picture is shown',
  button_products_param: 'Products in the list',
  button_flow_token_param: 'Token of the form',
  button_flow_data_param: 'Data of the form’s first screen',
};

/** A parameter's key in words, as a person sees its place in the message. */
export function parameterWord(key: string): string {
  const [, card, ofCard = ''] = /^card_(\d+)_(.+)$/.exec(key) ?? [];
  if (card !== undefined) return `Card ${card}: ${lowerFirst(parameterWord(ofCard))}`;
  const word = WORDS[key];
  if (word !== undefined) return word;
  const [, kind, rest = ''] =
    /^(header_param|body_param|button_url_param|button_payload_param)_?(.*)$/.exec(key) ?? [];
  switch (kind) {
    case 'header_param':
      return `Header {{${rest}}}`;
    case 'body_param':
      return `Text {{${rest}}}`;
    case 'button_url_param':
      return rest ? `End of the link of button ${rest}` : 'End of the link button’s address';
    case 'button_payload_param':
      return `Payload of button ${rest}`;
    default:
      return key;
  }
}

function lowerFirst(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1);
}
