import { Pool } from 'undici';

export interface ConnectionOptions {
  /** To one origin at the same time; further requests wait for a free one, within their own deadline. */
  connections?: number;
  connectTimeoutMs?: number;
  /** An answer longer than this is not read to its end. */
  maxAnswerBytes?: number;
}

/** Kept-open connections to WhatsApp, one pool an origin. */
export interface Connections {
  to(origin: string): Pool;
  /** Ends after the requests under way. */
  close(): Promise<void>;
}

/**
 * Below what servers allow an idle connection (Node's default is 5 s, gateways' more): a request written while
 * the server closes the connection could not be told from one that was taken.
 */
const IDLE_CONNECTION_MS = 4_000;
const MAX_ANSWER_BYTES = 256 * 1024;
const MAX_HEADER_BYTES = 16 * 1024;

/** Opens nothing yet: connections are made when requests need them. */
export function openConnections(options: ConnectionOptions = {}): Connections {
  const pools = new Map<string, Pool>();
  return {
    to(origin) {
      const open = pools.get(origin);
      if (open) return open;
      const pool = new Pool(origin, {
        connections: options.connections ?? 256,
        // One request a connection at a time: undici repeats pipelined ones by itself when the first fails.
        pipelining: 1,
        allowH2: false,
        keepAliveTimeout: IDLE_CONNECTION_MS,
        keepAliveMaxTimeout: IDLE_CONNECTION_MS,
        // Each request has one deadline over all of it (exchange.ts).
        headersTimeout: 0,
        bodyTimeout: 0,
        maxResponseSize: options.maxAnswerBytes ?? MAX_ANSWER_BYTES,
        maxHeaderSize: MAX_HEADER_BYTES,
        connect: { timeout: options.connectTimeoutMs ?? 5_000 },
      });
      pools.set(origin, pool);
      return pool;
    },
    async close() {
      await Promise.all([...pools.values()].map((pool) => pool.close()));
      pools.clear();
    },
  };
}

let shared: Connections | undefined;

/** The process's own, opened on first use. */
export function sharedConnections(): Connections {
  return (shared ??= openConnections());
}
