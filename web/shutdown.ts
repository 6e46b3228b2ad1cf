import type { Server, ServerResponse } from 'node:http';
import { log } from '@/lib/log';

/** Requests under way get this long to finish. */
const FINISH_DEADLINE_MS = 8000;

interface ClosableDatabase {
  close: () => Promise<void>;
}

/**
 * On SIGTERM or SIGINT: no new connection, live streams are ended (browsers come back to the next process),
 * requests under way finish, the database pool closes, exit 0. A second signal ends at once. Returns the set
 * in which the server keeps its open responses.
 */
export function stopOnSignals(server: Server, closeApp: () => Promise<void>): Set<ServerResponse> {
  const openResponses = new Set<ServerResponse>();
  let stopping = false;
  const stop = () => {
    if (stopping) process.exit(1);
    stopping = true;
    finish(server, openResponses, closeApp).then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'web did not stop cleanly');
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);
  return openResponses;
}

async function finish(
  server: Server,
  openResponses: Set<ServerResponse>,
  closeApp: () => Promise<void>,
): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  for (const response of openResponses) {
    response.shouldKeepAlive = false;
    const isStream = String(response.getHeader('content-type') ?? '').startsWith('text/event-stream');
    if (isStream) response.destroy();
  }
  const deadline = setTimeout(() => server.closeAllConnections(), FINISH_DEADLINE_MS);
  await closed;
  clearTimeout(deadline);
  await closeApp();
  // The one pool of the process (db/client.ts), whichever bundle has opened it.
  const { heraldDatabase } = globalThis as { heraldDatabase?: ClosableDatabase };
  await heraldDatabase?.close();
}
