import { subscribe } from 'node:diagnostics_channel';

interface Request {
  method: string;
  path: string;
}

const isMessage = ({ method, path }: Request) => method === 'POST' && path.endsWith('/messages');
const isHealthCheck = ({ method, path }: Request) => method === 'GET' && path.includes('health_status');

// Loaded into a worker by `--import`, and only there: kills it at a named point of its n-th message, or question. The
// points are the HTTP client's own events, so that Herald needs no switch for this and none can be left on.
const POINTS = {
  /** The claim is committed, a connection stands, and not a byte of the message has been written. */
  'before-the-first-byte': { event: 'undici:client:sendHeaders', of: isMessage },
  /** The message has been written, and nothing answered. */
  'in-the-middle-of-the-post': { event: 'undici:request:bodySent', of: isMessage },
  /** WhatsApp's 200 has come, and nothing of it is recorded. */
  'after-the-answer': { event: 'undici:request:headers', of: isMessage },
  /** A planned start is due, and WhatsApp has said whether the number may send; nothing of it is recorded. */
  'before-the-start': { event: 'undici:request:headers', of: isHealthCheck },
};

const point = POINTS[process.env.CHAOS_POINT as keyof typeof POINTS];
let left = Number(process.env.CHAOS_NTH);

subscribe(point.event, (message) => {
  if (!point.of((message as { request: Request }).request)) return;
  left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
});
