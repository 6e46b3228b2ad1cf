import { EncodingProbe } from '@/lib/recipients/encoding';

/** A number with all that people write around it. */
const LONGEST_CELL = 64;
const BETWEEN_CELLS = /[,;\t|"\r\n]/;

/**
 * Whether one of these digits stands in a cell of a list, whatever is between them: digits of other scripts too. A
 * workbook cannot be searched without opening it, so it counts as holding every number.
 */
export async function holdsNumber(
  chunks: AsyncIterable<Uint8Array>,
  forms: readonly string[],
): Promise<boolean> {
  let decoder: TextDecoder | undefined;
  let tail = '';
  for await (const chunk of chunks) {
    if (!decoder) {
      if (!isText(chunk)) return true;
      decoder = new TextDecoder(encodingOf(chunk));
    }
    const cells = (tail + decoder.decode(chunk, { stream: true })).split(BETWEEN_CELLS);
    // The last one goes on in the next piece; of one that is too long its end is enough to know that.
    tail = (cells.pop() ?? '').slice(-LONGEST_CELL - 1);
    if (cells.some((cell) => isNumber(cell, forms))) return true;
  }
  return isNumber(tail, forms);
}

/** Whether a cell is this number, written in one of its forms. */
export function isNumber(cell: string, forms: readonly string[]): boolean {
  if (cell.length > LONGEST_CELL) return false;
  return forms.includes(cell.replace(/[٠-٩۰-۹]/g, westernDigit).replace(/\D/g, ''));
}

function westernDigit(digit: string): string {
  return String((digit.codePointAt(0) ?? 0) & 0xf);
}

function isText(chunk: Uint8Array): boolean {
  try {
    new EncodingProbe().update(chunk);
    return true;
  } catch {
    return false;
  }
}

/** Digits are the same in UTF-8 and Windows-1252; only UTF-16 must be known. */
function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}
