import { database, type Db } from '@/db/client';
import { importRates } from '@/lib/costs/rates-csv';
import type { ImportedRates } from '@/lib/costs/schema';
import type { Actor } from '@/lib/tenant';
import { readCsvFile } from './csv-file';
import type { Upload } from './upload';

/** Takes the rates of an uploaded CSV, all or none. Throws 422, 409. */
export async function importRatesFile(
  actor: Actor,
  { file, encoding, fileName }: Pick<Upload, 'file' | 'encoding' | 'fileName'>,
  db: Db = database().db,
): Promise<ImportedRates> {
  return importRates(actor, { records: readCsvFile(file, encoding), fileName }, db);
}
