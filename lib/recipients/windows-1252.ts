/** 0x80–0x9f, where Windows-1252 is not Latin-1; a space where it has no character. */
const HIGH = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';
const NONE = 0xfffd;
const SLICE = 8_192;

const codes = Uint16Array.from({ length: 256 }, (_, byte) => {
  if (byte < 0x80 || byte > 0x9f) return byte;
  return HIGH[byte - 0x80] === ' ' ? NONE : HIGH.charCodeAt(byte - 0x80);
});

/**
 * Bytes in Windows-1252 as text, U+FFFD for a byte that it does not have (browser-safe). Not the platform's
 * own: browsers invent control characters for those bytes, and some versions of Node take it for Latin-1.
 */
export function decodeWindows1252(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += SLICE) {
    const slice = bytes.subarray(start, start + SLICE);
    text += String.fromCharCode(...Uint16Array.from(slice, (byte) => codes[byte] ?? NONE));
  }
  return text;
}
