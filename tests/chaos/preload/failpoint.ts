import { subscribe } from 'node:diagnostics_channel';

// Loaded into a worker by `--import`, and only there: kills it at a named point of its n-th message. The points
// are the HTTP client's own events, so that Herald needs no switch for this and none can be left on.
const POINTS = {
  /** The claim is committed, a connection stands, and not a byte of the message has been written. */
  'before-the-first-byte': 'undici:client:sendHeaders',
  /** The message has been written, and nothing answered. */
  'in-the-middle-of-the-post': 'undici:request:bodySent',
  /** WhatsApp's 200 has come, and nothing of it is recorded. */
  'after-the-answer': 'undici:request:headers',
};

const point = process.env.CHAOS_POINT as keyof typeof POINTS;
let left = Number(process.env.CHAOS_NTH);

subscribe(POINTS[point], (message) => {
  const { request } = message as { request: { method: string; path: string } };
  if (request.method !== 'POST' || !request.path.endsWith('/messages')) return;
  left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
});
