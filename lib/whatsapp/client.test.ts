import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { sendMessage, type SendRequest } from './client';
import { Cut } from './cut';
import { openConnections, type ConnectionOptions, type Connections } from './connections';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(cleanups.splice(0).map((cleanup) => cleanup()));
});

async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket.on('error', () => undefined)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanups.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}

interface Wire {
  baseUrl: string;
  /** Bodies that arrived whole, in order. */
  received: string[];
}

/** A server that reads each request whole, notes it, then answers as told. */
async function serve(answer: (...args: [...Parameters<RequestListener>, n: number]) => void): Promise<Wire> {
  const wire: Wire = { baseUrl: '', received: [] };
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      wire.received.push(body);
      answer(request, response, wire.received.length);
    });
  });
  wire.baseUrl = `http://127.0.0.1:${await listen(server)}`;
  return wire;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function pool(options?: ConnectionOptions): Connections {
  const connections = openConnections(options);
  cleanups.push(() => connections.close());
  return connections;
}

function messageTo(baseUrl: string, more: Partial<SendRequest> = {}): SendRequest {
  const base = { version: 'v25.0', phoneNumberId: '1055', accessToken: 'token-1', body: '{"n":1}' };
  return { baseUrl, ...base, ...more };
}

const taken = (id: string) => JSON.stringify({ messaging_product: 'whatsapp', messages: [{ id }] });

describe('a message', () => {
  it('is posted to the number, with the token, as JSON, and its wamid comes back', async () => {
    let seen: IncomingMessage | undefined;
    const wire = await serve((request, response) => {
      seen = request;
      response.setHeader('content-type', 'application/json').end(taken('wamid.A'));
    });
    const outcome = await sendMessage(messageTo(wire.baseUrl), 5_000, pool());
    expect(outcome).toEqual({ kind: 'accepted', wamid: 'wamid.A', held: false });
    expect([seen?.method, seen?.url]).toEqual(['POST', '/v25.0/1055/messages']);
    expect(seen?.headers).toMatchObject({
      authorization: 'Bearer token-1',
      'content-type': 'application/json',
      'content-length': '7',
    });
    expect(wire.received).toEqual(['{"n":1}']);
  });

  it('goes below the path of the base URL, if it has one', async () => {
    let url: string | undefined;
    const wire = await serve((request, response) => {
      url = request.url;
      response.end(taken('wamid.A'));
    });
    await sendMessage(messageTo(`${wire.baseUrl}/graph`), 5_000, pool());
    expect(url).toBe('/graph/v25.0/1055/messages');
  });

  it('is refused by what the answer says', async () => {
    const wire = await serve((_request, response) => {
      response.writeHead(400).end(JSON.stringify({ error: { code: 131026, message: 'Undeliverable' } }));
    });
    expect(await sendMessage(messageTo(wire.baseUrl), 5_000, pool())).toMatchObject({
      kind: 'rejected',
      error: { code: 131026, message: 'Undeliverable', httpStatus: 400 },
    });
  });

  it('travels once each, hundreds at a time over few connections', async () => {
    const wire = await serve((_request, response, n) => response.end(taken(`wamid.${n}`)));
    const connections = pool({ connections: 8 });
    const bodies = Array.from({ length: 500 }, (_, n) => JSON.stringify({ n }));
    const outcomes = await Promise.all(
      bodies.map((body) => sendMessage(messageTo(wire.baseUrl, { body }), 20_000, connections)),
    );
    expect(new Set(outcomes.map((o) => (o.kind === 'accepted' ? o.wamid : o.kind))).size).toBe(500);
    expect([...wire.received].sort()).toEqual([...bodies].sort());
  });
});

