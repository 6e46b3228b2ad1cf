import { database, type Db } from '@/db/client';
import { csvChunks, type CsvExport } from '@/lib/recipients/export';
import { readOptOuts, type OptOutFilter } from './list';
import type { OptOut } from './schema';

const BATCH_ROWS = 1_000;
const HEADER = ['phone_number', 'source', 'reason', 'added_by', 'created_at'];

/** The list as CSV, by number; it can be imported again. */
export function exportOptOuts(filter: OptOutFilter, db: Db = database().db): CsvExport {
  return { filename: 'do-not-contact.csv', chunks: csvChunks(HEADER, readRows(filter, db)) };
}

async function* readRows(filter: OptOutFilter, db: Db): AsyncGenerator<string[][]> {
  for await (const entries of readOptOuts({ ...filter, batch: BATCH_ROWS }, db)) yield entries.map(toRow);
}

function toRow({ phone, source, reason, added_by, created_at }: OptOut): string[] {
  return [phone, source, reason, added_by ?? '', created_at];
}
