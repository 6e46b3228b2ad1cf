const NOT_PLAIN = /[/\u007f-\uffff]/g;

function escapeCharacter(character: string): string {
  return character === '/' ? '\\/' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/**
 * JSON as Meta writes it: pure ASCII with lowercase \uXXXX, and `\/`. The signature is over these bytes, so a
 * receiver that parses and serialises again before it checks gets another digest.
 */
export function escapedJson(value: unknown): string {
  return JSON.stringify(value).replace(NOT_PLAIN, escapeCharacter);
}
