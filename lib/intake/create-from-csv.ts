import { database, type Db } from '@/db/client';
import { AppError, type Issue } from '@/lib/errors';
import type { CsvRecord } from '@/lib/recipients/csv';
import { nameColumns, unescapeCell } from '@/lib/recipients/csv-cells';
import type { Mapping } from '@/lib/recipients/params';
import { nameFollowed } from '@/lib/follow-ups/followed';
import { rememberMapping } from '@/lib/templates/remember-mapping';
import type { Actor } from '@/lib/tenant';
import { closeDraft, openDraft, type Draft } from './campaign-draft';
import { mapMessages, namedMappings, type NamedMapping } from './variant-maps';
import { readCsvFile } from './csv-file';
import { CsvImport, nobodyLeft, nothingToStore } from './csv-import';
import { uploadFieldsSchema, type CreatedCampaign, type UploadFields } from './schema';
import type { Upload } from './upload';

/**
 * A draft campaign from an uploaded CSV: valid rows are stored, the others noted with their reason, all in one
 * transaction. Memory is bounded by a batch, whatever the size. Throws 404; 422 when nothing can be stored.
 */
export async function createCampaignFromCsv(
  actor: Actor,
  upload: Pick<Upload, 'fields' | 'file' | 'fileName' | 'encoding'>,
  db: Db = database().db,
): Promise<CreatedCampaign> {
  const fields = parseFields(upload.fields);
  return db.transaction(async (tx) => {
    const draft = await openDraft(actor, fields, tx);
    const follows = fields.follows && (await nameFollowed(actor.workspaceId, fields.follows, tx));
    let started: { header: string[]; rows: CsvImport; mappings: Mapping[] } | undefined;
    for await (const records of readCsvFile(upload.file, upload.encoding)) {
      let rest: readonly CsvRecord[] = records;
      if (!started) {
        const [header] = records;
        if (!header) continue;
        const columns = nameColumns(header.cells);
        const [map, ...otherMaps] = mapMessages(draft, { columns, mapping: fields.mapping });
        const rows = new CsvImport(
          { draft, columns, map, otherMaps, defaultCountry: fields.default_country },
          tx,
        );
        const mappings = [map, ...otherMaps].map(({ parameters: filled }) => filled);
        started = { header: header.cells.map(unescapeCell), rows, mappings };
        rest = records.slice(1);
      }
      await started.rows.add(rest);
    }
    if (!started) throw nothingToStore('The file is empty.', []);
    const { header, rows, mappings } = started;
    await rows.flush();
    if (rows.tally.rows === 0) throw nothingToStore('The file has a header but no rows below it.', []);
    if (rows.tally.imported === 0) throw nobodyLeft(rows);
    await rememberMappings(draft, fields.mapping, tx);
    const list = { source: 'file', name: upload.fileName || null } as const;
    // As it came, for the exports: names made unique are for finding columns only.
    return closeDraft(draft, { columns: header, mappings, tally: rows.tally, list, follows }, tx);
  });
}

/** For each template once: of messages with the same one, as the first of them is filled. */
async function rememberMappings(draft: Draft, mapping: UploadFields['mapping'], tx: Db): Promise<void> {
  const messages = draft.test?.messages ?? [draft];
  const found = new Map<number, NamedMapping>();
  for (const [i, named] of namedMappings(draft, mapping).entries()) {
    const id = messages[i]?.template.id;
    if (id !== undefined && named && !found.has(id)) found.set(id, named);
  }
  // In one order, so that two imports of the same templates do not wait for each other.
  for (const [id, named] of [...found].sort(([a], [b]) => a - b))
    await rememberMapping(id, named, draft.workspaceId, tx);
}

function parseFields(fields: Record<string, string>): UploadFields {
  const parsed = uploadFieldsSchema.safeParse(fields);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.flatMap((issue): Issue[] => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((path) => ({ path, message: 'This field is not known here; leave it out.' }));
    }
    const path = issue.path.map(String).join('.');
    return [{ path, message: fields[path] === undefined ? 'This field is required.' : issue.message }];
  });
  const message =
    issues.length === 1 && issues[0]
      ? `${issues[0].path}: ${issues[0].message}`
      : `${issues.length} fields of the form are not valid; see issues.`;
  throw new AppError('invalid', 'validation_failed', message, { issues });
}
