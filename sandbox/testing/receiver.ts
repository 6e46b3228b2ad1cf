import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

const statusSchema = z.looseObject({
  id: z.string(),
  status: z.string(),
  timestamp: z.string(),
  recipient_id: z.string().optional(),
  biz_opaque_callback_data: z.string().optional(),
  errors: z.array(z.looseObject({ code: z.number() })).optional(),
  pricing: z.looseObject({ category: z.string() }).optional(),
});

const valueSchema = z.looseObject({
  metadata: z.looseObject({ phone_number_id: z.string() }).optional(),
  contacts: z.array(z.looseObject({ wa_id: z.string() })).optional(),
  statuses: z.array(statusSchema).optional(),
  messages: z.array(z.looseObject({ from: z.string(), type: z.string() })).optional(),
});

const envelopeSchema = z.looseObject({
  object: z.literal('whatsapp_business_account'),
  entry: z.array(
    z.looseObject({
      id: z.string(),
      changes: z.array(z.looseObject({ field: z.string(), value: valueSchema })),
    }),
  ),
});

export interface ReceivedPost {
  raw: Buffer;
  signature: string;
  at: number;
}

export type ReceivedChange = z.infer<typeof envelopeSchema>['entry'][number]['changes'][number];
export type ReceivedStatus = z.infer<typeof statusSchema>;

/** A callback URL that keeps what arrives, and answers as told. */
export interface Receiver {
  url: string;
  posts: ReceivedPost[];
  handshakes: URLSearchParams[];
  /** Of the next posts, in order; 200 when empty. */
  answers: number[];
  verifyToken: string;
  changes: () => ReceivedChange[];
  statuses: () => ReceivedStatus[];
  statusesOf: (wamid: string) => string[];
  close: () => Promise<void>;
}

/** Written without the sandbox's own signing, so that a mistake there shows here. */
export function independentSignature(raw: Buffer, secret: string): string {
  return `sha256=${createHmac('sha256', Buffer.from(secret, 'utf8')).update(raw).digest('hex')}`;
}

export async function startReceiver(verifyToken = 'verify-me'): Promise<Receiver> {
  const posts: ReceivedPost[] = [];
  const handshakes: URLSearchParams[] = [];
  const answers: number[] = [];
  const server: Server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (request.method === 'GET') {
      handshakes.push(url.searchParams);
      const known = url.searchParams.get('hub.verify_token') === receiver.verifyToken;
      response.writeHead(known ? 200 : 403).end(known ? url.searchParams.get('hub.challenge') : '');
      return;
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const signature = String(request.headers['x-hub-signature-256'] ?? '');
      posts.push({ raw: Buffer.concat(chunks), signature, at: performance.now() });
      response.writeHead(answers.shift() ?? 200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const changes = (): ReceivedChange[] =>
    posts.flatMap((post) =>
      envelopeSchema.parse(JSON.parse(post.raw.toString())).entry.flatMap((entry) => entry.changes),
    );
  const statuses = (): ReceivedStatus[] => changes().flatMap((change) => change.value.statuses ?? []);
  const receiver: Receiver = {
    url: `http://127.0.0.1:${port}/api/webhooks/whatsapp`,
    posts,
    handshakes,
    answers,
    verifyToken,
    changes,
    statuses,
    statusesOf: (wamid) => statuses().flatMap((status) => (status.id === wamid ? [status.status] : [])),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return receiver;
}
