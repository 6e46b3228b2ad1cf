import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedHook {
  headers: IncomingHttpHeaders;
  body: string;
}

export type Answer = (response: ServerResponse, hook: ReceivedHook) => void;

const ok: Answer = (response) => response.writeHead(204).end();

/** A program of somebody's own that takes webhooks: a real HTTP server on loopback, which keeps what came. */
export class HookReceiver {
  readonly received: ReceivedHook[] = [];
  /** How it answers from now on. */
  answer: Answer = ok;
  private readonly server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const hook = { headers: request.headers, body: Buffer.concat(chunks).toString('utf8') };
      this.received.push(hook);
      this.answer(response, hook);
    });
  });

  static async open(): Promise<HookReceiver> {
    const receiver = new HookReceiver();
    await new Promise<void>((done) => receiver.server.listen(0, '127.0.0.1', done));
    return receiver;
  }

  url(path = '/hook'): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}${path}`;
  }

  /** What came of one type, parsed. */
  events(type: string): { type: string; timestamp: string; data: Record<string, unknown> }[] {
    return this.received
      .map(
        ({ body }) => JSON.parse(body) as { type: string; timestamp: string; data: Record<string, unknown> },
      )
      .filter((event) => event.type === type);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}

/** As the documentation tells receivers to do it, sharing no code with what signs. */
export function isSignedBy(secret: string, { headers, body }: ReceivedHook): boolean {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const content = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
  const expected = createHmac('sha256', key).update(content).digest('base64');
  return String(headers['webhook-signature']).split(' ').includes(`v1,${expected}`);
}
