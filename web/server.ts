import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from 'node:http';
import next from 'next';
import { clicksWritten, handleLinkRequest } from '@/lib/clicks/http';
import { LINK_PATH } from '@/lib/clicks/tracked-buttons';
import { getEnv } from '@/lib/env';
import { log } from '@/lib/log';
import { tellSandboxWhereWeAre } from '@/lib/senders/sandbox-callbacks';
import { warnWithoutTenantWall } from '@/lib/operations/tenant-wall';
import { webhookHandler } from '@/lib/webhooks/http';
import { answerFailure } from './answer-failure';
import { apiRefusal } from './api-refusal';
import { answerClientError } from './client-error';
import { limitBodyTime } from './deadline';
import { cleanInboundHeaders } from './inbound-headers';
import { contentSecurityPolicy, securityHeaders, type SecurityOptions } from './security-headers';
import { stopOnSignals } from './shutdown';

// The web process: one plain HTTP server in front of Next. The webhook is answered here, without Next, because
// three statuses a message at 1,000 messages a second are more than a route handler can take.

const WEBHOOK_PATH = '/api/webhooks/whatsapp';

const env = getEnv();
const dev = process.env.NODE_ENV !== 'production';
// Made once: nothing that a webhook is answered with runs scripts, and it is answered thousands of times a second.
const PLAIN_HEADERS = securityHeaders(makeSecurity());
const handleWebhook = webhookHandler(PLAIN_HEADERS);
const server = createServer({ connectionsCheckingInterval: 5000 }, answer);
// Headers at once, then the body by its own deadline (deadline.ts); idle connections outlive a proxy's.
server.headersTimeout = 15_000;
server.requestTimeout = 0;
server.keepAliveTimeout = 65_000;
server.on('clientError', answerClientError);

const app = next({ dev, hostname: env.host, port: env.port, httpServer: server });
const openResponses = stopOnSignals(server, async () => {
  await app.close();
  await clicksWritten();
});
await app.prepare();
const handOver = app.getRequestHandler();

void warnWithoutTenantWall();
if (env.sandbox) void tellSandboxWhereWeAre();

server.once('error', (error: NodeJS.ErrnoException) => {
  console.error(
    error.code === 'EADDRINUSE'
      ? `Port ${env.port} is already in use: stop the program on it, or set PORT to another port.`
      : `The web process cannot listen on ${env.host}:${env.port} (${error.code ?? error.message}): set HOST and PORT.`,
  );
  process.exit(1);
});
server.listen(env.port, env.host, () => {
  log.info({ host: env.host, port: env.port, publicUrl: env.publicUrl }, 'web is listening');
});

function makeSecurity(): SecurityOptions {
  return { nonce: randomBytes(16).toString('base64'), publicUrl: env.publicUrl, dev };
}

function setHeaders(response: ServerResponse, headers: OutgoingHttpHeaders): void {
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) response.setHeader(name, value);
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  openResponses.add(response);
  response.once('close', () => openResponses.delete(response));
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
  if (path === WEBHOOK_PATH) {
    // It answers every request and keeps its own deadlines.
    handleWebhook(request, response);
    return;
  }
  if (path.startsWith(LINK_PATH)) {
    setHeaders(response, PLAIN_HEADERS);
    void handleLinkRequest(request, response);
    return;
  }
  const security = makeSecurity();
  setHeaders(response, securityHeaders(security));
  cleanInboundHeaders(request.headers, {
    remoteAddress: request.socket.remoteAddress,
    trustProxy: env.trustProxy,
  });
  const refusal = apiRefusal(request.method ?? 'GET', path);
  if (refusal) {
    answerFailure(response, refusal);
    request.resume();
    return;
  }
  limitBodyTime(request, response, path);
  // Next takes the nonce for its scripts from the request's own policy header.
  request.headers['content-security-policy'] = contentSecurityPolicy(security);
  handOver(request, response).catch((error: unknown) => fail(error, response));
}

function fail(error: unknown, response: ServerResponse): void {
  log.error({ err: error }, 'a request failed outside its handler');
  if (response.headersSent) {
    response.destroy();
    return;
  }
  answerFailure(response, {
    status: 500,
    code: 'internal_error',
    message: 'Something went wrong on our side: try again.',
  });
}
