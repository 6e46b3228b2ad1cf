import { lookup as resolve, type LookupAddress } from 'node:dns';
import { isIP, type BlockList, type LookupFunction } from 'node:net';
import { Agent, request } from 'undici';
import { wordsOf, ForbiddenAddressError } from './post-errors';
import { hostOf, mayConnectTo } from './target';

/** The whole of an attempt: the name, the connection, the answer. */
export const ATTEMPT_TIMEOUT_MS = 10_000;
/** So much of an answer is kept; the rest is not read. */
const ANSWER_CHARS = 500;
const ANSWER_BYTES = 4 * ANSWER_CHARS;
const CONNECTIONS_PER_ORIGIN = 8;
const IDLE_CONNECTION_MS = 4_000;

/** How one POST ended. `error` null: it was taken (2xx). */
export interface Posted {
  status: number | null;
  durationMs: number;
  error: string | null;
  /** The beginning of the answer's text. */
  answer: string;
}

export interface Poster {
  /** Never throws. */
  post: (url: string, headers: Record<string, string>, body: string) => Promise<Posted>;
  /** Also ends what is under way. */
  close: () => Promise<void>;
}

/**
 * Sends to addresses that anybody may have entered. The address a name resolves to is checked as the connection
 * is made, and the connection goes to just that one, so that a name cannot change its mind in between; no redirect is
 * followed. Without TLS only the private networks are reached. `timeoutMs` is for tests.
 */
export function openPoster(privateNetworks: BlockList, timeoutMs = ATTEMPT_TIMEOUT_MS): Poster {
  const agents = {
    'https:': openAgent((address) => mayConnectTo(address, false, privateNetworks)),
    'http:': openAgent((address) => mayConnectTo(address, true, privateNetworks)),
  };

  async function attempt(url: URL, headers: Record<string, string>, body: string) {
    const isPlain = url.protocol === 'http:';
    const host = hostOf(url);
    // An IP address is not looked up, so it is checked here.
    if (isIP(host) && !mayConnectTo(host, isPlain, privateNetworks)) throw new ForbiddenAddressError();
    const response = await request(url, {
      method: 'POST',
      dispatcher: agents[isPlain ? 'http:' : 'https:'],
      headers: { 'content-type': 'application/json', 'user-agent': 'Herald-Webhooks/1', ...headers },
      body,
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { status: response.statusCode, answer: await readStart(response.body) };
  }

  return {
    post: async (url, headers, body) => {
      const startedAt = performance.now();
      const took = () => Math.round(performance.now() - startedAt);
      try {
        const { status, answer } = await attempt(new URL(url), headers, body);
        return { status, durationMs: took(), error: refusalOf(status), answer };
      } catch (error) {
        return { status: null, durationMs: took(), error: wordsOf(error, timeoutMs), answer: '' };
      }
    },
    close: async () => {
      await Promise.all(Object.values(agents).map((agent) => agent.destroy()));
    },
  };
}

function openAgent(isAllowed: (address: string) => boolean): Agent {
  return new Agent({
    connections: CONNECTIONS_PER_ORIGIN,
    pipelining: 1,
    keepAliveTimeout: IDLE_CONNECTION_MS,
    keepAliveMaxTimeout: IDLE_CONNECTION_MS,
    // One deadline over the whole attempt.
    headersTimeout: 0,
    bodyTimeout: 0,
    maxHeaderSize: 16 * 1024,
    connect: { timeout: 5_000, lookup: checkedLookup(isAllowed) },
  });
}

/** Refuses a name of which any address is forbidden. */
function checkedLookup(isAllowed: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      const [first] = addresses ?? [];
      if (error || !first) return callback(error ?? new Error('The name has no address.'), '');
      if (!addresses.every(({ address }) => isAllowed(address)))
        return callback(new ForbiddenAddressError(), '');
      if (options.all) return callback(null, addresses);
      return callback(null, first.address, first.family);
    });
  };
}

/** The first bytes; a longer answer's connection is closed instead of read to its end. */
async function readStart(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    bytes += chunk.byteLength;
    if (bytes >= ANSWER_BYTES) break;
  }
  // NUL is no text for the database.
  return Buffer.concat(chunks).toString('utf8').replaceAll('\0', '').slice(0, ANSWER_CHARS);
}

function refusalOf(status: number): string | null {
  if (status >= 200 && status < 300) return null;
  if (status >= 300 && status < 400)
    return `Answered ${status}: redirects are not followed; enter the address it leads to.`;
  return `Answered ${status}.`;
}
