import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

type Answer = { status: number; body: unknown } | 'reset';

export interface MediaServer {
  url: string;
  /** Uploads that have arrived whole: the number's id, and how many bytes with the form around them. */
  uploads: { phoneNumberId: string; bytes: number }[];
  /** What the next uploads are answered with, in their order; afterwards with an id of their own. */
  answers: Answer[];
  /** While set, every answer waits for it. */
  gate: Promise<void> | null;
  close(): Promise<void>;
}

/** A stand-in for the endpoint that takes files: just enough for lib/media. */
export async function startMediaServer(): Promise<MediaServer> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const media: MediaServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    uploads: [],
    answers: [],
    gate: null,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  server.on('request', (request, response) => {
    let bytes = 0;
    request.on('data', (chunk: Buffer) => (bytes += chunk.length));
    request.on('end', () => {
      const [, , phoneNumberId = ''] = (request.url ?? '').split('/');
      media.uploads.push({ phoneNumberId, bytes });
      const body = { id: `media-${media.uploads.length}` };
      const answer = media.answers.shift() ?? { status: 200, body };
      void Promise.resolve(media.gate).then(() => {
        if (answer === 'reset') return request.socket.destroy();
        return response
          .writeHead(answer.status, { 'content-type': 'application/json' })
          .end(JSON.stringify(answer.body));
      });
    });
  });
  return media;
}
