import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { round, timed, type Measurement } from './measurement';
import { memoryMb, peakMemoryMb } from './process-usage';
import type { ResultRow } from './results';
import { upload, withShop, writeList, type Shop } from './shop';

const ROWS = 1_000_000;
const run = promisify(execFile);

/** A list uploaded by the API, beside psql's \copy of the same file into a bare table. `options`: its rows. */
export async function measureImport([length]: string[]): Promise<Measurement> {
  const rows = Number(length ?? ROWS);
  const folder = await mkdtemp(path.join(tmpdir(), 'herald-import-'));
  try {
    const file = path.join(folder, 'list.csv');
    await writeList(file, rows);
    return await withShop(async (shop) => {
      await writeList(path.join(folder, 'small.csv'), 1000, rows);
      await upload(shop, path.join(folder, 'small.csv'), 'Small');
      return compare(shop, file, rows);
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function compare(shop: Shop, file: string, rows: number): Promise<Measurement> {
  const copied = (await timed(() => copy(shop, file))) / 1000;
  const before = memoryMb(shop.pids.web ?? 0);
  const importing = async () => {
    const { imported: taken } = await upload(shop, file, 'Everybody');
    if (taken !== rows) throw new Error(`${taken} of ${rows} rows were imported.`);
  };
  const imported = (await timed(importing)) / 1000;
  const row = (what: string, seconds: number, memory: string): ResultRow => ({
    what,
    seconds: round(seconds, 1),
    'rows a second': Math.round(rows / seconds),
    '÷ psql': round(seconds / copied, 2),
    'web process MB': memory,
  });
  const peak = Math.round(peakMemoryMb(shop.pids.web ?? 0));
  return {
    section: `Import of ${rows.toLocaleString('en')} rows`,
    rows: [
      row('psql \\copy into a table of the same columns, a primary key and a unique number', copied, ''),
      row(
        'POST /api/campaigns/create, checked, deduplicated and counted',
        imported,
        `${Math.round(before)} before, ${peak} at most`,
      ),
    ],
    notes: ['The same file, the same server, one after the other.'],
  };
}

async function copy({ databaseUrl }: Shop, file: string): Promise<void> {
  await psql(
    databaseUrl,
    `CREATE TABLE plain_list (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), mobile text UNIQUE, first_name text, day text)`,
  );
  await psql(
    databaseUrl,
    `\\copy plain_list (mobile, first_name, day) FROM '${file}' WITH (FORMAT csv, HEADER)`,
  );
  await psql(databaseUrl, 'DROP TABLE plain_list');
}

async function psql(url: string, command: string): Promise<void> {
  await run('psql', ['--no-psqlrc', '--quiet', '-v', 'ON_ERROR_STOP=1', '-d', url, '-c', command]);
}
