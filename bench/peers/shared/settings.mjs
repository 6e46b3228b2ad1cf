import { readFileSync } from 'node:fs';

/** What every peer is told by its environment; SANDBOX_URL goes up to and with the version. */
export const settings = {
  databaseUrl: process.env.DATABASE_URL ?? '',
  sandboxUrl: new URL(process.env.SANDBOX_URL ?? 'http://127.0.0.1:3001/v25.0'),
  phoneNumberId: process.env.PHONE_NUMBER_ID ?? '',
  accessToken: process.env.ACCESS_TOKEN ?? '',
  recipients: Number(process.env.RECIPIENTS ?? 20_000),
  concurrency: Number(process.env.CONCURRENCY ?? 100),
  /** Beyond what the queue itself offers: results gathered by hand and written together. */
  resultsBatched: process.env.RESULTS === 'batched',
};

/** The version of a package as it is installed beside the peer. */
export function installedVersion(folder, name) {
  const manifest = new URL(`node_modules/${name}/package.json`, folder);
  return JSON.parse(readFileSync(manifest, 'utf8')).version;
}
