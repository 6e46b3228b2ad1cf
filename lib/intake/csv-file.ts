import type { FileHandle } from 'node:fs/promises';
import { CsvReader, type CsvRecord } from '@/lib/recipients/csv';
import { decodeText, type CsvEncoding } from '@/lib/recipients/encoding';

const CHUNK_BYTES = 65_536;

/** The records of a CSV file, header first, a chunk's worth at a time. Throws 422 for what is no CSV. */
export async function* readCsvFile(file: FileHandle, encoding: CsvEncoding): AsyncGenerator<CsvRecord[]> {
  const chunks = file.createReadStream({ start: 0, autoClose: false, highWaterMark: CHUNK_BYTES });
  const reader = new CsvReader();
  for await (const text of decodeText(chunks as AsyncIterable<Buffer>, encoding)) {
    const records = reader.push(text);
    if (records.length > 0) yield records;
  }
  yield reader.end();
}
