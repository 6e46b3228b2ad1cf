import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface GraphServer {
  port: number;
  url: string;
  /** What message_templates lists, two a page. */
  templates: Record<string, unknown>[];
  number: Record<string, unknown>;
  /** What phone_numbers lists. */
  accountNumbers: Record<string, unknown>[];
  subscribedApps: Record<string, unknown>[];
  /** Of the app whose token it takes: a proof of another is refused. */
  appSecret: string | null;
  /** Object ids it does not know. */
  unknownIds: Set<string>;
  /** While set, every read waits for it. */
  gate: Promise<void> | null;
  /** While set, every read is refused with this Graph error code. */
  failWith: number | null;
  /** Method and path of every request, and its Authorization header. */
  requests: { line: string; authorization: string | undefined; body: unknown }[];
  close(): Promise<void>;
}

const PAGE = 2;

/** A stand-in for Graph's reads and for the sandbox's way to make a number: just enough for lib/senders. */
export async function startGraphServer(): Promise<GraphServer> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const graph: GraphServer = {
    port,
    url: `http://127.0.0.1:${port}`,
    templates: [],
    number: { status: 'CONNECTED', quality_rating: 'GREEN', throughput: { level: 'STANDARD' } },
    accountNumbers: [],
    subscribedApps: [{ whatsapp_business_api_data: { id: '1', name: 'App' } }],
    appSecret: null,
    unknownIds: new Set(),
    gate: null,
    failWith: null,
    requests: [],
    close: () => closeServer(server),
  };
  server.on('request', (request, response) => {
    void answer(graph, request).then(({ status, body }) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
    );
  });
  return graph;
}

async function answer(
  graph: GraphServer,
  request: IncomingMessage,
): Promise<{ status: number; body: unknown }> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  const body: unknown = text === '' ? null : JSON.parse(text);
  const url = new URL(request.url ?? '/', graph.url);
  graph.requests.push({
    line: `${request.method} ${url.pathname}`,
    authorization: request.headers.authorization,
    body,
  });
  if (url.pathname === '/__sandbox/numbers') return { status: 200, body: sandboxNumber(graph) };
  const listed = [...graph.templates];
  if (graph.gate) await graph.gate;
  const [, , nodeId = '', edge = ''] = url.pathname.split('/');
  if (graph.failWith !== null) return refusal(graph.failWith);
  if (isProofWrong(graph, url, request) || graph.unknownIds.has(nodeId)) return refusal(100);
  if (edge === 'phone_numbers') return { status: 200, body: { data: graph.accountNumbers } };
  if (edge === 'subscribed_apps') return { status: 200, body: { data: graph.subscribedApps } };
  if (!url.pathname.endsWith('/message_templates')) return { status: 200, body: graph.number };
  const start = Number(url.searchParams.get('after') ?? 0);
  const end = Math.min(listed.length, start + PAGE);
  const next = end < listed.length ? { next: 'http://127.0.0.1:1/next' } : {};
  const paging = { cursors: { before: String(start), after: String(end) }, ...next };
  return { status: 200, body: { data: listed.slice(start, end), paging } };
}

function refusal(code: number): { status: number; body: unknown } {
  return { status: 400, body: { error: { code, message: 'Refused', type: 'OAuthException' } } };
}

function isProofWrong({ appSecret }: GraphServer, url: URL, request: IncomingMessage): boolean {
  const proof = url.searchParams.get('appsecret_proof');
  if (proof === null || appSecret === null) return false;
  const token = request.headers.authorization?.replace('Bearer ', '') ?? '';
  return proof !== createHmac('sha256', appSecret).update(token).digest('hex');
}

let made = 0;

function sandboxNumber(graph: GraphServer): Record<string, unknown> {
  made += 1;
  return {
    phone_number_id: `9${graph.port}${String(made).padStart(9, '0')}`,
    waba_id: `8${graph.port}${String(made).padStart(9, '0')}`,
    access_token: `sandbox-access-token-${made}`,
    app_secret: `sandbox-app-secret-${made}`,
    display_phone_number: '+1 555-010-0001',
    verified_name: 'Sandbox',
  };
}

async function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
