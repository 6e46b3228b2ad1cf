import { CsvReader, type CsvRecord } from '@/lib/recipients/csv';
import { decodeText, EncodingProbe, type CsvEncoding } from '@/lib/recipients/encoding';

const CHUNK_BYTES = 1024 * 1024;

export interface TextOptions {
  /** As a person chose it; else it is found. */
  encoding?: CsvEncoding;
  delimiter?: string;
}

export interface TextFacts {
  encoding: CsvEncoding | null;
  delimiter: string | undefined;
  hasSeparatorLine: boolean;
}

/** Records go to `take` as they are read, `progress` is 0–1. Throws AppError for what is no readable text. */
export async function readTextFile(
  file: Blob,
  options: TextOptions,
  take: (records: CsvRecord[]) => void,
  progress: (done: number) => void,
): Promise<TextFacts> {
  const encoding = options.encoding ?? (await probe(file, (done) => progress(done / 5)));
  const reader = new CsvReader(options);
  const decoded = chunksOf(file, (done) => progress(options.encoding ? done : (1 + 4 * done) / 5));
  for await (const text of decodeText(decoded, encoding)) take(reader.push(text));
  take(reader.end());
  return { encoding, delimiter: reader.delimiter, hasSeparatorLine: reader.hasSeparatorLine };
}

/** The same for text that came by the clipboard. */
export function readPastedText(
  text: string,
  options: TextOptions,
  take: (records: CsvRecord[]) => void,
): TextFacts {
  const reader = new CsvReader(options);
  take(reader.push(text.replaceAll('\0', '')));
  take(reader.end());
  return { encoding: null, delimiter: reader.delimiter, hasSeparatorLine: reader.hasSeparatorLine };
}

async function probe(file: Blob, progress: (done: number) => void): Promise<CsvEncoding> {
  const found = new EncodingProbe();
  for await (const chunk of chunksOf(file, progress)) found.update(chunk);
  return found.encoding();
}

async function* chunksOf(file: Blob, progress: (done: number) => void): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < file.size; start += CHUNK_BYTES) {
    yield new Uint8Array(await file.slice(start, start + CHUNK_BYTES).arrayBuffer());
    progress(Math.min(1, (start + CHUNK_BYTES) / file.size));
  }
}
