import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { findFreePort } from '@/scripts/product/ports';
import { RunningScript } from '@/tests/support/product';

const BARE = path.join(import.meta.dirname, 'bare');
const NEXT = createRequire(import.meta.url).resolve('next/dist/bin/next');

/**
 * The least page that the product's own Next and React make, built and served as `next start` does: what a page
 * can score at most on this machine, with this browser.
 */
export async function startBarePage(): Promise<{ url: string; stop: () => Promise<unknown> }> {
  const env: NodeJS.ProcessEnv = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' };
  execFileSync(process.execPath, [NEXT, 'build', BARE], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const port = await findFreePort();
  const server = new RunningScript(`${NEXT} start ${BARE} -H 127.0.0.1 -p ${port}`, env);
  await server.until('Ready in');
  return { url: `http://127.0.0.1:${port}/`, stop: () => server.stop() };
}
