/** A parameter's key in words, as a person sees its place in the message. */
export function parameterWord(key: string): string {
  if (key === 'header_param_1') return 'Header';
  if (key === 'header_media_url') return 'Link to the picture, video or document';
  if (key === 'button_code_param') return 'Code to copy';
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
