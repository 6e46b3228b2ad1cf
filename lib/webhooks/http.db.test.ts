import { createServer, type Server } from 'node:http';
import { connect as connectSocket, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { GET, POST } from '@/app/api/webhooks/whatsapp/route';
import { database } from '@/db/client';
import { placeRecipient } from '@/tests/support/receipts';
import { createCampaign, createWorkspace, recipientsOf } from '@/tests/support/rows';
import { createSignedSender, numberWebhook, signBody, statusOf } from '@/tests/support/webhooks';
import { webhookHandler } from './http';
import { forgetKnownSenders } from './known-senders';

let server: Server;
let origin: string;

beforeAll(async () => {
  server = createServer(webhookHandler());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(forgetKnownSenders);

const PATH = '/api/webhooks/whatsapp';
const noParams = { params: Promise.resolve({}) };

/** The two ways in, which must answer alike. */
const WAYS = [
  ['on the fast path', (init?: RequestInit, query = '') => fetch(`${origin}${PATH}${query}`, init)],
  [
    'through Next',
    (init?: RequestInit, query = '') => {
      const request = new Request(`http://127.0.0.1${PATH}${query}`, init);
      return request.method === 'GET' ? GET(request, noParams) : POST(request, noParams);
    },
  ],
] as const;

async function signedSender(verifyToken = 'verify') {
  const { workspaceId, userId } = await createWorkspace();
  return {
    workspaceId,
    userId,
    sender: await createSignedSender(workspaceId, userId, 'right', { verifyToken }),
  };
}

describe.each(WAYS)('the webhook %s', (_, call) => {
  it('answers the handshake with the bare challenge, inert', async () => {
    const token = `token ${Math.random()}`;
    await signedSender(token);
    const challenge = '<script>alert(1)</script>';
    const query = (values: Record<string, string>) =>
      `?${new URLSearchParams({ 'hub.mode': 'subscribe', 'hub.verify_token': token, 'hub.challenge': challenge, ...values })}`;
    const answer = await call({}, query({}));
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe(challenge);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    for (const wrong of [
      query({ 'hub.verify_token': 'x' }),
      query({ 'hub.verify_token': '' }),
      query({ 'hub.mode': 'other' }),
      query({ 'hub.challenge': '' }),
      '',
    ]) {
      const refusal = await call({}, wrong);
      expect(refusal.status).toBe(403);
      expect(await refusal.json()).toMatchObject({ success: false });
    }
  });

  it('takes a signed body of any content type, and no other', async () => {
    const { workspaceId, userId, sender } = await signedSender();
    const campaign = await createCampaign(workspaceId, userId, { count: 1, senderId: sender.id });
    const [recipient] = await recipientsOf(campaign);
    const id = recipient?.id ?? '';
    await placeRecipient(
      campaign,
      id,
      `attempt = 1, pending = false, state = 'accepted', accepted_at = now()`,
    );
    const body = JSON.stringify(numberWebhook(sender, { statuses: [statusOf(campaign, id, 'read')] }));
    const post = (signature: string, type: string) =>
      call({ method: 'POST', body, headers: { 'content-type': type, 'x-hub-signature-256': signature } });

    const refused = await post(signBody(body, 'wrong'), 'application/json');
    expect(refused.status).toBe(401);
    expect(await refused.json()).toMatchObject({ success: false, error: { code: 'invalid_signature' } });
    expect((await call({ method: 'POST', body })).status).toBe(401);
    expect((await recipientsOf(campaign))[0]?.status).toBe('sent');

    const taken = await post(signBody(body, 'right'), 'text/plain');
    expect([taken.status, await taken.json()]).toEqual([200, { success: true }]);
    expect((await recipientsOf(campaign))[0]?.status).toBe('read');
  });

  it('refuses a body larger than 4 MiB', async () => {
    const answer = await call({ method: 'POST', body: 'x'.repeat(4 * 1024 * 1024 + 1) });
    expect(answer.status).toBe(413);
  });

  it('tells a client that sends on and on, too, before it cuts the line', async () => {
    for (let i = 0; i < 8; i++) {
      const answer = await call({ method: 'POST', body: new Uint8Array(8 * 1024 * 1024) });
      expect(answer.status).toBe(413);
    }
  });
});

describe('on the fast path', () => {
  /** Writes raw bytes and returns all that comes back until the server closes. */
  function talk(...writes: string[]): Promise<string> {
    const { port } = server.address() as AddressInfo;
    return new Promise((resolve, reject) => {
      let answer = '';
      const socket = connectSocket(port, '127.0.0.1', () => {
        for (const text of writes) socket.write(text);
      });
      socket.on('data', (chunk) => (answer += chunk.toString()));
      socket.once('close', () => resolve(answer));
      socket.once('error', reject);
    });
  }
  const head = (headers: string) => `POST ${PATH} HTTP/1.1\r\nHost: x\r\n${headers}\r\n\r\n`;

  it('a body that says it is too large is refused before it is sent, and the connection closed', async () => {
    const answer = await talk(head('Content-Length: 52428800'), '{"entry":');
    expect(answer).toMatch(/^HTTP\/1.1 413 .*connection: close/is);
  });

  it('a body without a length is cut off at the limit', async () => {
    const chunk = `${(65536).toString(16)}\r\n${'x'.repeat(65536)}\r\n`;
    const answer = await talk(head('Transfer-Encoding: chunked'), ...Array.from({ length: 80 }, () => chunk));
    expect(answer).toMatch(/^HTTP\/1.1 413 /);
  });

  it('a body that does not come is given up', async () => {
    const answer = await talk(head('Content-Length: 100'), '{');
    expect(answer).toMatch(/^HTTP\/1.1 408 /);
  }, 15_000);

  it('other methods are refused', async () => {
    const answer = await fetch(`${origin}${PATH}`, { method: 'DELETE' });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, POST']);
  });

  it('does not let a handshake wait for a database that does not answer', async () => {
    await database().sql.begin(async (tx) => {
      await tx`LOCK TABLE senders IN ACCESS EXCLUSIVE MODE`;
      const query = 'hub.mode=subscribe&hub.verify_token=x&hub.challenge=1';
      const answer = await fetch(`${origin}${PATH}?${query}`);
      expect(answer.status).toBe(503);
    });
  }, 20_000);

  it('answers 503 while the rows are locked away, and takes the same webhook later', async () => {
    const { workspaceId, userId, sender } = await signedSender();
    const campaign = await createCampaign(workspaceId, userId, { count: 1, senderId: sender.id });
    const [recipient] = await recipientsOf(campaign);
    const id = recipient?.id ?? '';
    await placeRecipient(
      campaign,
      id,
      `attempt = 1, pending = false, state = 'accepted', accepted_at = now()`,
    );
    const body = JSON.stringify(numberWebhook(sender, { statuses: [statusOf(campaign, id, 'read')] }));
    const post = () =>
      fetch(`${origin}${PATH}`, {
        method: 'POST',
        body,
        headers: { 'x-hub-signature-256': signBody(body, 'right') },
      });
    await database().sql.begin(async (tx) => {
      await tx`SELECT 1 FROM recipients WHERE workspace_id = ${workspaceId} AND id = ${id} FOR UPDATE`;
      const answer = await post();
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
    });
    expect((await post()).status).toBe(200);
    expect((await recipientsOf(campaign))[0]?.status).toBe('read');
  }, 20_000);
});
