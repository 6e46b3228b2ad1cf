import { AppError } from '@/lib/errors';
import { decodeWindows1252 } from './windows-1252';

export type CsvEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

const NOT_TEXT: readonly [magic: number[], advice: string][] = [
  [[0x1f, 0x8b], 'This is a gzip archive: unpack it and upload the CSV file in it.'],
  [
    [0x50, 0x4b, 0x03, 0x04],
    'This is an Excel workbook or a zip archive: save it as “CSV UTF-8” and upload that.',
  ],
  [[0xd0, 0xcf, 0x11, 0xe0], 'This is an old Excel workbook: save it as “CSV UTF-8” and upload that.'],
];

/** Looks at a file's bytes as they pass, and says at the end in which encoding they are (browser-safe). */
export class EncodingProbe {
  #head: number[] = [];
  #isChecked = false;
  /** Continuation bytes still due; UTF-8 sequences that were whole; bytes that fit none. */
  #due = 0;
  #whole = 0;
  #broken = 0;

  /** Throws 422 at once for what is no text at all. */
  update(chunk: Uint8Array): void {
    if (!this.#isChecked) this.#checkHead(chunk);
    for (let i = 0; i < chunk.length; i += 1) {
      const byte = chunk[i] ?? 0;
      if (byte >= 0x80 || this.#due > 0) this.#step(byte);
    }
  }

  /**
   * UTF-16 only by its byte order mark. Text in Windows-1252 hardly ever forms a UTF-8 sequence by chance, so
   * with more whole sequences than broken ones the file is damaged UTF-8, which no guess may garble further.
   */
  encoding(): CsvEncoding {
    const [first, second, third] = this.#head;
    if (first === 0xff && second === 0xfe) return 'utf-16le';
    if (first === 0xfe && second === 0xff) return 'utf-16be';
    const broken = this.#broken + (this.#due > 0 ? 1 : 0);
    if (broken === 0) return 'utf-8';
    const hasMark = first === 0xef && second === 0xbb && third === 0xbf;
    if (hasMark || this.#whole > broken) throw undecodable('UTF-8');
    return 'windows-1252';
  }

  #checkHead(chunk: Uint8Array): void {
    this.#head = [...this.#head, ...chunk.subarray(0, 4)].slice(0, 4);
    this.#isChecked = this.#head.length === 4;
    const found = NOT_TEXT.find(([magic]) => magic.every((byte, i) => this.#head[i] === byte));
    if (found) throw encodingError('csv_not_text', found[1]);
  }

  #step(byte: number): void {
    if (this.#due > 0) {
      if ((byte & 0xc0) === 0x80) {
        this.#due -= 1;
        if (this.#due === 0) this.#whole += 1;
        return;
      }
      this.#broken += 1;
      this.#due = 0;
    }
    if (byte < 0x80) return;
    if (byte >= 0xc2 && byte <= 0xdf) this.#due = 1;
    else if (byte >= 0xe0 && byte <= 0xef) this.#due = 2;
    else if (byte >= 0xf0 && byte <= 0xf4) this.#due = 3;
    else this.#broken += 1;
  }
}

/**
 * Bytes as text, in pieces, without the byte order mark (browser-safe). Throws 422 for bytes that the encoding
 * does not have.
 */
export async function* decodeText(
  chunks: AsyncIterable<Uint8Array>,
  encoding: CsvEncoding,
): AsyncGenerator<string> {
  const decode = encoding === 'windows-1252' ? windows1252Decoder() : unicodeDecoder(encoding);
  for await (const chunk of chunks) yield refuseNul(decode(chunk));
  yield refuseNul(decode(null));
}

type Decode = (chunk: Uint8Array | null) => string;

function unicodeDecoder(encoding: string): Decode {
  const decoder = new TextDecoder(encoding, { fatal: true });
  return (chunk) => {
    try {
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
    } catch {
      throw undecodable(encoding.toUpperCase());
    }
  };
}

function windows1252Decoder(): Decode {
  return (chunk) => {
    const text = chunk ? decodeWindows1252(chunk) : '';
    if (text.includes('\ufffd')) throw undecodable('UTF-8 nor Windows-1252');
    return text;
  };
}

function refuseNul(text: string): string {
  if (!text.includes('\0')) return text;
  throw encodingError(
    'csv_not_text',
    'The file has NUL bytes, so it is not a CSV text file: save it as “CSV UTF-8” and upload that.',
  );
}

function undecodable(what: string): AppError {
  const start = what.includes('nor') ? 'The file is neither valid' : 'The file is damaged: it is not valid';
  return encodingError('csv_encoding', `${start} ${what}: save it as “CSV UTF-8” and upload it again.`);
}

function encodingError(code: string, message: string): AppError {
  return new AppError('invalid', code, message, { issues: [{ path: 'file', message }] });
}
