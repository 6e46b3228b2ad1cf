import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { Agent } from 'undici';
import { ADMIN_PREFIX, administer } from './admin/router';
import { answerJson } from './answers';
import { errorBody, type GraphFailure } from './graph-errors';
import { manage } from './management';
import { receiveMessage } from './messages';
import { seededRandom } from './random';
import { Sandbox } from './runtime';
import { createSettingsStore, type Settings } from './settings';
import { SandboxState } from './state';

export interface SandboxOptions {
  /** 0: any free one. */
  port: number;
  dataDir: string;
  /** Same seed, same delays, orders and faults. */
  seed?: number;
  settings?: Partial<Settings>;
}

export interface RunningSandbox {
  port: number;
  url: string;
  box: Sandbox;
  close: () => Promise<void>;
}

const HOST = '127.0.0.1';
/** Longer than any sensible client keeps an idle connection, so that it is the client who closes. */
const KEEP_ALIVE_MS = 75_000;
const SWEEP_MS = 500;
const GRAPH_PATH = /^\/v(\d{1,3})(\.\d{1,2})\/([^/?]+)(?:\/([^/?]+))?\/?(?:\?(.*))?$/;

/** Starts Meta's side of the wire on loopback. */
export async function startSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  const state = new SandboxState(join(options.dataDir, 'sandbox.json'));
  const random = seededRandom(options.seed ?? Date.now());
  // Below the 5 s after which Node's own servers close idle connections.
  const dispatcher = new Agent({ connections: 64, keepAliveTimeout: 4000, pipelining: 1 });
  const box = new Sandbox(state, createSettingsStore(options.settings), random, dispatcher);
  const server = createServer({ keepAlive: true }, (request, response) => route(box, request, response));
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  box.setKeepAlive = (ms) => {
    server.keepAliveTimeout = ms;
  };
  const sweeper = setInterval(() => box.sweep(), SWEEP_MS);
  const port = await listen(server, options.port);
  return {
    port,
    url: `http://${HOST}:${port}`,
    box,
    close: async () => {
      clearInterval(sweeper);
      box.stop();
      server.close();
      server.closeAllConnections();
      await dispatcher.destroy();
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

function route(box: Sandbox, request: IncomingMessage, response: ServerResponse): void {
  const url = request.url ?? '/';
  if (url.startsWith(ADMIN_PREFIX)) return void administer(box, request, response);
  const match = GRAPH_PATH.exec(url);
  if (!match) return answerJson(response, 400, errorBody(unknownPath(url)));
  const [, major = '', minor = '', nodeId = '', edge = '', query = ''] = match;
  if (request.method === 'POST' && (edge === 'messages' || edge === 'marketing_messages')) {
    return receiveMessage(box, { numberId: nodeId, graphVersion: Number(major), edge }, request, response);
  }
  const target = { version: `v${major}${minor}`, nodeId, edge, query: new URLSearchParams(query) };
  manage(box, target, request, response).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    response.destroy();
  });
}

const unknownPath = (url: string): GraphFailure => ({
  code: 2500,
  httpStatus: 400,
  message: `Unknown path components: ${url.split('?')[0]}`,
  type: 'OAuthException',
});