describe('a message that may have been taken is in doubt, and travels once', () => {
  const doubtful = async (
    answer: Parameters<typeof serve>[0],
    timeoutMs = 5_000,
  ): Promise<{ outcome: Awaited<ReturnType<typeof sendMessage>>; wire: Wire }> => {
    const wire = await serve(answer);
    const outcome = await sendMessage(messageTo(wire.baseUrl), timeoutMs, pool());
    expect(outcome.kind).toBe('ambiguous');
    expect(wire.received).toHaveLength(1);
    return { outcome, wire };
  };

  it('when the connection is reset after the request was read', async () => {
    await doubtful((request) => request.socket.resetAndDestroy());
  });

  it('when the connection is closed after the request was read', async () => {
    await doubtful((request) => request.socket.end());
  });

  it('when the connection is reset before the body was read', async () => {
    let requests = 0;
    const port = await listen(
      createServer((request) => {
        requests += 1;
        request.socket.resetAndDestroy();
      }),
    );
    const outcome = await sendMessage(messageTo(`http://127.0.0.1:${port}`), 5_000, pool());
    expect([outcome.kind, requests]).toEqual(['ambiguous', 1]);
  });

  it('when a 200 is cut off', async () => {
    const { outcome } = await doubtful((_request, response) => {
      response.writeHead(200, { 'content-length': '1000' }).write(taken('wamid.A').slice(0, 20));
      setImmediate(() => response.socket?.destroy());
    });
    expect(outcome).toMatchObject({ error: { httpStatus: 200 } });
  });

  it('when no answer comes in time, and not later than that', async () => {
    const begun = performance.now();
    const { outcome } = await doubtful(() => undefined, 200);
    expect(performance.now() - begun).toBeLessThan(2_000);
    expect(outcome).toMatchObject({ error: { code: null, message: 'WhatsApp did not answer in time.' } });
  });

  it('when the answer stalls half-way', async () => {
    await doubtful((_request, response) => {
      response.writeHead(200).write('{"messages":[');
    }, 200);
  });

  it('when a gateway answers with a page', async () => {
    await doubtful((_request, response) => response.writeHead(502).end('<html>Bad gateway</html>'));
  });

  it('when the answer is larger than any of theirs', async () => {
    await doubtful((_request, response) => response.end(`"${'x'.repeat(300 * 1024)}"`));
  });

  it('when it is redirected: redirects are not followed', async () => {
    const elsewhere = await serve((_request, response) => response.end(taken('wamid.B')));
    await doubtful((_request, response) => {
      response.writeHead(307, { location: `${elsewhere.baseUrl}/v25.0/1055/messages` }).end();
    });
    expect(elsewhere.received).toEqual([]);
  });

  it('when a connection used before is closed instead of answered: no hidden second try', async () => {
    const wire = await serve((request, response, n) => {
      if (n === 1) response.end(taken('wamid.1'));
      else request.socket.destroy();
    });
    const connections = pool({ connections: 1 });
    const first = await sendMessage(messageTo(wire.baseUrl, { body: '1' }), 5_000, connections);
    const second = await sendMessage(messageTo(wire.baseUrl, { body: '2' }), 5_000, connections);
    expect([first.kind, second.kind]).toEqual(['accepted', 'ambiguous']);
    expect(wire.received).toEqual(['1', '2']);
  });

  it('when the caller gives up while it is under way', async () => {
    const cut = new Cut();
    const wire = await serve(() => cut.make());
    const outcome = await sendMessage(messageTo(wire.baseUrl, { cut }), 5_000, pool());
    expect([outcome.kind, wire.received.length]).toEqual(['ambiguous', 1]);
  });
});

describe('a message of which nothing left may go again', () => {
  it('when the connection is refused', async () => {
    const server = createTcpServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    const outcome = await sendMessage(messageTo(`http://127.0.0.1:${port}`), 5_000, pool());
    expect(outcome).toMatchObject({
      kind: 'retryable',
      error: { message: 'WhatsApp could not be reached (ECONNREFUSED).' },
    });
  });

  it.each([
    ['never answers', (socket: Socket) => socket.resume()],
    ['answers nonsense', (socket: Socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['is reset', (socket: Socket) => socket.once('data', () => socket.resetAndDestroy())],
  ])('when the TLS handshake %s', async (_what, react) => {
    const port = await listen(createTcpServer(react));
    const outcome = await sendMessage(messageTo(`https://127.0.0.1:${port}`), 400, pool());
    expect(outcome.kind).toBe('retryable');
  });

  it('when no connection came free in time; and then it never leaves', async () => {
    const answers: (() => void)[] = [];
    const wire = await serve((_request, response, n) => {
      answers.push(() => response.end(taken(`wamid.${n}`)));
    });
    const connections = pool({ connections: 1 });
    const first = sendMessage(messageTo(wire.baseUrl, { body: '1' }), 10_000, connections);
    await expect.poll(() => answers.length).toBe(1);
    const waited = await sendMessage(messageTo(wire.baseUrl, { body: '2' }), 100, connections);
    expect(waited.kind).toBe('retryable');
    answers[0]?.();
    expect((await first).kind).toBe('accepted');
    const third = sendMessage(messageTo(wire.baseUrl, { body: '3' }), 10_000, connections);
    await expect.poll(() => answers.length).toBe(2);
    answers[1]?.();
    expect((await third).kind).toBe('accepted');
    expect(wire.received).toEqual(['1', '3']);
  });

  it('when the caller had given up before', async () => {
    const wire = await serve((_request, response) => response.end(taken('wamid.A')));
    const cut = new Cut();
    cut.make();
    const outcome = await sendMessage(messageTo(wire.baseUrl, { cut }), 5_000, pool());
    expect([outcome.kind, wire.received]).toEqual(['retryable', []]);
  });
});

it('a server that closes each connection right after its answer gets nothing twice', async () => {
  const wire = await serve((request, response, n) => {
    response.end(taken(`wamid.${n}`));
    response.once('finish', () => request.socket.end());
  });
  const connections = pool({ connections: 1 });
  const kinds = new Map<string, string>();
  for (let n = 0; n < 20; n += 1) {
    const body = String(n);
    kinds.set(body, (await sendMessage(messageTo(wire.baseUrl, { body }), 5_000, connections)).kind);
  }
  expect(new Set(wire.received).size).toBe(wire.received.length);
  // Written in the very moment of the close: in doubt. Never refused, and what was accepted did arrive.
  for (const [body, kind] of kinds)
    expect([body, kind]).toEqual([body, expect.stringMatching(/accepted|ambiguous/)]);
  for (const [body, kind] of kinds) if (kind === 'accepted') expect(wire.received).toContain(body);
});
